SELECT a.id, a.at AS "at: _", a.request, a.actor, a.staff_id, a.action, a.noun, a.subject_id, a.outcome, a.shown, a.asked,
       a.guest
FROM audit a
WHERE a.tenant_id = $1 AND a.id > $2
  AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.tenant_id = $1 AND l.audit_id = a.id)
ORDER BY a.id LIMIT $3

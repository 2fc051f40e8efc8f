SELECT l.n, l.audit_id, l.salt, l.hash, l.disposal_id, d.id AS "certificate?", a.id AS "id?", a.at AS "at?: _", a.request AS "request?",
       a.actor AS "actor?", a.staff_id, a.action AS "action?", a.noun AS "noun?", a.subject_id, a.outcome AS "outcome?",
       a.shown AS "shown?", a.asked, a.guest
FROM audit_leaf l
LEFT JOIN audit a ON a.tenant_id = $1 AND a.id = l.audit_id
LEFT JOIN audit_disposal d ON d.tenant_id = $1 AND d.id = l.disposal_id
WHERE l.tenant_id = $1 AND l.n >= $2
ORDER BY l.n LIMIT $3

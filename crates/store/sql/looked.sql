SELECT p.at AS "at: _", p.audit_id, a.actor, a.outcome, a.noun, a.guest, s.name AS "name?", o.name AS "org?"
FROM audit_person p
JOIN audit a ON a.tenant_id = $1 AND a.id = p.audit_id
LEFT JOIN staff s ON s.tenant_id = $1 AND s.id = a.staff_id
LEFT JOIN org o ON o.tenant_id = $1 AND o.id = s.org_id
WHERE p.tenant_id = $1 AND p.person_id = $2 AND (p.at, p.audit_id) < ($3, $4) AND a.actor <> 'system'
ORDER BY p.at DESC, p.audit_id DESC LIMIT 51

SELECT r.id, r.received_at AS "received_at: jiff_sqlx::Timestamp", r.body AS head, p.body AS person
FROM referral r
JOIN person p ON p.tenant_id = r.tenant_id AND p.id = r.person_id
WHERE r.tenant_id = $1 AND (r.received_at, r.id) > ($2, $3)
ORDER BY r.received_at, r.id
LIMIT 500

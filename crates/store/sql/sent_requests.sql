-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
SELECT referral_id, received_at
FROM sent_request
WHERE tenant_id = $1 AND org_id = $2 AND (received_at, referral_id) < ($3, $4)
ORDER BY received_at DESC, referral_id DESC LIMIT 51

-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
SELECT id, reference, called, state, rank, category, received_at, next_due, opened_by, opened_at, team_id,
       NULL::jsonb AS task
FROM referral
WHERE tenant_id = $1 AND team_id = $2 AND next_due < $3 AND (next_due, id) > ($4, $5)
ORDER BY next_due, id LIMIT 51

-- How many stand in each view: counted up to a hundred, from the index alone. Ordered as the index is: without it a key that
-- many have tempts the planner to read the table. What is late is counted by its time.
SELECT v.n AS "n!",
       (SELECT count(*) FROM (
            SELECT FROM list_key k
            WHERE k.tenant_id = $1 AND k.team_id = $2 AND k.key = v.key COLLATE "C"
            ORDER BY k.rank, k.received_at, k.referral_id LIMIT 100) AS standing) AS "count!"
FROM unnest($3::text[]) WITH ORDINALITY AS v (key, n)
UNION ALL
SELECT 0, (SELECT count(*) FROM (
               SELECT FROM list_key k
               WHERE k.tenant_id = $1 AND k.team_id = $2 AND k.key = 'v:overdue' AND k.next_due < $4
               ORDER BY k.next_due, k.referral_id LIMIT 100) AS late)

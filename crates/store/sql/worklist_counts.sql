-- How many stand in each view: counted up to a hundred, from the index alone. What is late is counted by its time.
SELECT v.n AS "n!",
       (SELECT count(*) FROM (
            SELECT FROM list_key k
            WHERE k.tenant_id = $1 AND k.team_id = $2 AND k.key = v.key COLLATE "C" LIMIT 100) AS standing) AS "count!"
FROM unnest($3::text[]) WITH ORDINALITY AS v (key, n)
UNION ALL
SELECT 0, (SELECT count(*) FROM (
               SELECT FROM list_key k
               WHERE k.tenant_id = $1 AND k.team_id = $2 AND k.key = 'v:overdue' AND k.next_due < $4 LIMIT 100) AS late)

-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
-- What waits for one named person, what is due first comes first; each request is fetched by key, one at a time.
SELECT r.id AS "id!", r.reference AS "reference!", r.called AS "called!", r.state AS "state!", r.rank AS "rank!",
       r.category, r.received_at AS "received_at!", r.next_due, r.opened_by, r.opened_at, r.owners AS "owners!",
       r.team_id AS "team_id!", r.version AS "version!", t.body AS task
FROM task t
CROSS JOIN LATERAL (
    SELECT id, reference, called, state, rank, category, received_at, next_due, opened_by, opened_at, owners, team_id, version
    FROM referral WHERE tenant_id = $1 AND id = t.referral_id LIMIT 1) AS r
WHERE t.tenant_id = $1 AND t.owner_id = $2 AND t.ended_at IS NULL AND t.team_id = ANY ($3)
  AND (t.due_at, t.id) > ($4, $5)
ORDER BY t.due_at, t.id LIMIT 51

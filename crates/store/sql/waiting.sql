-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
-- The longest waiting first; each person is fetched by key, one at a time.
SELECT r.id AS "id!", r.reference AS "reference!", r.called AS "called!", r.state AS "state!", r.rank AS "rank!",
       r.category, r.received_at AS "received_at!", r.next_due, r.opened_by, r.opened_at, r.owners AS "owners!",
       r.team_id AS "team_id!", r.version AS "version!",
       t.body AS task, p.body AS "person!"
FROM (
    SELECT referral_id, due_at, id, body FROM task
    WHERE tenant_id = $1 AND team_id = $2 AND ended_at IS NULL AND kind IN ('allocate', 'cover', 'change-worker')
      AND (due_at, id) > ($3, $4)
    ORDER BY due_at, id LIMIT 51) AS t
CROSS JOIN LATERAL (
    SELECT id, reference, called, state, rank, category, received_at, next_due, opened_by, opened_at, owners, team_id,
           version, person_id
    FROM referral WHERE tenant_id = $1 AND id = t.referral_id LIMIT 1) AS r
CROSS JOIN LATERAL (
    SELECT body FROM person WHERE tenant_id = $1 AND id = r.person_id LIMIT 1) AS p
ORDER BY t.due_at, t.id

-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
-- The people of one key worker, the longest first; each request is fetched by key, one at a time.
SELECT r.id AS "id!", r.reference AS "reference!", r.called AS "called!", r.state AS "state!", r.rank AS "rank!",
       r.category, r.received_at AS "received_at!", r.next_due, r.opened_by, r.opened_at, r.owners AS "owners!",
       r.team_id AS "team_id!", r.version AS "version!", NULL::jsonb AS task
FROM episode e
CROSS JOIN LATERAL (
    SELECT id, reference, called, state, rank, category, received_at, next_due, opened_by, opened_at, owners, team_id, version
    FROM referral WHERE tenant_id = $1 AND id = e.referral_id AND team_id = ANY ($3) LIMIT 1) AS r
WHERE e.tenant_id = $1 AND e.key_worker = $2 AND e.ended_at IS NULL
  AND (e.accepted_at, e.id) > ($4, $5)
ORDER BY e.accepted_at, e.id LIMIT 51

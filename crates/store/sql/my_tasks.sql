-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
SELECT r.id AS "id!", r.reference AS "reference!", r.called AS "called!", r.state AS "state!", r.rank AS "rank!",
       r.category, r.received_at AS "received_at!", r.next_due, r.opened_by, r.opened_at, r.owners AS "owners!",
       r.team_id AS "team_id!", r.version AS "version!",
       t.body AS task
FROM (
    SELECT one.referral_id, one.due_at, one.id, one.body
    FROM unnest($2::uuid[]) AS mine (team_id)
    CROSS JOIN LATERAL (
        SELECT referral_id, due_at, id, body FROM task
        WHERE tenant_id = $1 AND team_id = mine.team_id AND ended_at IS NULL AND (due_at, id) > ($3, $4)
        ORDER BY due_at, id LIMIT 51) AS one
    ORDER BY one.due_at, one.id LIMIT 51) AS t
JOIN referral r ON r.tenant_id = $1 AND r.id = t.referral_id
ORDER BY t.due_at, t.id

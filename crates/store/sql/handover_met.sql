-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
SELECT r.id AS "id!", r.reference AS "reference!", r.called AS "called!", r.state AS "state!", r.rank AS "rank!",
       r.category, r.received_at AS "received_at!", r.next_due, r.opened_by, r.opened_at, r.team_id AS "team_id!",
       h.id AS "handover_id!", h.state AS "handover!", h.due_at AS "due_at?"
FROM (
    SELECT one.referral_id, one.due_at, one.id, one.state
    FROM unnest($2::uuid[]) AS mine (team_id)
    CROSS JOIN LATERAL (
        SELECT referral_id, due_at, id, state FROM handover
        WHERE tenant_id = $1 AND team_id = mine.team_id AND state = 'met' AND id < $3
        ORDER BY id DESC LIMIT 51) AS one
    ORDER BY one.id DESC LIMIT 51) AS h
JOIN referral r ON r.tenant_id = $1 AND r.id = h.referral_id
ORDER BY h.id DESC

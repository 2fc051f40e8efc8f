-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
SELECT e.id AS "id!", e.entered AS "entered!", e.begun_at AS "begun_at!", e.saved_at AS "saved_at!",
       coalesce(e.state ->> 'state' = 'paged', false) AS "paged!"
FROM unnest($2::uuid[]) AS mine (team_id)
CROSS JOIN LATERAL (
    SELECT id, entered, begun_at, saved_at, state FROM entry
    WHERE tenant_id = $1 AND team_id = mine.team_id AND unfinished
    ORDER BY begun_at, id LIMIT 51) AS e
ORDER BY e.begun_at, e.id LIMIT 51

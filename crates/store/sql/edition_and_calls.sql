-- Which edition is in force, and how many calls nobody has taken, of those that `open_pages.sql` lists; nobody counts beyond a
-- thousand. Every page of those who answer calls needs both.
SELECT coalesce((SELECT number FROM edition WHERE tenant_id = $1), 0) AS "edition!", count(*) AS "waiting!" FROM (
    SELECT FROM page
    WHERE tenant_id = $1 AND acknowledged_at IS NULL
      AND (team_id = ANY ($2) OR EXISTS (
          SELECT FROM jsonb_array_elements(body->'ladder') WITH ORDINALITY AS step (rung, n)
          WHERE step.n <= (body->>'at_rung')::bigint + 1 AND step.rung->>'rung' = 'fallback-team'
            AND (step.rung->>'id')::uuid = ANY ($2)))
    LIMIT 1000) AS open

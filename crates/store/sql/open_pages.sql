-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
-- Calls that nobody has taken: of one's own teams, or for which one's team is rung. The longest waiting come first.
SELECT referral_id, opened_at, id FROM page
WHERE tenant_id = $1 AND acknowledged_at IS NULL AND (opened_at, id) > ($3, $4)
  AND (team_id = ANY ($2) OR EXISTS (
      SELECT FROM jsonb_array_elements(body->'ladder') WITH ORDINALITY AS step (rung, n)
      WHERE step.n <= (body->>'at_rung')::bigint + 1 AND step.rung->>'rung' = 'fallback-team'
        AND (step.rung->>'id')::uuid = ANY ($2)))
ORDER BY opened_at, id LIMIT 51

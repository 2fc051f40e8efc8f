-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
-- One walk along the rarest key, $3; the other keys, $4, are looked up one by one.
SELECT r.id AS "id!", r.reference AS "reference!", r.called AS "called!", r.state AS "state!", r.rank AS "rank!",
       r.category, r.received_at AS "received_at!", r.next_due, r.opened_by, r.opened_at, r.owners AS "owners!",
       r.team_id AS "team_id!", r.version AS "version!", NULL::jsonb AS task
FROM (
    SELECT k.rank, k.received_at, k.referral_id FROM list_key k
    WHERE k.tenant_id = $1 AND k.team_id = $2 AND k.key = $3
      AND (k.rank, k.received_at, k.referral_id) > ($5, $6, $7)
      AND NOT EXISTS (
          SELECT FROM unnest($4::text[]) AS wanted (key)
          WHERE NOT EXISTS (
              SELECT FROM list_key o
              WHERE o.tenant_id = $1 AND o.referral_id = k.referral_id AND o.key = wanted.key COLLATE "C"))
    ORDER BY k.rank, k.received_at, k.referral_id LIMIT 51) AS found
JOIN referral r ON r.tenant_id = $1 AND r.id = found.referral_id
ORDER BY found.rank, found.received_at, found.referral_id

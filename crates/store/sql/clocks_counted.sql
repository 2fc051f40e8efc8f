-- Clocks of some kinds, $2, that stopped from $3 up to $4, whatever stopped them: by days begun after the target, four at most.
SELECT c.kind AS "kind!", c.body ->> 'stop_why' AS "why!",
       least(4, greatest(-3, ceil(extract(epoch FROM c.stopped_at - c.target_at) / 86400)))::bigint AS "days!",
       count(*) AS "count!"
FROM clock c JOIN referral r ON r.tenant_id = c.tenant_id AND r.id = c.referral_id
WHERE c.tenant_id = $1 AND c.kind = ANY ($2) AND c.stopped_at >= $3 AND c.stopped_at < $4
  AND ($5::uuid[] IS NULL OR r.spoa_id = ANY ($5) OR r.team_id = ANY ($5))
GROUP BY 1, 2, 3

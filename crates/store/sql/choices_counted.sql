-- Decisions that had suggestions, from $2 up to $3, of some teams or of all: whether they differ, by team and ethnic category.
SELECT r.spoa_id AS "team_id!", r.ethnic, c.reason IS NOT NULL AS "differs!", count(*) AS "count!"
FROM match_choice c JOIN referral r ON r.tenant_id = c.tenant_id AND r.id = c.referral_id
WHERE c.tenant_id = $1 AND c.at >= $2 AND c.at < $3 AND cardinality(c.shown) > 0
  AND ($4::uuid[] IS NULL OR r.spoa_id = ANY ($4) OR r.team_id = ANY ($4))
GROUP BY r.spoa_id, r.ethnic, c.reason IS NOT NULL

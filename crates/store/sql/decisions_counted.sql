-- Decisions of some kinds, $2, from $3 up to $4, of some teams or of all: numbers by what is in no way a person.
SELECT e.kind AS "kind!", r.spoa_id AS "team_id!", r.source, r.age_group, r.ethnic, count(*) AS "count!"
FROM event e JOIN referral r ON r.tenant_id = e.tenant_id AND r.id = e.subject_id
WHERE e.tenant_id = $1 AND e.noun = 'referral' AND e.kind = ANY ($2) AND e.at >= $3 AND e.at < $4
  AND ($5::uuid[] IS NULL OR r.spoa_id = ANY ($5) OR r.team_id = ANY ($5))
GROUP BY e.kind, r.spoa_id, r.source, r.age_group, r.ethnic

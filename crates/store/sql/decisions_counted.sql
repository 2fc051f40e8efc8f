-- Decisions of some kinds, $2, from $3 up to $4, of some teams or of all: numbers by what is in no way a person. Who holds the
-- person after it: the team of the episode, or the team that was asked and has met them; none where that has no account.
SELECT e.kind AS "kind!", r.spoa_id AS "spoa_id!", held.team_id AS "holder_id?", r.source, r.age_group, r.ethnic,
       count(*) AS "count!"
FROM event e JOIN referral r ON r.tenant_id = e.tenant_id AND r.id = e.subject_id
LEFT JOIN LATERAL (
    SELECT p.team_id FROM episode p
    WHERE p.tenant_id = e.tenant_id AND p.referral_id = e.subject_id AND e.kind IN ('accepted', 'panel_held')
    UNION ALL
    SELECT h.team_id FROM handover h
    WHERE h.tenant_id = e.tenant_id AND h.referral_id = e.subject_id AND h.state = 'met' AND e.kind = 'handover_met'
    LIMIT 1
) held ON true
WHERE e.tenant_id = $1 AND e.noun = 'referral' AND e.kind = ANY ($2) AND e.at >= $3 AND e.at < $4
  AND ($5::uuid[] IS NULL OR r.spoa_id = ANY ($5) OR r.team_id = ANY ($5) OR held.team_id = ANY ($5))
GROUP BY e.kind, r.spoa_id, held.team_id, r.source, r.age_group, r.ethnic

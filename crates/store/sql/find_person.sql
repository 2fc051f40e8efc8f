-- 101 is a hundred by each key and one more, to know that there are others. The newest first: ids are made in time. Each
-- person is fetched by key, one at a time: a plan that joins whole tables is never right for so few.
SELECT door.n AS "door!", p.body AS "person!", r.id AS "id!", r.reference AS "reference!",
       r.received_at AS "received_at!"
FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS door (kind, key, n)
CROSS JOIN LATERAL (
    SELECT person_id FROM person_key
    WHERE tenant_id = $1 AND kind = door.kind AND key = door.key
    ORDER BY person_id DESC LIMIT 101) AS one
CROSS JOIN LATERAL (
    SELECT id, reference, received_at FROM referral
    WHERE tenant_id = $1 AND person_id = one.person_id AND (spoa_id = ANY ($4) OR team_id = ANY ($4))
    LIMIT 1) AS r
CROSS JOIN LATERAL (
    SELECT body FROM person WHERE tenant_id = $1 AND id = one.person_id LIMIT 1) AS p

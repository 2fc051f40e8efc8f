-- Every other request of the same person, by links that hold, followed both ways. There is no page of them: what any of them
-- says must be known before somebody rings, and each was joined by a human's word.
WITH RECURSIVE same (person_id) AS (
    SELECT $2::uuid
    UNION
    SELECT next.person_id
    FROM same
    CROSS JOIN LATERAL (
        SELECT to_id AS person_id FROM person_link
        WHERE tenant_id = $1 AND person_id = same.person_id AND ended_at IS NULL
        UNION ALL
        SELECT person_id FROM person_link
        WHERE tenant_id = $1 AND to_id = same.person_id AND ended_at IS NULL) AS next)
SELECT r.id AS "id!", r.version AS "version!", r.rank AS "rank!", r.body AS "head!", p.body AS "person!",
       (SELECT g.body FROM page g WHERE g.tenant_id = $1 AND g.referral_id = r.id
        ORDER BY g.opened_at DESC, g.id DESC LIMIT 1) AS page,
       (SELECT e.body FROM episode e WHERE e.tenant_id = $1 AND e.referral_id = r.id
        ORDER BY e.accepted_at DESC LIMIT 1) AS episode
FROM (SELECT person_id FROM same WHERE person_id <> $2) AS one
CROSS JOIN LATERAL (
    SELECT id, version, rank, received_at, body FROM referral
    WHERE tenant_id = $1 AND person_id = one.person_id LIMIT 1) AS r
CROSS JOIN LATERAL (
    SELECT body FROM person WHERE tenant_id = $1 AND id = one.person_id LIMIT 1) AS p
ORDER BY r.received_at DESC, r.id DESC

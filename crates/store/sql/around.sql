-- What nearly every request needs of its county, with the number of its edition: settings, teams, the partners that need an
-- agreement and whether one is in force on $3, the rules. Read when the number is another one.
SELECT coalesce(e.number, 0) AS "edition!", c.version AS "version?", c.body AS "county?",
       (SELECT coalesce(jsonb_agg(t.body ORDER BY t.name, t.id), '[]') FROM team t WHERE t.tenant_id = $1) AS "teams!",
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'team', t.id, 'org', o.body,
                   'agreed', EXISTS (
                       SELECT FROM agreement a
                       WHERE a.tenant_id = $1 AND a.org_id = o.id AND NOT a.ended AND a.from_on <= $3 AND a.until_on >= $3))),
                   '[]')
        FROM team t JOIN org o ON o.tenant_id = t.tenant_id AND o.id = t.org_id
        WHERE t.tenant_id = $1 AND o.tenant_id = $1 AND o.body->>'kind' = ANY ($2)) AS "partners!",
       (SELECT b.body->'live' FROM rulebook b WHERE b.tenant_id = $1 AND b.id = $1) AS "rules?"
FROM tenant x
LEFT JOIN edition e ON e.tenant_id = x.id
LEFT JOIN county c ON c.tenant_id = x.id
WHERE x.id = $1

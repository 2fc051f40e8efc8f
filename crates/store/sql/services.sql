-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
-- One walk along the rarest key, $2; the other keys, $3, are looked up one by one.
SELECT s.body AS "body!"
FROM (
    SELECT k.sort, k.service_id FROM service_key k
    WHERE k.tenant_id = $1 AND k.key = $2 AND (k.sort, k.service_id) > ($4, $5)
      AND NOT EXISTS (
          SELECT FROM unnest($3::text[]) AS wanted (key)
          WHERE NOT EXISTS (
              SELECT FROM service_key o
              WHERE o.tenant_id = $1 AND o.key = wanted.key COLLATE "C" AND o.sort = k.sort
                AND o.service_id = k.service_id))
    ORDER BY k.sort, k.service_id LIMIT 51) AS found
JOIN service s ON s.tenant_id = $1 AND s.id = found.service_id
ORDER BY found.sort, found.service_id

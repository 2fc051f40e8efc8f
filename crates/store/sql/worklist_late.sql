-- What became late after a page was shown, counted up to a hundred; the other keys, $4, are looked up one by one.
SELECT count(*) AS "count!" FROM (
    SELECT FROM list_key k
    WHERE k.tenant_id = $1 AND k.team_id = $2 AND k.key = $3 AND k.next_due >= $5 AND k.next_due < $6
      AND NOT EXISTS (
          SELECT FROM unnest($4::text[]) AS wanted (key)
          WHERE NOT EXISTS (
              SELECT FROM list_key o
              WHERE o.tenant_id = $1 AND o.referral_id = k.referral_id AND o.key = wanted.key COLLATE "C"))
    LIMIT 100) AS late

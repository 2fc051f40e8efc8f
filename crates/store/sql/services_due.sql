-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
SELECT body FROM service
WHERE tenant_id = $1 AND state = 'live' AND review_due < $2 AND (review_due, id) > ($3, $4)
ORDER BY review_due, id LIMIT 51

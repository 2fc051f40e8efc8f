-- 51 is a page and one more. A number, not a parameter: a plan kept for any limit reads the whole table.
SELECT body FROM service WHERE tenant_id = $1 AND state <> 'live' AND id > $2 ORDER BY id LIMIT 51

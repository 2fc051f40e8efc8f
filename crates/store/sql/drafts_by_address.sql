SELECT id, visitor, version, state, answers, saved_at, address_hash, phrase_hash
FROM draft WHERE tenant_id = $1 AND address_hash = $2
ORDER BY saved_at DESC, id LIMIT 10 FOR UPDATE

SELECT id, visitor, version, state, answers, saved_at, address_hash, phrase_hash
FROM draft WHERE tenant_id = $1 AND phrase_hash = $2 FOR UPDATE

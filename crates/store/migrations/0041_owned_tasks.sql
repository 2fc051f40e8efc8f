-- What waits for one named person, by when it is due: for whoever covers for a colleague who is away.
SET LOCAL ROLE onedoor_owner;

CREATE INDEX task_open_of_owner ON task (tenant_id, owner_id, due_at, id)
    WHERE ended_at IS NULL AND owner_id IS NOT NULL;

RESET ROLE;

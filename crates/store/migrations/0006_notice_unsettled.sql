-- Messages that still wait for the program or for a human are few among many: the metrics count them every ten seconds.
SET LOCAL ROLE onedoor_owner;

CREATE INDEX notice_unsettled ON notice (tenant_id, state)
    WHERE state IN ('queued', 'spooled', 'asked', 'failed', 'printed');

RESET ROLE;

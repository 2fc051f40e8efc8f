-- Counts of tries are swept by age, whosever they are.
SET LOCAL ROLE onedoor_owner;

CREATE INDEX attempt_by_age ON attempt (tenant_id, window_start);

RESET ROLE;

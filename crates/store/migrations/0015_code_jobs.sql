-- Codes are sent and removed by the worker.
SET LOCAL ROLE onedoor_owner;

ALTER TABLE job DROP CONSTRAINT job_kind_check;
ALTER TABLE job ADD CONSTRAINT job_kind_check CHECK (kind IN ('notice', 'page', 'task', 'draft', 'file', 'code'));

RESET ROLE;

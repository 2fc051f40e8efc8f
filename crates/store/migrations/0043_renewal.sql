-- The worker asks in time for an agreement with a partner to be renewed: that is one more kind of job.
SET LOCAL ROLE onedoor_owner;

DO $$
DECLARE
    kinds text;
BEGIN
    SELECT pg_get_constraintdef(oid) INTO kinds FROM pg_constraint
    WHERE conname = 'job_kind_check' AND conrelid = 'job'::regclass;
    ALTER TABLE job DROP CONSTRAINT job_kind_check;
    EXECUTE 'ALTER TABLE job ADD CONSTRAINT job_kind_check '
        || replace(kinds, 'ARRAY[', 'ARRAY[''agreement''::text, ');
END
$$;

RESET ROLE;

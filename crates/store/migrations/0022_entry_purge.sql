-- What staff began to write down and nobody finished is removed by the worker after 30 days, as drafts are. Never what was
-- handed over.
SET LOCAL ROLE onedoor_owner;

GRANT DELETE ON entry TO onedoor_app;

ALTER TABLE job DROP CONSTRAINT job_kind_check;
ALTER TABLE job ADD CONSTRAINT job_kind_check
    CHECK (kind IN ('notice', 'page', 'task', 'draft', 'file', 'code', 'entry'));

-- Those that were begun before this. The owner sees the rows of one tenant at a time, as everybody does.
DO $$
DECLARE
    one uuid;
BEGIN
    FOR one IN SELECT id FROM tenant LOOP
        PERFORM set_config('app.tenant', one::text, true);
        INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries)
            SELECT tenant_id, id, 'entry', id, saved_at + interval '720 hours', 0
            FROM entry WHERE tenant_id = one AND state ->> 'state' = 'open'
            ON CONFLICT (tenant_id, id) DO NOTHING;
    END LOOP;
    PERFORM set_config('app.tenant', '', true);
END
$$;

RESET ROLE;

-- Who carries people: what they are and can do, and when they are away. What a colleague reads of them is one document.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE worker (
    tenant_id uuid NOT NULL,
    -- The account's id.
    id uuid NOT NULL,
    version bigint NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE absence (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
-- Who is away today and from now on: what is over is never looked at.
CREATE INDEX absence_of_staff ON absence (tenant_id, staff_id, to_on, id);

-- rls: worker absence
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['worker', 'absence'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON worker, absence TO onedoor_app;

-- Care of somebody who died is nobody's any more.
ALTER TABLE episode ADD COLUMN ended_at timestamptz;
UPDATE episode AS e SET ended_at = now()
FROM referral AS r
WHERE r.tenant_id = e.tenant_id AND r.id = e.referral_id
  AND r.body -> 'state' -> 'decided' -> 'outcome' ->> 'outcome' = 'died';

-- For how many people somebody is there, and who they are.
DROP INDEX episode_of_worker;
CREATE INDEX episode_of_worker ON episode (tenant_id, key_worker, accepted_at, id)
    WHERE key_worker IS NOT NULL AND ended_at IS NULL;

-- Who waits for a key worker, the longest first.
CREATE INDEX task_waiting ON task (tenant_id, team_id, due_at, id)
    WHERE ended_at IS NULL AND kind IN ('allocate', 'cover', 'change-worker');

-- One more kind of job, beside those there are.
DO $$
DECLARE
    kinds text;
BEGIN
    SELECT pg_get_constraintdef(oid) INTO kinds FROM pg_constraint
    WHERE conname = 'job_kind_check' AND conrelid = 'job'::regclass;
    ALTER TABLE job DROP CONSTRAINT job_kind_check;
    EXECUTE 'ALTER TABLE job ADD CONSTRAINT job_kind_check '
        || replace(kinds, 'ARRAY[', 'ARRAY[''cover''::text, ');
END
$$;

RESET ROLE;

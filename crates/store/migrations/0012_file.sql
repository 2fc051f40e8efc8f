-- Files that come with a request. A file hangs on the draft it was added to, and so on the referral that this becomes:
-- both have the same id. What is in it is kept as it came and never searched.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE file (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    subject_id uuid NOT NULL,
    scan text NOT NULL CHECK (scan IN ('waiting', 'clean', 'refused', 'not-scanned')),
    body jsonb NOT NULL,
    sha256 bytea NOT NULL,
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 10485760),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX file_of_subject ON file (tenant_id, subject_id, id);
-- Pictures and letters are compressed already.
ALTER TABLE file ALTER COLUMN content SET STORAGE EXTERNAL;

-- rls: file
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['file'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON file TO onedoor_app;

ALTER TABLE job DROP CONSTRAINT job_kind_check;
ALTER TABLE job ADD CONSTRAINT job_kind_check CHECK (kind IN ('notice', 'page', 'task', 'draft', 'file'));

RESET ROLE;

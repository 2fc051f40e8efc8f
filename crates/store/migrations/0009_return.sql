-- Coming back to a draft, and one-time codes. No address and no phrase is kept: only hashes, keyed with what lies outside
-- the database.
SET LOCAL ROLE onedoor_owner;

ALTER TABLE draft ADD COLUMN address_hash bytea, ADD COLUMN phrase_hash bytea;
CREATE UNIQUE INDEX draft_by_phrase ON draft (tenant_id, phrase_hash) WHERE phrase_hash IS NOT NULL;
CREATE INDEX draft_by_address ON draft (tenant_id, address_hash, saved_at) WHERE address_hash IS NOT NULL;
CREATE INDEX draft_by_visitor ON draft (tenant_id, visitor, saved_at);

CREATE TABLE code (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    purpose text NOT NULL,
    subject_id uuid,
    address_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    tries smallint NOT NULL,
    ended_at timestamptz,
    delivery jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX code_of_address ON code (tenant_id, address_hash, purpose) WHERE ended_at IS NULL;

-- rls: code
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['code'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON code TO onedoor_app;

RESET ROLE;

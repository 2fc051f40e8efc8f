-- Entries: what a member of staff writes down for a person, until it is finished. They belong to a team, so that a colleague
-- can go on with one.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE entry (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    team_id uuid NOT NULL,
    unfinished boolean NOT NULL,
    begun_at timestamptz NOT NULL,
    saved_at timestamptz NOT NULL,
    callback text,
    entered jsonb NOT NULL,
    answers jsonb NOT NULL,
    state jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX entry_unfinished ON entry (tenant_id, team_id, begun_at, id) WHERE unfinished;
ALTER TABLE entry ADD FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id);

-- rls: entry
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['entry'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON entry TO onedoor_app;

RESET ROLE;

-- Which edition of a county's settings, teams, partners and rules is in force: a number that every write of them raises, so
-- that programs keep what nearly every request needs and changes some times a month.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE edition (
    tenant_id uuid NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (tenant_id)
);

-- rls: edition
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['edition'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON edition TO onedoor_app;

RESET ROLE;

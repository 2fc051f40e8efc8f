-- Which edition of a county's settings, teams, partners and rules is in force: a number that every change of them raises, so
-- that programs keep what nearly every request needs and changes some times a month.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE edition (
    tenant_id uuid PRIMARY KEY REFERENCES tenant (id),
    number bigint NOT NULL
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

CREATE FUNCTION raise_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO edition AS e (tenant_id, number) VALUES (coalesce(NEW.tenant_id, OLD.tenant_id), 1)
    ON CONFLICT (tenant_id) DO UPDATE SET number = e.number + 1;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['county', 'team', 'org', 'agreement', 'rulebook'] LOOP
        EXECUTE format(
            'CREATE TRIGGER raises_edition AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION raise_edition()',
            name);
    END LOOP;
END
$$;

RESET ROLE;

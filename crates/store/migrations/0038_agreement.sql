-- What a partner organisation and the county agreed on, one row each, kept for ever.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE agreement (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    org_id uuid NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    ended boolean NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
);
CREATE INDEX agreement_of_org ON agreement (tenant_id, org_id, until_on, id);

-- rls: agreement
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['agreement'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON agreement TO onedoor_app;

RESET ROLE;

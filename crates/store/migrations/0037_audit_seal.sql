-- The seal of the audit: a leaf for each row, in the order in which they were taken, the tree over the leaves in tiles of 256,
-- and who looked at whom. A disposed row leaves its leaf and the certificate that says who removed it and why.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE audit_leaf (
    tenant_id uuid NOT NULL,
    n bigint NOT NULL,
    audit_id uuid NOT NULL,
    salt bytea,
    hash bytea NOT NULL,
    disposal_id uuid,
    PRIMARY KEY (tenant_id, n)
);
CREATE UNIQUE INDEX audit_leaf_of ON audit_leaf (tenant_id, audit_id);

CREATE TABLE audit_tile (
    tenant_id uuid NOT NULL,
    level smallint NOT NULL,
    n bigint NOT NULL,
    hashes bytea NOT NULL,
    PRIMARY KEY (tenant_id, level, n)
);

CREATE TABLE audit_person (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    at timestamptz NOT NULL,
    audit_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, person_id, at, audit_id)
);

CREATE TABLE audit_disposal (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- rls: audit_leaf audit_tile audit_person audit_disposal
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['audit_leaf', 'audit_tile', 'audit_person', 'audit_disposal'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

-- Leaves are only added. A tile grows until it holds 256 hashes.
GRANT SELECT, INSERT ON audit_leaf, audit_person TO onedoor_app;
GRANT SELECT, INSERT, UPDATE ON audit_tile TO onedoor_app;
GRANT SELECT ON audit_disposal TO onedoor_app;

RESET ROLE;

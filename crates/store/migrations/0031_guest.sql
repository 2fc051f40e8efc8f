-- Somebody of another organisation opened a one-time link and said who they are: a short visit, found by the hash of its
-- token, and kept, because it says who read. It names the referral and holds nothing of the person.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE visit (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    errand text NOT NULL CHECK (errand IN ('answer', 'carry', 'receipt')),
    about uuid NOT NULL,
    -- What they said: their name, what they do there, and the organisation that was asked.
    name text NOT NULL,
    role text NOT NULL,
    of_org text NOT NULL,
    token_hash bytea NOT NULL,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash)
);
CREATE INDEX visit_of_referral ON visit (tenant_id, referral_id, began_at);

-- rls: visit
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['visit'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON visit TO onedoor_app;

-- Who looked, where it was somebody without an account: the name they gave, and for whom.
ALTER TABLE audit ADD COLUMN guest text;

RESET ROLE;

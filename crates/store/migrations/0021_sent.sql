-- What whoever asked for somebody else may look at: the link of one referral, which can be taken back, and the requests that
-- an organisation sent, for its people who have an account. Neither holds anything of the person.
SET LOCAL ROLE onedoor_owner;

-- No row: the first link, which is made anew from the installation's secret, is still good. A row without a hash: no link is.
CREATE TABLE status_key (
    tenant_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    hash bytea,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, referral_id)
);

CREATE TABLE sent_request (
    tenant_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    org_id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    kept_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, referral_id, org_id)
);
CREATE INDEX sent_request_of_org ON sent_request (tenant_id, org_id, received_at DESC, referral_id DESC);

-- rls: status_key, sent_request
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['status_key', 'sent_request'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON status_key TO onedoor_app;
GRANT SELECT, INSERT, DELETE ON sent_request TO onedoor_app;

RESET ROLE;

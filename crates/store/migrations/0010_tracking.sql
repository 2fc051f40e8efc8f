-- Somebody from outside follows one referral: a short session, found by the hash of its token. It names the referral and
-- holds nothing of the person.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE tracking (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    scope text NOT NULL CHECK (scope IN ('own', 'referrer')),
    token_hash bytea NOT NULL,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash)
);
CREATE INDEX tracking_of_referral ON tracking (tenant_id, referral_id, began_at);

ALTER TABLE tracking ENABLE ROW LEVEL SECURITY;
ALTER TABLE tracking FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tracking USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON tracking TO onedoor_app;

RESET ROLE;

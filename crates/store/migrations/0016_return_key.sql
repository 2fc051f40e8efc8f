-- What opens a referral from outside, and how often people were asked again what they had answered before.
SET LOCAL ROLE onedoor_owner;

-- The keyed hash of a return phrase, one for each scope in which a referral is held; a new one takes the place of the old.
CREATE TABLE return_key (
    tenant_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    scope text NOT NULL CHECK (scope IN ('own', 'referrer')),
    hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, referral_id, scope)
);

ALTER TABLE return_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE return_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON return_key USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON return_key TO onedoor_app;

ALTER TABLE referral ADD COLUMN repeats integer NOT NULL DEFAULT 0;
CREATE INDEX referral_repeats ON referral (tenant_id) INCLUDE (repeats) WHERE repeats > 0;

RESET ROLE;

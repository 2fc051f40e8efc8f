-- Keys to find a person by, made in the program and compared with plain equality. What a search was made by, in the audit:
-- never what was typed.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE person_key (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('nhs-number', 'name', 'sound', 'part', 'born-on', 'postcode', 'phone')),
    key text NOT NULL,
    PRIMARY KEY (tenant_id, person_id, kind, key)
);
CREATE INDEX person_key_lookup ON person_key (tenant_id, kind, key, person_id);
ALTER TABLE person_key ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE person_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON person_key USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON person_key TO onedoor_app;

-- By which rules a person's keys were made; 0 is by none yet. The program makes those anew that are behind.
ALTER TABLE person ADD COLUMN keyed smallint NOT NULL DEFAULT 0;
CREATE INDEX person_by_rules ON person (tenant_id, keyed, id);

CREATE INDEX referral_of_person ON referral (tenant_id, person_id);

ALTER TABLE audit ADD COLUMN asked text;

RESET ROLE;

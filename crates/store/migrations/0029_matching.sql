-- The matching rules of a county: one book with its draft, every edition that was ever in force, dry runs of drafts, and
-- what seniors made of suggestions.
SET LOCAL ROLE onedoor_owner;

-- One row: its id is the county's own.
CREATE TABLE rulebook (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Takes inserts only: what once suggested is kept as it was.
CREATE TABLE rules_edition (
    tenant_id uuid NOT NULL,
    number integer NOT NULL,
    signed_at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, number)
);

CREATE TABLE dry_run (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    began_at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX dry_run_newest ON dry_run (tenant_id, began_at, id);

-- What was chosen, for counting; the words stay with the referral. Takes inserts only.
CREATE TABLE match_choice (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    at timestamptz NOT NULL,
    edition integer NOT NULL,
    -- Rules that suggested, in their order.
    shown text[] NOT NULL,
    -- The rule that was followed; none where the decision differs.
    followed text,
    -- Why it differs, in few words.
    reason text CHECK (reason IN
        ('persons-wish', 'not-asked', 'not-there', 'first-things-first', 'rule-wrong', 'other')),
    -- The team the decision names; none for advice and for a service without accounts.
    team_id uuid,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id)
);
CREATE INDEX match_choice_newest ON match_choice (tenant_id, at, id);

-- A dry run walks through the referrals in the order in which they arrived.
CREATE INDEX referral_by_arrival ON referral (tenant_id, received_at, id);

-- rls: rulebook rules_edition dry_run match_choice
DO $$
DECLARE
    name text;
    kinds text;
BEGIN
    FOREACH name IN ARRAY ARRAY['rulebook', 'rules_edition', 'dry_run', 'match_choice'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
    -- One more kind of job, beside those there are.
    SELECT pg_get_constraintdef(oid) INTO kinds FROM pg_constraint
    WHERE conname = 'job_kind_check' AND conrelid = 'job'::regclass;
    ALTER TABLE job DROP CONSTRAINT job_kind_check;
    EXECUTE 'ALTER TABLE job ADD CONSTRAINT job_kind_check '
        || replace(kinds, 'ARRAY[', 'ARRAY[''dry-run''::text, ');
END
$$;

GRANT SELECT, INSERT, UPDATE ON rulebook, dry_run TO onedoor_app;
GRANT SELECT, INSERT ON rules_edition, match_choice TO onedoor_app;

RESET ROLE;

-- The lists of a team: a row for each key that a referral is found by there (its views, who has it, and the facts a list is
-- narrowed down by), made in the program; and the filters that people keep. Replaces the two indexes that served one list each.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE list_key (
    tenant_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    team_id uuid NOT NULL,
    rank smallint NOT NULL,
    received_at timestamptz NOT NULL,
    next_due timestamptz,
    -- Since when it stands in this list of this team: what came after a page was shown is new there.
    since timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, referral_id, key),
    FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id)
);
CREATE INDEX list_key_arrival ON list_key (tenant_id, team_id, key, rank, received_at, referral_id);
CREATE INDEX list_key_due ON list_key (tenant_id, team_id, key, next_due, referral_id) WHERE next_due IS NOT NULL;
CREATE INDEX list_key_since ON list_key (tenant_id, team_id, key, since, referral_id) WHERE key >= 'v:' AND key < 'v;';

-- Who is named on what is to be done, for the row of a list; and by which rules the keys were made, 0 is by none yet.
ALTER TABLE referral ADD COLUMN owners uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE referral ADD COLUMN listed smallint NOT NULL DEFAULT 0;
CREATE INDEX referral_by_list_rules ON referral (tenant_id, listed, id);

DROP INDEX referral_worklist;
DROP INDEX referral_overdue;

-- Theirs alone: every statement names the person besides the tenant.
CREATE TABLE saved_filter (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    PRIMARY KEY (tenant_id, staff_id, id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id)
);

-- rls: list_key saved_filter
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['list_key', 'saved_filter'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON list_key, saved_filter TO onedoor_app;

RESET ROLE;

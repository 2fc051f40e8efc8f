-- Services that were asked to take a person over: one row each, kept for ever with the referral.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE handover (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    -- The team here that is asked; none for a service without accounts.
    team_id uuid,
    state text NOT NULL CHECK (state IN
        ('proposed', 'offered', 'accepted', 'introduced', 'met', 'declined', 'bounced-back', 'ended')),
    due_at timestamptz,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id)
);
CREATE INDEX handover_of_referral ON handover (tenant_id, referral_id, id);
-- What waits for a team: its answer, or having met the person.
CREATE INDEX handover_of_team ON handover (tenant_id, team_id, due_at, id)
    WHERE state IN ('offered', 'accepted', 'introduced');

-- rls: handover
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['handover'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON handover TO onedoor_app;

ALTER TABLE referral DROP CONSTRAINT referral_state_check;
ALTER TABLE referral ADD CONSTRAINT referral_state_check
    CHECK (state IN ('received', 'screening', 'triaged', 'redirecting', 'telling', 'closed'));

ALTER TABLE job DROP CONSTRAINT job_kind_check;
ALTER TABLE job ADD CONSTRAINT job_kind_check
    CHECK (kind IN ('notice', 'page', 'task', 'draft', 'file', 'code', 'entry', 'handover'));

RESET ROLE;

-- Row-level security: a connection of the application sees the rows of the tenant its transaction named, and no others.
SET LOCAL ROLE onedoor_owner;

-- rls: county org team staff invitation parked attempt draft person referral clock task notice page episode contact event audit
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'county', 'org', 'team', 'staff', 'invitation', 'parked', 'attempt', 'draft', 'person', 'referral', 'clock',
        'task', 'notice', 'page', 'episode', 'contact', 'event', 'audit'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON
    county, org, team, staff, invitation, session, parked, person, referral, clock, task, notice, page, episode,
    contact
    TO onedoor_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON draft, attempt, job TO onedoor_app;
GRANT SELECT, INSERT ON tenant, event, audit TO onedoor_app;

RESET ROLE;

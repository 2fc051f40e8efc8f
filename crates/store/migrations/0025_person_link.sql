-- A human's word that two requests are of the same person. Each request keeps the person it came with; a wrong word is
-- ended, with a reason, and never removed.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE person_link (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    -- The request it was said on, and the person that came with it.
    referral_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- The other request's person.
    to_id uuid NOT NULL,
    ended_at timestamptz,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
    FOREIGN KEY (tenant_id, to_id) REFERENCES person (tenant_id, id)
);
-- The same word holds once.
CREATE UNIQUE INDEX person_link_held ON person_link (tenant_id, person_id, to_id) WHERE ended_at IS NULL;
-- All that was ever said about one person; links that hold are followed both ways.
CREATE INDEX person_link_of ON person_link (tenant_id, person_id, id);
CREATE INDEX person_link_to ON person_link (tenant_id, to_id, id);

-- rls: person_link
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['person_link'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON person_link TO onedoor_app;

RESET ROLE;

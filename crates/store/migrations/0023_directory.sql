-- The directory of services, the keys by which they are found, and imports of feeds: what is read lies aside until the whole
-- feed was read.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE service (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    origin text NOT NULL CHECK (origin IN ('feed', 'here', 'both')),
    feed text,
    state text NOT NULL CHECK (state IN ('live', 'off', 'retired')),
    sort text COLLATE "C" NOT NULL,
    review_due date NOT NULL,
    keys text[] NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX service_of_feed ON service (tenant_id, feed, id) WHERE state <> 'retired';
CREATE INDEX service_due_here ON service (tenant_id, review_due, id) WHERE state = 'live' AND origin <> 'feed';
CREATE INDEX service_gone ON service (tenant_id, id) WHERE state <> 'live';
CREATE INDEX service_due ON service (tenant_id, review_due, id) WHERE state = 'live';

-- One row for each word, need, place and quarter of the week by which a listed service is found. A list is one walk along
-- one key; the others are looked up in the same index.
CREATE TABLE service_key (
    tenant_id uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    sort text COLLATE "C" NOT NULL,
    service_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, key, sort, service_id)
);

-- The needs there are, to choose from.
CREATE TABLE service_term (
    tenant_id uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

CREATE TABLE import (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    feed text NOT NULL,
    began_at timestamptz NOT NULL,
    ended_at timestamptz,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
-- One at a time for each feed.
CREATE UNIQUE INDEX import_running ON import (tenant_id, feed) WHERE ended_at IS NULL;
CREATE INDEX import_newest ON import (tenant_id, began_at, id);

CREATE TABLE import_staged (
    tenant_id uuid NOT NULL,
    import_id uuid NOT NULL,
    service_id uuid NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, import_id, service_id)
);

CREATE TABLE import_problem (
    tenant_id uuid NOT NULL,
    import_id uuid NOT NULL,
    position bigint NOT NULL,
    service_id uuid,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, import_id, position)
);
CREATE INDEX import_problem_of_service ON import_problem (tenant_id, import_id, service_id);
ALTER TABLE import_staged ADD FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id);
ALTER TABLE import_problem ADD FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id);

-- rls: service service_key service_term import import_staged import_problem
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['service', 'service_key', 'service_term', 'import', 'import_staged', 'import_problem'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON service, import TO onedoor_app;
GRANT SELECT, INSERT, DELETE ON service_key, service_term, import_staged TO onedoor_app;
GRANT SELECT, INSERT ON import_problem TO onedoor_app;

RESET ROLE;

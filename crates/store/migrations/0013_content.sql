-- Texts for the public that a county writes itself, and every edition the public could ever read.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE content (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    slug text NOT NULL,
    language text NOT NULL,
    form text NOT NULL CHECK (form IN ('standard', 'easy-read')),
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, slug, language, form)
);

-- Takes inserts only, like events: what the public once read is kept as it was.
CREATE TABLE content_edition (
    tenant_id uuid NOT NULL,
    content_id uuid NOT NULL,
    number integer NOT NULL,
    published_at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, content_id, number)
);

-- rls: content content_edition
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['content', 'content_edition'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
            name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON content TO onedoor_app;
GRANT SELECT, INSERT ON content_edition TO onedoor_app;

RESET ROLE;

-- The two roles of the design. onedoor_app reads and writes under row-level security and never bypasses it;
-- onedoor_owner owns the tables and is used by migrations only. Roles belong to the whole server, so they may exist.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'onedoor_owner') THEN
        CREATE ROLE onedoor_owner NOLOGIN BYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'onedoor_app') THEN
        CREATE ROLE onedoor_app NOLOGIN NOBYPASSRLS;
    END IF;
EXCEPTION
    -- Another database of this server made them at the same moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
GRANT USAGE, CREATE ON SCHEMA public TO onedoor_owner;
GRANT USAGE ON SCHEMA public TO onedoor_app;

-- What the programs of an installation know of each other: which version brought the schema to which step, and which backups were
-- made. Nothing about anybody and no county, so outside row-level security. Only added to.
SET LOCAL ROLE onedoor_owner;

CREATE TABLE installation (
    kind text NOT NULL CHECK (kind IN ('upgrade', 'backup')),
    at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (kind, at)
);
GRANT SELECT, INSERT ON installation TO onedoor_app;

RESET ROLE;

-- A backup is read by the owner where the sign-in role is no superuser.
DO $$
BEGIN
    IF to_regclass('_sqlx_migrations') IS NOT NULL THEN
        GRANT SELECT ON _sqlx_migrations TO onedoor_owner;
    END IF;
END
$$;

-- A county and the people who work in it.
SET LOCAL ROLE onedoor_owner;

-- Which county a host name belongs to; outside row-level security because it is read before a tenant is known.
CREATE TABLE tenant (
    id uuid PRIMARY KEY,
    host text UNIQUE,
    made_at timestamptz NOT NULL
);

CREATE TABLE county (
    tenant_id uuid NOT NULL,
    version bigint NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id)
);

CREATE TABLE org (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE team (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    org_id uuid NOT NULL,
    name text NOT NULL,
    accepts boolean NOT NULL,
    active boolean NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX team_by_name ON team (tenant_id, name, id);

CREATE TABLE staff (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    org_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    profession text,
    roles text[] NOT NULL,
    teams uuid[] NOT NULL,
    state jsonb NOT NULL,
    password text,
    factor bytea,
    factor_step bigint NOT NULL,
    reset jsonb,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, email)
);
CREATE INDEX staff_by_name ON staff (tenant_id, name, id);

CREATE TABLE invitation (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    link_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    spent boolean NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, link_hash)
);

-- Read before the actor is known (seam entry `identify`), so outside row-level security. Holds no person's data: the
-- staff member is kept as they were when their roles last changed.
CREATE TABLE session (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    level text NOT NULL CHECK (level IN ('password', 'full')),
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    locked_at timestamptz,
    ended_at timestamptz,
    member jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash)
);
CREATE INDEX session_by_staff ON session (tenant_id, staff_id) WHERE ended_at IS NULL;

CREATE TABLE parked (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    path text NOT NULL,
    sealed bytea NOT NULL,
    at timestamptz NOT NULL,
    spent boolean NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX parked_by_staff ON parked (tenant_id, staff_id, at) WHERE NOT spent;

-- Counts of tries per window, for rate limits. The bucket is a hash, never an address or a name.
CREATE TABLE attempt (
    tenant_id uuid NOT NULL,
    bucket bytea NOT NULL,
    window_start timestamptz NOT NULL,
    tries integer NOT NULL,
    PRIMARY KEY (tenant_id, bucket, window_start)
);

RESET ROLE;

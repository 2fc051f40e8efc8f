-- A person asks for help: drafts, the referral and everything that hangs on it. Columns are what lists and keys need;
-- the facts of a subject are one document, read and written as a whole (docs/adr).
SET LOCAL ROLE onedoor_owner;

CREATE TABLE draft (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    visitor bytea NOT NULL,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    answers jsonb NOT NULL,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX draft_by_age ON draft (tenant_id, saved_at, id);

CREATE TABLE person (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE referral (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    person_id uuid NOT NULL,
    reference text NOT NULL,
    called text NOT NULL,
    state text NOT NULL CHECK (state IN ('received', 'screening', 'triaged', 'telling', 'closed')),
    -- 0 while a danger answer waits for triage, else 1: flagged first is a sort key, so that one index serves the list.
    rank smallint NOT NULL,
    category text,
    received_at timestamptz NOT NULL,
    team_id uuid NOT NULL,
    spoa_id uuid NOT NULL,
    next_due timestamptz,
    opened_by text,
    opened_at timestamptz,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, reference)
);
CREATE INDEX referral_worklist ON referral (tenant_id, team_id, rank, received_at, id) WHERE state <> 'closed';
CREATE INDEX referral_overdue ON referral (tenant_id, team_id, next_due, id) WHERE next_due IS NOT NULL;

CREATE TABLE clock (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    kind text NOT NULL,
    started_at timestamptz NOT NULL,
    target_at timestamptz NOT NULL,
    stopped_at timestamptz,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX clock_by_referral ON clock (tenant_id, referral_id, id);

CREATE TABLE task (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    kind text NOT NULL,
    team_id uuid NOT NULL,
    owner_id uuid,
    due_at timestamptz NOT NULL,
    level smallint NOT NULL,
    ended_at timestamptz,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX task_by_referral ON task (tenant_id, referral_id, id);
CREATE INDEX task_open_of_team ON task (tenant_id, team_id, due_at, id) WHERE ended_at IS NULL;

CREATE TABLE notice (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    party text NOT NULL,
    route text NOT NULL,
    state text NOT NULL,
    made_at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notice_by_referral ON notice (tenant_id, referral_id, id);

CREATE TABLE page (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    team_id uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX page_by_referral ON page (tenant_id, referral_id);
CREATE INDEX page_unanswered ON page (tenant_id, opened_at, id) WHERE acknowledged_at IS NULL;

CREATE TABLE episode (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    person_id uuid NOT NULL,
    team_id uuid NOT NULL,
    key_worker uuid,
    accepted_at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX episode_by_referral ON episode (tenant_id, referral_id);
CREATE INDEX episode_of_worker ON episode (tenant_id, key_worker, accepted_at, id) WHERE key_worker IS NOT NULL;

CREATE TABLE contact (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX contact_by_referral ON contact (tenant_id, referral_id, id);

-- What happened, for ever. Insert-only for the application.
CREATE TABLE event (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    noun text NOT NULL,
    subject_id uuid NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX event_of_subject ON event (tenant_id, noun, subject_id, at, id);

-- Who looked at or changed what. Insert-only for the application.
CREATE TABLE audit (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    request uuid NOT NULL,
    actor text NOT NULL,
    staff_id uuid,
    action text NOT NULL,
    noun text NOT NULL,
    subject_id uuid,
    outcome text NOT NULL CHECK (outcome IN ('read', 'wrote', 'hidden', 'refused')),
    shown uuid[] NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_of_subject ON audit (tenant_id, noun, subject_id, at, id);

-- Work for later: tenant, kind, id and nothing else, so it can be read before a tenant is chosen.
CREATE TABLE job (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('notice', 'page', 'task', 'draft')),
    subject_id uuid NOT NULL,
    run_at timestamptz NOT NULL,
    tries integer NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX job_due ON job (run_at, tenant_id, id);

RESET ROLE;

-- Reports: who asked and how old they were as columns, made in the program with the row; and indexes by when something was decided
-- and when a clock stopped.
SET LOCAL ROLE onedoor_owner;

ALTER TABLE referral ADD COLUMN source text;
ALTER TABLE referral ADD COLUMN age_group text;

CREATE INDEX event_of_kind ON event (tenant_id, noun, kind, at);
CREATE INDEX clock_stopped ON clock (tenant_id, kind, stopped_at) WHERE stopped_at IS NOT NULL;

RESET ROLE;

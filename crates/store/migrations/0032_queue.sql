-- A partner's queue: offers that wait for an answer, people they have taken and not met, and those they have met.
SET LOCAL ROLE onedoor_owner;

CREATE INDEX handover_queue ON handover (tenant_id, team_id, state, due_at, id)
    WHERE state IN ('offered', 'accepted', 'introduced');
-- Ids are in the order of time: the newest first.
CREATE INDEX handover_met ON handover (tenant_id, team_id, id) WHERE state = 'met';
-- The two above serve everything this one did.
DROP INDEX handover_of_team;

RESET ROLE;

//! Looks whether somebody covers for a key worker who may not be there: where nobody does, the team's manager is asked about
//! each of their people; where somebody does again, nobody is asked any more. Whose people they are never changes here.

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::access::Action;
use onedoor_domain::calendar::{local_date, start_of_day};
use onedoor_domain::ids::{ReferralId, TeamId, TenantId, UserId};
use onedoor_domain::refused::Refused;
use onedoor_domain::worker::{Cover, Roster};

use super::{Outcome, Trouble, Worker};

impl Worker {
    pub(super) async fn cover(&self, tenant: TenantId, user: UserId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let teams = tx.roster_of_care(user).await?;
        tx.close().await?;
        let today = local_date(ctx.now);
        let mut again = false;
        for (team, roster) in &teams {
            let missing = roster.cover(user, today) == Cover::Nobody;
            again |= self.cover_of_team(tenant, (user, *team), missing).await?;
        }
        if again {
            let soon = ctx.now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(ctx.now);
            return Ok(Outcome::Later(soon));
        }
        // Whoever is away, or will be, is looked at again when the next day begins: then it may be otherwise.
        let changes = teams.iter().any(|(_, roster)| concerns(roster, user));
        Ok(if changes { Outcome::Later(next_day(ctx.now)) } else { Outcome::Settled })
    }

    /// Whether there may be more.
    async fn cover_of_team(
        &self,
        tenant: TenantId,
        (user, team): (UserId, TeamId),
        missing: bool,
    ) -> Result<bool, Trouble> {
        let mut tx = self.app.db.begin(&self.ctx(tenant)).await?;
        let people = tx.care_to_cover(user, team, missing).await?;
        tx.close().await?;
        let mut done = 0;
        for referral in &people {
            done += usize::from(self.cover_of_one(tenant, user, (*referral, missing)).await?);
        }
        Ok(done > 0)
    }

    async fn cover_of_one(
        &self,
        tenant: TenantId,
        user: UserId,
        (id, missing): (ReferralId, bool),
    ) -> Result<bool, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let referral = tx.referral(id, Action::CoverSeek).await?;
        let moved = if missing { referral.cover_missing(&ctx, user) } else { referral.cover_found(&ctx) };
        match moved {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(true)
            }
            // Somebody else was named meanwhile, or the person died.
            Err(Refused::NotFromHere) => {
                tx.close().await?;
                Ok(false)
            }
            Err(refused) => Err(refused.into()),
        }
    }
}

fn concerns(roster: &Roster, user: UserId) -> bool {
    roster.absences.iter().any(|absence| absence.who.user == user)
}

fn next_day(now: Timestamp) -> Timestamp {
    local_date(now).tomorrow().map_or(now, start_of_day)
}

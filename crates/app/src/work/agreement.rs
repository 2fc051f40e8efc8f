//! Asks in time for an agreement with a partner to be renewed, once; where nobody does, that goes up like any task. What was
//! agreed never changes here.

use onedoor_domain::agreement::Agreement;
use onedoor_domain::calendar::start_of_day;
use onedoor_domain::ids::{AgreementId, TenantId};
use onedoor_domain::refused::Refused;
use onedoor_store::StoreError;

use super::{Outcome, Trouble, Worker};

impl Worker {
    pub(super) async fn agreement(&self, tenant: TenantId, id: AgreementId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let (agreement, all) = match tx.agreement_to_ask(id).await {
            Ok(found) => found,
            Err(StoreError::Hidden) => return Ok(Outcome::Settled),
            Err(error) => return Err(error.into()),
        };
        let next = next_look(&agreement);
        let asked = agreement.renewal.is_some();
        let moved = if asked { agreement.raise_renewal(&ctx) } else { agreement.ask_renewal(&ctx, &all) };
        match moved {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            // Another one follows, it was ended, or it is before its day.
            Err(Refused::NotDue | Refused::NotFromHere | Refused::AlreadyAsked) => {
                tx.close().await?;
                let ahead = next.filter(|next| *next > ctx.now);
                Ok(ahead.map_or(Outcome::Settled, Outcome::Later))
            }
            Err(refused) => Err(refused.into()),
        }
    }
}

fn next_look(agreement: &Agreement) -> Option<jiff::Timestamp> {
    agreement.look_again_on().map(start_of_day)
}

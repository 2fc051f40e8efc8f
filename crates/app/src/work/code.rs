//! Sends a one-time code, keeps the provider's answer, and removes what is left of the code a day later. The message names
//! no service and no subject: it may lie on a screen that somebody else reads (hazard H05).

use jiff::SignedDuration;
use onedoor_domain::access::Action;
use onedoor_domain::code::{Address, CODE_MINUTES, Code, Delivery};
use onedoor_domain::ids::{CodeId, TenantId};
use onedoor_domain::refused::Refused;
use onedoor_store::Tx;
use onedoor_store::job::Job;

use super::notice::{kept, name};
use super::{Outcome, Trouble, Worker};
use crate::code::{digits, open_address};
use crate::notice::{NotSent, Parcel, Sent, To};
use crate::words::Lang;

/// A code works for minutes, so it is tried again in seconds.
const AGAIN: SignedDuration = SignedDuration::from_secs(20);

impl Worker {
    pub(super) async fn code(&self, job: &Job, id: CodeId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(job.tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let Some(code) = tx.code(id, Action::CodeSend).await? else {
            tx.close().await?;
            return Ok(Outcome::Settled);
        };
        let Delivery::Queued { sealed } = &code.delivery else { return purge(tx, code).await };
        tx.close().await?;
        let lang = Lang::default();
        // A newer one was asked for, or it is too late: what cannot be used is not sent.
        if !code.works_at(ctx.now) {
            return self.record_code(job.tenant, id, failed(&lang.t("code-not-sent-late"), &ctx)?).await;
        }
        let Some(address) = open_address(&self.app, id, sealed) else {
            return self.record_code(job.tenant, id, failed(&lang.t("code-not-sent-sealed"), &ctx)?).await;
        };
        let at = ctx.now;
        // No transaction is open meanwhile.
        let delivery = match self.post.send(&self.parcel(id, address, &ctx)).await {
            Ok(Sent::Handed(answer)) => Delivery::Handed { at, answer: kept(&answer)? },
            Ok(Sent::Spooled(file)) => Delivery::Spooled { at, file: name(&file)? },
            Err(NotSent::Refused(answer)) => failed(&answer, &ctx)?,
            Err(NotSent::Later(answer)) => {
                let again = self.app.clock.now().saturating_add(AGAIN).unwrap_or(at);
                if code.works_at(again) {
                    return Ok(Outcome::Later(again));
                }
                failed(&answer, &ctx)?
            }
        };
        if let Delivery::Failed { .. } = delivery {
            tracing::warn!(code = %id, "a one-time code was not sent");
        }
        self.record_code(job.tenant, id, delivery).await
    }

    fn parcel(&self, id: CodeId, address: Address, ctx: &onedoor_domain::actor::Ctx) -> Parcel {
        let lang = Lang::default();
        let args = [("code", digits(&self.app, id).shown()), ("minutes", CODE_MINUTES.to_string())];
        let to = match address {
            Address::Email(to) => To::Email(to),
            Address::Text(to) => To::Text(to),
        };
        Parcel {
            id: id.to_string(),
            file: id.to_string(),
            at: ctx.now,
            to,
            named: false,
            subject: lang.t("code-subject"),
            body: lang.tr("code-message", &args),
        }
    }

    async fn record_code(
        &self,
        tenant: TenantId,
        id: CodeId,
        delivery: Delivery,
    ) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let changes = tx.code(id, Action::CodeSend).await?.map(|code| code.delivered(&ctx, delivery));
        match changes {
            Some(Ok(changes)) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            // Another worker was faster.
            Some(Err(Refused::NoticeStep)) | None => {
                tx.close().await?;
                Ok(Outcome::Settled)
            }
            Some(Err(refused)) => Err(refused.into()),
        }
    }
}

fn failed(answer: &str, ctx: &onedoor_domain::actor::Ctx) -> Result<Delivery, Trouble> {
    Ok(Delivery::Failed { at: ctx.now, answer: kept(answer)? })
}

async fn purge(tx: Tx, code: Code) -> Result<Outcome, Trouble> {
    let expires_at = code.expires_at();
    match code.purge(tx.ctx()) {
        Ok(changes) => {
            tx.commit(changes).await?;
            Ok(Outcome::Done)
        }
        Err(Refused::NotDue) => {
            tx.close().await?;
            Ok(Outcome::Later(expires_at))
        }
        Err(refused) => Err(refused.into()),
    }
}

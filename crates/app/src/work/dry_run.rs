//! A dry run of a draft of the matching rules, some hundred referrals at a time: each step is a transaction of its own, and
//! the job comes again until all were looked at. Only counts are kept.

use onedoor_domain::ids::{DryRunId, TenantId};
use onedoor_store::StoreError;

use super::{Outcome, Trouble, Worker};

impl Worker {
    pub(super) async fn dry_run(&self, tenant: TenantId, id: DryRunId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let (run, book) = match tx.dry_run(id).await {
            Ok(found) => found,
            Err(StoreError::Hidden) => return Ok(Outcome::Settled),
            Err(error) => return Err(error.into()),
        };
        if !run.is_running() {
            tx.close().await?;
            return Ok(Outcome::Settled);
        }
        let same = run.live == book.live.number;
        let Some(draft) = book.draft.filter(|draft| same && draft.edits == run.edits) else {
            tx.commit(run.give_up(&ctx)?).await?;
            return Ok(Outcome::Done);
        };
        let next = tx.pictures(&run).await?;
        let mut compared = run.compared.clone();
        for known in &next.known {
            compared.add(known, &draft.rules, &book.live.rules);
        }
        tx.commit(run.go_on(&ctx, compared, next.after)?).await?;
        Ok(Outcome::Done)
    }
}

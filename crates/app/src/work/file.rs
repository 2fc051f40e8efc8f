//! Has a file looked at by the scanner and keeps the answer. Where there is none, or it never works, that is the answer.

use onedoor_domain::file::{NotScanned, NotTaken, ScanAnswer};
use onedoor_domain::ids::FileId;
use onedoor_store::StoreError;
use onedoor_store::job::Job;

use super::{Outcome, Trouble, Worker};
use crate::file::scan;

impl Worker {
    pub(super) async fn file(&self, job: &Job, id: FileId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(job.tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let content = match tx.file_to_scan(id).await {
            Ok((_, content)) => content,
            // Taken off the form meanwhile.
            Err(StoreError::Hidden) => return Ok(Outcome::Settled),
            Err(error) => return Err(error.into()),
        };
        tx.close().await?;
        // No transaction is open meanwhile: a slow scanner must hold up nobody.
        let answer = match scan::ask(self.app.settings.scan_command.as_deref(), content).await {
            Ok(answer) => answer,
            Err(scan::Failed) => match self.again_at(job) {
                Some(at) => return Ok(Outcome::Later(at)),
                None => ScanAnswer::None(NotScanned::ScannerFailed),
            },
        };
        let ctx = self.ctx(job.tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let (file, _) = match tx.file_to_scan(id).await {
            Ok(found) => found,
            Err(StoreError::Hidden) => return Ok(Outcome::Settled),
            Err(error) => return Err(error.into()),
        };
        match file.scanned(&ctx, answer) {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            Err(NotTaken::Before) => {
                tx.close().await?;
                Ok(Outcome::Settled)
            }
            Err(_) => Err(Trouble::Answer),
        }
    }
}

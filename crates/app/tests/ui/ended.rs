//! A transaction ends once: what was closed or committed reads and writes nothing more.

use onedoor_domain::change::Changes;
use onedoor_domain::ids::ReferralId;
use onedoor_store::Tx;

async fn read_after_closing(mut tx: Tx, id: ReferralId) {
    let _ = tx.close().await;
    let _ = tx.referral_view(id).await;
}

async fn write_twice(tx: Tx, changes: Changes) {
    let _ = tx.commit(changes.clone()).await;
    let _ = tx.commit(changes).await;
}

fn main() {}

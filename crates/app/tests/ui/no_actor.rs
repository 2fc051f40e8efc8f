//! No actor, no transaction: there is no way to begin without a `Ctx`, nor to the connection behind it.

use onedoor_store::Db;

async fn without_an_actor(db: Db) {
    let _ = db.begin().await;
}

fn around_the_seam(db: Db) {
    let _ = db.pool;
}

fn main() {}

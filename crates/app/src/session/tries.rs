//! Limits on tries. Counted alike for accounts that exist and accounts that do not.

use jiff::SignedDuration;
use onedoor_domain::actor::Ctx;
use onedoor_store::{Limit, StoreError};

use crate::web::App;
use crate::web::gate::hash;

const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const OF_ACCOUNT: Limit = Limit { tries: 5, window: WINDOW };
/// Wrong ones alone: a whole organisation can sit behind one address, and most of its people type what is right.
const OF_ADDRESS: Limit = Limit { tries: 30, window: WINDOW };
/// Posts kept for one person.
const OF_KEEPING: Limit = Limit { tries: 20, window: WINDOW };

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Try {
    /// A password, to sign in or to unlock.
    Password,
    /// A code of the second factor.
    Code,
    /// A return phrase.
    Phrase,
    /// The words of a letter to a service.
    Letter,
}

impl Try {
    fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Phrase => "phrase",
            Self::Letter => "letter",
        }
    }
}

/// Counts a try. Seconds to wait when there were too many.
pub(crate) async fn count(
    app: &App,
    ctx: &Ctx,
    what: Try,
    account: &str,
    address: &str,
) -> Result<Option<u32>, StoreError> {
    let of_account = try_within(app, ctx, bucket(app, what.name(), account), OF_ACCOUNT).await?;
    let of_address = try_within(app, ctx, bucket(app, "address", address), OF_ADDRESS).await?;
    Ok((!of_account || !of_address).then(|| wait(ctx)))
}

/// It was right: the tries before were theirs, and this one does not count for others at the same address.
pub(crate) async fn forget(
    app: &App,
    ctx: &Ctx,
    what: Try,
    account: &str,
    address: &str,
) -> Result<(), StoreError> {
    let place = (bucket(app, "address", address), OF_ADDRESS);
    app.db.begin(ctx).await?.forget_tries(bucket(app, what.name(), account), place).await
}

/// Whether one more post may be kept for this person.
pub(crate) async fn may_keep(app: &App, ctx: &Ctx, account: &str) -> Result<bool, StoreError> {
    try_within(app, ctx, bucket(app, "keep", account), OF_KEEPING).await
}

async fn try_within(app: &App, ctx: &Ctx, bucket: [u8; 32], limit: Limit) -> Result<bool, StoreError> {
    app.db.begin(ctx).await?.try_within(bucket, limit).await
}

/// Keyed, so that nobody who sees the table can find out an address by trying all.
fn bucket(app: &App, what: &str, whose: &str) -> [u8; 32] {
    hash(&[app.secret.bytes().as_slice(), b"tries", what.as_bytes(), b"\0", whose.as_bytes()].concat())
}

fn wait(ctx: &Ctx) -> u32 {
    let window = WINDOW.as_secs();
    u32::try_from(window - ctx.now.as_second().rem_euclid(window)).unwrap_or_default()
}

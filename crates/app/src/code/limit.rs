//! How many codes may be asked for and typed: enough for somebody whose message is slow, too few to flood a telephone or to
//! guess. Counted alike for addresses that are known and addresses that are not.

use std::net::IpAddr;

use jiff::SignedDuration;
use onedoor_domain::actor::Ctx;
use onedoor_domain::code::AddressKey;
use onedoor_domain::value::Reference;
use onedoor_store::{Limit, StoreError};

use crate::web::App;

/// To one address, whoever asks.
const TO_ADDRESS: Limit = Limit { tries: 3, window: SignedDuration::from_hours(1) };
/// The same over a day: a million codes are few for somebody patient.
const TO_ADDRESS_A_DAY: Limit = Limit { tries: 10, window: SignedDuration::from_hours(24) };
/// From one place, to any address. A ward, a library or a hostel may share one.
const FROM_CLIENT: Limit = Limit { tries: 20, window: SignedDuration::from_hours(1) };
/// For one reference, to whatever address: nobody can spray addresses at a request.
const OF_REFERENCE: Limit = Limit { tries: 5, window: SignedDuration::from_hours(1) };
/// The same over a day.
const OF_REFERENCE_A_DAY: Limit = Limit { tries: 15, window: SignedDuration::from_hours(24) };
/// Codes and phrases typed from one place, right or wrong.
const TYPED: Limit = Limit { tries: 30, window: SignedDuration::from_mins(15) };

/// Counts a code that is asked for. The place first: whoever floods many addresses uses up none of theirs.
pub(super) async fn may_ask(
    app: &App,
    ctx: &Ctx,
    client: &str,
    address: AddressKey,
) -> Result<bool, StoreError> {
    Ok(from_place(app, ctx, ("codes from", client), FROM_CLIENT).await?
        && within(app, ctx, ("codes to", &address), TO_ADDRESS).await?
        && within(app, ctx, ("codes a day to", &address), TO_ADDRESS_A_DAY).await?)
}

/// Counts a code that is asked for to open the request with a reference, whether or not there is one.
pub(super) async fn may_ask_for(
    app: &App,
    ctx: &Ctx,
    client: &str,
    (reference, address): (&Reference, AddressKey),
) -> Result<bool, StoreError> {
    let whose = reference.as_str().as_bytes();
    Ok(may_ask(app, ctx, client, address).await?
        && within(app, ctx, ("codes for", whose), OF_REFERENCE).await?
        && within(app, ctx, ("codes a day for", whose), OF_REFERENCE_A_DAY).await?)
}

/// Counts a code or a phrase that is typed.
pub(crate) async fn may_try(app: &App, ctx: &Ctx, client: &str) -> Result<bool, StoreError> {
    from_place(app, ctx, ("typed from", client), TYPED).await
}

/// This machine's own address tells nobody apart: all of a county may come from it through a proxy that was not named.
async fn from_place(
    app: &App,
    ctx: &Ctx,
    (what, client): (&str, &str),
    limit: Limit,
) -> Result<bool, StoreError> {
    let here = client.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    Ok(here || within(app, ctx, (what, client.as_bytes()), limit).await?)
}

pub(crate) async fn within(
    app: &App,
    ctx: &Ctx,
    (what, whose): (&str, &[u8]),
    limit: Limit,
) -> Result<bool, StoreError> {
    let bucket = app.secret.keyed(what, &[ctx.tenant.0.as_bytes(), whose]);
    app.db.begin(ctx).await?.try_within(bucket, limit).await
}

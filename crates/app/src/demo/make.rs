//! Makes the county and its people, once; a second call finds them, an interrupted one is continued.

use std::sync::Arc;

use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;
use onedoor_store::StoreError;
use tokio::task::JoinSet;

use super::cast::Cast;
use super::directory::directory;
use super::texts::texts;
use super::walk::walk;
use super::{Demo, DemoError, county, entered, find, people as invented};
use crate::web::App;

/// How many people a demonstration has unless told otherwise.
pub const PEOPLE: u32 = 200;
/// So many are made at once: half the connections, so that denials and health still find one.
const AT_ONCE: usize = 8;

/// The county and so many people. `progress` hears how many have been made.
///
/// # Errors
/// See [`DemoError`]; nothing is added to a county that is not the demonstration.
pub async fn demonstrate(app: &App, count: u32, progress: impl Fn(u32)) -> Result<Demo, DemoError> {
    let demo = match find(app).await? {
        Some(demo) => demo,
        None if holds_a_county(app).await? => return Err(DemoError::NotADemonstration),
        None => county(app).await?,
    };
    texts(app, &demo).await?;
    directory(app, &demo).await?;
    people(app, &demo, count, progress).await?;
    Ok(demo)
}

async fn holds_a_county(app: &App) -> Result<bool, StoreError> {
    let tenant = match app.db.tenant_of("").await {
        Ok(tenant) => tenant,
        Err(StoreError::Hidden) => return Ok(false),
        Err(error) => return Err(error),
    };
    let mut tx = app.db.begin(&app.system(tenant, SystemScope::Command)).await?;
    let found = tx.county().await;
    tx.close().await?;
    match found {
        Ok(_) => Ok(true),
        Err(StoreError::Hidden) => Ok(false),
        Err(error) => Err(error),
    }
}

/// So many people in every state, at the times at which they would have got there.
///
/// # Errors
/// See [`DemoError`].
pub async fn people(app: &App, demo: &Demo, count: u32, progress: impl Fn(u32)) -> Result<(), DemoError> {
    // The last one is made last: who finds them finds everybody.
    let Some(last) = count.checked_sub(1) else { return Ok(()) };
    if is_made(app, demo, last).await? {
        return Ok(());
    }
    let continued = is_made(app, demo, 0).await?;
    let cast = Arc::new(Cast::load(app, demo).await?);
    let now = app.clock.now();
    entered::unfinished(app, &cast, now).await?;
    let mut running = JoinSet::new();
    let mut made = 0;
    for person in 0..last {
        if continued && is_made(app, demo, person).await? {
            made += 1;
            continue;
        }
        if running.len() >= AT_ONCE {
            finished(running.join_next().await)?;
            made += 1;
            progress(made);
        }
        running.spawn(walk(app.clone(), cast.clone(), person, now));
    }
    while let Some(one) = running.join_next().await {
        finished(Some(one))?;
        made += 1;
        progress(made);
    }
    Box::pin(walk(app.clone(), cast, last, now)).await?;
    progress(count);
    Ok(())
}

fn finished(one: Option<Result<Result<(), DemoError>, tokio::task::JoinError>>) -> Result<(), DemoError> {
    match one {
        None => Ok(()),
        Some(Ok(walked)) => walked,
        Some(Err(_)) => Err(DemoError::Cut),
    }
}

async fn is_made(app: &App, demo: &Demo, person: u32) -> Result<bool, StoreError> {
    let mut tx = app.db.begin(&app.system(demo.tenant, SystemScope::Command)).await?;
    match tx.referral_by_reference(&invented::reference(person, false), Action::ReferralRead).await {
        Ok(_) => {
            tx.close().await?;
            Ok(true)
        }
        Err(StoreError::Hidden) => Ok(false),
        Err(error) => Err(error),
    }
}

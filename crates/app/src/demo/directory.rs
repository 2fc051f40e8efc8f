//! The demonstration's directory: the sample feed of `directory.json`, in the published format, and what its editor added.

use jiff::ToSpan as _;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::calendar::local_date;
use onedoor_domain::directory::entry::{Location, Organization, Phone};
use onedoor_domain::directory::{Entry, Search, Service};
use onedoor_domain::duty::{Hours, Opening};
use onedoor_domain::value::{Line, Text};
use onedoor_store::StoreError;

use super::texts::persona;
use super::{Demo, DemoError};
use crate::directory::import::{How, Importer, Source};
use crate::web::App;

/// Invented services in the published format.
const FEED: &str = include_str!("directory.json");
/// What the feed is called.
const NAME: &str = "Ashmere community directory";

fn line(text: &str) -> Result<Line, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("demonstration text"))
}

/// Takes in the feed, once. What an editor changed since stays as it is.
///
/// # Errors
/// See [`DemoError`].
pub(super) async fn directory(app: &App, demo: &Demo) -> Result<(), DemoError> {
    let ctx = || app.system(demo.tenant, SystemScope::Command);
    let mut tx = app.db.begin(&ctx()).await?;
    let known = tx.imports().await?;
    tx.close().await?;
    if known.iter().any(|import| import.outcome.is_some()) {
        return Ok(());
    }
    Importer::new(&app.db, ctx).take(&Source::Held(FEED), line(NAME)?, How::default()).await?;
    let editor = persona(app, demo, "directory-editor").await?;
    let due = local_date(editor.now).saturating_add(6.months());
    let wrong = |_| StoreError::Unreadable("demonstration service");
    let written = Service::write(&editor, editor.new_id(), allotment()?, due).map_err(wrong)?;
    app.db.begin(&editor).await?.commit(written).await?;
    let mut tx = app.db.begin(&editor).await?;
    let (county, _) = tx.county().await?;
    let search = Search { words: "gardening wellbeing".to_owned(), ..Search::default() };
    let found = tx.services(&search, &county.calendar, None).await?;
    let Some(first) = found.services.first() else { return Ok(tx.close().await.map(|_| ())?) };
    let service = tx.service(first.id).await?;
    let mut entry = service.entry().clone();
    entry.alert = "From December in the glasshouse, because of the weather.".parse::<Text>().ok();
    let version = service.version;
    let changed = service.save(&editor, version, entry, due).map_err(wrong)?;
    tx.commit(changed).await?;
    Ok(())
}

/// A service that no feed knows.
fn allotment() -> Result<Entry, StoreError> {
    let mut entry = Entry::named(line("Harbour allotment")?);
    entry.organization = Some(Organization { name: line("Harbour Crisis Café")?, website: None });
    entry.description = "A plot behind the café. Come and dig, or sit in the sun.".parse().ok();
    let number = "01632 960 561".parse().map_err(|_| StoreError::Unreadable("demonstration number"))?;
    entry.phones = vec![Phone { number, description: None }];
    entry.service_at_locations = vec![Location {
        address: Some(line("Old Net Loft, Quay Lane")?),
        city: Some(line("Ashmere")?),
        postal_code: "AM1 2AB".parse().ok(),
        ..Location::default()
    }];
    entry.taxonomy_terms = vec![line("Something to do")?];
    let at = |hour| jiff::civil::Time::new(hour, 0, 0, 0);
    if let (Ok(open), Ok(close)) = (at(14), at(17)) {
        let opening = Opening { open, close };
        entry.set_week(Hours { monday: Vec::new(), friday: Vec::new(), ..Hours::weekdays(opening) });
    }
    Ok(entry)
}

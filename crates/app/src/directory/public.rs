//! “Find help near you”: the directory for anybody, without signing in, by words, need, place and what is open now. What is looked
//! for stands in the address. Nobody is known here, and nothing is written down but a number against floods.
//!
//! Shared computers: the page is kept by no browser, so the answers are kept here for some seconds instead (hazard H05).

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use askama::Template;
use axum::extract::{Query, State};
use jiff::{SignedDuration, Timestamp};
use onedoor_domain::county::County;
use onedoor_domain::directory::{Service, near};
use onedoor_domain::ids::{ServiceId, TenantId};
use onedoor_domain::value::Line;
use onedoor_store::{Limit, Services};

use super::find::{Asked, needs, open, text};
use super::words;
use crate::door::limit::{self, Client};
use crate::ui::{Button, Checkboxes, Details, Frame, Link, Markup, Pagination, Select, TextInput};
use crate::web::{Answer, App, Problem, Public, page};
use crate::words::Lang;

/// The page.
pub const FIND: &str = "/find-help";
/// A library shares one address; a machine that copies everything is slowed.
const LIMIT: Limit = Limit { tries: 240, window: SignedDuration::from_mins(10) };
const WAIT: u32 = 600;
/// So long an answer is given again. Opening times change by the minute and not by the second.
const KEPT: Duration = Duration::from_secs(20);
/// So many answers are kept.
const MOST: usize = 256;

type Kept = (Instant, Services, Vec<Line>);
type Key = (TenantId, String, Option<ServiceId>);
static ANSWERS: LazyLock<RwLock<HashMap<Key, Kept>>> = LazyLock::new(RwLock::default);

/// One service, in few lines.
struct Shown {
    name: String,
    lines: Vec<Markup>,
    more: Option<Details>,
}

#[derive(Template)]
#[template(path = "directory/public.html")]
struct FindPage {
    frame: Frame,
    words: TextInput,
    place: TextInput,
    need: Select,
    open: Checkboxes,
    button: Button,
    clear: Option<Link>,
    empty: Vec<String>,
    far: Option<String>,
    services: Vec<Shown>,
    pages: Option<Pagination>,
}

/// GET `/find-help?words=&need=&place=&open=now`.
///
/// # Errors
/// [`Problem::TooOften`], [`Problem::Store`].
pub async fn show(
    State(app): State<App>,
    public: Public,
    client: Client,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Answer, Problem> {
    if !limit::within_of(&public, client, ("find", LIMIT)).await? {
        return Err(Problem::TooOften(WAIT));
    }
    let lang = public.lang;
    let asked = Asked::of(&query);
    let after: Option<ServiceId> = query.get("after").and_then(|after| after.parse().ok());
    let county = app.county(public.ctx.tenant).await?;
    let tx = public.begin().await?;
    let (found, terms, done) = answers(&public, tx, (&asked, after, &county)).await?;
    let from = near::position(&county.districts, &asked.search.place);
    let unknown = from.is_none() && !county.districts.is_empty() && !asked.search.place.is_empty();
    let shown = FindPage {
        words: text(lang, "words", ("find-words", "find-words-hint"), &asked.search.words),
        place: text(lang, "place", ("find-place", "find-place-hint"), &asked.search.place),
        need: needs(lang, &terms, asked.search.need.as_ref()),
        open: open(lang, asked.search.open_now),
        button: Button::new(lang.t("find-search")),
        clear: (!asked.query.is_empty()).then(|| Link::new(FIND, lang.t("find-clear"))),
        empty: empty(lang, &asked, &found),
        far: unknown.then(|| lang.t("find-no-distance")),
        services: sorted(&found.services, from)
            .into_iter()
            .map(|(service, metres)| shown(lang, (service, metres), &county, public.ctx.now))
            .collect(),
        pages: pages(lang, &asked, after.is_some(), &found),
        frame: public.frame(lang.t("find-title")).await,
    };
    page(done, &shown)
}

/// What was found: a moment ago, or now.
async fn answers(
    public: &Public,
    mut tx: onedoor_store::Tx,
    (asked, after, county): (&Asked, Option<ServiceId>, &County),
) -> Result<(Services, Vec<Line>, onedoor_store::Done<onedoor_store::Saw>), Problem> {
    let key = (public.ctx.tenant, asked.address_of(FIND, None), after);
    let known = ANSWERS.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some((_, found, terms)) = known.filter(|(at, ..)| at.elapsed() < KEPT) {
        return Ok((found, terms, tx.close().await?));
    }
    let terms = tx.service_terms().await?;
    let found = tx.services(&asked.search, &county.calendar, after).await?;
    let done = tx.close().await?;
    let mut answers = ANSWERS.write().unwrap_or_else(PoisonError::into_inner);
    if answers.len() >= MOST {
        answers.retain(|_, (at, ..)| at.elapsed() < KEPT);
    }
    if answers.len() < MOST {
        answers.insert(key, (Instant::now(), found.clone(), terms.clone()));
    }
    Ok((found, terms, done))
}

/// The nearest first where the place has a position; those without one after them, by name.
fn sorted(
    services: &[Service],
    from: Option<onedoor_domain::directory::entry::Point>,
) -> Vec<(&Service, Option<f64>)> {
    let far = |service: &Service| from.and_then(|from| near::distance(service.entry(), from));
    let mut all: Vec<(&Service, Option<f64>)> = services.iter().map(|one| (one, far(one))).collect();
    all.sort_by(|(_, one), (_, other)| {
        let (one, other) = (one.unwrap_or(f64::INFINITY), other.unwrap_or(f64::INFINITY));
        one.total_cmp(&other)
    });
    all
}

/// “3 miles away”. A mile is as close as a crow knows a street.
fn miles(lang: Lang, metres: f64) -> String {
    let miles = metres / 1609.344;
    if miles < 1.0 {
        return lang.t("find-less-than-a-mile");
    }
    lang.tr("find-miles", &[("miles", format!("{miles:.0}"))])
}

fn shown(lang: Lang, (service, metres): (&Service, Option<f64>), county: &County, now: Timestamp) -> Shown {
    let entry = service.entry();
    let mut lines: Vec<Markup> = vec![words::open_words(lang, entry, now, &county.calendar).into()];
    lines.extend(words::mark(lang, service, now).map(|tag| Markup::of(&tag)));
    lines.extend(metres.map(|metres| Markup::from(miles(lang, metres))));
    let phones = entry.all_phones().take(2).flat_map(words::phone);
    lines.extend(phones);
    lines.extend(entry.email.as_ref().map(|email| Markup::link(&format!("mailto:{email}"), email.as_str())));
    lines.extend(entry.url.as_ref().map(|url| Markup::link(url.as_str(), url.as_str())));
    let there = entry.service_at_locations.iter().filter(|place| !place.is_virtual).take(2);
    lines.extend(there.map(words::place).filter(|place| !place.is_empty()).map(Markup::from));
    let ages = words::ages(lang, entry);
    let times = entry.all_schedules().take(7).map(|schedule| words::schedule(lang, schedule));
    let about = entry.description.iter().chain(&entry.eligibility).map(ToString::to_string);
    let more: Vec<Markup> = about.chain(ages).chain(times).map(|text| Markup::lines(&text)).collect();
    let more = (!more.is_empty()).then(|| Details {
        summary: lang.tr("find-more", &[("name", entry.name.to_string())]).into(),
        content: Markup::paragraphs(more),
        ..Details::default()
    });
    Shown { name: entry.name.to_string(), lines, more }
}

/// What to do where nothing was found: never a dead end.
fn empty(lang: Lang, asked: &Asked, found: &Services) -> Vec<String> {
    if !found.services.is_empty() {
        return Vec::new();
    }
    let said = if found.next.is_some() { "find-look-on" } else { "find-nothing" };
    let mut lines = vec![lang.t(said)];
    lines.extend((!asked.search.place.is_empty()).then(|| lang.t("find-nothing-place")));
    lines
}

fn pages(lang: Lang, asked: &Asked, begun: bool, found: &Services) -> Option<Pagination> {
    let first = begun.then(|| Link::new(&asked.address_of(FIND, None), lang.t("task-page-first")));
    let after = found.next.map(|id| asked.address_of(FIND, Some(("after", id.to_string()))));
    let next = after.map(|to| Link::new(&to, lang.t("task-page-next")));
    (first.is_some() || next.is_some()).then_some(Pagination { lang, previous: first, next })
}

//! One service: how to reach it, when and where, for whom, who made sure when, and what editors may do.

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use jiff::ToSpan as _;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::{Calendar, local_date};
use onedoor_domain::change::{Changes, Event, EventKind};
use onedoor_domain::directory::{Entry, Origin, Service};
use onedoor_domain::ids::ServiceId;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Text;
use onedoor_store::Tx;
use serde::Deserialize;

use super::{LIST, id, path, words};
use crate::task::rows::stack;
use crate::team::text_key;
use crate::ui::{
    BackLink, Button, ButtonKind, ConflictPage, DateInput, Details, Field, FormPage, Frame, InsetText, Link,
    Markup, SummaryList, SummaryRow, Textarea, WarningCallout,
};
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};
use crate::words::{self as say, Lang};

pub(super) const DUE: DateKeys = DateKeys {
    missing: "directory-due-missing",
    no_day: "directory-due-no-day",
    no_month: "directory-due-no-month",
    no_year: "directory-due-no-year",
    not_real: "directory-due-not-real",
};

#[derive(Template)]
#[template(path = "directory/view.html")]
struct View {
    frame: Frame,
    back: BackLink,
    gone: Option<WarningCallout>,
    overdue: Option<WarningCallout>,
    alert: Option<InsetText>,
    facts: SummaryList,
    source: Vec<String>,
    feed: Option<Details>,
    edit: Vec<Link>,
    version: i64,
    id: ServiceId,
    steps: Vec<Button>,
    retire: Option<(Textarea, Button)>,
    history: Option<SummaryList>,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    done: String,
}

/// GET `/directory/{service}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(text): Path<String>, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let service = tx.service_view(id(&text)?).await?;
    let (county, _) = tx.county().await?;
    let events = tx.service_events(service.id).await?;
    let mut frame = staff.frame(&mut tx, service.entry().name.to_string(), LIST).await?;
    frame.flash = match ask.done.as_str() {
        "saved" => Some(lang.t("directory-done-saved")),
        "checked" => Some(lang.t("directory-done-checked")),
        "retired" => Some(lang.t("directory-done-retired")),
        "back" => Some(lang.t("directory-done-back")),
        "feed" => Some(lang.t("directory-done-feed")),
        _ => None,
    };
    let view = view(&staff, frame, &service, (&county.calendar, &events));
    page(tx.close().await?, &view)
}

fn view(staff: &Staff, frame: Frame, service: &Service, (calendar, events): (&Calendar, &[Event])) -> View {
    let lang = staff.lang;
    let writes = staff.may(Action::ServiceWrite);
    let gone = service.retired.as_ref().map(|retired| {
        let said = Markup::paragraphs([words::retired_words(lang, retired), lang.t("directory-gone-what")]);
        callout(lang, "directory-gone-title", said)
    });
    let late = gone.is_none() && service.is_overdue(local_date(staff.ctx.now));
    let overdue = late.then(|| {
        let said = [words::checked_words(lang, service), lang.t("directory-overdue-what")];
        callout(lang, "directory-overdue-title", Markup::paragraphs(said))
    });
    let alert = service.entry().alert.as_ref();
    View {
        back: BackLink::new(lang, LIST),
        gone,
        overdue,
        alert: alert
            .map(|alert| InsetText { lang, content: Markup::paragraphs([Markup::lines(alert.as_str())]) }),
        facts: facts(lang, service, staff, calendar),
        source: source(lang, service),
        feed: feed_words(lang, service),
        edit: edit_links(lang, service, writes),
        version: service.version,
        id: service.id,
        steps: if writes { steps(lang, service) } else { Vec::new() },
        retire: (writes && service.retired.is_none()).then(|| retire_parts(lang, "", &FormErrors::default())),
        history: (!events.is_empty()).then(|| SummaryList {
            rows: events.iter().map(|event| line(lang, event)).collect(),
            ..SummaryList::default()
        }),
        frame,
    }
}

fn callout(lang: Lang, heading: &str, content: Markup) -> WarningCallout {
    WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t(heading), content) }
}

fn facts(lang: Lang, service: &Service, staff: &Staff, calendar: &Calendar) -> SummaryList {
    let entry = service.entry();
    let mut rows = Vec::new();
    let mut add = |key: &str, value: Option<Markup>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            rows.push(SummaryRow::new(lang.t(key), value));
        }
    };
    let text = |text: &Option<Text>| text.as_ref().map(|text| Markup::lines(text.as_str()));
    let all = |lines: Vec<Markup>| (!lines.is_empty()).then(|| stack(lines));
    add("directory-fact-open", Some(words::open_words(lang, entry, staff.ctx.now, calendar).into()));
    add("directory-fact-phone", all(entry.phones.iter().flat_map(words::phone).collect()));
    add(
        "directory-fact-email",
        entry.email.as_ref().map(|email| Markup::link(&format!("mailto:{email}"), email.as_str())),
    );
    add("directory-fact-url", entry.url.as_ref().map(|url| Markup::link(url.as_str(), url.as_str())));
    add("directory-fact-contacts", all(contacts(entry)));
    add("directory-fact-about", text(&entry.description));
    let for_whom = words::ages(lang, entry).map(Markup::from).into_iter().chain(text(&entry.eligibility));
    add("directory-fact-for", all(for_whom.collect()));
    add("directory-fact-needs", join(&entry.taxonomy_terms));
    add("directory-fact-where", all(places(lang, entry)));
    add("directory-fact-areas", all(entry.service_areas.iter().map(|area| area.as_str().into()).collect()));
    add("directory-fact-times", all(times(lang, entry)));
    let costs = entry.cost_options.iter().map(|cost| words::cost(lang, cost).into()).chain(text(&entry.fees));
    add("directory-fact-cost", all(costs.collect()));
    add("directory-fact-languages", join(&entry.languages));
    let access = entry.service_at_locations.iter().flat_map(|place| &place.accessibility);
    add("directory-fact-access", all(access.map(|access| access.as_str().into()).collect()));
    add("directory-fact-status", Some(lang.t(words::status_key(entry.status)).into()));
    add("directory-fact-checked", Some(words::checked_words(lang, service).into()));
    SummaryList { rows, ..SummaryList::default() }
}

fn join(lines: &[onedoor_domain::value::Line]) -> Option<Markup> {
    let text = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then(|| text.into())
}

fn contacts(entry: &Entry) -> Vec<Markup> {
    let one = |contact: &onedoor_domain::directory::entry::Contact| -> Vec<Markup> {
        let named = [contact.name.as_ref(), contact.title.as_ref()];
        let named = named.into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let email =
            contact.email.as_ref().map(|email| Markup::link(&format!("mailto:{email}"), email.as_str()));
        let phones = contact.phones.iter().flat_map(words::phone);
        let named = (!named.is_empty()).then(|| Markup::from(named));
        named.into_iter().chain(email).chain(phones).collect()
    };
    entry.contacts.iter().flat_map(one).collect()
}

fn places(lang: Lang, entry: &Entry) -> Vec<Markup> {
    let one = |location| -> Markup {
        let place = words::place(location);
        if location.is_virtual {
            lang.tr("directory-virtual", &[("place", place)]).into()
        } else {
            place.into()
        }
    };
    entry.service_at_locations.iter().map(one).filter(|place: &Markup| !place.is_empty()).collect()
}

fn times(lang: Lang, entry: &Entry) -> Vec<Markup> {
    entry.all_schedules().map(|schedule| words::schedule(lang, schedule).into()).collect()
}

fn source(lang: Lang, service: &Service) -> Vec<String> {
    let feed = service.feed().map(|feed| ("feed", feed.feed.to_string()));
    let here =
        service.here().map(|here| [("name", here.by.to_string()), ("date", say::date_time(lang, here.at))]);
    match (service.origin(), feed, here) {
        (Origin::Feed, Some(feed), _) => vec![lang.tr("directory-source-feed", &[feed])],
        (Origin::Both, Some(feed), Some([name, date])) => {
            let said = lang.tr("directory-source-both", &[feed, name, date]);
            let moved = service.feed_moved_on().then(|| lang.t("directory-feed-moved"));
            std::iter::once(said).chain(moved).collect()
        }
        (_, _, Some(here)) => vec![lang.tr("directory-source-here", &here)],
        (Origin::Feed | Origin::Here | Origin::Both, _, None) => Vec::new(),
    }
}

/// What the feed says, where people read something else.
fn feed_words(lang: Lang, service: &Service) -> Option<Details> {
    let feed = service.feed().filter(|_| service.origin() == Origin::Both)?;
    let list = SummaryList { rows: plain(lang, &feed.entry), ..SummaryList::default() };
    Some(Details {
        summary: lang.t("directory-feed-says").into(),
        content: Markup::of(&list),
        is_expander: false,
        open: service.feed_moved_on(),
    })
}

/// The few facts in which two texts of a service are compared.
pub(super) fn plain(lang: Lang, entry: &Entry) -> Vec<SummaryRow> {
    let phones: Vec<Markup> = entry.all_phones().flat_map(words::phone).collect();
    let text =
        |text: &Option<Text>| text.as_ref().map_or_else(Markup::default, |text| Markup::lines(text.as_str()));
    let rows = [
        ("directory-name", Markup::from(entry.name.as_str())),
        ("directory-fact-about", text(&entry.description)),
        ("directory-fact-phone", stack(phones)),
        ("directory-fact-where", stack(places(lang, entry))),
        ("directory-fact-times", stack(times(lang, entry))),
        ("directory-fact-status", lang.t(words::status_key(entry.status)).into()),
    ];
    rows.into_iter().map(|(key, value)| SummaryRow::new(lang.t(key), value)).collect()
}

fn edit_links(lang: Lang, service: &Service, writes: bool) -> Vec<Link> {
    let link =
        |wanted: bool, step: &str, key: &str| wanted.then(|| Link::new(&path(service.id, step), lang.t(key)));
    let check = link(writes && service.retired.is_none(), "check", "directory-check");
    check.into_iter().chain(link(writes, "edit", "directory-edit")).collect()
}

fn steps(lang: Lang, service: &Service) -> Vec<Button> {
    let step = |value: &str, key: &str| Button {
        name: Some("do"),
        value: Some(value.to_owned()),
        prevents_double_click: true,
        ..Button::secondary(lang.t(key))
    };
    let back = service.retired.is_some().then(|| step("back", "directory-bring-back"));
    let follow = (service.origin() == Origin::Both).then(|| step("feed", "directory-follow-feed"));
    back.into_iter().chain(follow).collect()
}

fn retire_parts(lang: Lang, typed: &str, errors: &FormErrors) -> (Textarea, Button) {
    let field = Field::new(lang, "why", lang.t("directory-retire-why")).hint(lang.t("directory-retire-hint"));
    let button = Button {
        kind: ButtonKind::Warning,
        name: Some("do"),
        value: Some("retire".to_owned()),
        prevents_double_click: true,
        ..Button::new(lang.t("directory-retire"))
    };
    (
        Textarea { field: field.with(errors), value: typed.to_owned(), rows: Some(2), ..Textarea::default() },
        button,
    )
}

fn line(lang: Lang, event: &Event) -> SummaryRow {
    let key = match event.kind {
        EventKind::ServiceChecked => "directory-event-checked",
        EventKind::ServiceRetired => "directory-event-retired",
        EventKind::ServiceBroughtBack => "directory-event-back",
        EventKind::ServiceFollowsFeed => "directory-event-feed",
        _ => "directory-event-saved",
    };
    let who = event.by.name().map(ToString::to_string).unwrap_or_default();
    let mut said = vec![format!("{}, {who}", lang.t(key))];
    said.extend(event.why.as_ref().map(ToString::to_string));
    SummaryRow::new(say::date_time(lang, event.at), Markup::lines(&said.join("\n")))
}

fn version(raw: &RawForm) -> i64 {
    raw.text("version").parse().unwrap_or(-1)
}

/// Half a year from today, as a form offers it.
pub(super) fn half_a_year(staff: &Staff) -> Date {
    local_date(staff.ctx.now).saturating_add(6.months())
}

/// GET `/directory/{service}/check`: somebody asks there now.
///
/// # Errors
/// [`Problem::Store`].
pub async fn check_form(staff: Staff, Path(text): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let service = tx.service(id(&text)?).await?;
    let due = half_a_year(&staff);
    let [version, day, month, year] =
        [service.version, due.day().into(), due.month().into(), due.year().into()]
            .map(|n: i64| n.to_string());
    let raw = RawForm::of([
        ("version", version.as_str()),
        ("due[day]", day.as_str()),
        ("due[month]", month.as_str()),
        ("due[year]", year.as_str()),
    ]);
    let form = check_page(&staff, &mut tx, &service, &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

async fn check_page(
    staff: &Staff,
    tx: &mut Tx,
    service: &Service,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, Problem> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("directory-check-title"), LIST).await?;
    let list = SummaryList { rows: plain(lang, service.entry()), ..SummaryList::default() };
    let mut form = FormPage::new(frame, &path(service.id, "check"), lang.t("directory-check-save"))
        .errors(errors)
        .back(&path(service.id, ""))
        .carry("version", raw.text("version"))
        .control(&due_input(lang, raw, errors));
    form.intro = Markup::all([Markup::paragraphs([lang.t("directory-check-about")]), Markup::of(&list)]);
    Ok(form)
}

pub(super) fn due_input(lang: Lang, raw: &RawForm, errors: &FormErrors) -> DateInput {
    let field = Field::new(lang, "due", lang.t("directory-due")).hint(lang.t("directory-due-hint"));
    DateInput::new(field, raw, errors)
}

/// POST `/directory/{service}/check`.
///
/// # Errors
/// [`Problem`].
pub async fn check(staff: Staff, Path(text): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let service = tx.service(id(&text)?).await?;
    let mut errors = FormErrors::default();
    let Some(due) = errors.date(&raw, "due", &DUE) else {
        let form = check_page(&staff, &mut tx, &service, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    match service.clone().check(&staff.ctx, version(&raw), due) {
        Err(Refused::DateInPast) => {
            errors.push_date(FieldError::new("due", "directory-due-range"));
            let form = check_page(&staff, &mut tx, &service, &raw, &errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
        }
        changes => finish(&staff, tx, &service, (changes, "?done=checked"), Vec::new()).await,
    }
}

/// POST `/directory/{service}/listing`: takes it off the directory, puts it back, or follows the feed again.
///
/// # Errors
/// [`Problem`].
pub async fn listing(staff: Staff, Path(text): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let service = tx.service(id(&text)?).await?;
    let known = service.clone();
    match raw.text("do") {
        "back" => {
            let changes = service.bring_back(&staff.ctx, version(&raw));
            finish(&staff, tx, &known, (changes, "?done=back"), Vec::new()).await
        }
        "feed" => {
            let changes = service.follow_feed(&staff.ctx, version(&raw));
            finish(&staff, tx, &known, (changes, "?done=feed"), Vec::new()).await
        }
        "retire" => match raw.parsed::<Text>("why", text_key("directory-retire-why-missing")) {
            Ok(why) => {
                let kept = vec![(lang.t("directory-retire-why"), why.to_string())];
                let changes = service.retire(&staff.ctx, version(&raw), why);
                finish(&staff, tx, &known, (changes, "?done=retired"), kept).await
            }
            Err(error) => {
                let errors = FormErrors::from(vec![error]);
                let frame = staff.frame(&mut tx, lang.t("directory-retire-title"), LIST).await?;
                let (why, button) = retire_parts(lang, raw.text("why"), &errors);
                let mut form = FormPage::new(frame, &path(known.id, "listing"), Markup::default())
                    .errors(&errors)
                    .back(&path(known.id, ""))
                    .carry("version", raw.text("version"))
                    .control(&why);
                form.button = button;
                page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
            }
        },
        _ => Err(Problem::Refused(Refused::NotFromHere)),
    }
}

/// Saves, or shows who was faster.
pub(super) async fn finish(
    staff: &Staff,
    tx: Tx,
    service: &Service,
    (changes, done): (Result<Changes, Refused>, &str),
    kept: Vec<(String, String)>,
) -> Result<Answer, Problem> {
    match changes {
        Ok(changes) => Ok(redirect(tx.commit(changes).await?, &path(service.id, done))),
        Err(Refused::Stale | Refused::NotFromHere) => conflict(staff, tx, service, kept).await,
        Err(refused) => Err(refused.into()),
    }
}

/// Somebody else was faster: what they did, how it reads now, and every word typed here.
async fn conflict(
    staff: &Staff,
    mut tx: Tx,
    service: &Service,
    typed: Vec<(String, String)>,
) -> Result<Answer, Problem> {
    let events = tx.service_events(service.id).await?;
    let happened = events.iter().take(3).map(|event| line(staff.lang, event));
    let rows = happened.chain(plain(staff.lang, service.entry())).collect();
    let frame = staff.frame(&mut tx, String::new(), LIST).await?;
    let changes = SummaryList { rows, ..SummaryList::default() };
    let shown = ConflictPage::new(frame, changes, typed, &path(service.id, ""));
    page_with(StatusCode::CONFLICT, tx.close().await?, &shown)
}

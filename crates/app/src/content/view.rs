//! One text for those who look after it: what the public reads, what is being written, what happened, what can be done.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::{Event, EventKind};
use onedoor_domain::content::{Content, Edition, Stage};
use onedoor_domain::ids::ContentId;
use onedoor_store::Tx;
use serde::Deserialize;

use super::page::{own_facts, preview as preview_page};
use super::{LIST, id, path, place_words, stage_tag};
use crate::ui::{
    BackLink, Button, ButtonKind, ConflictPage, Field, Frame, Link, Markup, SummaryList, SummaryRow, Textarea,
};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::{self, Lang};

#[derive(Template)]
#[template(path = "content/view.html")]
struct View {
    frame: Frame,
    back: BackLink,
    id: ContentId,
    version: i64,
    facts: SummaryList,
    returned: Option<String>,
    links: Vec<Link>,
    submit: Option<Button>,
    waits: Option<String>,
    withdraw: Option<(Textarea, Button)>,
    history: SummaryList,
    editions: Vec<Link>,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    done: String,
}

/// GET `/content/{text}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(text): Path<String>, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentRead).await?;
    let (events, editions) = (tx.content_events(content.id).await?, tx.editions(content.id).await?);
    let title =
        content.words().map_or_else(|| content.place.slug.to_string(), |words| words.title.to_string());
    let mut frame = staff.frame(&mut tx, title, LIST).await?;
    frame.flash = match ask.done.as_str() {
        "saved" => Some(lang.t("content-done-saved")),
        "submitted" => Some(lang.t("content-done-submitted")),
        "signed" => Some(lang.t("content-done-signed")),
        "returned" => Some(lang.t("content-done-returned")),
        "withdrawn" => Some(lang.t("content-done-withdrawn")),
        _ => None,
    };
    let returned = content.draft.as_ref().and_then(|draft| draft.returned.as_ref()).map(ToString::to_string);
    let view = View {
        back: BackLink::new(lang, LIST),
        id: content.id,
        version: content.version,
        facts: facts(&staff, &content),
        returned,
        links: links(&staff, &content),
        submit: (content.stage() == Stage::Draft && staff.may(Action::ContentWrite))
            .then(|| Button { prevents_double_click: true, ..Button::new(lang.t("content-submit")) }),
        waits: waits(&staff, &content),
        withdraw: withdraw(&staff, &content),
        history: SummaryList {
            rows: events.iter().map(|event| line(lang, event)).collect(),
            ..SummaryList::default()
        },
        editions: editions.iter().map(|edition| edition_link(lang, content.id, edition)).collect(),
        frame,
    };
    page(tx.close().await?, &view)
}

fn facts(staff: &Staff, content: &Content) -> SummaryList {
    let lang = staff.lang;
    let mut rows = vec![
        SummaryRow::new(lang.t("content-where"), place_words(lang, &content.place)),
        SummaryRow::new(lang.t("content-stage"), Markup::of(&stage_tag(lang, content))),
        SummaryRow::new(lang.t("content-owner"), content.owner.to_string()),
    ];
    if content.safety {
        rows.push(SummaryRow::new(lang.t("content-safety"), lang.t("content-safety-yes")));
    }
    if let Some(live) = &content.live {
        let said = own_facts(lang, content.owner.as_str(), live, local_date(staff.ctx.now));
        rows.push(SummaryRow::new(lang.t("content-public-reads"), Markup::lines(&said.join("\n"))));
    }
    if let Some(draft) = &content.draft {
        let writers: Vec<String> = draft.writers.values().map(ToString::to_string).collect();
        rows.push(SummaryRow::new(lang.t("content-written-by"), writers.join(", ")));
    }
    SummaryList { rows, ..SummaryList::default() }
}

fn links(staff: &Staff, content: &Content) -> Vec<Link> {
    let lang = staff.lang;
    let when =
        |wanted: bool, step: &str, key: &str| wanted.then(|| Link::new(&path(content.id, step), lang.t(key)));
    let live = content
        .live
        .is_some()
        .then(|| Link::new(&format!("/help/{}", content.place.slug), lang.t("content-to-live")));
    let writes = staff.may(Action::ContentWrite);
    let signs =
        content.stage() == Stage::Submitted && staff.may(Action::ContentSignOff) && !wrote(staff, content);
    [
        when(content.draft.is_some(), "preview", "content-to-preview"),
        live,
        when(writes, "edit", "content-to-edit"),
        when(signs, "sign-off", "content-to-sign-off"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn wrote(staff: &Staff, content: &Content) -> bool {
    content.draft.as_ref().is_some_and(|draft| draft.writers.contains_key(&staff.member.user))
}

fn waits(staff: &Staff, content: &Content) -> Option<String> {
    let lang = staff.lang;
    if content.stage() != Stage::Submitted {
        return None;
    }
    let own = staff.may(Action::ContentSignOff) && wrote(staff, content);
    Some(lang.t(if own { "content-own" } else { "content-waits" }))
}

fn withdraw(staff: &Staff, content: &Content) -> Option<(Textarea, Button)> {
    let lang = staff.lang;
    let field = Field::new(lang, "why", lang.t("content-withdraw-why")).hint(lang.t("content-withdraw-hint"));
    let button = Button {
        kind: ButtonKind::Warning,
        prevents_double_click: true,
        ..Button::new(lang.t("content-withdraw"))
    };
    (content.live.is_some() && staff.may(Action::ContentWithdraw))
        .then(|| (Textarea { field, rows: Some(2), ..Textarea::default() }, button))
}

fn line(lang: Lang, event: &Event) -> SummaryRow {
    let key = match event.kind {
        EventKind::ContentSubmitted => "content-event-submitted",
        EventKind::ContentSignedOff => "content-event-signed-off",
        EventKind::ContentGivenBack => "content-event-given-back",
        EventKind::ContentWithdrawn => "content-event-withdrawn",
        _ => "content-event-saved",
    };
    let who = event.by.name().map(ToString::to_string).unwrap_or_default();
    let mut said = vec![format!("{}, {who}", lang.t(key))];
    said.extend(event.why.as_ref().map(ToString::to_string));
    SummaryRow::new(words::date_time(lang, event.at), Markup::lines(&said.join("\n")))
}

fn edition_link(lang: Lang, id: ContentId, edition: &Edition) -> Link {
    let said = [
        ("number", edition.number.to_string()),
        ("date", words::date_time(lang, edition.published_at)),
        ("reviewer", edition.reviewer.to_string()),
    ];
    Link::new(&path(id, &format!("editions/{}", edition.number)), lang.tr("content-edition", &said))
}

/// GET `/content/{text}/preview`: the draft exactly as the public would read it.
///
/// # Errors
/// [`Problem::NotFound`] where nothing is being written.
pub async fn preview(staff: Staff, Path(text): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentRead).await?;
    let Some(draft) = &content.draft else {
        tx.close().await?;
        return Err(Problem::NotFound);
    };
    let frame = staff.frame(&mut tx, String::new(), LIST).await?;
    let note = staff.lang.t("content-preview-note");
    let place = (&draft.words, content.place.language.as_str());
    let shown = preview_page(frame, place, note, (&path(content.id, ""), Vec::new()));
    page(tx.close().await?, &shown)
}

/// GET `/content/{text}/editions/{number}`: what the public once read.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn edition(staff: Staff, Path((text, number)): Path<(String, String)>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentRead).await?;
    let editions = tx.editions(content.id).await?;
    let Some(edition) = editions.iter().find(|edition| edition.number.to_string() == number) else {
        tx.close().await?;
        return Err(Problem::NotFound);
    };
    let frame = staff.frame(&mut tx, String::new(), LIST).await?;
    let said = [("number", number), ("date", words::date_time(lang, edition.published_at))];
    let note = lang.tr("content-edition-note", &said);
    let facts = own_facts(lang, content.owner.as_str(), edition, local_date(staff.ctx.now));
    let place = (&edition.words, content.place.language.as_str());
    let shown = preview_page(frame, place, note, (&path(content.id, ""), facts));
    page(tx.close().await?, &shown)
}

/// Somebody else was faster: what they did, and every word typed here.
pub(super) async fn conflict(
    staff: &Staff,
    mut tx: Tx,
    id: ContentId,
    typed: Vec<(String, String)>,
) -> Result<Answer, Problem> {
    let events = tx.content_events(id).await?;
    let rows = events.iter().take(3).map(|event| line(staff.lang, event)).collect();
    let changes = SummaryList { rows, ..SummaryList::default() };
    let frame = staff.frame(&mut tx, String::new(), LIST).await?;
    let shown = ConflictPage::new(frame, changes, typed, &path(id, ""));
    page_with(StatusCode::CONFLICT, tx.close().await?, &shown)
}

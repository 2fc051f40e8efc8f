//! The duty board: people who need a call now, who is being rung about them, and "I have this call", by name (hazard H01).

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use jiff::Timestamp;
use onedoor_domain::access::Action;
use onedoor_domain::clock::ClockKind;
use onedoor_domain::duty::{Call, Channel, Page as DutyPage, Rang, Rung};
use onedoor_domain::ids::{PageId, ReferralId};
use onedoor_domain::refused::Refused;
use onedoor_domain::team::Team;
use onedoor_store::{Colleague, Cursor, ReferralView, Tx};

use crate::referral::record::{self, Part};
use crate::referral::ring::Ringing;
use crate::task::rows::{pages, read_cursor, stack, team_name};
use crate::task::when;
use crate::ui::{Button, Frame, Markup, Pagination, SummaryList, SummaryRow};
use crate::web::answer::{Answer, go};
use crate::web::{Problem, Staff, page, page_with, redirect};
use crate::words::Lang;

/// Where the board is.
pub const BOARD: &str = "/duty";

/// One person who needs a call.
#[derive(Debug, Template)]
#[template(path = "duty/card.html")]
pub struct DutyCard {
    called: String,
    reference: Markup,
    href: String,
    facts: SummaryList,
    person: Vec<Part>,
    page: PageId,
    button: Button,
}

impl DutyCard {
    /// By when, by whom and the button: for a page that is about more than calls. The rest is on the board.
    #[must_use]
    pub fn short(mut self) -> Self {
        self.person.clear();
        self
    }
}

impl HtmlSafe for DutyCard {}

/// The board.
#[derive(Debug, Template)]
#[template(path = "duty/board.html")]
struct BoardPage {
    frame: Frame,
    cards: Vec<DutyCard>,
    pages: Option<Pagination>,
}

/// Somebody else has the call.
#[derive(Debug, Template)]
#[template(path = "duty/answered.html")]
struct AnsweredPage {
    frame: Frame,
    who: String,
    href: String,
}

/// GET `/duty`.
///
/// # Errors
/// [`Problem::Store`] when the database does not answer.
pub async fn board(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let after = query.get("after").and_then(|after| read_cursor(after));
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, staff.lang.t("duty-title"), BOARD).await?;
    let (cards, next) = cards(&staff, &mut tx, after).await?;
    let pages = pages(staff.lang, BOARD, after, next);
    page(tx.close().await?, &BoardPage { frame, cards, pages })
}

/// A page of the people who need a call now, the longest waiting first, and where the next one begins.
///
/// # Errors
/// [`Problem::Store`] when the database does not answer.
pub async fn cards(
    staff: &Staff,
    tx: &mut Tx,
    after: Option<Cursor>,
) -> Result<(Vec<DutyCard>, Option<Cursor>), Problem> {
    let pages = tx.open_pages(after).await?;
    let views = tx.referral_cards(&pages.referrals).await?;
    let open: Vec<_> = views.iter().filter_map(|view| Some((view, waiting(view)?))).collect();
    let teams = tx.teams().await?;
    let rung: Vec<_> = open.iter().filter_map(|(_, page)| user_of(page.paged_now())).collect();
    let names = tx.colleagues(&rung).await?;
    let cards = open.into_iter().map(|(view, page)| card(staff, view, page, (&names, &teams)));
    Ok((cards.collect(), pages.next))
}

/// The page of a record, as long as nobody answered it.
fn waiting(view: &ReferralView) -> Option<&DutyPage> {
    let page = record::progress(&view.revealed)?.page.as_ref()?;
    page.acknowledged.is_none().then_some(page)
}

fn card(
    staff: &Staff,
    view: &ReferralView,
    page: &DutyPage,
    (names, teams): (&[Colleague], &[Team]),
) -> DutyCard {
    let (lang, now) = (staff.lang, staff.ctx.now);
    let progress = record::progress(&view.revealed);
    let call = progress.and_then(|at| {
        at.clocks.iter().find(|clock| clock.kind == ClockKind::DutyCall && clock.is_running())
    });
    let mut rows = vec![
        SummaryRow::new(lang.t("duty-since"), when::age(lang, page.opened_at, now)),
        SummaryRow::new(lang.t("duty-rung"), rung(lang, page.paged_now(), names, teams)),
    ];
    let told = (!page.calls.is_empty()).then(|| Part {
        id: "told",
        heading: lang.t("duty-told"),
        content: stack(page.calls.iter().map(|call| told(lang, call, now).into())),
    });
    let ringing = Ringing::of(&view.revealed);
    if let Some(call) = call {
        let by = if ringing == Ringing::Yes { "duty-call-by" } else { "duty-reach-by" };
        rows.insert(0, SummaryRow::new(lang.t(by), when::due(lang, call.target_at, now)));
    }
    // On every page that shows the card, also where the rest of it is left out.
    if let Some(warning) = ringing.warning() {
        rows.insert(0, SummaryRow::new(lang.t("duty-careful"), lang.t(warning)));
    }
    DutyCard {
        called: record::called(lang, &view.revealed),
        reference: progress.map(|at| record::reference(&at.reference)).unwrap_or_default(),
        href: format!("/referrals/{}", view.id),
        facts: SummaryList { rows, ..SummaryList::default() },
        person: record::person(lang, &view.revealed, now)
            .into_iter()
            .filter(|part| matches!(part.id, "safety" | "contact" | "asked"))
            .chain(told)
            .collect(),
        page: page.id,
        button: Button::new(lang.t("duty-acknowledge")),
    }
}

fn user_of(rung: &Rung) -> Option<onedoor_domain::ids::UserId> {
    match rung {
        Rung::Duty(user) | Rung::Deputy(user) | Rung::ServiceManager(user) => Some(*user),
        Rung::FallbackTeam(_) | Rung::CrisisLine => None,
    }
}

/// Who is being rung now.
fn rung(lang: Lang, rung: &Rung, names: &[Colleague], teams: &[Team]) -> String {
    let user = user_of(rung);
    let found = names.iter().find(|one| Some(one.user) == user);
    let name = found.map(|one| one.name.to_string()).unwrap_or_default();
    match rung {
        Rung::Duty(_) => lang.tr("duty-rung-duty", &[("name", name)]),
        Rung::Deputy(_) => lang.tr("duty-rung-deputy", &[("name", name)]),
        Rung::FallbackTeam(team) => lang.tr("duty-rung-team", &[("name", team_name(teams, *team))]),
        Rung::ServiceManager(_) => lang.tr("duty-rung-manager", &[("name", name)]),
        Rung::CrisisLine => lang.t("duty-rung-crisis-line"),
    }
}

/// Whom the program told of the call, and what came of it.
fn told(lang: Lang, call: &Call, now: Timestamp) -> String {
    let who = call.to.as_ref().map_or_else(|| lang.t("duty-told-nobody"), ToString::to_string);
    let channel = match call.channel {
        Channel::Email => "duty-channel-email",
        Channel::Text => "duty-channel-text",
        Channel::Note => "duty-channel-note",
    };
    let came = match call.outcome {
        Rang::Handed { .. } => "duty-came-handed",
        Rang::Spooled { .. } => "duty-came-spooled",
        Rang::Failed { .. } => "duty-came-failed",
    };
    let parts = [
        ("who", who),
        ("channel", lang.t(channel)),
        ("at", when::exact(lang, call.at, now)),
        ("came", lang.t(came)),
        ("times", call.times.to_string()),
    ];
    lang.tr(if call.times > 1 { "duty-told-line-times" } else { "duty-told-line" }, &parts)
}

/// POST `/duty/{page}/acknowledge`: "I have this call". It carries no version: nothing that happened meanwhile is a reason
/// not to take a call, except that somebody else has it.
///
/// # Errors
/// [`Problem::Store`] when it may not be taken.
pub async fn acknowledge(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id: PageId = id.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = staff.begin().await?;
    let loaded = tx.referral_by_page(id, Action::DutyAcknowledge).await?;
    let referral = loaded.id();
    match loaded.acknowledge_page(&staff.ctx) {
        Ok(changes) => Ok(redirect(tx.commit(changes).await?, &record_of(referral))),
        Err(Refused::AlreadyAnswered) => answered(&staff, tx, referral).await,
        Err(refused) => Err(refused.into()),
    }
}

/// Somebody has the call already: who, and since when.
async fn answered(staff: &Staff, mut tx: Tx, id: ReferralId) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let view = tx.referral_view(id).await?;
    let page = record::progress(&view.revealed).and_then(|at| at.page.as_ref());
    let Some(answer) = page.and_then(|page| page.acknowledged.as_ref()) else {
        return Err(Refused::AlreadyAnswered.into());
    };
    if answer.by == staff.member.user {
        // Sent twice: the call is theirs already.
        tx.close().await?;
        return Ok(go(&record_of(id)));
    }
    let frame = staff.frame(&mut tx, lang.t("duty-answered-title"), "/duty").await?;
    let at = when::exact(lang, answer.at, staff.ctx.now);
    let who = lang.tr("duty-answered-by", &[("name", answer.name.to_string()), ("at", at)]);
    let template = AnsweredPage { frame, who, href: format!("/referrals/{id}") };
    page_with(StatusCode::CONFLICT, tx.close().await?, &template)
}

fn record_of(id: ReferralId) -> String {
    format!("/referrals/{id}?done=acknowledged")
}

//! What a guest reads once they said who they are, and what they answer. Whoever was faster is named, and every typed word is
//! shown; what was answered shows nothing of the person any more.

use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::change::Changes;
use onedoor_domain::county::County;
use onedoor_domain::episode::Mode;
use onedoor_domain::guest::{Errand, LinkStands};
use onedoor_domain::handover::{Answered, DeclineReason, HandoverState, Introduction, Receiver};
use onedoor_domain::referral::{Declined, Met, Referral, Taken};
use onedoor_domain::refused::Refused;
use onedoor_domain::section::{PassedOn, Section};
use onedoor_domain::value::Line;
use onedoor_store::Tx;
use serde::Deserialize;

use super::{closed, errand_of, kept, place};
use crate::referral::kept::Offered;
use crate::referral::record::{self, Part};
use crate::referral::step::Asked;
use crate::referral::steps::follow::{WHEN, this_minute};
use crate::referral::{ask, handover, names};
use crate::ui::{Button, Choice, ErrorSummary, Frame, Markup, NotePage, SelectOption, WarningCallout};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Guest, Problem, page, page_with, redirect};
use crate::words::{self, Lang};

/// What the address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Ask {
    /// What was just answered.
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "answer/work.html")]
struct WorkPage {
    frame: Frame,
    reference: Markup,
    summary: Option<ErrorSummary>,
    asks: String,
    flash: Option<String>,
    needs: Option<WarningCallout>,
    parts: Vec<Part>,
    action: String,
    controls: Vec<Markup>,
    button: Button,
    finish: Button,
}

/// What a guest wants to say.
enum Said {
    Take(Taken),
    Cannot(Declined),
    Introduced(Introduction),
    Met(Met),
}

/// GET `/answer/{errand}/{about}`.
///
/// # Errors
/// [`Problem::NotFound`] for another errand than their own.
pub async fn show(
    State(app): State<App>,
    guest: Guest,
    Path((errand, about)): Path<(String, String)>,
    Query(asked): Query<Ask>,
) -> Result<Answer, Problem> {
    let errand = own(&guest, &errand, &about)?;
    let mut tx = guest.begin().await?;
    let stands = stands(&mut tx, &guest, Action::ReferralRead).await?;
    if stands != LinkStands::Good {
        let (title, texts) = match thanks(&guest, &mut tx, &asked.done).await? {
            Some(said) => ("answer-thanks-title", said),
            None => closed(&app, guest.ctx.tenant, guest.lang, &stands).await,
        };
        let frame = guest.frame(guest.lang.t(title)).await;
        return page(tx.close().await?, &NotePage::new(frame, texts));
    }
    let raw = ask::filled(&ask::moment_fields(WHEN, guest.ctx.now));
    let shown = work(&mut tx, &guest, errand, (&raw, &FormErrors::default())).await?;
    let flash = (asked.done == "introduced").then(|| guest.lang.t("answer-thanks-introduced"));
    page(tx.close().await?, &WorkPage { flash, ..shown })
}

/// POST `/answer/{errand}/{about}`: the answer.
///
/// # Errors
/// [`Problem::NotFound`] for another errand than their own.
pub async fn submit(
    State(app): State<App>,
    guest: Guest,
    Path((errand, about)): Path<(String, String)>,
    request: Request,
) -> Result<Answer, Problem> {
    let errand = own(&guest, &errand, &about)?;
    let raw = read_form(request).await?;
    let mut tx = guest.begin().await?;
    let (county, _) = tx.county().await?;
    let referral = tx.referral(guest.visit.guest.referral, Action::HandoverAnswer).await?;
    let stands = referral.link_stands(errand, guest.ctx.now).map_or(LinkStands::Over, |(_, stands)| stands);
    if stands != LinkStands::Good {
        return late(&app, &guest, tx, (&stands, &raw)).await;
    }
    let mut errors = FormErrors::default();
    let said = read(&guest, &raw, &mut errors, errand).filter(|_| errors.is_empty());
    if let Some(said) = said {
        let done = said.code();
        match apply(&guest, referral, said, &county) {
            Ok(changes) => {
                let proof = tx.commit(changes).await?;
                return Ok(redirect(proof, &format!("{}?done={done}", place(errand))));
            }
            Err(refused) => errors.push(at_fault(refused)),
        }
    }
    let mut shown = work(&mut tx, &guest, errand, (&raw, &errors)).await?;
    shown.frame.errors = true;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown)
}

/// POST `/answer/finish`: nothing of it can be opened in this browser any more.
///
/// # Errors
/// [`Problem::Store`].
pub async fn finish(State(app): State<App>, guest: Guest, request: Request) -> Result<Answer, Problem> {
    read_form(request).await?;
    let done = guest.begin().await?.commit(guest.visit.clone().end(&guest.ctx)).await?;
    let frame = guest.frame(guest.lang.t("answer-finish")).await;
    let shown = page(done, &NotePage::new(frame, [guest.lang.t("answer-finished")]))?;
    Ok(shown.cookie(&Cookie::Guest.clear(&app)))
}

/// A visit is for one errand: another address, also of another referral, is none of theirs.
fn own(guest: &Guest, code: &str, about: &str) -> Result<Errand, Problem> {
    let errand = errand_of(code, about)?;
    if errand == guest.visit.guest.errand { Ok(errand) } else { Err(Problem::NotFound) }
}

async fn stands(tx: &mut Tx, guest: &Guest, action: Action) -> Result<LinkStands, Problem> {
    let of = &guest.visit.guest;
    let referral = tx.referral(of.referral, action).await?;
    Ok(referral.link_stands(of.errand, guest.ctx.now).map_or(LinkStands::Over, |(_, stands)| stands))
}

/// Somebody was faster, or it was taken back: who, when, and every typed word.
async fn late(
    app: &App,
    guest: &Guest,
    tx: Tx,
    (stands, raw): (&LinkStands, &RawForm),
) -> Result<Answer, Problem> {
    let lang = guest.lang;
    let (_, texts) = closed(app, guest.ctx.tenant, lang, stands).await;
    let typed = raw.fields().filter(|(_, value)| value.trim().contains(' ')).map(|(_, value)| value);
    let kept = kept(lang, typed);
    let late = kept.is_some().then(|| lang.t("answer-late-what"));
    let content = [Markup::paragraphs(texts), Markup::paragraphs(late)].into_iter().chain(kept);
    let frame = guest.frame(lang.t("answer-late-title")).await;
    let shown = NotePage { frame, back: None, content: Markup::all(content) };
    page_with(StatusCode::CONFLICT, tx.close().await?, &shown)
}

/// What is said after an answer, where this browser just gave it.
async fn thanks(guest: &Guest, tx: &mut Tx, done: &str) -> Result<Option<Vec<Markup>>, Problem> {
    let lang = guest.lang;
    let keys = match done {
        "yes" => {
            let of = &guest.visit.guest;
            let referral = tx.referral(of.referral, Action::ReferralRead).await?;
            let to = referral.handovers().iter().find(|it| it.id.0 == of.errand.about()).map(|it| &it.to);
            let by_mail = to.and_then(Receiver::link_route).is_some_and(|route| route.is_electronic());
            let then = if by_mail { "answer-thanks-yes-mail" } else { "answer-thanks-yes-letter" };
            vec!["answer-thanks-yes", then]
        }
        "no" => vec!["answer-thanks-no"],
        "met" => vec!["answer-thanks-met"],
        _ => return Ok(None),
    };
    Ok(Some(keys.into_iter().map(|key| Markup::from(lang.t(key))).collect()))
}

async fn work(
    tx: &mut Tx,
    guest: &Guest,
    errand: Errand,
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<WorkPage, Problem> {
    let lang = guest.lang;
    let (county, _) = tx.county().await?;
    let view = tx.referral_view(guest.visit.guest.referral).await?;
    let revealed = &view.revealed;
    let passed = passed_on(revealed).ok_or(Problem::NotFound)?;
    let (title, asks) = match errand {
        Errand::Answer(_) => ("answer-work-title", "answer-work-asks"),
        Errand::Carry(_) | Errand::Receipt(_) => ("answer-carry-work-title", "answer-carry-work-asks"),
    };
    let due = passed.handover.due_at().map(|due| words::date_time(lang, due)).unwrap_or_default();
    let who = &guest.visit.guest;
    let parts = [
        ("service", county.name.to_string()),
        ("of", who.of.to_string()),
        ("name", who.name.to_string()),
        ("role", who.role.to_string()),
        ("when", due),
    ];
    let frame = guest.frame(lang.t(title)).await;
    let asked = Asked { lang, raw, errors, around: &(), offered: Offered::default() };
    let introduced = matches!(passed.handover.state, HandoverState::Introduced { .. });
    let controls = match errand {
        Errand::Answer(_) => answer_controls(&asked),
        Errand::Carry(_) | Errand::Receipt(_) => carry_controls(&asked, introduced),
    };
    let offer = handover::passed_on(lang, passed, false);
    let offer = Part { id: "offer", heading: lang.t("handover-part-offer"), content: offer };
    Ok(WorkPage {
        reference: record::reference(&passed.reference),
        summary: (!errors.is_empty()).then(|| errors.summary(lang)),
        asks: lang.tr(asks, &parts),
        flash: None,
        needs: record::needs_first(lang, revealed),
        parts: std::iter::once(offer).chain(record::person(lang, revealed, guest.ctx.now)).collect(),
        action: place(errand),
        controls,
        button: Button { prevents_double_click: true, ..Button::new(lang.t("answer-send")) },
        finish: Button::secondary(lang.t("answer-finish")),
        frame,
    })
}

fn passed_on(revealed: &Revealed) -> Option<&PassedOn> {
    record::find(
        revealed,
        |section| if let Section::Offer(Some(passed)) = section { Some(&**passed) } else { None },
    )
}

fn reasons(lang: Lang, reasons: impl IntoIterator<Item = DeclineReason>) -> Vec<SelectOption> {
    let option = |reason: DeclineReason| SelectOption {
        value: reason.code().to_owned(),
        text: lang.t(names::decline_reason(reason)),
    };
    reasons.into_iter().map(option).collect()
}

fn cannot(asked: &Asked<'_, ()>, taken: bool) -> Markup {
    Markup::all([
        asked.select("reason", "answer-reason", reasons(asked.lang, DeclineReason::when(taken))),
        asked.area("words", "answer-words", "answer-words-hint"),
    ])
}

fn answer_controls(asked: &Asked<'_, ()>) -> Vec<Markup> {
    let lang = asked.lang;
    let yes = Markup::all([
        asked.line("contact-name", "answer-contact-name", "answer-contact-name-hint"),
        asked.date("on", "answer-on", "answer-on-hint"),
        asked.area("next", "answer-next", "answer-next-hint"),
    ]);
    let choices = vec![
        Choice::new("yes", lang.t("answer-take-yes")).reveals(yes),
        Choice::new("no", lang.t("answer-take-no")).reveals(cannot(asked, false)),
    ];
    vec![
        asked.radios("take", "answer-take", choices),
        asked.line("their-reference", "answer-their-reference", "answer-their-reference-hint"),
    ]
}

fn carry_controls(asked: &Asked<'_, ()>, introduced: bool) -> Vec<Markup> {
    let lang = asked.lang;
    // A message counts when the person has it, and is written here: nobody else can say that it was.
    let ways = Introduction::ALL.into_iter().filter(|way| *way != Introduction::NamedMessage);
    let ways =
        ways.map(|way| SelectOption { value: way.code().to_owned(), text: lang.t(names::introduction(way)) });
    let modes =
        Mode::ALL.map(|mode| SelectOption { value: mode.code().to_owned(), text: lang.t(names::mode(mode)) });
    let met = Markup::all([
        asked.date(WHEN.0, "handover-met-on", "referral-contact-on-hint"),
        asked.short(WHEN.1, "referral-contact-at", ("referral-contact-at-hint", 5)),
        asked.select("mode", "referral-contact-mode", modes.into()),
        asked.area("next", "answer-met-next", "answer-met-next-hint"),
    ]);
    let introduce = Choice::new("introduced", lang.t("answer-carry-introduced")).reveals(asked.select(
        "how",
        "answer-how",
        ways.collect(),
    ));
    let mut choices = vec![Choice::new("met", lang.t("answer-carry-met")).reveals(met)];
    if !introduced {
        choices.push(introduce);
    }
    choices.push(Choice::new("no", lang.t("answer-carry-no")).reveals(cannot(asked, true)));
    vec![asked.radios("take", "answer-carry", choices)]
}

impl Said {
    /// What the page says afterwards.
    fn code(&self) -> &'static str {
        match self {
            Self::Take(_) => "yes",
            Self::Cannot(_) => "no",
            Self::Introduced(_) => "introduced",
            Self::Met(_) => "met",
        }
    }
}

fn read(guest: &Guest, raw: &RawForm, errors: &mut FormErrors, errand: Errand) -> Option<Said> {
    let reference: Option<Line> =
        errors.keep(raw.optional("their-reference", |_| "answer-their-reference-wrong"))?;
    let answered = Answered::by_link(&guest.ctx, reference)?;
    match (errand, raw.text("take")) {
        (Errand::Answer(_), "yes") => {
            let contact_name = ask::line(raw, errors, "contact-name", "handover-contact-name-missing");
            let on = ask::optional_day(raw, errors, "on");
            let next = ask::text(raw, errors, "next", "handover-next-missing");
            Some(Said::Take(Taken { contact_name: contact_name?, next: next?, on: on?, answered }))
        }
        (Errand::Answer(_) | Errand::Carry(_), "no") => {
            let missing = ("reason", "handover-cannot-reason-missing");
            let reason = ask::choice((raw, errors), missing, DeclineReason::from_code);
            let words = ask::text(raw, errors, "words", "handover-cannot-words-missing");
            Some(Said::Cannot(Declined { reason: reason?, words: words?, answered }))
        }
        (Errand::Carry(_), "introduced") => {
            let missing = ("how", "handover-introduce-how-missing");
            ask::choice((raw, errors), missing, Introduction::from_code).map(Said::Introduced)
        }
        (Errand::Carry(_), "met") => {
            let at = ask::moment(raw, errors, WHEN);
            let mode = ask::choice((raw, errors), ("mode", "referral-contact-mode-missing"), Mode::from_code);
            let next = ask::text(raw, errors, "next", "referral-contact-next-missing");
            Some(Said::Met(Met { at: this_minute(at?, guest.ctx.now), mode: mode?, next: next?, answered }))
        }
        (Errand::Answer(_) | Errand::Carry(_) | Errand::Receipt(_), _) => {
            errors.push(FieldError::new("take", "answer-take-missing"));
            None
        }
    }
}

fn apply(guest: &Guest, referral: Referral, said: Said, county: &County) -> Result<Changes, Refused> {
    match said {
        Said::Take(taken) => referral.take_over(&guest.ctx, taken, county),
        Said::Cannot(declined) => referral.decline(&guest.ctx, declined, county),
        Said::Introduced(how) => referral.introduce(&guest.ctx, how),
        Said::Met(met) => referral.meet(&guest.ctx, met, county),
    }
}

fn at_fault(refused: Refused) -> FieldError {
    match refused {
        Refused::DateInPast => FieldError::new("on", "answer-on-past"),
        Refused::NotDue => FieldError::new(WHEN.1, "answer-met-future"),
        other => FieldError::new("take", names::refused(other)),
    }
}

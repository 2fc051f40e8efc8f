//! What the service that is asked says and does: it takes the person or cannot, introduces itself, meets them. Its own
//! people answer on screen; what it says on the phone is written down with who said it.

use jiff::Timestamp;
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::episode::Mode;
use onedoor_domain::handover::{Answered, DeclineReason, Introduction};
use onedoor_domain::referral::{Declined, Met, Referral, Taken};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Line;

use super::follow::{WHEN, this_minute};
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::referral::{ask, names, record};
use crate::ui::{Choice, Markup};
use crate::web::form::{FieldError, FormErrors, RawForm};

/// Who answered on the phone, when, and their reference; nobody where the one who types answers themselves.
type OnThePhone = Option<(Line, Timestamp, Option<Line>)>;

/// When it was said on the phone.
const RANG: (&str, &str) = ("rang-on", "rang-at");

/// A call that is written down at once was now.
fn rang_now(around: &Around) -> Vec<(String, String)> {
    if around.answers { Vec::new() } else { ask::moment_fields(RANG, around.now) }
}

fn phone_controls(asked: &Asked<'_>) -> Vec<Markup> {
    if asked.around.answers {
        return Vec::new();
    }
    vec![
        asked.line("by-name", "handover-by-name", "handover-by-name-hint"),
        asked.date("rang-on", "handover-rang-on", "handover-rang-on-hint"),
        asked.short("rang-at", "handover-rang-at", ("referral-contact-at-hint", 5)),
        asked.line("their-reference", "handover-their-reference", "handover-their-reference-hint"),
    ]
}

fn read_phone(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<OnThePhone> {
    if around.answers {
        return Some(None);
    }
    let name = ask::line(raw, errors, "by-name", "handover-by-name-missing");
    let at = ask::moment(raw, errors, RANG).map(|at| this_minute(at, around.now));
    if at.is_some_and(|at| at > around.now) {
        errors.push(FieldError::new("rang-at", "referral-refused-future"));
        return None;
    }
    let reference = errors.keep(raw.optional("their-reference", |_| "handover-their-reference-wrong"));
    Some(Some((name?, at?, reference?)))
}

fn answered(ctx: &Ctx, phone: OnThePhone) -> Answered {
    match phone {
        None => Answered::on_screen(ctx),
        Some((name, at, reference)) => Answered::ByPhone { name, at, reference, rang: ctx.actor.author() },
    }
}

/// It takes the person.
#[derive(Debug)]
pub enum TakeOver {}

impl Step for TakeOver {
    const KIND: EventKind = EventKind::HandoverAccepted;
    const PATH: &'static str = "take-over";
    const WORDS: StepWords = StepWords {
        title: "handover-take-title",
        intro: "handover-take-intro",
        button: "handover-take-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("by-name", "handover-by-name"),
        ("rang-on", "handover-rang-on"),
        ("rang-at", "handover-rang-at"),
        ("their-reference", "handover-their-reference"),
        ("contact-name", "handover-contact-name"),
        ("next", "handover-next"),
    ];
    const DONE: &'static str = "taken-over";
    type Typed = (OnThePhone, Line, onedoor_domain::value::Text);

    fn start(around: &Around) -> RawForm {
        ask::filled(&rang_now(around))
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let mut controls = phone_controls(asked);
        controls.push(asked.line("contact-name", "handover-contact-name", "handover-contact-name-hint"));
        controls.push(asked.area("next", "handover-next", "handover-next-hint"));
        controls
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Self::Typed> {
        let phone = read_phone(raw, errors, around);
        let contact_name = ask::line(raw, errors, "contact-name", "handover-contact-name-missing");
        let next = ask::text(raw, errors, "next", "handover-next-missing");
        Some((phone?, contact_name?, next?))
    }

    fn apply(
        referral: Referral,
        ctx: &Ctx,
        (phone, contact_name, next): Self::Typed,
        county: &County,
    ) -> Result<Changes, Refused> {
        let taken = Taken { contact_name, next, on: None, answered: answered(ctx, phone) };
        referral.take_over(ctx, taken, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        if refused == Refused::BeforeAsked { "rang-at" } else { "contact-name" }
    }
}

/// It cannot take the person.
#[derive(Debug)]
pub enum CannotTake {}

impl Step for CannotTake {
    const KIND: EventKind = EventKind::HandoverDeclined;
    const PATH: &'static str = "cannot-take";
    const WORDS: StepWords = StepWords {
        title: "handover-cannot-title",
        intro: "handover-cannot-intro",
        button: "handover-cannot-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("by-name", "handover-by-name"),
        ("rang-on", "handover-rang-on"),
        ("rang-at", "handover-rang-at"),
        ("their-reference", "handover-their-reference"),
        ("reason", "handover-cannot-reason"),
        ("words", "handover-cannot-words"),
    ];
    const DONE: &'static str = "cannot-take";
    type Typed = (OnThePhone, DeclineReason, onedoor_domain::value::Text);

    fn start(around: &Around) -> RawForm {
        ask::filled(&rang_now(around))
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let state = record::handover(&asked.around.view.revealed).map(|handover| &handover.state);
        let taken = state.is_some_and(|state| state.promise().is_some());
        let reasons: Vec<Choice> = DeclineReason::when(taken)
            .map(|reason| Choice::new(reason.code(), lang.t(names::decline_reason(reason))))
            .collect();
        let mut controls = phone_controls(asked);
        controls.push(asked.radios("reason", "handover-cannot-reason", reasons));
        controls.push(asked.area("words", "handover-cannot-words", "handover-cannot-words-hint"));
        controls
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Self::Typed> {
        let phone = read_phone(raw, errors, around);
        let missing = ("reason", "handover-cannot-reason-missing");
        let reason = ask::choice((raw, errors), missing, DeclineReason::from_code);
        let words = ask::text(raw, errors, "words", "handover-cannot-words-missing");
        Some((phone?, reason?, words?))
    }

    fn apply(
        referral: Referral,
        ctx: &Ctx,
        (phone, reason, words): Self::Typed,
        county: &County,
    ) -> Result<Changes, Refused> {
        referral.decline(ctx, Declined { reason, words, answered: answered(ctx, phone) }, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        if refused == Refused::BeforeAsked { "rang-at" } else { "reason" }
    }
}

/// Somebody introduced them.
#[derive(Debug)]
pub enum Introduce {}

impl Step for Introduce {
    const KIND: EventKind = EventKind::HandoverIntroduced;
    const PATH: &'static str = "introduce";
    const WORDS: StepWords = StepWords {
        title: "handover-introduce-title",
        intro: "handover-introduce-intro",
        button: "handover-introduce-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("how", "handover-introduce-how")];
    const DONE: &'static str = "introduced";
    type Typed = Introduction;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let promised = record::handover(&asked.around.view.revealed);
        let hint =
            promised.and_then(|it| {
                let name = it.state.promise()?.contact_name.to_string();
                Some(lang.tr(
                    "handover-introduce-message-hint",
                    &[("name", name), ("to", it.to.name().to_string())],
                ))
            });
        let ways = Introduction::ALL.map(|way| {
            let choice = Choice::new(way.code(), lang.t(names::introduction(way)));
            match (&hint, way) {
                (Some(hint), Introduction::NamedMessage) => choice.hint(hint.as_str()),
                _ => choice,
            }
        });
        vec![asked.radios("how", "handover-introduce-how", ways.into())]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Introduction> {
        ask::choice((raw, errors), ("how", "handover-introduce-how-missing"), Introduction::from_code)
    }

    fn apply(referral: Referral, ctx: &Ctx, how: Introduction, _: &County) -> Result<Changes, Refused> {
        referral.introduce(ctx, how)
    }

    fn at_fault(_: Refused) -> &'static str {
        "how"
    }
}

/// They have met.
#[derive(Debug)]
pub enum HaveMet {}

impl Step for HaveMet {
    const KIND: EventKind = EventKind::HandoverMet;
    const PATH: &'static str = "have-met";
    const WORDS: StepWords =
        StepWords { title: "handover-met-title", intro: "handover-met-intro", button: "handover-met-button" };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("by-name", "handover-by-name"),
        ("rang-on", "handover-rang-on"),
        ("rang-at", "handover-rang-at"),
        ("their-reference", "handover-their-reference"),
        ("contact-on", "handover-met-on"),
        ("contact-at", "referral-contact-at"),
        ("mode", "referral-contact-mode"),
        ("next", "referral-contact-next"),
    ];
    const DONE: &'static str = "have-met";
    type Typed = (OnThePhone, jiff::Timestamp, Mode, onedoor_domain::value::Text);

    fn start(around: &Around) -> RawForm {
        ask::filled(&[rang_now(around), ask::moment_fields(WHEN, around.now)].concat())
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let modes = Mode::ALL.map(|mode| Choice::new(mode.code(), lang.t(names::mode(mode))));
        let mut controls = phone_controls(asked);
        controls.extend([
            asked.date("contact-on", "handover-met-on", "referral-contact-on-hint"),
            asked.short("contact-at", "referral-contact-at", ("referral-contact-at-hint", 5)),
            asked.radios("mode", "referral-contact-mode", modes.into()),
            asked.area("next", "referral-contact-next", "referral-contact-next-hint"),
        ]);
        controls
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Self::Typed> {
        let phone = read_phone(raw, errors, around);
        let at = ask::moment(raw, errors, WHEN);
        let mode = ask::choice((raw, errors), ("mode", "referral-contact-mode-missing"), Mode::from_code);
        let next = ask::text(raw, errors, "next", "referral-contact-next-missing");
        Some((phone?, this_minute(at?, around.now), mode?, next?))
    }

    fn apply(
        referral: Referral,
        ctx: &Ctx,
        (phone, at, mode, next): Self::Typed,
        county: &County,
    ) -> Result<Changes, Refused> {
        referral.meet(ctx, Met { at, mode, next, answered: answered(ctx, phone) }, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        match refused {
            Refused::NotDue => "contact-at",
            Refused::BeforeAsked => "rang-at",
            _ => "next",
        }
    }
}

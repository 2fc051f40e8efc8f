//! Who is there for the person: taking or naming a key worker, changing, wishes, and the parts of the four-week wait.

use jiff::Timestamp;
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::episode::Part;
use onedoor_domain::referral::{Choice, Referral};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Text;
use onedoor_domain::worker::{Candidate, reasons};

use super::follow::this_minute;
use crate::care;
use crate::referral::ask;
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::ui::{Choice as Answer, Markup};
use crate::web::form::{FieldError, FormErrors, RawForm};

/// Who could be the key worker: each with what speaks for and against it, in words.
fn offered(asked: &Asked<'_>) -> Markup {
    let around = asked.around;
    let choices: Vec<Answer> = around.candidates.iter().map(|worker| answer(asked, worker)).collect();
    let none = choices.is_empty();
    let hint = asked.lang.t(if none { "care-choose-nobody" } else { "care-choose-hint" });
    asked.radios_with(asked.field("key-worker", "referral-allocate-key-worker").hint(hint), choices)
}

fn answer(asked: &Asked<'_>, worker: &Candidate) -> Answer {
    let lang = asked.lang;
    let name = worker.name.to_string();
    let text = match &worker.role {
        Some(work) => lang.tr("referral-allocate-who", &[("name", name), ("work", work.to_string())]),
        None => name,
    };
    let said: Vec<String> = reasons(&asked.around.asked, worker)
        .iter()
        .map(|reason| {
            let words = care::reason(lang, reason);
            if reason.is_against() { lang.tr("care-reason-against", &[("words", words)]) } else { words }
        })
        .collect();
    let answer = Answer::new(&worker.user.to_string(), text);
    if said.is_empty() { answer } else { answer.hint(Markup::lines(&said.join("\n"))) }
}

fn read_choice(raw: &RawForm, errors: &mut FormErrors, around: &Around, why: Option<Text>) -> Option<Choice> {
    let chosen = raw.text("key-worker");
    let found = around.candidates.iter().find(|worker| worker.user.to_string() == chosen).cloned();
    let missing = || FieldError::new("key-worker", "referral-allocate-key-worker-missing");
    Some(Choice { worker: errors.keep(found.ok_or_else(missing))?, why })
}

/// The only one who can be chosen is chosen: "I take this person".
fn start_with_own(around: &Around) -> RawForm {
    match around.candidates.as_slice() {
        [only] => ask::filled(&[("key-worker".to_owned(), only.user.to_string())]),
        _ => RawForm::default(),
    }
}

fn choice_at_fault(refused: Refused) -> &'static str {
    match refused {
        Refused::ReasonNeeded => "why",
        _ => "key-worker",
    }
}

/// Somebody takes the person, or the manager names somebody.
#[derive(Debug)]
pub enum Allocate {}

impl Step for Allocate {
    const KIND: EventKind = EventKind::Allocated;
    const PATH: &'static str = "allocate";
    const WORDS: StepWords = StepWords {
        title: "referral-allocate-title",
        intro: "referral-allocate-intro",
        button: "referral-allocate-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("why", "care-why")];
    const DONE: &'static str = "allocated";
    const KEY_WORKER: bool = true;
    type Typed = Choice;

    fn start(around: &Around) -> RawForm {
        start_with_own(around)
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![offered(asked), asked.area("why", "care-why", "care-why-hint")]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Choice> {
        let why = ask::optional_text(raw, errors, "why");
        read_choice(raw, errors, around, why)
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Choice, county: &County) -> Result<Changes, Refused> {
        referral.allocate(ctx, typed, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        choice_at_fault(refused)
    }
}

/// Somebody else becomes the key worker, for a reason.
#[derive(Debug)]
pub enum ChangeWorker {}

impl Step for ChangeWorker {
    const KIND: EventKind = EventKind::KeyWorkerChanged;
    const PATH: &'static str = "change-worker";
    const WORDS: StepWords =
        StepWords { title: "care-change-title", intro: "care-change-intro", button: "care-change-button" };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("why", "care-change-why")];
    const DONE: &'static str = "key-worker-changed";
    const KEY_WORKER: bool = true;
    type Typed = Choice;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![offered(asked), asked.area("why", "care-change-why", "care-change-why-hint")]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Choice> {
        let why = ask::text(raw, errors, "why", "care-change-why-missing");
        let choice = read_choice(raw, errors, around, why);
        let now = around.progress().and_then(|at| at.key_worker.as_ref()).map(|(user, _)| *user);
        if choice.as_ref().is_some_and(|choice| Some(choice.worker.user) == now) {
            errors.push(FieldError::new("key-worker", "care-change-same"));
        }
        choice
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Choice, county: &County) -> Result<Changes, Refused> {
        referral.change_worker(ctx, typed, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        choice_at_fault(refused)
    }
}

/// The person said whom they would like.
#[derive(Debug)]
pub enum WishWorker {}

impl Step for WishWorker {
    const KIND: EventKind = EventKind::WorkerWished;
    const PATH: &'static str = "wish-worker";
    const WORDS: StepWords =
        StepWords { title: "care-wish-title", intro: "care-wish-intro", button: "care-wish-button" };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("said", "care-wish-said")];
    const DONE: &'static str = "wished";
    type Typed = Text;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![asked.area("said", "care-wish-said", "care-wish-said-hint")]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Text> {
        ask::text(raw, errors, "said", "care-wish-said-missing")
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Text, county: &County) -> Result<Changes, Refused> {
        referral.wish_worker(ctx, typed, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "said"
    }
}

/// A part of the four-week wait was done.
#[derive(Debug)]
pub enum DoPart {}

const DONE_AT: (&str, &str) = ("done-on", "done-at");

impl Step for DoPart {
    const KIND: EventKind = EventKind::WaitPartRecorded;
    const PATH: &'static str = "four-weeks";
    const WORDS: StepWords =
        StepWords { title: "care-part-title", intro: "care-part-intro", button: "care-part-button" };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("part", "care-part-which"),
        ("done-on", "care-part-on"),
        ("done-at", "care-part-at"),
        ("kept", "care-part-kept"),
    ];
    const DONE: &'static str = "part-recorded";
    type Typed = (Part, Timestamp, Text);

    fn start(around: &Around) -> RawForm {
        ask::filled(&ask::moment_fields(DONE_AT, around.now))
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        // A contact is recorded as one.
        let parts = Part::ALL.into_iter().filter(|part| *part != Part::Contact);
        let parts = parts.map(|part| Answer::new(part.code(), lang.t(care::part_key(part)))).collect();
        vec![
            asked.radios_with(
                asked.field("part", "care-part-which").hint(lang.t("care-part-which-hint")),
                parts,
            ),
            asked.date("done-on", "care-part-on", "care-part-on-hint"),
            asked.short("done-at", "care-part-at", ("referral-contact-at-hint", 5)),
            asked.area("kept", "care-part-kept", "care-part-kept-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Self::Typed> {
        let known = |code: &str| Part::from_code(code).filter(|part| *part != Part::Contact);
        let part = ask::choice((raw, errors), ("part", "care-part-missing"), known);
        let at = ask::moment(raw, errors, DONE_AT);
        let kept = ask::text(raw, errors, "kept", "care-part-kept-missing");
        Some((part?, this_minute(at?, around.now), kept?))
    }

    fn apply(
        referral: Referral,
        ctx: &Ctx,
        (part, at, kept): Self::Typed,
        _: &County,
    ) -> Result<Changes, Refused> {
        referral.record_part(ctx, part, (at, kept))
    }

    fn at_fault(refused: Refused) -> &'static str {
        match refused {
            Refused::NotDue | Refused::DateInPast => "done-on",
            _ => "part",
        }
    }
}

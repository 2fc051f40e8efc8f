//! Other ends: the person withdraws, the request joins their live one, or they died. The door stays open for the living.

use onedoor_domain::access::Revealed;
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::referral::{Other, Referral, Withdrawal};
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Section;
use onedoor_domain::value::{Reference, ReferenceError, Text};

use crate::referral::record::find;
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::referral::{ask, names};
use crate::ui::{Choice, Markup};
use crate::web::form::{FieldError, FormErrors, RawForm};
use crate::words;

/// The person does not want to go on.
#[derive(Debug)]
pub enum Withdraw {}

impl Step for Withdraw {
    const KIND: EventKind = EventKind::Withdrawn;
    const PATH: &'static str = "withdraw";
    const WORDS: StepWords = StepWords {
        title: "referral-withdraw-title",
        intro: "referral-withdraw-intro",
        button: "referral-withdraw-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("said", "referral-withdraw-why"), ("safety", "referral-withdraw-safety")];
    const DONE: &'static str = "withdrawn";
    type Typed = Withdrawal;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![
            asked.area("said", "referral-withdraw-why", "referral-withdraw-why-hint"),
            asked.area("safety", "referral-withdraw-safety", "referral-withdraw-safety-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Withdrawal> {
        let why = ask::optional_text(raw, errors, "said");
        let safety = ask::text(raw, errors, "safety", "referral-withdraw-safety-missing");
        Some(Withdrawal { why, safety: safety? })
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Withdrawal, county: &County) -> Result<Changes, Refused> {
        referral.withdraw(ctx, typed, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "safety"
    }
}

/// The same request had arrived before.
#[derive(Debug)]
pub enum Duplicate {}

impl Step for Duplicate {
    const KIND: EventKind = EventKind::DuplicateLinked;
    const PATH: &'static str = "duplicate";
    const WORDS: StepWords = StepWords {
        title: "referral-duplicate-title",
        intro: "referral-duplicate-intro",
        button: "referral-duplicate-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("live", "match-duplicate-which"), ("live-reference", "referral-duplicate-live")];
    const DONE: &'static str = "duplicate";
    type Typed = Referral;

    fn other(raw: &RawForm) -> Option<Reference> {
        raw.text(chosen(raw)).parse().ok()
    }

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let typed =
            asked.short("live-reference", "referral-duplicate-live", ("referral-duplicate-live-hint", 10));
        let known: Vec<&Other> = live(&asked.around.view.revealed).collect();
        if known.is_empty() {
            return vec![typed];
        }
        let choice = |other: &&Other| {
            let parts = [
                ("reference", other.reference.to_string()),
                ("day", words::date(asked.lang, other.received_at)),
                ("state", asked.lang.t(names::state(other.state))),
            ];
            Choice::new(other.reference.as_str(), asked.lang.tr("match-duplicate-live", &parts))
        };
        let another = Choice::new(ANOTHER, asked.lang.t("match-duplicate-another")).reveals(typed);
        let choices = known.iter().map(choice).chain([another]).collect();
        vec![asked.radios("live", "match-duplicate-which", choices)]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Referral> {
        let field = chosen(raw);
        if raw.text("live").is_empty()
            && raw.text("live-reference").is_empty()
            && live(&around.view.revealed).next().is_some()
        {
            errors.push(FieldError::new("live", "match-duplicate-missing"));
            return None;
        }
        errors.keep(raw.parsed::<Reference>(field, reference_key))?;
        let unknown = || FieldError::new(field, "referral-reference-unknown");
        errors.keep(around.other.clone().ok_or_else(unknown))
    }

    fn apply(referral: Referral, ctx: &Ctx, live: Referral, county: &County) -> Result<Changes, Refused> {
        referral.link_duplicate(ctx, &live, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "live-reference"
    }
}

/// Another request than those that are known to be the same person's.
const ANOTHER: &str = "another";

/// Where the reference stands: with a choice, or typed.
fn chosen(raw: &RawForm) -> &'static str {
    if matches!(raw.text("live"), "" | ANOTHER) { "live-reference" } else { "live" }
}

/// The requests of the same person that somebody works on.
fn live(revealed: &Revealed) -> impl Iterator<Item = &Other> {
    let others = find(revealed, |it| if let Section::Others(others) = it { Some(others) } else { None });
    others.into_iter().flatten().filter(|other| other.live)
}

/// What is wrong with a reference somebody typed.
pub fn reference_key(error: &ReferenceError) -> &'static str {
    match error {
        ReferenceError::Empty => "referral-reference-missing",
        ReferenceError::WrongLength => "referral-reference-length",
        ReferenceError::BadCharacter => "referral-reference-character",
        ReferenceError::CheckCharacter => "referral-reference-check",
    }
}

/// The person died.
#[derive(Debug)]
pub enum Death {}

impl Step for Death {
    const KIND: EventKind = EventKind::Died;
    const PATH: &'static str = "death";
    const WORDS: StepWords = StepWords {
        title: "referral-death-title",
        intro: "referral-death-intro",
        button: "referral-death-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("source", "referral-death-source")];
    const DONE: &'static str = "died";
    type Typed = Text;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![asked.area("source", "referral-death-source", "referral-death-source-hint")]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Text> {
        ask::text(raw, errors, "source", "referral-death-source-missing")
    }

    fn apply(referral: Referral, ctx: &Ctx, source: Text, _: &County) -> Result<Changes, Refused> {
        referral.record_death(ctx, source)
    }

    fn at_fault(_: Refused) -> &'static str {
        "source"
    }
}

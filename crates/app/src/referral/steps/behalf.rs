//! What only a request made for somebody else needs of a senior: a reason not to tell the person yet, with a day to look
//! again; a reason to go on although they have not agreed.

use jiff::civil::Date;
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::referral::Referral;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Text;

use crate::referral::ask;
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::ui::Markup;
use crate::web::form::{FormErrors, RawForm};

/// It is not safe to tell the person for now.
#[derive(Debug)]
pub enum HoldBack {}

impl Step for HoldBack {
    const KIND: EventKind = EventKind::HeldBack;
    const PATH: &'static str = "unsafe-to-tell";
    const WORDS: StepWords = StepWords {
        title: "referral-hold-title",
        intro: "referral-hold-intro",
        button: "referral-hold-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("why", "referral-hold-why"), ("review-on", "referral-hold-review")];
    const DONE: &'static str = "held-back";
    type Typed = (Text, Date);

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![
            asked.area("why", "referral-hold-why", "referral-hold-why-hint"),
            asked.date("review-on", "referral-hold-review", "referral-hold-review-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<(Text, Date)> {
        let why = ask::text(raw, errors, "why", "referral-hold-why-missing");
        let review = errors.date(raw, "review-on", &ask::DATE_KEYS);
        Some((why?, review?))
    }

    fn apply(
        referral: Referral,
        ctx: &Ctx,
        (why, review): (Text, Date),
        _: &County,
    ) -> Result<Changes, Refused> {
        referral.hold_back(ctx, why, review)
    }

    fn at_fault(refused: Refused) -> &'static str {
        if refused == Refused::DateInPast { "review-on" } else { "why" }
    }
}

/// Going on without the person's agreement.
#[derive(Debug)]
pub enum Waive {}

impl Step for Waive {
    const KIND: EventKind = EventKind::AgreementWaived;
    const PATH: &'static str = "without-agreement";
    const WORDS: StepWords = StepWords {
        title: "referral-waive-title",
        intro: "referral-waive-intro",
        button: "referral-waive-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("why", "referral-waive-why")];
    const DONE: &'static str = "waived";
    type Typed = Text;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![asked.area("why", "referral-waive-why", "referral-waive-why-hint")]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Text> {
        ask::text(raw, errors, "why", "referral-waive-why-missing")
    }

    fn apply(referral: Referral, ctx: &Ctx, why: Text, _: &County) -> Result<Changes, Refused> {
        referral.waive_agreement(ctx, why)
    }

    fn at_fault(_: Refused) -> &'static str {
        "why"
    }
}

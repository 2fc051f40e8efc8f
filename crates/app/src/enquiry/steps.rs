//! Two steps of the record: asking once for what is missing, and writing down an answer that came by phone.

use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::referral::{Answerer, Referral};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Line, Text};

use super::part::whom;
use crate::referral::ask;
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::ui::{InsetText, Markup};
use crate::web::form::{FormErrors, RawForm};

/// Asking once.
#[derive(Debug)]
pub enum AskOnce {}

impl Step for AskOnce {
    const KIND: EventKind = EventKind::EnquiryMade;
    const PATH: &'static str = "ask-once";
    const WORDS: StepWords =
        StepWords { title: "enquiry-ask-title", intro: "enquiry-ask-intro", button: "enquiry-ask-button" };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("missing", "enquiry-missing")];
    const DONE: &'static str = "asked-once";
    type Typed = Text;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let content =
            Markup::paragraphs([lang.t(whom(&asked.around.view.revealed)), lang.t("enquiry-ask-clock")]);
        vec![
            Markup::of(&InsetText { lang, content }),
            asked.area("missing", "enquiry-missing", "enquiry-missing-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Text> {
        ask::text(raw, errors, "missing", "enquiry-missing-empty")
    }

    fn apply(referral: Referral, ctx: &Ctx, missing: Text, county: &County) -> Result<Changes, Refused> {
        referral.enquire(ctx, missing, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "missing"
    }
}

/// An answer that came by phone.
#[derive(Debug)]
pub enum TakeAnswer {}

impl Step for TakeAnswer {
    const KIND: EventKind = EventKind::EnquiryAnswered;
    const PATH: &'static str = "take-answer";
    const WORDS: StepWords =
        StepWords { title: "enquiry-take-title", intro: "enquiry-take-intro", button: "enquiry-take-button" };
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("told-by", "enquiry-told-by"), ("answer", "enquiry-answer")];
    const DONE: &'static str = "took-answer";
    type Typed = (Line, Text);

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![
            asked.line("told-by", "enquiry-told-by", "enquiry-told-by-hint"),
            asked.area("answer", "enquiry-answer", "enquiry-answer-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<(Line, Text)> {
        let told_by = ask::line(raw, errors, "told-by", "enquiry-told-by-missing");
        let answer = ask::text(raw, errors, "answer", "enquiry-answer-missing");
        Some((told_by?, answer?))
    }

    fn apply(
        referral: Referral,
        ctx: &Ctx,
        (told_by, answer): (Line, Text),
        county: &County,
    ) -> Result<Changes, Refused> {
        referral.answer_enquiry(ctx, answer, Answerer::Told { name: told_by }, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "answer"
    }
}

//! What a practice that got a letter of advice said on the phone, or why nobody there says anything.

use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::handover::Answered;
use onedoor_domain::referral::{GpAnswer, Referral};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Line, Text};

use crate::referral::ask;
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::ui::{Choice, Markup};
use crate::web::form::{FieldError, FormErrors, RawForm};

/// A named person of the practice has read the letter, or there is a reason.
#[derive(Debug)]
pub enum PracticeRead {}

/// What was written down.
#[derive(Debug)]
pub enum Said {
    /// Who has read it.
    Read(Line),
    /// Why nobody says so.
    Excused(Text),
}

impl Step for PracticeRead {
    const KIND: EventKind = EventKind::GpAnswered;
    const PATH: &'static str = "gp-receipt";
    const WORDS: StepWords =
        StepWords { title: "receipt-title", intro: "receipt-intro", button: "receipt-button" };
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("by-name", "receipt-by-name"), ("why", "receipt-why")];
    const DONE: &'static str = "practice-answered";
    type Typed = Said;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let read = asked.line("by-name", "receipt-by-name", "receipt-by-name-hint");
        let excused = asked.area("why", "receipt-why", "receipt-why-hint");
        let choices = vec![
            Choice::new("yes", lang.t("receipt-read-yes")).reveals(read),
            Choice::new("no", lang.t("receipt-read-no")).reveals(excused),
        ];
        vec![asked.radios("read", "receipt-read", choices)]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Said> {
        match raw.text("read") {
            "yes" => ask::line(raw, errors, "by-name", "receipt-by-name-missing").map(Said::Read),
            "no" => ask::text(raw, errors, "why", "receipt-why-missing").map(Said::Excused),
            _ => {
                errors.push(FieldError::new("read", "receipt-read-missing"));
                None
            }
        }
    }

    fn apply(referral: Referral, ctx: &Ctx, said: Said, _: &County) -> Result<Changes, Refused> {
        let (at, by) = (ctx.now, ctx.actor.author());
        let answer = match said {
            Said::Read(name) => {
                let answered = Answered::ByPhone { name, at, reference: None, rang: by };
                GpAnswer::Read { answered, at }
            }
            Said::Excused(why) => GpAnswer::Excused { why, by, at },
        };
        referral.answer_gp(ctx, answer)
    }

    fn at_fault(_: Refused) -> &'static str {
        "read"
    }
}

//! Decisions that send the person on to help: a team accepts, or advice is given with a dated follow-up check.
//!
//! There is no third one that sends somebody away.

use jiff::ToSpan as _;
use onedoor_domain::actor::Ctx;
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::directory::Service;
use onedoor_domain::door::Age;
use onedoor_domain::referral::{Acceptance, Advice, AdviceBasis, Referral};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Text;

use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::referral::{ask, choose, record};
use crate::ui::{Choice, Markup, SelectOption};
use crate::web::form::{FieldError, FormErrors, RawForm};
use crate::words::Lang;

/// A team takes responsibility.
#[derive(Debug)]
pub enum Accept {}

impl Step for Accept {
    const KIND: EventKind = EventKind::Accepted;
    const PATH: &'static str = "accept";
    const WORDS: StepWords = StepWords {
        title: "referral-accept-title",
        intro: "referral-accept-intro",
        button: "referral-accept-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("contact-name", "referral-accept-contact-name"),
        ("next-step", "referral-accept-next-step"),
        ("next-on", "referral-accept-next-on"),
        ("differs-words", "matching-differs-words"),
    ];
    const DONE: &'static str = "accepted";
    const WEIGHS: bool = true;
    type Typed = Acceptance;

    /// Under 18, the young people's team stands there already.
    fn start(around: &Around) -> RawForm {
        let age = record::asked_by(&around.view.revealed).and_then(|asked| asked.age);
        let young = age.is_some_and(Age::is_young);
        match around.county.young_team.filter(|_| young) {
            Some(team) => ask::filled(&[("team".to_owned(), team.to_string())]),
            None => RawForm::default(),
        }
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let around = asked.around;
        let taking = around.teams.iter().filter(|team| team.accepts && team.active);
        let taking = taking.filter(|team| around.county.may_be_offered(team.id));
        let teams =
            taking.map(|team| SelectOption { value: team.id.to_string(), text: team.name.to_string() });
        vec![
            asked.select("team", "referral-accept-team", teams.collect()),
            asked.line("contact-name", "referral-accept-contact-name", "referral-accept-contact-name-hint"),
            asked.area("next-step", "referral-accept-next-step", "referral-accept-next-step-hint"),
            asked.date("next-on", "referral-accept-next-on", "referral-accept-next-on-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Acceptance> {
        read_acceptance(raw, errors, around)
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Acceptance, county: &County) -> Result<Changes, Refused> {
        referral.accept(ctx, typed, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        if refused == Refused::DateInPast { "next-on" } else { "team" }
    }
}

/// The team that takes the person, and what happens next.
pub(super) fn read_acceptance(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Acceptance> {
    let team = ask::choice((raw, errors), ("team", "referral-accept-team-missing"), |chosen| {
        around.teams.iter().find(|team| team.id.to_string() == chosen).cloned()
    });
    let contact_name = ask::line(raw, errors, "contact-name", "referral-accept-contact-name-missing");
    let next_step = ask::text(raw, errors, "next-step", "referral-accept-next-step-missing");
    let next_on = errors.date(raw, "next-on", &ask::DATE_KEYS);
    Some(Acceptance { team: team?, contact_name: contact_name?, next_step: next_step?, next_on: next_on? })
}

/// Advice, with a written copy and a dated check.
#[derive(Debug)]
pub enum Advise {}

impl Step for Advise {
    const KIND: EventKind = EventKind::Advised;
    const PATH: &'static str = "advise";
    const WORDS: StepWords = StepWords {
        title: "referral-advise-title",
        intro: "referral-advise-intro",
        button: "referral-advise-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("advice", "referral-advise-advice"),
        ("find", "choose-find"),
        ("find-place", "choose-place"),
        ("options", "referral-advise-options"),
        ("wish", "referral-advise-basis-wish"),
        ("no-team", "referral-advise-basis-no-team"),
        ("follow-up-on", "referral-advise-follow-up-on"),
        ("differs-words", "matching-differs-words"),
    ];
    const DONE: &'static str = "advised";
    const WEIGHS: bool = true;
    const DIRECTORY: bool = true;
    type Typed = Advice;

    fn start(around: &Around) -> RawForm {
        let days = i32::from(around.county.follow_up_days);
        let day = local_date(around.now).checked_add(days.days());
        day.map_or_else(|_| RawForm::default(), |day| ask::filled(&ask::day_fields("follow-up-on", day)))
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let basis = [
            Choice::new("wish", lang.t("referral-advise-wish")).reveals(asked.area(
                "wish",
                "referral-advise-basis-wish",
                "referral-advise-wish-hint",
            )),
            Choice::new("no-team", lang.t("referral-advise-no-team")).reveals(asked.area(
                "no-team",
                "referral-advise-basis-no-team",
                "referral-advise-no-team-hint",
            )),
        ];
        vec![
            asked.area("advice", "referral-advise-advice", "referral-advise-advice-hint"),
            choose::several(asked),
            asked.area("options", "referral-advise-options", "referral-advise-options-hint"),
            asked.radios("basis", "referral-advise-basis", basis.into()),
            asked.date("follow-up-on", "referral-advise-follow-up-on", "referral-advise-follow-up-on-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Advice> {
        let advice = ask::text(raw, errors, "advice", "referral-advise-advice-missing");
        let chosen = choose::chosen(raw, &around.services);
        let services = chosen.iter().map(|service| service.id).collect();
        let options = read_options(raw, errors, &chosen);
        let basis = read_basis(raw, errors);
        let follow_up_on = errors.date(raw, "follow-up-on", &ask::DATE_KEYS);
        let (advice, options) = (advice?, options?);
        Some(Advice { advice, options, services, basis: basis?, follow_up_on: follow_up_on? })
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Advice, county: &County) -> Result<Changes, Refused> {
        referral.advise(ctx, typed, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        if refused == Refused::DateInPast { "follow-up-on" } else { "advice" }
    }
}

/// Other places that help: as typed, and as the directory has those that were chosen there. One of the two is enough. The
/// person reads it, so it is in the language of letters.
fn read_options(raw: &RawForm, errors: &mut FormErrors, chosen: &[&Service]) -> Option<Text> {
    let lang = Lang::default();
    let Some(written) = choose::written(lang, chosen) else {
        return ask::text(raw, errors, "options", "referral-advise-options-missing");
    };
    let typed = ask::optional_text(raw, errors, "options");
    let before = typed.map_or_else(|| lang.t("choose-below"), |typed| typed.to_string());
    let both = format!("{before}\n\n{written}").parse();
    errors.keep(both.map_err(|_| FieldError::new("options", "referral-text-too-long")))
}

fn read_basis(raw: &RawForm, errors: &mut FormErrors) -> Option<AdviceBasis> {
    match raw.text("basis") {
        "wish" => ask::text(raw, errors, "wish", "referral-advise-wish-missing")
            .map(|said| AdviceBasis::PersonsWish { said }),
        "no-team" => ask::text(raw, errors, "no-team", "referral-advise-no-team-missing")
            .map(|why| AdviceBasis::NoTeamNeeded { why }),
        _ => {
            errors.push(FieldError::new("basis", "referral-advise-basis-missing"));
            None
        }
    }
}

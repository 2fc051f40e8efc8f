//! The answers that can all be left out: age, what would help, needs, caring, practical troubles, what got in the way,
//! who they are.

use jiff::civil::Date;
use onedoor_domain::door::{
    Age, Answers, Caring, CaringFact, Help, Need, Needs, Practical, Question, Signal, Strain,
};
use onedoor_domain::value::{DateOfBirth, EthnicCategory};

use super::NONE;
use crate::door::errors;
use crate::web::form::{DateKeys, DatePart, FieldError, FormErrors, RawForm};

const BORN_KEYS: DateKeys = DateKeys {
    missing: "door-born-not-real",
    no_day: "door-born-no-day",
    no_month: "door-born-no-month",
    no_year: "door-born-no-year",
    not_real: "door-born-not-real",
};

/// The one box of the postcode's question.
pub(in crate::door) const NO_ADDRESS: &str = "yes";

pub(super) fn take_age(raw: &RawForm, answers: &mut Answers) {
    answers.age = Age::from_code(raw.text("age"));
}

pub(super) fn take_help(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let would_help = errors.keep(raw.optional("would-help", errors::words));
    let matters = errors.keep(raw.optional("matters", errors::words));
    if let (Some(would_help), Some(matters)) = (would_help, matters) {
        answers.help = Some(Help { would_help, matters }).filter(|help| !help.is_empty());
    }
}

pub(super) fn take_needs(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let language = errors.keep(raw.optional("language", errors::line));
    let other = errors.keep(raw.optional("needs-other", errors::words));
    let chosen = chosen(raw, "needs", Need::from_code);
    if let (Some(language), Some(other)) = (language, other) {
        answers.needs = Some(Needs { language, needs: chosen, other }).filter(|needs| !needs.is_empty());
    }
}

pub(super) fn take_caring(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    if let Some(about) = errors.keep(raw.optional("caring-about", errors::words)) {
        let facts = chosen(raw, "caring", CaringFact::from_code);
        let said = !facts.is_empty() || about.is_some() || says_none(raw, "caring");
        answers.caring = said.then_some(Caring { facts, about });
    }
}

pub(super) fn take_practical(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    if let Some(about) = errors.keep(raw.optional("practical-about", errors::words)) {
        let strains = chosen(raw, "practical", Strain::from_code);
        let said = !strains.is_empty() || about.is_some() || says_none(raw, "practical");
        answers.practical = said.then_some(Practical { strains, about });
    }
}

pub(super) fn take_before(raw: &RawForm, answers: &mut Answers) {
    let signals = chosen(raw, "before", Signal::from_code);
    let said = !signals.is_empty() || says_none(raw, "before");
    answers.before = said.then_some(signals);
}

/// What was ticked; a code of nobody's form is no answer.
fn chosen<T>(raw: &RawForm, name: &str, from_code: fn(&str) -> Option<T>) -> Vec<T> {
    raw.all(name).filter_map(from_code).collect()
}

fn says_none(raw: &RawForm, name: &str) -> bool {
    raw.all(name).any(|value| value == NONE)
}

pub(super) fn take_about_you(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors, today: Date) {
    answers.full_name = errors.keep(raw.optional("full-name", errors::full_name)).flatten();
    answers.born_on = born_on(raw, errors, today);
    answers.nhs_number = errors.keep(raw.optional("nhs-number", errors::nhs_number)).flatten();
    answers.gp_practice = errors.keep(raw.optional("gp-practice", errors::gp_practice)).flatten();
    answers.postcode = errors.keep(raw.optional("postcode", errors::postcode)).flatten();
    answers.no_fixed_address = raw.text("no-address") == NO_ADDRESS;
    answers.ethnic = EthnicCategory::from_code(raw.text("ethnic"));
}

fn born_on(raw: &RawForm, errors: &mut FormErrors, today: Date) -> Option<DateOfBirth> {
    let parts = [DatePart::Day, DatePart::Month, DatePart::Year];
    if parts.iter().all(|part| raw.text(&part.name_in("born-on")).is_empty()) {
        return None;
    }
    let date = errors.date(raw, "born-on", &BORN_KEYS)?;
    match DateOfBirth::new(date, today) {
        Ok(born) => Some(born),
        Err(failure) => {
            errors.push_date(FieldError::new("born-on", errors::born_on(failure)));
            None
        }
    }
}

type Fields<'a> = Vec<(&'a str, String)>;

/// An optional question as it was answered before.
pub(super) fn typed(question: Question, answers: &Answers, fields: &mut Fields<'_>) {
    match question {
        Question::Age => fields.extend(answers.age.map(|age| ("age", age.code().to_owned()))),
        Question::Help => {
            let help = answers.help.as_ref();
            push(fields, "would-help", help.and_then(|help| help.would_help.as_ref()));
            push(fields, "matters", help.and_then(|help| help.matters.as_ref()));
        }
        Question::Needs => {
            let Some(needs) = &answers.needs else { return };
            push(fields, "language", needs.language.as_ref());
            fields.extend(needs.needs.iter().map(|need| ("needs", need.code().to_owned())));
            push(fields, "needs-other", needs.other.as_ref());
        }
        Question::Caring => {
            let Some(caring) = &answers.caring else { return };
            boxes(fields, "caring", caring.facts.iter().map(|fact| fact.code()));
            push(fields, "caring-about", caring.about.as_ref());
        }
        Question::Practical => {
            let Some(practical) = &answers.practical else { return };
            boxes(fields, "practical", practical.strains.iter().map(|strain| strain.code()));
            push(fields, "practical-about", practical.about.as_ref());
        }
        Question::Before => {
            let Some(before) = &answers.before else { return };
            boxes(fields, "before", before.iter().map(|signal| signal.code()));
        }
        Question::AboutYou => typed_about_you(answers, fields),
        _ => {}
    }
}

fn push(fields: &mut Fields<'_>, name: &'static str, value: Option<&impl ToString>) {
    fields.extend(value.map(|value| (name, value.to_string())));
}

/// What was ticked, or "none of these" where that was the answer.
fn boxes(fields: &mut Fields<'_>, name: &'static str, codes: impl Iterator<Item = &'static str>) {
    let before = fields.len();
    fields.extend(codes.map(|code| (name, code.to_owned())));
    if fields.len() == before {
        fields.push((name, NONE.to_owned()));
    }
}

fn typed_about_you(answers: &Answers, fields: &mut Fields<'_>) {
    push(fields, "full-name", answers.full_name.as_ref());
    if let Some(born) = answers.born_on {
        let date = born.date();
        fields.push(("born-on[day]", date.day().to_string()));
        fields.push(("born-on[month]", date.month().to_string()));
        fields.push(("born-on[year]", date.year().to_string()));
    }
    push(fields, "nhs-number", answers.nhs_number.as_ref());
    push(fields, "gp-practice", answers.gp_practice.as_ref());
    push(fields, "postcode", answers.postcode.as_ref());
    if answers.no_fixed_address {
        fields.push(("no-address", NO_ADDRESS.to_owned()));
    }
    if let Some(ethnic) = answers.ethnic {
        fields.push(("ethnic", ethnic.code().to_owned()));
    }
}

//! What was typed on a question page becomes an answer, and an answer what was typed. Shows nothing.
//!
//! Blank answers to optional questions take the answer away; nothing here asks for more than the page says it needs.

use jiff::civil::Date;
use onedoor_domain::door::{Answers, Danger, ForWhom, Permissions, Question, SafeContact, Way, WayKind};
use onedoor_domain::value::{DateOfBirth, Phone};

use super::errors;
use crate::web::form::{DateKeys, DatePart, FieldError, FormErrors, RawForm};

/// The safety answer that says that nothing of the list is true.
pub(super) const NONE: &str = "none";
/// Help for somebody else.
pub(super) const SOMEONE: &str = "someone";
/// Help for the one who types.
pub(super) const ME: &str = "me";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

const BORN_KEYS: DateKeys = DateKeys {
    missing: "door-born-not-real",
    no_day: "door-born-no-day",
    no_month: "door-born-no-month",
    no_year: "door-born-no-year",
    not_real: "door-born-not-real",
};

/// Takes the answers of one page. With errors, nothing of the page may be saved.
pub(super) fn take(question: Question, raw: &RawForm, answers: &mut Answers, today: Date) -> FormErrors {
    let mut errors = FormErrors::default();
    match question {
        Question::ForWhom => answers.for_whom = errors.keep(for_whom(raw)),
        Question::Safety => take_safety(raw, answers, &mut errors),
        Question::Called => answers.called = errors.keep(raw.parsed("called", errors::called)),
        Question::Contact => take_contact(raw, answers, &mut errors),
        Question::WhyNow => answers.why_now = errors.keep(raw.parsed("why-now", errors::why_now)),
        Question::AboutYou => take_about_you(raw, answers, &mut errors, today),
        Question::Permissions => answers.permissions = errors.keep(permissions(raw)),
    }
    errors
}

fn for_whom(raw: &RawForm) -> Result<ForWhom, FieldError> {
    if raw.text("who") == ME { Ok(ForWhom::Me) } else { Err(FieldError::new("who", "door-who-missing")) }
}

/// A danger counts even where "none of these" was chosen too: without JavaScript both can be.
fn take_safety(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let chosen = |danger: &Danger| raw.all("danger").any(|value| value == danger.code());
    let dangers: Vec<Danger> = Danger::ALL.into_iter().filter(chosen).collect();
    if dangers.is_empty() && !raw.all("danger").any(|value| value == NONE) {
        errors.push(FieldError::new("danger", "door-danger-missing"));
        return;
    }
    if answers.dangers.as_ref() != Some(&dangers) {
        answers.safe_for_now = false;
    }
    answers.dangers = Some(dangers);
}

fn take_contact(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let way = errors.keep(chosen_way(raw));
    let safe_times = errors.keep(raw.optional("safe-times", errors::safe_times));
    if let (Some(way), Some(safe_times)) = (way, safe_times) {
        answers.contact = Some(SafeContact { way, say_nhs: raw.text("say-nhs") == YES, safe_times });
    }
}

/// Only the fields of the chosen way are looked at.
fn chosen_way(raw: &RawForm) -> Result<Way, FieldError> {
    let kind = WayKind::from_code(raw.text("contact"));
    Ok(match kind.ok_or_else(|| FieldError::new("contact", "door-contact-missing"))? {
        WayKind::Call => Way::Call {
            phone: raw.parsed("call-phone", errors::phone)?,
            voicemail: raw.text("voicemail") == YES,
        },
        WayKind::Text => Way::Text { phone: mobile(raw)? },
        WayKind::Email => Way::Email { email: raw.parsed("email", errors::email)? },
        WayKind::Letter => Way::Letter { address: raw.parsed("address", errors::address)? },
    })
}

/// A UK number must be a mobile to take a text; of other countries we cannot know.
fn mobile(raw: &RawForm) -> Result<Phone, FieldError> {
    let phone: Phone = raw.parsed("text-phone", errors::phone)?;
    if phone.as_str().starts_with("+44") && !phone.is_uk_mobile() {
        return Err(FieldError::new("text-phone", "door-phone-not-mobile"));
    }
    Ok(phone)
}

fn take_about_you(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors, today: Date) {
    answers.full_name = errors.keep(raw.optional("full-name", errors::full_name)).flatten();
    answers.born_on = born_on(raw, errors, today);
    answers.nhs_number = errors.keep(raw.optional("nhs-number", errors::nhs_number)).flatten();
    answers.gp_practice = errors.keep(raw.optional("gp-practice", errors::gp_practice)).flatten();
    answers.postcode = errors.keep(raw.optional("postcode", errors::postcode)).flatten();
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

fn permissions(raw: &RawForm) -> Result<Permissions, FieldError> {
    match raw.text("tell-gp") {
        YES => Ok(Permissions { tell_gp: true }),
        NO => Ok(Permissions { tell_gp: false }),
        _ => Err(FieldError::new("tell-gp", "door-tell-gp-missing")),
    }
}

/// The form of a page as it was answered before, to be shown again.
pub(super) fn typed(question: Question, answers: &Answers) -> RawForm {
    let mut fields: Vec<(&str, String)> = Vec::new();
    match question {
        Question::ForWhom => fields.extend(answers.for_whom.map(|ForWhom::Me| ("who", ME.to_owned()))),
        Question::Safety => typed_safety(answers, &mut fields),
        Question::Called => fields.extend(answers.called.as_ref().map(|name| ("called", name.to_string()))),
        Question::Contact => {
            if let Some(contact) = &answers.contact {
                typed_contact(contact, &mut fields);
            }
        }
        Question::WhyNow => fields.extend(answers.why_now.as_ref().map(|why| ("why-now", why.to_string()))),
        Question::AboutYou => typed_about_you(answers, &mut fields),
        Question::Permissions => {
            fields.extend(answers.permissions.map(|given| ("tell-gp", yes_no(given.tell_gp))));
        }
    }
    RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())))
}

fn yes_no(yes: bool) -> String {
    if yes { YES } else { NO }.to_owned()
}

fn typed_safety(answers: &Answers, fields: &mut Vec<(&str, String)>) {
    let Some(dangers) = &answers.dangers else { return };
    fields.extend(dangers.iter().map(|danger| ("danger", danger.code().to_owned())));
    if dangers.is_empty() {
        fields.push(("danger", NONE.to_owned()));
    }
}

fn typed_contact(contact: &SafeContact, fields: &mut Vec<(&str, String)>) {
    fields.push(("contact", contact.way.kind().code().to_owned()));
    match &contact.way {
        Way::Call { phone, voicemail } => {
            fields.push(("call-phone", phone.to_string()));
            fields.push(("voicemail", yes_no(*voicemail)));
        }
        Way::Text { phone } => fields.push(("text-phone", phone.to_string())),
        Way::Email { email } => fields.push(("email", email.to_string())),
        Way::Letter { address } => fields.push(("address", address.to_string())),
    }
    fields.push(("say-nhs", yes_no(contact.say_nhs)));
    fields.extend(contact.safe_times.as_ref().map(|times| ("safe-times", times.to_string())));
}

fn typed_about_you(answers: &Answers, fields: &mut Vec<(&str, String)>) {
    fields.extend(answers.full_name.as_ref().map(|name| ("full-name", name.to_string())));
    if let Some(born) = answers.born_on {
        let date = born.date();
        fields.push(("born-on[day]", date.day().to_string()));
        fields.push(("born-on[month]", date.month().to_string()));
        fields.push(("born-on[year]", date.year().to_string()));
    }
    fields.extend(answers.nhs_number.as_ref().map(|number| ("nhs-number", number.to_string())));
    fields.extend(answers.gp_practice.as_ref().map(|practice| ("gp-practice", practice.to_string())));
    fields.extend(answers.postcode.as_ref().map(|postcode| ("postcode", postcode.to_string())));
}

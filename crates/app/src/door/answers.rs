//! What was typed on a question page becomes an answer, and an answer what was typed. Shows nothing.
//!
//! Blank answers to optional questions take the answer away; nothing here asks for more than the page says it needs.

use jiff::civil::Date;
use onedoor_domain::door::{Answers, Danger, ForWhom, Permissions, Question, SafeContact, Way, WayKind};
use onedoor_domain::value::Phone;

pub(super) mod behalf;
pub(super) mod more;

use super::errors;
use crate::web::form::{FieldError, FormErrors, RawForm};

/// The safety answer that says that nothing of the list is true.
pub(super) const NONE: &str = "none";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// Takes the answers of one page. With errors, nothing of the page may be saved.
pub(crate) fn take(question: Question, raw: &RawForm, answers: &mut Answers, today: Date) -> FormErrors {
    let mut errors = FormErrors::default();
    match question {
        Question::ForWhom => answers.for_whom = errors.keep(for_whom(raw)),
        Question::Safety => take_safety(raw, answers, &mut errors),
        Question::Called => answers.called = errors.keep(raw.parsed("called", errors::called)),
        Question::Contact => take_contact(raw, answers, &mut errors),
        Question::WhyNow if answers.whom() == ForWhom::Professional => {
            answers.why_now = errors.keep(raw.optional("why-now", errors::why_now)).flatten();
        }
        Question::WhyNow => answers.why_now = errors.keep(raw.parsed("why-now", errors::why_now)),
        Question::Asker | Question::AskerContact | Question::Knows | Question::Tried => {
            behalf::take(question, raw, answers, &mut errors);
        }
        Question::Permissions => take_permissions(raw, answers, &mut errors),
        Question::Age => more::take_age(raw, answers),
        Question::Help => more::take_help(raw, answers, &mut errors),
        Question::Needs => more::take_needs(raw, answers, &mut errors),
        Question::Caring => more::take_caring(raw, answers, &mut errors),
        Question::Practical => more::take_practical(raw, answers, &mut errors),
        Question::Before => more::take_before(raw, answers),
        Question::AboutYou => more::take_about_you(raw, answers, &mut errors, today),
    }
    errors
}

fn for_whom(raw: &RawForm) -> Result<ForWhom, FieldError> {
    ForWhom::from_code(raw.text("who")).ok_or_else(|| FieldError::new("who", "door-who-missing"))
}

/// A danger counts even where "none of these" was chosen too: without JavaScript both can be.
fn take_safety(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let chosen = |danger: &Danger| raw.all("danger").any(|value| value == danger.code());
    let dangers: Vec<Danger> = Danger::ALL.into_iter().filter(chosen).collect();
    if dangers.is_empty() && !raw.all("danger").any(|value| value == NONE) {
        if answers.whom() == ForWhom::Professional {
            answers.dangers = None;
            return;
        }
        errors.push(FieldError::new("danger", "door-danger-missing"));
        return;
    }
    if answers.dangers.as_ref() != Some(&dangers) {
        answers.safe_for_now = false;
    }
    answers.dangers = Some(dangers);
}

fn take_contact(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    if chosen_kinds(raw).is_empty() {
        let missing =
            if answers.whom() == ForWhom::Me { "door-contact-missing" } else { "door-contact-missing-they" };
        errors.push(FieldError::new("contact", missing));
    }
    if let Some(contact) = contact_of(raw, errors) {
        answers.contact = Some(contact);
    }
}

/// The ways that were chosen; `None` where none was, or where something is wrong with them.
fn contact_of(raw: &RawForm, errors: &mut FormErrors) -> Option<SafeContact> {
    let safe_times = errors.keep(raw.optional("safe-times", errors::safe_times));
    let code_name = errors.keep(raw.optional("code-name", errors::line));
    let kinds = chosen_kinds(raw);
    let mut ways = Vec::new();
    for kind in &kinds {
        ways.extend(errors.keep(way(*kind, raw)));
    }
    let (safe_times, code_name) = (safe_times?, code_name?);
    if ways.is_empty() || ways.len() != kinds.len() {
        return None;
    }
    let also = ways.split_off(1);
    let way = ways.pop()?;
    Some(SafeContact {
        also,
        say_nhs: raw.text("say-nhs") == YES,
        safe_times,
        code_name,
        ..SafeContact::by(way)
    })
}

/// The ways that were ticked, in the order of the page: the first is tried first.
fn chosen_kinds(raw: &RawForm) -> Vec<WayKind> {
    WayKind::ALL.into_iter().filter(|kind| raw.all("contact").any(|code| code == kind.code())).collect()
}

/// Only the fields of a chosen way are looked at.
fn way(kind: WayKind, raw: &RawForm) -> Result<Way, FieldError> {
    Ok(match kind {
        WayKind::Call => Way::Call {
            phone: raw.parsed("call-phone", errors::phone)?,
            voicemail: raw.text("voicemail") == YES,
        },
        WayKind::Text => Way::Text { phone: mobile(raw)? },
        WayKind::Email => Way::Email { email: raw.parsed("email", errors::email)? },
        WayKind::Letter => Way::Letter { address: raw.parsed("address", errors::address)? },
        WayKind::InPerson => Way::InPerson { place: raw.parsed("place", errors::place)? },
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

fn take_permissions(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let tell_gp = errors.keep(tell_gp(raw));
    let talk_to = errors.keep(raw.optional("talk-to", errors::line));
    if let (Some(tell_gp), Some(talk_to)) = (tell_gp, talk_to) {
        answers.permissions = Some(Permissions { tell_gp, talk_to });
    }
}

fn tell_gp(raw: &RawForm) -> Result<bool, FieldError> {
    match raw.text("tell-gp") {
        YES => Ok(true),
        NO => Ok(false),
        _ => Err(FieldError::new("tell-gp", "door-tell-gp-missing")),
    }
}

/// The form of a page as it was answered before, to be shown again.
pub(crate) fn typed(question: Question, answers: &Answers) -> RawForm {
    let mut fields: Vec<(&str, String)> = Vec::new();
    match question {
        Question::ForWhom => fields.extend(answers.for_whom.map(|whom| ("who", whom.code().to_owned()))),
        Question::Safety => typed_safety(answers, &mut fields),
        Question::Called => fields.extend(answers.called.as_ref().map(|name| ("called", name.to_string()))),
        Question::Contact => {
            if let Some(contact) = &answers.contact {
                typed_contact(contact, &mut fields);
            }
        }
        Question::WhyNow => fields.extend(answers.why_now.as_ref().map(|why| ("why-now", why.to_string()))),
        Question::Permissions => {
            let Some(given) = &answers.permissions else { return RawForm::default() };
            fields.push(("tell-gp", yes_no(given.tell_gp)));
            fields.extend(given.talk_to.as_ref().map(|name| ("talk-to", name.to_string())));
        }
        Question::Asker | Question::AskerContact | Question::Knows | Question::Tried => {
            behalf::typed(question, answers, &mut fields);
        }
        Question::Age
        | Question::Help
        | Question::Needs
        | Question::Caring
        | Question::Practical
        | Question::Before
        | Question::AboutYou => more::typed(question, answers, &mut fields),
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
    for way in contact.ways() {
        fields.push(("contact", way.kind().code().to_owned()));
        match way {
            Way::Call { phone, voicemail } => {
                fields.push(("call-phone", phone.to_string()));
                fields.push(("voicemail", yes_no(*voicemail)));
            }
            Way::Text { phone } => fields.push(("text-phone", phone.to_string())),
            Way::Email { email } => fields.push(("email", email.to_string())),
            Way::Letter { address } => fields.push(("address", address.to_string())),
            Way::InPerson { place } => fields.push(("place", place.to_string())),
        }
    }
    fields.push(("say-nhs", yes_no(contact.say_nhs)));
    fields.extend(contact.safe_times.as_ref().map(|times| ("safe-times", times.to_string())));
    fields.extend(contact.code_name.as_ref().map(|name| ("code-name", name.to_string())));
}

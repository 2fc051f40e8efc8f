//! What is asked of whoever asks for somebody else: who they are, how to reach them, what the person knows and agrees to,
//! how soon and what was tried. A professional may leave out all of it.

use onedoor_domain::door::{
    Agrees, Answers, ForWhom, Knowing, Question, ReferralSource, Referrer, Relation, SafeContact, Standing,
    Way, WayKind,
};

use super::{NO, YES, contact_of, typed_contact, yes_no};
use crate::door::errors;
use crate::web::form::{FieldError, FormErrors, RawForm};

/// The ways in which whoever asks can be told something.
pub(in crate::door) const ASKER_WAYS: [WayKind; 4] =
    [WayKind::Call, WayKind::Text, WayKind::Email, WayKind::Letter];

pub(super) fn take(question: Question, raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let pro = answers.whom() == ForWhom::Professional;
    match question {
        Question::Asker if pro => take_professional(raw, answers, errors),
        Question::Asker => take_relation(raw, answers, errors),
        Question::AskerContact if pro => take_work_contact(raw, answers, errors),
        Question::AskerContact => {
            let chosen = ASKER_WAYS.iter().any(|kind| raw.all("contact").any(|code| code == kind.code()));
            answers.asker_contact = if chosen { contact_of(raw, errors) } else { None };
        }
        Question::Knows => take_knows(raw, answers, errors, !pro),
        Question::Tried => {
            answers.urgency = errors.keep(raw.optional("urgency", errors::words)).flatten();
            answers.tried = errors.keep(raw.optional("tried", errors::words)).flatten();
        }
        _ => {}
    }
}

fn take_relation(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let name = errors.keep(raw.parsed("asker-name", errors::asker_name));
    let missing = || FieldError::new("relation", "door-relation-missing");
    let relation = errors.keep(Relation::from_code(raw.text("relation")).ok_or_else(missing));
    if let (Some(name), Some(relation)) = (name, relation) {
        let standing = Standing::Relation { relation };
        answers.asker = Some(Referrer { name: Some(name), standing, ..Referrer::default() });
    }
}

fn take_professional(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let line =
        |name: &'static str, errors: &mut FormErrors| errors.keep(raw.optional(name, errors::line)).flatten();
    let source = ReferralSource::from_code(raw.text("source")).filter(|source| source.is_offered());
    let referrer = Referrer {
        name: line("asker-name", errors),
        standing: source.map_or(Standing::NotSaid, |source| Standing::Service { source }),
        organisation: line("organisation", errors),
        role: line("role", errors),
        reach: None,
    };
    answers.asker = Some(referrer).filter(|referrer| *referrer != Referrer::default());
}

/// A number and an address at work: such a message may say who it is from.
fn take_work_contact(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors) {
    let phone = errors.keep(raw.optional("work-phone", errors::phone)).flatten();
    let email = errors.keep(raw.optional("work-email", errors::email)).flatten();
    let mut ways = email.map(|email| Way::Email { email }).into_iter().collect::<Vec<_>>();
    ways.extend(phone.map(|phone| Way::Call { phone, voicemail: false }));
    let mut ways = ways.into_iter();
    answers.asker_contact =
        ways.next().map(|way| SafeContact { also: ways.collect(), say_nhs: true, ..SafeContact::by(way) });
}

fn take_knows(raw: &RawForm, answers: &mut Answers, errors: &mut FormErrors, must: bool) {
    let knows = match raw.text("knows") {
        YES => Some(true),
        NO => Some(false),
        _ => None,
    };
    let agrees = Agrees::from_code(raw.text("agrees"));
    for (answer, field, missing) in [
        (knows.is_some(), "knows", "door-knows-missing"),
        (agrees.is_some(), "agrees", "door-agrees-missing"),
    ] {
        if must && !answer {
            errors.push(FieldError::new(field, missing));
        }
    }
    let why = errors.keep(raw.optional("agrees-why", errors::words)).flatten();
    let unsafe_to_tell = if raw.text("unsafe") == YES {
        errors.keep(raw.parsed("unsafe-why", errors::unsafe_why))
    } else {
        None
    };
    let may_tell = raw.text("may-tell") == YES;
    let knowing = Knowing {
        knows: knows.unwrap_or_default(),
        agrees: agrees.unwrap_or_default(),
        why,
        may_tell,
        unsafe_to_tell,
    };
    let said = knows.is_some() || agrees.is_some() || knowing != Knowing::default();
    answers.knowing = said.then_some(knowing);
}

type Fields<'a> = Vec<(&'a str, String)>;

/// Such a question as it was answered before.
pub(super) fn typed(question: Question, answers: &Answers, fields: &mut Fields<'_>) {
    match question {
        Question::Asker => typed_asker(answers, fields),
        Question::AskerContact => typed_reach(answers, fields),
        Question::Knows => typed_knows(answers, fields),
        Question::Tried => {
            fields.extend(answers.urgency.as_ref().map(|words| ("urgency", words.to_string())));
            fields.extend(answers.tried.as_ref().map(|words| ("tried", words.to_string())));
        }
        _ => {}
    }
}

fn typed_asker(answers: &Answers, fields: &mut Fields<'_>) {
    let Some(asker) = &answers.asker else { return };
    let lines = [("asker-name", &asker.name), ("organisation", &asker.organisation), ("role", &asker.role)];
    fields.extend(lines.into_iter().filter_map(|(name, line)| Some((name, line.as_ref()?.to_string()))));
    match asker.standing {
        Standing::NotSaid => {}
        Standing::Relation { relation } => fields.push(("relation", relation.code().to_owned())),
        Standing::Service { source } => fields.push(("source", source.code().to_owned())),
    }
}

fn typed_reach(answers: &Answers, fields: &mut Fields<'_>) {
    let Some(reach) = &answers.asker_contact else { return };
    if answers.whom() != ForWhom::Professional {
        return typed_contact(reach, fields);
    }
    for way in reach.ways() {
        match way {
            Way::Call { phone, .. } | Way::Text { phone } => fields.push(("work-phone", phone.to_string())),
            Way::Email { email } => fields.push(("work-email", email.to_string())),
            Way::Letter { .. } | Way::InPerson { .. } => {}
        }
    }
}

fn typed_knows(answers: &Answers, fields: &mut Fields<'_>) {
    let Some(knowing) = &answers.knowing else { return };
    fields.push(("knows", yes_no(knowing.knows)));
    fields.push(("agrees", knowing.agrees.code().to_owned()));
    fields.push(("may-tell", yes_no(knowing.may_tell)));
    fields.extend(knowing.why.as_ref().map(|why| ("agrees-why", why.to_string())));
    if let Some(why) = &knowing.unsafe_to_tell {
        fields.push(("unsafe", YES.to_owned()));
        fields.push(("unsafe-why", why.to_string()));
    }
}

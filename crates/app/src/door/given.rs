//! An answer in the words of "check your answers". Shows only what the visitor typed themselves.

use onedoor_domain::door::{Answers, Permissions, Question, SafeContact, Way};
use onedoor_domain::value::Text;

use super::names::{
    age_words, caring_words, danger_words, need_words, signal_words, strain_words, whom_words,
};
use crate::words::{self, Lang};

/// An answer in lines; none where it was not given.
pub(crate) fn given(lang: Lang, question: Question, answers: &Answers) -> Vec<String> {
    let text = |value: Option<String>| value.into_iter().collect();
    match question {
        Question::ForWhom => text(answers.for_whom.map(|whom| lang.t(whom_words(whom)))),
        Question::Safety => safety(lang, answers),
        Question::Called => text(answers.called.as_ref().map(ToString::to_string)),
        Question::Contact => {
            answers.contact.as_ref().map(|contact| contact_lines(lang, contact)).unwrap_or_default()
        }
        Question::WhyNow => text(answers.why_now.as_ref().map(ToString::to_string)),
        Question::AboutYou => about_you(lang, answers),
        Question::Permissions => {
            answers.permissions.as_ref().map(|given| permissions(lang, given)).unwrap_or_default()
        }
        Question::Age => text(answers.age.map(|age| lang.t(age_words(age)))),
        Question::Help => help(lang, answers),
        Question::Needs => needs(lang, answers),
        Question::Caring => answers.caring.as_ref().map_or_else(Vec::new, |caring| {
            let chosen = caring.facts.iter().map(|fact| caring_words(*fact)).collect();
            chosen_lines(lang, chosen, caring.about.as_ref())
        }),
        Question::Practical => answers.practical.as_ref().map_or_else(Vec::new, |practical| {
            let chosen = practical.strains.iter().map(|strain| strain_words(*strain)).collect();
            chosen_lines(lang, chosen, practical.about.as_ref())
        }),
        Question::Before => answers.before.as_ref().map_or_else(Vec::new, |signals| {
            chosen_lines(lang, signals.iter().map(|signal| signal_words(*signal)).collect(), None)
        }),
    }
}

fn permissions(lang: Lang, given: &Permissions) -> Vec<String> {
    let mut lines = vec![lang.t(if given.tell_gp { "door-row-gp-yes" } else { "door-row-gp-no" })];
    lines.extend(given.talk_to.as_ref().map(|who| lang.tr("door-row-talk-to", &[("who", who.to_string())])));
    lines
}

fn help(lang: Lang, answers: &Answers) -> Vec<String> {
    let Some(help) = &answers.help else { return Vec::new() };
    let said = [("door-row-would-help", &help.would_help), ("door-row-matters", &help.matters)];
    let line =
        |(key, said): (&str, &Option<Text>)| Some(lang.tr(key, &[("value", said.as_ref()?.to_string())]));
    said.into_iter().filter_map(line).collect()
}

fn needs(lang: Lang, answers: &Answers) -> Vec<String> {
    let Some(needs) = &answers.needs else { return Vec::new() };
    let mut lines = Vec::new();
    lines.extend(
        needs.language.as_ref().map(|name| lang.tr("door-row-language", &[("value", name.to_string())])),
    );
    lines.extend(needs.needs.iter().map(|need| lang.t(need_words(*need))));
    lines.extend(needs.other.as_ref().map(ToString::to_string));
    lines
}

/// What was ticked, or "none of these", and what they wrote about it.
fn chosen_lines(lang: Lang, chosen: Vec<&str>, about: Option<&Text>) -> Vec<String> {
    let mut lines: Vec<String> = chosen.into_iter().map(|key| lang.t(key)).collect();
    lines.extend(about.map(ToString::to_string));
    if lines.is_empty() {
        lines.push(lang.t("door-none-of-these"));
    }
    lines
}

fn safety(lang: Lang, answers: &Answers) -> Vec<String> {
    match answers.dangers.as_deref() {
        None => Vec::new(),
        Some([]) => vec![lang.t("door-danger-none")],
        Some(dangers) => dangers.iter().map(|danger| lang.t(danger_words(*danger))).collect(),
    }
}

fn contact_lines(lang: Lang, contact: &SafeContact) -> Vec<String> {
    let yes_no = |yes: bool, if_yes: &str, if_no: &str| lang.t(if yes { if_yes } else { if_no });
    let mut lines: Vec<String> = contact.ways().flat_map(|way| way_lines(lang, way)).collect();
    lines.push(yes_no(contact.say_nhs, "door-row-nhs-yes", "door-row-nhs-no"));
    let more = [("door-row-times", &contact.safe_times), ("door-row-code-name", &contact.code_name)];
    lines.extend(
        more.into_iter()
            .filter_map(|(key, line)| Some(lang.tr(key, &[("value", line.as_ref()?.to_string())]))),
    );
    lines
}

fn way_lines(lang: Lang, way: &Way) -> Vec<String> {
    match way {
        Way::Call { phone, voicemail } => {
            let message = if *voicemail { "door-row-voicemail-yes" } else { "door-row-voicemail-no" };
            vec![lang.tr("door-row-call", &[("number", phone.to_string())]), lang.t(message)]
        }
        Way::Text { phone } => vec![lang.tr("door-row-text", &[("number", phone.to_string())])],
        Way::Email { email } => vec![lang.tr("door-row-email", &[("address", email.to_string())])],
        Way::Letter { address } => vec![lang.t("door-row-letter"), address.to_string()],
        Way::InPerson { place } => vec![lang.t("door-row-person"), place.to_string()],
    }
}

fn about_you(lang: Lang, answers: &Answers) -> Vec<String> {
    let born = answers.born_on.map(|born| words::day_of(lang, born.date()));
    let nowhere = answers.no_fixed_address.then(|| lang.t("door-no-address"));
    [
        ("door-row-full-name", answers.full_name.as_ref().map(ToString::to_string)),
        ("door-row-born", born),
        ("door-row-nhs-number", answers.nhs_number.as_ref().map(ToString::to_string)),
        ("door-row-gp", answers.gp_practice.as_ref().map(ToString::to_string)),
        ("door-row-postcode", answers.postcode.as_ref().map(ToString::to_string)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some(lang.tr(key, &[("value", value?)])))
    .chain(nowhere)
    .collect()
}

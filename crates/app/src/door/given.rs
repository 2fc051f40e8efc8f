//! An answer in the words of "check your answers". Shows only what the visitor typed themselves.

use onedoor_domain::door::{Answers, Knowing, Permissions, Question, Referrer, SafeContact, Standing, Way};
use onedoor_domain::value::Text;

use super::names::{
    age_words, agrees_words, caring_words, danger_words, ethnic_words, need_words, relation_words,
    signal_words, source_words, strain_words, whom_words,
};
use super::voice::Say;
use crate::words;

/// An answer in lines; none where it was not given.
pub(crate) fn given(say: Say, question: Question, answers: &Answers) -> Vec<String> {
    let text = |value: Option<String>| value.into_iter().collect();
    match question {
        Question::ForWhom => text(answers.for_whom.map(|whom| say.t(whom_words(whom)))),
        Question::Asker => answers.asker.as_ref().map_or_else(Vec::new, |asker| asker_lines(say, asker)),
        Question::AskerContact => {
            answers.asker_contact.as_ref().map(|reach| reach_lines(say, reach)).unwrap_or_default()
        }
        Question::Knows => answers.knowing.as_ref().map_or_else(Vec::new, |known| knowing_lines(say, known)),
        Question::Tried => {
            [&answers.urgency, &answers.tried].into_iter().flatten().map(ToString::to_string).collect()
        }
        Question::Safety => safety(say, answers),
        Question::Called => text(answers.called.as_ref().map(ToString::to_string)),
        Question::Contact => {
            answers.contact.as_ref().map(|contact| contact_lines(say, contact)).unwrap_or_default()
        }
        Question::WhyNow => text(answers.why_now.as_ref().map(ToString::to_string)),
        Question::AboutYou => about_you(say, answers),
        Question::Permissions => {
            answers.permissions.as_ref().map(|given| permissions(say, given)).unwrap_or_default()
        }
        Question::Age => text(answers.age.map(|age| say.t(age_words(age)))),
        Question::Help => help(say, answers),
        Question::Needs => needs(say, answers),
        Question::Caring => answers.caring.as_ref().map_or_else(Vec::new, |caring| {
            let chosen = caring.facts.iter().map(|fact| caring_words(*fact)).collect();
            chosen_lines(say, chosen, caring.about.as_ref())
        }),
        Question::Practical => answers.practical.as_ref().map_or_else(Vec::new, |practical| {
            let chosen = practical.strains.iter().map(|strain| strain_words(*strain)).collect();
            chosen_lines(say, chosen, practical.about.as_ref())
        }),
        Question::Before => answers.before.as_ref().map_or_else(Vec::new, |signals| {
            chosen_lines(say, signals.iter().map(|signal| signal_words(*signal)).collect(), None)
        }),
    }
}

fn permissions(say: Say, given: &Permissions) -> Vec<String> {
    let mut lines = vec![say.t(if given.tell_gp { "door-row-gp-yes" } else { "door-row-gp-no" })];
    lines.extend(given.talk_to.as_ref().map(|who| say.tr("door-row-talk-to", &[("who", who.to_string())])));
    lines
}

fn help(say: Say, answers: &Answers) -> Vec<String> {
    let Some(help) = &answers.help else { return Vec::new() };
    let said = [("door-row-would-help", &help.would_help), ("door-row-matters", &help.matters)];
    let line =
        |(key, said): (&str, &Option<Text>)| Some(say.tr(key, &[("value", said.as_ref()?.to_string())]));
    said.into_iter().filter_map(line).collect()
}

fn needs(say: Say, answers: &Answers) -> Vec<String> {
    let Some(needs) = &answers.needs else { return Vec::new() };
    let mut lines = Vec::new();
    lines.extend(
        needs.language.as_ref().map(|name| say.tr("door-row-language", &[("value", name.to_string())])),
    );
    lines.extend(needs.needs.iter().map(|need| say.t(need_words(*need))));
    lines.extend(needs.other.as_ref().map(ToString::to_string));
    lines
}

/// What was ticked, or "none of these", and what they wrote about it.
fn chosen_lines(say: Say, chosen: Vec<&str>, about: Option<&Text>) -> Vec<String> {
    let mut lines: Vec<String> = chosen.into_iter().map(|key| say.t(key)).collect();
    lines.extend(about.map(ToString::to_string));
    if lines.is_empty() {
        lines.push(say.t("door-none-of-these"));
    }
    lines
}

fn safety(say: Say, answers: &Answers) -> Vec<String> {
    match answers.dangers.as_deref() {
        None => Vec::new(),
        Some([]) => vec![say.t("door-danger-none")],
        Some(dangers) => dangers.iter().map(|danger| say.t(danger_words(*danger))).collect(),
    }
}

fn contact_lines(say: Say, contact: &SafeContact) -> Vec<String> {
    let yes_no = |yes: bool, if_yes: &str, if_no: &str| say.t(if yes { if_yes } else { if_no });
    let mut lines: Vec<String> = contact.ways().flat_map(|way| way_lines(say, way)).collect();
    lines.push(yes_no(contact.say_nhs, "door-row-nhs-yes", "door-row-nhs-no"));
    let more = [("door-row-times", &contact.safe_times), ("door-row-code-name", &contact.code_name)];
    lines.extend(
        more.into_iter()
            .filter_map(|(key, line)| Some(say.tr(key, &[("value", line.as_ref()?.to_string())]))),
    );
    lines
}

fn way_lines(say: Say, way: &Way) -> Vec<String> {
    match way {
        Way::Call { phone, voicemail } => {
            let message = if *voicemail { "door-row-voicemail-yes" } else { "door-row-voicemail-no" };
            vec![say.tr("door-row-call", &[("number", phone.to_string())]), say.t(message)]
        }
        Way::Text { phone } => vec![say.tr("door-row-text", &[("number", phone.to_string())])],
        Way::Email { email } => vec![say.tr("door-row-email", &[("address", email.to_string())])],
        Way::Letter { address } => vec![say.t("door-row-letter"), address.to_string()],
        Way::InPerson { place } => vec![say.t("door-row-person"), place.to_string()],
    }
}

fn about_you(say: Say, answers: &Answers) -> Vec<String> {
    let born = answers.born_on.map(|born| words::day_of(say.lang, born.date()));
    let nowhere = answers.no_fixed_address.then(|| say.t("door-no-address"));
    [
        ("door-row-full-name", answers.full_name.as_ref().map(ToString::to_string)),
        ("door-row-born", born),
        ("door-row-nhs-number", answers.nhs_number.as_ref().map(ToString::to_string)),
        ("door-row-gp", answers.gp_practice.as_ref().map(ToString::to_string)),
        ("door-row-postcode", answers.postcode.as_ref().map(ToString::to_string)),
        ("door-row-ethnic", answers.ethnic.map(|one| say.t(ethnic_words(one)))),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some(say.tr(key, &[("value", value?)])))
    .chain(nowhere)
    .collect()
}

fn asker_lines(say: Say, asker: &Referrer) -> Vec<String> {
    let standing = match asker.standing {
        Standing::NotSaid => None,
        Standing::Relation { relation } => Some(say.t(relation_words(relation))),
        Standing::Service { source } => Some(say.t(source_words(source))),
    };
    let lines =
        [&asker.name, &asker.role, &asker.organisation].into_iter().flatten().map(ToString::to_string);
    lines.chain(standing).collect()
}

/// How whoever asks is reached: without what only matters for the person.
fn reach_lines(say: Say, reach: &SafeContact) -> Vec<String> {
    let nhs = if reach.say_nhs { "door-row-nhs-yes" } else { "door-row-nhs-no" };
    let ways = reach
        .ways()
        .filter_map(|way| way_lines(say, way).into_iter().reduce(|all, line| format!("{all} {line}")));
    ways.chain([say.t(nhs)]).collect()
}

fn knowing_lines(say: Say, known: &Knowing) -> Vec<String> {
    let mut lines = vec![
        say.t(if known.knows { "door-row-knows-yes" } else { "door-row-knows-no" }),
        say.t(agrees_words(known.agrees)),
    ];
    lines.extend(known.why.as_ref().map(ToString::to_string));
    lines.push(say.t(if known.may_tell { "door-row-may-tell-yes" } else { "door-row-may-tell-no" }));
    if let Some(why) = &known.unsafe_to_tell {
        lines.push(say.tr("door-row-unsafe", &[("why", why.to_string())]));
    }
    lines
}

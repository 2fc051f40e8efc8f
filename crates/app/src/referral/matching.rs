//! What may help, and why: beside the forms of triage and decision and on the record; and the choice a senior makes when
//! they decide. A suggestion never fills in a form and never stands for a decision (hazard H22).

use askama::Template;
use askama::filters::HtmlSafe;
use onedoor_domain::access::Revealed;
use onedoor_domain::ids::TeamId;
use onedoor_domain::matching::{
    Because, Chosen, MayHelp, OverrideReason, Signal, Suggestion, Weighed, Weighing, WorthAsking,
};
use onedoor_domain::section::Section;

use super::ask;
use super::record::{Bullets, by_at, find, list};
use super::step::{Around, Asked};
use crate::matching::words;
use crate::ui::{Choice, Details, Markup, SelectOption, SummaryRow};
use crate::web::form::{FieldError, FormErrors, RawForm};
use crate::words::Lang;

#[derive(Debug, Template)]
#[template(path = "referral/suggestions.html")]
struct Suggestions {
    intro: String,
    all: Vec<One>,
    asking: Option<Markup>,
}

impl HtmlSafe for Suggestions {}

/// A value the form carries: the edition its choice was made from.
#[derive(Debug, Template)]
#[template(path = "referral/carried.html")]
struct Carried {
    name: &'static str,
    value: u32,
}

impl HtmlSafe for Carried {}

#[derive(Debug)]
struct One {
    name: String,
    because: Markup,
    offers: Option<Markup>,
    teams: Option<String>,
    not_known: Option<String>,
}

/// What may help, if the reader may see it.
pub fn of(revealed: &Revealed) -> Option<&MayHelp> {
    find(revealed, |section| if let Section::MayHelp(matching) = section { Some(&**matching) } else { None })
}

/// Suggestions with their reasons, and what is worth asking.
pub fn suggestions(lang: Lang, matching: &MayHelp) -> Markup {
    let found = &matching.suggested;
    let intro = if found.suggestions.is_empty() { "matching-none" } else { "matching-intro" };
    let asking = (!found.worth_asking.is_empty()).then(|| {
        let intro = Markup::paragraphs([lang.t("matching-asking-intro")]);
        let all = found.worth_asking.iter().map(|one| asking(lang, one));
        Markup::of(&Details {
            summary: lang.t("matching-asking").into(),
            content: Markup::all(std::iter::once(intro).chain(all)),
            ..Details::default()
        })
    });
    let all = found.suggestions.iter().map(|one| suggestion(lang, one)).collect();
    Markup::of(&Suggestions { intro: lang.t(intro), all, asking })
}

fn suggestion(lang: Lang, one: &Suggestion) -> One {
    let offers = Bullets {
        before: lang.t("matching-offers"),
        lines: one.offers.iter().map(ToString::to_string).collect(),
    };
    let teams: Vec<String> = one.teams.iter().map(|kind| lang.t(words::team(*kind))).collect();
    One {
        name: one.name.to_string(),
        because: because(lang, &one.because),
        offers: Some(Markup::of(&offers)),
        teams: Some(lang.tr("matching-teams", &[("teams", teams.join("; "))])),
        not_known: not_known(lang, "matching-not-known", &one.not_known),
    }
}

fn asking(lang: Lang, one: &WorthAsking) -> Markup {
    Markup::of(&Suggestions {
        intro: String::new(),
        all: vec![One {
            name: one.name.to_string(),
            because: because(lang, &one.because),
            offers: None,
            teams: None,
            not_known: not_known(lang, "matching-ask", &one.ask),
        }],
        asking: None,
    })
}

fn because(lang: Lang, because: &[Because]) -> Markup {
    Markup::of(&Bullets { before: lang.t("matching-because"), lines: facts(lang, because) })
}

fn facts(lang: Lang, because: &[Because]) -> Vec<String> {
    let fact = |why: &Because| {
        let parts = [("fact", lang.t(words::signal(why.signal))), ("said", lang.t(words::said(why.said)))];
        lang.tr("matching-fact", &parts)
    };
    because.iter().map(fact).collect()
}

fn not_known(lang: Lang, key: &str, signals: &[Signal]) -> Option<String> {
    (!signals.is_empty()).then(|| lang.tr(key, &[("facts", words::signals(lang, signals))]))
}

/// The part of the record: while nothing is decided what may help, and always what was made of it.
pub fn part(lang: Lang, matching: &MayHelp, undecided: bool) -> Markup {
    let mut all = Vec::new();
    if undecided {
        all.push(suggestions(lang, matching));
    }
    let notes: Vec<SummaryRow> = matching
        .signs
        .iter()
        .map(|note| {
            let said = [lang.t(answer(note.answer)), by_at(lang, &note.by, note.at)];
            SummaryRow::new(lang.t(words::signal(note.signal)), Markup::lines(&said.join("\n")))
        })
        .collect();
    if !notes.is_empty() {
        let summary = lang.t("matching-signs").into();
        all.push(Markup::of(&Details { summary, content: list(notes), ..Details::default() }));
    }
    all.extend(matching.weighed.iter().rev().map(|one| weighed(lang, one)));
    Markup::all(all)
}

/// Whether there is anything to show on the record.
pub fn has_part(matching: &MayHelp, undecided: bool) -> bool {
    undecided || !matching.weighed.is_empty() || !matching.signs.is_empty()
}

fn weighed(lang: Lang, one: &Weighed) -> Markup {
    let name = |one: &Suggestion| format!("{}: {}", one.name, facts(lang, &one.because).join("; "));
    let shown: Vec<String> = one.shown.iter().map(name).collect();
    let chosen = match &one.chosen {
        Chosen::Follows { .. } => {
            let followed = one.followed().map(|one| one.name.to_string()).unwrap_or_default();
            SummaryRow::new(lang.t("matching-weighed-follows"), followed)
        }
        Chosen::Differs { reason, words: said } => {
            let said = format!("{}\n{said}", lang.t(words::reason(*reason)));
            SummaryRow::new(lang.t("matching-weighed-differs"), Markup::lines(&said))
        }
        Chosen::NothingSuggested => {
            SummaryRow::new(lang.t("matching-weighed"), lang.t("matching-weighed-nothing"))
        }
    };
    let mut rows = vec![chosen];
    if !shown.is_empty() {
        rows.push(SummaryRow::new(lang.t("matching-weighed-shown"), Markup::lines(&shown.join("\n"))));
    }
    let edition = lang.tr("matching-edition", &[("number", one.edition.to_string())]);
    rows.push(SummaryRow::new(edition, by_at(lang, &one.by, one.at)));
    list(rows)
}

/// Yes, no, or not known.
pub fn answer(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "matching-answer-yes",
        Some(false) => "matching-answer-no",
        None => "matching-answer-unknown",
    }
}

const FOLLOWS: &str = "follows";
const REASON: &str = "differs-reason";
const WORDS: &str = "differs-words";
const EDITION: &str = "rules";
/// No rule is called like this: names in data have two letters or more.
const DIFFERS: &str = "-";

/// The choice, before a decision: one of the suggestions, or none and why. Nothing is chosen beforehand.
pub fn control(asked: &Asked<'_>) -> Option<Markup> {
    let lang = asked.lang;
    let matching = of(&asked.around.view.revealed)?;
    let suggestions = &matching.suggested.suggestions;
    if suggestions.is_empty() {
        return None;
    }
    let mut choices: Vec<Choice> = suggestions
        .iter()
        .map(|one| {
            let mut why = facts(lang, &one.because);
            why.extend(not_known(lang, "matching-not-known", &one.not_known));
            Choice::new(one.rule.as_str(), one.name.to_string()).hint(Markup::lines(&why.join("\n")))
        })
        .collect();
    let reasons = OverrideReason::ALL.into_iter();
    let reasons =
        reasons.map(|one| SelectOption { value: one.code().to_owned(), text: lang.t(words::reason(one)) });
    let why = Markup::all([
        asked.select(REASON, "matching-differs-reason", reasons.collect()),
        asked.area(WORDS, "matching-differs-words", "matching-differs-words-hint"),
    ]);
    choices.push(Choice::new(DIFFERS, lang.t("matching-differs")).reveals(why));
    let field = asked.field(FOLLOWS, "matching-follows").hint(lang.t("matching-follows-hint"));
    let edition = Markup::of(&Carried { name: EDITION, value: matching.edition });
    Some(Markup::all([edition, asked.radios_with(field, choices)]))
}

/// Reads the choice; `None` where it is missing, which `errors` then says.
pub fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Weighing> {
    let matching = of(&around.view.revealed)?;
    let shown = matching.suggested.suggestions.clone();
    let team: Option<TeamId> = raw.text("team").parse().ok();
    let team = team.filter(|chosen| around.teams.iter().any(|team| team.id == *chosen));
    let weighing = |chosen| Weighing { edition: matching.edition, shown: shown.clone(), chosen, team };
    if shown.is_empty() {
        return Some(weighing(Chosen::NothingSuggested));
    }
    if raw.text(EDITION) != matching.edition.to_string() && !raw.text(EDITION).is_empty() {
        errors.push(FieldError::new(FOLLOWS, "matching-follows-changed"));
        return None;
    }
    if raw.text(FOLLOWS) == DIFFERS {
        let reason = ask::choice(
            (raw, errors),
            (REASON, "matching-differs-reason-missing"),
            OverrideReason::from_code,
        );
        let words = ask::text(raw, errors, WORDS, "matching-differs-words-missing");
        return Some(weighing(Chosen::Differs { reason: reason?, words: words? }));
    }
    let followed = shown.iter().find(|one| one.rule.as_str() == raw.text(FOLLOWS));
    let Some(followed) = followed else {
        errors.push(FieldError::new(FOLLOWS, "matching-follows-missing"));
        return None;
    };
    Some(weighing(Chosen::Follows { rule: followed.rule.clone() }))
}

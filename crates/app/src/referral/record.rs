//! What the record page shows of a person, part by part, the person before any diagnosis: their own words come first.
//!
//! Takes `Visible` sections and nothing else. A part that the reader may not see is simply not there.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;
use onedoor_domain::access::{Revealed, Visible};
use onedoor_domain::actor::Author;
use onedoor_domain::change::Event;
use onedoor_domain::door::{Question, SafetyAnswers, Sent, Told};
use onedoor_domain::episode::{Contact, Episode};
use onedoor_domain::handover::Handover;
use onedoor_domain::referral::{AdviceBasis, AskedBy, Children, Decided, Outcome, Sat, Triage};
use onedoor_domain::section::{Progress, Section};
use onedoor_domain::value::{Reference, Text};

use super::ring::Ringing;
use super::{asked, given, handover, matching, names, needs, since};
use crate::care;
use crate::door::voice::{Say, Voice};
use crate::ui::{
    Details, InsetText, Markup, SummaryList, SummaryRow, Timeline, TimelineEntry, WarningCallout,
};
use crate::words::{self, Lang};

/// One part of a page.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its id, for links.
    pub id: &'static str,
    /// Its heading.
    pub heading: String,
    /// What it shows.
    pub content: Markup,
}

/// A sentence and what it is about, point by point.
#[derive(Debug, Template)]
#[template(path = "referral/bullets.html")]
pub(crate) struct Bullets {
    pub(crate) before: String,
    pub(crate) lines: Vec<String>,
}

impl HtmlSafe for Bullets {}

/// Where the referral is, if the reader may see it.
pub fn progress(revealed: &Revealed) -> Option<&Progress> {
    find(revealed, |section| if let Section::Progress(progress) = section { Some(progress) } else { None })
}

/// The first section that fits.
pub fn find<'a, T>(revealed: &'a Revealed, fits: impl Fn(&'a Section) -> Option<T>) -> Option<T> {
    revealed.shown.iter().find_map(|section: &'a Visible<Section>| fits(section))
}

/// Who asked for the person.
pub fn asked_by(revealed: &Revealed) -> Option<&AskedBy> {
    find(revealed, |section| if let Section::Asked(asked) = section { Some(asked) } else { None })
}

/// The handover on its way, or that led to the decision.
pub fn handover(revealed: &Revealed) -> Option<&Handover> {
    find(
        revealed,
        |section| {
            if let Section::Offer(Some(passed)) = section { Some(&passed.handover) } else { None }
        },
    )
}

/// What to call the person.
pub fn called(lang: Lang, revealed: &Revealed) -> String {
    find(revealed, |section| {
        if let Section::Identity(identity) = section { Some(identity.called.to_string()) } else { None }
    })
    .unwrap_or_else(|| lang.t("referral-somebody"))
}

/// A reference as people read it out: two groups of four.
pub fn reference(reference: &Reference) -> Markup {
    let spaced = format!("{reference}");
    Markup::reference(&spaced)
}

/// Who a page is about: what to call them, and the reference.
pub fn about(lang: Lang, revealed: &Revealed) -> Markup {
    let reference = progress(revealed).map(|progress| progress.reference.to_string()).unwrap_or_default();
    Markup::from(lang.tr("referral-about", &[("name", called(lang, revealed)), ("reference", reference)]))
}

/// Who did something.
pub fn author(lang: Lang, author: &Author) -> String {
    match author {
        Author::Staff { name, .. } => name.to_string(),
        Author::Guest { name, role, of } => {
            let parts = [("name", name.to_string()), ("role", role.to_string()), ("of", of.to_string())];
            lang.tr("referral-by-guest", &parts)
        }
        Author::Public | Author::Person => lang.t("referral-by-person"),
        Author::System => lang.t("referral-by-program"),
    }
}

/// "Nadia Okonjo, Tuesday 24 November 2026 at 10am".
pub fn by_at(lang: Lang, by: &Author, at: Timestamp) -> String {
    lang.tr("referral-by-at", &[("name", author(lang, by)), ("at", words::date_time(lang, at))])
}

/// What the person told us: their words, their danger answers, how to reach them, who they are.
pub fn person(lang: Lang, revealed: &Revealed, now: Timestamp) -> Vec<Part> {
    let asked = asked_by(revealed);
    let theirs = asked::is_theirs(asked);
    let voice = if theirs { Voice::They } else { Voice::Own };
    let say = Say { lang, voice };
    let part = |id, heading, content| Part { id, heading: say.t(heading), content };
    let mut parts: Vec<(usize, Part)> = Vec::new();
    if let Some(content) = asked.and_then(|asked| asked::part(lang, asked)) {
        parts.push((0, part("asked", "referral-part-asked", content)));
    }
    let unasked = !was_asked(revealed, Question::Safety);
    let allows = was_asked(revealed, Question::Permissions);
    let told = find(revealed, |section| if let Section::Told(told) = section { Some(told) } else { None });
    let entered = told.and_then(|told| told.entered.as_ref());
    for section in &revealed.shown {
        let placed = match &**section {
            Section::Permissions(_) if theirs => continue,
            Section::Needs(needs) if !needs.is_empty() => {
                (0, part("needs", "referral-part-needs", given::needs(lang, needs)))
            }
            Section::Story(words) => (
                1,
                part(
                    "story",
                    "referral-part-story",
                    story(lang, words.as_ref(), unwritten(told, Ringing::of(revealed))),
                ),
            ),
            Section::Safety(answers) => {
                (2, part("safety", "referral-part-safety", safety(say, answers, unasked)))
            }
            Section::Told(told) => (3, part("told", "referral-part-told", given::told(say, told))),
            Section::Since(said) if !said.is_empty() => {
                (1, part("since", "referral-part-since", since::since(lang, said)))
            }
            Section::Contact(contact) => {
                (4, part("contact", "referral-part-contact", given::reach(lang, contact, entered)))
            }
            Section::Identity(who) => {
                (5, part("identity", "referral-part-identity", given::identity(lang, who, now)))
            }
            Section::Permissions(allowed) => (
                6,
                part("permissions", "referral-part-permissions", given::permissions(lang, allowed, allows)),
            ),
            _ => continue,
        };
        parts.push(placed);
    }
    parts.sort_by_key(|(place, _)| *place);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// What they need, before whoever contacts or writes to them does so (hazard H19).
pub fn needs_first(lang: Lang, revealed: &Revealed) -> Option<WarningCallout> {
    let needs =
        find(revealed, |section| if let Section::Needs(needs) = section { Some(needs) } else { None })?;
    let callout = || {
        let words = given::needs(lang, needs);
        WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t("referral-needs-first"), words) }
    };
    (!needs.is_empty()).then(callout)
}

/// The same beside a form, to read again.
pub fn told(lang: Lang, revealed: &Revealed, now: Timestamp) -> Markup {
    let rows =
        person(lang, revealed, now).into_iter().map(|part| SummaryRow::new(part.heading, part.content));
    Markup::of(&SummaryList { rows: rows.collect(), ..SummaryList::default() })
}

/// What we did and decided, newest first.
pub fn work(lang: Lang, revealed: &Revealed) -> Vec<Part> {
    let part = |id, heading, content| Part { id, heading: lang.t(heading), content };
    let mut parts = Vec::new();
    let undecided = progress(revealed).is_some_and(|at| at.state.is_undecided());
    for section in &revealed.shown {
        match &**section {
            Section::Decision(all) if !all.is_empty() => {
                parts.push(part("decision", "referral-part-decision", decisions(lang, all)));
            }
            Section::Triage(all) if !all.is_empty() => {
                parts.push(part("triage", "referral-part-triage", triages(lang, all)));
            }
            Section::MayHelp(known) if matching::has_part(known, undecided) => {
                parts.insert(0, part("matching", "matching-part", matching::part(lang, known, undecided)));
            }
            Section::Offer(Some(passed)) => {
                let content = handover::passed_on(lang, passed, handover::sees_triage(revealed));
                parts.insert(0, part("offer", "handover-part-offer", content));
            }
            Section::Handovers(all) => {
                let earlier = handover::earlier(lang, all, handover::offered(revealed));
                parts.extend(earlier.map(|content| part("handovers", "handover-part-all", content)));
            }
            Section::Contacts { episode, contacts } if episode.is_some() || !contacts.is_empty() => {
                if let Some(episode) = episode {
                    let content = care::of_record(lang, episode, progress(revealed));
                    parts.push(part("care", "care-part", content));
                }
                let content = contact_list(lang, episode.as_ref(), contacts);
                parts.push(part("contacts", "referral-part-contacts", content));
            }
            _ => {}
        }
    }
    parts
}

/// Everything that happened, closed until asked for.
pub fn history(lang: Lang, revealed: &Revealed) -> Option<Details> {
    let events =
        find(revealed, |section| if let Section::History(events) = section { Some(events) } else { None })?;
    let entries = events.iter().map(|event: &Event| TimelineEntry {
        title: lang.t(names::event(event.kind)).into(),
        by: Some(author(lang, &event.by)),
        at: event.at,
        content: event.why.as_ref().map(|why| Markup::lines(why.as_str())).unwrap_or_default(),
    });
    let content = Markup::of(&Timeline { lang, level: 3, entries: entries.collect() });
    Some(Details { summary: lang.t("referral-part-history").into(), content, ..Details::default() })
}

/// Why there are no words of theirs, and what follows from it.
fn unwritten(told: Option<&Told>, ringing: Ringing) -> &'static str {
    let sent = told.map(|told| (told.sent, told.entered.is_some()));
    match (sent, ringing) {
        (Some((_, true)), _) => "referral-story-entered",
        (Some((Sent::CallMe, false)), Ringing::Yes) => "referral-story-none",
        (Some((Sent::CallMe, false)), Ringing::NotSafe | Ringing::Hard | Ringing::NoNumber) => {
            "referral-story-call"
        }
        (Some((Sent::SoFar | Sent::Whole, false)) | None, _) => "referral-story-unsaid",
    }
}

fn story(lang: Lang, words: Option<&Text>, unwritten: &str) -> Markup {
    match words {
        Some(words) => {
            let content = Markup::paragraphs([Markup::lines(words.as_str())]);
            Markup::of(&InsetText { lang, content })
        }
        None => Markup::paragraphs([lang.t(unwritten)]),
    }
}

/// Whether this was answered. Requests from before answers were kept one by one count as answered; what staff wrote down
/// never was without them.
fn was_asked(revealed: &Revealed, question: Question) -> bool {
    find(revealed, |section| if let Section::Told(told) = section { Some(told) } else { None }).is_none_or(
        |told| (told.given.is_empty() && told.entered.is_none()) || told.given_to(question).is_some(),
    )
}

fn safety(say: Say, answers: &SafetyAnswers, unasked: bool) -> Markup {
    let lang = say;
    let none = answers.dangers.is_empty();
    let said = [
        (answers.call_me, "referral-safety-call-me"),
        (answers.danger_now, "referral-safety-danger-now"),
        (none && unasked, "referral-safety-unasked"),
        (none && !unasked, "referral-safety-none"),
        (answers.safe_for_now, "referral-safety-safe-for-now"),
    ];
    let said = Markup::paragraphs(said.into_iter().filter(|(yes, _)| *yes).map(|(_, key)| lang.t(key)));
    if answers.dangers.is_empty() {
        return said;
    }
    let lines = answers.dangers.iter().map(|danger| lang.t(names::danger(*danger))).collect();
    let yes = Markup::of(&Bullets { before: lang.t("referral-safety-yes"), lines });
    Markup::all([yes, said])
}

fn triages(lang: Lang, all: &[Triage]) -> Markup {
    Markup::all(all.iter().rev().map(|triage| list(triage_rows(lang, triage))))
}

fn triage_rows(lang: Lang, triage: &Triage) -> Vec<SummaryRow> {
    let children = match &triage.children {
        Children::None => lang.t("referral-children-none").into(),
        Children::NoConcern { about } | Children::Urgent { about } => Markup::lines(about.as_str()),
    };
    let mut rows = vec![
        SummaryRow::new(lang.t("referral-triage-category"), lang.t(names::category(triage.category))),
        SummaryRow::new(lang.t("referral-triage-narrative"), Markup::lines(triage.narrative.as_str())),
        SummaryRow::new(lang.t("referral-triage-safety"), Markup::lines(triage.safety.as_str())),
        SummaryRow::new(lang.t("referral-triage-children"), children),
    ];
    if let Some(words) = &triage.competence {
        rows.push(SummaryRow::new(lang.t("referral-triage-competence"), Markup::lines(words.as_str())));
    }
    if let Some(done) = &triage.emergency {
        rows.push(SummaryRow::new(lang.t("referral-triage-emergency"), Markup::lines(done.as_str())));
    }
    rows.push(SummaryRow::new(lang.t("referral-by"), by_at(lang, &triage.by, triage.at)));
    rows
}

fn decisions(lang: Lang, all: &[Decided]) -> Markup {
    Markup::all(all.iter().rev().map(|decided| {
        let mut rows = vec![SummaryRow::new(
            lang.t("referral-decision-outcome"),
            lang.t(names::outcome(&decided.outcome)),
        )];
        rows.extend(outcome_rows(lang, &decided.outcome));
        rows.push(SummaryRow::new(lang.t("referral-by"), by_at(lang, &decided.by, decided.at)));
        list(rows)
    }))
}

fn outcome_rows(lang: Lang, outcome: &Outcome) -> Vec<SummaryRow> {
    let row = |key, text: &str| SummaryRow::new(lang.t(key), Markup::lines(text));
    match outcome {
        Outcome::Accepted { team_name, contact_name, next_step, next_on, panel, .. } => {
            let mut rows = vec![
                row("referral-accept-team", team_name.as_str()),
                row("referral-accept-contact-name", contact_name.as_str()),
                row("referral-accept-next-step", next_step.as_str()),
                row("referral-accept-next-on", &words::day_of(lang, *next_on)),
            ];
            rows.extend(panel.iter().flat_map(|sat| sat_rows(lang, sat)));
            rows
        }
        Outcome::Advised { advice, options, basis, follow_up_on, .. } => vec![
            row("referral-advise-advice", advice.as_str()),
            row("referral-advise-options", options.as_str()),
            match basis {
                AdviceBasis::PersonsWish { said } => row("referral-advise-basis-wish", said.as_str()),
                AdviceBasis::NoTeamNeeded { why } => row("referral-advise-basis-no-team", why.as_str()),
            },
            row("referral-advise-follow-up-on", &words::day_of(lang, *follow_up_on)),
        ],
        Outcome::Redirected { to, contact_name, next, .. } => vec![
            row("handover-row-to", to.as_str()),
            row("handover-contact-name", contact_name.as_str()),
            row("handover-next", next.as_str()),
        ],
        Outcome::Withdrawn { why, safety } => vec![
            row("referral-withdraw-why", why.as_ref().map_or("", |why| why.as_str())),
            row("referral-withdraw-safety", safety.as_str()),
        ],
        Outcome::Duplicate { of, live } => {
            let link = Markup::link(&format!("/referrals/{of}"), &format!("{live}"));
            vec![SummaryRow::new(lang.t("referral-duplicate-live"), link)]
        }
        Outcome::Died { source } => vec![row("referral-death-source", source.as_str())],
    }
}

/// Who sat on the panel that named the team.
fn sat_rows(lang: Lang, sat: &Sat) -> Vec<SummaryRow> {
    let row = |key, text: &str| SummaryRow::new(lang.t(key), Markup::lines(text));
    let both =
        [row("handover-panel-lead", sat.lead.as_str()), row("handover-panel-manager", sat.manager.as_str())];
    let others = sat.others.iter().map(|others| row("handover-panel-others", others.as_str()));
    both.into_iter().chain(others).collect()
}

fn contact_list(lang: Lang, episode: Option<&Episode>, contacts: &[Contact]) -> Markup {
    let mut all = Vec::new();
    if let Some(episode) = episode {
        all.push(list(vec![SummaryRow::new(
            lang.t("referral-accept-contact-name"),
            episode.contact_name.to_string(),
        )]));
    }
    let entries = contacts.iter().rev().map(|contact| {
        let reached =
            if contact.reached { "referral-contact-reached" } else { "referral-contact-not-reached" };
        TimelineEntry {
            title: lang.tr(reached, &[("mode", lang.t(names::mode(contact.mode)))]).into(),
            by: Some(author(lang, &contact.by)),
            at: contact.at,
            content: Markup::paragraphs(
                std::iter::once(Markup::lines(contact.next.as_str()))
                    .chain(needs::said(lang, contact.needs.as_ref()).map(Markup::from)),
            ),
        }
    });
    all.push(Markup::of(&Timeline { lang, level: 3, entries: entries.collect() }));
    Markup::all(all)
}

/// Rows as a list.
pub fn list(rows: Vec<SummaryRow>) -> Markup {
    Markup::of(&SummaryList { rows, ..SummaryList::default() })
}

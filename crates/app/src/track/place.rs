//! Where one's own request is, in plain words: what happens next and by when, who to ask for, what was told and when, what
//! was sent and whether it arrived, and what can be done now.

use askama::Template;
use axum::extract::{Query, State};
use jiff::Timestamp;
use onedoor_domain::access::Revealed;
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::EventKind;
use onedoor_domain::door::{Answers, Given, Question, Source, Told};
use onedoor_domain::referral::{
    MessageOut, PlainOutcome, Reached, Since, Spoken, SpokenOutcome, StateKind, Whereabouts,
};
use onedoor_domain::section::Section;
use onedoor_domain::value::{Phone, Text};
use serde::Deserialize;

use super::looked::LOOKED;
use super::reach;
use crate::door::controls::title;
use crate::door::cover;
use crate::door::given::given;
use crate::matching::words::because;
use crate::referral::record::find;
use crate::ui::{Button, Frame, Link, Markup, RowAction, SummaryList, SummaryRow, WarningCallout};
use crate::web::{Answer, App, Person, Problem, page};
use crate::words::{self, Lang};

/// What the address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Ask {
    /// What was just done.
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "track/place.html")]
struct PlacePage {
    frame: Frame,
    reference: Markup,
    nobody: Option<WarningCallout>,
    now: Vec<Markup>,
    /// Who is there for them, and how to reach them.
    worker: Vec<String>,
    next: Vec<String>,
    ring: Option<String>,
    steps: Vec<Link>,
    told: SummaryList,
    since: Vec<Markup>,
    messages: SummaryList,
    phrase: Button,
    finish: Button,
}

/// GET `/track/where`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(State(app): State<App>, person: Person, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let mut tx = person.begin().await?;
    let view = tx.referral_view(person.holder.referral).await?;
    let nobody = cover::callout(person.lang, cover::unstaffed(&mut tx).await?, person.ctx.now);
    let number = app.county(person.ctx.tenant).await.ok().and_then(|county| county.reply_number);
    let done = tx.close().await?;
    let mut frame = person.frame(person.lang.t("track-where-title")).await;
    frame.flash = flash(&ask.done).map(|key| person.lang.t(key));
    page(done, &place_page(&person, frame, &view.revealed, (nobody, number))?)
}

fn flash(code: &str) -> Option<&'static str> {
    Some(match code {
        "added" => "track-done-added",
        "changed" => "track-done-changed",
        "asked" => "track-done-asked",
        _ => return None,
    })
}

/// Where it is, if the reader holds it.
pub(super) fn whereabouts(revealed: &Revealed) -> Option<&Whereabouts> {
    find(revealed, |section| if let Section::Whereabouts(place) = section { Some(&**place) } else { None })
}

/// What was told, with who told it and when.
pub(super) fn told_of(revealed: &Revealed) -> Option<&Told> {
    find(revealed, |section| if let Section::Told(told) = section { Some(told) } else { None })
}

fn place_page(
    person: &Person,
    frame: Frame,
    revealed: &Revealed,
    (nobody, number): (Option<WarningCallout>, Option<Phone>),
) -> Result<PlacePage, Problem> {
    let (lang, now) = (person.lang, person.ctx.now);
    let place = whereabouts(revealed).ok_or(Problem::NotFound)?;
    let waits = place.call_by.is_some() || place.read_by.is_some();
    Ok(PlacePage {
        reference: crate::referral::record::reference(&place.reference),
        nobody: nobody.filter(|_| waits),
        now: now_words(lang, place),
        next: next_words(lang, &place.spoken(), now)
            .into_iter()
            .chain(help_words(lang, place, now))
            .collect(),
        worker: worker_words(lang, place),
        ring: number.map(|number| lang.tr("track-ring", &[("number", number.to_string())])),
        steps: steps(lang, place),
        told: told_rows(lang, revealed),
        since: since(lang, revealed),
        messages: messages(lang, revealed),
        phrase: Button { prevents_double_click: true, ..Button::secondary(lang.t("track-phrase-make")) },
        finish: Button::secondary(lang.t("track-finish")),
        frame,
    })
}

/// Where it is.
fn now_words(lang: Lang, place: &Whereabouts) -> Vec<Markup> {
    let say = |key: &str| Markup::from(lang.t(key));
    let Some(outcome) = &place.outcome else {
        return vec![match place.state {
            StateKind::Received => say("track-state-received"),
            StateKind::Screening => say("track-state-screening"),
            StateKind::Redirecting => return handover_words(lang, place),
            StateKind::Triaged | StateKind::Telling | StateKind::Closed => say("track-state-triaged"),
        }];
    };
    let labelled = |key: &str, text: &Text| [Markup::from(lang.t(key)), Markup::lines(text.as_str())];
    let mut said = match outcome {
        PlainOutcome::Accepted { team, contact, next_step, .. } => {
            let parts = [("team", team.to_string()), ("name", contact.to_string())];
            let mut said = vec![Markup::from(lang.tr("track-outcome-accepted", &parts))];
            said.extend(labelled("track-outcome-next", next_step));
            said
        }
        PlainOutcome::Redirected { to, contact, next } => {
            let parts = [("to", to.to_string()), ("name", contact.to_string())];
            let mut said = vec![Markup::from(lang.tr("track-outcome-redirected", &parts))];
            said.extend(labelled("track-outcome-next", next));
            said
        }
        PlainOutcome::Advised { advice, options, .. } => {
            let mut said = vec![say("track-outcome-advised")];
            said.push(Markup::lines(advice.as_str()));
            said.extend(labelled("track-outcome-options", options));
            said
        }
        PlainOutcome::Withdrawn => vec![say("track-outcome-withdrawn")],
        PlainOutcome::Joined { live } => {
            vec![Markup::from(lang.tr("track-outcome-joined", &[("reference", live.to_string())]))]
        }
        PlainOutcome::Ended => vec![say("track-outcome-ended")],
    };
    said.extend(because(lang, &place.because).map(Markup::from));
    said
}

/// Another service was chosen: which, why, and what it promised. Until they have met, we hold them.
fn handover_words(lang: Lang, place: &Whereabouts) -> Vec<Markup> {
    let Some(handover) = &place.handover else { return vec![lang.t("track-state-triaged").into()] };
    let to = ("to", handover.to.to_string());
    let mut said = match &handover.promised {
        None => vec![
            Markup::from(lang.tr("track-handover-asked", &[to])),
            Markup::from(lang.t("track-handover-why")),
            Markup::lines(handover.why.as_str()),
        ],
        Some((name, next, by)) => vec![
            Markup::from(lang.tr(
                "track-handover-takes",
                &[to, ("name", name.to_string()), ("when", words::date_time(lang, *by))],
            )),
            Markup::lines(next.as_str()),
        ],
    };
    said.extend(because(lang, &place.because).map(Markup::from));
    said.push(lang.t("track-handover-hold").into());
    said
}

/// What happens next, and by when. What is late is said to be late.
pub(crate) fn next_words(lang: Lang, place: &Spoken, now: Timestamp) -> Vec<String> {
    let call = if place.call_taken { "track-next-call-taken" } else { "track-next-call" };
    let dated = [
        (call, place.call_by),
        ("track-next-read", place.read_by),
        ("track-next-contact", place.contact_by),
        ("track-next-decide", place.decide_by),
        ("track-next-ends", place.ends_by),
    ];
    let mut next: Vec<String> = dated
        .into_iter()
        .filter_map(|(key, at)| {
            let at = at?;
            let words = lang.tr(key, &[("when", words::date_time(lang, at))]);
            Some(if at < now { format!("{words} {}", lang.t("track-late")) } else { words })
        })
        .collect();
    let day = |key: &str, day| lang.tr(key, &[("day", words::day_of(lang, day))]);
    match &place.outcome {
        Some(SpokenOutcome::Accepted { next_on, .. }) => next.push(day("track-next-accepted", *next_on)),
        Some(SpokenOutcome::Advised { follow_up_on }) => {
            next.push(day("track-next-follow-up", *follow_up_on));
        }
        Some(
            SpokenOutcome::Redirected { .. }
            | SpokenOutcome::Withdrawn
            | SpokenOutcome::Joined { .. }
            | SpokenOutcome::Ended,
        )
        | None => {}
    }
    next.extend(place.returns_until.map(|until| day("track-next-return", until)));
    next
}

/// Who is there for them, how to reach them, and how to say that somebody else would be better.
fn worker_words(lang: Lang, place: &Whereabouts) -> Vec<String> {
    let Some(worker) = &place.key_worker else { return Vec::new() };
    let name = || ("name", worker.name.to_string());
    let who = match &worker.role {
        Some(role) => lang.tr("track-worker-role", &[name(), ("role", role.to_string())]),
        None => lang.tr("track-worker", &[name()]),
    };
    let number = worker.number.as_ref();
    let reach = number.map(|number| lang.tr("track-worker-reach", &[name(), ("number", number.to_string())]));
    [Some(who), reach, Some(lang.t("track-worker-other"))].into_iter().flatten().collect()
}

/// By when help has begun, counted from the day they asked, in days as people count them.
fn help_words(lang: Lang, place: &Whereabouts, now: Timestamp) -> Option<String> {
    let by = place.help_by?;
    let (today, last) = (local_date(now), local_date(by));
    let days = today.until(last).map_or(0, |span| span.get_days());
    let day = ("day", words::day_of(lang, last));
    Some(match days {
        ..0 => lang.tr("track-help-late", &[day]),
        0 => lang.tr("track-help-today", &[day]),
        _ => lang.tr("track-help-by", &[day, ("count", days.to_string())]),
    })
}

/// What they can do now. "Things got worse" comes first, always.
fn steps(lang: Lang, place: &Whereabouts) -> Vec<Link> {
    let can = |step: EventKind| place.can.contains(&step);
    let back = match &place.outcome {
        Some(PlainOutcome::Withdrawn | PlainOutcome::Advised { .. } | PlainOutcome::Redirected { .. }) => {
            true
        }
        Some(PlainOutcome::Accepted { .. } | PlainOutcome::Joined { .. } | PlainOutcome::Ended) | None => {
            place.state == StateKind::Closed
        }
    };
    let offered = [
        ("/track/worse", "track-do-worse", can(EventKind::GotWorse)),
        ("/track/add", "track-do-add", can(EventKind::PersonAdded)),
        ("/track/change/contact", "track-do-contact", can(EventKind::PersonChanged)),
        ("/track/change/needs", "track-do-needs", can(EventKind::PersonChanged)),
        ("/track/again", "track-do-again", back),
        ("/find-help", "find-title", true),
        (LOOKED, "looks-link", true),
        ("/track/withdraw", "track-do-withdraw", can(EventKind::WithdrawalAsked)),
    ];
    offered.into_iter().filter(|(_, _, can)| *can).map(|(to, key, _)| Link::new(to, lang.t(key))).collect()
}

/// What they told us, each with who told it and when.
fn told_rows(lang: Lang, revealed: &Revealed) -> SummaryList {
    let (Some(answers), Some(told)) = (Answers::again(revealed), told_of(revealed)) else {
        return SummaryList::default();
    };
    let row = |given_to: &Given| {
        let question = given_to.question;
        let lines = match question {
            Question::ForWhom => return None,
            Question::Safety => vec![lang.t("track-told-safety")],
            Question::WhyNow => story(revealed).into_iter().collect(),
            Question::Contact => {
                answers.contact.as_ref().map(|contact| reach::lines(lang, contact)).unwrap_or_default()
            }
            Question::Age
            | Question::Called
            | Question::Asker
            | Question::AskerContact
            | Question::Knows
            | Question::Tried
            | Question::Permissions
            | Question::Help
            | Question::Needs
            | Question::Caring
            | Question::Practical
            | Question::Before
            | Question::AboutYou => given(crate::door::voice::Say::own(lang), question, &answers),
        };
        let value = lines.into_iter().chain([source(lang, given_to)]).collect::<Vec<_>>().join("\n");
        let key = lang.t(title(question));
        let row = SummaryRow::new(key.as_str(), Markup::lines(&value));
        Some(match question {
            Question::Contact | Question::Needs => {
                let to = format!("/track/change/{}", question.code());
                row.action(RowAction::new(&to, lang.t("door-row-change"), key.as_str()))
            }
            _ => row,
        })
    };
    SummaryList { rows: told.given.iter().filter_map(row).collect(), ..SummaryList::default() }
}

fn story(revealed: &Revealed) -> Option<String> {
    find(
        revealed,
        |section| {
            if let Section::Story(Some(words)) = section { Some(words.to_string()) } else { None }
        },
    )
}

/// "You told us on Tuesday 24 November 2026".
pub(crate) fn source(lang: Lang, given: &Given) -> String {
    let key = match given.source {
        Source::Person => "track-told-person",
        Source::Carer => "track-told-carer",
        Source::Professional => "track-told-professional",
        Source::Staff => "track-told-staff",
    };
    lang.tr(key, &[("when", words::date(lang, given.at))])
}

/// What they said since, newest first.
fn since(lang: Lang, revealed: &Revealed) -> Vec<Markup> {
    let said: Option<&Since> =
        find(revealed, |section| if let Section::Since(said) = section { Some(said) } else { None });
    let Some(said) = said else { return Vec::new() };
    let at = |key: &str, at| lang.tr(key, &[("when", words::date_time(lang, at))]);
    let added = said
        .added
        .iter()
        .map(|added| (added.at, format!("{}\n{}", at("track-since-added", added.at), added.text)));
    let worse = said.worse.iter().map(|worse| {
        let words = worse.words.as_ref().map(ToString::to_string).unwrap_or_default();
        (worse.at, format!("{}\n{words}", at("track-since-worse", worse.at)))
    });
    let mut all: Vec<(Timestamp, String)> = added.chain(worse).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, text)| Markup::lines(text.trim())).collect()
}

fn messages(lang: Lang, revealed: &Revealed) -> SummaryList {
    let sent: Option<&Vec<MessageOut>> =
        find(revealed, |section| if let Section::Messages(sent) = section { Some(sent) } else { None });
    let row = |message: &MessageOut| {
        let (says, by) = (lang.t(says(message.says)), lang.t(by(message.by)));
        let when = words::date_time(lang, message.made_at);
        let value = [lang.tr("track-message-made", &[("by", by), ("when", when)]), lang.t(reached(message))];
        SummaryRow::new(says, Markup::lines(&value.join("\n")))
    };
    SummaryList { rows: sent.into_iter().flatten().map(row).collect(), ..SummaryList::default() }
}

fn reached(message: &MessageOut) -> &'static str {
    match message.reached {
        Reached::Waiting => "track-reached-waiting",
        Reached::Sent => "track-reached-sent",
        Reached::Asked => "track-reached-asked",
        Reached::Arrived => "track-reached-arrived",
        Reached::Failed => "track-reached-failed",
        Reached::Told => "track-reached-told",
        Reached::NotSent => "track-reached-not-sent",
    }
}

/// What a message said, by its code. A message the person has no words for is the receipt's: it says that we have theirs.
fn says(code: &str) -> &'static str {
    match code {
        "accepted" => "track-message-accepted",
        "introduction" => "track-message-introduction",
        "asked-for" => "track-message-asked-for",
        "advised" => "track-message-advised",
        "duplicate" => "track-message-duplicate",
        "withdrawn" => "track-message-withdrawn",
        "handover-accepted" => "track-message-handover-accepted",
        "handover-back" => "track-message-handover-back",
        "redirected" => "track-message-redirected",
        "key-worker" => "track-message-key-worker",
        _ => "track-message-received",
    }
}

/// How a message went, by its code.
fn by(code: &str) -> &'static str {
    match code {
        "call" => "track-by-call",
        "email" => "track-by-email",
        "letter" => "track-by-letter",
        "text" => "track-by-text",
        _ => "track-by-in-person",
    }
}

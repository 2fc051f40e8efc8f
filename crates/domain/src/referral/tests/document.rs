//! The tables of docs/states.md, made from the machine. Words here are for that page only; the program's own words live
//! in the message files.

use std::fmt::Write as _;

use super::super::no_wrong_door::{EVENTS, enders};
use crate::actor::Author;
use crate::change::EventKind;
use crate::clock::{ClockKind, Targets};
use crate::door::Way;
use crate::fixtures::{by_call, by_email, by_letter, generated, monday};
use crate::notice::tests::{notice, states, steps};
use crate::referral::StateKind;
use crate::task::TaskKind;

#[test]
fn document_states() {
    let parts = [
        ("states", states_part()),
        ("steps", steps_part()),
        ("tasks", tasks_part()),
        ("clocks", clocks_part()),
        ("messages", messages_part()),
    ];
    generated("docs/states.md", &parts);
}

fn state(kind: StateKind) -> (&'static str, &'static str) {
    match kind {
        StateKind::Received => ("Received", "It has arrived. Nobody has opened it yet."),
        StateKind::Screening => ("Screening", "Somebody at the single point of access has it open, by name."),
        StateKind::Triaged => {
            ("Triaged", "A senior has decided how soon the person is seen. Where is not decided yet.")
        }
        StateKind::Redirecting => (
            "Being handed over",
            "A senior chose another service. Until it has met the person, the single point of access holds them.",
        ),
        StateKind::Telling => ("Being told", "It is decided. Those who must know are being told."),
        StateKind::Closed => {
            ("Closed", "It is decided, and everybody was told or a reason not to was recorded.")
        }
    }
}

/// The steps of a referral: the name of each, and what it needs besides the state.
const STEPS: [(EventKind, &str, &str); 53] = [
    (EventKind::DutyAcknowledged, "Answer the duty page by name", "nobody has answered it yet"),
    (EventKind::DutyEscalated, "Ring the next one on the duty ladder", "nobody answered in time"),
    (
        EventKind::DutyRung,
        "Somebody was rung, and what came of it (follows by itself)",
        "the page is not answered",
    ),
    (EventKind::ScreeningStarted, "Open it, or take it over from a colleague", ""),
    (
        EventKind::EnquiryMade,
        "Ask once for what is missing. No clock stops",
        "nobody was asked before; there is a way to ask",
    ),
    (
        EventKind::EnquiryAnswered,
        "That is answered, by the one-time link or told to one of us",
        "it was asked and not answered; the person has not died; by the link: within 2 working days",
    ),
    (EventKind::ContactRecorded, "Record a contact or an attempt", "the person has not died"),
    (
        EventKind::Triaged,
        "Triage, or triage again",
        "category A: what was done now, with incident number; after acceptance: it got worse since; under 16: what the young person understands",
    ),
    (
        EventKind::Accepted,
        "A team accepts",
        "a team that takes referrals; a day from today on; where somebody else asked: the person knows and agrees, or a senior wrote down why not",
    ),
    (
        EventKind::Advised,
        "Give advice",
        "no duty call or first contact is owed; the person knows that somebody asked for them, or a senior wrote down why not; the person's wish or the senior's reason; a follow-up day",
    ),
    (
        EventKind::HandoverProposed,
        "Choose another service",
        "it can be asked; no panel is owed; why this one, in plain words",
    ),
    (EventKind::HandoverOffered, "Ask that service", "the person agrees, or the reason to go without asking"),
    (
        EventKind::HandoverAccepted,
        "The service takes the person",
        "it was asked; who gets in touch, and how; on screen, by one-time link, or on the phone to a named person",
    ),
    (
        EventKind::HandoverDeclined,
        "The service cannot take the person. Back in the queue with the original date and category",
        "it was asked, and they have not met; a coded reason, and words",
    ),
    (EventKind::HandoverIntroduced, "Introduce them", "it was accepted"),
    (
        EventKind::IntroductionWritten,
        "Introduce them by a message",
        "it was accepted; the person may be told; none is on its way. It counts when the person has it",
    ),
    (
        EventKind::HandoverMet,
        "They have met: first contact made",
        "it was accepted; when, how, and how we know; if it got worse and no senior has looked, that comes first",
    ),
    (
        EventKind::HandoverBounced,
        "No answer, or no meeting, in time: it comes back by itself",
        "its time has passed",
    ),
    (EventKind::HandoverTakenBack, "Take it back", "they have not met; why"),
    (
        EventKind::PanelHeld,
        "A panel names the team that holds the person, which cannot decline",
        "two services did not take the person, refusing or giving back; at least two who sat on it, by name",
    ),
    (EventKind::Withdrawn, "The person withdraws", "what was considered about safety"),
    (
        EventKind::DuplicateLinked,
        "Join to the person's live request",
        "the other one is undecided, or a team has just taken it; a promised duty call stays owed",
    ),
    (EventKind::Died, "Record a death", "how it became known"),
    (EventKind::NoticeSpooled, "A message is put in the local spool", "text or e-mail"),
    (EventKind::NoticeHanded, "A provider takes a message", "text or e-mail; its answer is stored"),
    (EventKind::NoticeDelivered, "A provider says it was delivered", "it was taken before"),
    (EventKind::NoticeFailed, "A message fails", "text or e-mail"),
    (EventKind::NoticePrinted, "A letter is printed", "letter"),
    (EventKind::NoticePosted, "A letter is posted, by a named person", "letter"),
    (EventKind::NoticeCameBack, "A posted letter came back", "letter; a human is asked to tell them"),
    (EventKind::ToldByPhone, "Told by phone, by a named person", "not told yet"),
    (EventKind::NoticeExcepted, "Not told, for a reason", "not told yet; the reason"),
    (EventKind::Closed, "Close (follows by itself)", "everybody was told; no duty call is owed"),
    (
        EventKind::Allocated,
        "Take the person, or name the key worker",
        "accepted, and none is named; a manager names somebody else; why, where a wish or anything else speaks against it",
    ),
    (EventKind::KeyWorkerChanged, "Another key worker", "accepted, and one is named; why"),
    (EventKind::WorkerWished, "The person says whom they would like as key worker", "accepted; their words"),
    (
        EventKind::CoverMissing,
        "Nobody covers for the key worker: the team's manager is asked",
        "the key worker is away or has left; nobody is asked yet",
    ),
    (EventKind::CoverFound, "The key worker is back, or somebody covers", "somebody was asked"),
    (
        EventKind::WaitPartRecorded,
        "A part of the four-week wait was done",
        "the wait runs; when, and where it is kept",
    ),
    (
        EventKind::GpAnswered,
        "The practice has read the letter of advice, or why nobody says so",
        "a copy went to it; who there, or the reason",
    ),
    (EventKind::FollowedUp, "Follow-up check: better", "advice was given, and the check is owed"),
    (
        EventKind::Reopened,
        "Follow-up check: not better, or no answer. It opens again with its original date",
        "advice was given, and the check is owed",
    ),
    (EventKind::TaskEnded, "End a task with a reason", "concern for children only; what was done"),
    (EventKind::TaskEscalated, "An overdue task goes one level up", "it is late"),
    (EventKind::BreachExplained, "Explain a missed target", "it was missed; why"),
    (EventKind::PersonAdded, "The person adds something", "the person has not died"),
    (
        EventKind::PersonChanged,
        "The person changes how they are reached, or what they need",
        "the person has not died",
    ),
    (
        EventKind::Given,
        "What is to be done is given to a colleague by name, or back to the team",
        "something is open that one person does",
    ),
    (EventKind::NewRead, "Staff have read what the person said since", "there is something new"),
    (
        EventKind::GotWorse,
        "The person says that things got worse. It is looked at again the same day; with a danger answer the duty \
         person is paged. What a team accepted stays accepted; any other decision is open again",
        "the person has not died",
    ),
    (EventKind::WithdrawalAsked, "The person asks for it to end", "they have not asked yet"),
    (
        EventKind::HeldBack,
        "Not safe to tell the person that somebody asked for them",
        "somebody else asked; they were not told; the senior's reason and a day to look again",
    ),
    (
        EventKind::AgreementWaived,
        "Go on without the person's agreement",
        "somebody else asked; they have not agreed; the senior's lawful reason",
    ),
];

/// The name of a step, and what it needs besides the state; of what is no step, nothing.
fn event(kind: EventKind) -> (&'static str, &'static str) {
    let step = STEPS.iter().find(|(known, _, _)| *known == kind);
    assert!(step.is_some() || kind.states().is_empty(), "{kind:?} is a step without a name");
    step.map_or(("", ""), |(_, name, needs)| (*name, *needs))
}

fn task(kind: TaskKind) -> (&'static str, &'static str) {
    match kind {
        TaskKind::DutyCall => (
            "Ring the person who is in danger or asked to be called",
            "15 minutes, from when somebody is on duty",
        ),
        TaskKind::Triage => ("Read it and decide how soon", "the target of REF-TRIAGE"),
        TaskKind::Decide => ("Decide where help is", "1 working day after triage"),
        TaskKind::FirstContact => (
            "Speak with the person in the time the category gives",
            "A: 1 hour; B, C, D: the category's clock",
        ),
        TaskKind::ChildrenUrgent => ("Act for children who may need help today", "the same day"),
        TaskKind::Tell => ("Make sure that everybody is told of the decision", "1 working day"),
        TaskKind::NotTold => ("Tell somebody whose message failed", "1 working day"),
        TaskKind::FollowUp => ("Ask how things are after advice", "the end of the promised day"),
        TaskKind::Allocate => ("Name a key worker", "5 working days"),
        TaskKind::ReadNew => ("Read what the person said since", "1 working day"),
        TaskKind::Withdrawal => (
            "The person asked for it to end: consider safety",
            "1 working day; the same day if they are not safe",
        ),
        TaskKind::AskAgreement => ("Ask the person about the service that was chosen", "1 working day"),
        TaskKind::HandoverAnswer => (
            "A service that was asked answers; we ring one without an account",
            "A to D: 1 working day; else 3",
        ),
        TaskKind::HandoverMeet => (
            "The service that takes the person meets them",
            "B 4 hours, C 24 hours, D 72 hours; else 28 days",
        ),
        TaskKind::GpReceipt => (
            "A practice that got a letter of advice says that it has read it; it is reminded, then rung",
            "5 working days",
        ),
        TaskKind::Panel => (
            "Hold the \"no wrong door\" panel",
            "2 working days after the second that did not take the person",
        ),
        TaskKind::Enquiry => (
            "What is missing was asked for: triage with what is known, if no answer comes",
            "2 working days; the target of triage stays as it is",
        ),
        TaskKind::TellWorker => ("Tell the person who their key worker is", "1 working day"),
        TaskKind::ChangeWorker => {
            ("The person asked for another key worker: think about it with them", "5 working days")
        }
        TaskKind::Cover => {
            ("Nobody covers for the key worker: find somebody", "the same day, to the team's manager")
        }
        TaskKind::FourWeeks => ("Begin help within four weeks", "the target of 4WW"),
        TaskKind::FaceToFace => {
            ("Be with the person in the time of the crisis standards", "the target of the clock")
        }
        TaskKind::LookAgain => ("Look at the request of somebody who came back", "the same day"),
        TaskKind::TellHeld => (
            "Tell the person that somebody asked for them, and what we hold",
            "one month, or the day a senior set",
        ),
    }
}

/// What an event means where it ends a task.
fn ender(task: TaskKind, kind: EventKind) -> &'static str {
    let words = [
        (EventKind::ContactRecorded, "a contact that reached the person"),
        (EventKind::TaskEnded, "a written account of what was done"),
        (EventKind::EnquiryAnswered, "the answer"),
        (EventKind::Accepted, "acceptance"),
        (EventKind::Advised, "advice"),
        (EventKind::Withdrawn, "withdrawal"),
        (EventKind::NewRead, "somebody who says that they have read it"),
        (EventKind::GotWorse, "the person saying that it got worse"),
        (EventKind::ScreeningStarted, "opening it"),
        (EventKind::Died, "death"),
        (EventKind::Closed, "closing"),
        (EventKind::Reopened, "opening again"),
        (EventKind::GpAnswered, "a named person there who has read it, or a reason"),
        (EventKind::FollowedUp, "a check that found the person better"),
        (EventKind::Allocated, "a named key worker"),
        (EventKind::KeyWorkerChanged, "another key worker"),
        (EventKind::CoverFound, "the key worker being back, or cover"),
        (EventKind::WaitPartRecorded, "the last part of it"),
        (EventKind::NoticeHanded, "the message taken by a provider"),
        (EventKind::NoticePosted, "the letter posted"),
        (EventKind::HeldBack, "a senior's reason not to tell them for now"),
        (EventKind::ToldByPhone, "told by phone"),
        (EventKind::NoticeExcepted, "a reason not to tell"),
    ];
    match (task, kind) {
        (TaskKind::DutyCall, EventKind::DuplicateLinked) => {
            "joining to a live request that owes the call too, or where the person was reached since"
        }
        (_, EventKind::DuplicateLinked) => "joining to the live request",
        (TaskKind::FirstContact, EventKind::Triaged) => "triage into another category, which sets its own",
        (_, EventKind::Triaged) => "triage",
        _ => {
            words.iter().find(|(known, _)| *known == kind).map_or_else(|| event(kind).0, |(_, words)| *words)
        }
    }
}

fn states_part() -> String {
    let mut table = "| State | What it means |\n|---|---|\n".to_owned();
    for (name, words) in StateKind::ALL.map(state) {
        let _ = writeln!(table, "| **{name}** | {words} |");
    }
    table
}

fn steps_part() -> String {
    let mut table = "| Step |".to_owned();
    for (name, _) in StateKind::ALL.map(state) {
        let _ = write!(table, " {name} |");
    }
    table.push_str(" It also needs |\n|---|:-:|:-:|:-:|:-:|:-:|---|\n");
    for kind in EVENTS {
        let (name, needs) = event(kind);
        let _ = write!(table, "| {name} |");
        for state in StateKind::ALL {
            table.push_str(if kind.states().contains(&state) { " ● |" } else { "  |" });
        }
        let _ = writeln!(table, " {needs} |");
    }
    table
}

fn tasks_part() -> String {
    let mut table = "| Task | Due | Ended by |\n|---|---|---|\n".to_owned();
    for kind in TaskKind::ALL {
        let (name, due) = task(kind);
        let ends: Vec<_> = enders::of(kind).iter().map(|event| ender(kind, *event)).collect();
        let _ = writeln!(table, "| {name} | {due} | {} |", ends.join("; "));
    }
    table
}

fn clocks_part() -> String {
    let targets = Targets::default();
    let mut table = "| Clock | Measures | Target |\n|---|---|---|\n".to_owned();
    for kind in ClockKind::ALL {
        let (words, target) = match kind {
            ClockKind::RefAck => {
                ("from arrival to acknowledgement", format!("{} working day", targets.ref_ack_working_days))
            }
            ClockKind::RefTriage => (
                "from arrival, or from opening again, to triage by a senior",
                format!(
                    "{} working day; {} hours where a danger question was answered yes",
                    targets.ref_triage_working_days, targets.ref_triage_flagged_hours
                ),
            ),
            ClockKind::DutyCall => (
                "from a danger answer or “call me” to reaching the person; at night from when somebody is on duty",
                format!("{} minutes", targets.duty_call_minutes),
            ),
            ClockKind::CatB => {
                ("from triage as category B to reaching the person", format!("{} hours", targets.cat_b_hours))
            }
            ClockKind::CatC => {
                ("from triage as category C to reaching the person", format!("{} hours", targets.cat_c_hours))
            }
            ClockKind::CatD => {
                ("from triage as category D to reaching the person", format!("{} hours", targets.cat_d_hours))
            }
            ClockKind::TellHeld => (
                "from a request somebody else made to telling the person that we hold it (UK GDPR article 14)",
                "one month".to_owned(),
            ),
            ClockKind::FourWeekAdult => (
                "an adult: from asking for help to the last of contact, assessment, plan or intervention, and baseline outcome",
                format!("{} days", targets.four_week_days),
            ),
            ClockKind::FourWeekYoung => (
                "under 18: from asking for help to help beginning",
                format!("{} days", targets.four_week_days),
            ),
            ClockKind::EdLiaison => (
                "an emergency department asked, a liaison team took them: from asking to being with the person",
                format!("{} minutes", targets.ed_liaison_minutes),
            ),
            ClockKind::UecVeryUrgent => (
                "a crisis team took them, category B: from asking for help to being with the person",
                format!("{} minutes", targets.uec_very_urgent_minutes),
            ),
            ClockKind::UecUrgent => (
                "a crisis team took them, category C or D: from asking for help to being with the person",
                format!("{} minutes", targets.uec_urgent_minutes),
            ),
        };
        let _ = writeln!(table, "| {} | {words} | {target} |", kind.code());
    }
    table
}

/// The states a message can go to, found by trying every step.
fn leads_to(way: &Way, place: usize) -> String {
    let reached = steps().into_iter().filter_map(|(_, step)| {
        let mut message = notice(way.clone(), states().swap_remove(place));
        message.step(monday(), Author::System, step).ok().map(|()| message.state.code())
    });
    let names: Vec<_> = reached.map(|code| code.replace('-', " ")).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

fn messages_part() -> String {
    let mut table =
        "| A message that is | counts as told | text or e-mail can become | a letter can become | a call can become |\n|---|:-:|---|---|---|\n"
            .to_owned();
    for (place, state) in states().into_iter().enumerate() {
        let told = if state.is_settled() { "●" } else { "" };
        let code = state.code().replace('-', " ");
        let electronic_only = matches!(state.code(), "spooled" | "handed" | "delivered" | "failed");
        let letter_only = matches!(state.code(), "printed" | "posted");
        let by = |way: &Way, never: bool| if never { "–".to_owned() } else { leads_to(way, place) };
        let electronic = by(&by_email(), letter_only);
        let letter = by(&by_letter(), electronic_only);
        let call = by(&by_call(), electronic_only || letter_only);
        let _ = writeln!(table, "| {code} | {told} | {electronic} | {letter} | {call} |");
    }
    table
}

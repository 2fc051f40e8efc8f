//! What each message says by each route, and what it must never say (hazard H05).

use super::*;
use onedoor_domain::matching::Signal;
use onedoor_domain::notice::{NoticeState, Party};

/// Words that would tell somebody who reads along what this is about.
const TELLING: [&str; 16] = [
    "nhs",
    "westmarch",
    "health",
    "mental",
    "crisis",
    "help",
    "team",
    "referral",
    "request",
    "service",
    "advice",
    "111",
    "999",
    "clinic",
    "sleep group",
    "robin",
];

fn county() -> County {
    let mut county = County::new("Westmarch".parse().unwrap());
    county.reply_number = "01632 960500".parse().ok();
    county
}

fn messages() -> Vec<Message> {
    let reference: onedoor_domain::value::Reference = onedoor_domain::value::Reference::from_bytes([7; 8]);
    let on = "2026-12-01".parse().unwrap();
    let news = |news| Message::ToReferrer { reference: reference.clone(), news };
    vec![
        Message::AskedFor { reference: reference.clone(), read_by: "2026-11-25T10:00:00Z".parse().unwrap() },
        news(News::Dealt),
        news(News::Advised { follow_up_on: on }),
        news(News::Accepted {
            team: "North Westmarch Team".parse().unwrap(),
            contact_name: "Robin".parse().unwrap(),
            next_on: on,
        }),
        Message::Received { reference: reference.clone(), read_by: "2026-11-25T10:00:00Z".parse().unwrap() },
        Message::Accepted {
            reference: reference.clone(),
            team: "North Westmarch Team".parse().unwrap(),
            contact_name: "Robin".parse().unwrap(),
            next_step: "Robin rings you about the sleep group.".parse().unwrap(),
            next_on: on,
            because: vec![Signal::Money, Signal::TooAnxious],
        },
        Message::Advised {
            reference: reference.clone(),
            advice: "Try the sleep group.".parse().unwrap(),
            options: "The library has a list of clinics.".parse().unwrap(),
            follow_up_on: on,
            because: vec![Signal::Money],
        },
        Message::HandoverAccepted {
            reference: reference.clone(),
            handover: uuid::Uuid::nil().into(),
            to: "Invented Debt Advice".parse().unwrap(),
            about: Some("We help with debt and letters.".parse().unwrap()),
            contact_name: "Asha".parse().unwrap(),
            next: "Asha rings you about the letters.".parse().unwrap(),
            on: Some(on),
            meet_by: "2026-12-22T10:00:00Z".parse().unwrap(),
            because: vec![Signal::Money],
        },
        Message::Introduction {
            reference: reference.clone(),
            handover: uuid::Uuid::nil().into(),
            to: "Invented Debt Advice".parse().unwrap(),
            contact_name: "Asha".parse().unwrap(),
            next: "Asha rings you about the letters.".parse().unwrap(),
            on: Some(on),
            meet_by: "2026-12-22T10:00:00Z".parse().unwrap(),
        },
        Message::HandoverBack {
            reference: reference.clone(),
            handover: uuid::Uuid::nil().into(),
            to: "Invented Debt Advice".parse().unwrap(),
            decide_by: "2026-11-25T10:00:00Z".parse().unwrap(),
        },
        Message::Redirected {
            reference: reference.clone(),
            to: "Invented Debt Advice".parse().unwrap(),
            contact_name: "Asha".parse().unwrap(),
            next: "Asha sees you every Thursday.".parse().unwrap(),
        },
        Message::KeyWorker {
            reference: reference.clone(),
            team: "North Westmarch Team".parse().unwrap(),
            name: "Robin".parse().unwrap(),
            role: "Nurse".parse().ok(),
            number: "01632 960301".parse().ok(),
            instead: true,
        },
        Message::Withdrawn { reference: reference.clone() },
        Message::Duplicate { reference, live: onedoor_domain::value::Reference::from_bytes([8; 8]) },
    ]
}

fn email(say_nhs: bool) -> Route {
    Route::Email { to: "sam@post.example".parse().unwrap(), say_nhs }
}

fn text(say_nhs: bool) -> Route {
    Route::Text { to: "07700 900123".parse().unwrap(), say_nhs }
}

fn said(route: &Route, message: &Message) -> Words {
    let notice = Notice {
        id: uuid::Uuid::nil().into(),
        party: Party::Person,
        route: route.clone(),
        message: message.clone(),
        made_at: "2026-11-24T10:00:00Z".parse().unwrap(),
        state: NoticeState::Queued,
    };
    of(&notice, &county(), Lang::default())
}

#[test]
fn without_permission_nothing_names_a_service_a_subject_or_a_reference() {
    for route in [email(false), text(false)] {
        for message in messages() {
            let words = said(&route, &message);
            let all = format!("{}\n{}", words.subject, words.body()).to_lowercase();
            for telling in TELLING {
                assert!(!all.contains(telling), "\"{telling}\" in {all}");
            }
            assert!(!all.contains(&reference(&message).1.to_lowercase()), "{all}");
            assert!(!words.named && words.subject == "A message for you");
        }
    }
}

#[test]
fn a_message_that_cannot_say_the_decision_asks_to_ring_and_says_nothing_of_it() {
    for route in [email(false), text(false), text(true)] {
        for message in messages().into_iter().filter(|message| !route.carries(message)) {
            let line = said(&route, &message).line();
            assert!(line.contains("We have an answer") || line.contains("we have an answer"), "{line}");
            assert!(line.contains("Please ring 01632 960 500"), "{line}");
            assert!(!line.contains("sleep group"), "{line}");
        }
    }
}

#[test]
fn a_service_that_is_asked_reads_a_reference_and_a_day_and_nothing_of_whom() {
    let reference = onedoor_domain::value::Reference::from_bytes([7; 8]);
    let (handover, day) = (uuid::Uuid::nil().into(), "2026-11-27T10:00:00Z".parse().unwrap());
    let offered = Message::HandoverOffered { reference: reference.clone(), handover, answer_by: day };
    let carry = Message::HandoverCarry { reference: reference.clone(), handover, meet_by: day };
    let copy = Message::IntroductionCopy {
        reference,
        handover,
        contact_name: "Asha".parse().unwrap(),
        meet_by: day,
    };
    let told = [
        (offered, "we look after them"),
        (carry, "Westmarch looks after them"),
        (copy, "says that Asha will be"),
    ];
    for (message, holds) in told {
        let words = said(&email(true), &message);
        let all = format!("{}\n{}", words.subject, words.body());
        assert!(all.contains("27 November 2026") && all.contains(holds), "{all}");
        assert!(!all.contains("Sam") && !all.to_lowercase().contains("mental"), "{all}");
    }
}

#[test]
fn a_message_that_counts_as_telling_says_everything_there_is_to_know() {
    let facts = |message: &Message| match message {
        Message::Received { .. } => vec!["Wednesday 25 November 2026 at 10am"],
        Message::Accepted { .. } => vec!["North Westmarch Team", "1 December 2026", "ask for Robin"],
        Message::Advised { .. } => vec!["Try the sleep group.", "list of clinics", "1 December 2026"],
        Message::Withdrawn { .. } => vec!["we have stopped", "come back to us at any time"],
        Message::Duplicate { .. } => vec!["othing is lost"],
        Message::Enquiry { .. } => vec!["have one question"],
        Message::HandoverOffered { .. } => vec!["our answer"],
        Message::HandoverCarry { .. } => vec!["have met them"],
        Message::GpReminder { .. } => vec!["have read it"],
        Message::HandoverAccepted { .. } => {
            vec!["Invented Debt Advice", "Asha", "22 December 2026", "1 December 2026", "we look after you"]
        }
        Message::Introduction { .. } => {
            vec!["Asha of Invented Debt Advice", "22 December 2026", "1 December 2026", "we look after you"]
        }
        Message::IntroductionCopy { .. } => vec!["will be in touch"],
        Message::HandoverBack { .. } => vec!["not because of you", "We still look after you"],
        Message::Redirected { .. } => vec!["Invented Debt Advice", "Ask for Asha"],
        Message::KeyWorker { .. } => vec!["Robin, Nurse, of North Westmarch Team", "01632 960 301"],
        Message::AskedFor { .. } => vec!["We hold what they told us", "do not want this, tell us"],
        Message::ToReferrer { news: News::Accepted { .. }, .. } => {
            vec!["North Westmarch Team", "1 December 2026"]
        }
        Message::ToReferrer { news: News::Advised { .. }, .. } => {
            vec!["given them advice", "1 December 2026"]
        }
        Message::ToReferrer { .. } => vec!["being dealt with"],
    };
    for route in [email(true), text(true), email(false), text(false)] {
        for message in messages().into_iter().filter(|message| route.carries(message)) {
            let line = said(&route, &message).line();
            for fact in facts(&message) {
                assert!(line.contains(fact), "{fact} missing in {line}");
            }
        }
    }
}

#[test]
fn what_names_us_says_where_help_is_now() {
    for message in messages() {
        let words = said(&email(true), &message);
        assert!(words.body().contains("call 111 and choose option 2") && words.body().contains("999"));
        assert!(words.named && words.subject.starts_with("Westmarch: "));
    }
}

#[test]
fn a_free_text_about_the_person_never_goes_into_a_text_message() {
    for message in messages() {
        assert!(!said(&text(true), &message).line().contains("sleep group"));
    }
}

#[test]
fn what_the_person_told_us_is_the_reason_in_full_words_and_never_in_a_text_or_where_we_may_not_say_who_we_are()
 {
    for message in messages().into_iter().filter(|message| !message.reasons().is_empty()) {
        let full = said(&email(true), &message).body();
        assert!(full.contains("We chose this because you told us: money is a worry"), "{full}");
        for route in [email(false), text(false), text(true)] {
            let words = said(&route, &message).body();
            assert!(!words.contains("money") && !words.contains("because"), "{words}");
        }
        let plain = said(&email(true), &message.without_reasons()).body();
        assert!(!plain.contains("because you told us"), "{plain}");
    }
}

//! Every step of a message from every state, on every route, against a table.

use super::{Message, Notice, NoticeState, NoticeStep, Party, Route};
use crate::actor::Author;
use crate::door::{SafeContact, Way};
use crate::fixtures::{by_call, by_email, by_letter, by_text, in_person, line, monday, posted, text};
use crate::value::Reference;

pub(crate) fn notice(way: Way, state: NoticeState) -> Notice {
    let contact = SafeContact::by(way);
    Notice {
        id: uuid::Uuid::nil().into(),
        party: Party::Person,
        route: Route::to_person(&contact),
        message: Message::Withdrawn { reference: Reference::from_bytes([1; 8]) },
        made_at: monday(),
        state,
    }
}

pub(crate) fn states() -> Vec<NoticeState> {
    let (at, by, answer) = (monday(), Author::System, text("Answer."));
    vec![
        NoticeState::Queued,
        NoticeState::Spooled { at, file: line("1.eml") },
        NoticeState::Handed { at, answer: answer.clone() },
        NoticeState::Delivered { at, answer: answer.clone() },
        NoticeState::Failed { at, answer: answer.clone() },
        NoticeState::Printed { at, by: by.clone() },
        NoticeState::Posted { at, by: by.clone(), address_checked: true, needs: None },
        NoticeState::ToldByPhone { at, by: by.clone(), needs: None },
        NoticeState::Excepted { at, by, why: answer },
    ]
}

pub(crate) fn steps() -> Vec<(&'static str, NoticeStep)> {
    let answer = text("Answer.");
    vec![
        ("spooled", NoticeStep::Spooled { file: line("1.eml") }),
        ("handed", NoticeStep::Handed { answer: answer.clone() }),
        ("delivered", NoticeStep::Delivered { answer: answer.clone() }),
        ("failed", NoticeStep::Failed { answer: answer.clone() }),
        ("printed", NoticeStep::Printed),
        ("posted", posted()),
        ("came-back", NoticeStep::CameBack { why: answer.clone() }),
        ("told-by-phone", NoticeStep::ToldByPhone { needs: None }),
        ("excepted", NoticeStep::Excepted { why: answer }),
    ]
}

const ELECTRONIC: [(&str, &[&str]); 9] = [
    ("queued", &["spooled", "handed", "failed", "told-by-phone", "excepted"]),
    ("spooled", &["handed", "failed", "told-by-phone", "excepted"]),
    ("handed", &["delivered", "failed"]),
    ("delivered", &["failed"]),
    ("failed", &["spooled", "handed", "told-by-phone", "excepted"]),
    ("printed", &["told-by-phone", "excepted"]), // never there by this route
    ("posted", &[]),
    ("told-by-phone", &[]),
    ("excepted", &[]),
];

fn allowed(state: &NoticeState, step: &str, way: &Way) -> bool {
    let row = ELECTRONIC.iter().find(|(code, _)| *code == state.code()).unwrap().1;
    let by_hand = matches!(step, "told-by-phone" | "excepted");
    match way {
        Way::Text { .. } | Way::Email { .. } => row.contains(&step),
        Way::Call { .. } | Way::InPerson { .. } => by_hand && row.contains(&step),
        Way::Letter { .. } => match step {
            "printed" => matches!(state, NoticeState::Queued | NoticeState::Failed { .. }),
            "posted" => matches!(
                state,
                NoticeState::Queued | NoticeState::Printed { .. } | NoticeState::Failed { .. }
            ),
            "came-back" => matches!(state, NoticeState::Posted { .. }),
            _ => by_hand && row.contains(&step),
        },
    }
}

#[test]
fn every_step_from_every_state_on_every_route() {
    for way in [by_text(), by_email(), by_letter(), by_call(), in_person()] {
        for state in states() {
            for (name, step) in steps() {
                let mut notice = notice(way.clone(), state.clone());
                let taken = notice.step(monday(), Author::System, step).is_ok();
                // A provider can only answer for what it was given, and only electronic messages are given to one.
                let odd = name == "delivered" && state.code() == "handed";
                assert_eq!(
                    taken,
                    odd || allowed(&state, name, &way),
                    "{name} from {} by {way:?}",
                    state.code()
                );
                let led_to = if name == "came-back" { "failed" } else { name };
                assert_eq!(notice.state.code(), if taken { led_to } else { state.code() });
            }
        }
    }
}

// seed: 27
#[test]
fn told_means_an_answer_a_named_human_or_a_reason() {
    let settled: Vec<_> =
        states().into_iter().filter(NoticeState::is_settled).map(|state| state.code()).collect();
    assert_eq!(settled, ["handed", "delivered", "posted", "told-by-phone", "excepted"]);
}

#[test]
fn messages_go_the_way_the_person_chose() {
    for (way, code, electronic) in [
        (by_text(), "text", true),
        (by_email(), "email", true),
        (by_letter(), "letter", false),
        (by_call(), "call", false),
    ] {
        let route = notice(way, NoticeState::Queued).route;
        assert_eq!((route.code(), route.is_electronic()), (code, electronic));
    }
}

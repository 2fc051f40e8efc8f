//! Every need on every occasion against a table, and what is kept of the answer.

use super::{NeedsMet, Occasion, Wish, unmet};
use crate::door::{Need, Needs, SafeContact, Way};
use crate::episode::{Contact, Mode};
use crate::fixtures::{
    after, by_call, by_email, by_letter, by_text, contact, county, in_person, line, monday, posted, request,
    senior, text, triaged,
};
use crate::notice::{NoticeState, NoticeStep, Party};
use crate::referral::{Category, ContactMade, Referral};
use crate::refused::Refused;

const REACHED: [Occasion; 6] = [
    Occasion::Contact { mode: Mode::FaceToFace, reached: true },
    Occasion::Contact { mode: Mode::Phone, reached: true },
    Occasion::Contact { mode: Mode::Video, reached: true },
    Occasion::Contact { mode: Mode::Written, reached: true },
    Occasion::Letter,
    Occasion::Told,
];

/// One column for each of `REACHED`: face to face, phone, video, written, letter, told by phone.
const ASKED: [(Need, &str); Need::ALL.len()] = [
    (Need::Interpreter, "xxxxxx"),
    (Need::Bsl, "xxx--x"),
    (Need::LipReading, "xxx--x"),
    (Need::Deafblind, "xxxxxx"),
    (Need::TextRelay, "-x---x"),
    (Need::Advocate, "xxx--x"),
    (Need::EasyRead, "---xx-"),
    (Need::LargePrint, "---xx-"),
    (Need::Braille, "---xx-"),
    (Need::Audio, "---xx-"),
    (Need::ElectronicText, "----x-"),
    (Need::WithSomeone, "x-x---"),
    (Need::MoreTime, "xxx--x"),
    (Need::QuietPlace, "x-----"),
    (Need::StepFree, "x-----"),
    (Need::AtHome, "x-----"),
    (Need::Woman, "xxx--x"),
    (Need::Man, "xxx--x"),
    (Need::Reminders, "------"),
    (Need::NoPhoneCalls, "-x---x"),
];

fn safe() -> SafeContact {
    SafeContact { also: vec![by_text(), by_email(), by_letter()], ..SafeContact::by(by_call()) }
}

// seed: 126
#[test]
fn each_need_is_asked_about_where_the_step_does_not_meet_it_and_nowhere_else() {
    for (need, row) in ASKED {
        let needs = Needs { needs: vec![need], ..Needs::default() };
        let found: String = REACHED
            .map(|occasion| if unmet(occasion, &needs, &safe()).is_empty() { '-' } else { 'x' })
            .iter()
            .collect();
        assert_eq!(found, row, "{need:?}");
    }
    assert!(REACHED.iter().all(|occasion| unmet(*occasion, &Needs::default(), &safe()).is_empty()));
}

#[test]
fn a_try_that_reached_nobody_is_asked_only_whether_it_may_be_made_at_all() {
    let needs = Needs { needs: Need::ALL.into(), language: Some(line("Polish")), other: None };
    for mode in Mode::ALL {
        let found = unmet(Occasion::Contact { mode, reached: false }, &needs, &safe());
        let asked = if mode == Mode::Phone { vec![Wish::Need(Need::NoPhoneCalls)] } else { Vec::new() };
        assert_eq!(found, asked, "{mode:?}");
    }
}

#[test]
fn a_language_is_asked_about_once_and_english_never() {
    let speaks = |language, needs| Needs { language: Some(line(language)), needs, other: None };
    for occasion in REACHED {
        assert_eq!(unmet(occasion, &speaks("Polish", vec![]), &safe()), [Wish::Language]);
        let both = speaks("Polish", vec![Need::Interpreter]);
        assert_eq!(unmet(occasion, &both, &safe()), [Wish::Need(Need::Interpreter)]);
        assert_eq!(unmet(occasion, &speaks("english", vec![]), &safe()), []);
    }
}

#[test]
fn a_way_they_did_not_call_safe_is_asked_about_also_when_nobody_was_reached() {
    let asked = |way: Way, mode| {
        [true, false].map(|reached| {
            let occasion = Occasion::Contact { mode, reached };
            unmet(occasion, &Needs::default(), &SafeContact::by(way.clone())) == [Wish::SafeWay]
        })
    };
    for (way, phone, written) in [
        (by_call(), false, true),
        (by_text(), true, false),
        (by_email(), true, false),
        (by_letter(), true, true),
        (in_person(), true, true),
    ] {
        assert_eq!(asked(way.clone(), Mode::Phone), [phone; 2], "{way:?}");
        assert_eq!(asked(way.clone(), Mode::Written), [written; 2], "{way:?}");
        assert_eq!(asked(way.clone(), Mode::FaceToFace), [false; 2], "a meeting is arranged with them");
    }
}

/// Somebody who is written to and needs Braille and no phone calls.
fn braille() -> Referral {
    let mut asking = request(by_letter(), false);
    asking.needs.needs = vec![Need::Braille, Need::NoPhoneCalls];
    triaged(monday(), asking, Category::E)
}

fn why() -> NeedsMet {
    NeedsMet::NotMet { why: text("Braille takes a week; she wanted it now.") }
}

#[test]
fn a_letter_or_a_call_that_does_not_meet_a_need_is_recorded_only_with_an_answer_which_the_history_keeps() {
    let receipt = |referral: &Referral| {
        referral.notices().iter().find(|notice| notice.party == Party::Person).unwrap().id
    };
    let ctx = senior(monday());
    for (silent, said) in [
        (posted(), NoticeStep::Posted { address_checked: true, needs: Some(why()) }),
        (NoticeStep::ToldByPhone { needs: None }, NoticeStep::ToldByPhone { needs: Some(why()) }),
    ] {
        let waits = braille();
        let id = receipt(&waits);
        let refused = waits.clone().step_notice(&ctx, id, silent, &county());
        assert_eq!(refused.unwrap_err(), Refused::NeedsNotSaid);
        let done = waits.step_notice(&ctx, id, said, &county()).unwrap();
        assert!(done.events().iter().any(|event| event.why.as_ref() == why().why()));
        let referral = after(done);
        let kept = referral.notices().iter().find(|notice| notice.id == id).map(|notice| &notice.state);
        assert!(
            matches!(kept, Some(NoticeState::Posted { needs, .. } | NoticeState::ToldByPhone { needs, .. })
                if *needs == Some(why())),
            "{kept:?}"
        );
    }
    let made = |needs| ContactMade { needs, ..contact(monday(), false) };
    assert_eq!(braille().record_contact(&ctx, made(None)).unwrap_err(), Refused::NeedsNotSaid);
    let referral = after(braille().record_contact(&ctx, made(Some(NeedsMet::Met))).unwrap());
    assert_eq!(referral.contacts().last().unwrap().needs, Some(NeedsMet::Met));
}

#[test]
fn what_is_said_unasked_is_kept_too_and_where_nothing_is_to_be_said_nothing_must_be() {
    let plain = triaged(monday(), request(by_call(), false), Category::E);
    let made = ContactMade { needs: Some(why()), ..contact(monday(), true) };
    let kept = |made| after(plain.clone().record_contact(&senior(monday()), made).unwrap());
    assert_eq!(kept(made.clone()).contacts().last().unwrap().needs, Some(why()), "no word is lost");
    assert_eq!(kept(ContactMade { needs: None, ..made }).contacts().last().unwrap().needs, None);
}

#[test]
fn a_letter_counts_only_with_its_address_read_and_what_was_kept_before_can_be_read() {
    let waits = braille();
    let id = waits.notices()[0].id;
    let unread = NoticeStep::Posted { address_checked: false, needs: Some(why()) };
    let refused = waits.step_notice(&senior(monday()), id, unread, &county());
    assert_eq!(refused.unwrap_err(), Refused::AddressNotChecked);
    let before = serde_json::json!({ "state": "posted", "at": monday(), "by": crate::actor::Author::System });
    let read: NoticeState = serde_json::from_value(before).unwrap();
    assert!(matches!(read, NoticeState::Posted { address_checked: false, needs: None, .. }));
    let now = after(braille().record_contact(&senior(monday()), contact(monday(), false)).unwrap());
    let mut body = serde_json::to_value(&**now.contacts().last().unwrap()).unwrap();
    body.as_object_mut().unwrap().remove("needs");
    assert_eq!(serde_json::from_value::<Contact>(body).unwrap().needs, None);
}

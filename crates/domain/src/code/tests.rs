//! How long a code works, how often it may be tried, and what is left of it.

use jiff::SignedDuration;

use super::{Address, AddressError, Answered, CODE_TRIES, Code, Delivery, Purpose};
use crate::change::{Changes, EventKind, Write};
use crate::fixtures::{MINUTE, kinds, line, monday, text, visitor, worker};
use crate::ids::{CodeId, ReferralId};
use crate::refused::Refused;
use crate::value::{EmailError, PhoneError};

const ADDRESS: [u8; 32] = [5; 32];
const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn code_of(changes: &Changes) -> Code {
    let found = changes.writes().iter().find_map(|write| {
        if let Write::Code(code) | Write::NewCode(code) = write { Some(Code::clone(code)) } else { None }
    });
    found.unwrap()
}

fn asked(sealed: Option<Vec<u8>>) -> Code {
    let ctx = visitor(monday());
    let id: CodeId = ctx.new_id();
    let changes = Code::ask(&ctx, id, Purpose::ReturnToDraft, ADDRESS, sealed);
    assert_eq!(kinds(&changes), [EventKind::CodeAsked]);
    code_of(&changes)
}

fn after(by: SignedDuration) -> crate::actor::Ctx {
    visitor(monday().checked_add(by).unwrap())
}

#[test]
fn a_code_works_for_fifteen_minutes() {
    let code = asked(Some(vec![1]));
    assert_eq!(code.works_until(), monday().checked_add(MINUTE * 15).unwrap());
    assert!(matches!(code.clone().answer(&after(MINUTE * 15 - SECOND), true), Ok(Answered::Right(..))));
    assert_eq!(code.answer(&after(MINUTE * 15), true).err(), Some(Refused::LinkSpent));
}

#[test]
fn a_right_code_proves_its_own_address_and_is_used_up() {
    let Ok(Answered::Right(proof, changes)) = asked(Some(vec![1])).answer(&after(MINUTE), true) else {
        panic!("right");
    };
    assert_eq!((proof.key(), kinds(&changes)), (ADDRESS, vec![EventKind::CodeUsed]));
    let used = code_of(&changes);
    assert_eq!(used.answer(&after(MINUTE * 2), true).err(), Some(Refused::LinkSpent), "a replay");
}

#[test]
fn five_wrong_tries_end_it_and_then_the_right_one_is_refused_too() {
    let mut code = asked(Some(vec![1]));
    for tried in 1..=CODE_TRIES {
        let Ok(Answered::Wrong(changes)) = code.answer(&after(MINUTE), false) else { panic!("wrong") };
        assert_eq!(kinds(&changes), [EventKind::CodeTried]);
        code = code_of(&changes);
        assert_eq!(code.works_at(monday()), tried < CODE_TRIES, "after {tried}");
    }
    assert_eq!(code.answer(&after(MINUTE), true).err(), Some(Refused::LinkSpent));
}

#[test]
fn a_wrong_code_for_a_referral_is_written_down_with_the_referral() {
    let ctx = visitor(monday());
    let referral = ReferralId(uuid::Uuid::from_u128(7));
    let asked = Code::ask(&ctx, ctx.new_id(), Purpose::OpenReferral(referral), ADDRESS, None);
    let Ok(Answered::Wrong(changes)) = code_of(&asked).answer(&after(MINUTE), false) else { panic!("wrong") };
    assert_eq!(kinds(&changes), [EventKind::CodeTried, EventKind::TrackingRefused]);
    let Ok(Answered::Right(proof, _)) = code_of(&asked).answer(&after(MINUTE), true) else { panic!("right") };
    assert_eq!(proof.referral(), Some(referral));
}

#[test]
fn a_purpose_comes_back_as_it_was_stored_and_a_mixed_up_one_is_none() {
    let referral = ReferralId(uuid::Uuid::from_u128(7));
    for purpose in [Purpose::ReturnToDraft, Purpose::OpenReferral(referral)] {
        assert_eq!(Purpose::of(purpose.code(), purpose.subject()), Some(purpose));
    }
    assert_eq!(Purpose::of("open-referral", None), None);
    assert_eq!(Purpose::of("return-to-draft", Some(referral.into())), None);
}

#[test]
fn the_sealed_address_goes_when_the_message_left_and_what_became_of_it_stays() {
    let now = monday();
    let outcomes = [
        (Delivery::Spooled { at: now, file: line("a.eml") }, EventKind::CodeSent),
        (Delivery::Handed { at: now, answer: text("250 ok") }, EventKind::CodeSent),
        (Delivery::Failed { at: now, answer: text("550 no") }, EventKind::CodeFailed),
    ];
    for (outcome, kind) in outcomes {
        let changes = asked(Some(vec![1])).delivered(&worker(now), outcome.clone()).unwrap();
        assert_eq!(kinds(&changes), [kind]);
        let code = code_of(&changes);
        assert_eq!(code.delivery, outcome);
        assert_eq!(code.wakes_at(), code.expires_at(), "only the removal is left");
        assert_eq!(code.delivered(&worker(now), outcome).err(), Some(Refused::NoticeStep), "once");
    }
}

#[test]
fn where_nobody_is_known_nothing_can_be_sent_and_all_else_is_alike() {
    let code = asked(None);
    assert_eq!((code.delivery.code(), code.wakes_at()), ("nobody", code.expires_at()));
    let handed = Delivery::Handed { at: monday(), answer: text("250 ok") };
    assert_eq!(code.clone().delivered(&worker(monday()), handed).err(), Some(Refused::NoticeStep));
    assert!(matches!(code.answer(&after(MINUTE), false), Ok(Answered::Wrong(_))));
}

#[test]
fn a_code_is_removed_after_a_day_and_not_before() {
    let code = asked(Some(vec![1]));
    let end = code.expires_at();
    let early = worker(end.checked_sub(SECOND).unwrap());
    assert_eq!(code.clone().purge(&early).err(), Some(Refused::NotDue));
    let changes = code.purge(&worker(end)).unwrap();
    assert_eq!(kinds(&changes), [EventKind::CodePurged]);
    assert!(matches!(changes.writes(), [Write::RemoveCode(_)]));
}

#[test]
fn every_purpose_is_read_back_from_what_is_stored() {
    for purpose in [Purpose::KeepDraft(visitor(monday()).new_id()), Purpose::ReturnToDraft] {
        assert_eq!(Purpose::of(purpose.code(), purpose.subject()), Some(purpose));
    }
    assert_eq!(Purpose::of("keep-draft", None), None);
    assert_eq!(Purpose::of("else", None), None);
}

#[test]
fn one_field_takes_an_e_mail_address_or_a_mobile_number() {
    let normal = |typed: &str| typed.parse::<Address>().map(|address| address.normal());
    assert_eq!(normal(" Robin.Vale@Post.Example ").unwrap(), "robin.vale@post.example");
    assert_eq!(normal("robin.vale@post.example").unwrap(), "robin.vale@post.example");
    for same in ["07700 900123", "+44 7700 900123", "0044 7700900123", "(07700) 900-123"] {
        assert_eq!(normal(same).unwrap(), "+447700900123", "{same}");
    }
    for (typed, why) in [
        ("  ", AddressError::Empty),
        ("robin@", AddressError::Email(EmailError::BadDomain)),
        ("robin", AddressError::Phone(PhoneError::BadCharacter)),
        ("01632 960555", AddressError::NotMobile),
        ("999", AddressError::Phone(PhoneError::TooShort)),
    ] {
        assert_eq!(typed.parse::<Address>(), Err(why), "{typed}");
    }
    let address: Address = "07700 900123".parse().unwrap();
    assert_eq!(format!("{address:?}"), "(hidden)");
}

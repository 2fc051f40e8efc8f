//! What must be answered before sending, and what happens to a draft.

use super::{
    Age, Answers, CaringFact, Danger, Draft, DraftState, ForWhom, Given, Need, Needs, Permissions, Put,
    Question, SafeContact, SelfReferral, Sent, Signal, Source, Strain, Told, Way, WayKind,
};
use crate::change::{Changes, EventKind, Write};
use crate::fixtures::{DAY, MINUTE, by_text, kinds, line, monday, text, visitor, worker};
use crate::refused::Refused;
use crate::section::Receipt;

pub(super) fn complete() -> Answers {
    Answers {
        for_whom: Some(ForWhom::Me),
        called: Some(line("Sam")),
        contact: Some(SafeContact {
            say_nhs: true,
            safe_times: Some(line("after six")),
            ..SafeContact::by(by_text())
        }),
        why_now: Some(text("I cannot sleep.")),
        dangers: Some(Vec::new()),
        permissions: Some(Permissions { tell_gp: true, talk_to: None }),
        ..Answers::default()
    }
}

pub(super) fn draft(changes: &Changes) -> Draft {
    let draft = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::Draft(draft) = write { Some(Draft::clone(draft)) } else { None });
    draft.unwrap()
}

pub(super) fn receipt() -> Receipt {
    Receipt {
        reference: crate::value::Reference::from_bytes([1; 8]),
        received_at: monday(),
        by: WayKind::Text,
        read_by: monday(),
        call_by: None,
        unstaffed: None,
        whom: ForWhom::Me,
        asker_by: None,
        call_asked: None,
    }
}

#[test]
fn name_birth_nhs_number_gp_and_postcode_are_never_needed() {
    let sent = SelfReferral::from_answers(&complete(), monday()).unwrap();
    assert!(sent.identity.full_name.is_none() && sent.identity.born_on.is_none());
    assert!(sent.identity.nhs_number.is_none() && sent.identity.gp_practice.is_none());
    assert!(sent.identity.postcode.is_none());
    assert!(!sent.is_flagged());
}

#[test]
fn what_is_missing_is_named_in_the_order_of_the_pages() {
    let missing = SelfReferral::from_answers(&Answers::default(), monday()).unwrap_err();
    let order: Vec<_> = Question::ALL.into_iter().filter(|question| missing.contains(question)).collect();
    assert_eq!(missing, order);
    assert!(!missing.contains(&Question::AboutYou));
    let one = Answers { why_now: None, ..complete() };
    assert_eq!(SelfReferral::from_answers(&one, monday()), Err(vec![Question::WhyNow]));
}

#[test]
fn every_page_leads_to_the_next_and_the_last_to_checking() {
    let mut at = Question::ForWhom;
    let mut seen = vec![at];
    while let Some(next) = at.next(ForWhom::Me) {
        seen.push(next);
        at = next;
    }
    assert_eq!(seen, ForWhom::Me.questions());
    assert!(Question::ALL.iter().all(|question| Question::from_code(question.code()) == Some(*question)));
}

#[test]
fn any_danger_answer_flags_and_none_is_weighed() {
    for danger in Danger::ALL {
        let answers = Answers { dangers: Some(vec![danger]), ..complete() };
        assert!(SelfReferral::from_answers(&answers, monday()).unwrap().is_flagged(), "{danger:?}");
        assert_eq!(Danger::from_code(danger.code()), Some(danger));
    }
}

#[test]
fn call_me_needs_a_name_and_a_number_and_keeps_what_was_said() {
    let number = || "07700 900123".parse().unwrap();
    let bare = SelfReferral::call_me(&Answers::default(), line("Sam"), number(), monday());
    assert!(bare.is_flagged() && bare.told.sent == Sent::CallMe);
    assert!(!bare.permissions.tell_gp, "nobody else is told unless they said so");
    let Way::Call { voicemail, .. } = bare.contact.way else { panic!("a call") };
    assert!(!voicemail, "no message is left unless they said so");
    let half = Answers { dangers: Some(vec![Danger::AlreadyHurt]), ..complete() };
    let asked = SelfReferral::call_me(&half, line("Sam"), number(), monday());
    assert_eq!((asked.dangers, asked.why_now), (vec![Danger::AlreadyHurt], complete().why_now));
    assert_eq!(asked.contact.safe_times, Some(line("after six")));
    assert_eq!(asked.contact.also, vec![by_text()], "the other safe way is kept");
}

#[test]
fn what_was_told_so_far_can_be_sent_with_a_name_and_one_way() {
    let told = Answers { why_now: None, permissions: None, dangers: None, ..complete() };
    let sent = SelfReferral::so_far(&told, monday()).unwrap();
    assert!(sent.told.sent == Sent::SoFar && !sent.is_flagged() && !sent.permissions.tell_gp);
    let danger = Answers { dangers: Some(vec![Danger::EndingLife]), ..told.clone() };
    assert!(SelfReferral::so_far(&danger, monday()).unwrap().is_flagged());
    let nobody = Answers { called: None, contact: None, ..told };
    assert_eq!(SelfReferral::so_far(&nobody, monday()), Err(vec![Question::Called, Question::Contact]));
}

// seed: 75
#[test]
fn what_was_answered_is_kept_with_who_said_it_and_when() {
    let told = Answers { needs: Some(Needs { needs: vec![Need::Bsl], ..Needs::default() }), ..complete() };
    let sent = SelfReferral::from_answers(&told, monday()).unwrap();
    let asked: Vec<_> = sent.told.given.iter().map(|given| given.question).collect();
    assert!(asked.contains(&Question::Needs) && !asked.contains(&Question::Practical));
    assert!(sent.told.given.iter().all(|given| given.at == monday() && given.source == Source::Person));
}

#[test]
fn the_codes_of_forms_lead_back_to_what_they_name() {
    assert!(Need::ALL.into_iter().all(|need| Need::from_code(need.code()) == Some(need)));
    assert!(CaringFact::ALL.into_iter().all(|fact| CaringFact::from_code(fact.code()) == Some(fact)));
    assert!(Strain::ALL.into_iter().all(|strain| Strain::from_code(strain.code()) == Some(strain)));
    assert!(Signal::ALL.into_iter().all(|signal| Signal::from_code(signal.code()) == Some(signal)));
    assert!(Age::ALL.into_iter().all(|age| Age::from_code(age.code()) == Some(age)));
}

#[test]
fn a_draft_is_kept_thirty_days_from_the_last_save_and_then_removed() {
    let ctx = visitor(monday());
    let begun = Draft::begin(ctx.new_id(), [7; 32], monday());
    let saved = begun.save(&visitor(monday().checked_add(DAY).unwrap()), complete()).unwrap();
    assert_eq!(kinds(&saved), [EventKind::DraftSaved]);
    let saved = draft(&saved);
    let end = monday().checked_add(DAY * 31).unwrap();
    assert_eq!(saved.expires_at(), end);
    let early = saved.clone().purge(&worker(end.checked_sub(DAY).unwrap()));
    assert_eq!(early.err(), Some(Refused::NotDue));
    let purged = saved.purge(&worker(end)).unwrap();
    assert_eq!(kinds(&purged), [EventKind::DraftPurged]);
    assert!(matches!(purged.writes(), [Write::RemoveDraft(_)]));
}

#[test]
fn what_was_sent_is_not_changed_by_the_back_button() {
    let ctx = visitor(monday());
    let mut sent = Draft::begin(ctx.new_id(), [7; 32], monday());
    sent.state = DraftState::Sent { referral: ctx.new_id(), receipt: receipt(), holder: None };
    assert_eq!(sent.save(&ctx, complete()).err(), Some(Refused::AlreadySent));
}

// seed: 75
#[test]
fn what_was_answered_and_is_asked_plainly_again_is_counted() {
    let at = |minutes| monday().checked_add(MINUTE * minutes).unwrap();
    let given = |question, minutes| Given { question, source: Source::Person, at: at(minutes) };
    let mut told = Told::default();
    told.note(&given(Question::Needs, 0), Put::Plainly);
    assert_eq!(told.repeats, 0, "the first time is no repeat");
    told.note(&given(Question::Needs, 1), Put::Shown);
    assert_eq!(told.repeats, 0, "shown with source and date: still right?");
    told.note(&given(Question::Needs, 2), Put::Plainly);
    assert_eq!(told.repeats, 1, "asked as if they had never said it");
    told.note(&given(Question::Safety, 3), Put::Plainly);
    told.note(&given(Question::Safety, 4), Put::Plainly);
    told.note(&given(Question::WhyNow, 5), Put::Plainly);
    told.note(&given(Question::WhyNow, 6), Put::Plainly);
    assert_eq!(told.repeats, 1, "how things are now is always asked");
    assert_eq!(told.given.len(), 3, "the last answer to each question is kept");
    assert_eq!(told.given_to(Question::Needs).map(|given| given.at), Some(at(2)));
    assert_eq!(told.given_to(Question::Called), None);
}

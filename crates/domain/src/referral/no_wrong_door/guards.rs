//! No guard of the machine is idle: with each one taken away, a named check fails, and fails for the reason it guards.

use std::collections::BTreeSet;

use super::rules::Verdict;
use super::search::search_lane;
use super::{starts, worlds};
use crate::actor::{Actor, Role};
use crate::calendar::local_date;
use crate::door::Age;
use crate::fixtures::{
    DAY, HOUR, acceptance, advice, after, arrived, as_actor, by_call, by_email, by_letter, candidate, county,
    flagged, guest, monday, proposal, request, senior, staff, taken, triage_form, triaged, worker,
};
use crate::guest::Errand;
use crate::handover::Answered;
use crate::referral::guard::{Guard, without};
use crate::referral::{Acceptance, Advice, Category, Choice, Referral, Taken, TriageForm};
use crate::refused::Refused;
use crate::worker::{Candidate, Profile};

/// Who notices that a guard is gone.
enum NoticedBy {
    /// The search of `every_reachable_state_keeps_the_invariant`, by the rule with these words.
    Search(&'static str),
    /// A check of this file, by its name.
    Check(&'static str, fn() -> Verdict),
}

fn noticed_by(guard: Guard) -> NoticedBy {
    use NoticedBy::{Check, Search};
    match guard {
        Guard::DeclaredStep => Search("a step was taken that its state does not declare"),
        Guard::EmergencyRecord => Check("category_a_needs_a_record", category_a_needs_a_record),
        Guard::ChildrenTask => Search("children may need help today and nobody is asked to act today"),
        Guard::AdviceAfterContact => Search("advice was given while a call was owed"),
        Guard::FollowUpKept => Search("advised without a follow-up check"),
        Guard::DateAhead => Check("no_date_in_the_past", no_date_in_the_past),
        Guard::ToldBeforeClosing => Search("closed before everybody was told"),
        Guard::CalledBeforeClosing => Search("closed while the duty call is owed"),
        Guard::TriagedBeforeClosing => Search("closed, it got worse, and no senior has looked"),
        Guard::DuplicateOfAnother => Check("joined_only_to_a_living_one", joined_only_to_a_living_one),
        Guard::TaskWaitsForEvent => Search("a task that waits for an event was ticked off"),
        Guard::FailureNoticed => Search("a message failed and nobody is asked to tell them"),
        Guard::VersionShown => Check("an_old_form_changes_nothing", an_old_form_changes_nothing),
        Guard::AgreementFirst => Search("a case was made of somebody who had not agreed"),
        Guard::ToldFirst => Search("decided about somebody who does not know of it"),
        Guard::ReferrerLeast => Search("whoever asked was told more than the person agreed to"),
        Guard::HeldTask => {
            Search("somebody asked for them, they do not know, and nobody is asked to tell them")
        }
        Guard::AskedFirst => Search("a service was asked before the person was"),
        Guard::LinkStands => {
            Check("a_link_of_yesterday_answers_nothing", a_link_of_yesterday_answers_nothing)
        }
        Guard::PanelAfterTwo => Search("two services could not take them and no panel is asked"),
        Guard::ChoiceExplained => Check("a_choice_against_a_wish_says_why", a_choice_against_a_wish_says_why),
        Guard::WorkerTold => {
            Search("they do not know who is there for them and nobody is asked to tell them")
        }
        Guard::CoverAsked => Search("nobody covers for the key worker and nobody is asked"),
        Guard::CompetenceInWords => Check("under_16_needs_words", under_16_needs_words),
        Guard::PageAnswered => Check("an_unanswered_page_rings_the_next", an_unanswered_page_rings_the_next),
    }
}

fn refused<T>(result: Result<T, Refused>, why: Refused, words: &str) -> Verdict {
    if result.err() == Some(why) { Ok(()) } else { Err(words.to_owned()) }
}

fn category_a_needs_a_record() -> Verdict {
    let now = monday();
    let open = after(arrived(now, request(by_email(), false)).open(&senior(now)).unwrap());
    let form = TriageForm { emergency: None, ..triage_form(Category::A) };
    let result = open.triage(&senior(now), form, &county());
    refused(result, Refused::EmergencyRecordNeeded, "category A without a record of what was done now")
}

fn a_choice_against_a_wish_says_why() -> Verdict {
    let now = monday();
    let accepted = triaged(now, request(by_email(), false), Category::E);
    let accepted = after(accepted.accept(&senior(now), acceptance(now), &county()).unwrap());
    let full = Profile { limit: Some(0), ..Profile::default() };
    let worker = Candidate { profile: full, ..candidate(Role::KeyWorker) };
    let chosen = accepted.allocate(&staff(Role::TeamManager, now), Choice { worker, why: None }, &county());
    refused(
        chosen,
        Refused::ReasonNeeded,
        "somebody was chosen against what speaks against it, without a word",
    )
}

fn under_16_needs_words() -> Verdict {
    let now = monday();
    let mut young = request(by_email(), false);
    young.identity.age = Some(Age::UnderSixteen);
    let open = after(arrived(now, young).open(&senior(now)).unwrap());
    let result = open.triage(&senior(now), triage_form(Category::E), &county());
    let words = "nobody said what somebody under 16 understands";
    refused(result, Refused::CompetenceNeeded, words)
}

fn no_date_in_the_past() -> Verdict {
    let now = monday();
    let yesterday = local_date(now.checked_sub(DAY).unwrap());
    let triaged = || triaged(now, request(by_email(), false), Category::E);
    let late = Acceptance { next_on: yesterday, ..acceptance(now) };
    let words = "a next step was promised for yesterday";
    refused(triaged().accept(&senior(now), late, &county()), Refused::DateInPast, words)?;
    let late = Advice { follow_up_on: yesterday, ..advice(now) };
    let words = "a follow-up check was promised for yesterday";
    refused(triaged().advise(&senior(now), late, &county()), Refused::DateInPast, words)
}

fn joined_only_to_a_living_one() -> Verdict {
    let now = monday();
    let one = arrived(now, request(by_email(), false));
    let other = arrived(now, request(by_email(), false));
    let itself = one.clone().link_duplicate(&senior(now), &one, &county());
    refused(itself, Refused::DuplicateOfItself, "a referral was joined to itself")?;
    let joined = after(one.link_duplicate(&senior(now), &other, &county()).unwrap());
    let circle = other.link_duplicate(&senior(now), &joined, &county());
    refused(circle, Refused::LiveReferralClosed, "two referrals were joined to each other")
}

fn an_old_form_changes_nothing() -> Verdict {
    let shown = arrived(monday(), request(by_email(), false)).shown(7);
    refused(shown, Refused::Stale, "a form that showed an older version was taken")
}

fn a_link_of_yesterday_answers_nothing() -> Verdict {
    let asked = triaged(monday(), request(by_email(), false), Category::E);
    let asked = after(asked.propose(&senior(monday()), proposal(false, true), &county()).unwrap());
    let handover = asked.handovers().last().unwrap();
    let late = handover.due_at().unwrap().checked_add(HOUR).unwrap();
    let someone = guest(asked.id(), Errand::Answer(handover.id));
    let ctx = as_actor(Actor::Guest(Box::new(someone)), late);
    let answered = Answered::by_link(&ctx, None).unwrap();
    let result = asked.clone().take_over(&ctx, Taken { answered, ..taken(&ctx) }, &county());
    refused(result, Refused::LinkSpent, "a link was used after its time")
}

fn an_unanswered_page_rings_the_next() -> Verdict {
    let now = monday();
    let rung = |referral: &Referral| referral.page().map(|page| page.at_rung);
    let first = arrived(now, flagged(by_call(), false));
    let later = now.checked_add(HOUR).unwrap();
    let next = after(first.clone().escalate_page(&worker(later), &county()).unwrap());
    if rung(&next) > rung(&first) { Ok(()) } else { Err("nobody else was rung".to_owned()) }
}

fn searched() -> Verdict {
    let worlds = worlds();
    // On this thread: here the guard is away.
    search_lane(&worlds, starts(&worlds)).map(|_| ())
}

#[test]
fn each_guard_taken_away_is_noticed() {
    let guards: BTreeSet<Guard> = Guard::ALL.into_iter().collect();
    assert_eq!(guards.len(), 25, "the list names each guard once");
    for guard in Guard::ALL {
        let (name, failed, why) = match noticed_by(guard) {
            NoticedBy::Search(rule) => {
                ("every_reachable_state_keeps_the_invariant", without(guard, searched), rule)
            }
            NoticedBy::Check(name, check) => {
                assert_eq!(check(), Ok(()), "{name} fails with every guard in force");
                (name, without(guard, check), "")
            }
        };
        let wrong = failed.expect_err(&format!("nothing notices that {guard:?} is gone"));
        assert!(wrong.starts_with(why), "{guard:?} is noticed for another reason: {wrong}");
        println!("without {guard:?}: {name} fails: {wrong}");
    }
}

#[test]
fn a_referral_lives_on_while_a_team_takes_it() {
    let now = monday();
    let accepted = triaged(now, request(by_letter(), false), Category::E);
    let accepted = after(accepted.accept(&senior(now), acceptance(now), &county()).unwrap());
    let again = arrived(now, request(by_email(), false));
    assert!(again.link_duplicate(&senior(now), &accepted, &county()).is_ok());
    let ended = triaged(now, request(by_letter(), false), Category::E);
    let ended = after(ended.advise(&senior(now), advice(now), &county()).unwrap());
    let again = arrived(now, request(by_email(), false));
    let joined = again.link_duplicate(&senior(now), &ended, &county());
    assert_eq!(joined.err(), Some(Refused::LiveReferralClosed));
}

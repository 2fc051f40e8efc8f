//! A call for the duty person: it climbs, it is never dropped, one human takes it by name.

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::duty::{Acknowledged, Cover, NotDue, Page, Rung};
use onedoor_domain::value::Line;

use crate::{id, utc};

const RUNGS: usize = 4;

fn ladder() -> Vec<Rung> {
    vec![Rung::Duty(id(1)), Rung::Deputy(id(2)), Rung::FallbackTeam(id(3)), Rung::ServiceManager(id(4))]
}

fn staffed() -> Cover {
    Cover::Staffed { ladder: ladder() }
}

fn start() -> Timestamp {
    utc("2026-11-19T23:50Z")
}

fn minutes(n: i64) -> Timestamp {
    start() + SignedDuration::from_mins(n)
}

fn opened(cover: &Cover) -> Page {
    Page::open(id(9), cover, start(), 5)
}

fn name() -> Line {
    "Ama Osei".parse().unwrap()
}

#[test]
fn nobody_acknowledges_so_everybody_is_rung_and_then_the_last_again_for_ever() {
    let mut page = opened(&staffed());
    for (step, rung) in ladder().iter().enumerate() {
        assert_eq!((page.paged_now(), page.at_rung), (rung, step));
        assert_eq!(page.next_step_at(), Some(minutes(5 * i64::try_from(step).unwrap() + 5)));
        page = page.clone().escalate(page.next_step_at().unwrap()).unwrap();
    }
    for again in 1..100 {
        assert_eq!(page.paged_now(), &Rung::ServiceManager(id(4)));
        assert_eq!((page.repeats, page.at_rung), (again, RUNGS - 1));
        let due = page.next_step_at().unwrap();
        assert_eq!(due.duration_since(page.rung_since), SignedDuration::from_mins(5));
        page = page.escalate(due).unwrap();
    }
}

#[test]
fn a_step_is_not_taken_early_and_a_late_worker_skips_nobody() {
    let page = opened(&staffed());
    let early = page.clone().escalate(minutes(5) - SignedDuration::from_secs(1));
    assert_eq!(early, Err(NotDue { next: Some(minutes(5)) }));
    let late = page.escalate(minutes(47)).unwrap();
    assert_eq!(late.paged_now(), &Rung::Deputy(id(2)));
    assert_eq!(late.next_step_at(), Some(minutes(52)));
    assert_eq!(late.clone().escalate(minutes(48)), Err(NotDue { next: Some(minutes(52)) }));
}

#[test]
fn the_first_to_answer_has_it_and_the_second_is_told_who() {
    for steps in 0..8 {
        let mut page = opened(&staffed());
        for _ in 0..steps {
            let due = page.next_step_at().unwrap();
            page = page.escalate(due).unwrap();
        }
        let taken = page.acknowledge(id(2), name(), minutes(60)).unwrap();
        assert_eq!(taken.acknowledged, Some(Acknowledged { by: id(2), name: name(), at: minutes(60) }));
        assert_eq!(taken.next_step_at(), None);
        assert_eq!(taken.clone().escalate(Timestamp::MAX), Err(NotDue { next: None }));
        let second = taken.acknowledge(id(1), "Bo Lund".parse().unwrap(), minutes(61)).unwrap_err();
        assert_eq!((second.by, second.name, second.at), (id(2), name(), minutes(60)));
    }
}

#[test]
fn where_nobody_is_on_duty_the_crisis_line_is_rung_and_rung_again() {
    for cover in [Cover::Unstaffed { next: None }, Cover::Staffed { ladder: vec![] }] {
        let page = opened(&cover);
        assert_eq!(page.ladder, [Rung::CrisisLine]);
        let again = page.escalate(minutes(5)).unwrap();
        assert_eq!((again.paged_now(), again.repeats), (&Rung::CrisisLine, 1));
        assert_eq!(again.next_step_at(), Some(minutes(10)));
    }
}

#[test]
fn in_the_morning_a_call_of_the_night_reaches_the_duty_person() {
    let night = opened(&Cover::Unstaffed { next: Some(minutes(500)) }).escalate(minutes(5)).unwrap();
    let still = night.clone().staffed_again(&Cover::Unstaffed { next: None }, minutes(400));
    assert_eq!(still, night);
    let morning = night.clone().staffed_again(&staffed(), minutes(500));
    assert_eq!((morning.paged_now(), morning.repeats), (&Rung::Duty(id(1)), 0));
    assert_eq!((morning.opened_at, morning.next_step_at()), (start(), Some(minutes(505))));
    // Whoever is being rung, or has the call, is not started over.
    assert_eq!(morning.clone().staffed_again(&staffed(), minutes(501)), morning);
    let taken = night.acknowledge(id(5), name(), minutes(300)).unwrap();
    assert_eq!(taken.clone().staffed_again(&staffed(), minutes(500)), taken);
}

#[test]
fn a_step_of_nought_minutes_is_one_minute() {
    let page = Page::open(id(9), &staffed(), start(), 0);
    assert_eq!(page.next_step_at(), Some(minutes(1)));
}

/// Every state within eight events: an open call always has a next step and somebody being rung,
/// a taken one has neither a next step nor a way back.
#[test]
fn no_sequence_of_events_loses_a_call() {
    let mut open = vec![opened(&staffed()), opened(&Cover::Unstaffed { next: None })];
    let (mut seen, mut taken) = (0, 0);
    for _ in 0..8 {
        let mut reached: Vec<Page> = Vec::new();
        for page in open {
            seen += 1;
            let due = page.next_step_at().expect("an open call has a next step");
            assert!(due > page.rung_since && page.ladder.contains(page.paged_now()));
            let done = page.clone().acknowledge(id(7), name(), due).expect("an open call can be taken");
            assert!(done.next_step_at().is_none() && done.escalate(due).is_err());
            taken += 1;
            for after in [page.clone().escalate(due).unwrap(), page.staffed_again(&staffed(), due)] {
                if !reached.contains(&after) {
                    reached.push(after);
                }
            }
        }
        open = reached;
    }
    println!("open states seen {seen}, taken {taken}");
    assert!(seen > 20 && taken == seen);
}

#[test]
fn a_call_travels_whole_and_a_damaged_one_still_rings_somebody() {
    let page = opened(&staffed()).acknowledge(id(2), name(), minutes(3)).unwrap();
    let kept: Page = serde_json::from_str(&serde_json::to_string(&page).unwrap()).unwrap();
    assert_eq!(kept, page);
    let beyond = Page { at_rung: 99, ..opened(&staffed()) };
    assert_eq!(beyond.paged_now(), &Rung::ServiceManager(id(4)));
    let empty = Page { ladder: vec![], ..opened(&staffed()) };
    assert_eq!(empty.paged_now(), &Rung::CrisisLine);
    assert!(empty.escalate(minutes(5)).is_ok());
}

//! The national waits: from the first day, never paused, stopped by what they wait for and by nothing else.

use jiff::{SignedDuration, Timestamp};

use crate::actor::Role;
use crate::clock::{Clock, ClockKind, StopWhy};
use crate::door::{Age, ReferralSource, SelfReferral};
use crate::episode::{Mode, Part};
use crate::fixtures::{
    DAY, HOUR, MINUTE, acceptance, advice, after, agreed, arrived, at, by_email, by_professional, contact,
    county, monday, request, senior, staff, team, text, triage_form, triaged,
};
use crate::referral::{Acceptance, Category, ContactMade, FollowUp, Referral};
use crate::refused::Refused;
use crate::section::Section;
use crate::task::{Level, TaskKind};
use crate::team::{Team, TeamKind};

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn after_(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.checked_add(by).unwrap()
}

fn clock(referral: &Referral, kind: ClockKind) -> &Clock {
    referral.clocks().iter().rev().find(|clock| clock.kind == kind).unwrap()
}

fn has(referral: &Referral, kind: ClockKind) -> bool {
    referral.clocks().iter().any(|clock| clock.kind == kind)
}

fn open(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

fn young() -> SelfReferral {
    let mut sent = request(by_email(), false);
    sent.identity.age = Some(Age::SixteenSeventeen);
    sent
}

/// Taken by a team of this kind, so long after it arrived.
fn taken(sent: SelfReferral, category: Category, kind: Option<TeamKind>, late: SignedDuration) -> Referral {
    let now = after_(monday(), late);
    let opened = after(arrived(monday(), sent).open(&senior(now)).unwrap());
    let read = after(opened.triage(&senior(now), triage_form(category), &county()).unwrap());
    let taken = Acceptance { team: Team { kind, ..team() }, ..acceptance(now) };
    after(read.accept(&senior(now), taken, &county()).unwrap())
}

fn reached(referral: Referral, mode: Mode, when: Timestamp) -> Referral {
    let contact_made = ContactMade { mode, ..contact(when, true) };
    after(referral.record_contact(&staff(Role::SpoaAdmin, when), contact_made).unwrap())
}

fn part(referral: Referral, part: Part, when: Timestamp) -> Result<Referral, Refused> {
    let kept = text("In the notes of the trust.");
    referral.record_part(&staff(Role::KeyWorker, when), part, (when, kept)).map(after)
}

#[test]
fn four_weeks_run_from_the_day_help_was_asked_for_to_the_end_of_the_28th_day() {
    let referral = arrived(monday(), request(by_email(), false));
    let wait = clock(&referral, ClockKind::FourWeekAdult);
    assert_eq!((wait.started_at, wait.target_at), (monday(), at("04-20 23:59:59")));
    assert!(!has(&referral, ClockKind::FourWeekYoung));
    let referral = arrived(monday(), young());
    assert!(has(&referral, ClockKind::FourWeekYoung) && !has(&referral, ClockKind::FourWeekAdult));
    // Over the night when the clocks go forward, and asked for just before midnight.
    let late = arrived(at("03-28 23:59"), request(by_email(), false));
    assert_eq!(clock(&late, ClockKind::FourWeekAdult).target_at, at("04-25 23:59:59"));
}

#[test]
fn an_adult_waits_until_the_last_of_four_parts() {
    let now = |days: i64| after_(monday(), hours(24 * days));
    let taken = taken(request(by_email(), false), Category::E, Some(TeamKind::A06), HOUR);
    assert!(open(&taken, TaskKind::FourWeeks));
    let met = reached(taken, Mode::Phone, now(3));
    assert!(met.episode().unwrap().part(Part::Contact).is_some());
    let assessed = part(met, Part::Assessment, now(5)).unwrap();
    let planned = part(assessed, Part::PlanOrIntervention, now(9)).unwrap();
    assert!(clock(&planned, ClockKind::FourWeekAdult).is_running(), "three of four");
    let done = part(planned, Part::Baseline, now(12)).unwrap();
    let wait = clock(&done, ClockKind::FourWeekAdult);
    assert_eq!((wait.stopped_at, wait.stop_why), (Some(now(12)), Some(StopWhy::Done)));
    assert!(!open(&done, TaskKind::FourWeeks));
    let more = part(done, Part::Assessment, now(13));
    assert_eq!(more.err(), Some(Refused::NotFromHere), "nothing is waited for any more");
}

#[test]
fn the_latest_of_the_four_counts_in_whatever_order_they_are_written_down() {
    let now = |days: i64| after_(monday(), hours(24 * days));
    let taken = taken(request(by_email(), false), Category::E, Some(TeamKind::A06), HOUR);
    let late = now(20);
    let write = |referral: Referral, which, day| {
        let kept = text("In the notes of the trust.");
        after(referral.record_part(&staff(Role::KeyWorker, late), which, (now(day), kept)).unwrap())
    };
    let parts = write(taken, Part::Baseline, 9);
    let parts = write(parts, Part::Assessment, 4);
    let parts = write(parts, Part::PlanOrIntervention, 14);
    let made = ContactMade { mode: Mode::Video, ..contact(now(2), true) };
    let done = after(parts.record_contact(&staff(Role::SpoaAdmin, late), made).unwrap());
    assert_eq!(clock(&done, ClockKind::FourWeekAdult).stopped_at, Some(now(14)));
}

#[test]
fn a_part_lies_between_asking_and_now_and_a_contact_is_recorded_as_one() {
    let taken = || taken(request(by_email(), false), Category::E, Some(TeamKind::A06), HOUR);
    let ctx = staff(Role::KeyWorker, after_(monday(), DAY));
    let kept = || text("In the notes of the trust.");
    let write = |which, when| taken().record_part(&ctx, which, (when, kept())).err();
    assert_eq!(write(Part::Baseline, after_(monday(), DAY * 2)), Some(Refused::NotDue));
    assert_eq!(write(Part::Baseline, at("03-20 10:00")), Some(Refused::DateInPast));
    assert_eq!(write(Part::Contact, monday()), Some(Refused::NotFromHere));
    let before = triaged(monday(), request(by_email(), false), Category::E);
    let early = before.record_part(&ctx, Part::Assessment, (monday(), kept()));
    assert_eq!(early.err(), Some(Refused::NotFromHere), "nobody has taken them yet");
}

#[test]
fn writing_to_somebody_before_or_after_a_team_took_them_is_no_direct_contact() {
    let early = reached(triaged(monday(), request(by_email(), false), Category::E), Mode::Phone, monday());
    let later = after_(monday(), HOUR);
    let taken = after(early.accept(&senior(later), acceptance(later), &county()).unwrap());
    assert!(taken.episode().unwrap().part(Part::Contact).is_none(), "that was not the team");
    let written = reached(taken, Mode::Written, after_(monday(), DAY));
    assert!(written.episode().unwrap().part(Part::Contact).is_none());
    let told_late = ContactMade { mode: Mode::Phone, ..contact(monday(), true) };
    let ctx = staff(Role::SpoaAdmin, after_(monday(), DAY));
    let told_late = after(written.record_contact(&ctx, told_late).unwrap());
    assert!(told_late.episode().unwrap().part(Part::Contact).is_none(), "from before they took the person");
}

// seed: 116
#[test]
fn a_contact_in_the_minute_in_which_they_were_taken_on_counts_and_one_before_does_not() {
    let late = SignedDuration::from_secs(5 * 60 + 42);
    let referral = taken(request(by_email(), false), Category::B, Some(TeamKind::A02), late);
    let minute = after_(monday(), SignedDuration::from_mins(5));
    let before = reached(referral.clone(), Mode::FaceToFace, after_(minute, SignedDuration::from_mins(-1)));
    assert!(clock(&before, ClockKind::UecVeryUrgent).is_running());
    let met = reached(referral, Mode::FaceToFace, minute);
    assert!(!clock(&met, ClockKind::UecVeryUrgent).is_running(), "whoever writes it down says the minute");
}

#[test]
fn pointing_somebody_elsewhere_does_not_count_as_help_begun_for_an_adult() {
    let read = triaged(monday(), request(by_email(), false), Category::G);
    let advised = after(read.advise(&senior(monday()), advice(monday()), &county()).unwrap());
    let wait = clock(&advised, ClockKind::FourWeekAdult);
    assert_eq!(wait.stop_why, Some(StopWhy::NotReached), "closed, and never counted as reached");
    let read = triaged(monday(), young(), Category::G);
    let form = triage_form(Category::G);
    assert_eq!(form.category, Category::G);
    let advised = after(read.advise(&senior(monday()), advice(monday()), &county()).unwrap());
    assert_eq!(clock(&advised, ClockKind::FourWeekYoung).stop_why, Some(StopWhy::Done));
}

#[test]
fn a_young_person_waits_until_help_begins() {
    let later = after_(monday(), DAY);
    let taken = taken(young(), Category::E, Some(TeamKind::A02), HOUR);
    let met = reached(taken, Mode::FaceToFace, later);
    assert!(clock(&met, ClockKind::FourWeekYoung).is_running(), "meeting is not yet help");
    let measured = part(met, Part::Baseline, later).unwrap();
    assert!(clock(&measured, ClockKind::FourWeekYoung).is_running());
    let begun = part(measured, Part::Assessment, later).unwrap();
    assert_eq!(clock(&begun, ClockKind::FourWeekYoung).stopped_at, Some(later));
    assert!(!open(&begun, TaskKind::FourWeeks));
}

// seed: 116
#[test]
fn opened_again_they_wait_on_from_the_first_day() {
    let read = triaged(monday(), request(by_email(), false), Category::G);
    let advised = after(read.advise(&senior(monday()), advice(monday()), &county()).unwrap());
    let later = after_(monday(), DAY * 15);
    let worse = FollowUp::NotBetter { said: text("No better.") };
    let again = after(advised.follow_up(&senior(later), worse, &county()).unwrap());
    let wait = clock(&again, ClockKind::FourWeekAdult);
    assert!(wait.is_running());
    assert_eq!((wait.started_at, wait.target_at), (monday(), at("04-20 23:59:59")), "never begun anew");
}

#[test]
fn a_crisis_team_is_measured_by_hours_from_when_help_was_asked_for() {
    let cases = [
        (Category::B, TeamKind::A02, Some((ClockKind::UecVeryUrgent, 240))),
        (Category::C, TeamKind::A02, Some((ClockKind::UecUrgent, 1_440))),
        (Category::D, TeamKind::A19, Some((ClockKind::UecUrgent, 1_440))),
        (Category::B, TeamKind::A18, Some((ClockKind::UecVeryUrgent, 240))),
        (Category::E, TeamKind::A02, None),
        (Category::B, TeamKind::A06, None),
        (Category::B, TeamKind::A11, None),
    ];
    for (category, kind, expected) in cases {
        let taken = taken(request(by_email(), false), category, Some(kind), HOUR);
        let wait = ClockKind::FACE_TO_FACE.into_iter().find(|kind| has(&taken, *kind));
        assert_eq!(wait, expected.map(|(wait, _)| wait), "{category:?} {kind:?}");
        assert_eq!(open(&taken, TaskKind::FaceToFace), expected.is_some());
        if let Some((wait, minutes)) = expected {
            let target = after_(monday(), SignedDuration::from_mins(minutes));
            assert_eq!((clock(&taken, wait).started_at, clock(&taken, wait).target_at), (monday(), target));
        }
        let other = !kind.is_core();
        let four = clock(&taken, ClockKind::FourWeekAdult);
        assert_eq!(four.stop_why, other.then_some(StopWhy::OtherWait), "{kind:?}");
    }
    let unknown = taken(request(by_email(), false), Category::B, None, HOUR);
    assert!(clock(&unknown, ClockKind::FourWeekAdult).is_running(), "nobody has said what the team is");
}

#[test]
fn an_emergency_department_that_asks_a_liaison_team_waits_an_hour() {
    let from = |source| by_professional(by_email(), agreed(), (source, by_email()));
    let liaison = taken(from(ReferralSource::H1), Category::C, Some(TeamKind::A11), MINUTE * 10);
    let wait = clock(&liaison, ClockKind::EdLiaison);
    assert_eq!((wait.started_at, wait.target_at), (monday(), after_(monday(), HOUR)));
    let other = taken(from(ReferralSource::A1), Category::C, Some(TeamKind::A11), MINUTE * 10);
    assert!(!has(&other, ClockKind::EdLiaison), "a practice is no emergency department");
    let community = taken(from(ReferralSource::H1), Category::C, Some(TeamKind::A06), MINUTE * 10);
    assert!(!has(&community, ClockKind::EdLiaison));
    let children = taken(from(ReferralSource::H1), Category::C, Some(TeamKind::C05), MINUTE * 10);
    assert!(has(&children, ClockKind::EdLiaison));
}

#[test]
fn only_being_with_the_person_stops_a_crisis_wait() {
    let taken = taken(request(by_email(), false), Category::B, Some(TeamKind::A02), HOUR);
    let later = after_(monday(), hours(2));
    for mode in [Mode::Phone, Mode::Video, Mode::Written] {
        let rung = reached(taken.clone(), mode, later);
        assert!(clock(&rung, ClockKind::UecVeryUrgent).is_running(), "{mode:?}");
        assert!(!clock(&rung, ClockKind::CatB).is_running(), "the category's own clock knows every way");
    }
    let tried = ContactMade { mode: Mode::FaceToFace, ..contact(later, false) };
    let tried = after(taken.clone().record_contact(&staff(Role::SpoaAdmin, later), tried).unwrap());
    assert!(clock(&tried, ClockKind::UecVeryUrgent).is_running(), "nobody was at home");
    let there = reached(taken, Mode::FaceToFace, later);
    let wait = clock(&there, ClockKind::UecVeryUrgent);
    assert_eq!((wait.stopped_at, wait.stop_why), (Some(later), Some(StopWhy::Done)));
    assert!(!open(&there, TaskKind::FaceToFace));
}

#[test]
fn left_alone_a_crisis_wait_goes_to_the_team_manager_and_then_to_the_service_manager() {
    let taken = taken(request(by_email(), false), Category::B, Some(TeamKind::A02), HOUR);
    let task = taken.tasks().iter().find(|task| task.kind == TaskKind::FaceToFace).unwrap();
    let (id, due) = (task.id, task.due_at);
    assert_eq!(due, after_(monday(), hours(4)));
    let late = after_(due, MINUTE);
    let up = after(taken.escalate_task(&crate::fixtures::worker(late), id).unwrap());
    let level = |referral: &Referral| referral.tasks().iter().find(|task| task.id == id).unwrap().level;
    assert_eq!(level(&up), Level::TeamManager);
    let later = after_(late, DAY + MINUTE);
    let top = after(up.escalate_task(&crate::fixtures::worker(later), id).unwrap());
    assert_eq!(level(&top), Level::ServiceManager);
    let wait = clock(&top, ClockKind::UecVeryUrgent).id;
    let why = text("Two of us were at another house.");
    let explained = after(top.explain_breach(&staff(Role::TeamManager, later), wait, why.clone()).unwrap());
    assert_eq!(clock(&explained, ClockKind::UecVeryUrgent).breach_reason, Some(why));
}

#[test]
fn the_person_sees_by_when_help_begins() {
    let help_by = |referral: &Referral| {
        referral
            .outside_sections()
            .into_iter()
            .find_map(|section| if let Section::Whereabouts(place) = section { place.help_by } else { None })
    };
    let waits = arrived(monday(), request(by_email(), false));
    assert_eq!(help_by(&waits), Some(at("04-20 23:59:59")));
    let read = triaged(monday(), request(by_email(), false), Category::G);
    let advised = after(read.advise(&senior(monday()), advice(monday()), &county()).unwrap());
    assert_eq!(help_by(&advised), None);
}

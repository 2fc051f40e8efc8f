//! Profiles, who covers, and what speaks for and against somebody.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday, date};

use super::{
    Absence, Asked, Away, Candidate, Cover, MeetsAs, Named, Profession, Profile, Reason, Roster, Skill,
    Standing, Worker, reasons, sort,
};
use crate::actor::Role;
use crate::change::Write;
use crate::door::{Caring, CaringFact, Need, Needs, Practical, Strain, Told};
use crate::fixtures::{COMMUNITY, kinds, line, member, monday, staff, user_of};
use crate::ids::UserId;
use crate::refused::Refused;

fn named(role: Role) -> Named {
    Named { user: user_of(role), name: line(role.code()) }
}

fn worker(profile: Profile) -> Worker {
    Worker { user: user_of(Role::KeyWorker), profile, version: 0 }
}

fn nurse() -> Profile {
    Profile { profession: Some(Profession::Nurse), number: Some(line("99A9999E")), ..Profile::default() }
}

fn saved(worker: Worker, profile: Profile) -> Result<Worker, Refused> {
    let changes = worker.save(&staff(Role::TeamManager, monday()), profile)?;
    let Some(Write::Worker(saved)) = changes.writes().first() else { panic!("nothing is written") };
    Ok(Worker::clone(saved))
}

// seed: 52
#[test]
fn who_is_registered_gives_a_number_and_who_is_not_names_a_supervisor() {
    for profession in Profession::ALL {
        let alone = Profile { profession: Some(profession), ..Profile::default() };
        let needed =
            if profession.register().is_some() { Refused::NumberNeeded } else { Refused::SupervisorNeeded };
        assert_eq!(saved(worker(Profile::default()), alone.clone()).err(), Some(needed), "{profession:?}");
        let whole =
            Profile { number: Some(line("123")), supervisor: Some(named(Role::TeamManager)), ..alone };
        let kept = saved(worker(Profile::default()), whole).unwrap().profile;
        let registered = profession.register().is_some();
        assert_eq!((kept.number.is_some(), kept.supervisor.is_some()), (registered, !registered));
        let expected = if registered { Standing::NotChecked } else { Standing::Supervised };
        assert_eq!(kept.standing(), expected, "{profession:?}");
    }
    assert_eq!(Profile::default().standing(), Standing::Unknown);
}

// seed: 52
#[test]
fn a_registration_is_looked_up_by_somebody_else_and_again_when_the_number_changes() {
    let new = saved(worker(Profile::default()), nurse()).unwrap();
    let own = new.clone().check(&staff(Role::KeyWorker, monday()), date(2026, 3, 23));
    assert_eq!(own.err(), Some(Refused::OwnApproval), "nobody looks up their own");
    let checked = new.check(&staff(Role::TeamManager, monday()), date(2026, 3, 23)).unwrap();
    let Some(Write::Worker(checked)) = checked.writes().first() else { panic!("nothing is written") };
    assert_eq!(checked.profile.standing(), Standing::Checked);
    let same = saved(Worker::clone(checked), Profile { limit: Some(12), ..nurse() }).unwrap();
    assert_eq!(same.profile.standing(), Standing::Checked, "another limit is no other number");
    let other = saved(Worker::clone(checked), Profile { number: Some(line("other")), ..nurse() }).unwrap();
    assert_eq!(other.profile.standing(), Standing::NotChecked);
    let none = worker(Profile::default()).check(&staff(Role::TeamManager, monday()), date(2026, 3, 23));
    assert_eq!(none.err(), Some(Refused::NumberNeeded));
}

#[test]
fn nobody_answers_for_themselves_or_is_their_own_deputy() {
    let peer = Profile { profession: Some(Profession::Peer), ..Profile::default() };
    let own = Some(named(Role::KeyWorker));
    let supervised = Profile { supervisor: own.clone(), ..peer };
    assert_eq!(saved(worker(Profile::default()), supervised).err(), Some(Refused::OwnApproval));
    let deputised = Profile { deputy: own, ..nurse() };
    assert_eq!(saved(worker(Profile::default()), deputised).err(), Some(Refused::OwnApproval));
}

#[test]
fn working_days_are_as_said_and_monday_to_friday_where_nothing_is() {
    let said = Profile { days: [true, false, true, false, false, false, true], ..Profile::default() };
    assert!(said.works_on(Weekday::Monday) && said.works_on(Weekday::Sunday));
    assert!(!said.works_on(Weekday::Tuesday));
    let silent = Profile::default();
    assert!(silent.works_on(Weekday::Friday) && !silent.works_on(Weekday::Saturday));
}

fn absence(who: Role, days: (i8, i8), cover: Role) -> Absence {
    Absence {
        id: uuid::Uuid::from_u128(7).into(),
        who: named(who),
        from: date(2026, 3, days.0),
        to: date(2026, 3, days.1),
        cover: named(cover),
        by: crate::actor::Author::System,
    }
}

#[test]
fn whoever_covers_is_there_themselves() {
    let ctx = staff(Role::TeamManager, monday());
    let plan =
        |absence: Absence, others: &[Absence]| absence.plan(&ctx, others).map(|changes| kinds(&changes));
    let away = absence(Role::KeyWorker, (23, 27), Role::CrisisTeam);
    assert!(plan(away.clone(), &[]).is_ok());
    let cover_too = absence(Role::CrisisTeam, (27, 30), Role::VcsWorker);
    assert_eq!(plan(away.clone(), std::slice::from_ref(&cover_too)), Err(Refused::CoverAway));
    let before = absence(Role::CrisisTeam, (20, 22), Role::VcsWorker);
    assert!(plan(away, &[before]).is_ok(), "back the day before");
    let own = absence(Role::KeyWorker, (23, 27), Role::KeyWorker);
    assert_eq!(plan(own, &[]), Err(Refused::CoverAway));
    assert_eq!(plan(absence(Role::KeyWorker, (27, 23), Role::CrisisTeam), &[]), Err(Refused::DateOrder));
    assert_eq!(plan(absence(Role::KeyWorker, (1, 22), Role::CrisisTeam), &[]), Err(Refused::DateInPast));
}

#[test]
fn who_comes_back_early_is_there_from_that_day() {
    let changes = absence(Role::KeyWorker, (23, 27), Role::CrisisTeam)
        .end(&staff(Role::TeamManager, monday()), date(2026, 3, 25));
    let Some(Write::Absence(ended)) = changes.writes().first() else { panic!("nothing is written") };
    assert!(ended.includes(date(2026, 3, 24)) && !ended.includes(date(2026, 3, 25)));
    let never = absence(Role::KeyWorker, (23, 27), Role::CrisisTeam)
        .end(&staff(Role::TeamManager, monday()), date(2026, 3, 23));
    let Some(Write::Absence(ended)) = never.writes().first() else { panic!("nothing is written") };
    assert!(!ended.includes(date(2026, 3, 23)), "never went");
}

const DAY: Date = date(2026, 3, 24);

fn roster(absences: Vec<Absence>) -> Roster {
    let roles = [Role::KeyWorker, Role::CrisisTeam, Role::VcsWorker, Role::TeamManager];
    Roster { working: roles.map(user_of).into(), absences, ..Roster::default() }
}

#[test]
fn work_goes_to_whoever_covers_then_the_deputy_then_the_team_then_nobody() {
    let covers = |roster: &Roster| roster.cover(user_of(Role::KeyWorker), DAY);
    let by = |role| Cover::By(user_of(role));
    let away = absence(Role::KeyWorker, (23, 27), Role::CrisisTeam);
    assert_eq!(covers(&roster(Vec::new())), Cover::There);
    assert_eq!(covers(&roster(vec![away.clone()])), by(Role::CrisisTeam));
    let other_day = roster(vec![away.clone()]);
    assert_eq!(other_day.cover(user_of(Role::KeyWorker), date(2026, 3, 28)), Cover::There);

    // Whoever covers fell ill: their own cover, a standing deputy before that.
    let ill = absence(Role::CrisisTeam, (24, 24), Role::VcsWorker);
    let chained = roster(vec![away.clone(), ill.clone()]);
    assert_eq!(covers(&chained), by(Role::VcsWorker));
    let deputies = BTreeMap::from([(user_of(Role::KeyWorker), user_of(Role::TeamManager))]);
    assert_eq!(covers(&Roster { deputies, ..chained }), by(Role::TeamManager));

    // Two who cover for each other, both away.
    let back = absence(Role::CrisisTeam, (24, 24), Role::KeyWorker);
    let both = roster(vec![away, back]);
    assert_eq!(covers(&both), Cover::Nobody);
    let team_deputy = Some(user_of(Role::TeamManager));
    assert_eq!(covers(&Roster { team_deputy, ..both }), by(Role::TeamManager));
}

#[test]
fn whose_access_ended_is_not_there_and_covers_for_nobody() {
    let mut left = roster(Vec::new());
    left.working = BTreeSet::from([user_of(Role::CrisisTeam)]);
    assert_eq!(left.cover(user_of(Role::KeyWorker), DAY), Cover::Nobody);
    let mut gone = roster(vec![absence(Role::KeyWorker, (23, 27), Role::CrisisTeam)]);
    gone.working.remove(&user_of(Role::CrisisTeam));
    assert_eq!(gone.cover(user_of(Role::KeyWorker), DAY), Cover::Nobody);
}

#[test]
fn whoever_covers_is_told_for_whom_and_until_when() {
    let roster = roster(vec![absence(Role::KeyWorker, (23, 27), Role::CrisisTeam)]);
    let away = Away { who: named(Role::KeyWorker), until: date(2026, 3, 27) };
    assert_eq!(roster.covers_for(user_of(Role::CrisisTeam), DAY), vec![away]);
    assert!(roster.covers_for(user_of(Role::VcsWorker), DAY).is_empty());
    assert!(roster.covers_for(user_of(Role::CrisisTeam), date(2026, 3, 28)).is_empty());
}

#[test]
fn a_turn_of_duty_of_somebody_who_is_away_is_named_with_its_day() {
    let mut county = crate::fixtures::county();
    let turn = |from: &str, to: &str| crate::duty::Shift {
        id: uuid::Uuid::from_u128(9).into(),
        from: crate::fixtures::at(from),
        to: crate::fixtures::at(to),
        duty: user_of(Role::KeyWorker),
        deputy: Some(user_of(Role::CrisisTeam)),
    };
    // A night that ends as the first day away begins is none of it; one that ends in it is.
    county.rota.shifts = vec![
        turn("03-20 20:00", "03-21 08:00"),
        turn("03-23 20:00", "03-24 00:00"),
        turn("03-24 20:00", "03-25 08:00"),
        turn("03-27 08:00", "03-27 20:00"),
        turn("03-28 08:00", "03-28 20:00"),
    ];
    let away = [absence(Role::KeyWorker, (25, 27), Role::VcsWorker)];
    let named: Vec<_> = county.away_on_duty(&away, monday()).into_iter().map(|(_, from)| from).collect();
    assert_eq!(named, [crate::fixtures::at("03-24 20:00"), crate::fixtures::at("03-27 08:00")]);
    let deputy = [absence(Role::CrisisTeam, (28, 28), Role::VcsWorker)];
    assert_eq!(county.away_on_duty(&deputy, monday()).len(), 1);
    assert!(
        county.away_on_duty(&away, crate::fixtures::at("03-28 00:00")).is_empty(),
        "what is over is over"
    );
}

fn candidate(name: &str, profile: Profile) -> Candidate {
    let user: UserId = member(Role::KeyWorker, COMMUNITY).user;
    Candidate { user, name: line(name), role: None, profile, caseload: 12, away: None, before: false }
}

fn known() -> Profile {
    let peer = Some(Profession::Peer);
    Profile { profession: peer, supervisor: Some(named(Role::TeamManager)), ..Profile::default() }
}

#[test]
fn what_speaks_for_somebody_is_said_in_words() {
    let needs = Needs { language: Some(line("polish")), needs: vec![Need::Woman, Need::Bsl], other: None };
    let told = Told {
        caring: Some(Caring { facts: vec![CaringFact::PregnantOrBaby, CaringFact::Children], about: None }),
        practical: Some(Practical { strains: vec![Strain::Drugs, Strain::NoHome], about: None }),
        ..Told::default()
    };
    let asked = Asked::of(&needs, Some(&told));
    let can = [Skill::Perinatal, Skill::Substances, Skill::Bsl, Skill::Eating];
    let profile = Profile {
        meets_as: Some(MeetsAs::Woman),
        languages: vec![line("Urdu"), line("Polish")],
        skills: can.into(),
        limit: Some(15),
        ..known()
    };
    let said = reasons(&asked, &Candidate { before: true, ..candidate("Robin", profile) });
    let expected = [
        Reason::Before,
        Reason::Speaks(line("Polish")),
        Reason::AsAsked(MeetsAs::Woman),
        Reason::Knows(Skill::Perinatal),
        Reason::Knows(Skill::Substances),
        Reason::Knows(Skill::Bsl),
        Reason::Room(12, 15),
    ];
    assert_eq!(said, expected);
    assert!(said.iter().all(|reason| !reason.is_against()));
    // Who may not see what else was said is told of nothing but the needs.
    assert_eq!(Asked::of(&needs, None).points_at, BTreeSet::from([Skill::Bsl]));
}

#[test]
fn what_stands_against_somebody_needs_a_reason() {
    let asked = Asked::of(&Needs { needs: vec![Need::Man], ..Needs::default() }, None);
    let profile = Profile { limit: Some(12), ask_first: Some(line("Exams in May.")), ..nurse() };
    let away = Candidate { away: Some(date(2026, 4, 3)), ..candidate("Robin", profile) };
    let expected = [
        Reason::NotAsAsked(MeetsAs::Man),
        Reason::Full(12, 12),
        Reason::Away(date(2026, 4, 3)),
        Reason::AskFirst(line("Exams in May.")),
        Reason::NotChecked,
    ];
    assert_eq!(reasons(&asked, &away), expected);
    assert!(expected.iter().all(Reason::is_against));
    let unknown = candidate("Robin", Profile::default());
    assert_eq!(reasons(&Asked::default(), &unknown), [Reason::NoStanding]);
    let both = Asked::of(&Needs { needs: vec![Need::Man, Need::Woman], ..Needs::default() }, None);
    assert_eq!(both.wants(), None, "both is no wish against anybody");
}

#[test]
fn they_are_offered_by_plain_rules_and_nothing_is_added_up() {
    let asked = Asked::of(&Needs { language: Some(line("Polish")), ..Needs::default() }, None);
    let speaks = Profile { languages: vec![line("Polish")], ..known() };
    let full = Profile { limit: Some(3), ..speaks.clone() };
    let mut offered = vec![
        Candidate { before: true, ..candidate("Full before", full) },
        candidate("Zoe", known()),
        candidate("Adam", known()),
        candidate("Polish", speaks),
        Candidate { before: true, ..candidate("Was before", known()) },
    ];
    sort(&asked, &mut offered);
    let names: Vec<_> = offered.iter().map(|one| one.name.to_string()).collect();
    assert_eq!(names, ["Was before", "Polish", "Adam", "Zoe", "Full before"]);
}

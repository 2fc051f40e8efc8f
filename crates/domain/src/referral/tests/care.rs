//! Who is there for the person: taking, naming, changing, wishes, and nobody left without cover.

use jiff::Timestamp;

use crate::actor::Role;
use crate::actor::{Actor, Ctx};
use crate::change::EventKind;
use crate::door::{Need, Needs};
use crate::fixtures::{
    COMMUNITY, DAY, HOUR, SPOA, acceptance, after, arrived, as_actor, by_call, by_email, by_letter,
    candidate, choice, contact, county, kinds, line, member, monday, named, posted, request, senior, staff,
    text, triaged, user_of, worker,
};
use crate::notice::{Message, NoticeState, NoticeStep, Party};
use crate::referral::{Category, Choice, PlainWorker, Referral};
use crate::refused::Refused;
use crate::section::Section;
use crate::task::{Level, Owner, TaskKind};
use crate::worker::{Candidate, MeetsAs, Profile};

fn later() -> Timestamp {
    monday().checked_add(DAY).unwrap()
}

fn manager(now: Timestamp) -> Ctx {
    staff(Role::TeamManager, now)
}

fn accepted(sent: crate::door::SelfReferral, category: Category) -> Referral {
    let referral = triaged(monday(), sent, category);
    after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap())
}

fn allocated() -> Referral {
    let referral = accepted(named(by_email(), false), Category::E);
    after(referral.allocate(&manager(later()), choice(Role::KeyWorker), &county()).unwrap())
}

fn open(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

fn owner(referral: &Referral, kind: TaskKind) -> Owner {
    referral.tasks().iter().find(|task| task.kind == kind && task.is_open()).unwrap().owner
}

// seed: 51
#[test]
fn naming_a_key_worker_ends_the_task_happens_once_and_tells_the_person() {
    let waiting = accepted(named(by_email(), false), Category::E);
    let before = waiting.notices().len();
    let early = triaged(monday(), request(by_email(), false), Category::E);
    let early = early.allocate(&manager(later()), choice(Role::KeyWorker), &county());
    assert_eq!(early.err(), Some(Refused::NotFromHere));

    let reach = Some("01632 960123".parse().unwrap());
    let profile = Profile { reach: reach.clone(), ..candidate(Role::KeyWorker).profile };
    let robin =
        Candidate { name: line("Robin"), role: Some(line("Nurse")), profile, ..candidate(Role::KeyWorker) };
    let chosen = Choice { worker: robin, why: None };
    let done = after(waiting.allocate(&manager(later()), chosen, &county()).unwrap());
    assert_eq!(done.episode().unwrap().key_worker, Some((user_of(Role::KeyWorker), line("Robin"))));
    assert!(!open(&done, TaskKind::Allocate));
    assert!(done.head().is_changed(), "a form that was shown before is told so");
    let told = &done.notices()[before];
    assert_eq!(told.party, Party::Person);
    let Message::KeyWorker { name, role, number, instead, team, .. } = &told.message else { panic!() };
    assert_eq!((name, role, number), (&line("Robin"), &Some(line("Nurse")), &reach));
    assert_eq!((team, instead), (&line("Westmarch Community Team"), &false));
    assert!(open(&done, TaskKind::TellWorker), "until it is told, somebody is asked");
    let again = done.allocate(&manager(later()), choice(Role::KeyWorker), &county());
    assert_eq!(again.err(), Some(Refused::NotFromHere));
}

// seed: 38
#[test]
fn the_person_sees_who_is_there_for_them_and_how_to_reach_them() {
    let done = allocated();
    let shown = done
        .outside_sections()
        .into_iter()
        .find_map(|section| if let Section::Whereabouts(place) = section { place.key_worker } else { None });
    let expected = PlainWorker { name: line("KEY_WORKER"), role: None, number: None };
    assert_eq!(shown, Some(expected));
    let dead = after(done.record_death(&senior(later()), text("Told by the family.")).unwrap());
    let shown = dead
        .outside_sections()
        .into_iter()
        .find_map(|section| if let Section::Whereabouts(place) = section { place.key_worker } else { None });
    assert_eq!(shown, None);
    assert!(dead.episode().unwrap().ended_at.is_some(), "nobody counts as theirs any more");
}

#[test]
fn anybody_of_the_team_takes_a_person_and_only_the_manager_names_somebody_else() {
    let waiting = accepted(request(by_email(), false), Category::E);
    let own = staff(Role::KeyWorker, later());
    assert!(waiting.clone().allocate(&own, choice(Role::KeyWorker), &county()).is_ok());
    let other = waiting.clone().allocate(&own, choice(Role::VcsWorker), &county());
    assert_eq!(other.err(), Some(Refused::ManagerNames));
    assert!(waiting.allocate(&manager(later()), choice(Role::VcsWorker), &county()).is_ok());
}

#[test]
fn against_the_persons_wish_or_a_full_caseload_only_with_a_reason_that_is_kept() {
    let mut wish = request(by_email(), false);
    wish.needs = Needs { needs: vec![Need::Woman], ..Needs::default() };
    let waiting = accepted(wish, Category::E);
    let plain = |worker| Choice { worker, why: None };
    let man = Profile { meets_as: Some(MeetsAs::Man), ..candidate(Role::KeyWorker).profile };
    let man = Candidate { profile: man, ..candidate(Role::KeyWorker) };
    let refused = waiting.clone().allocate(&manager(later()), plain(man.clone()), &county());
    assert_eq!(refused.err(), Some(Refused::ReasonNeeded));
    let why = Some(text("Asked again; a man is fine for now."));
    let changes =
        waiting.clone().allocate(&manager(later()), Choice { worker: man, why: why.clone() }, &county());
    let changes = changes.unwrap();
    assert_eq!(changes.events()[0].why, why);
    assert_eq!(after(changes).episode().unwrap().named.as_ref().unwrap().why, why);

    let woman =
        Profile { meets_as: Some(MeetsAs::Woman), limit: Some(3), ..candidate(Role::KeyWorker).profile };
    let full = Candidate { profile: woman.clone(), caseload: 3, ..candidate(Role::KeyWorker) };
    let refused = waiting.clone().allocate(&manager(later()), plain(full), &county());
    assert_eq!(refused.err(), Some(Refused::ReasonNeeded));
    let room = Candidate { profile: woman, caseload: 2, ..candidate(Role::KeyWorker) };
    assert!(waiting.allocate(&manager(later()), plain(room), &county()).is_ok());
}

#[test]
fn what_is_still_owed_becomes_the_key_workers() {
    let waiting = accepted(request(by_email(), false), Category::C);
    assert_eq!(owner(&waiting, TaskKind::FirstContact), Owner::Team(COMMUNITY));
    let done = after(waiting.allocate(&manager(later()), choice(Role::KeyWorker), &county()).unwrap());
    let theirs = Owner::User(user_of(Role::KeyWorker));
    assert_eq!(owner(&done, TaskKind::FirstContact), theirs);
    assert_eq!(owner(&done, TaskKind::FourWeeks), theirs);
}

#[test]
fn another_key_worker_needs_a_reason_and_the_person_is_told_again() {
    let done = allocated();
    let silent = Choice { why: None, ..choice(Role::VcsWorker) };
    let refused = done.clone().change_worker(&manager(later()), silent, &county());
    assert_eq!(refused.err(), Some(Refused::ReasonNeeded));
    let same = done.clone().change_worker(&manager(later()), choice(Role::KeyWorker), &county());
    assert_eq!(same.err(), Some(Refused::NotFromHere));
    let colleague = staff(Role::VcsWorker, later());
    let taken = done.clone().change_worker(&colleague, choice(Role::VcsWorker), &county());
    assert_eq!(taken.err(), Some(Refused::ManagerNames), "nobody takes a colleague's people unasked");

    let changes = done.change_worker(&manager(later()), choice(Role::VcsWorker), &county()).unwrap();
    assert_eq!(kinds(&changes), [EventKind::KeyWorkerChanged]);
    let next = after(changes);
    let episode = next.episode().unwrap();
    assert_eq!(episode.key_worker.as_ref().unwrap().0, user_of(Role::VcsWorker));
    assert_eq!(episode.earlier[0].user, user_of(Role::KeyWorker));
    let told: Vec<_> = next.notices().iter().filter(|notice| notice.message.is_of_worker()).collect();
    assert!(matches!(told[0].state, NoticeState::Excepted { .. }), "the first news is no longer true");
    assert!(matches!(told[1].message, Message::KeyWorker { instead: true, .. }));
    assert!(open(&next, TaskKind::TellWorker));
    assert_eq!(owner(&next, TaskKind::FourWeeks), Owner::User(user_of(Role::VcsWorker)));
}

// seed: 51
#[test]
fn the_news_is_owed_until_told_and_again_when_the_letter_comes_back() {
    let waiting = accepted(request(by_letter(), false), Category::E);
    let done = after(waiting.allocate(&manager(later()), choice(Role::KeyWorker), &county()).unwrap());
    let id = done.notices().last().unwrap().id;
    let ctx = staff(Role::SpoaAdmin, later());
    let step = |referral: Referral, step| after(referral.step_notice(&ctx, id, step, &county()).unwrap());
    let sent = step(step(done, NoticeStep::Printed), posted());
    assert!(!open(&sent, TaskKind::TellWorker));
    assert!(sent.may_come_back(sent.notices().last().unwrap()));
    let back = step(sent, NoticeStep::CameBack { why: text("Gone away.") });
    assert!(open(&back, TaskKind::TellWorker), "a letter that came back told nobody");
    let told = step(back, NoticeStep::ToldByPhone { needs: None });
    assert!(!open(&told, TaskKind::TellWorker));
}

#[test]
fn what_was_decided_is_told_for_itself_and_closes_without_the_name() {
    let waiting = accepted(request(by_call(), false), Category::E);
    let done = after(waiting.allocate(&manager(later()), choice(Role::KeyWorker), &county()).unwrap());
    let decided = done.notices().iter().find(|notice| matches!(notice.message, Message::Accepted { .. }));
    let id = decided.unwrap().id;
    let told = NoticeStep::ToldByPhone { needs: None };
    let closed = after(done.step_notice(&staff(Role::SpoaAdmin, later()), id, told, &county()).unwrap());
    assert!(!closed.is_open());
    assert!(open(&closed, TaskKind::TellWorker), "and the name is still owed");
}

#[test]
fn a_key_worker_who_reached_the_person_is_known_to_them() {
    let waiting = accepted(request(by_call(), false), Category::E);
    let done = after(waiting.allocate(&manager(later()), choice(Role::KeyWorker), &county()).unwrap());
    let other =
        after(done.clone().record_contact(&staff(Role::SpoaAdmin, later()), contact(later(), true)).unwrap());
    assert!(open(&other, TaskKind::TellWorker), "somebody else is not the key worker");
    let tried = staff(Role::KeyWorker, later());
    let tried = after(done.clone().record_contact(&tried, contact(later(), false)).unwrap());
    assert!(open(&tried, TaskKind::TellWorker), "an attempt introduces nobody");
    let met = after(done.record_contact(&staff(Role::KeyWorker, later()), contact(later(), true)).unwrap());
    assert!(!open(&met, TaskKind::TellWorker));
    assert!(matches!(met.notices().last().unwrap().state, NoticeState::ToldByPhone { .. }));
}

#[test]
fn a_wish_is_written_down_and_thought_about_with_the_person() {
    let ctx = staff(Role::SpoaAdmin, later());
    let waiting = accepted(request(by_email(), false), Category::E);
    let wished = after(waiting.wish_worker(&ctx, text("The one I had before."), &county()).unwrap());
    assert!(!open(&wished, TaskKind::ChangeWorker), "nobody is named yet: it stands in the queue");
    assert_eq!(wished.episode().unwrap().wishes[0].said, text("The one I had before."));

    let asked = after(allocated().wish_worker(&ctx, text("Somebody nearer my age."), &county()).unwrap());
    assert!(open(&asked, TaskKind::ChangeWorker));
    let colleague = staff(Role::VcsWorker, later());
    let takes = asked.clone().change_worker(&colleague, choice(Role::VcsWorker), &county());
    assert!(takes.is_ok(), "the person asked for somebody else, and a colleague offers");
    let id = asked.tasks().iter().find(|task| task.kind == TaskKind::ChangeWorker).unwrap().id;
    let agreed = asked.clone().end_task(&manager(later()), id, text("They stay together until June."));
    assert!(!open(&after(agreed.unwrap()), TaskKind::ChangeWorker));
    let changed = after(asked.change_worker(&manager(later()), choice(Role::VcsWorker), &county()).unwrap());
    assert!(!open(&changed, TaskKind::ChangeWorker));
    let undecided = arrived(monday(), request(by_email(), false));
    let early = undecided.wish_worker(&ctx, text("Robin."), &county());
    assert_eq!(early.err(), Some(Refused::NotFromHere));
}

#[test]
fn nothing_stays_with_a_key_worker_whom_nobody_covers() {
    let waiting = accepted(request(by_email(), false), Category::C);
    let done = after(waiting.allocate(&manager(later()), choice(Role::KeyWorker), &county()).unwrap());
    let gone = user_of(Role::KeyWorker);
    let other = done.clone().cover_missing(&worker(later()), user_of(Role::VcsWorker));
    assert_eq!(other.err(), Some(Refused::NotFromHere));
    let asked = after(done.cover_missing(&worker(later()), gone).unwrap());
    let cover = asked.tasks().iter().find(|task| task.kind == TaskKind::Cover).unwrap();
    assert_eq!((cover.level, cover.team), (Level::TeamManager, COMMUNITY), "the manager sees it at once");
    assert!(asked.tasks().iter().all(|task| !task.is_open() || task.owner != Owner::User(gone)));
    assert_eq!(asked.clone().cover_missing(&worker(later()), gone).err(), Some(Refused::NotFromHere));
    let next_day = later().checked_add(DAY + HOUR).unwrap();
    assert!(cover.escalates_at().unwrap() <= next_day, "and the service manager a day later");

    let back = after(asked.clone().cover_found(&worker(next_day)).unwrap());
    assert!(!open(&back, TaskKind::Cover));
    assert_eq!(owner(&back, TaskKind::FirstContact), Owner::User(gone), "theirs again");
    let instead = after(asked.change_worker(&manager(next_day), choice(Role::VcsWorker), &county()).unwrap());
    assert!(!open(&instead, TaskKind::Cover));
    let early = instead.cover_found(&worker(next_day));
    assert_eq!(early.err(), Some(Refused::NotFromHere));
}

#[test]
fn of_a_person_who_died_nobody_is_key_worker_any_more() {
    let wished = allocated().wish_worker(&staff(Role::SpoaAdmin, later()), text("Another."), &county());
    let asked =
        after(after(wished.unwrap()).cover_missing(&worker(later()), user_of(Role::KeyWorker)).unwrap());
    let dead = after(asked.record_death(&senior(later()), text("Told by the family.")).unwrap());
    assert!(dead.tasks().iter().all(|task| !task.is_open()), "nothing is owed");
    let named = dead.change_worker(&manager(later()), choice(Role::VcsWorker), &county());
    assert_eq!(named.err(), Some(Refused::NotFromHere));
}

#[test]
fn whoever_is_told_of_a_referral_by_somebody_else_hears_of_the_key_worker_by_their_own_way() {
    // A worker of another team has no relationship to it: the seam hides it, the machine does not decide that.
    let elsewhere = as_actor(Actor::Staff(member(Role::KeyWorker, SPOA)), later());
    let waiting = accepted(request(by_email(), false), Category::E);
    let done = after(waiting.allocate(&elsewhere, choice(Role::KeyWorker), &county()).unwrap());
    let news = done.notices().last().unwrap();
    assert_eq!(news.party, Party::Person);
    assert!(!news.route.carries(&news.message), "without leave to say who writes, it only asks them to ring");
}

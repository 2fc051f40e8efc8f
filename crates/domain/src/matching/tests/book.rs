//! From a draft to an edition in force and back: who may, what must be right first, and two editors at once.

use uuid::Uuid;

use crate::actor::Role;
use crate::change::{Changes, EventKind, Write};
use crate::fixtures::{DAY, as_actor, edition, kinds, line, monday, rules, staff, text, worker};
use crate::ids::ReferralId;
use crate::matching::{
    Case, Compared, Counts, DryRun, Edition, Picture, RuleId, Rulebook, Said, Signal, Stage, shown_count,
};
use crate::refused::Refused;

fn id(code: &str) -> RuleId {
    code.parse().unwrap()
}

fn written(changes: &Changes) -> (Rulebook, Option<Edition>) {
    let found = changes.writes().iter().find_map(|write| {
        if let Write::Rules(book, edition) = write {
            Some((Rulebook::clone(book), edition.as_deref().cloned()))
        } else {
            None
        }
    });
    let (book, edition) = found.unwrap();
    (Rulebook { version: book.version + 1, ..book }, edition)
}

fn run(changes: &Changes) -> DryRun {
    let found = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::DryRun(run) = write { Some(DryRun::clone(run)) } else { None });
    found.unwrap()
}

fn writer() -> crate::actor::Ctx {
    staff(Role::ContentEditor, monday())
}

fn signer() -> crate::actor::Ctx {
    staff(Role::ServiceManager, monday())
}

fn begun() -> Rulebook {
    let book = Rulebook::new(Uuid::from_u128(0xD1), edition());
    assert_eq!((book.stage(), book.live.number), (Stage::InForce, 0));
    written(&book.begin(&writer(), 0, edition()).unwrap()).0
}

/// A finished dry run of this draft.
fn tried(book: &Rulebook) -> DryRun {
    let began = run(&book.clone().dry_run(&writer(), book.version, 3).unwrap());
    run(&began.go_on(&worker(monday()), Compared { seen: 3, ..Compared::default() }, None).unwrap())
}

fn submitted() -> (Rulebook, DryRun) {
    let book = begun();
    let run = tried(&book);
    let version = book.version;
    (written(&book.submit(&writer(), version, Some(&run)).unwrap()).0, run)
}

// seed: 77
#[test]
fn somebody_else_signs_off_and_only_then_it_suggests() {
    let (book, run) = submitted();
    assert_eq!((book.stage(), book.live.number), (Stage::Submitted, 0));
    let own = book.clone().sign_off(&writer(), book.version, Some(&run), text("I like it."));
    assert_eq!(own.unwrap_err(), Refused::OwnApproval, "nobody signs off what they wrote");
    let version = book.version;
    let changes = book.sign_off(&signer(), version, Some(&run), text("Read with the team.")).unwrap();
    assert_eq!(kinds(&changes), [EventKind::RulesSignedOff]);
    let (book, edition) = written(&changes);
    let edition = edition.unwrap();
    assert_eq!((book.stage(), book.live.number, edition.number), (Stage::InForce, 1, 1));
    assert_eq!(edition.why, Some(text("Read with the team.")));
    assert_eq!(edition.signed_by.unwrap().1, line("SERVICE_MANAGER"));
    assert_eq!(edition.writers.len(), 1);
}

#[test]
fn nothing_is_handed_in_before_it_is_right_and_was_tried() {
    let book = begun();
    let version = book.version;
    assert_eq!(book.clone().submit(&writer(), version, None).unwrap_err(), Refused::DryRunNeeded);
    let wrong = written(&book.clone().remove_case(&writer(), version, &id("sofa")).unwrap()).0;
    let run = tried(&wrong);
    let refused = wrong.clone().submit(&writer(), wrong.version, Some(&run)).unwrap_err();
    assert_eq!(refused, Refused::RulesWrong, "no test case expects the rule any more");
    let running = run_of(&book);
    assert_eq!(book.clone().submit(&writer(), version, Some(&running)).unwrap_err(), Refused::DryRunNeeded);
}

fn run_of(book: &Rulebook) -> DryRun {
    run(&book.clone().dry_run(&writer(), book.version, 3).unwrap())
}

// seed: 77
#[test]
fn a_dry_run_counts_for_the_draft_as_it_was_and_no_other() {
    let book = begun();
    let run = tried(&book);
    assert!(book.is_answered_by(&run));
    let changed = written(&book.clone().move_rule(&writer(), book.version, &id("mania"), true).unwrap()).0;
    assert!(!changed.is_answered_by(&run), "the draft changed");
    let back = Edition { number: 7, ..edition() };
    let other = written(&book.clone().go_back(&signer(), book.version, back, text("Too many.")).unwrap()).0;
    assert!(!other.is_answered_by(&run), "what is in force changed");
    let again = written(&changed.drop_draft(&writer(), 2).unwrap()).0;
    let again = written(&again.clone().begin(&writer(), again.version, edition()).unwrap()).0;
    assert!(!again.is_answered_by(&run), "another draft");
    let given_up = super::book::run(&run_of(&book).give_up(&worker(monday())).unwrap());
    assert!(!book.is_answered_by(&given_up));
    assert_eq!(given_up.give_up(&worker(monday())).unwrap_err(), Refused::NotFromHere);
}

#[test]
fn a_change_takes_back_what_was_handed_in() {
    let (book, run) = submitted();
    let case = book.draft.as_ref().unwrap().rules.cases[0].clone();
    let case = Case { name: line("The same in other words"), ..case };
    let version = book.version;
    let book = written(&book.put_case(&writer(), version, case).unwrap()).0;
    assert_eq!(book.stage(), Stage::Draft);
    let refused = book.clone().sign_off(&signer(), book.version, Some(&run), text("Fine.")).unwrap_err();
    assert_eq!(refused, Refused::NotFromHere, "nobody signs what changed meanwhile");
}

#[test]
fn two_editors_at_once_and_the_second_is_told() {
    let book = begun();
    let version = book.version;
    let rule = book.draft.as_ref().unwrap().rules.rules[0].clone();
    let first = book.clone().put_rule(&writer(), version, rule.clone()).unwrap();
    let (now, _) = written(&first);
    assert_eq!(now.clone().put_rule(&writer(), version, rule.clone()).unwrap_err(), Refused::Stale);
    assert_eq!(now.clone().remove_rule(&writer(), version, &rule.id).unwrap_err(), Refused::Stale);
    assert_eq!(now.clone().move_rule(&writer(), version, &rule.id, false).unwrap_err(), Refused::Stale);
    assert_eq!(now.clone().remove_case(&writer(), version, &id("sofa")).unwrap_err(), Refused::Stale);
    assert_eq!(now.clone().begin(&writer(), version, edition()).unwrap_err(), Refused::Stale);
    assert_eq!(now.clone().drop_draft(&writer(), version).unwrap_err(), Refused::Stale);
    assert_eq!(now.dry_run(&writer(), version, 0).unwrap_err(), Refused::Stale);
}

#[test]
fn a_draft_gives_back_goes_and_begins_again() {
    let (book, _) = submitted();
    let version = book.version;
    assert_eq!(
        book.clone().begin(&writer(), version, edition()).unwrap_err(),
        Refused::NotFromHere,
        "one draft at a time"
    );
    let (book, _) = written(&book.give_back(&signer(), version, text("Say whom it helps.")).unwrap());
    assert_eq!(book.stage(), Stage::Draft);
    assert_eq!(book.draft.as_ref().unwrap().returned, Some(text("Say whom it helps.")));
    let version = book.version;
    assert_eq!(book.clone().give_back(&signer(), version, text("Again.")).unwrap_err(), Refused::NotFromHere);
    let (book, _) = written(&book.drop_draft(&writer(), version).unwrap());
    assert_eq!((book.stage(), book.live.number), (Stage::InForce, 0));
    let version = book.version;
    assert_eq!(book.clone().drop_draft(&writer(), version).unwrap_err(), Refused::NotFromHere);
}

#[test]
fn an_earlier_edition_comes_back_at_once_as_a_new_one_with_its_reason() {
    let (book, run) = submitted();
    let version = book.version;
    let (book, _) = written(&book.sign_off(&signer(), version, Some(&run), text("Fine.")).unwrap());
    let version = book.version;
    let same = book.clone().go_back(&signer(), version, book.live.clone(), text("No."));
    assert_eq!(same.unwrap_err(), Refused::NotFromHere);
    let changes = book.go_back(&signer(), version, edition(), text("It suggests too much.")).unwrap();
    assert_eq!(kinds(&changes), [EventKind::RulesWentBack]);
    let (book, edition) = written(&changes);
    let edition = edition.unwrap();
    assert_eq!((edition.number, edition.back_to), (2, Some(0)));
    assert_eq!(book.live.rules, rules());
    assert_eq!(edition.why, Some(text("It suggests too much.")));
}

#[test]
fn rules_are_written_moved_and_taken_away() {
    let book = begun();
    let order = |book: &Rulebook| -> Vec<String> {
        book.draft.as_ref().unwrap().rules.rules.iter().map(|rule| rule.id.to_string()).collect()
    };
    assert_eq!(order(&book)[..2], ["crisis", "early-psychosis"]);
    let version = book.version;
    let moved = written(&book.clone().move_rule(&writer(), version, &id("crisis"), false).unwrap()).0;
    assert_eq!(order(&moved)[..2], ["early-psychosis", "crisis"]);
    let nowhere = book.clone().move_rule(&writer(), version, &id("crisis"), true);
    assert_eq!(nowhere.unwrap_err(), Refused::NoSuchPart);
    let nobody = book.clone().remove_rule(&writer(), version, &id("nobody"));
    assert_eq!(nobody.unwrap_err(), Refused::NoSuchPart);
    let less = written(&book.clone().remove_rule(&writer(), version, &id("crisis")).unwrap()).0;
    assert_eq!(order(&less)[0], "early-psychosis");
    assert!(!less.mistakes().is_empty(), "its test case says so until somebody changes it");
    let mut new = book.draft.as_ref().unwrap().rules.rules[0].clone();
    new.id = id("new-one");
    let more = written(&book.clone().put_rule(&writer(), version, new).unwrap()).0;
    assert_eq!(order(&more).last().unwrap(), "new-one");
    assert_eq!(more.edits, book.edits + 1);
}

// seed: 77
#[test]
fn a_dry_run_counts_what_is_new_gone_and_the_same_and_shows_nothing_under_five() {
    let live = rules();
    let mut draft = live.clone();
    draft.rules.retain(|rule| rule.id.as_str() != "eating");
    draft.rules[0].all = [Signal::HighDistress].into();
    let known = |signal| Picture::default().with(signal, true, Said::Person);
    let mut compared = Compared::default();
    for signal in [Signal::Eating, Signal::Memory, Signal::HighDistress, Signal::Routine, Signal::Crisis] {
        compared.add(&known(signal), &draft, &live);
    }
    assert_eq!((compared.seen, compared.differ, compared.nothing), (5, 3, 1));
    let of = |rule: &str| compared.rules[&id(rule)];
    assert_eq!(of("eating"), Counts { new: 0, gone: 1, same: 0 });
    assert_eq!(of("memory"), Counts { new: 0, gone: 0, same: 1 });
    assert_eq!(of("crisis"), Counts { new: 1, gone: 1, same: 0 });
    assert_eq!([0, 1, 4, 5, 90].map(shown_count), [Some(0), None, None, Some(5), Some(90)]);
}

#[test]
fn a_dry_run_goes_on_where_it_stopped_until_everything_was_looked_at() {
    let book = begun();
    let began = run_of(&book);
    assert_eq!((began.total, began.live, began.is_running()), (3, 0, true));
    assert_eq!(began.since, monday().checked_sub(DAY * 90).unwrap());
    let place = (monday(), ReferralId(Uuid::from_u128(0x51)));
    let later = worker(monday());
    let changes = began.go_on(&later, Compared { seen: 2, ..Compared::default() }, Some(place)).unwrap();
    assert_eq!(kinds(&changes), [EventKind::DryRunWentOn]);
    let changes = run(&changes).go_on(&later, Compared { seen: 3, ..Compared::default() }, None).unwrap();
    assert_eq!(kinds(&changes), [EventKind::DryRunFinished]);
    let done = run(&changes);
    assert!(done.is_finished() && !done.is_running());
    assert_eq!(done.go_on(&later, Compared::default(), None).unwrap_err(), Refused::NotFromHere);
}

#[test]
fn nobody_but_a_member_of_staff_puts_rules_in_force() {
    let (book, run) = submitted();
    let program = as_actor(crate::actor::Actor::System(crate::actor::SystemScope::Command), monday());
    let version = book.version;
    let refused = book.clone().sign_off(&program, version, Some(&run), text("By itself.")).unwrap_err();
    assert_eq!(refused, Refused::SeniorOnly);
    let back = book.go_back(&program, version, Edition { number: 9, ..edition() }, text("So."));
    assert_eq!(back.unwrap_err(), Refused::SeniorOnly);
}

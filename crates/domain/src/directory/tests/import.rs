//! An import from its first batch to its end.

use super::{id, named};
use crate::actor::{Actor, Ctx, SystemScope};
use crate::change::{Changes, Write};
use crate::directory::read::{Broken, Mistake, Wrong};
use crate::directory::{Batch, Import, NotRetired};
use crate::fixtures::{DAY, as_actor, line, monday};
use crate::ids::ImportId;
use crate::refused::Refused;

fn command() -> Ctx {
    as_actor(Actor::System(SystemScope::Command), monday())
}

fn begun() -> Import {
    Import::begin(&command(), ImportId(uuid::Uuid::from_u128(0x71)), line("County feed"), None).0
}

fn batch(import: &Import, whole: usize, broken: usize) -> Batch {
    let mut batch = Batch { at: import.at, ..Batch::default() };
    (0..whole).for_each(|_| batch.push(Ok((id(), named("Lantern")))));
    (0..broken).for_each(|_| batch.push(Err(Broken::whole(Wrong::NotARecord))));
    batch
}

fn finished(changes: &Changes) -> &Import {
    let [Write::ImportFinished(import, _)] = changes.writes() else { panic!("{changes:?}") };
    import
}

#[test]
fn every_batch_says_how_far_it_is() {
    let mut import = begun();
    import.page(1, Some(6));
    let first = batch(&import, 3, 1);
    assert_eq!(first.len(), 4);
    assert_eq!(first.problems[0].position, 4);
    import.take(&command(), first).unwrap();
    assert_eq!(
        (import.taken, import.broken, import.at.records, import.at.in_page, import.version),
        (3, 1, 4, 4, 2)
    );
    import.page(2, Some(6));
    assert_eq!((import.at.page, import.at.in_page, import.at.records), (2, 0, 4));
    import.page(2, Some(6));
    let next = batch(&import, 2, 0);
    assert_eq!(next.entries[0].0, 5);
    import.take(&command(), next).unwrap();
    let changes = import.finish(&command(), false).unwrap();
    assert_eq!(finished(&changes).not_retired, None);
}

#[test]
fn a_feed_that_says_different_numbers_or_holds_fewer_retires_nothing() {
    let mut import = begun();
    import.page(1, Some(2));
    import.take(&command(), batch(&import, 2, 0)).unwrap();
    import.page(2, Some(3));
    assert_eq!(
        finished(&import.clone().finish(&command(), true).unwrap()).not_retired,
        Some(NotRetired::Unsteady)
    );
    let mut short = begun();
    short.page(1, Some(9));
    short.take(&command(), batch(&short, 2, 0)).unwrap();
    assert_eq!(finished(&short.finish(&command(), false).unwrap()).not_retired, Some(NotRetired::Unsteady));
    let silent = begun();
    assert_eq!(finished(&silent.finish(&command(), false).unwrap()).not_retired, None);
}

#[test]
fn more_than_half_goes_only_when_somebody_says_so() {
    for (going, of, said, may) in [
        (0, 0, false, true),
        (20, 20, false, true),
        (21, 30, false, false),
        (21, 42, false, true),
        (500, 500, true, true),
    ] {
        assert_eq!(Import::may_retire(going, of, said), may, "{going} of {of}");
    }
}

#[test]
fn what_has_ended_goes_no_further() {
    let running = begun();
    assert!(running.goes_on(&command(), None) && !running.goes_on(&command(), Some("another file")));
    let next_day = as_actor(Actor::System(SystemScope::Command), monday().checked_add(DAY).unwrap());
    assert!(!running.goes_on(&next_day, None), "a feed changes meanwhile");
    let ended = Import { ended_at: Some(monday()), ..begun() };
    assert_eq!(ended.clone().finish(&command(), false).unwrap_err(), Refused::NotFromHere);
    assert_eq!(ended.clone().give_up(&command()).unwrap_err(), Refused::NotFromHere);
    assert_eq!(ended.clone().take(&command(), Batch::default()).unwrap_err(), Refused::NotFromHere);
    assert!(!ended.is_running() && begun().give_up(&command()).is_ok());
}

#[test]
fn a_record_that_others_spoil_becomes_a_problem_in_its_place() {
    let import = begun();
    let mut batch = batch(&import, 1, 1);
    let mistake = Mistake { field: "id".to_owned(), wrong: Wrong::Twice };
    batch.refuse(|_| Some(mistake.clone()));
    assert!(batch.entries.is_empty());
    assert_eq!(batch.problems.iter().map(|problem| problem.position).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(batch.problems[0].mistakes, [mistake]);
}

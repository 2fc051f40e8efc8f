//! A task ends once, and rises when it is late.

use super::{Level, Task, TaskKind};
use crate::actor::Author;
use crate::fixtures::{DAY, HOUR, SPOA, monday, text};
use crate::refused::Refused;

fn task() -> Task {
    let due = monday().checked_add(HOUR).unwrap();
    Task::new(uuid::Uuid::nil().into(), TaskKind::Triage, SPOA, monday(), due)
}

#[test]
fn it_rises_once_late_then_a_day_later_then_stays_with_the_service_manager() {
    let mut task = task();
    let due = task.due_at;
    assert_eq!(task.escalates_at(), Some(due));
    assert_eq!(task.escalate(due), Err(Refused::NotDue), "due is not yet late");
    let late = due.checked_add(HOUR).unwrap();
    assert_eq!(task.escalate(late), Ok(()));
    assert_eq!((task.level, task.level_since), (Level::TeamManager, late));
    assert_eq!(task.escalates_at(), late.checked_add(DAY).ok());
    assert_eq!(task.escalate(late.checked_add(DAY * 2).unwrap()), Ok(()));
    assert_eq!((task.level, task.escalates_at()), (Level::ServiceManager, None));
    assert!(task.is_overdue(late), "there it stays, overdue");
}

#[test]
fn it_ends_once_and_the_first_end_stands() {
    let mut task = task();
    task.end(monday(), Author::System, Some(text("First.")));
    task.end(monday().checked_add(HOUR).unwrap(), Author::Public, None);
    let end = task.end.clone().unwrap();
    assert_eq!((end.at, end.why), (monday(), Some(text("First."))));
    assert!(!task.is_overdue(monday().checked_add(DAY).unwrap()));
    assert_eq!(task.escalate(monday().checked_add(DAY).unwrap()), Err(Refused::NotDue));
}

#[test]
fn only_what_is_agreed_with_people_ends_with_a_reason() {
    let by_reason: Vec<_> = TaskKind::ALL.into_iter().filter(|kind| kind.ends_by_reason()).collect();
    assert_eq!(by_reason, [TaskKind::ChildrenUrgent, TaskKind::ChangeWorker]);
}

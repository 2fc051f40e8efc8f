//! Agreements with partners: their days, who is to be renewed when, and that nobody new comes without one.

use super::*;
use crate::actor::{Actor, Role, SystemScope};
use crate::change::Changes;
use crate::fixtures::{SPOA, as_actor, at, line, monday, staff, text};
use crate::ids::AgreementId;
use crate::task::Level;
use jiff::civil::date;

fn terms(from: Date, until: Date) -> Terms {
    Terms {
        takes: text("People who want company and practical help."),
        sees: text("What the person told us, how to reach them, and what is known about safety."),
        from,
        until,
        review_on: until.saturating_sub(90.days()),
        reviewed_by: line("Priya Shah, information governance"),
        signed_here: Signature { name: line("Jo Marsh"), role: line("Service manager") },
        signed_there: Signature { name: line("Sol Reyes"), role: line("Chief officer") },
        owner: SPOA,
    }
}

fn ctx(day: &str) -> Ctx {
    staff(Role::ServiceManager, at(day))
}

fn org() -> OrgId {
    OrgId(uuid::Uuid::from_u128(7))
}

fn id(n: u128) -> AgreementId {
    AgreementId(uuid::Uuid::from_u128(n))
}

fn written(changes: &Changes) -> Agreement {
    let found = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::Agreement(it) = write { Some(Agreement::clone(it)) } else { None });
    found.unwrap()
}

fn agreed(n: u128, from: Date, until: Date) -> Agreement {
    written(&Agreement::write(&ctx("03-23 10:00"), (id(n), org()), terms(from, until), &[]).unwrap())
}

const FROM: Date = date(2026, 1, 1);
const UNTIL: Date = date(2026, 12, 31);

// seed: 65
#[test]
fn it_is_in_force_from_its_first_to_its_last_day_and_until_it_is_ended() {
    let it = agreed(1, FROM, UNTIL);
    let standings = [
        (date(2025, 12, 31), Standing::Coming),
        (FROM, Standing::InForce),
        (UNTIL, Standing::InForce),
        (date(2027, 1, 1), Standing::Over),
    ];
    for (day, standing) in standings {
        assert_eq!(it.standing(day), standing, "{day}");
    }
    let why = text("They close their café.");
    let ended = written(&it.end(&ctx("05-04 10:00"), why.clone()).unwrap());
    assert_eq!(ended.standing(date(2026, 6, 1)), Standing::Ended);
    assert_eq!(ended.ended.as_ref().map(|it| (it.on, it.why.clone())), Some((date(2026, 5, 4), why)));
    assert_eq!(ended.end(&ctx("05-05 10:00"), text("Again.")).err(), Some(Refused::AlreadyAnswered));
}

#[test]
fn its_days_must_fit_each_other() {
    let wrong = [
        terms(UNTIL, FROM),
        terms(date(2024, 1, 1), date(2024, 12, 31)),
        terms(FROM, date(2031, 6, 1)),
        Terms { review_on: date(2027, 1, 1), ..terms(FROM, UNTIL) },
        Terms { review_on: date(2025, 12, 1), ..terms(FROM, UNTIL) },
    ];
    for terms in wrong {
        let refused = Agreement::write(&ctx("03-23 10:00"), (id(1), org()), terms.clone(), &[]).err();
        assert_eq!(refused, Some(Refused::AgreementDates), "{terms:?}");
    }
}

#[test]
fn it_is_to_be_renewed_eight_weeks_before_or_when_it_is_looked_at_until_another_follows() {
    let soon =
        Agreement { terms: Terms { review_on: UNTIL, ..terms(FROM, UNTIL) }, ..agreed(1, FROM, UNTIL) };
    let looked_at = agreed(1, FROM, UNTIL);
    assert_eq!((soon.renew_from(), looked_at.renew_from()), (date(2026, 11, 5), date(2026, 10, 2)));
    let due =
        |all: &[Agreement], day: Date| to_renew(all, day).into_iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(due(std::slice::from_ref(&soon), date(2026, 11, 4)), []);
    assert_eq!(due(std::slice::from_ref(&soon), date(2026, 11, 5)), [id(1)]);
    assert_eq!(
        due(std::slice::from_ref(&soon), date(2027, 2, 1)),
        [id(1)],
        "it has run out, and nobody decided"
    );
    let next = agreed(2, date(2027, 1, 1), date(2027, 12, 31));
    assert_eq!(due(&[soon.clone(), next.clone()], date(2026, 11, 5)), []);
    let stopped = written(&next.end(&ctx("03-30 10:00"), text("Not signed after all.")).unwrap());
    assert_eq!(due(&[soon.clone(), stopped], date(2026, 11, 5)), [id(1)], "nothing follows on it any more");
    let over = written(&soon.end(&ctx("05-04 10:00"), text("They close.")).unwrap());
    assert_eq!(due(&[over], date(2026, 11, 5)), [], "somebody decided");
}

#[test]
fn somebody_is_asked_once_to_renew_it_which_goes_up_when_late_and_closes_when_another_follows() {
    let soon = agreed(1, FROM, UNTIL);
    let worker = |day: &str| as_actor(Actor::System(SystemScope::Worker), at(day));
    let all = |it: &Agreement| vec![it.clone()];
    assert_eq!(soon.look_again_on(), Some(date(2026, 10, 2)), "when it is to be looked at");
    assert_eq!(soon.clone().ask_renewal(&worker("10-01 10:00"), &all(&soon)).err(), Some(Refused::NotDue));
    let asked = written(&soon.clone().ask_renewal(&worker("10-02 10:00"), &all(&soon)).unwrap());
    let renewal = asked.renewal.clone().unwrap();
    assert_eq!((renewal.due_on, renewal.level), (date(2026, 10, 16), Level::Owner), "two weeks at least");
    assert_eq!(
        asked.clone().ask_renewal(&worker("10-03 10:00"), &all(&asked)).err(),
        Some(Refused::AlreadyAsked)
    );
    assert!(asked.asks(&staff(Role::SpoaSenior, monday()).actor), "the team that renews it");

    // Nobody does: up, and up once more, and then it stays.
    assert_eq!(
        asked.clone().raise_renewal(&worker("10-16 23:00")).err(),
        Some(Refused::NotDue),
        "its last day"
    );
    let late = written(&asked.clone().raise_renewal(&worker("10-17 10:00")).unwrap());
    assert_eq!(late.renewal.as_ref().map(|it| it.level), Some(Level::TeamManager));
    assert!(late.renewal.as_ref().unwrap().is_late(date(2026, 10, 17)));
    assert_eq!(late.look_again_on(), Some(date(2026, 10, 18)));
    let top = written(&late.clone().raise_renewal(&worker("10-18 10:00")).unwrap());
    assert_eq!(
        (top.renewal.as_ref().map(|it| it.level), top.look_again_on()),
        (Some(Level::ServiceManager), None)
    );
    assert_eq!(top.clone().raise_renewal(&worker("10-30 10:00")).err(), Some(Refused::NotFromHere));

    // Another follows: it is closed in the same change. So it is by an end with a reason.
    let terms = terms(date(2027, 1, 1), date(2027, 12, 31));
    let next = Agreement::write(&ctx("10-20 10:00"), (id(2), org()), terms, &all(&top)).unwrap();
    let one =
        |write: &Write| if let Write::Agreement(it) = write { Some(Agreement::clone(it)) } else { None };
    let mut also = next.writes().iter().filter_map(one);
    let closed = also.find(|it| it.id == id(1)).and_then(|it| it.renewal);
    assert!(closed.is_some_and(|renewal| !renewal.is_open()));
    let ended = written(&late.end(&ctx("10-20 10:00"), text("They close.")).unwrap());
    assert!(!ended.renewal.as_ref().unwrap().is_open() && ended.look_again_on().is_none());
}

#[test]
fn an_organisation_sets_its_own_words_and_no_others() {
    let ours = staff(Role::VcsWorker, monday());
    let words = OrgWords { one: line("guest"), several: line("guests"), about: None };
    let own = ours.actor.staff().unwrap().org;
    let kind = crate::team::OrgKind::Voluntary;
    let org = |id| Org { id, name: line("Invented Café"), kind, words: None, words_set: None };
    let changes = org(own).set_words(&ours, 0, Some(words.clone())).unwrap();
    let of = |write: &Write| if let Write::Org(org) = write { Some(org.clone()) } else { None };
    let set = changes.writes().iter().find_map(of);
    let set = set.unwrap();
    assert_eq!((set.words.as_ref(), set.words_version()), (Some(&words), 1));
    // A colleague's form, opened before: it changes nothing, and neither does taking back what it never showed.
    for later in [Some(words.clone()), None] {
        assert_eq!(set.clone().set_words(&ours, 0, later).err(), Some(Refused::Stale));
    }
    assert!(set.set_words(&ours, 1, None).is_ok());
    let other = OrgId(uuid::Uuid::from_u128(99));
    assert_eq!(org(other).set_words(&ours, 0, Some(words)).err(), Some(Refused::NotFromHere));
}

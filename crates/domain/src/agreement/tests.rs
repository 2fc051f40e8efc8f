//! Agreements with partners: their days, who is to be renewed when, and that nobody new comes without one.

use super::*;
use crate::actor::Role;
use crate::change::Changes;
use crate::fixtures::{SPOA, at, line, monday, staff, text};
use crate::ids::AgreementId;
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
    written(&Agreement::write(&ctx("03-23 10:00"), id(n), org(), terms(from, until)).unwrap())
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
        let refused = Agreement::write(&ctx("03-23 10:00"), id(1), org(), terms.clone()).err();
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
fn an_organisation_sets_its_own_words_and_no_others() {
    let ours = staff(Role::VcsWorker, monday());
    let words = OrgWords { one: line("guest"), several: line("guests"), about: None };
    let own = ours.actor.staff().unwrap().org;
    let org =
        |id| Org { id, name: line("Invented Café"), kind: crate::team::OrgKind::Voluntary, words: None };
    assert!(org(own).set_words(&ours, Some(words.clone())).is_ok());
    let other = OrgId(uuid::Uuid::from_u128(99));
    assert_eq!(org(other).set_words(&ours, Some(words)).err(), Some(Refused::NotFromHere));
}

//! Is this somebody we know: who is worth a look, what speaks against it, a human's word and the way back from it (hazard H03).

use std::collections::BTreeSet;

use crate::access::{Decision, Target, decide};
use crate::actor::Role;
use crate::change::{Changes, EventKind, Write};
use crate::door::{Behalf, Knowing, Origin, SafeContact, SelfReferral, Way};
use crate::fixtures::{
    DAY, SPOA, acceptance, after, arrived, by_call, by_email, by_letter, county, flagged, for_someone, line,
    monday, request, senior, staff, text, triaged,
};
use crate::person_key::{Apart, Because, said};
use crate::referral::{Candidate, Category, FlagKind, PersonLink, Referral, StateKind};
use crate::refused::Refused;
use crate::value::{DateOfBirth, NhsNumber};

const BORN: (i16, i8, i8) = (1990, 4, 3);

fn born((year, month, day): (i16, i8, i8)) -> DateOfBirth {
    DateOfBirth::new(jiff::civil::date(year, month, day), jiff::civil::date(2026, 3, 23)).unwrap()
}

fn nhs(text: &str) -> NhsNumber {
    text.parse().unwrap()
}

/// Somebody with a full name and a date of birth, reached by e-mail so that no number agrees by chance.
fn who(name: &str, on: (i16, i8, i8)) -> SelfReferral {
    let mut sent = request(by_email(), false);
    sent.identity.called = line(name);
    sent.identity.full_name = Some(line(name));
    sent.identity.born_on = Some(born(on));
    sent
}

fn both(one: SelfReferral, other: SelfReferral) -> (Referral, Referral) {
    (arrived(monday(), one), arrived(monday(), other))
}

/// What is shown of the other where it is worth a look: what agrees, and what does not.
fn look(one: SelfReferral, other: SelfReferral) -> Option<(Vec<Because>, Vec<Apart>)> {
    let (one, other) = both(one, other);
    let of = (other.id(), other.reference().clone(), other.received_at());
    let known = other.person().known(of, BTreeSet::new());
    let found = one.candidate(other.person(), known, &one.wanted())?;
    Some((said(&found.known.because), found.apart.into_iter().collect()))
}

#[test]
fn who_agrees_is_shown_with_what_agrees_and_with_what_does_not() {
    use Apart as A;
    use Because as B;

    let mira = || who("Mira Invented", BORN);
    let numbered = |name, on, number| {
        let mut sent = who(name, on);
        sent.identity.nhs_number = Some(nhs(number));
        sent
    };
    let with_postcode = |mut sent: SelfReferral| {
        sent.identity.postcode = Some("LS1 4AP".parse().unwrap());
        sent
    };
    let undated = |name: &str| SelfReferral {
        identity: crate::door::Identity { born_on: None, ..who(name, BORN).identity },
        ..who(name, BORN)
    };
    // The two, what agrees, what does not.
    let shown = [
        (mira(), who("INVENTED, mira", BORN), vec![B::Name, B::BornOn], vec![]),
        (mira(), who("Myra Inventid", BORN), vec![B::BornOn, B::Sound], vec![]),
        (mira(), who("Mira Invented", (1990, 3, 4)), vec![B::Name, B::BornSwapped], vec![]),
        (mira(), who("Mira Married", BORN), vec![B::BornOn, B::Part], vec![]),
        (undated("Mira Invented"), mira(), vec![B::Name], vec![]),
        // The same number outweighs what differs, and what differs is said.
        (
            numbered("Mira Invented", BORN, "999 000 0018"),
            numbered("Wren Example", (1971, 1, 9), "999 000 0018"),
            vec![B::NhsNumber],
            vec![A::BornOn, A::Name],
        ),
        // A twin: a part of the name, the day and the place; another number speaks against it.
        (
            with_postcode(numbered("Mira Invented", BORN, "999 000 0018")),
            with_postcode(numbered("Dora Invented", BORN, "999 000 0026")),
            vec![B::BornOn, B::Part, B::Postcode],
            vec![A::NhsNumber],
        ),
    ];
    for (one, other, because, apart) in shown {
        let names = [&one, &other].map(|sent| sent.identity.full_name.clone());
        assert_eq!(look(one, other), Some((because, apart)), "{names:?}");
    }
    let by_phone = |name| SelfReferral { contact: SafeContact::by(by_call()), ..who(name, (1971, 1, 9)) };
    let (because, apart) = look(by_phone("Ash Example"), by_phone("Wren Sample")).unwrap();
    assert_eq!((because, apart), (vec![B::BornOn, B::Phone], vec![A::Name]), "one phone in one home");
    let called = |name: &str| SelfReferral {
        identity: crate::door::Identity::called(line(name)),
        ..request(by_email(), false)
    };
    assert_eq!(look(called("Sam"), called("Sam")), None, "a first name alone");
    assert_eq!(look(called("Sam Sample"), called("Sam Sample")), Some((vec![B::Name], vec![])));
    // A day, a name somebody else has, a place: each alone is nobody's.
    assert_eq!(look(mira(), who("Wren Example", BORN)), None, "a date of birth alone");
    assert_eq!(look(mira(), who("Mira Invented", (1971, 1, 9))), None, "a name alone, born on another day");
    let place = (with_postcode(mira()), with_postcode(who("Wren Example", (1971, 1, 9))));
    assert_eq!(look(place.0, place.1), None, "a postcode alone");
}

#[test]
fn those_whom_nothing_speaks_against_come_first_whatever_agrees() {
    let one = arrived(monday(), who("Mira Invented", BORN));
    let candidate = |sent: SelfReferral| one.compared(&arrived(monday(), sent));
    let plain = candidate(who("Mira Invented", (1990, 3, 4)));
    let doubtful = Candidate { ruled_out: true, ..candidate(who("Mira Invented", BORN)) };
    let part = candidate(who("Mira Married", BORN));
    let order = Candidate::ranked([doubtful.clone(), part.clone(), plain.clone()]);
    assert_eq!(order, [plain, part, doubtful]);
}

#[test]
fn what_staff_wrote_in_place_of_a_name_is_nobodys_name() {
    let (one, other) = both(who("Mira Invented", BORN), who("Mira Invented", BORN));
    assert!(one.wanted().iter().any(|wanted| wanted.because == Because::Name));
    let compared = one.compared(&other);
    assert!(!compared.is_doubtful() && compared.known.referral == other.id());
}

fn link_of(changes: &Changes) -> PersonLink {
    let link = |write: &Write| {
        if let Write::PersonLink(link) = write { Some(PersonLink::clone(link)) } else { None }
    };
    changes.writes().iter().find_map(link).unwrap()
}

#[test]
fn a_match_is_a_link_with_a_reason_and_rewrites_neither_request() {
    let (one, other) = both(who("Mira Invented", BORN), who("Myra Inventid", BORN));
    let (before, theirs) = (one.clone(), other.clone());
    let nobody = BTreeSet::from([one.person().id]);
    let changes = one.match_person(&senior(monday()), &other, &nobody, text("She told me.")).unwrap();
    let kinds: Vec<EventKind> = changes.events().iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::PersonMatched]);
    assert_eq!(changes.events()[0].why, Some(text("She told me.")), "the history says why");
    let link = link_of(&changes);
    assert_eq!((link.referral, link.with), (before.id(), theirs.id()));
    assert_eq!((link.person, link.to), (before.person().id, theirs.person().id));
    assert!(link.because.contains(&Because::Sound) && link.apart.is_empty() && link.end.is_none());
    let matched = after(changes);
    assert_eq!(*matched.person(), *before.person(), "who they are is as they told it");
    assert_eq!(matched.keys(), before.keys());
    assert_eq!(matched.kind(), StateKind::Received, "it moves no request");
    assert_eq!(matched.tasks(), before.tasks());
    assert_eq!(matched.clocks(), before.clocks());
}

#[test]
fn nobody_is_matched_with_themselves_or_twice() {
    let (one, other) = both(who("Mira Invented", BORN), who("Mira Invented", BORN));
    let ctx = senior(monday());
    let why = || text("She told me.");
    let own = BTreeSet::from([one.person().id]);
    let itself = one.clone().match_person(&ctx, &one, &own, why());
    assert_eq!(itself.err(), Some(Refused::SamePerson));
    let known = BTreeSet::from([one.person().id, other.person().id]);
    assert_eq!(one.match_person(&ctx, &other, &known, why()).err(), Some(Refused::SamePerson));
}

#[test]
fn a_match_is_taken_back_once_with_a_reason_by_its_own_request() {
    let (one, other) = both(who("Mira Invented", BORN), who("Mira Invented", BORN));
    let ctx = senior(monday());
    let own = BTreeSet::from([one.person().id]);
    let before = one.clone();
    let changes = one.match_person(&ctx, &other, &own, text("She told me.")).unwrap();
    let (link, one) = (link_of(&changes), after(changes));
    let why = || text("Her sister, who has the same phone.");
    assert_eq!(other.unmatch_person(&ctx, link.clone(), why()).err(), Some(Refused::NoSuchPart));
    let later = senior(monday().checked_add(DAY).unwrap());
    let changes = one.clone().unmatch_person(&later, link.clone(), why()).unwrap();
    assert_eq!(changes.events()[0].kind, EventKind::PersonUnmatched);
    let ended = link_of(&changes);
    let end = ended.end.clone().unwrap();
    assert_eq!((end.why, end.at), (why(), later.now));
    assert_eq!(PersonLink { end: None, ..ended.clone() }, link, "what was said stays as it was said");
    let restored = after(changes);
    assert_eq!(**restored.head(), **before.head(), "everything is as it was before");
    assert_eq!(*restored.person(), *before.person());
    assert_eq!(restored.unmatch_person(&later, ended, why()).err(), Some(Refused::AlreadyAnswered));
}

#[test]
fn nobody_of_these_is_kept_and_a_match_with_one_of_them_outweighs_it() {
    let (one, other) = both(who("Mira Invented", BORN), who("Mira Invented", BORN));
    let third = arrived(monday(), who("Mira Invented", BORN));
    let ctx = staff(Role::SpoaAdmin, monday());
    let said = one.match_nobody(&ctx, BTreeSet::from([other.id()]), Some(text("Never asked before.")));
    assert_eq!(said.events()[0].kind, EventKind::NobodyMatched);
    let one = after(said);
    assert!(one.compared(&other).ruled_out && !one.compared(&third).ruled_out);
    let one = after(one.match_nobody(&ctx, BTreeSet::from([third.id()]), None));
    let nobody = one.head().nobody().unwrap();
    assert_eq!(nobody.of, BTreeSet::from([other.id(), third.id()]), "earlier ones stay ruled out");
    let own = BTreeSet::from([one.person().id]);
    let one = after(one.match_person(&ctx, &other, &own, text("She remembered.")).unwrap());
    assert!(!one.compared(&other).ruled_out && one.compared(&third).ruled_out);
}

#[test]
fn only_the_single_point_of_access_says_who_is_the_same() {
    let one = arrived(monday(), who("Mira Invented", BORN));
    let may = |role| {
        let ctx = staff(role, monday());
        decide(&ctx.actor, EventKind::PersonMatched.action(), &Target::Referral(one.id(), &one.teams()))
            == Decision::Allowed
    };
    assert!(one.teams().contains(&SPOA));
    let yes: Vec<Role> = Role::ALL.into_iter().filter(|role| may(*role)).collect();
    assert_eq!(yes, [Role::SpoaAdmin, Role::SpoaSenior]);
    for kind in [EventKind::PersonUnmatched, EventKind::NobodyMatched] {
        assert_eq!(kind.action(), EventKind::PersonMatched.action());
    }
}

// seed: 75
#[test]
fn a_request_says_how_it_ended_who_is_involved_and_what_to_know_before_ringing() {
    let now = monday();
    let accepted = triaged(now, request(by_letter(), false), Category::E);
    let accepted = after(accepted.accept(&senior(now), acceptance(now), &county()).unwrap());
    let beside = accepted.beside(false);
    assert_eq!((beside.other.referral, beside.other.live), (accepted.id(), true));
    let involved = beside.involved.unwrap();
    assert_eq!(involved.team, acceptance(now).team.name);
    assert!(involved.key_worker.is_none());
    let what = |referral: &Referral, flagged| -> Vec<FlagKind> {
        referral.beside(flagged).flags.into_iter().map(|flag| flag.what).collect()
    };
    assert_eq!(what(&accepted, false), [FlagKind::NoNames]);
    let danger =
        arrived(now, flagged(Way::Call { phone: "07700 900456".parse().unwrap(), voicemail: false }, false));
    let rings = [FlagKind::PageOpen, FlagKind::Danger, FlagKind::NoNames, FlagKind::NoVoicemail];
    assert_eq!(what(&danger, true), rings);
    let dead = after(danger.record_death(&senior(now), text("Told by the family.")).unwrap());
    assert_eq!(what(&dead, false), [], "nothing is to be known before ringing somebody who died");
    assert!(!dead.beside(false).other.live && dead.beside(false).involved.is_none());

    let mut safe = request(by_email(), false);
    safe.contact = SafeContact {
        safe_times: Some(line("After six")),
        code_name: Some(line("Jo from the library")),
        say_nhs: true,
        ..safe.contact
    };
    let said = [FlagKind::SafeTimes(line("After six")), FlagKind::CodeName(line("Jo from the library"))];
    assert_eq!(what(&arrived(now, safe), false), said);
}

#[test]
fn who_does_not_know_of_it_or_must_not_be_told_is_flagged_on_their_other_requests() {
    let now = monday();
    let asked = arrived(now, for_someone(by_call(), Knowing::default(), None));
    let what = |referral: &Referral| -> Vec<FlagKind> {
        referral.beside(false).flags.into_iter().map(|flag| flag.what).collect()
    };
    assert!(what(&asked).contains(&FlagKind::NotTold));
    let review = crate::calendar::local_date(now.checked_add(DAY * 14).unwrap());
    let held = after(asked.hold_back(&senior(now), text("He reads her post."), review).unwrap());
    assert!(what(&held).contains(&FlagKind::HeldBack(review)) && !what(&held).contains(&FlagKind::NotTold));
    let mut through = for_someone(by_call(), Knowing::default(), None);
    through.contact.through_asker = true;
    through.origin = Origin::Someone(Box::<Behalf>::default());
    assert!(what(&arrived(now, through)).contains(&FlagKind::ThroughAsker));
}

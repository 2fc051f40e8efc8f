//! Invented people, teams and a county for the tests of this crate. Compiled for tests only; holds no assertions.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::actor::{Actor, Ctx, Role, StaffMember, SystemScope};
use crate::change::{Changes, EventKind, Write};
use crate::county::County;
use crate::door::{
    Agrees, Behalf, Danger, Draft, Identity, Knowing, Needs, Origin, Permissions, ReferralSource, Referrer,
    Relation, SafeContact, SelfReferral, Standing, Told, Way,
};
use crate::duty::{Hours, Opening, Shift};
use crate::guest::{Errand, Guest};
use crate::handover::{Answered, Consent, DeclineReason, Introduction, Receiver};
use crate::ids::{DraftId, OrgId, ReferralId, TeamId, UserId};
use crate::matching::{BUILT_IN, Edition, RuleSet};
use crate::referral::{
    Acceptance, Advice, AdviceBasis, Arrival, Category, Children, Choice, ContactMade, Declined, Heard, Met,
    Panel, Proposal, Referral, Sat, Taken, TriageForm, Withdrawal,
};
use crate::team::{Team, TeamKind};
use crate::track::{Holder, Scope};
use crate::value::{Line, Reference, Text};
use crate::worker::{Candidate, Named, Profession, Profile};

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

fn next_id() -> Uuid {
    Uuid::from_u128(u128::from(NEXT_ID.fetch_add(1, Ordering::Relaxed)))
}

pub(crate) const MINUTE: SignedDuration = SignedDuration::from_mins(1);
pub(crate) const HOUR: SignedDuration = SignedDuration::from_hours(1);
pub(crate) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The single point of access.
pub(crate) const SPOA: TeamId = TeamId(Uuid::from_u128(0xA1));
/// A community team that accepts referrals.
pub(crate) const COMMUNITY: TeamId = TeamId(Uuid::from_u128(0xA2));
/// A team nobody here has to do with.
pub(crate) const ELSEWHERE: TeamId = TeamId(Uuid::from_u128(0xA3));
/// The team rung after the deputy.
pub(crate) const FALLBACK: TeamId = TeamId(Uuid::from_u128(0xA4));

pub(crate) fn line(words: &str) -> Line {
    words.parse().unwrap()
}

pub(crate) fn text(words: &str) -> Text {
    words.parse().unwrap()
}

/// A moment on the London clock of 2026, `"03-23 10:00"`.
pub(crate) fn at(moment: &str) -> Timestamp {
    let moment: jiff::civil::DateTime = format!("2026-{}", moment.replace(' ', "T")).parse().unwrap();
    crate::calendar::on_the_clock(moment)
}

/// Monday 23 March 2026, ten in the morning.
pub(crate) fn monday() -> Timestamp {
    at("03-23 10:00")
}

/// The account that holds this role in these tests.
pub(crate) fn user_of(role: Role) -> UserId {
    let place = Role::ALL.iter().position(|known| *known == role).unwrap();
    UserId(Uuid::from_u128(0xB0 + place as u128))
}

pub(crate) fn member(role: Role, team: TeamId) -> StaffMember {
    StaffMember {
        user: user_of(role),
        name: line(role.code()),
        org: OrgId(Uuid::from_u128(0xC1)),
        roles: BTreeSet::from([role]),
        teams: BTreeSet::from([team]),
    }
}

pub(crate) fn as_actor(actor: Actor, now: Timestamp) -> Ctx {
    Ctx { tenant: Uuid::from_u128(0xD1).into(), actor, now, request: Uuid::from_u128(0xD2), ids: next_id }
}

/// A member of staff of the single point of access with this role, acting at `now`.
pub(crate) fn staff(role: Role, now: Timestamp) -> Ctx {
    as_actor(Actor::Staff(member(role, SPOA)), now)
}

pub(crate) fn senior(now: Timestamp) -> Ctx {
    staff(Role::SpoaSenior, now)
}

pub(crate) fn worker(now: Timestamp) -> Ctx {
    as_actor(Actor::System(SystemScope::Worker), now)
}

/// Somebody who follows their own referral.
pub(crate) fn holder() -> Holder {
    Holder { referral: ReferralId(Uuid::from_u128(0x51)), scope: Scope::Own }
}

/// Somebody who opened a one-time link and said who they are.
pub(crate) fn guest(referral: ReferralId, errand: Errand) -> Guest {
    Guest { referral, errand, name: line("Jo Park"), role: line("Adviser"), of: line("Invented Debt Advice") }
}

pub(crate) fn visitor(now: Timestamp) -> Ctx {
    as_actor(Actor::Public(Some([7; 32])), now)
}

/// A county whose rota covers every weekday from eight to eight, for years.
pub(crate) fn county() -> County {
    let mut county = County::new(line("Westmarch"));
    let day = Opening { open: time(8, 0, 0, 0), close: time(20, 0, 0, 0) };
    county.hours = Hours::weekdays(day);
    county.rota.shifts = vec![Shift {
        id: Uuid::from_u128(0xE1).into(),
        from: at("01-01 00:00"),
        to: at("12-31 00:00").checked_add(DAY * 3650).unwrap(),
        duty: user_of(Role::SpoaSenior),
        deputy: Some(user_of(Role::CrisisTeam)),
    }];
    county.rota.fallback_team = Some(FALLBACK);
    county.rota.service_manager = Some(user_of(Role::ServiceManager));
    county.spoa_team = Some(SPOA);
    county.young_team = Some(COMMUNITY);
    county
}

/// The same county before anybody wrote a rota.
pub(crate) fn county_without_rota() -> County {
    let mut county = county();
    county.rota.shifts.clear();
    county
}

pub(crate) fn by_call() -> Way {
    Way::Call { phone: "07700 900123".parse().unwrap(), voicemail: false }
}

pub(crate) fn by_text() -> Way {
    Way::Text { phone: "07700 900123".parse().unwrap() }
}

pub(crate) fn by_email() -> Way {
    Way::Email { email: "sam@example.org".parse().unwrap() }
}

pub(crate) fn by_letter() -> Way {
    Way::Letter { address: text("1 Invented Row\nWestmarch") }
}

pub(crate) fn in_person() -> Way {
    Way::InPerson { place: text("The library on Mill Street, mornings. Ask for Sam.") }
}

/// A request for help: how to reach them, whether the GP may be told.
pub(crate) fn request(way: Way, tell_gp: bool) -> SelfReferral {
    SelfReferral {
        identity: Identity {
            gp_practice: tell_gp.then(|| line("Invented Surgery")),
            ..Identity::called(line("Sam"))
        },
        contact: SafeContact::by(way),
        why_now: Some(text("I cannot sleep.")),
        dangers: Vec::new(),
        safe_for_now: false,
        permissions: Permissions { tell_gp, talk_to: None },
        needs: Needs::default(),
        told: Told::default(),
        origin: Origin::Own,
    }
}

/// The same by somebody to whom a message may say who it is from, so that it can say what was decided.
pub(crate) fn named(way: Way, tell_gp: bool) -> SelfReferral {
    let mut request = request(way, tell_gp);
    request.contact.say_nhs = true;
    request
}

/// A request that somebody made for the person, and what the person knows and agrees to.
pub(crate) fn for_someone(way: Way, knowing: Knowing, reach: Option<SafeContact>) -> SelfReferral {
    let standing = Standing::Relation { relation: Relation::Parent };
    let referrer = Referrer { name: Some(line("Ann")), standing, reach, ..Referrer::default() };
    let origin = Origin::Someone(Box::new(Behalf { referrer, knowing, ..Behalf::default() }));
    SelfReferral { origin, ..request(way, false) }
}

/// The same by a professional of a service.
pub(crate) fn by_professional(
    way: Way,
    knowing: Knowing,
    (source, reach): (ReferralSource, Way),
) -> SelfReferral {
    let reach = Some(SafeContact { say_nhs: true, ..SafeContact::by(reach) });
    let referrer = Referrer {
        name: Some(line("Dr Vale")),
        standing: Standing::Service { source },
        reach,
        ..Referrer::default()
    };
    let origin = Origin::Professional(Box::new(Behalf { referrer, knowing, ..Behalf::default() }));
    SelfReferral { origin, ..named(way, false) }
}

/// They know, they agree, and whoever asked may be told.
pub(crate) fn agreed() -> Knowing {
    Knowing { knows: true, agrees: Agrees::Yes, may_tell: true, ..Knowing::default() }
}

/// The same with a danger question answered yes.
pub(crate) fn flagged(way: Way, tell_gp: bool) -> SelfReferral {
    SelfReferral { dangers: vec![Danger::EndingLife], ..request(way, tell_gp) }
}

pub(crate) fn receive(ctx: &Ctx, sent: SelfReferral, county: &County) -> Arrival {
    let draft = Draft::begin(ctx.new_id::<DraftId>(), [7; 32], ctx.now);
    let reference = Reference::from_bytes(NEXT_ID.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    Referral::receive(ctx, draft, sent, reference, (county, SPOA)).unwrap()
}

/// A referral that arrived at `now`.
pub(crate) fn arrived(now: Timestamp, sent: SelfReferral) -> Referral {
    after(receive(&visitor(now), sent, &county()).changes)
}

/// The referral a change set writes.
#[expect(clippy::needless_pass_by_value, reason = "a transition's result is handed straight on")]
pub(crate) fn after(changes: Changes) -> Referral {
    written(&changes)
}

/// The referral a change set writes, left in place.
pub(crate) fn written(changes: &Changes) -> Referral {
    let written = changes.writes().iter().find_map(|write| {
        if let Write::Referral(referral) = write { Some(Referral::clone(referral)) } else { None }
    });
    written.unwrap()
}

pub(crate) fn kinds(changes: &Changes) -> Vec<EventKind> {
    changes.events().iter().map(|event| event.kind).collect()
}

pub(crate) fn triage_form(category: Category) -> TriageForm {
    TriageForm {
        category,
        narrative: text("Low for months, worse since March."),
        safety: text("Has somebody to be with tonight."),
        children: Children::None,
        emergency: (category == Category::A).then(|| text("Ambulance called, incident 1234.")),
        competence: None,
    }
}

pub(crate) fn children_urgent(category: Category) -> TriageForm {
    let children = Children::Urgent { about: text("Two small children, nobody else at home.") };
    TriageForm { children, ..triage_form(category) }
}

/// Opened and triaged at `now`.
pub(crate) fn triaged(now: Timestamp, sent: SelfReferral, category: Category) -> Referral {
    let opened = after(arrived(now, sent).open(&senior(now)).unwrap());
    after(opened.triage(&senior(now), triage_form(category), &county()).unwrap())
}

pub(crate) fn team() -> Team {
    Team {
        id: COMMUNITY,
        org: OrgId(Uuid::from_u128(0xC1)),
        name: line("Westmarch Community Team"),
        accepts: true,
        active: true,
        kind: Some(TeamKind::A06),
        deputy: None,
    }
}

pub(crate) fn acceptance(now: Timestamp) -> Acceptance {
    Acceptance {
        team: team(),
        contact_name: line("Robin"),
        next_step: text("Robin rings you."),
        next_on: crate::calendar::local_date(now.checked_add(DAY * 7).unwrap()),
    }
}

/// A colleague against whom nothing speaks.
pub(crate) fn candidate(role: Role) -> Candidate {
    let supervisor = Some(Named { user: user_of(Role::TeamManager), name: line("Manager") });
    let peer = Some(Profession::Peer);
    let profile = Profile { profession: peer, supervisor, ..Profile::default() };
    let name = line(role.code());
    Candidate { user: user_of(role), name, role: None, profile, caseload: 3, away: None, before: false }
}

pub(crate) fn choice(role: Role) -> Choice {
    Choice { worker: candidate(role), why: Some(text("They know each other.")) }
}

pub(crate) fn advice(now: Timestamp) -> Advice {
    Advice {
        advice: text("Try the sleep group."),
        options: text("The café on Mill Street is open tonight."),
        services: Vec::new(),
        basis: AdviceBasis::PersonsWish { said: text("I only wanted to know where to go.") },
        follow_up_on: crate::calendar::local_date(now.checked_add(DAY * 14).unwrap()),
    }
}

/// A service chosen for the person: a team here, or one outside that is asked by e-mail.
pub(crate) fn proposal(here: bool, asked: bool) -> Proposal {
    let outside = Receiver::Outside {
        name: line("Invented Debt Advice"),
        email: Some("desk@debt.example".parse().unwrap()),
        phone: None,
        address: None,
        service: None,
    };
    let team = Receiver::Team { team: COMMUNITY, name: line("Westmarch Community Team") };
    Proposal {
        to: if here { team } else { outside },
        why: text("They help with what weighs most."),
        consent: if asked { Consent::Agrees { said: None } } else { Consent::ToAsk },
        wish: Some(Introduction::ThreeWayCall),
    }
}

pub(crate) fn taken(ctx: &Ctx) -> Taken {
    Taken {
        contact_name: line("Asha"),
        next: text("Asha rings you on Thursday."),
        on: None,
        answered: Answered::on_screen(ctx),
    }
}

pub(crate) fn declined(ctx: &Ctx) -> Declined {
    let answered = Answered::on_screen(ctx);
    Declined { reason: DeclineReason::Capacity, words: text("Nobody free before June."), answered }
}

pub(crate) fn met(ctx: &Ctx) -> Met {
    let mode = crate::episode::Mode::FaceToFace;
    Met { at: ctx.now, mode, next: text("Every Thursday."), answered: Answered::on_screen(ctx) }
}

pub(crate) fn panel(now: Timestamp) -> Panel {
    Panel {
        sat: Sat {
            lead: line("Nadia Okonjo"),
            manager: line("Ruth Levene"),
            others: Some(text("Asha of Lantern Early Help")),
        },
        holds: acceptance(now),
    }
}

pub(crate) fn withdrawal() -> Withdrawal {
    Withdrawal { why: Some(text("I feel better.")), safety: text("Asked about; knows whom to ring.") }
}

pub(crate) fn contact(at: Timestamp, reached: bool) -> ContactMade {
    ContactMade {
        at,
        mode: crate::episode::Mode::Phone,
        reached,
        next: text("Ring again tomorrow."),
        needs: Some(crate::unmet::NeedsMet::NotMet { why: text("There was no other way.") }),
        heard: Heard::default(),
    }
}

/// The rules that come with the software.
pub(crate) fn rules() -> RuleSet {
    serde_json::from_str(BUILT_IN).unwrap()
}

/// The same, as the edition in force of a county that has written none.
pub(crate) fn edition() -> Edition {
    Edition::built_in(rules())
}

/// The letter was posted, its address read.
pub(crate) fn posted() -> crate::notice::NoticeStep {
    crate::notice::NoticeStep::Posted { address_checked: true, needs: None }
}

/// Compares the generated parts of a document with the checked-in one; with `ONEDOOR_BLESS=1` writes them instead. A
/// part stands between `<!-- generated: NAME -->` and `<!-- end -->`; the rest of the document is written by hand.
pub(crate) fn generated(document: &str, parts: &[(&str, String)]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(document);
    let old = std::fs::read_to_string(&path).unwrap();
    let new = parts.iter().fold(old.clone(), |text, (part, made)| with_part(&text, part, made));
    if std::env::var_os("ONEDOOR_BLESS").is_some() {
        std::fs::write(&path, new).unwrap();
    } else {
        assert!(new == old, "{document} is not what the code says: run this test with ONEDOOR_BLESS=1");
    }
}

fn with_part(text: &str, part: &str, made: &str) -> String {
    let open = format!("<!-- generated: {part} -->");
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("no part {part}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    format!("{before}{open}\n\n{}\n\n<!-- end -->{after}", made.trim())
}

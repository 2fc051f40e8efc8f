//! Invented people who ask for help, by the same transitions as the public door.
#![allow(dead_code, reason = "each test file uses its part")]

use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::change::Write;
use onedoor_domain::door::{Danger, Identity, Needs, Permissions, SafeContact, SelfReferral, Told, Way};
use onedoor_domain::entry::{Beginning, Channel, Entry, SafeToRing};
use onedoor_domain::file::{Content, File, FileName, NotScanned, Offered, ScanAnswer};
use onedoor_domain::ids::{EntryId, FileId, PersonLinkId, ReferralId};
use onedoor_domain::referral::Referral;
use onedoor_domain::value::Reference;
use uuid::Uuid;

use super::support::{Browser, House, Page};

/// Words a person wrote, to be found again on pages.
pub const STORY: &str = "I have not slept for a week\nand I cannot go to work.";

/// Opens a form and posts it with the version it showed.
pub async fn step(browser: &mut Browser, id: ReferralId, path: &str, fields: &[(&str, &str)]) -> Page {
    let address = format!("/referrals/{id}/{path}");
    let form = browser.get(&address).await;
    assert_eq!(form.status, StatusCode::OK, "{path}: {:?} {}", form.location, form.body);
    let version = form.field("version");
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    browser.post(&address, &all).await
}

/// A plain request: to be rung, the GP not told.
pub fn request(called: &str) -> SelfReferral {
    SelfReferral {
        identity: Identity {
            full_name: Some(format!("{called} Example").parse().unwrap()),
            gp_practice: Some("Millbrook Surgery".parse().unwrap()),
            ..Identity::called(called.parse().unwrap())
        },
        contact: SafeContact {
            safe_times: Some("After six, when I am alone".parse().unwrap()),
            ..SafeContact::by(Way::Call { phone: "07700 900456".parse().unwrap(), voicemail: false })
        },
        why_now: Some(STORY.parse().unwrap()),
        dangers: Vec::new(),
        safe_for_now: false,
        permissions: Permissions::default(),
        needs: Needs::default(),
        told: Told::default(),
        origin: onedoor_domain::door::Origin::Own,
    }
}

/// The same with a danger answer.
pub fn flagged(called: &str) -> SelfReferral {
    SelfReferral { dangers: vec![Danger::EndingLife, Danger::PlanOrMeans], ..request(called) }
}

/// A request to be answered by letter, with the GP told too.
pub fn by_letter(called: &str) -> SelfReferral {
    let mut request = request(called);
    request.contact.way = Way::Letter { address: "1 Invented Row\nAshmere".parse().unwrap() };
    request.permissions.tell_gp = true;
    request
}

/// Somebody asks for help, now.
pub async fn asks(house: &House, sent: SelfReferral) -> ReferralId {
    let visitor = [7; 32];
    let ctx = house.app.ctx(house.demo.tenant, Actor::Public(Some(visitor)));
    let bytes: [u8; 8] =
        Uuid::from(ctx.new_id::<onedoor_domain::ids::EventId>()).as_bytes()[8..].try_into().unwrap();
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (county, _) = tx.county().await.unwrap();
    let draft = tx.draft_or_new(ctx.new_id(), visitor).await.unwrap();
    let id = ReferralId(draft.id.into());
    let reference = Reference::from_bytes(bytes);
    let spoa = house.demo.teams["spoa"];
    let arrival = Referral::receive(&ctx, draft, sent, reference, (&county, spoa)).unwrap();
    tx.commit(arrival.changes).await.unwrap();
    id
}

/// Somebody of the single point of access began to write a request down.
pub async fn begins_entry(house: &House) -> EntryId {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let (id, team): (EntryId, _) = (ctx.new_id(), house.demo.teams["spoa"]);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    assert!(tx.entry_or_new(id, team).await.unwrap().is_none());
    let first = Beginning {
        callback: None,
        safe_to_ring: SafeToRing::NotKnown,
        channel: Channel::Phone,
        place: None,
    };
    let changes = Entry::begin(&ctx, id, team, first).keep(&ctx);
    tx.commit(changes).await.unwrap();
    id
}

/// A letter comes with a referral.
pub async fn brings_a_letter(house: &House, id: ReferralId) -> FileId {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let file: FileId = ctx.new_id();
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (referral, there) = tx.referral_with_files(id, Action::FileAdd).await.unwrap();
    let content = Content::from(b"A letter of the hospital.".to_vec());
    let offered = Offered { id: file, name: FileName::from_given("letter.txt"), content };
    let changes = File::attach_to_referral(&ctx, &referral, &there, offered).unwrap();
    tx.commit(changes).await.unwrap();
    file
}

/// No scanner looked at it.
pub async fn unscanned(house: &House, file: FileId) -> FileId {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (letter, _) = tx.file_to_scan(file).await.unwrap();
    let changes = letter.scanned(&ctx, ScanAnswer::None(NotScanned::NoScanner)).unwrap();
    tx.commit(changes).await.unwrap();
    file
}

/// A senior says that two requests are of the same person.
pub async fn matched(house: &House, id: ReferralId, other: ReferralId) -> PersonLinkId {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let referral = tx.referral(id, Action::PersonMatch).await.unwrap();
    let with = tx.referral(other, Action::PersonMatch).await.unwrap();
    let same = tx.same_as(&referral).await.unwrap();
    let changes = referral.match_person(&ctx, &with, &same, "She told me.".parse().unwrap()).unwrap();
    let link = changes.writes().iter().find_map(|write| match write {
        Write::PersonLink(link) => Some(link.id),
        _ => None,
    });
    tx.commit(changes).await.unwrap();
    link.unwrap()
}

/// The referral as the program itself sees it.
pub async fn look(house: &House, id: ReferralId) -> Referral {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    tx.referral(id, Action::ReferralRead).await.unwrap()
}

/// An agreement with a partner, and whose it is.
pub async fn agreement(house: &House) -> String {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    tx.agreements().await.unwrap()[0].id.to_string()
}

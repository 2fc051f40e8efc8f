//! Who is paged by which channel, and what whoever is rung can open.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::SignedDuration;
use onedoor::secret::Secret;
use onedoor::web::{App, Clock};
use onedoor::work::run_due;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Role, StaffMember};
use onedoor_domain::duty::{Channel, Rang};
use onedoor_domain::team::{NewUser, User};

use super::person::{self, Asked, by_text};
use super::support::House;
use super::{MINUTE, house, page};

/// Somebody new on duty who gave a mobile number when they were invited.
async fn on_duty_with_a_number(house: &House) {
    let ctx = house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let org = tx.orgs().await.unwrap()[0].id;
    tx.close().await.unwrap();
    let id = ctx.new_id();
    let new = NewUser {
        org,
        name: "Ola Brandt".parse().unwrap(),
        email: "ola@ashmere.example".parse().unwrap(),
        profession: None,
        phone: "07700 900321".parse().ok(),
        roles: [Role::SpoaSenior].into(),
        teams: [house.demo.teams["spoa"]].into(),
    };
    let invited = User::invite(&ctx, id, new, [9; 32]);
    house.app.db.begin(&ctx).await.unwrap().commit(invited).await.unwrap();
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let user = tx.user(id, Action::OwnSession).await.unwrap();
    tx.commit(user.set_credentials(&ctx, "!".to_owned(), Vec::new()).unwrap()).await.unwrap();
    person::county(house, |county| county.rota.shifts.iter_mut().for_each(|shift| shift.duty = id)).await;
}

#[tokio::test]
async fn who_gave_a_number_is_paged_by_text_too_and_neither_names_the_person() {
    let house = house().await;
    on_duty_with_a_number(&house).await;
    let asked = Asked::flagged(&house, by_text()).await;
    run_due(&house.app).await;
    let page = page(&house, &asked).await;
    let channels: Vec<Channel> = page.calls.iter().map(|call| call.channel).collect();
    assert_eq!(channels, [Channel::Email, Channel::Text]);
    assert!(page.calls.iter().all(|call| call.to.as_ref().is_some_and(|to| to.as_str() == "Ola Brandt")));
    let spool = std::fs::read_dir(&house.app.settings.spool_dir).unwrap();
    let pages: Vec<String> = spool
        .map(|file| file.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("page-"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    assert_eq!(pages.len(), 2);
    let called = asked.referral(&house).await.person().identity.called.clone();
    assert!(pages.iter().all(|text| !text.contains(called.as_str()) && text.contains("/duty")), "{pages:?}");
}

#[tokio::test]
async fn the_fallback_team_can_open_what_it_is_rung_about() {
    let house = house().await;
    person::county(&house, |county| county.rota.fallback_team = Some(house.demo.teams["lantern"])).await;
    let asked = Asked::flagged(&house, by_text()).await;
    let teams = asked.referral(&house).await.teams();
    assert!(!teams.contains(&house.demo.teams["lantern"]), "not before it is rung");
    // Somebody of that team whose role answers pages, and somebody whose role does not.
    let member = StaffMember {
        user: house.demo.users["crisis-nurse"],
        name: "Leo Castellan".parse().unwrap(),
        org: onedoor::web::app::new_id().into(),
        roles: [Role::CrisisTeam].into(),
        teams: [house.demo.teams["lantern"]].into(),
    };
    let nurse = house.app.ctx(house.demo.tenant, Actor::Staff(member));
    let record = format!("/referrals/{}", asked.id);
    assert_eq!(asked.on_screen(&house, &nurse).await, 0);
    assert_eq!(house.persona("voluntary-worker").await.get(&record).await.status, 404);
    for _ in 0..3 {
        run_due(&house.app).await;
        house.later(MINUTE * 5);
    }
    let referral = asked.referral(&house).await;
    assert!(referral.teams().contains(&house.demo.teams["lantern"]));
    assert_eq!(asked.on_screen(&house, &nurse).await, 1);
    assert_eq!(house.persona("voluntary-worker").await.get(&record).await.status, 200);
    let calls = page(&house, &asked).await.calls;
    let Rang::Failed { answer } = &calls.last().unwrap().outcome else { panic!("{calls:?}") };
    assert!(
        answer.as_str().starts_with("Nobody could be rung"),
        "no role of that team may answer: {answer:?}"
    );
}

/// Every look at the clock finds it later, as in life: a try is kept a moment after it was made.
fn ticking(app: &App) -> App {
    let clock = app.clock.clone();
    let looks = AtomicI64::new(0);
    let tick = move || clock.now() + SignedDuration::from_micros(looks.fetch_add(1, Ordering::Relaxed));
    let secret = Secret::load_or_create(&app.settings.secret_file).unwrap();
    App::new(app.db.clone(), app.settings.clone(), secret, Clock::of(tick))
}

// seed: 128
#[tokio::test]
async fn a_rung_is_rung_once_and_then_climbed_by_a_clock_that_never_stands_still() {
    let house = house().await;
    let app = ticking(&house.app);
    let asked = Asked::flagged(&house, by_text()).await;
    let mut rungs = Vec::new();
    for _ in 0..4 {
        run_due(&app).await;
        let rung = page(&house, &asked).await;
        let times = rung.calls.iter().filter(|call| call.rung == *rung.paged_now()).map(|call| call.times);
        assert!(times.clone().count() > 0 && times.clone().all(|times| times == 1), "{rung:?}");
        rungs.push(rung.at_rung);
        house.later(MINUTE * 5 + SignedDuration::from_secs(1));
    }
    assert_eq!(rungs, [0, 1, 2, 3], "nobody answered, so each is rung in turn");
}

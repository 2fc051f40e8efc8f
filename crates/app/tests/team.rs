//! Accounts, teams and the set-up of a county, over HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "team/invite.rs"]
mod invite;
#[path = "team/procedures.rs"]
mod procedures;
mod support;

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::account::factor::Factor;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Role, SystemScope};
use onedoor_domain::county::County;
use onedoor_domain::team::User;
use support::{Browser, House, Page, house};

const PASSWORD: &str = "seven brown herons";

/// The one-time link a page shows, as a path.
fn link(page: &Page) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let from = page.body.find("/invitation/").unwrap_or_else(|| panic!("no link: {}", page.body));
    page.body[from..].split('<').next().unwrap().to_owned()
}

/// The app that reads the key from the page.
fn app_of(page: &Page) -> Factor {
    let key = page.body.split("class=\"od-secret\">").nth(1).unwrap().split('<').next().unwrap();
    Factor::typed_in(key).unwrap()
}

async fn user(house: &House, id: &str) -> User {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    tx.user(id.parse().unwrap(), Action::StaffRead).await.unwrap()
}

/// Uses a one-time link and signs in.
async fn set_up(house: &House, link: &str, email: &str) -> Browser {
    let mut browser = house.visitor();
    let page = browser.get(link).await;
    let app = app_of(&page);
    let code = app.code_at(house.app.clock.now());
    let fields = [("factor", page.field("factor")), ("new-password", PASSWORD.into()), ("code", code)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = browser.post(link, &fields).await;
    assert_eq!(page.location.as_deref(), Some("/sign-in?done=ready"), "{}", page.body);
    browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
    house.later(SignedDuration::from_secs(30));
    let code = app.code_at(house.app.clock.now());
    let page = browser.post("/sign-in/code", &[("code", &code)]).await;
    assert_eq!(page.location.as_deref(), Some("/my-day"), "{}", page.body);
    browser
}

async fn invited(house: &House, admin: &mut Browser, email: &str, role: &str) -> (String, String) {
    let form = admin.get("/team/invite").await;
    let org = form.body.split("<option value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let spoa = house.demo.teams["spoa"].to_string();
    let id = form.field("id");
    let fields = [
        ("id", id.as_str()),
        ("name", "Ola Example"),
        ("email", email),
        ("org", &org),
        ("roles", role),
        ("teams", &spoa),
    ];
    let page = admin.post("/team/invite", &fields).await;
    (id.clone(), link(&page))
}

#[tokio::test]
async fn an_invited_colleague_sets_up_their_account_once_and_works() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let (id, link) = invited(&house, &mut admin, "Ola@Ashmere.example", "SPOA_SENIOR").await;
    assert!(!admin.get(&format!("/team/{id}")).await.has("/invitation/"), "shown once");
    let mut browser = set_up(&house, &link, "ola@ashmere.example").await;
    let account = browser.get("/account").await;
    assert!(account.has("Ola Example") && account.has("This browser"), "{}", account.body);
    // Used, unknown and old links look the same.
    let used = house.visitor().get(&link).await;
    let unknown = house.visitor().get("/invitation/0000").await;
    assert_eq!((used.status, &used.body), (StatusCode::NOT_FOUND, &unknown.body));
    let (_, other) = invited(&house, &mut admin, "late@ashmere.example", "GP").await;
    house.later(SignedDuration::from_hours(24 * 7));
    assert_eq!(house.visitor().get(&other).await.body, unknown.body);
}

#[tokio::test]
async fn a_weak_password_or_a_wrong_code_keeps_the_link_and_the_key() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let (_, link) = invited(&house, &mut admin, "ola@ashmere.example", "GP").await;
    let mut browser = house.visitor();
    let first = browser.get(&link).await;
    let factor = first.field("factor");
    let page = browser
        .post(&link, &[("factor", &factor), ("new-password", "Ola Example 1"), ("code", "000000")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("not your name") && page.has("The code is not right"), "{}", page.body);
    assert_eq!(page.field("factor"), factor, "the app that was set up is still the one");
    assert!(page.has("autocomplete=\"new-password\"") && page.has("autocomplete=\"one-time-code\""));
    assert!(page.has("src=\"data:image/svg+xml,"));
    // A key of somebody else's making is not taken.
    let page =
        browser.post(&link, &[("factor", "00ff"), ("new-password", PASSWORD), ("code", "000000")]).await;
    assert_ne!(page.field("factor"), "00ff");
    set_up(&house, &link, "ola@ashmere.example").await;
}

#[tokio::test]
async fn an_old_link_does_not_open_an_account_in_use() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let (id, first) = invited(&house, &mut admin, "ola@ashmere.example", "GP").await;
    let second = link(&admin.post(&format!("/team/{id}/invite-again"), &[]).await);
    set_up(&house, &second, "ola@ashmere.example").await;
    assert_eq!(house.visitor().get(&first).await.status, StatusCode::NOT_FOUND);
    let mut admin = house.persona("system-administrator").await;
    let page = admin.post(&format!("/team/{id}/invite-again"), &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_system_administrator_cannot_give_themselves_a_clinical_role() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let own = house.demo.users["system-administrator"].to_string();
    let page = admin.get(&format!("/team/{own}")).await;
    assert!(
        page.has("cannot give themselves a role that opens people")
            && page.has("another system administrator")
    );
    assert!(!page.has("name=\"roles\""));
    let roles = [("was", "SYSADMIN|"), ("roles", "SYSADMIN"), ("roles", "SPOA_SENIOR")];
    let page = admin.post(&format!("/team/{own}/roles"), &roles).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.has("cannot give themselves"), "{}", page.body);
    assert_eq!(user(&house, &own).await.roles, [Role::Sysadmin].into());
    for step in ["end", "ask-reset", "approve-reset", "invite-again"] {
        let page = admin.post(&format!("/team/{own}/{step}"), &[("end-why", "x"), ("reset-why", "x")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{step}");
    }
    assert!(user(&house, &own).await.is_active());
}

#[tokio::test]
async fn new_roles_hold_from_the_next_page_and_a_stale_form_is_told() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let mut worker = house.persona("gp").await;
    assert_eq!(worker.get("/team").await.status, StatusCode::FORBIDDEN);
    let id = house.demo.users["gp"].to_string();
    let was = admin.get(&format!("/team/{id}")).await.field("was");
    let page = admin.post(&format!("/team/{id}/roles"), &[("was", &was), ("roles", "TEAM_MANAGER")]).await;
    assert!(admin.follow(page).await.has("Roles and teams are saved"));
    assert_eq!(worker.get("/team").await.status, StatusCode::OK);
    let page = admin.post(&format!("/team/{id}/roles"), &[("was", &was), ("roles", "SYSADMIN")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.has("Team manager") && page.has("System administrator"), "{}", page.body);
    let was = admin.get(&format!("/team/{id}")).await.field("was");
    let page = admin.post(&format!("/team/{id}/roles"), &[("was", &was)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn access_ends_at_once_with_a_reason() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let mut worker = house.persona("key-worker").await;
    assert_eq!(worker.get("/account").await.status, StatusCode::OK);
    let id = house.demo.users["key-worker"].to_string();
    let page = admin.post(&format!("/team/{id}/end"), &[("end-why", " ")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(worker.get("/account").await.status, StatusCode::OK);
    let page = admin.post(&format!("/team/{id}/end"), &[("end-why", "Left the trust")]).await;
    assert!(admin.follow(page).await.has("Access ended"));
    assert!(worker.get("/account").await.location.unwrap().starts_with("/sign-in?"));
    assert!(admin.get(&format!("/team/{id}")).await.has("Left the trust"));
    assert_eq!(house.visitor().post("/demo/key-worker", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_second_factor_needs_two_people_who_are_not_its_owner() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let (id, first) = invited(&house, &mut admin, "ola@ashmere.example", "TEAM_MANAGER").await;
    let mut ola = set_up(&house, &first, "ola@ashmere.example").await;
    let page = admin.post(&format!("/team/{id}/ask-reset"), &[("reset-why", "Lost telephone")]).await;
    assert!(admin.follow(page).await.has("Another person has to approve"));
    // Neither the one who asked nor the owner approves.
    let page = admin.post(&format!("/team/{id}/approve-reset"), &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("You asked for this yourself"));
    assert_eq!(ola.post(&format!("/team/{id}/approve-reset"), &[]).await.status, StatusCode::FORBIDDEN);
    let mut manager = house.persona("service-manager").await;
    let page = manager.get(&format!("/team/{id}")).await;
    assert!(page.has("Lost telephone") && page.has("Kit Marlowe"), "{}", page.body);
    let second = link(&manager.post(&format!("/team/{id}/approve-reset"), &[]).await);
    // The old factor opens nothing any more; the link opens once; old sign-ins end with it.
    let page =
        house.visitor().post("/sign-in", &[("email", "ola@ashmere.example"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    set_up(&house, &second, "ola@ashmere.example").await;
    assert!(ola.get("/account").await.location.unwrap().starts_with("/sign-in?"));
    assert_eq!(house.visitor().get(&second).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signing_out_everywhere_and_a_new_password_end_the_other_browsers() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let (_, link) = invited(&house, &mut admin, "ola@ashmere.example", "GP").await;
    let mut here = set_up(&house, &link, "ola@ashmere.example").await;
    let page =
        here.post("/account/password", &[("password", "wrong"), ("new-password", "another long one")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("The password you have now is not right"));
    let page = here.post("/account/password", &[("password", PASSWORD), ("new-password", "short")]).await;
    assert!(page.has("12 characters or more"));
    let mut copied = here.clone();
    let page =
        here.post("/account/password", &[("password", PASSWORD), ("new-password", "nine grey otters")]).await;
    assert_eq!(page.location.as_deref(), Some("/account?done=password"), "{}", page.body);
    assert!(
        copied.get("/account").await.location.unwrap().starts_with("/sign-in?"),
        "a copy of the cookie is out"
    );
    assert!(here.follow(page).await.has("Your password is changed"));
    let page =
        house.visitor().post("/sign-in", &[("email", "ola@ashmere.example"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut there = here.clone();
    let page = here.post("/account/sign-out-everywhere", &[]).await;
    assert!(here.follow(page).await.has("signed out on every computer"));
    assert!(there.get("/account").await.location.unwrap().starts_with("/sign-in?"));
}

#[tokio::test]
async fn what_was_typed_into_a_locked_screen_comes_back_to_the_same_person_only() {
    let house = house().await;
    let words = "Line one & <two>\nthird \"quoted\" line, ünïcödé";
    let mut manager = house.persona("service-manager").await;
    let form = manager.get("/county/service").await;
    let typed = [
        ("version", form.field("version")),
        ("name", "Ashmere".into()),
        ("welcome", words.to_owned()),
        ("follow-up", "21".into()),
        ("step", "5".into()),
    ];
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.later(SignedDuration::from_mins(16));
    let page = manager.post("/county/service", &typed).await;
    assert_eq!(page.location.as_deref(), Some("/unlock?next=/parked"));
    assert_eq!(county(&house).await.follow_up_days, 14, "nothing was saved");
    // Somebody else finds nothing; nothing readable is stored.
    assert!(house.persona("system-administrator").await.get("/parked").await.has("Nothing is kept"));
    let mut again = house.visitor();
    let page = again.post("/demo/service-manager", &[]).await;
    assert_eq!(page.location.as_deref(), Some("/parked"), "offered back after signing in again");
    let page = again.follow(page).await;
    assert!(
        page.has("Line one &#38; &#60;two&#62;<br>third &#34;quoted&#34; line, ünïcödé"),
        "{}",
        page.body
    );
    // It is sent by hand, from the page, with every sign as it was typed.
    let kept: Vec<(&str, String)> = typed
        .iter()
        .map(|(name, _)| {
            (
                *name,
                page.field(name)
                    .replace("&#38;", "&")
                    .replace("&#60;", "<")
                    .replace("&#62;", ">")
                    .replace("&#34;", "\""),
            )
        })
        .collect();
    let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(kept, typed);
    let action = page.body.split("action=\"/county/service").nth(1).unwrap().split('"').next().unwrap();
    let page = again.post(&format!("/county/service{action}"), &kept).await;
    assert_eq!(page.location.as_deref(), Some("/county?done=saved"));
    assert_eq!(county(&house).await.welcome.unwrap().as_str(), words);
    assert!(again.get("/parked").await.has("Nothing is kept"), "and is not offered twice");
}

#[tokio::test]
async fn a_kept_post_can_be_thrown_away_lasts_an_hour_and_never_holds_a_password() {
    let house = house().await;
    let mut manager = house.persona("service-manager").await;
    house.later(SignedDuration::from_mins(16));
    manager.post("/county/hours", &[("monday", "9am to 5pm")]).await;
    let mut again = house.visitor();
    again.post("/demo/service-manager", &[]).await;
    let page = again.get("/parked").await;
    assert!(page.has("9am to 5pm"));
    again.post("/parked", &[("id", &page.field("id"))]).await;
    assert!(again.get("/parked").await.has("Nothing is kept"));
    manager.post("/county/hours", &[("monday", "10am to 5pm")]).await;
    house.later(SignedDuration::from_mins(61));
    let page = again.post("/demo/service-manager", &[]).await;
    assert_eq!(page.location.as_deref(), Some("/my-day"));
    manager.post("/account/password", &[("password", "secret"), ("new-password", "secret too")]).await;
    assert!(again.get("/parked").await.has("Nothing is kept"));
}

async fn county(house: &House) -> County {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    County::clone(&tx.county().await.unwrap().0)
}

#[tokio::test]
async fn the_set_up_says_what_is_missing_until_it_is_there() {
    let house = house().await;
    let mut manager = house.persona("service-manager").await;
    assert!(manager.get("/county").await.has("Nothing is missing"));
    // The only number goes, and the rota with it.
    let version = manager.get("/county/crisis/0").await.field("version");
    let page = manager.post("/county/crisis/0", &[("version", &version), ("do", "remove")]).await;
    assert_eq!(page.location.as_deref(), Some("/county/crisis"), "{}", page.body);
    assert!(manager.get("/county").await.has("No crisis number is set"));
    let version = manager.get("/county/crisis/new").await.field("version");
    let line = |day: &'static str| {
        vec![
            ("label", "Night line"),
            ("number", "01632 960 111"),
            ("hours", "6pm to 8am"),
            ("reviewed[day]", day),
            ("reviewed[month]", "11"),
            ("reviewed[year]", "2026"),
            ("by", "Ruth Levene"),
        ]
    };
    let with = |version: &str, fields: Vec<(&str, &str)>| -> Vec<(String, String)> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        fields.chain([("version".to_owned(), version.to_owned())]).collect()
    };
    let future = with(&version, line("25"));
    let future: Vec<(&str, &str)> =
        future.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = manager.post("/county/crisis/new", &future).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("today or before"));
    assert_eq!(page.field("number"), "01632 960 111");
    let today = with(&version, line("24"));
    let today: Vec<(&str, &str)> =
        today.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    manager.post("/county/crisis/new", &today).await;
    assert!(manager.get("/county").await.has("Nothing is missing"));
    // The same form once more meets its own change.
    let page = manager.post("/county/crisis/new", &today).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.has("Night line") && page.has("Ruth Levene"), "{}", page.body);
    house.later(SignedDuration::from_hours(24 * 95));
    let mut manager = house.persona("service-manager").await;
    assert!(manager.get("/county").await.has("Nobody has rung the number of Night line"));
}

#[tokio::test]
async fn hours_and_rota_are_typed_as_people_write_them() {
    let house = house().await;
    let mut manager = house.persona("service-manager").await;
    let page = manager.get("/county/hours").await;
    assert_eq!(page.field("monday"), "All day");
    let version = page.field("version");
    let mut fields = vec![("version", version.as_str()), ("bank-holidays", "closed"), ("saturday", "soon")];
    fields.extend(["monday", "tuesday", "wednesday", "thursday"].map(|day| (day, "9am to 5.30pm")));
    let page = manager.post("/county/hours", &fields).await;
    assert!(page.has("Enter the hours of Saturday") && page.field("saturday") == "soon");
    fields.retain(|(name, _)| *name != "saturday");
    manager.post("/county/hours", &fields).await;
    let hours = county(&house).await.hours;
    assert_eq!((hours.monday.len(), hours.friday.len()), (1, 0));
    assert!(manager.get("/county").await.has("Monday: 09:00 to 17:30<br>Tuesday"));
    // A week of nights.
    let page = manager.get("/county/rota").await;
    let nurse = house.demo.users["crisis-nurse"].to_string();
    let version = page.field("version");
    let turns = county(&house).await.rota.shifts.len();
    let mut fields = vec![
        ("version", version.as_str()),
        ("first[day]", "1"),
        ("first[month]", "3"),
        ("first[year]", "2027"),
        ("from-time", "9pm"),
        ("to-time", "9am"),
        ("days", "7"),
        ("duty", &nurse),
        ("deputy", &nurse),
    ];
    let page = manager.post("/county/rota", &fields).await;
    assert!(page.has("The deputy must be somebody else"), "{}", page.body);
    fields.pop();
    let page = manager.post("/county/rota", &fields).await;
    assert_eq!(page.location.as_deref(), Some("/county/rota"), "{}", page.body);
    let county = county(&house).await;
    assert_eq!(county.rota.shifts.len(), turns + 7);
    let last = county.rota.shifts.last().unwrap();
    assert_eq!(
        (last.from.to_string(), last.to.to_string()),
        ("2027-03-07T21:00:00Z".into(), "2027-03-08T09:00:00Z".into())
    );
}

#[tokio::test]
async fn teams_and_organisations_are_made_and_changed() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let action = |page: &Page, start: &str| {
        let from = page.body.find(&format!("action=\"{start}")).unwrap() + 8;
        page.body[from..].split('"').next().unwrap().to_owned()
    };
    let form = admin.get("/organisations/new").await;
    let org = action(&form, "/organisations/");
    assert!(admin.post(&org, &[("name", "Heron House")]).await.has("Choose a kind"));
    admin.post(&org, &[("name", "Heron House"), ("kind", "voluntary")]).await;
    let form = admin.get("/teams/new").await;
    let team = action(&form, "/teams/");
    let id = org.split('/').next_back().unwrap().to_owned();
    let page = admin.post(&team, &[("name", "Heron walkers"), ("org", &id), ("team-state", "active")]).await;
    let page = admin.follow(page).await;
    assert!(page.has("Heron walkers") && page.has("Heron House"));
    admin.post(&team, &[("name", "Heron talkers"), ("org", &id), ("team-state", "active")]).await;
    let page = admin.get("/teams").await;
    assert!(page.has("Heron talkers") && !page.has("Heron walkers"));
    // A manager may look and not change.
    let mut manager = house.persona("team-manager").await;
    assert_eq!(manager.get("/teams").await.status, StatusCode::OK);
    assert_eq!(manager.get("/teams/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(manager.post(&team, &[("name", "x"), ("org", &id)]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_time_of_a_duty_call_and_the_ways_to_be_reached_are_the_countys_own() {
    let house = house().await;
    let mut manager = house.persona("service-manager").await;
    let form = manager.get("/county/service").await;
    let fields = ["version", "name", "follow-up", "step", "call", "reply", "night-email"];
    let mut typed: Vec<(&str, String)> = fields.map(|name| (name, form.field(name))).into();
    assert_eq!(typed[4].1, "15", "the agreed default");
    let mut send = async |call: &str, reply: &str, email: &str| {
        typed[4].1 = call.into();
        typed[5].1 = reply.into();
        typed[6].1 = email.into();
        let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        manager.post("/county/service", &typed).await
    };
    let wrong = send("0", "nobody", "not an address").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("1 to 240") && wrong.has("nobody") && wrong.has("not an address"), "{}", wrong.body);
    let saved = send("20", "01632 960 500", "night@line.example").await;
    assert_eq!(saved.location.as_deref(), Some("/county?done=saved"));
    let county = county(&house).await;
    assert_eq!(county.targets.duty_call_minutes, 20);
    assert!(county.reply_number.is_some() && county.crisis_email.is_some());
}

//! Who is paged by which channel.

use onedoor::work::run_due;
use onedoor_domain::access::Action;
use onedoor_domain::actor::Role;
use onedoor_domain::duty::Channel;
use onedoor_domain::team::{NewUser, User};

use super::person::{self, Asked, by_text};
use super::support::House;
use super::{house, page};

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

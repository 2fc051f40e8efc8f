//! Changing how one is reached, and what one needs: the form is filled, what is not touched stays, each thing can be taken
//! away knowingly (hazard H05).

use axum::http::StatusCode;
use onedoor_domain::door::{Need, Way, WayKind};
use onedoor_domain::task::TaskKind;

use super::Follower;
use super::forms::{Filled, forms};
use super::people::look;
use super::support::Page;

const CONTACT: &str = "/track/change/contact";

impl Follower {
    /// The form as a browser sends it when nothing is touched.
    async fn form(&mut self, path: &str) -> Filled {
        let page = self.browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        forms(&page.body).into_iter().find(|form| form.action == path).expect("the form").untouched()
    }

    async fn keep(&mut self, form: &Filled) -> Page {
        self.browser.post(&form.action, &form.pairs()).await
    }

    async fn kept(&mut self, form: &Filled) {
        let done = self.keep(form).await;
        assert_eq!(done.location.as_deref(), Some("/track/where?done=changed"), "{}", done.body);
    }

    /// Somebody with everything to lose: three ways, a code name, safe times, a voicemail that may be left.
    async fn careful() -> Self {
        let mut it = Self::with(&[]).await;
        let form = it.form(CONTACT).await;
        let form = form
            .ticked("contact", "email")
            .ticked("contact", "letter")
            .with("email", "robin@person.example")
            .with("address", "1 Invented Row\nAshmere")
            .with("voicemail", "yes")
            .with("say-nhs", "yes")
            .with("safe-times", "weekdays after 4pm")
            .with("code-name", "Sam from the library");
        it.kept(&form).await;
        it
    }

    async fn history(&self) -> String {
        let mut nurse = self.house.persona("senior-nurse").await;
        nurse.get(&format!("/referrals/{}", self.id)).await.body
    }
}

#[tokio::test]
async fn who_changes_only_the_number_keeps_code_name_safe_times_voicemail_and_every_other_way() {
    let mut it = Follower::careful().await;
    let before = look(&it.house, it.id).await.person().contact.clone();
    let form = it.form(CONTACT).await.with("call-phone", "07700 900777");
    it.kept(&form).await;
    let after = look(&it.house, it.id).await.person().contact.clone();
    let phone = "07700 900777".parse().unwrap();
    let mut wanted = before;
    wanted.way = Way::Call { phone, voicemail: true };
    assert_eq!(after, wanted, "the number and nothing else");
    assert_eq!(
        after.ways().map(Way::kind).collect::<Vec<_>>(),
        [WayKind::Call, WayKind::Email, WayKind::Letter]
    );
    assert_eq!(after.code_name.unwrap().as_str(), "Sam from the library");
    let page = it.place().await;
    for said in [
        "ends in 777",
        "You may leave a voicemail",
        "begins with r",
        "By letter, to the address you gave",
        "You may say that it is the NHS",
        "Safe times: weekdays after 4pm",
        "say it is: Sam from the library",
    ] {
        assert!(page.has(said), "{said}: {}", page.body);
    }
}

#[tokio::test]
async fn the_form_shows_no_number_and_no_address_and_says_how_each_is_kept() {
    let mut it = Follower::careful().await;
    let page = it.browser.get(CONTACT).await;
    for hidden in ["07700 900", "robin@", "Invented Row"] {
        assert!(!page.has(hidden), "{hidden} is shown to whoever looks on");
    }
    assert!(page.has("Leave this empty to keep the number that ends in 123"), "{}", page.body);
    assert!(page.has("Leave this empty to keep the address that begins with r"), "{}", page.body);
    assert!(page.has("Leave this empty to keep the address you gave") && page.has("You told us on"));
    let form = it.form(CONTACT).await;
    for (name, value) in [
        ("contact", "call"),
        ("contact", "email"),
        ("contact", "letter"),
        ("voicemail", "yes"),
        ("say-nhs", "yes"),
        ("safe-times", "weekdays after 4pm"),
        ("code-name", "Sam from the library"),
        ("call-phone", ""),
        ("email", ""),
        ("address", ""),
    ] {
        assert!(form.says(name, value), "{name} {value}: {form:?}");
    }
    // Something wrong shows what was typed, and nothing of what was not.
    let wrong = it.keep(&form.ticked("contact", "text").with("text-phone", "12 ab")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("12 ab") && !wrong.has("07700 900") && !wrong.has("robin@"), "{}", wrong.body);
}

#[tokio::test]
async fn each_thing_is_taken_away_only_by_who_takes_it_away() {
    let mut it = Follower::careful().await;
    let form = it.form(CONTACT).await.with("code-name", "").with("voicemail", "no");
    it.kept(&form).await;
    let now = look(&it.house, it.id).await.person().contact.clone();
    assert!(now.code_name.is_none() && now.safe_times.is_some() && now.say_nhs);
    assert!(matches!(now.way, Way::Call { voicemail: false, .. }), "{now:?}");
    let form =
        it.form(CONTACT).await.with("safe-times", " ").with("say-nhs", "no").unticked("contact", "call");
    it.kept(&form).await;
    let now = look(&it.house, it.id).await.person().contact.clone();
    assert!(now.safe_times.is_none() && !now.say_nhs);
    assert_eq!(now.ways().map(Way::kind).collect::<Vec<_>>(), [WayKind::Email, WayKind::Letter]);
    let form = it.form(CONTACT).await.unticked("contact", "email").unticked("contact", "letter");
    let none = it.keep(&form).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody must be able to reach them");
    let form = it.form(CONTACT).await.unticked("contact", "email");
    it.kept(&form).await;
    let referral = look(&it.house, it.id).await;
    assert_eq!(referral.person().contact.ways().map(Way::kind).collect::<Vec<_>>(), [WayKind::Letter]);
    let new = referral.notices().iter().all(|notice| notice.route.code() == "letter");
    assert!(new, "what waits goes the way that is left");
}

#[tokio::test]
async fn the_history_says_what_the_person_changed_and_when_they_only_looked() {
    let mut it = Follower::with(&[]).await;
    let form = it.form(CONTACT).await;
    it.kept(&form).await;
    let looked = "The person looked at how to reach them or what they need, and left it as it is";
    let history = it.history().await;
    assert!(history.contains(looked) && !history.contains("The person changed"), "{history}");
    assert!(!it.open_tasks().await.contains(&TaskKind::ReadNew), "nobody is asked to read nothing");
    let version = look(&it.house, it.id).await.version().to_string();
    let form = it.form(CONTACT).await.with("code-name", "Sam from the library");
    it.kept(&form).await;
    assert!(it.history().await.contains("The person changed how they are reached"));
    assert!(it.open_tasks().await.contains(&TaskKind::ReadNew));
    // Whoever has a form open is told so too.
    let mut nurse = it.house.persona("senior-nurse").await;
    let stale = nurse.post(&format!("/referrals/{}/open", it.id), &[("version", &version)]).await;
    assert!(stale.has("The person changed how they are reached"), "{}", stale.body);
    let needs = "/track/change/needs";
    let form = it.form(needs).await.ticked("needs", "easy-read").with("language", "Polish");
    it.kept(&form).await;
    let form = it.form(needs).await;
    assert!(form.says("needs", "easy-read") && form.says("language", "Polish"), "{form:?}");
    it.kept(&form.with("language", "Welsh")).await;
    let now = look(&it.house, it.id).await.person().needs.clone();
    assert_eq!((now.needs, now.language.unwrap().as_str()), (vec![Need::EasyRead], "Welsh"));
    assert!(it.history().await.contains("The person changed what they need"));
    assert_eq!(it.browser.get("/track/change/safety").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_changed_elsewhere_meanwhile_is_not_written_over() {
    let mut it = Follower::careful().await;
    let open = it.form(CONTACT).await.with("code-name", "Alex");
    // In another tab they give a new number.
    let other = it.form(CONTACT).await.with("call-phone", "07700 900777");
    it.kept(&other).await;
    let again = it.keep(&open).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.has("changed while the page was open") && again.has("ends in 777"), "{}", again.body);
    assert!(again.has("value=\"Alex\""), "what was typed is there");
    let form = forms(&again.body).into_iter().find(|form| form.action == CONTACT).unwrap().untouched();
    it.kept(&form).await;
    let now = look(&it.house, it.id).await.person().contact.clone();
    assert_eq!(now.code_name.as_ref().unwrap().as_str(), "Alex");
    assert!(matches!(&now.way, Way::Call { phone, .. } if phone.as_str().ends_with("777")), "{now:?}");
}

#[tokio::test]
async fn every_number_of_a_way_that_is_left_alone_stays() {
    let mut it = Follower::with(&[]).await;
    // "Call me" with another number puts it before the one they gave.
    let called = it.browser.post("/track/call-me", &[("phone", "07700 900888")]).await;
    assert_eq!(called.status, StatusCode::SEE_OTHER, "{}", called.body);
    let before = look(&it.house, it.id).await.person().contact.clone();
    assert_eq!(before.ways().count(), 2);
    let form = it.form(CONTACT).await;
    it.kept(&form).await;
    let after = look(&it.house, it.id).await.person().contact.clone();
    assert_eq!(before, after);
    let form = it.form(CONTACT).await.with("safe-times", "mornings");
    it.kept(&form).await;
    let after = look(&it.house, it.id).await.person().contact.clone();
    assert_eq!(after.ways().collect::<Vec<_>>(), before.ways().collect::<Vec<_>>());
}

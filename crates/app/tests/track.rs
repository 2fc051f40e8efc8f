//! Following one's own request: reference and phrase, where it is, and every step the person takes, in a browser without
//! JavaScript.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "track/code.rs"]
mod code;
#[path = "support/forms.rs"]
mod forms;
#[path = "track/letter.rs"]
mod letter;
#[path = "track/reached.rs"]
mod reached;
#[path = "door/steps.rs"]
#[allow(dead_code, reason = "each test file uses its part")]
mod steps;
mod support;

#[path = "support/people.rs"]
mod people;

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::StateKind;
use onedoor_domain::task::TaskKind;
use people::look;
use steps::{Asking, reference};
use support::{Browser, House, Page, house};

/// Somebody who asked, kept a phrase, and follows their request in another browser.
struct Follower {
    house: House,
    id: ReferralId,
    reference: String,
    phrase: String,
    browser: Browser,
}

/// The five words on the page that shows them once.
fn phrase_on(page: &Page) -> String {
    let list = page.body.split("data-phrase>").nth(1).expect("a phrase").split("</ol>").next().unwrap();
    let words: Vec<&str> =
        list.split("<strong>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(words.len(), 5, "{list}");
    words.join(" ")
}

impl Follower {
    async fn with(dangers: &[&str]) -> Self {
        let house = house().await;
        let mut asking = Asking::ready(&house, dangers).await;
        let sent = asking.send().await;
        assert!(sent.has("Keep a return phrase"), "{}", sent.body);
        let phrase = phrase_on(&asking.post("follow", &[]).await);
        let mut it = Self {
            id: ReferralId(asking.draft.parse().unwrap()),
            reference: reference(&sent),
            browser: house.visitor(),
            phrase,
            house,
        };
        let phrase = it.phrase.clone();
        let went = it.enter(&phrase).await;
        assert_eq!(went.location.as_deref(), Some("/track/where"), "{}", went.body);
        it
    }

    async fn enter(&mut self, phrase: &str) -> Page {
        let reference = self.reference.clone();
        self.browser.post("/track", &[("reference", &reference), ("phrase", phrase)]).await
    }

    async fn place(&mut self) -> Page {
        let page = self.browser.get("/track/where").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.has("116 123") && page.has("href=\"/leave\"") && !page.has("⟦"), "{}", page.body);
        page
    }

    async fn open_tasks(&self) -> Vec<TaskKind> {
        let it = look(&self.house, self.id).await;
        it.tasks().iter().filter(|task| task.is_open()).map(|task| task.kind).collect()
    }

    /// The senior nurse takes a step, with the version there is.
    async fn nurse(&self, step: &str, fields: &[(&str, &str)]) {
        let mut nurse = self.house.persona("senior-nurse").await;
        let version = look(&self.house, self.id).await.version().to_string();
        let all: Vec<(&str, &str)> =
            [("version", version.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let done = nurse.post(&format!("/referrals/{}/{step}", self.id), &all).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }

    async fn triaged(&self, category: &str) {
        self.nurse("open", &[]).await;
        let fields = [
            ("category", category),
            ("narrative", "Low for months."),
            ("safety", "Not alone tonight."),
            ("children", "none"),
        ];
        self.nurse("triage", &fields).await;
    }

    async fn accepted(&self) {
        self.triaged("E").await;
        let north = self.house.demo.teams["north"].to_string();
        let fields = [
            ("team", north.as_str()),
            ("contact-name", "Robin Okafor"),
            ("next-step", "Robin rings you."),
            ("next-on[day]", "30"),
            ("next-on[month]", "11"),
            ("next-on[year]", "2026"),
        ];
        self.nurse("accept", &fields).await;
    }
}

#[tokio::test]
async fn a_person_sees_where_their_request_is_from_arrival_to_a_team() {
    let mut it = Follower::with(&[]).await;
    let page = it.place().await;
    for said in ["It waits to be read", "You told us on", "I have not slept for weeks.", "ends in 123"] {
        assert!(page.has(said), "{said}: {}", page.body);
    }
    assert!(!page.has("07700 900"), "the number is not shown to whoever looks on");
    assert!(page.has("We have your request"), "what was sent: {}", page.body);
    it.nurse("open", &[]).await;
    assert!(it.place().await.has("Somebody is reading your request now."));
    let it2 = &mut it;
    it2.nurse(
        "triage",
        &[
            ("category", "E"),
            ("narrative", "Low for months."),
            ("safety", "Not alone."),
            ("children", "none"),
        ],
    )
    .await;
    let page = it2.place().await;
    assert!(page.has("decided how soon") && page.has("We decide who can help you by"), "{}", page.body);
    for hidden in ["Low for months", "Not alone", "Nadia"] {
        assert!(!page.has(hidden), "how staff worked on it is not the person's page: {hidden}");
    }
    let north = it.house.demo.teams["north"].to_string();
    let fields = [
        ("team", north.as_str()),
        ("contact-name", "Robin Okafor"),
        ("next-step", "Robin rings you."),
        ("next-on[day]", "30"),
        ("next-on[month]", "11"),
        ("next-on[year]", "2026"),
    ];
    it.nurse("accept", &fields).await;
    let page = it.place().await;
    assert!(page.has("Ask for Robin Okafor") && page.has("30 November 2026"), "{}", page.body);
}

#[tokio::test]
async fn an_unknown_reference_and_a_wrong_phrase_get_the_same_answer_and_are_written_down() {
    let mut it = Follower::with(&[]).await;
    let wrong = "apple river stone cloud garden";
    let other = onedoor_domain::value::ReturnPhrase::from_bytes([1; 8]).key();
    let known = it.house.visitor().post("/track", &[("reference", &it.reference), ("phrase", &other)]).await;
    let made_up = onedoor_domain::value::Reference::from_bytes([9; 8]).to_string();
    let before = it.house.database.count("audit").await;
    let unknown = it.house.visitor().post("/track", &[("reference", &made_up), ("phrase", &other)]).await;
    assert_eq!(
        (known.status, unknown.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    let blank = |page: &Page, reference: &str| page.body.replace(reference, "REFERENCE");
    assert_eq!(blank(&known, &it.reference), blank(&unknown, &made_up), "nobody can tell one from the other");
    assert!(it.house.database.count("audit").await > before, "the try is written down");
    assert!(!known.has(&other), "what was typed as a phrase is not shown again");
    // Somebody who goes on guessing is slowed, for a reference that exists and for one that does not.
    for reference in [it.reference.clone(), made_up] {
        let mut guesser = it.house.visitor();
        let mut last = StatusCode::OK;
        for _ in 0..6 {
            last = guesser.post("/track", &[("reference", &reference), ("phrase", &other)]).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "{reference}");
    }
    let slowed = it.enter(wrong).await;
    assert!(slowed.has("116 123"), "help stands there all the same");
}

#[tokio::test]
async fn the_page_closes_by_itself_and_on_finish_and_nobody_elses_opens() {
    let mut it = Follower::with(&[]).await;
    it.house.later(SignedDuration::from_mins(31));
    let over = it.browser.get("/track/where").await;
    assert_eq!(over.location.as_deref(), Some("/track?over=1"));
    let kept = it.browser.post("/track/add", &[("words", "He moved out on Friday.")]).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    assert!(kept.has("He moved out on Friday.") && kept.has("116 123"), "{}", kept.body);
    let phrase = it.phrase.clone();
    it.enter(&phrase).await;
    it.place().await;
    let old = it.browser.clone();
    let done = it.browser.post("/track/finish", &[]).await;
    assert_eq!(done.location.as_deref(), Some("/"));
    assert_eq!(it.browser.get("/track/where").await.status, StatusCode::SEE_OTHER);
    let mut kept_cookie = old;
    assert_eq!(kept_cookie.get("/track/where").await.status, StatusCode::SEE_OTHER, "ended for good");
    let mut stranger = it.house.visitor();
    assert_eq!(stranger.get("/track/where").await.location.as_deref(), Some("/track?over=1"));
    let mut nurse = it.house.persona("senior-nurse").await;
    assert_eq!(nurse.get("/track/where").await.status, StatusCode::SEE_OTHER, "no staff session opens it");
}

#[tokio::test]
async fn a_new_phrase_takes_the_place_of_the_old_one() {
    let mut it = Follower::with(&[]).await;
    let old = it.phrase.clone();
    let new = phrase_on(&it.browser.post("/track/phrase", &[]).await);
    assert_ne!(old, new);
    it.browser = it.house.visitor();
    assert_eq!(it.enter(&old).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shouted = new.to_uppercase().replace(' ', ", ");
    assert_eq!(it.enter(&shouted).await.status, StatusCode::SEE_OTHER, "however it is written");
}

#[tokio::test]
async fn what_is_added_stands_on_the_record_as_new_until_somebody_read_it() {
    let mut it = Follower::with(&[]).await;
    let version = look(&it.house, it.id).await.version().to_string();
    let empty = it.browser.post("/track/add", &[("words", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..2 {
        let added = it.browser.post("/track/add", &[("words", "He moved out on Friday.")]).await;
        assert_eq!(added.location.as_deref(), Some("/track/where?done=added"));
    }
    let page = it.place().await;
    assert_eq!(page.body.matches("He moved out on Friday.").count(), 1, "sent twice is added once");
    assert_eq!(it.open_tasks().await, [TaskKind::Triage, TaskKind::ReadNew]);
    let mut nurse = it.house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{}", it.id)).await;
    assert!(
        record.has("What they have said since") && record.has("He moved out on Friday."),
        "{}",
        record.body
    );
    // A form from before is told what changed.
    let stale = nurse.post(&format!("/referrals/{}/open", it.id), &[("version", &version)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.has("The person added something"), "{}", stale.body);
    it.nurse("new-read", &[]).await;
    assert_eq!(it.open_tasks().await, [TaskKind::Triage]);
}

// seed: 42
#[tokio::test]
async fn who_asks_to_stop_is_thought_about_and_keeps_every_offer() {
    let mut it = Follower::with(&[]).await;
    assert!(it.browser.get("/track/withdraw").await.has("That is your choice"));
    let asked = it.browser.post("/track/withdraw/sure", &[("safe", "yes"), ("why", "I manage.")]).await;
    assert_eq!(asked.location.as_deref(), Some("/track/where?done=asked"), "{}", asked.body);
    let again = it.browser.post("/track/withdraw/sure", &[("safe", "yes")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice is asked once");
    assert_eq!(it.open_tasks().await, [TaskKind::Triage, TaskKind::Withdrawal]);
    assert_eq!(look(&it.house, it.id).await.kind(), StateKind::Received, "it never closes by itself");
    assert!(it.place().await.has("somebody senior thinks about whether that is safe for you"));
    it.nurse("withdraw", &[("why", "Manages."), ("safety", "Asked about; knows whom to ring.")]).await;
    let page = it.place().await;
    assert!(page.has("You can come back whenever you like") && page.has("/track/again"), "{}", page.body);
    assert!(page.has("/track/worse") && page.has("/track/add"), "{}", page.body);
}

#[tokio::test]
async fn who_is_not_sure_of_being_safe_is_shown_where_help_is_first() {
    let mut it = Follower::with(&[]).await;
    let asked = it.browser.post("/track/withdraw/sure", &[("safe", "no")]).await;
    assert_eq!(asked.location.as_deref(), Some("/track/worse?asked=1"));
    let page = it.browser.follow(asked).await;
    assert!(page.has("you may not be safe") && page.has("Call me"), "{}", page.body);
    let today = onedoor_domain::calendar::local_date(it.house.app.clock.now());
    let referral = look(&it.house, it.id).await;
    let due = referral.tasks().iter().find(|task| task.kind == TaskKind::Withdrawal).unwrap().due_at;
    assert_eq!(onedoor_domain::calendar::local_date(due), today);
}

#[tokio::test]
async fn getting_worse_with_a_danger_pages_at_once_whatever_was_decided() {
    for stage in ["received", "triaged", "accepted", "withdrawn"] {
        let mut it = Follower::with(&[]).await;
        match stage {
            "triaged" => it.triaged("D").await,
            "accepted" => it.accepted().await,
            "withdrawn" => it.nurse("withdraw", &[("safety", "Knows whom to ring.")]).await,
            _ => {}
        }
        let none = it.browser.post("/track/worse", &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let told =
            it.browser.post("/track/worse", &[("danger", "ending-life"), ("words", "It is back.")]).await;
        assert_eq!(told.location.as_deref(), Some("/track/worse/told"), "{stage}: {}", told.body);
        let page = it.browser.follow(told).await;
        assert!(page.has("We have called the person on duty") && page.has("999"), "{stage}: {}", page.body);
        let referral = look(&it.house, it.id).await;
        assert!(referral.is_flagged(), "{stage}");
        assert!(referral.page().is_some_and(|page| page.acknowledged.is_none()), "{stage}: nobody is rung");
        let open = it.open_tasks().await;
        assert!(open.contains(&TaskKind::DutyCall) && open.contains(&TaskKind::Triage), "{stage}: {open:?}");
        let soon = it.house.app.clock.now().checked_add(SignedDuration::from_hours(4)).unwrap();
        let due =
            referral.tasks().iter().find(|task| task.kind == TaskKind::Triage && task.is_open()).unwrap();
        assert!(due.due_at <= soon, "{stage}: looked at again within four hours");
        let mut nurse = it.house.persona("senior-nurse").await;
        assert!(nurse.get("/duty").await.has(&it.reference[..4]), "{stage}: not on the duty board");
        assert!(nurse.get(&format!("/referrals/{}", it.id)).await.has("It is back."), "{stage}");
    }
}

#[tokio::test]
async fn getting_worse_without_a_danger_is_looked_at_the_same_day() {
    let mut it = Follower::with(&[]).await;
    it.accepted().await;
    let told = it.browser.post("/track/worse", &[("danger", "none"), ("words", "I sleep even less.")]).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let referral = look(&it.house, it.id).await;
    assert!(referral.page().is_none() && !referral.is_flagged());
    let due = referral.tasks().iter().find(|task| task.kind == TaskKind::Triage && task.is_open()).unwrap();
    let today = onedoor_domain::calendar::local_date(it.house.app.clock.now());
    assert_eq!(onedoor_domain::calendar::local_date(due.due_at), today);
    let mut nurse = it.house.persona("senior-nurse").await;
    assert!(nurse.get("/my-day").await.has(&it.reference[..4]), "the single point of access is asked");
}

#[tokio::test]
async fn call_me_needs_no_number_that_is_known() {
    let mut it = Follower::with(&[]).await;
    let form = it.browser.get("/track/worse").await;
    assert!(form.has("the number we have from you") && !form.has("07700 900"), "{}", form.body);
    let told = it.browser.post("/track/call-me", &[]).await;
    assert_eq!(told.location.as_deref(), Some("/track/worse/told"), "{}", told.body);
    assert!(it.open_tasks().await.contains(&TaskKind::DutyCall));
}

// seed: 87
#[tokio::test]
async fn the_phrase_brings_them_back_for_twelve_months_and_nothing_is_asked_twice() {
    let mut it = Follower::with(&[]).await;
    it.nurse("withdraw", &[("safety", "Knows whom to ring.")]).await;
    let notice = look(&it.house, it.id).await.notices().last().unwrap().id;
    it.nurse(&format!("notices/{notice}"), &[("step", "told-by-phone")]).await;
    assert_eq!(look(&it.house, it.id).await.kind(), StateKind::Closed);
    it.house.at("2027-11-20T10:00:00Z");
    it.browser = it.house.visitor();
    let phrase = it.phrase.clone();
    assert_eq!(it.enter(&phrase).await.status, StatusCode::SEE_OTHER, "still within twelve months");
    let page = it.browser.get("/track/again").await;
    assert!(page.has("You told us on") && page.has("Robin"), "{}", page.body);
    let started = it.browser.post("/track/again", &[]).await;
    let to = started.location.clone().unwrap();
    assert!(to.contains("/safety?change=1"), "{to}");
    let draft = to.split('/').nth(2).unwrap().to_owned();
    let path = |page: &str| format!("/ask/{draft}/{page}?change=1");
    it.browser.post(&path("safety"), &[("danger", "none")]).await;
    let asked = it.browser.get(&path("name")).await;
    assert!(asked.has("You told us before, on") && asked.has("Robin"), "{}", asked.body);
    it.browser.post(&path("why-now"), &[("why-now", "It came back.")]).await;
    let check = it.browser.get(&format!("/ask/{draft}/check")).await;
    assert!(check.has("You told us on") && check.has("07700 900 123"), "{}", check.body);
    let sent = it.browser.post(&format!("/ask/{draft}/send"), &[]).await;
    assert!(sent.location.unwrap().ends_with("/sent"));
    let new = ReferralId(draft.parse().unwrap());
    let referral = look(&it.house, new).await;
    assert!(
        referral.tasks().iter().any(|task| task.kind == TaskKind::LookAgain && task.is_open()),
        "the same day"
    );
    assert_eq!(referral.repeats(), 0, "nothing had to be told twice");
    let mut nurse = it.house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{new}")).await;
    assert!(record.has(&format!("/referrals/{}", it.id)), "linked to the earlier request: {}", record.body);
    it.house.at("2028-01-20T10:00:00Z");
    it.browser = it.house.visitor();
    assert_eq!(
        it.enter(&phrase).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "after that it is not told from none"
    );
}

//! Somebody asking for help, page by page, in a browser without JavaScript.

use axum::http::StatusCode;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::county::County;

use crate::support::{Browser, House, Page};

/// One visitor and their draft.
pub struct Asking {
    pub browser: Browser,
    pub draft: String,
}

/// Pages and answers of a whole request with nothing that is optional, in order.
pub const LEAST: [(&str, &[(&str, &str)]); 12] = [
    ("safety", &[("danger", "none")]),
    ("age", &[]),
    ("name", &[("called", "Robin")]),
    ("contact", &[("contact", "call"), ("call-phone", "07700 900123")]),
    ("why-now", &[("why-now", "I have not slept for weeks.")]),
    ("permissions", &[("tell-gp", "no")]),
    ("help", &[]),
    ("needs", &[]),
    ("caring", &[]),
    ("practical", &[]),
    ("before", &[]),
    ("about-you", &[]),
];

impl Asking {
    /// Answers the first question.
    pub async fn begin(house: &House) -> Self {
        Self::in_browser(house.visitor()).await
    }

    /// The same in a browser that was here before.
    pub async fn in_browser(mut browser: Browser) -> Self {
        let first = browser.get("/ask").await;
        let draft = first.field("draft");
        let went = browser.post("/ask", &[("draft", &draft), ("who", "me")]).await;
        assert_eq!(went.location.as_deref(), Some(format!("/ask/{draft}/safety").as_str()), "{}", went.body);
        Self { browser, draft }
    }

    /// Has answered everything that must be answered, with other safety answers where they are given.
    pub async fn ready(house: &House, dangers: &[&str]) -> Self {
        let mut asking = Self::begin(house).await;
        for (page, fields) in LEAST {
            asking.answers(page, fields).await;
        }
        if !dangers.is_empty() {
            let fields: Vec<(&str, &str)> = dangers.iter().map(|danger| ("danger", *danger)).collect();
            asking.answers("safety", &fields).await;
        }
        asking
    }

    /// The request it becomes.
    pub fn id(&self) -> onedoor_domain::ids::ReferralId {
        onedoor_domain::ids::ReferralId(self.draft.parse().unwrap())
    }

    pub fn path(&self, page: &str) -> String {
        format!("/ask/{}/{page}", self.draft)
    }

    pub async fn get(&mut self, page: &str) -> Page {
        self.browser.get(&self.path(page)).await
    }

    pub async fn post(&mut self, page: &str, fields: &[(&str, &str)]) -> Page {
        self.browser.post(&self.path(page), fields).await
    }

    /// Answers a page that takes it, and says where that leads.
    pub async fn answers(&mut self, page: &str, fields: &[(&str, &str)]) -> String {
        let went = self.post(page, fields).await;
        assert_eq!(went.status, StatusCode::SEE_OTHER, "{page}: {}", went.body);
        went.location.unwrap().rsplit('/').next().unwrap().to_owned()
    }

    /// Sends and looks at the confirmation.
    pub async fn send(&mut self) -> Page {
        assert_eq!(self.answers("send", &[]).await, "sent");
        self.get("sent").await
    }
}

/// The reference a confirmation shows.
pub fn reference(page: &Page) -> String {
    let rest = page.body.split("data-reference=\"").nth(1).expect("a confirmation");
    rest.split('"').next().unwrap().to_owned()
}

/// Changes the county's settings.
pub async fn change_county(house: &House, change: impl FnOnce(&mut County)) {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (county, version) = tx.county().await.unwrap();
    let mut county = onedoor_domain::county::County::clone(&county);
    change(&mut county);
    tx.commit(county.change(&ctx, version)).await.unwrap();
}

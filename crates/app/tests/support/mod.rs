//! In-process HTTP against a real database: a county with personas, a clock the test sets, a browser without JavaScript.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test stops here"
)]
#![allow(missing_docs, reason = "named for what they do")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use onedoor::demo::{self, Demo};
use onedoor::health::Health;
use onedoor::secret::Secret;
use onedoor::settings::{Settings, Sources};
use onedoor::web::app::random;
use onedoor::web::gate::hash;
use onedoor::web::{App, Clock};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::guest::{Errand, Guest, Visit};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::session::{AuthLevel, Session};
use onedoor_domain::track::{Holder, Scope, Tracking};
use onedoor_store::Db;
use onedoor_store::migrate::make_tenant;
use onedoor_store::probe::Probe;
use onedoor_store::testing::{self, TestDb};
use tower::ServiceExt as _;

/// Tuesday 24 November 2026, 10 in the morning in London.
pub const TUESDAY_TEN: &str = "2026-11-24T10:00:00Z";

/// The address every browser asks.
pub const HOST: &str = "ashmere.example";

/// A whole installation in one process.
pub struct House {
    pub app: App,
    pub demo: Demo,
    pub database: Arc<TestDb>,
    pub now: Arc<Mutex<Timestamp>>,
    pub router: Router,
    folder: std::path::PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// A county with personas, on a Tuesday at ten.
pub async fn house() -> House {
    let now = Arc::new(Mutex::new(TUESDAY_TEN.parse().unwrap()));
    house_in(Arc::new(testing::database().await), now, Some(HOST)).await
}

async fn house_in(database: Arc<TestDb>, now: Arc<Mutex<Timestamp>>, host: Option<&str>) -> House {
    let folder = std::env::temp_dir().join(format!("onedoor-app-{}", uuid::Uuid::from_bytes(random())));
    std::fs::create_dir_all(&folder).unwrap();
    let sources = Sources {
        file: None,
        environment: vec![("ONEDOOR_DATABASE_URL".into(), database.url.clone())],
        data: Some(folder.clone()),
        serve: onedoor::cli::Serve { demo: true, ..Default::default() },
    };
    let settings = Settings::from_sources(sources).unwrap();
    let secret = Secret::load_or_create(&settings.secret_file).unwrap();
    let read = now.clone();
    let clock = Clock::of(move || *read.lock().unwrap());
    let db = Db::connect(database.options.clone()).await.unwrap();
    let app = App::new(db, settings, secret, clock);
    if host.is_some() {
        let ctx = app.system(onedoor::web::app::new_id().into(), SystemScope::Command);
        make_tenant(&app.db, &ctx, host).await.unwrap();
    }
    let demo = demo::county(&app).await.unwrap();
    let health = Health::new(Probe::new(database.options.clone()), None);
    let router = onedoor::routes::router(&app, health);
    House { app, demo, database, now, router, folder }
}

impl House {
    /// Another county in the same database, with people of the same names. Its pages have no address of their own.
    pub async fn neighbour(&self) -> Self {
        // With two counties that have addresses, the next one without is a new one.
        let third = self.app.system(onedoor::web::app::new_id().into(), SystemScope::Command);
        make_tenant(&self.app.db, &third, Some("elsewhere.example")).await.unwrap();
        let neighbour = house_in(self.database.clone(), self.now.clone(), None).await;
        assert_ne!(neighbour.demo.tenant, self.demo.tenant);
        neighbour
    }

    /// Moves the clock.
    pub fn later(&self, by: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }

    /// Sets the clock.
    pub fn at(&self, moment: &str) {
        *self.now.lock().unwrap() = moment.parse().unwrap();
    }

    /// The same house with other settings.
    pub fn with_settings(&self, change: impl FnOnce(&mut Settings)) -> (App, Router) {
        let mut settings = self.app.settings.clone();
        change(&mut settings);
        let app = App::new(self.app.db.clone(), settings, self.app.secret.clone(), self.app.clock.clone());
        let health = Health::new(Probe::new(self.database.options.clone()), None);
        let router = onedoor::routes::router(&app, health);
        (app, router)
    }

    /// A browser of somebody who is not signed in.
    pub fn visitor(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Vec::new() }
    }

    /// A browser in which the person follows their own request.
    pub async fn follows(&self, referral: ReferralId) -> Browser {
        let token = format!("{:x}", u128::from_be_bytes(random()));
        let ctx = self.app.system(self.demo.tenant, SystemScope::SignIn);
        let holder = Holder { referral, scope: Scope::Own };
        let tx = self.app.db.begin(&ctx).await.unwrap();
        tx.commit(Tracking::begin(&ctx, holder, hash(token.as_bytes()))).await.unwrap();
        Browser { router: self.router.clone(), cookies: vec![("track".into(), token)] }
    }

    /// A browser of somebody who opened a one-time link of this referral and said who they are.
    pub async fn guest(&self, referral: ReferralId, errand: Errand) -> Browser {
        let token = format!("{:x}", u128::from_be_bytes(random()));
        let [name, role, of] =
            ["Jo Park", "Duty adviser", "Invented Debt Advice"].map(|text| text.parse().unwrap());
        let guest = Guest { referral, errand, name, role, of };
        let ctx = self.app.ctx(self.demo.tenant, Actor::Guest(Box::new(guest)));
        let mut tx = self.app.db.begin(&ctx).await.unwrap();
        tx.referral(referral, Action::LinkOpen).await.unwrap();
        tx.commit(Visit::begin(&ctx, hash(token.as_bytes())).unwrap()).await.unwrap();
        Browser { router: self.router.clone(), cookies: vec![("guest".into(), token)] }
    }

    /// A browser in which this persona has just signed in.
    pub async fn persona(&self, key: &str) -> Browser {
        let token = format!("{:x}", u128::from_be_bytes(random()));
        let ctx = self.app.system(self.demo.tenant, SystemScope::SignIn);
        let mut tx = self.app.db.begin(&ctx).await.unwrap();
        let user = tx.user(self.demo.users[key], Action::OwnSession).await.unwrap();
        let (_, changes) = Session::begin(&ctx, user.id, hash(token.as_bytes()), AuthLevel::Full);
        tx.commit(changes).await.unwrap();
        Browser { router: self.router.clone(), cookies: vec![("session".into(), token)] }
    }
}

/// A browser without JavaScript: keeps cookies, follows nothing by itself.
#[derive(Clone)]
pub struct Browser {
    pub router: Router,
    pub cookies: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub location: Option<String>,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Page {
    /// The value of a hidden or text field.
    pub fn field(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\"");
        let at = self.body.find(&mark).unwrap_or_else(|| panic!("no field {name} in {}", self.body));
        let start = self.body[..at].rfind('<').unwrap();
        let end = at + self.body[at..].find('>').unwrap();
        let tag = &self.body[start..end];
        let value = tag.split("value=\"").nth(1).unwrap_or("\"");
        value[..value.find('"').unwrap()].to_owned()
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path)).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.post_raw(path, body.join("&").into_bytes()).await
    }

    pub async fn post_raw(&mut self, path: &str, body: Vec<u8>) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send_with(request, Body::from(body)).await
    }

    async fn send(&mut self, request: axum::http::request::Builder) -> Page {
        self.send_with(request, Body::empty()).await
    }

    /// Sends a request as it is built, with this browser's cookies.
    pub async fn send_with(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::HOST, HOST).header(header::COOKIE, cookies.join("; "));
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let location = parts.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let body = String::from_utf8_lossy(&body.collect().await.unwrap().to_bytes()).into_owned();
        Page { status: parts.status, location, headers: parts.headers, body }
    }

    fn keep(&mut self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        self.cookies.retain(|(found, _)| found != name);
        if !cookie.contains("Max-Age=0") {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Opens a page where somebody changes what is known of them, and sends these fields and no others.
    pub async fn changes(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let seen = self.get(path).await.field("seen");
        let all: Vec<(&str, &str)> =
            [("seen", seen.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post(path, &all).await
    }

    /// Follows the answer's redirect.
    pub async fn follow(&mut self, page: Page) -> Page {
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        let to = page.location.unwrap();
        self.get(&to).await
    }
}

/// Percent-encoding as a browser sends forms.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

//! The gate in front of every route: which county, who is asking, may they come here at all. Built from the route table.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, VisitorKey};
use onedoor_domain::change::{Noun, Subject};
use onedoor_domain::ids::{ReferralId, TenantId};
use onedoor_domain::session::Standing;
use onedoor_store::{Following, Identified, StoreError, Visiting};
use sha2::{Digest, Sha256};

use super::again;
use super::answer::{Paid, go};
use super::app::App;
use super::problem::{Problem, Shown};
use super::seat::{Guest, Person, Public, Staff};
use crate::routes::{Access, table};
use crate::session::parked;
use crate::ui::{ErrorKind, ErrorPage, Frame, FrameKind};
use crate::words::Lang;

/// SHA-256: how tokens are stored.
pub fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The names of the cookies. `__Host-` needs TLS; on a loopback listener without it the plain name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// A staff session.
    Session,
    /// A public visitor's draft.
    Visitor,
    /// Following one's own referral.
    Track,
    /// A visit by a one-time link.
    Guest,
    /// The words that were chosen for a visit.
    Words,
}

impl Cookie {
    /// Its name on this installation.
    pub fn name(self, app: &App) -> &'static str {
        match (self, app.settings.encrypted()) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Visitor, true) => "__Host-visitor",
            (Self::Visitor, false) => "visitor",
            (Self::Track, true) => "__Host-track",
            (Self::Track, false) => "track",
            (Self::Guest, true) => "__Host-guest",
            (Self::Guest, false) => "guest",
            (Self::Words, true) => "__Host-lang",
            (Self::Words, false) => "lang",
        }
    }

    /// The header that sets it; gone with the browser window.
    pub fn set(self, app: &App, value: &str) -> String {
        let secure = if app.settings.encrypted() { "; Secure" } else { "" };
        format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}", self.name(app))
    }

    /// The header that removes it.
    pub fn clear(self, app: &App) -> String {
        format!("{}; Max-Age=0", self.set(app, ""))
    }

    /// Its value in a request.
    pub fn read(self, app: &App, headers: &HeaderMap) -> Option<String> {
        let name = self.name(app);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value.to_owned())
    }
}

/// Admits a request to its route, or says why not.
pub async fn gate(State((app, access)): State<(App, Access)>, mut request: Request, next: Next) -> Response {
    let admitted = match access {
        Access::Open(_) => return next.run(request).await,
        Access::Public(_) => admit_public(&app, &mut request).await,
        Access::Person(action) => match admit_person(&app, action, request).await {
            Ok(admitted) => {
                request = admitted;
                Ok(())
            }
            Err(response) => return response,
        },
        Access::Guest(action) => match admit_guest(&app, action, request).await {
            Ok(admitted) => {
                request = admitted;
                Ok(())
            }
            Err(response) => return response,
        },
        Access::Staff(action) => match admit_staff(&app, action, request).await {
            Ok(admitted) => {
                request = admitted;
                Ok(())
            }
            Err(response) => return response,
        },
    };
    if let Err(problem) = admitted {
        return problem.into_response();
    }
    let again = parked::sent_again(&request).zip(request.extensions().get::<Staff>().cloned());
    let response = next.run(request).await;
    if let Some((id, staff)) = again
        && let Err(error) = parked::arrived(&app, &staff, id, response.status()).await
    {
        // What was sent is done. It is offered once more than needed, which is safe.
        tracing::warn!(%error, "a kept post could not be put away");
    }
    let answered =
        response.extensions().get::<Paid>().is_some() || response.extensions().get::<Shown>().is_some();
    if answered || response.status().is_client_error() {
        return response;
    }
    // Nothing answers without the proof of an ended transaction.
    Problem::Fault("an answer without a proof").into_response()
}

/// The address that was asked for, to come back to in another language.
fn here(request: &Request) -> String {
    request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned()
}

async fn admit_public(app: &App, request: &mut Request) -> Result<(), Problem> {
    let tenant = tenant_of(app, request.headers()).await?;
    let visitor: Option<VisitorKey> =
        Cookie::Visitor.read(app, request.headers()).map(|token| hash(token.as_bytes()));
    let ctx = app.ctx(tenant, Actor::Public(visitor));
    let lang = lang_of(app, request.headers());
    let here = here(request);
    request.extensions_mut().insert(Public { ctx, visitor, lang, here, app: app.clone() });
    Ok(())
}

async fn admit_staff(app: &App, action: Action, mut request: Request) -> Result<Request, Response> {
    let tenant = tenant_of(app, request.headers()).await.map_err(IntoResponse::into_response)?;
    let Some(identified) =
        identify(app, tenant, request.headers()).await.map_err(IntoResponse::into_response)?
    else {
        return Err(crate::session::turned_away(app, tenant, None, request).await);
    };
    let now = app.clock.now();
    match identified.session.standing(now, app.limits()) {
        Standing::Open => {}
        Standing::HalfWay | Standing::Locked | Standing::Over => {
            return Err(crate::session::turned_away(app, tenant, Some(identified), request).await);
        }
    }
    let staff = seat(app, tenant, &identified, lang_of(app, request.headers()));
    if !staff.may(action) {
        let refused = match staff.begin().await {
            Ok(tx) => tx.refuse(action, named(request.uri().path())).await,
            Err(error) => error,
        };
        return Err(with_seat(Problem::from(refused).into_response(), staff));
    }
    if request.method() != Method::HEAD && !request.headers().contains_key("x-poll") {
        identified.touch(staff.ctx.now).await.map_err(|error| Problem::from(error).into_response())?;
    }
    request.extensions_mut().insert(staff);
    Ok(request)
}

/// Whoever proved within the last half hour that they hold a referral; anybody else is asked for it again, and keeps what
/// they typed.
async fn admit_person(app: &App, action: Action, mut request: Request) -> Result<Request, Response> {
    let tenant = tenant_of(app, request.headers()).await.map_err(IntoResponse::into_response)?;
    let lang = lang_of(app, request.headers());
    let found = following(app, tenant, request.headers()).await.map_err(IntoResponse::into_response)?;
    let now = app.clock.now();
    let Some(found) = found.filter(|found| found.tracking.standing(now) == Standing::Open) else {
        let (ctx, here) = (app.ctx(tenant, Actor::Public(None)), here(&request));
        let public = Public { ctx, visitor: None, lang, here, app: app.clone() };
        return Err(crate::track::turned_away(&public, request).await);
    };
    let holder = found.tracking.holder;
    let ctx = app.ctx(tenant, Actor::Person(holder));
    if !holder.scope.may(action) {
        let refused = match app.db.begin(&ctx).await {
            Ok(tx) => tx.refuse(action, Some(record(holder.referral))).await,
            Err(error) => error,
        };
        return Err(Problem::from(refused).into_response());
    }
    if request.method() != Method::HEAD {
        found.touch(now).await.map_err(|error| Problem::from(error).into_response())?;
    }
    let (tracking, here) = (found.tracking, here(&request));
    request.extensions_mut().insert(Person { ctx, holder, tracking, lang, here, app: app.clone() });
    Ok(request)
}

/// Whoever opened a one-time link within the last half hour and said who they are; anybody else is asked to open it again,
/// and keeps what they typed. Whether the link still stands is a fact of the referral: the transaction decides.
async fn admit_guest(app: &App, action: Action, mut request: Request) -> Result<Request, Response> {
    let tenant = tenant_of(app, request.headers()).await.map_err(IntoResponse::into_response)?;
    let lang = lang_of(app, request.headers());
    let found = visiting(app, tenant, request.headers()).await.map_err(IntoResponse::into_response)?;
    let now = app.clock.now();
    let here = here(&request);
    let Some(found) = found.filter(|found| found.visit.standing(now) == Standing::Open) else {
        let ctx = app.ctx(tenant, Actor::Public(None));
        let public = Public { ctx, visitor: None, lang, here, app: app.clone() };
        return Err(crate::answer::turned_away(&public, request).await);
    };
    let ctx = app.ctx(tenant, Actor::Guest(Box::new(found.visit.guest.clone())));
    if !found.visit.guest.errand.scope().may(action) {
        let refused = match app.db.begin(&ctx).await {
            Ok(tx) => tx.refuse(action, Some(record(found.visit.guest.referral))).await,
            Err(error) => error,
        };
        return Err(Problem::from(refused).into_response());
    }
    if request.method() != Method::HEAD {
        found.touch(now).await.map_err(|error| Problem::from(error).into_response())?;
    }
    request.extensions_mut().insert(Guest { ctx, visit: found.visit, lang, here, app: app.clone() });
    Ok(request)
}

/// Whose tracking cookie this is.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn following(
    app: &App,
    tenant: TenantId,
    headers: &HeaderMap,
) -> Result<Option<Following>, Problem> {
    match Cookie::Track.read(app, headers) {
        Some(token) => Ok(app.db.identify(tenant, hash(token.as_bytes())).await?),
        None => Ok(None),
    }
}

/// Whose visit by a one-time link this is.
async fn visiting(app: &App, tenant: TenantId, headers: &HeaderMap) -> Result<Option<Visiting>, Problem> {
    match Cookie::Guest.read(app, headers) {
        Some(token) => Ok(app.db.identify(tenant, hash(token.as_bytes())).await?),
        None => Ok(None),
    }
}

fn seat(app: &App, tenant: TenantId, identified: &Identified, lang: Lang) -> Staff {
    let (session, member) = (identified.session.clone(), identified.member.clone());
    let ctx = app.ctx(tenant, Actor::Staff(member.clone()));
    Staff { ctx, member, session, lang, app: app.clone() }
}

/// Whose session cookie this is.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn identify(
    app: &App,
    tenant: TenantId,
    headers: &HeaderMap,
) -> Result<Option<Identified>, Problem> {
    match Cookie::Session.read(app, headers) {
        Some(token) => Ok(app.db.identify(tenant, hash(token.as_bytes())).await?),
        None => Ok(None),
    }
}

/// Which county a request is for.
///
/// # Errors
/// [`StoreError::Hidden`] where no county has been set up.
pub async fn tenant_of(app: &App, headers: &HeaderMap) -> Result<TenantId, Problem> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    match app.db.tenant_of(host).await {
        Ok(tenant) => Ok(tenant),
        Err(StoreError::Hidden) => Err(Problem::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// The language a browser asks for.
pub fn lang_of(app: &App, headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Lang::from_accept(accepted, Cookie::Words.read(app, headers).as_deref())
}

/// A POST with a session or tracking cookie but neither `Origin` nor `Sec-Fetch-Site` did not come from a page of ours.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let unproven = !headers.contains_key(header::ORIGIN) && !headers.contains_key("sec-fetch-site");
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let known = [Cookie::Session, Cookie::Track, Cookie::Guest]
        .iter()
        .any(|cookie| cookie.read(&app, headers).is_some());
    if !safe && unproven && known {
        return Problem::Elsewhere.into_response();
    }
    next.run(request).await
}

/// What an address names: a record, a form of a visitor, or what staff write down.
fn named(path: &str) -> Option<Subject> {
    let mut parts = path.split('/').skip(1);
    let noun = match parts.next()? {
        "referrals" => Noun::Referral,
        "ask" => Noun::Draft,
        "enter" => Noun::Entry,
        _ => return None,
    };
    Some(Subject { noun, id: parts.next()?.parse().ok()? })
}

fn record(referral: ReferralId) -> Subject {
    Subject { noun: Noun::Referral, id: referral.into() }
}

/// A page of somebody else tried to send something in the name of whoever is signed in here. Nothing happened; that it was
/// tried is written down with them and the record it named.
async fn note_elsewhere(
    app: &App,
    headers: &HeaderMap,
    (method, row, path): (&Method, &str, &str),
) -> Result<(), Problem> {
    let access = table().into_iter().find(|known| known.method == method.as_str() && known.path == row);
    let tenant = tenant_of(app, headers).await?;
    let (ctx, action, subject) = match access.map(|known| known.access) {
        Some(Access::Staff(action)) => {
            let Some(identified) = identify(app, tenant, headers).await? else { return Ok(()) };
            (app.ctx(tenant, Actor::Staff(identified.member)), action, named(path))
        }
        Some(Access::Person(action)) => {
            let Some(found) = following(app, tenant, headers).await? else { return Ok(()) };
            let holder = found.tracking.holder;
            (app.ctx(tenant, Actor::Person(holder)), action, Some(record(holder.referral)))
        }
        Some(Access::Guest(action)) => {
            let Some(found) = visiting(app, tenant, headers).await? else { return Ok(()) };
            let guest = found.visit.guest;
            let subject = Some(record(guest.referral));
            (app.ctx(tenant, Actor::Guest(Box::new(guest))), action, subject)
        }
        Some(Access::Public(_) | Access::Open(_)) | None => return Ok(()),
    };
    match app.db.begin(&ctx).await?.refuse(action, subject).await {
        StoreError::Refused(_) => Ok(()),
        error => Err(error.into()),
    }
}

fn with_seat(mut response: Response, staff: Staff) -> Response {
    response.extensions_mut().insert(staff);
    response
}

/// Puts the page around errors, those of ours and those of the server library.
pub async fn show_problems(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let row = request.extensions().get::<MatchedPath>().map(|row| row.as_str().to_owned());
    let (response, sent) = match again::keep(request).await {
        Ok((request, sent)) => (next.run(request).await, sent),
        Err(rejected) => (Problem::from(rejected).into_response(), None),
    };
    let shown = response.extensions().get::<Shown>().copied();
    let status = response.status();
    let Some(shown) = shown.or_else(|| bare(&response, status)) else { return response };
    if let (ErrorKind::Elsewhere, Some(row)) = (shown.kind, &row)
        && let Err(error) = note_elsewhere(&app, &headers, (&method, row, &path)).await
    {
        tracing::error!(%error, "a try from another site was not audited");
    }
    let staff = response.extensions().get::<Staff>().cloned();
    let mut page = problem_page(&app, &headers, staff, shown).await;
    let sent = sent.filter(|_| matches!(shown.kind, ErrorKind::Unavailable | ErrorKind::Fault));
    if let Some(again) = sent.and_then(|sent| sent.again()) {
        page = page.again(again);
    }
    let mut answer = match askama::Template::render(&page) {
        Ok(body) => {
            (shown.kind.status(), [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    for (name, value) in response.headers() {
        if *name == header::SET_COOKIE || *name == header::RETRY_AFTER || *name == header::ALLOW {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    answer
}

/// Errors the server library made: an unknown path, a wrong method, a body that is too large.
fn bare(response: &Response, status: StatusCode) -> Option<Shown> {
    if response.extensions().get::<Paid>().is_some()
        || !(status.is_client_error() || status.is_server_error())
    {
        return None;
    }
    if response.headers().contains_key(header::CONTENT_TYPE) && status == StatusCode::SERVICE_UNAVAILABLE {
        return None; // the health page says so in its own words
    }
    let kind = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ErrorKind::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorKind::TooLarge,
        // Only the check of where a form came from answers so.
        StatusCode::FORBIDDEN => ErrorKind::Elsewhere,
        StatusCode::TOO_MANY_REQUESTS => ErrorKind::TooOften,
        other if other.is_client_error() => ErrorKind::Unreadable,
        _ => ErrorKind::Fault,
    };
    Some(Shown { kind, wait: None })
}

async fn problem_page(app: &App, headers: &HeaderMap, staff: Option<Staff>, shown: Shown) -> ErrorPage {
    let frame = if let Some(staff) = staff {
        staff.frame_with(String::new(), "", 0).await
    } else {
        let tenant = tenant_of(app, headers).await.ok();
        let kind = FrameKind::Public { leave_quickly: true };
        let county = app.face(tenant).await;
        let lang = lang_of(app, headers);
        Frame {
            lang,
            title: String::new(),
            errors: false,
            county,
            kind,
            flash: None,
            no_index: true,
            here: None,
            keeps_typed: false,
        }
    };
    let page = ErrorPage::new(shown.kind, frame);
    match shown.wait {
        Some(seconds) => page.wait(seconds),
        None => page,
    }
}

/// Sends somebody to sign in and back.
pub fn to_sign_in(path: &str) -> Response {
    let mut to = String::from("/sign-in?next=");
    to.extend(form_encode(path));
    go(&to).into_response()
}

/// Percent-encodes everything that is not plainly part of a path.
pub fn form_encode(text: &str) -> impl Iterator<Item = char> + '_ {
    text.bytes().flat_map(|byte| {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.');
        let shown = if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        shown.chars().collect::<Vec<_>>()
    })
}

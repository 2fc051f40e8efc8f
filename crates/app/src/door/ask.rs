//! The first question: who is the help for? Here a draft gets its id and a visitor the cookie that makes it theirs.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::calendar::local_date;
use onedoor_domain::door::{Answers, DraftState, Question};
use onedoor_domain::ids::DraftId;
use onedoor_store::StoreError;

use super::answers::{SOMEONE, take};
use super::limit::{self, Client};
use super::question::QuestionPage;
use super::{Going, after, draft_id, to_confirmation};
use crate::ui::{BackLink, Frame, Markup};
use crate::web::answer::go;
use crate::web::app::{new_id, random};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, redirect, static_page};

/// The page for those who ask for somebody else.
pub const SOMEONE_ELSE: &str = "/ask/someone-else";

/// Answers that a person wrote themselves, with their labels: shown back where they cannot be kept.
const WRITTEN: [(&str, &str); 21] = [
    ("called", "door-called-title"),
    ("phone", "door-call-phone"),
    ("call-phone", "door-call-phone"),
    ("text-phone", "door-text-phone"),
    ("email", "door-email"),
    ("address", "door-address"),
    ("safe-times", "door-safe-times"),
    ("place", "door-place"),
    ("code-name", "door-code-name"),
    ("why-now", "door-why-now-title"),
    ("talk-to", "door-talk-to"),
    ("would-help", "door-would-help"),
    ("matters", "door-matters"),
    ("language", "door-language"),
    ("needs-other", "door-needs-other"),
    ("caring-about", "door-caring-about"),
    ("practical-about", "door-practical-about"),
    ("full-name", "door-full-name"),
    ("nhs-number", "door-nhs-number"),
    ("gp-practice", "door-gp"),
    ("postcode", "door-postcode"),
];

/// A page with words only.
#[derive(Template)]
#[template(path = "door/stop.html")]
struct StopPage {
    frame: Frame,
    back: BackLink,
    text: Markup,
    kept: Vec<(String, Markup)>,
}

/// Shows the first question.
///
/// # Errors
/// [`Problem::Render`].
pub async fn show(State(app): State<App>, public: Public) -> Result<Answer, Problem> {
    if !takes_requests(&app, &public).await {
        return cannot_take(&public).await;
    }
    let first = first_page(&public, DraftId(new_id()), &RawForm::default(), &FormErrors::default()).await;
    let answer = static_page(StatusCode::OK, &first)?;
    Ok(match public.visitor {
        Some(_) => answer,
        None => answer.cookie(&Cookie::Visitor.set(&app, &token())),
    })
}

/// Takes the first answer and saves the draft.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's; [`Problem::TooOften`].
pub async fn begin(client: Client, public: Public, request: Request) -> Result<Answer, Problem> {
    if !limit::within(&public, client).await? {
        return Err(Problem::TooOften(limit::WAIT));
    }
    let raw = read_form(request).await?;
    // A page of ours always carries an id: whoever has none begins again.
    let Ok(id) = draft_id(raw.text("draft")) else { return Ok(go("/ask")) };
    if public.visitor.is_none() {
        return without_cookie(&public, &raw).await;
    }
    if raw.text("who") == SOMEONE {
        return Ok(go(SOMEONE_ELSE));
    }
    let mut answers = Answers::default();
    let errors = take(Question::ForWhom, &raw, &mut answers, Date::MIN);
    if !errors.is_empty() {
        let again = first_page(&public, id, &raw, &errors).await;
        return static_page(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    match save(&public, id, &raw).await {
        // The same form, pressed twice, is two first saves at once: the second finds the first one's.
        Err(Problem::Store(StoreError::Stale)) => save(&public, id, &raw).await,
        saved => saved,
    }
}

async fn save(public: &Public, id: DraftId, raw: &RawForm) -> Result<Answer, Problem> {
    let visitor = public.visitor.ok_or(Problem::NotFound)?;
    let mut tx = public.begin().await?;
    let draft = tx.draft_or_new(id, visitor).await?;
    if draft.state != DraftState::Open {
        tx.close().await?;
        return Ok(to_confirmation(id));
    }
    let mut answers = draft.answers.clone();
    take(Question::ForWhom, raw, &mut answers, local_date(tx.ctx().now));
    let changes = draft.save(tx.ctx(), answers)?;
    Ok(redirect(tx.commit(changes).await?, &after(id, Question::ForWhom, Going::On)))
}

async fn first_page(public: &Public, id: DraftId, raw: &RawForm, errors: &FormErrors) -> QuestionPage {
    let mut first = QuestionPage::new(public, Question::ForWhom, raw, errors).await;
    "/ask".clone_into(&mut first.action);
    first.draft = Some(id.to_string());
    first
}

/// 256 random bits that only this browser holds; we keep their hash.
fn token() -> String {
    random::<32>().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Help for somebody else is not here yet; help itself is.
///
/// # Errors
/// [`Problem::Render`].
pub async fn someone_else(public: Public) -> Result<Answer, Problem> {
    let keys = ["door-someone-what", "door-someone-ring", "door-someone-together"];
    stop(&public, StatusCode::OK, ("door-someone-title", "/ask"), &keys, Vec::new()).await
}

/// The browser keeps no cookie, so nothing could be saved: what was written is shown back, with where to ring.
pub(super) async fn without_cookie(public: &Public, raw: &RawForm) -> Result<Answer, Problem> {
    let lang = public.lang;
    let kept = WRITTEN
        .iter()
        .map(|(name, label)| (lang.t(label), raw.text(name)))
        .filter(|(_, typed)| !typed.is_empty())
        .map(|(label, typed)| (label, Markup::lines(typed)))
        .collect();
    let keys = ["door-cookie-what", "door-cookie-do", "door-cookie-ring"];
    stop(public, StatusCode::UNPROCESSABLE_ENTITY, ("door-cookie-title", "/ask"), &keys, kept).await
}

/// The county has not opened its door: said before anybody types, and again where it closed meanwhile.
pub(super) async fn cannot_take(public: &Public) -> Result<Answer, Problem> {
    let keys = ["door-closed-what", "door-closed-ring"];
    stop(public, StatusCode::SERVICE_UNAVAILABLE, ("door-closed-title", "/"), &keys, Vec::new()).await
}

async fn takes_requests(app: &App, public: &Public) -> bool {
    app.county(public.ctx.tenant).await.is_ok_and(|county| county.spoa_team.is_some())
}

/// A page that says why it goes no further here, what was typed, and where help is.
pub(crate) async fn stop(
    public: &Public,
    status: StatusCode,
    (title, back): (&str, &str),
    keys: &[&str],
    kept: Vec<(String, Markup)>,
) -> Result<Answer, Problem> {
    let lang = public.lang;
    let mut frame = public.frame(lang.t(title)).await;
    frame.no_index = true;
    let text = Markup::paragraphs(keys.iter().map(|key| lang.t(key)));
    static_page(status, &StopPage { frame, back: BackLink::new(lang, back), text, kept })
}

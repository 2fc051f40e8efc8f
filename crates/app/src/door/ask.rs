//! The first question: who is the help for? Here a draft gets its id and a visitor the cookie that makes it theirs.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::calendar::local_date;
use onedoor_domain::door::{Answers, DraftState, ForWhom, Question};
use onedoor_domain::ids::DraftId;
use onedoor_store::StoreError;

use super::answers::take;
use super::limit::{self, Client};
use super::question::QuestionPage;
use super::voice::Voice;
use super::{Going, after, draft_id, to_confirmation};
use crate::code::ADDRESS;
use crate::ui::{BackLink, Frame, Markup};
use crate::web::answer::go;
use crate::web::app::{new_id, random};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, redirect, static_page};

/// Where a form begins: its address, its first question, and whom it is for where that is not asked.
#[derive(Clone, Copy)]
struct First {
    address: &'static str,
    question: Question,
    whom: Option<ForWhom>,
}

/// The form for everybody.
const ASK: First = First { address: "/ask", question: Question::ForWhom, whom: None };
/// The form for professionals.
const REFER: First =
    First { address: "/refer", question: Question::Asker, whom: Some(ForWhom::Professional) };

/// Answers that a person wrote themselves, with their labels: shown back where they cannot be kept.
const WRITTEN: [(&str, &str); 32] = [
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
    ("asker-name", "door-asker-name"),
    ("organisation", "door-organisation"),
    ("role", "door-role"),
    ("work-phone", "door-work-phone"),
    ("work-email", "door-work-email"),
    ("agrees-why", "door-agrees-why"),
    ("unsafe-why", "door-unsafe-why"),
    ("urgency", "door-urgency"),
    ("tried", "door-tried"),
    ("about", "door-call-me-about"),
    (ADDRESS, "code-to"),
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
    open_at(&app, &public, ASK).await
}

/// Shows a professional the first question of theirs.
///
/// # Errors
/// [`Problem::Render`].
pub async fn show_refer(State(app): State<App>, public: Public) -> Result<Answer, Problem> {
    open_at(&app, &public, REFER).await
}

async fn open_at(app: &App, public: &Public, first: First) -> Result<Answer, Problem> {
    if !takes_requests(app, public).await {
        return cannot_take(public).await;
    }
    let id = DraftId(new_id());
    let page = first_page(public, first, id, &RawForm::default(), &FormErrors::default()).await;
    let answer = static_page(StatusCode::OK, &page)?;
    Ok(match public.visitor {
        Some(_) => answer,
        None => answer.cookie(&Cookie::Visitor.set(app, &token())),
    })
}

/// Takes the first answer and saves the draft.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's; [`Problem::TooOften`].
pub async fn begin(client: Client, public: Public, request: Request) -> Result<Answer, Problem> {
    begin_at(client, public, request, ASK).await
}

/// Takes a professional's first answer and saves the draft.
///
/// # Errors
/// As [`begin`].
pub async fn begin_refer(client: Client, public: Public, request: Request) -> Result<Answer, Problem> {
    begin_at(client, public, request, REFER).await
}

async fn begin_at(
    client: Client,
    mut public: Public,
    request: Request,
    first: First,
) -> Result<Answer, Problem> {
    if !limit::within(&public, client).await? {
        return Err(Problem::TooOften(limit::WAIT));
    }
    let raw = read_form(request).await?;
    let reworded = public.reword(&raw);
    // A page of ours always carries an id: whoever has none begins again.
    let Ok(id) = draft_id(raw.text("draft")) else { return Ok(go(first.address)) };
    if let Some(reworded) = reworded {
        let again = first_page(&public, first, id, &raw, &FormErrors::default()).await;
        return reworded.keep(static_page(StatusCode::OK, &again));
    }
    if public.visitor.is_none() {
        return without_cookie(&public, &raw).await;
    }
    let mut answers = Answers { for_whom: first.whom, ..Answers::default() };
    let errors = take(first.question, &raw, &mut answers, Date::MIN);
    if !errors.is_empty() {
        let again = first_page(&public, first, id, &raw, &errors).await;
        return static_page(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    match save(&public, first, id, &raw).await {
        // The same form, pressed twice, is two first saves at once: the second finds the first one's.
        Err(Problem::Store(StoreError::Stale)) => save(&public, first, id, &raw).await,
        saved => saved,
    }
}

async fn save(public: &Public, first: First, id: DraftId, raw: &RawForm) -> Result<Answer, Problem> {
    let visitor = public.visitor.ok_or(Problem::NotFound)?;
    let mut tx = public.begin().await?;
    let draft = tx.draft_or_new(id, visitor).await?;
    if draft.state != DraftState::Open {
        tx.close().await?;
        return Ok(to_confirmation(id));
    }
    let mut answers = draft.answers.clone();
    answers.for_whom = first.whom.or(answers.for_whom);
    take(first.question, raw, &mut answers, local_date(tx.ctx().now));
    let next = after(id, (first.question, answers.whom()), Going::On);
    let changes = draft.save(tx.ctx(), answers)?;
    Ok(redirect(tx.commit(changes).await?, &next))
}

async fn first_page(
    public: &Public,
    first: First,
    id: DraftId,
    raw: &RawForm,
    errors: &FormErrors,
) -> QuestionPage {
    let voice = Voice::for_whom(first.whom.unwrap_or_default());
    let mut page = QuestionPage::new(public, (first.question, voice), raw, errors).await;
    first.address.clone_into(&mut page.action);
    page.draft = Some(id.to_string());
    page
}

/// 256 random bits that only this browser holds; we keep their hash.
fn token() -> String {
    random::<32>().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
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

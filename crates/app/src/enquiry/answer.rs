//! The page of the one-time link: what is missing, a box for the answer, and nothing of the person. It is answered once; after
//! that, and after two working days, it says so.
//!
//! A wrong key and a request that does not exist look the same, and no row is read before the key is right.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::actor::{Actor, Ctx};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::notice::Party;
use onedoor_domain::referral::{Answerer, Enquired};
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Section;
use onedoor_domain::track::{Holder, Scope};
use onedoor_domain::value::{Phone, Text, TextError};
use onedoor_store::{Done, Saw, StoreError, Wrote};

use super::link;
use crate::once::Once;
use crate::referral::ask;
use crate::referral::record::find;
use crate::ui::{Button, ErrorSummary, Field, Frame, InsetText, Markup, TextInput, Textarea};
use crate::web::address::client_address;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, App, Problem, Public, page_with, redirect};
use crate::words::{self, Lang};

/// So many seconds somebody waits who looked or sent too often.
const WAIT: u32 = 15 * 60;

/// What is missing, and a box for the answer; or that there is nothing to answer any more.
#[derive(Template)]
#[template(path = "enquiry/answer.html")]
struct AnswerPage {
    frame: Frame,
    summary: Option<ErrorSummary>,
    /// What this is about, or why there is nothing to answer.
    says: Vec<String>,
    missing: Option<InsetText>,
    /// The form, while it can be answered.
    form: Option<Form>,
    /// What was typed and not taken, to copy.
    kept: Option<Markup>,
    ring: Option<String>,
}

/// The box for the answer.
struct Form {
    action: String,
    /// Who answers, unless it is the person.
    who: Vec<TextInput>,
    text: Textarea,
    button: Button,
}

/// What was typed, what is wrong with it, and how it is answered.
struct Typed<'a> {
    raw: &'a RawForm,
    errors: &'a FormErrors,
    status: StatusCode,
}

/// GET `/question/{id}/{token}`.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is not ours; [`Problem::TooOften`].
pub async fn show(
    State(app): State<App>,
    public: Public,
    Path((id, key)): Path<(String, String)>,
    request: Request,
) -> Result<Answer, Problem> {
    let client = client_address(&app, request.headers(), request.extensions());
    if !Once::may_look(&app, &public.ctx, &client).await? {
        return Err(Problem::TooOften(WAIT));
    }
    let id = opened(&app, &public, (&id, &key))?;
    let typed = Typed { raw: &RawForm::default(), errors: &FormErrors::default(), status: StatusCode::OK };
    shown(&app, &public, (id, &key), &typed).await
}

/// POST `/question/{id}/{token}`: the answer, once.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is not ours.
pub async fn submit(
    State(app): State<App>,
    public: Public,
    Path((id, key)): Path<(String, String)>,
    request: Request,
) -> Result<Answer, Problem> {
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    // Each try is counted before anything is looked up, with a right key and with a wrong one.
    let id = match opened(&app, &public, (&id, &key)) {
        Ok(id) => id,
        Err(_) if !Once::may_look(&app, &public.ctx, &client).await? => return Err(Problem::TooOften(WAIT)),
        Err(unknown) => return Err(unknown),
    };
    let mut errors = FormErrors::default();
    let status = if link(public.ctx.tenant, id).may_send(&app, &public.ctx, &client).await? {
        match answered(&app, &public, id, (&raw, &mut errors)).await? {
            Sent::Stored(done) => return Ok(redirect(done, &super::path(&app, public.ctx.tenant, id))),
            Sent::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
            Sent::Late => StatusCode::CONFLICT,
        }
    } else {
        errors.push(FieldError::new("answer", "reply-too-often"));
        StatusCode::TOO_MANY_REQUESTS
    };
    shown(&app, &public, (id, &key), &Typed { raw: &raw, errors: &errors, status }).await
}

/// What became of an answer.
enum Sent {
    Stored(Done<Wrote>),
    /// Something is missing: the errors say what.
    Wrong,
    /// Somebody was faster, or its time has passed: the page says so, with what was typed.
    Late,
}

async fn answered(
    app: &App,
    public: &Public,
    id: ReferralId,
    (raw, errors): (&RawForm, &mut FormErrors),
) -> Result<Sent, Problem> {
    let ctx = holder(app, public, id);
    let mut tx = app.db.begin(&ctx).await?;
    let referral = tx.referral(id, Action::EnquiryAnswer).await?;
    let enquired = referral.enquired();
    // Before anything is found missing: who comes too late is told so, with what was typed.
    if enquired.as_ref().is_some_and(|it| !stands(it, ctx.now)) {
        tx.close().await?;
        return Ok(Sent::Late);
    }
    let own = enquired.is_some_and(|it| it.enquiry.of == Party::Person);
    let answerer = read_who(raw, errors, own);
    let text = errors.keep(raw.parsed::<Text>("answer", |error| wrong(*error)));
    let (Some(answerer), Some(text)) = (answerer, text) else {
        tx.close().await?;
        return Ok(Sent::Wrong);
    };
    let (county, _) = tx.county().await?;
    match referral.answer_enquiry(&ctx, text, answerer, &county) {
        Ok(changes) => Ok(Sent::Stored(tx.commit(changes).await?)),
        Err(Refused::AlreadyAnswered | Refused::LinkSpent | Refused::NotFromHere) => {
            tx.close().await?;
            Ok(Sent::Late)
        }
        Err(_) => Err(Problem::NotFound),
    }
}

/// Who answers: nobody asks the person for their name, whose own link it is.
fn read_who(raw: &RawForm, errors: &mut FormErrors, own: bool) -> Option<Answerer> {
    if own {
        return Some(Answerer::Own);
    }
    let name = ask::line(raw, errors, "name", "reply-name-missing");
    let role = ask::line(raw, errors, "role", "reply-role-missing");
    Some(Answerer::ByLink { name: name?, role: role? })
}

fn who(lang: Lang, typed: &Typed<'_>) -> Vec<TextInput> {
    let line = |name: &'static str, label: &str, hint: &str, autocomplete| TextInput {
        field: Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(typed.errors),
        value: typed.raw.text(name).to_owned(),
        autocomplete: Some(autocomplete),
        spellcheck: Some(false),
        ..TextInput::default()
    };
    vec![
        line("name", "reply-name", "reply-name-hint", "name"),
        line("role", "reply-role", "reply-role-hint", "organization-title"),
    ]
}

/// The request a link opens.
fn opened(app: &App, public: &Public, (id, key): (&str, &str)) -> Result<ReferralId, Problem> {
    let id: ReferralId = id.parse().map_err(|_| Problem::NotFound)?;
    if link(public.ctx.tenant, id).opens(&app.secret, key) { Ok(id) } else { Err(Problem::NotFound) }
}

fn holder(app: &App, public: &Public, id: ReferralId) -> Ctx {
    app.ctx(public.ctx.tenant, Actor::Person(Holder { referral: id, scope: Scope::Asked }))
}

async fn shown(
    app: &App,
    public: &Public,
    (id, key): (ReferralId, &str),
    typed: &Typed<'_>,
) -> Result<Answer, Problem> {
    let ctx = holder(app, public, id);
    let mut tx = app.db.begin(&ctx).await?;
    let view = match tx.referral_view(id).await {
        Ok(view) => view,
        Err(StoreError::Hidden | StoreError::Refused(_)) => return Err(Problem::NotFound),
        Err(error) => return Err(error.into()),
    };
    let (county, _) = tx.county().await?;
    let done: Done<Saw> = tx.close().await?;
    let enquired = enquired(&view.revealed).ok_or(Problem::NotFound)?;
    let lang = public.lang;
    let open = stands(enquired, ctx.now);
    let mut frame = public.frame(lang.t(title(enquired, open))).await;
    frame.no_index = true;
    frame.errors = open && !typed.errors.is_empty();
    let action = format!("/question/{id}/{key}");
    page_with(
        if open || typed.status == StatusCode::CONFLICT { typed.status } else { StatusCode::OK },
        done,
        &filled(frame, (enquired, open), (action, county.reply_number.as_ref()), typed),
    )
}

/// Whether it can be answered by the link now.
fn stands(enquired: &Enquired, now: Timestamp) -> bool {
    enquired.open && enquired.enquiry.answer_by >= now
}

/// What was asked, if the reader may see it.
pub(crate) fn enquired(revealed: &Revealed) -> Option<&Enquired> {
    find(revealed, |it| if let Section::Enquiry(it) = it { Some(&**it) } else { None })
}

fn title(enquired: &Enquired, open: bool) -> &'static str {
    match (&enquired.enquiry.answer, open) {
        (Some(_), _) => "reply-title-answered",
        (None, true) => "reply-title",
        (None, false) => "reply-title-over",
    }
}

fn filled(
    frame: Frame,
    (enquired, open): (&Enquired, bool),
    (action, number): (String, Option<&Phone>),
    typed: &Typed<'_>,
) -> AnswerPage {
    let lang = frame.lang;
    let own = enquired.enquiry.of == Party::Person;
    let form = open.then(|| Form {
        action,
        who: if own { Vec::new() } else { who(lang, typed) },
        text: Textarea {
            field: Field::new(lang, "answer", lang.t("reply-label"))
                .hint(lang.t("reply-hint"))
                .with(typed.errors),
            value: typed.raw.one("answer").unwrap_or_default().to_owned(),
            rows: Some(8),
            autocomplete: Some("off"),
            ..Textarea::default()
        },
        button: Button { prevents_double_click: true, ..Button::new(lang.t("reply-send")) },
    });
    let kept = typed.raw.one("answer").filter(|text| !open && !text.trim().is_empty());
    AnswerPage {
        summary: frame.errors.then(|| typed.errors.summary(lang)),
        says: says(lang, enquired, open),
        missing: open.then(|| InsetText {
            lang,
            content: Markup::paragraphs([Markup::lines(enquired.enquiry.missing.as_str())]),
        }),
        form,
        kept: kept.map(Markup::lines),
        ring: number.map(|number| lang.tr("reply-ring", &[("number", number.to_string())])),
        frame,
    }
}

fn says(lang: Lang, enquired: &Enquired, open: bool) -> Vec<String> {
    let about =
        [("reference", enquired.reference.to_string()), ("day", words::date(lang, enquired.received_at))];
    let what = if enquired.enquiry.of == Party::Person { "reply-about-own" } else { "reply-about" };
    let when = |at: Timestamp| [("when", words::date_time(lang, at))];
    let then = match (&enquired.enquiry.answer, open) {
        (Some(answer), _) => vec![lang.tr("reply-answered", &when(answer.at)), lang.t("reply-answered-then")],
        (None, true) => vec![lang.tr("reply-by", &when(enquired.enquiry.answer_by))],
        (None, false) => vec![lang.t("reply-over"), lang.t("reply-over-then")],
    };
    std::iter::once(lang.tr(what, &about)).chain(then).collect()
}

fn wrong(error: TextError) -> &'static str {
    match error {
        TextError::Empty => "reply-missing",
        TextError::TooLong { .. } => "reply-too-long",
        TextError::ControlCharacter => "reply-control",
    }
}

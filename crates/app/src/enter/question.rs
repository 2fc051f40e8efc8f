//! One question of an entry: the same words as on the public form, to be read aloud. Each is saved when it is answered, and
//! not over what somebody else changed meanwhile.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use onedoor_domain::calendar::local_date;
use onedoor_domain::door::Question;
use onedoor_domain::entry::{Entry, EntryState};
use onedoor_domain::ids::EntryId;
use onedoor_store::{StoreError, Tx};

use super::begin::words;
use super::clash::{self, Clash, OVER, WAS};
use super::{danger_button, entry_id, finish, is_danger, path};
use crate::door::answers::{take, typed};
use crate::door::controls::{Sheet, ask, title};
use crate::track::place::source;
use crate::ui::{BackLink, Button, ErrorSummary, Frame, InsetText, Link, Markup};
use crate::web::answer::{Answer, go};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page, page_with, redirect};
use crate::words::Lang;

/// A page of an entry.
#[derive(Debug, Template)]
#[template(path = "enter/question.html")]
pub(super) struct EnterPage {
    pub(super) frame: Frame,
    pub(super) back: Option<BackLink>,
    pub(super) summary: Option<ErrorSummary>,
    /// The duty person was told.
    pub(super) told: Option<InsetText>,
    /// Somebody else changed it meanwhile.
    pub(super) clash: Option<InsetText>,
    /// What to say.
    pub(super) aloud: String,
    pub(super) action: String,
    /// What the form carries.
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) heading: Option<String>,
    pub(super) intro: Markup,
    pub(super) controls: Markup,
    pub(super) button: Button,
    pub(super) danger: Option<Button>,
    /// Every other question, to go to in any order.
    pub(super) others: Vec<Link>,
}

/// The questions staff ask, in order: danger first.
pub(super) fn questions() -> impl Iterator<Item = Question> {
    let asked = onedoor_domain::door::ForWhom::Me.questions().iter().copied();
    asked.filter(|question| *question != Question::ForWhom)
}

fn asked(text: &str) -> Result<Question, Problem> {
    questions().find(|question| question.code() == text).ok_or(Problem::NotFound)
}

/// "The duty person was told", for as long as the entry goes on; and that they were not, where danger was said.
pub(super) fn told(frame: &Frame, entry: &Entry) -> Option<InsetText> {
    let lang = frame.lang;
    let said = entry.answers.dangers.as_ref().is_some_and(|dangers| !dangers.is_empty());
    let content = match entry.state {
        EntryState::Open if said => Markup::paragraphs([lang.t("enter-danger-said")]),
        EntryState::Open | EntryState::Sent { .. } => return None,
        EntryState::Paged { .. } => Markup::paragraphs([
            Markup::from(lang.t("enter-paged")),
            Markup::link(&path(entry.id, "done"), &lang.t("enter-paged-slip")),
        ]),
    };
    Some(InsetText { lang, content })
}

/// GET `/enter/{entry}/{question}`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn show(staff: Staff, Path((id, question)): Path<(String, String)>) -> Result<Answer, Problem> {
    let (id, question) = (entry_id(&id)?, asked(&question)?);
    let mut tx = staff.begin().await?;
    let entry = tx.entry(id).await?;
    if !entry.is_unfinished() {
        tx.close().await?;
        return Ok(go(&path(id, "done")));
    }
    let raw = typed(question, &entry.answers);
    let shown = shown(&staff, &mut tx, (&entry, question), Typed::plain(&raw)).await?;
    page(tx.close().await?, &shown)
}

/// POST `/enter/{entry}/{question}`: saves what is on the page; with "danger now" the duty person is paged whether or not
/// it could be read.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn save(
    staff: Staff,
    Path((id, question)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let (id, question) = (entry_id(&id)?, asked(&question)?);
    let raw = read_form(request).await?;
    let danger = is_danger(&raw);
    if danger {
        // First of all, with what was saved before: nothing that is typed here may stand in the way.
        finish::page_duty(&staff, id).await?;
    }
    let mut tx = staff.begin().await?;
    let entry = tx.entry(id).await?;
    if !entry.is_unfinished() {
        tx.close().await?;
        return Ok(go(&path(id, "done")));
    }
    let mut answers = entry.answers.clone();
    let errors = take(question, &raw, &mut answers, local_date(staff.ctx.now));
    if let Some(earlier) = &mut answers.earlier {
        earlier.answered(question);
    }
    if !errors.is_empty() {
        if danger && is_blank(&raw) {
            tx.close().await?;
            return Ok(go(&path(id, "")));
        }
        let again =
            shown(&staff, &mut tx, (&entry, question), Typed { errors, ..Typed::plain(&raw) }).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &again);
    }
    let to = after(id, question, danger);
    let referral = tx.referral_of_entry(&entry).await?;
    let unknown = words(staff.lang, &entry)?;
    let asked = (&entry, question);
    let same = answers == entry.answers;
    let knowing = !raw.text(OVER).is_empty();
    if same && !knowing {
        // Sent twice, or looked at only: nothing changes.
        tx.close().await?;
        return Ok(go(&to));
    }
    if let Some(clash) = clash::find(&mut tx, asked, &raw, (referral.as_ref(), &unknown)).await? {
        let typed = Typed { clash: Some(clash), ..Typed::plain(&raw) };
        let again = shown(&staff, &mut tx, asked, typed).await?;
        return page_with(StatusCode::CONFLICT, tx.close().await?, &again);
    }
    let changes = entry.save(&staff.ctx, (question, answers), (referral, &unknown))?;
    match tx.commit(changes).await {
        Ok(done) => Ok(redirect(done, &to)),
        // The record changed in this very moment: what is there now is shown beside what was typed.
        Err(StoreError::Stale) => once_more(&staff, (id, question), &raw).await,
        Err(error) => Err(error.into()),
    }
}

async fn once_more(
    staff: &Staff,
    (id, question): (EntryId, Question),
    raw: &RawForm,
) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let entry = tx.entry(id).await?;
    let referral = tx.referral_of_entry(&entry).await?;
    let unknown = words(staff.lang, &entry)?;
    let clash = clash::find(&mut tx, (&entry, question), raw, (referral.as_ref(), &unknown)).await?;
    let page = shown(staff, &mut tx, (&entry, question), Typed { clash, ..Typed::plain(raw) }).await?;
    page_with(StatusCode::CONFLICT, tx.close().await?, &page)
}

/// Whether nothing was typed: what the page itself carries does not count.
fn is_blank(raw: &RawForm) -> bool {
    let own = [super::DANGER.0, WAS, OVER];
    raw.fields().all(|(name, value)| own.contains(&name) || value.trim().is_empty())
}

/// What stands in the form, and what is said about it.
struct Typed<'a> {
    raw: &'a RawForm,
    errors: FormErrors,
    clash: Option<Clash>,
}

impl<'a> Typed<'a> {
    fn plain(raw: &'a RawForm) -> Self {
        Self { raw, errors: FormErrors::default(), clash: None }
    }
}

fn after(id: EntryId, question: Question, danger: bool) -> String {
    match question.next(onedoor_domain::door::ForWhom::Me).filter(|_| !danger) {
        Some(next) => path(id, next.code()),
        None => path(id, ""),
    }
}

/// What they told us before stands on the page, with who said it and when.
fn still_right(lang: Lang, entry: &Entry, question: Question) -> Markup {
    let before = entry.answers.earlier.as_ref().and_then(|earlier| earlier.stands(question));
    Markup::paragraphs(
        before.map(|given| format!("{} {}", source(lang, given), lang.t("before-still-right"))),
    )
}

async fn shown(
    staff: &Staff,
    tx: &mut Tx,
    (entry, question): (&Entry, Question),
    Typed { raw, errors, clash }: Typed<'_>,
) -> Result<EnterPage, Problem> {
    let lang = staff.lang;
    // A page with something wrong still shows what it showed before: what somebody else changed is found when it is saved.
    let was =
        if errors.is_empty() { clash::mark(question, &entry.answers) } else { raw.text(WAS).to_owned() };
    let over = match &clash {
        Some(clash) => clash.over(),
        None => (!raw.text(OVER).is_empty()).then(|| raw.text(OVER).to_owned()),
    };
    let hidden = [Some((WAS, was)), over.map(|over| (OVER, over))];
    let mut frame = staff.frame(tx, lang.t(title(question)), "/enter").await?;
    frame.errors = !errors.is_empty();
    let asked = ask(question, Sheet { lang, voice: crate::door::voice::Voice::Staff, raw, errors: &errors });
    let others = questions().filter(|other| *other != question);
    Ok(EnterPage {
        back: Some(BackLink::new(lang, &path(entry.id, ""))),
        summary: frame.errors.then(|| errors.summary(lang)),
        told: told(&frame, entry),
        clash: clash.map(|clash| clash.shown(lang, (entry, question))),
        aloud: lang.t("enter-aloud"),
        action: path(entry.id, question.code()),
        hidden: hidden.into_iter().flatten().collect(),
        heading: asked.heading,
        intro: Markup::all([still_right(lang, entry, question), asked.intro]),
        controls: asked.controls,
        button: Button { prevents_double_click: true, ..Button::new(lang.t("enter-save")) },
        danger: danger_button(lang, Some(entry)),
        others: others
            .map(|other| Link::new(&path(entry.id, other.code()), lang.t(title(other))))
            .chain([Link::new(&path(entry.id, "files"), lang.t("enter-files"))])
            .collect(),
        frame,
    })
}

//! One question a page. What was typed is always shown again, also what we could not take.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::{StatusCode, Uri};
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::door::{Answers, Draft, ForWhom, Question};
use onedoor_domain::ids::DraftId;
use onedoor_store::{Done, Tx, Wrote};

use super::answers::{take, typed};
use super::controls::{Asked, Sheet, ask, title};
use super::limit::Client;
use super::voice::{Say, Voice};
use super::{Going, after, ask as first, draft_id, kept, open, path, so_far, to_confirmation};
use crate::ui::{BackLink, Button, ErrorSummary, Frame, Link, Markup, TYPED};
use crate::web::answer::go;
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Public, page, page_with, redirect};

/// A question page.
#[derive(Template)]
#[template(path = "door/question.html")]
pub(super) struct QuestionPage {
    pub(super) frame: Frame,
    pub(super) back: BackLink,
    pub(super) summary: Option<ErrorSummary>,
    pub(super) action: String,
    /// Carried on the first page only: there the draft is not saved yet.
    pub(super) draft: Option<String>,
    pub(super) asked: Asked,
    pub(super) button: Button,
    /// "Send what I have told you and have someone contact me".
    pub(super) so_far: Option<Button>,
    /// "Save and come back later", which saves the page first.
    pub(super) save: Option<Button>,
    /// The same without the page, where that cannot be saved as it is.
    pub(super) unsaved: Option<Link>,
    /// Until when what was typed is kept.
    pub(super) until: Markup,
}

impl QuestionPage {
    /// The page of a question with what was typed and what is wrong with it.
    pub(super) async fn new(
        public: &Public,
        (question, voice): (Question, Voice),
        raw: &RawForm,
        errors: &FormErrors,
    ) -> Self {
        let lang = public.lang;
        let say = Say { lang, voice };
        let mut frame = public.frame(say.t(title(question))).await;
        frame.errors = !errors.is_empty();
        frame.no_index = true;
        frame.keeps_typed = true;
        Self {
            back: BackLink::new(lang, "/"),
            summary: frame.errors.then(|| errors.summary(lang)),
            action: String::new(),
            draft: None,
            asked: ask(question, Sheet { lang, voice, raw, errors }),
            so_far: None,
            save: None,
            unsaved: None,
            until: Markup::default(),
            button: Button { prevents_double_click: true, ..Button::new(lang.t("door-continue")) },
            frame,
        }
    }

    fn of_draft(mut self, place: &Place, draft: &Draft) -> Self {
        let answers = &draft.answers;
        self.action = place.going.to(place.id, place.question.code());
        self.back.href = match place.going {
            Going::Change => path(place.id, "check"),
            Going::On | Going::SoFar => before(place.id, place.question, answers.whom()),
        };
        let lang = self.frame.lang;
        let say = Say { lang, voice: Voice::of(answers) };
        self.so_far = so_far::button(say, place.question, place.going);
        // A form that was just begun has nothing to come back to.
        self.save = (answers.whom().questions().first() != Some(&place.question)).then(|| kept::button(lang));
        self.until = Markup::from(kept::until(lang, draft));
        if place.going == Going::SoFar {
            self.button.text = lang.t("door-send").into();
        }
        self
    }
}

/// Which page of which draft.
struct Place {
    id: DraftId,
    question: Question,
    going: Going,
}

impl Place {
    fn of(draft: &str, question: &str, uri: &Uri) -> Result<Self, Problem> {
        let question = Question::from_code(question).ok_or(Problem::NotFound)?;
        Ok(Self { id: draft_id(draft)?, question, going: Going::of(uri) })
    }

    /// The emergency page comes first, where anything on the safety page is true.
    fn next(&self, answers: &Answers) -> Next {
        let danger = answers.dangers.as_ref().is_some_and(|dangers| !dangers.is_empty());
        if self.question == Question::Safety && danger { Next::Danger } else { Next::Onward(answers.whom()) }
    }

    fn path_of(&self, next: Next) -> String {
        match next {
            Next::Danger => self.going.to(self.id, "danger"),
            Next::Onward(whom) => after(self.id, (self.question, whom), self.going),
        }
    }
}

/// The question before, or the start page.
fn before(id: DraftId, question: Question, whom: ForWhom) -> String {
    let asked = whom.questions().iter();
    let earlier = asked.take_while(|each| **each != question).last();
    earlier.map_or_else(|| "/".to_owned(), |each| path(id, each.code()))
}

/// Shows a question of a draft.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(
    public: Public,
    Path((draft, question)): Path<(String, String)>,
    uri: Uri,
) -> Result<Answer, Problem> {
    let place = Place::of(&draft, &question, &uri)?;
    let Some((tx, draft)) = open(&public, place.id, Action::DraftRead).await? else {
        return Ok(to_confirmation(place.id));
    };
    let raw = typed(place.question, &draft.answers);
    let voiced = (place.question, Voice::of(&draft.answers));
    let mut shown = QuestionPage::new(&public, voiced, &raw, &FormErrors::default()).await;
    let before = draft.answers.earlier.as_ref().and_then(|earlier| earlier.stands(place.question));
    if let Some(before) = before {
        let when = crate::words::date(public.lang, before.at);
        let said = Markup::paragraphs([public.lang.tr("track-again-before", &[("when", when)])]);
        shown.asked.intro = Markup::all([said, shown.asked.intro]);
    }
    page(tx.close().await?, &shown.of_draft(&place, &draft))
}

/// Takes the answers of a page, or shows it again with what is wrong.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn save(
    client: Client,
    mut public: Public,
    Path((draft, question)): Path<(String, String)>,
    request: Request,
) -> Result<Answer, Problem> {
    let place = Place::of(&draft, &question, request.uri())?;
    let raw = read_form(request).await?;
    let reworded = public.reword(&raw);
    if public.visitor.is_none() {
        return first::without_cookie(&public, &raw).await;
    }
    let Some((tx, draft)) = open(&public, place.id, Action::DraftWrite).await? else {
        return Ok(to_confirmation(place.id));
    };
    if let Some(reworded) = reworded {
        return reworded.keep(as_typed(&public, &place, &raw, (tx, draft)).await);
    }
    if kept::is_asked(&raw) {
        return save_for_later(&public, &place, &raw, (tx, draft)).await;
    }
    let sends = so_far::is_asked(&raw, place.going);
    if sends && so_far::is_blank(&raw) && place.going == Going::On {
        tx.close().await?;
        return so_far::send_it(client, &public, place.id).await;
    }
    match keep(&public, &place, &raw, (tx, draft)).await? {
        Kept::Saved { next, .. } if sends && next != Next::Danger => {
            so_far::send_it(client, &public, place.id).await
        }
        Kept::Saved { done, next } => Ok(redirect(done, &place.path_of(next))),
        Kept::Asked(again) => Ok(again),
    }
}

/// The page with what is typed on it, in other words.
async fn as_typed(
    public: &Public,
    place: &Place,
    raw: &RawForm,
    (tx, draft): (Tx, Draft),
) -> Result<Answer, Problem> {
    let voiced = (place.question, Voice::of(&draft.answers));
    let shown = QuestionPage::new(public, voiced, raw, &FormErrors::default()).await;
    page(tx.close().await?, &shown.of_draft(place, &draft))
}

/// Saves what is on the page, if anything is, and leads to the ways back. Help now still comes first.
async fn save_for_later(
    public: &Public,
    place: &Place,
    raw: &RawForm,
    (tx, draft): (Tx, Draft),
) -> Result<Answer, Problem> {
    let to = path(place.id, "save");
    if so_far::is_blank(raw) {
        tx.close().await?;
        return Ok(go(&to));
    }
    match keep(public, place, raw, (tx, draft)).await? {
        Kept::Saved { done, next: Next::Danger } => Ok(redirect(done, &place.path_of(Next::Danger))),
        Kept::Saved { done, next: Next::Onward(_) } => Ok(redirect(done, &to)),
        Kept::Asked(again) => Ok(again),
    }
}

/// Where an answer leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The emergency page: something on the safety page is true.
    Danger,
    /// On with the form, for these people.
    Onward(ForWhom),
}

/// What came of an answer.
enum Kept {
    /// It was saved.
    Saved { done: Done<Wrote>, next: Next },
    /// The page is shown again, with what is wrong.
    Asked(Answer),
}

async fn keep(
    public: &Public,
    place: &Place,
    raw: &RawForm,
    (tx, draft): (Tx, Draft),
) -> Result<Kept, Problem> {
    let mut answers = draft.answers.clone();
    let errors = take(place.question, raw, &mut answers, local_date(tx.ctx().now));
    if !errors.is_empty() {
        let voiced = (place.question, Voice::of(&draft.answers));
        let mut again = QuestionPage::new(public, voiced, raw, &errors).await.of_draft(place, &draft);
        if kept::is_asked(raw) {
            let words = public.lang.t("return-save-without");
            again.unsaved = Some(Link::new(&path(place.id, "save"), words));
        }
        let again = page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &again)?;
        return Ok(Kept::Asked(again));
    }
    if let Some(earlier) = &mut answers.earlier {
        earlier.answered(place.question);
    }
    let next = place.next(&answers);
    let changes = draft.save(tx.ctx(), answers)?;
    Ok(Kept::Saved { done: tx.commit(changes).await?, next })
}

//! Coming back: a new request that begins with what was said before, each answer with its date and "still right?". How
//! things are now is asked anew; nothing else has to be told twice (seed 75).

use axum::extract::{Request, State};
use onedoor_domain::access::Revealed;
use onedoor_domain::actor::Actor;
use onedoor_domain::door::{Answers, Question};
use onedoor_domain::ids::DraftId;
use onedoor_domain::referral::StateKind;

use super::PLACE;
use super::place::{source, told_of, whereabouts};
use super::reach;
use crate::door::controls::title;
use crate::door::given::given;
use crate::session::token;
use crate::ui::{FormPage, Markup, SummaryList, SummaryRow};
use crate::web::answer::go;
use crate::web::app::new_id;
use crate::web::form::read_form;
use crate::web::gate::{Cookie, hash};
use crate::web::{Answer, App, Person, Problem, page, redirect};
use crate::words::Lang;

/// GET `/track/again`: what we have, and a button.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(person: Person) -> Result<Answer, Problem> {
    let mut tx = person.begin().await?;
    let view = tx.referral_view(person.holder.referral).await?;
    let done = tx.close().await?;
    let lang = person.lang;
    let Some(answers) = returning(&view.revealed) else { return Ok(go(PLACE)) };
    let rows = Markup::of(&rows(lang, &view.revealed, &answers));
    let frame = person.frame(lang.t("track-do-again")).await;
    let cards = Markup::of(&frame.crisis_cards());
    let mut shown = FormPage::new(frame, "/track/again", lang.t("track-again-start")).back(PLACE);
    shown.intro =
        Markup::all([Markup::paragraphs([lang.t("track-again-what"), lang.t("track-again-today")]), rows]);
    shown.after = cards;
    page(done, &shown)
}

/// POST `/track/again`: the new form, in this browser, with what was said before.
///
/// # Errors
/// [`Problem::Store`].
pub async fn start(State(app): State<App>, person: Person, request: Request) -> Result<Answer, Problem> {
    let headers = request.headers().clone();
    read_form(request).await?;
    let mut tx = person.begin().await?;
    let view = tx.referral_view(person.holder.referral).await?;
    tx.close().await?;
    let Some(answers) = returning(&view.revealed) else { return Ok(go(PLACE)) };
    // The form is the visitor's, like any other: what it becomes is a request of its own.
    let known = Cookie::Visitor.read(&app, &headers);
    let fresh = known.is_none().then(|| token().0);
    let visitor = known.or_else(|| fresh.clone()).map(|token| hash(token.as_bytes()));
    let visitor = visitor.ok_or(Problem::Misrouted)?;
    let ctx = app.ctx(person.ctx.tenant, Actor::Public(Some(visitor)));
    let id = DraftId(new_id());
    let mut tx = app.db.begin(&ctx).await?;
    let draft = tx.draft_or_new(id, visitor).await?;
    let changes = draft.save(&ctx, answers)?;
    let to = format!("/ask/{id}/{}?change=1", Question::Safety.code());
    let answer = redirect(tx.commit(changes).await?, &to);
    Ok(match fresh {
        Some(token) => answer.cookie(&Cookie::Visitor.set(&app, &token)),
        None => answer,
    })
}

/// What they said before, where the request is over; one that runs is added to instead.
fn returning(revealed: &Revealed) -> Option<Answers> {
    let place = whereabouts(revealed)?;
    let over = matches!(place.state, StateKind::Telling | StateKind::Closed);
    Answers::again(revealed).filter(|_| over)
}

fn rows(lang: Lang, revealed: &Revealed, answers: &Answers) -> SummaryList {
    let told = told_of(revealed);
    let row = |question: Question| {
        let lines = match (question, &answers.contact) {
            (Question::Contact, Some(contact)) => reach::lines(lang, contact),
            _ => given(crate::door::voice::Say::own(lang), question, answers),
        };
        let by = told.and_then(|told| told.given_to(question)).map(|given| source(lang, given));
        if lines.is_empty() || question == Question::ForWhom {
            return None;
        }
        let value = lines.into_iter().chain(by).collect::<Vec<_>>().join("\n");
        Some(SummaryRow::new(lang.t(title(question)), Markup::lines(&value)))
    };
    SummaryList { rows: Question::ALL.into_iter().filter_map(row).collect(), ..SummaryList::default() }
}

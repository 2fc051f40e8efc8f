//! Keeping a return phrase: five words, shown once, of which only a keyed hash stays. Asking again makes new ones, and the
//! old ones open nothing any more.

use askama::Template;
use axum::extract::{Path, Request, State};
use onedoor_domain::access::{Action, reveal};
use onedoor_domain::door::DraftState;
use onedoor_domain::ids::DraftId;
use onedoor_domain::section::Section;
use onedoor_domain::track::ReturnKey;
use onedoor_domain::value::{Reference, ReturnPhrase};
use uuid::Uuid;

use super::begin::keyed;
use super::place::whereabouts;
use super::{PLACE, START};
use crate::ui::{Button, Frame, Markup};
use crate::web::app::random;
use crate::web::form::read_form;
use crate::web::{Answer, App, Person, Problem, Public, page};

#[derive(Template)]
#[template(path = "track/phrase.html")]
struct PhrasePage {
    frame: Frame,
    reference: Markup,
    words: Vec<&'static str>,
    on: Button,
    start: &'static str,
}

/// POST `/ask/{draft}/follow`: for what was just sent, in the browser that sent it.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn of_draft(
    State(app): State<App>,
    public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    read_form(request).await?;
    let id = Uuid::try_parse(&draft).map(DraftId).map_err(|_| Problem::NotFound)?;
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, Action::PhraseKeep).await?;
    let DraftState::Sent { referral, receipt, .. } = &draft.state else { return Err(Problem::NotFound) };
    let phrase = ReturnPhrase::from_bytes(random());
    let changes = ReturnKey::of_draft(&public.ctx, &draft, keyed(&app, *referral, &phrase));
    let shown = reveal(&public.ctx.actor, vec![Section::Receipt(receipt.clone())]).shown;
    let reference = shown.iter().find_map(|section| {
        if let Section::Receipt(receipt) = &**section { Some(receipt.reference.clone()) } else { None }
    });
    let reference = reference.ok_or(Problem::NotFound)?;
    let done = tx.commit(changes.map_err(|_| Problem::NotFound)?).await?;
    let frame = public.frame(public.lang.t("track-phrase-title")).await;
    page(done, &PhrasePage::new(frame, &reference, &phrase, &format!("/ask/{id}/sent")))
}

/// POST `/track/phrase`: a new one, for whoever follows their own request.
///
/// # Errors
/// [`Problem::Store`].
pub async fn renew(State(app): State<App>, person: Person, request: Request) -> Result<Answer, Problem> {
    read_form(request).await?;
    let mut tx = person.begin().await?;
    let view = tx.referral_view(person.holder.referral).await?;
    let place = whereabouts(&view.revealed).ok_or(Problem::NotFound)?;
    let phrase = ReturnPhrase::from_bytes(random());
    let changes = ReturnKey::keep(&person.ctx, person.holder, keyed(&app, place.referral, &phrase));
    let frame = person.frame(person.lang.t("track-phrase-title")).await;
    let shown = PhrasePage::new(frame, &place.reference, &phrase, PLACE);
    page(tx.commit(changes).await?, &shown)
}

impl PhrasePage {
    fn new(mut frame: Frame, reference: &Reference, phrase: &ReturnPhrase, on: &str) -> Self {
        frame.no_index = true;
        Self {
            reference: crate::referral::record::reference(reference),
            words: phrase.words().to_vec(),
            on: Button { href: Some(on.to_owned()), ..Button::new(frame.lang.t("track-phrase-on")) },
            start: START,
            frame,
        }
    }
}

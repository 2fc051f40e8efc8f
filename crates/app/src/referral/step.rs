//! One step of a referral on one page: what is asked, what it becomes, what the person who took it reads next.
//!
//! Every step goes the same way: show the form with the version it was made from; read it; change nothing when somebody
//! else decided meanwhile (409, every typed word kept); ask again when an answer is missing (422); else commit and go back
//! to the record. It must not know any single step.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use jiff::Timestamp;
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::directory::Service;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::Referral;
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Progress;
use onedoor_domain::team::Team;
use onedoor_domain::value::Reference;
use onedoor_domain::worker::{Asked as Wanted, Candidate};
use onedoor_store::{ReferralView, StoreError, Tx};

use super::kept::{self, Kept, Offered};
use super::{choose, matching, names, record};
use crate::care;
use crate::ui::{
    BackLink, Button, ConflictPage, Details, ErrorSummary, Frame, Markup, SummaryList, SummaryRow,
    WarningCallout,
};
use crate::web::answer::{Answer, go};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page, page_with, redirect};
use crate::words::{self, Lang};

/// The words of a step's page, by key.
#[derive(Clone, Copy, Debug)]
pub struct StepWords {
    /// The heading.
    pub title: &'static str,
    /// What this does and what happens next.
    pub intro: &'static str,
    /// The button.
    pub button: &'static str,
}

/// One step of a referral.
pub trait Step: Send + Sync + 'static {
    /// What happens.
    const KIND: EventKind;
    /// The last part of its address.
    const PATH: &'static str;
    /// Its words.
    const WORDS: StepWords;
    /// Its fields, in page order, each with the key of its label: for the page of a conflict, where nothing typed is lost.
    const FIELDS: &'static [(&'static str, &'static str)];
    /// What the record page says afterwards (see `super::done`).
    const DONE: &'static str;
    /// Whether it names a key worker, so that the form offers those there are.
    const KEY_WORKER: bool = false;
    /// Whether what may help stands beside the form.
    const SUGGESTS: bool = false;
    /// Whether it decides where help is: then a suggestion is followed, or it is said why not.
    const WEIGHS: bool = false;
    /// Whether services can be chosen from the directory on it.
    const DIRECTORY: bool = false;
    /// What a complete form says.
    type Typed: Send;

    /// The reference of another referral that this step needs, if one was typed.
    fn other(_: &RawForm) -> Option<Reference> {
        None
    }

    /// What the form shows before anybody typed.
    fn start(around: &Around) -> RawForm;

    /// The questions.
    fn controls(asked: &Asked<'_>) -> Vec<Markup>;

    /// Reads a form; `None` where an answer is missing or wrong, which `errors` then says.
    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Self::Typed>;

    /// Takes the step.
    ///
    /// # Errors
    /// Why not; nothing changed.
    fn apply(referral: Referral, ctx: &Ctx, typed: Self::Typed, county: &County) -> Result<Changes, Refused>;

    /// The field a refusal is shown at.
    fn at_fault(refused: Refused) -> &'static str;
}

/// What a form about a referral may need to know around it.
#[derive(Debug)]
pub struct Around {
    /// The county's rules.
    pub county: Arc<County>,
    /// Every team.
    pub teams: Arc<[Team]>,
    /// Who of the responsible team can be a key worker, in the order they are offered; filled where the step asks for one.
    pub candidates: Vec<Candidate>,
    /// What the person asked for, as far as the one who acts may see it.
    pub asked: Wanted,
    /// Services of the directory that were found or chosen; filled where the step offers them.
    pub services: Vec<Service>,
    /// The other referral a step needs, locked, if it was found.
    pub other: Option<Referral>,
    /// What is known of the referral to the one who acts.
    pub view: ReferralView,
    /// Whether the one who acts answers for the service that is asked to take the person over.
    pub answers: bool,
    /// Now.
    pub now: Timestamp,
}

/// A form about to be shown; of somebody without an account, without what only staff know around it.
#[derive(Debug)]
pub struct Asked<'a, A = Around> {
    /// The language.
    pub lang: Lang,
    /// As typed.
    pub raw: &'a RawForm,
    /// What is wrong with it.
    pub errors: &'a FormErrors,
    /// What the form may need to know.
    pub around: &'a A,
    /// What it offers to choose from, in words.
    pub offered: Offered,
}

/// A form about one referral.
#[derive(Debug, Template)]
#[template(path = "referral/form.html")]
pub struct FormPage {
    /// The page around it.
    pub frame: Frame,
    /// Back to the record.
    pub back: BackLink,
    /// What is wrong, if anything is.
    pub errors: Option<ErrorSummary>,
    /// Who it is about.
    pub about: Markup,
    /// What they need from us, before anything is done.
    pub needs: Option<WarningCallout>,
    /// What this does and what happens next.
    pub intro: String,
    /// What the person told us, to read again.
    pub told: Details,
    /// Where it goes.
    pub action: String,
    /// The version it was made from.
    pub version: i64,
    /// The questions.
    pub controls: Vec<Markup>,
    /// The button.
    pub button: Button,
    /// Whether other buttons stand before it: then the Enter key still presses this one.
    pub looks: bool,
}

/// The version a form carries; one that carries none is as old as can be.
pub fn version_of(raw: &RawForm) -> i64 {
    raw.text("version").parse().unwrap_or(-1)
}

/// The referral an address names.
///
/// # Errors
/// [`Problem::NotFound`].
pub fn referral_id(text: &str) -> Result<ReferralId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// GET: the form.
///
/// # Errors
/// [`Problem::Store`] when it may not be seen.
pub async fn show<S: Step>(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id = referral_id(&id)?;
    let mut tx = staff.begin().await?;
    let mut around = Around::of::<S>(&mut tx, id).await?;
    if !around.view.moves.contains(&S::KIND) {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=not-from-here")));
    }
    let frame = staff.frame(&mut tx, staff.lang.t(S::WORDS.title), "").await?;
    let raw = S::start(&around);
    around.look::<S>(&mut tx, &raw).await?;
    let form = form_page::<S>(frame, &around, &raw, &FormErrors::default());
    page(tx.close().await?, &form)
}

/// POST: the step.
///
/// # Errors
/// [`Problem::Store`] when it may not be taken, [`Problem::Form`] when nothing of the form can be read.
pub async fn submit<S: Step>(
    staff: Staff,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let id = referral_id(&id)?;
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (referral, other) = lock::<S>(&mut tx, id, &raw).await?;
    let Ok(referral) = referral.shown(version_of(&raw)) else {
        return conflict(&staff, tx, id, Kept::step::<S>(&raw)).await;
    };
    let mut around = Around { other, ..Around::of::<S>(&mut tx, id).await? };
    around.look::<S>(&mut tx, &raw).await?;
    let mut errors = FormErrors::default();
    if S::DIRECTORY && choose::looks(&raw) {
        let frame = staff.frame(&mut tx, staff.lang.t(S::WORDS.title), "").await?;
        let form = form_page::<S>(frame, &around, &raw, &errors);
        return page(tx.close().await?, &form);
    }
    let weighing = if S::WEIGHS { matching::read(&raw, &mut errors, &around) } else { None };
    let typed = S::read(&raw, &mut errors, &around).filter(|_| errors.is_empty());
    if let Some(typed) = typed {
        let weighed = match weighing {
            Some(weighing) => referral.weigh(&staff.ctx, S::KIND, weighing),
            None => Ok(referral),
        };
        match weighed.and_then(|referral| S::apply(referral, &staff.ctx, typed, &around.county)) {
            Ok(changes) => return finish(&staff, tx, changes, (id, S::DONE), Kept::step::<S>(&raw)).await,
            Err(refused) => errors.push(FieldError::new(S::at_fault(refused), names::refused(refused))),
        }
    }
    let mut frame = staff.frame(&mut tx, staff.lang.t(S::WORDS.title), "").await?;
    frame.errors = true;
    let form = form_page::<S>(frame, &around, &raw, &errors);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

/// Locks the referral and, in the order of their ids, the other one a step needs: two people who join two referrals to
/// each other at once must not wait for each other for ever.
async fn lock<S: Step>(
    tx: &mut Tx,
    id: ReferralId,
    raw: &RawForm,
) -> Result<(Referral, Option<Referral>), StoreError> {
    let action = S::KIND.action();
    let other = match S::other(raw) {
        Some(reference) => found(tx.referral_id(&reference, action).await)?,
        None => None,
    };
    let before = match other.filter(|other| *other < id) {
        Some(other) => found(tx.referral(other, action).await)?,
        None => None,
    };
    let referral = tx.referral(id, action).await?;
    match other.filter(|other| *other >= id) {
        Some(other) => Ok((referral, found(tx.referral(other, action).await)?)),
        None => Ok((referral, before)),
    }
}

/// What is not there, or not to be seen, is an answer to look at again; everything else is an error.
fn found<T>(result: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(StoreError::Hidden | StoreError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Commits and goes back to the record; a race lost at the last moment shows what changed.
///
/// # Errors
/// [`Problem::Store`].
pub async fn finish(
    staff: &Staff,
    tx: Tx,
    changes: Changes,
    (id, done): (ReferralId, &str),
    kept: Kept<'_>,
) -> Result<Answer, Problem> {
    match tx.commit(changes).await {
        Ok(proof) => Ok(redirect(proof, &format!("/referrals/{id}?done={done}"))),
        Err(StoreError::Stale) => conflict(staff, staff.begin().await?, id, kept).await,
        Err(error) => Err(error.into()),
    }
}

/// 409: what changed, by whom, and every typed word.
///
/// # Errors
/// [`Problem::Store`].
pub async fn conflict(staff: &Staff, mut tx: Tx, id: ReferralId, kept: Kept<'_>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let events = tx.changes_since(id, version_of(kept.raw)).await?;
    let around = Around::with(&mut tx, id, kept.key_worker).await?;
    let rows = events.iter().map(|event| {
        let by = record::author(lang, &event.by);
        let at = words::date_time(lang, event.at);
        let who_when = lang.tr("referral-by-at", &[("name", by), ("at", at)]);
        SummaryRow::new(lang.t(names::event(event.kind)), who_when)
    });
    let changes = SummaryList { rows: rows.collect(), ..SummaryList::default() };
    let frame = staff.frame(&mut tx, String::new(), "").await?;
    let form = ConflictPage {
        decided: kept::decided(lang, &around),
        typed: kept.typed(lang, &around),
        ..ConflictPage::new(frame, changes, Vec::new(), &format!("/referrals/{id}"))
    };
    page_with(ConflictPage::STATUS, tx.close().await?, &form)
}

fn form_page<S: Step>(frame: Frame, around: &Around, raw: &RawForm, errors: &FormErrors) -> FormPage {
    let lang = frame.lang;
    let asked = Asked { lang, raw, errors, around, offered: Offered::default() };
    let mut controls = S::controls(&asked);
    if S::WEIGHS {
        controls.splice(0..0, matching::control(&asked));
    } else if let Some(known) = matching::of(&around.view.revealed).filter(|_| S::SUGGESTS) {
        let content = matching::suggestions(lang, known);
        let summary = lang.t("matching-part").into();
        controls.insert(0, Markup::of(&Details { summary, content, open: true, ..Details::default() }));
    }
    let page = around.page(frame, (S::WORDS, S::PATH), controls);
    let errors = (!errors.is_empty()).then(|| errors.summary(lang));
    FormPage { errors, looks: S::DIRECTORY, ..page }
}

impl Around {
    async fn of<S: Step>(tx: &mut Tx, id: ReferralId) -> Result<Self, Problem> {
        Self::with(tx, id, S::KEY_WORKER).await
    }

    async fn with(tx: &mut Tx, id: ReferralId, key_worker: bool) -> Result<Self, Problem> {
        let mut around = Self::load(tx, id).await?;
        if let Some(progress) = around.progress().filter(|_| key_worker) {
            let team = progress.team;
            around.asked = care::asked(&around.view.revealed);
            around.candidates = care::candidates(tx, (id, team), &around.asked).await?;
        }
        Ok(around)
    }

    async fn look<S: Step>(&mut self, tx: &mut Tx, raw: &RawForm) -> Result<(), Problem> {
        if S::DIRECTORY {
            self.services = choose::found(tx, &self.county, raw).await?;
        }
        Ok(())
    }

    /// Reads what forms need.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn load(tx: &mut Tx, id: ReferralId) -> Result<Self, Problem> {
        let view = tx.referral_view(id).await?;
        let (county, _) = tx.county().await?;
        let teams = tx.teams().await?;
        let asked = record::handover(&view.revealed).and_then(|handover| handover.to.team());
        let staff = tx.ctx().actor.staff();
        let answers = asked.is_some_and(|team| staff.is_some_and(|staff| staff.teams.contains(&team)));
        let now = tx.ctx().now;
        Ok(Self {
            county,
            teams,
            candidates: Vec::new(),
            asked: Wanted::default(),
            services: Vec::new(),
            other: None,
            view,
            answers,
            now,
        })
    }

    /// Where the referral is, if the one who acts may see it.
    pub fn progress(&self) -> Option<&Progress> {
        record::progress(&self.view.revealed)
    }

    /// A form page about this referral, without errors.
    pub fn page(&self, frame: Frame, (words, path): (StepWords, &str), controls: Vec<Markup>) -> FormPage {
        let lang = frame.lang;
        let id = self.view.id;
        let told = Details {
            summary: lang.t("referral-form-told").into(),
            content: record::told(lang, &self.view.revealed, self.now),
            ..Details::default()
        };
        FormPage {
            back: BackLink::new(lang, &format!("/referrals/{id}")),
            errors: None,
            about: record::about(lang, &self.view.revealed),
            needs: record::needs_first(lang, &self.view.revealed),
            intro: lang.t(words.intro),
            told,
            action: format!("/referrals/{id}/{path}"),
            version: self.view.version,
            controls,
            button: Button { prevents_double_click: true, ..Button::new(lang.t(words.button)) },
            looks: false,
            frame,
        }
    }
}

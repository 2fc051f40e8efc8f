//! Steps with one part of a referral: a message printed, posted, told by phone or excepted; a task ended with a reason; a
//! missed target explained.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use onedoor_domain::access::Action;
use onedoor_domain::change::Changes;
use onedoor_domain::county::County;
use onedoor_domain::ids::{NoticeId, ReferralId};
use onedoor_domain::notice::NoticeStep;
use onedoor_domain::referral::Referral;
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Section;
use onedoor_store::Tx;

use super::kept::{Kept, Offered};
use super::needs::{self, Asking};
use super::step::{Around, Asked, FormPage, StepWords, conflict, finish, referral_id, version_of};
use super::{ask, names, record};
use crate::ui::Markup;
use crate::web::answer::Answer;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page_with};

const WHY: &[(&str, &str)] = &[("why", "referral-why"), ("needs-why", "referral-needs-why")];

/// The words that ask why somebody is not told, and the label of the reason.
const EXCEPT: (StepWords, Asks) = (
    StepWords {
        title: "referral-notice-except-title",
        intro: "referral-notice-except-intro",
        button: "referral-notice-except-button",
    },
    Asks::Why("referral-notice-except-why"),
);

/// The words that ask what came back.
const BACK: (StepWords, Asks) = (
    StepWords {
        title: "referral-notice-back-title",
        intro: "referral-notice-back-intro",
        button: "referral-notice-back-button",
    },
    Asks::Why("referral-notice-back-why"),
);

/// The words before a letter counts as posted.
const POST: StepWords = StepWords {
    title: "referral-notice-post-title",
    intro: "referral-notice-post-intro",
    button: "referral-notice-do-posted",
};

/// The words before somebody counts as told by phone.
const TELL: StepWords = StepWords {
    title: "referral-notice-tell-title",
    intro: "referral-notice-tell-intro",
    button: "referral-notice-do-told",
};

/// What is asked again where something was missing.
#[derive(Clone, Copy)]
enum Asks {
    /// A reason, under this label.
    Why(&'static str),
    /// What a step with a message asks: the address of a letter, and whether they had what they asked for.
    Before(NoticeId, fn() -> NoticeStep),
}

/// One part's form: where it goes, its words, and what it asks for.
struct PartForm {
    path: String,
    words: StepWords,
    asks: Asks,
    done: &'static str,
}

/// POST `/referrals/{id}/notices/{notice}`.
///
/// # Errors
/// [`Problem::Store`] when it may not be done.
pub async fn notice(
    staff: Staff,
    Path((id, notice)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let notice = notice.parse().map_err(|_| Problem::NotFound)?;
    let mut errors = FormErrors::default();
    let (step, done) = match raw.text("step") {
        "printed" => (Some(NoticeStep::Printed), "printed"),
        "posted" => {
            let address_checked = raw.text("address") == "read";
            let needs = needs::read(&raw, &mut errors);
            (Some(NoticeStep::Posted { address_checked, needs }), "posted")
        }
        "told-by-phone" => {
            let needs = needs::read(&raw, &mut errors);
            (Some(NoticeStep::ToldByPhone { needs }), "told-by-phone")
        }
        "came-back" => {
            let why = ask::text(&raw, &mut errors, "why", "referral-notice-back-missing");
            (why.map(|why| NoticeStep::CameBack { why }), "came-back")
        }
        "excepted" => {
            let why = ask::text(&raw, &mut errors, "why", "referral-notice-except-missing");
            (why.map(|why| NoticeStep::Excepted { why }), "excepted")
        }
        _ => return Err(Problem::NotFound),
    };
    let step = step.filter(|_| errors.is_empty());
    let (words, asks) = match done {
        "came-back" => BACK,
        "posted" => (POST, Asks::Before(notice, unread)),
        "told-by-phone" => (TELL, Asks::Before(notice, untold)),
        _ => EXCEPT,
    };
    let form = PartForm { path: format!("notices/{notice}"), words, asks, done };
    let doing = Doing { staff: &staff, id: referral_id(&id)?, raw: &raw, errors, form };
    Box::pin(doing.run(Action::NoticeTell, step, |referral, county, step| {
        referral.step_notice(&staff.ctx, notice, step, county)
    }))
    .await
}

fn unread() -> NoticeStep {
    NoticeStep::Posted { address_checked: false, needs: None }
}

fn untold() -> NoticeStep {
    NoticeStep::ToldByPhone { needs: None }
}

/// POST `/referrals/{id}/tasks/{task}/end`.
///
/// # Errors
/// [`Problem::Store`] when it may not be done.
pub async fn end_task(
    staff: Staff,
    Path((id, task)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let task = task.parse().map_err(|_| Problem::NotFound)?;
    let mut errors = FormErrors::default();
    let why = ask::text(&raw, &mut errors, "why", "referral-task-end-missing");
    let form = PartForm {
        path: format!("tasks/{task}/end"),
        words: StepWords {
            title: "referral-task-end-title",
            intro: "referral-task-end-intro",
            button: "referral-task-end-button",
        },
        asks: Asks::Why("referral-task-end-why"),
        done: "ended",
    };
    let doing = Doing { staff: &staff, id: referral_id(&id)?, raw: &raw, errors, form };
    Box::pin(doing.run(Action::TaskEnd, why, |referral, _, why| referral.end_task(&staff.ctx, task, why)))
        .await
}

/// POST `/referrals/{id}/clocks/{clock}/explain`.
///
/// # Errors
/// [`Problem::Store`] when it may not be done.
pub async fn explain(
    staff: Staff,
    Path((id, clock)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let clock = clock.parse().map_err(|_| Problem::NotFound)?;
    let mut errors = FormErrors::default();
    let why = ask::text(&raw, &mut errors, "why", "referral-explain-missing");
    let form = PartForm {
        path: format!("clocks/{clock}/explain"),
        words: StepWords {
            title: "referral-explain-title",
            intro: "referral-explain-intro",
            button: "referral-explain-button",
        },
        asks: Asks::Why("referral-explain-why"),
        done: "explained",
    };
    let doing = Doing { staff: &staff, id: referral_id(&id)?, raw: &raw, errors, form };
    Box::pin(
        doing.run(Action::BreachExplain, why, |referral, _, why| {
            referral.explain_breach(&staff.ctx, clock, why)
        }),
    )
    .await
}

/// One such step on its way.
struct Doing<'a> {
    staff: &'a Staff,
    id: ReferralId,
    raw: &'a RawForm,
    errors: FormErrors,
    form: PartForm,
}

impl Doing<'_> {
    async fn run<T>(
        mut self,
        action: Action,
        typed: Option<T>,
        apply: impl FnOnce(Referral, &County, T) -> Result<Changes, Refused>,
    ) -> Result<Answer, Problem> {
        let mut tx = self.staff.begin().await?;
        let referral = tx.referral(self.id, action).await?;
        let Ok(referral) = referral.shown(version_of(self.raw)) else {
            return conflict(self.staff, tx, self.id, Kept::of(self.raw, WHY)).await;
        };
        let (county, _) = tx.county().await?;
        match typed.map(|typed| apply(referral, &county, typed)) {
            Some(Ok(changes)) => {
                let to = (self.id, self.form.done);
                return finish(self.staff, tx, changes, to, Kept::of(self.raw, WHY)).await;
            }
            Some(Err(Refused::NoSuchPart)) => return Err(Problem::NotFound),
            Some(Err(refused)) => self.refuse(refused),
            None => {}
        }
        self.ask_again(tx).await
    }

    /// Says what is missing where it is asked; a letter's two questions both at once.
    fn refuse(&mut self, refused: Refused) {
        let field = match (self.form.asks, refused) {
            (Asks::Why(_), _) => "why",
            (Asks::Before(..), Refused::AddressNotChecked) => "address",
            (Asks::Before(..), _) => "needs",
        };
        let unread = self.form.done == "posted" && self.raw.text("address") != "read";
        if unread && refused == Refused::NeedsNotSaid {
            self.errors.push(FieldError::new("address", names::refused(Refused::AddressNotChecked)));
        }
        self.errors.push(FieldError::new(field, names::refused(refused)));
    }

    fn controls(&self, around: &Around) -> Vec<Markup> {
        let lang = self.staff.lang;
        let (raw, errors) = (self.raw, &self.errors);
        match self.form.asks {
            Asks::Why(label) => {
                let asked = Asked { lang, raw, errors, around, offered: Offered::default() };
                vec![asked.area("why", label, self.form.words.intro)]
            }
            Asks::Before(id, step) => {
                let revealed = &around.view.revealed;
                let asking = Asking { lang, raw, errors, ending: String::new() };
                let notices = record::find(revealed, |section| {
                    if let Section::Notices(all) = section { Some(all) } else { None }
                });
                let notice = notices.and_then(|all| all.iter().find(|notice| notice.id == id));
                notice.map(|notice| asking.before(notice, &step(), revealed)).unwrap_or_default()
            }
        }
    }

    async fn ask_again(self, mut tx: Tx) -> Result<Answer, Problem> {
        let lang = self.staff.lang;
        let around = Around::load(&mut tx, self.id).await?;
        let mut frame = self.staff.frame(&mut tx, lang.t(self.form.words.title), "").await?;
        frame.errors = true;
        let mut controls = self.controls(&around);
        controls.extend(
            self.raw.one("step").map(|step| Markup::of(&Hidden { name: "step", value: step.into() })),
        );
        let page = around.page(frame, (self.form.words, &self.form.path), controls);
        let page = FormPage { errors: Some(self.errors.summary(lang)), ..page };
        page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &page)
    }
}

/// A value a form carries along.
#[derive(Debug, askama::Template)]
#[template(source = "<input type=\"hidden\" name=\"{{ name }}\" value=\"{{ value }}\">", ext = "html")]
struct Hidden {
    name: &'static str,
    value: String,
}

impl askama::filters::HtmlSafe for Hidden {}

//! Sends one message and records what came of it. The words come only from what the evaluator shows the worker.

use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::guest::Errand;
use onedoor_domain::ids::{NoticeId, ReferralId};
use onedoor_domain::notice::{Message, News, Notice, NoticeState, NoticeStep, Party, Route};
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Section;
use onedoor_domain::value::{Line, Reference, Text};
use onedoor_store::job::Job;

use super::{Outcome, Trouble, Worker};
use crate::answer;
use crate::door::status;
use crate::enquiry;
use crate::notice::{NotSent, Parcel, Sent, To, words};
use crate::words::Lang;

/// An answer longer than this says no more.
const LONGEST: usize = 500;

impl Worker {
    pub(super) async fn notice(
        &self,
        job: &Job,
        referral: ReferralId,
        id: NoticeId,
    ) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(job.tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let view = tx.referral_view(referral).await?;
        let (county, _) = tx.county().await?;
        let key = tx.status_key(referral).await?;
        tx.close().await?;
        let waiting = found(&view.revealed, id).filter(|notice| notice.state == NoticeState::Queued);
        let Some((notice, to)) = waiting.and_then(|notice| Some((notice, address(&notice.route)?))) else {
            return Ok(Outcome::Settled);
        };
        let mut words = words::of(notice, &county, Lang::default());
        let link = status::first_link(&self.app, job.tenant, referral, key.as_ref());
        if let Some(link) = link.filter(|_| says_link(notice)) {
            let link = format!("{}{link}", self.app.settings.public_url);
            words.paragraphs.insert(2, Lang::default().tr("notice-status-link", &[("link", link)]));
        }
        if let Some((errand, key)) = answer_link(notice) {
            let link = answer::path(&self.app, job.tenant, errand);
            let link = format!("{}{link}", self.app.settings.public_url);
            words.paragraphs.insert(1, Lang::default().tr(key, &[("link", link)]));
        }
        if asks(notice) {
            let link = enquiry::path(&self.app, job.tenant, referral);
            let link = format!("{}{link}", self.app.settings.public_url);
            words.paragraphs.insert(1, Lang::default().tr("notice-enquiry-link", &[("link", link)]));
        }
        if let Some(reference) = ended(notice) {
            let link = crate::track::code::way_back(reference);
            let link = format!("{}{link}", self.app.settings.public_url);
            words.paragraphs.push(Lang::default().tr("notice-way-back", &[("link", link)]));
        }
        let body = if matches!(to, To::Text(_)) { words.line() } else { words.body() };
        let (subject, named) = (words.subject, words.named);
        let parcel =
            Parcel { id: id.to_string(), file: id.to_string(), at: ctx.now, to, named, subject, body };
        // No transaction is open meanwhile: a slow server must hold up nobody who works on the record.
        let step = match self.post.send(&parcel).await {
            Ok(Sent::Handed(answer)) => NoticeStep::Handed { answer: kept(&answer)? },
            Ok(Sent::Spooled(file)) => NoticeStep::Spooled { file: name(&file)? },
            Err(NotSent::Refused(answer)) => NoticeStep::Failed { answer: kept(&answer)? },
            Err(NotSent::Later(answer)) => match self.again_at(job) {
                Some(at) => return Ok(Outcome::Later(at)),
                None => NoticeStep::Failed { answer: kept(&answer)? },
            },
        };
        self.record(job, referral, id, step).await
    }

    async fn record(
        &self,
        job: &Job,
        id: ReferralId,
        notice: NoticeId,
        step: NoticeStep,
    ) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(job.tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let (county, _) = tx.county().await?;
        let referral = tx.referral(id, Action::NoticeSend).await?;
        match referral.step_notice(&ctx, notice, step, &county) {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            // Somebody told them, or gave a reason not to, while it was under way.
            Err(Refused::NoticeStep) => {
                tx.close().await?;
                Ok(Outcome::Settled)
            }
            Err(refused) => Err(refused.into()),
        }
    }
}

fn found(revealed: &Revealed, id: NoticeId) -> Option<&Notice> {
    revealed.shown.iter().find_map(|section| match &**section {
        Section::Notices(notices) => notices.iter().find(|notice| notice.id == id),
        _ => None,
    })
}

/// Whether it tells whoever asked that it arrived, by an e-mail that may say who it is from: then it carries the link that
/// shows where it stands.
fn says_link(notice: &Notice) -> bool {
    let receipt = matches!(&notice.message, Message::ToReferrer { news: News::Received { .. }, .. });
    receipt && matches!(notice.route, Route::Email { say_nhs: true, .. })
}

/// The one-time link that a message to a service carries: the one to answer, or the one to say that they have met. The key is
/// made when it is sent, and stored nowhere.
fn answer_link(notice: &Notice) -> Option<(Errand, &'static str)> {
    let link = match &notice.message {
        Message::HandoverOffered { handover, .. } => (Errand::Answer(*handover), "notice-handover-link"),
        Message::HandoverCarry { handover, .. } => (Errand::Carry(*handover), "notice-handover-carry-link"),
        _ => return None,
    };
    (notice.party == Party::Receiver && matches!(notice.route, Route::Email { .. })).then_some(link)
}

/// Whether it asks for what is missing, by a way that may say who asks: then it carries the one-time link of the question.
fn asks(notice: &Notice) -> bool {
    let named =
        matches!(&notice.route, Route::Email { say_nhs: true, .. } | Route::Text { say_nhs: true, .. });
    named && matches!(&notice.message, Message::Enquiry { .. })
}

/// Whether it tells the person that it ended, by an e-mail that may say who it is from: then it carries the link
/// back with this reference. The link opens nothing by itself: a code to their address does.
fn ended(notice: &Notice) -> Option<&Reference> {
    let (Message::Withdrawn { reference } | Message::Advised { reference, .. }) = &notice.message else {
        return None;
    };
    let named = matches!(notice.route, Route::Email { say_nhs: true, .. });
    (notice.party == Party::Person && named).then_some(reference)
}

fn address(route: &Route) -> Option<To> {
    match route {
        Route::Email { to, .. } => Some(To::Email(to.clone())),
        Route::Text { to, .. } => Some(To::Text(to.clone())),
        Route::Letter { .. } | Route::Call { .. } | Route::InPerson { .. } => None,
    }
}

/// What a provider said, as it came, without what no page can show.
pub(super) fn kept(answer: &str) -> Result<Text, Trouble> {
    let shown = |c: &char| !c.is_control() || *c == '\n';
    answer.chars().filter(shown).take(LONGEST).collect::<String>().parse().map_err(|_| Trouble::Answer)
}

pub(super) fn name(file: &str) -> Result<Line, Trouble> {
    file.parse().map_err(|_| Trouble::Answer)
}

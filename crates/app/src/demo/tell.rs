//! Messages of the demonstration. No provider was ever asked: what looks sent says that it is part of a demonstration.

use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::ids::NoticeId;
use onedoor_domain::notice::{Notice, NoticeStep, Party, Route};
use onedoor_domain::unmet::NeedsMet;
use onedoor_domain::value::Text;

use super::DemoError;
use super::journeys::Act;
use super::walk::Walk;

const TAKEN: &str = "Demonstration: nothing was sent. Shown as if a provider had taken it.";
const ARRIVED: &str = "Demonstration: nothing was sent. Shown as if a provider had delivered it.";
const UNKNOWN: &str = "Demonstration: nothing was sent. Shown as if the number were not in use.";

fn text(ours: &str) -> Result<Text, DemoError> {
    ours.parse().map_err(|_| onedoor_store::StoreError::Unreadable("demonstration text").into())
}

impl Walk {
    /// Takes the steps that the act asks for, message by message, oldest first.
    pub(super) async fn notices(&mut self, act: Act) -> Result<(), DemoError> {
        let waiting: Vec<Notice> = self
            .known
            .notices()
            .iter()
            .map(|notice| Notice::clone(notice))
            .filter(|notice| concerns(act, notice))
            .collect();
        let last = waiting.len().saturating_sub(1);
        for (place, notice) in waiting.into_iter().enumerate() {
            if act == Act::Fail && place < last {
                continue;
            }
            for step in self.steps(act, &notice)? {
                self.step_notice(notice.id, step).await?;
            }
        }
        Ok(())
    }

    fn steps(&mut self, act: Act, notice: &Notice) -> Result<Vec<NoticeStep>, DemoError> {
        Ok(match (act, &notice.route) {
            (Act::Spool, _) => {
                let file = format!("{}-{}.txt", notice.route.code(), notice.id);
                file.parse().map(|file| vec![NoticeStep::Spooled { file }]).unwrap_or_default()
            }
            (Act::Fail, _) => vec![NoticeStep::Failed { answer: text(UNKNOWN)? }],
            (Act::Except, _) => vec![NoticeStep::Excepted { why: self.phrase(|phrases| &phrases.excepted)? }],
            (Act::Print, _) => vec![NoticeStep::Printed],
            (_, Route::Letter { .. }) => {
                let posted = NoticeStep::Posted { address_checked: true, needs: None };
                vec![NoticeStep::Printed, self.with_needs(notice, posted)]
            }
            (_, Route::Call { .. } | Route::InPerson { .. }) => {
                vec![self.with_needs(notice, NoticeStep::ToldByPhone { needs: None })]
            }
            (_, Route::Email { .. } | Route::Text { .. }) => {
                let handed = NoticeStep::Handed { answer: text(TAKEN)? };
                // Some providers never say more than that they took it.
                let delivered = NoticeStep::Delivered { answer: text(ARRIVED)? };
                // What may not be written only asks them to ring; half of them do, and are told then.
                let carries = notice.route.carries(&notice.message);
                match (carries, self.chance.one_in(if carries { 4 } else { 2 })) {
                    (_, true) => vec![handed],
                    (true, false) => vec![handed, delivered],
                    (false, false) => {
                        vec![handed, self.with_needs(notice, NoticeStep::ToldByPhone { needs: None })]
                    }
                }
            }
        })
    }

    /// People of the demonstration get what they asked for.
    fn with_needs(&self, notice: &Notice, mut step: NoticeStep) -> NoticeStep {
        let met = (!self.known.unmet_by(notice, &step).is_empty()).then_some(NeedsMet::Met);
        if let NoticeStep::Posted { needs, .. } | NoticeStep::ToldByPhone { needs } = &mut step {
            *needs = met;
        }
        step
    }

    async fn step_notice(&mut self, id: NoticeId, step: NoticeStep) -> Result<(), DemoError> {
        let cast = self.cast.clone();
        let by_hand = matches!(
            step,
            NoticeStep::Printed
                | NoticeStep::Posted { .. }
                | NoticeStep::ToldByPhone { .. }
                | NoticeStep::Excepted { .. }
        );
        let worker = Actor::System(SystemScope::Worker);
        let who = if by_hand { cast.actor("administrator")? } else { &worker };
        self.change(who, step.event(), |referral, ctx| referral.step_notice(ctx, id, step, &cast.county))
            .await
    }
}

/// Whether a message is one that the act is about.
fn concerns(act: Act, notice: &Notice) -> bool {
    let electronic = notice.route.is_electronic();
    let queued = notice.state.code() == "queued";
    match act {
        Act::Fail => electronic && !matches!(notice.state.code(), "failed" | "told-by-phone" | "excepted"),
        Act::Spool => electronic && queued,
        Act::Print => queued && matches!(notice.route, Route::Letter { .. }),
        Act::TellPerson => queued && notice.party == Party::Person,
        _ => queued || (act == Act::Except && !notice.state.is_settled()),
    }
}

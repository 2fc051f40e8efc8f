//! People who are handed over to another service, who are asked something once, whose practice answers, and who come back
//! under the same number.

use jiff::ToSpan as _;
use onedoor_domain::actor::Actor;
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::EventKind;
use onedoor_domain::episode::Mode;
use onedoor_domain::handover::{Answered, Consent, DeclineReason, Introduction, Receiver};
use onedoor_domain::referral::{Declined, GpAnswer, Met, Proposal, Referral, Taken};

use super::DemoError;
use super::acts::weighed;
use super::journeys::Act;
use super::walk::{Walk, receive};

/// A team that is asked: a voluntary partner with an account.
pub(super) const PARTNER: &str = "lantern";
/// Another: the host of a crisis café answers for it.
pub(super) const CAFE: &str = "harbour-cafe";

impl Walk {
    /// A senior asks the partner, with the person's agreement.
    pub(super) async fn hand_over(&mut self, partner: &'static str) -> Result<(), DemoError> {
        let who = self.senior()?;
        let cast = self.cast.clone();
        let team = cast.team(partner)?.0;
        let proposal = Proposal {
            to: Receiver::Team { team: team.id, name: team.name.clone() },
            why: self.phrase(|phrases| match partner {
                CAFE => &phrases.handed_to_cafe,
                _ => &phrases.handed_over,
            })?,
            consent: Consent::Agrees { said: None },
            wish: Some(Introduction::ThreeWayCall),
        };
        let chosen = Some(team.id);
        self.change(&who, EventKind::HandoverProposed, |referral, ctx| {
            weighed(referral, ctx, (EventKind::HandoverProposed, chosen), &cast.rules)?.propose(
                ctx,
                proposal,
                &cast.county,
            )
        })
        .await
    }

    /// What the partner does about it, on screen.
    pub(super) async fn partner(&mut self, act: Act) -> Result<(), DemoError> {
        let cast = self.cast.clone();
        let worker = cast.team(PARTNER)?.1;
        let (_, name) = cast.named(worker)?;
        let who: Actor = cast.actor(worker)?.clone();
        let words = self.phrase(|phrases| match act {
            Act::TakeOver => &phrases.taken_over,
            Act::Cannot => &phrases.cannot,
            _ => &phrases.met,
        })?;
        let on = Some(local_date(self.at).saturating_add(2.days()));
        match act {
            Act::TakeOver => {
                self.change(&who, EventKind::HandoverAccepted, |referral, ctx| {
                    let answered = Answered::on_screen(ctx);
                    let taken = Taken { contact_name: name, next: words, on, answered };
                    referral.take_over(ctx, taken, &cast.county)
                })
                .await
            }
            Act::Cannot => {
                self.change(&who, EventKind::HandoverDeclined, |referral, ctx| {
                    let answered = Answered::on_screen(ctx);
                    let declined = Declined { reason: DeclineReason::Capacity, words, answered };
                    referral.decline(ctx, declined, &cast.county)
                })
                .await
            }
            Act::Introduce => {
                self.change(&who, EventKind::HandoverIntroduced, |referral, ctx| {
                    referral.introduce(ctx, Introduction::ThreeWayCall)
                })
                .await
            }
            _ => {
                self.change(&who, EventKind::HandoverMet, |referral, ctx| {
                    let answered = Answered::on_screen(ctx);
                    let met = Met { at: ctx.now, mode: Mode::FaceToFace, next: words, answered };
                    referral.meet(ctx, met, &cast.county)
                })
                .await
            }
        }
    }

    /// A senior asks once for what is missing.
    pub(super) async fn enquire(&mut self) -> Result<(), DemoError> {
        let who = self.senior()?;
        let missing = self.phrase(|phrases| &phrases.missing)?;
        let cast = self.cast.clone();
        self.change(&who, EventKind::EnquiryMade, |referral, ctx| {
            referral.enquire(ctx, missing, &cast.county)
        })
        .await
    }

    /// The practice says on the phone that it has read the letter, where it was asked.
    pub(super) async fn gp_read(&mut self) -> Result<(), DemoError> {
        if self.known.gp_receipt().is_none_or(|receipt| receipt.answer.is_some()) {
            return Ok(());
        }
        let who = self.senior()?;
        let name = self.cast.named("gp")?.1;
        self.change(&who, EventKind::GpAnswered, |referral: Referral, ctx| {
            let rang = ctx.actor.author();
            let answered = Answered::ByPhone { name, at: ctx.now, reference: None, rang };
            referral.answer_gp(ctx, GpAnswer::Read { answered, at: ctx.now })
        })
        .await
    }

    /// The same person asks once more from another browser; nobody has looked yet whether it is the same.
    pub(super) async fn once_more(&mut self) -> Result<(), DemoError> {
        let cast = self.cast.clone();
        let second = receive(&self.app, &cast, (self.person, true), self.sent.clone(), self.at).await?;
        let (first, at) = (std::mem::replace(&mut self.known, second), self.at);
        self.catch_up(self.now).await?;
        (self.known, self.at) = (first, at);
        Ok(())
    }
}

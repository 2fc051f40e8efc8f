//! Rings the people of a rung, and climbs when nobody answered in time (hazard H01). On screens a page shows by itself;
//! here it goes out by e-mail and text, without a word about the person. What was tried and what came of it stays on the page.

use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::actor::Ctx;
use onedoor_domain::county::County;
use onedoor_domain::duty::{Call, Channel, Page, PageWork, Rang, Rung};
use onedoor_domain::ids::{PageId, ReferralId, TenantId};
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Section;
use onedoor_domain::value::Line;
use onedoor_store::Reachable;
use onedoor_store::job::Job;
use tokio::task::JoinSet;

use super::notice::{kept, name};
use super::{Outcome, Trouble, Worker};
use crate::notice::{NotSent, Parcel, Sent, To};
use crate::words::{self, Lang};

/// One to ring: by which channel, who, with what.
struct Ring {
    channel: Channel,
    who: Option<Line>,
    parcel: Parcel,
}

impl Worker {
    pub(super) async fn page(&self, job: &Job, id: ReferralId, page: PageId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(job.tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let view = tx.referral_view(id).await?;
        let Some(page) = found(&view.revealed, page) else {
            tx.close().await?;
            return Ok(Outcome::Settled);
        };
        match page.work(ctx.now) {
            Some(PageWork::Ring) => {
                let people = tx.reachable(page.paged_now()).await?;
                let (county, _) = tx.county().await?;
                tx.close().await?;
                let rings = self.rings(&ctx, page, &county, people);
                let tried = self.ring(&ctx, *page.paged_now(), rings).await?;
                self.keep_calls(job.tenant, id, tried).await
            }
            Some(PageWork::Climb) => {
                tx.close().await?;
                self.climb(job.tenant, id).await
            }
            None => {
                tx.close().await?;
                Ok(page.wakes_at().map_or(Outcome::Settled, Outcome::Later))
            }
        }
    }

    async fn climb(&self, tenant: TenantId, id: ReferralId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let (county, _) = tx.county().await?;
        let referral = tx.referral(id, Action::DutyEscalate).await?;
        match referral.escalate_page(&ctx, &county) {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            // Somebody has it since it was looked at: the commit of their answer removed the job.
            Err(Refused::NotDue) => {
                tx.close().await?;
                Ok(Outcome::Settled)
            }
            Err(refused) => Err(refused.into()),
        }
    }

    async fn keep_calls(
        &self,
        tenant: TenantId,
        id: ReferralId,
        tried: Vec<Call>,
    ) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let referral = tx.referral(id, Action::DutyEscalate).await?;
        let changes = referral.record_page_calls(&ctx, tried)?;
        tx.commit(changes).await?;
        Ok(Outcome::Done)
    }

    /// Everybody of a rung is rung at the same time.
    async fn ring(&self, ctx: &Ctx, rung: Rung, rings: Vec<Ring>) -> Result<Vec<Call>, Trouble> {
        let mut under_way = JoinSet::new();
        for ring in rings {
            let post = self.post.clone();
            under_way.spawn(async move { (post.send(&ring.parcel).await, ring.channel, ring.who) });
        }
        let mut calls = Vec::new();
        for (sent, channel, who) in under_way.join_all().await {
            let outcome = match sent {
                Ok(Sent::Handed(answer)) => Rang::Handed { answer: kept(&answer)? },
                Ok(Sent::Spooled(file)) => Rang::Spooled { file: name(&file)? },
                Err(NotSent::Refused(answer) | NotSent::Later(answer)) => {
                    Rang::Failed { answer: kept(&answer)? }
                }
            };
            calls.push(Call::new(rung, who, channel, self.app.clock.now(), outcome));
        }
        calls.sort_by(|one, other| (&one.to, one.channel).cmp(&(&other.to, other.channel)));
        if calls.is_empty() {
            let answer = kept(&Lang::default().t("notice-page-nobody"))?;
            calls.push(Call::new(rung, None, Channel::Email, ctx.now, Rang::Failed { answer }));
        }
        Ok(calls)
    }

    fn rings(&self, ctx: &Ctx, page: &Page, county: &County, people: Vec<Reachable>) -> Vec<Ring> {
        let letter = Letter { worker: self, ctx, page, county };
        if *page.paged_now() == Rung::CrisisLine {
            return vec![letter.to_crisis_line()];
        }
        people.into_iter().flat_map(|person| letter.to_person(person)).collect()
    }
}

/// What goes out for one page at one moment.
struct Letter<'a> {
    worker: &'a Worker,
    ctx: &'a Ctx,
    page: &'a Page,
    county: &'a County,
}

impl Letter<'_> {
    /// By e-mail, and by text where they gave a number: two channels, because one may be down.
    fn to_person(&self, person: Reachable) -> Vec<Ring> {
        let ways = [
            Some((Channel::Email, To::Email(person.email))),
            person.phone.map(|phone| (Channel::Text, To::Text(phone))),
        ];
        let ring = |(channel, to): (Channel, To)| {
            let name = match channel {
                Channel::Text => format!("{}-text", person.user),
                Channel::Email | Channel::Note => person.user.to_string(),
            };
            Ring { channel, who: Some(person.name.clone()), parcel: self.parcel(&name, to, self.sign_in()) }
        };
        ways.into_iter().flatten().map(ring).collect()
    }

    /// An e-mail where the county has agreed one with the crisis line, else a note with the number.
    fn to_crisis_line(&self) -> Ring {
        let lang = Lang::default();
        let when = words::date_time(lang, self.page.opened_at);
        let args = [("service", self.county.name.to_string()), ("when", when)];
        let why = lang.tr("notice-page-crisis-line", &args);
        let (channel, to, ask) = match self.county.crisis_email.clone() {
            Some(email) => (Channel::Email, To::Email(email), self.sign_in()),
            None => (Channel::Note, To::Note, self.ring_crisis_line()),
        };
        Ring { channel, who: None, parcel: self.parcel("crisis", to, format!("{why}\n\n{ask}")) }
    }

    fn ring_crisis_line(&self) -> String {
        let Some(line) = self.county.crisis.first() else {
            return Lang::default().t("notice-page-no-number");
        };
        let args = [("label", line.label.to_string()), ("number", line.number.to_string())];
        Lang::default().tr("notice-page-note", &args)
    }

    fn sign_in(&self) -> String {
        let address = format!("{}/duty", self.worker.app.settings.public_url);
        Lang::default().tr("notice-page-text", &[("address", address)])
    }

    /// Each ring is a message of its own, or a mail server would drop the second one; the spool keeps the last.
    fn parcel(&self, who: &str, to: To, body: String) -> Parcel {
        let file = format!("page-{}-{who}", self.page.id);
        let id = format!("{file}-{}", self.ctx.now.as_second());
        let subject = Lang::default().t("notice-page-subject");
        Parcel { id, file, at: self.ctx.now, to, named: true, subject, body }
    }
}

fn found(revealed: &Revealed, id: PageId) -> Option<&Page> {
    revealed.shown.iter().find_map(|section| match &**section {
        Section::Progress(progress) => progress.page.as_ref().filter(|page| page.id == id),
        _ => None,
    })
}

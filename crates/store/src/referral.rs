//! Reading referrals: one record for a page, one for a change (its row locked first), and who changed it meanwhile.

use std::collections::BTreeMap;

use onedoor_domain::access::{Action, Decision, Revealed, Target, Visible, decide, reveal};
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::change::{Event, EventKind, Noun};
use onedoor_domain::ids::{PageId, ReferralId};
use onedoor_domain::referral::{Parts, Referral};
use onedoor_domain::section::Section;
use onedoor_domain::track::Scope;
use onedoor_domain::value::Reference;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Loaded, Tx};

/// A referral as one actor may see it.
#[derive(Debug)]
pub struct ReferralView {
    /// Which one.
    pub id: ReferralId,
    /// The sections to show.
    pub revealed: Revealed,
    /// The steps that can be taken now *and* that this actor may take.
    pub moves: Vec<EventKind>,
    /// The version a form must carry.
    pub version: i64,
}

/// The newest events of a record page.
const HISTORY: i64 = 100;

impl Tx {
    /// A referral to change: decided for `action`, its row locked, the read recorded.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn referral(&mut self, id: ReferralId, action: Action) -> Result<Referral, StoreError> {
        self.lock_referral(id).await?;
        self.load_referral(id, action).await
    }

    /// For whoever holds the entry it came from, which decided.
    pub(crate) async fn locked_referral(&mut self, id: ReferralId) -> Result<Option<Referral>, StoreError> {
        self.lock_referral(id).await?;
        self.fetch_referral(id).await
    }

    async fn lock_referral(&mut self, id: ReferralId) -> Result<(), StoreError> {
        let tenant = self.tenant();
        // Locked before it is read: one statement that waits for a lock would read the parts as they were before it.
        sqlx::query!(
            "SELECT id FROM referral WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(())
    }

    /// Which of these references no referral has. For the command line only, which holds the machine in hand.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody else.
    pub async fn missing_references(&mut self, wanted: &[Reference]) -> Result<Vec<String>, StoreError> {
        if self.ctx.actor != Actor::System(SystemScope::Command) {
            return Err(StoreError::Refused(Action::ReferralRead));
        }
        let tenant = self.tenant();
        let wanted: Vec<String> = wanted.iter().map(|reference| reference.as_str().to_owned()).collect();
        let missing = sqlx::query_scalar!(
            r#"SELECT w.reference AS "reference!" FROM unnest($2::text[]) WITH ORDINALITY AS w (reference, n)
               WHERE NOT EXISTS (
                   SELECT 1 FROM referral AS r WHERE r.tenant_id = $1 AND r.reference = w.reference)
               ORDER BY w.n"#,
            tenant,
            &wanted
        )
        .fetch_all(self.conn())
        .await?;
        Ok(missing)
    }

    /// The referral with this reference, to change.
    ///
    /// # Errors
    /// As [`Tx::referral`].
    pub async fn referral_by_reference(
        &mut self,
        reference: &Reference,
        action: Action,
    ) -> Result<Referral, StoreError> {
        let id = self.referral_id(reference, action).await?;
        self.referral(id, action).await
    }

    /// Which referral has this reference, for those whose role can open referrals at all. Says nothing about whether they
    /// may open this one: an id opens nothing, and every call that takes it decides.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn referral_id(
        &mut self,
        reference: &Reference,
        action: Action,
    ) -> Result<ReferralId, StoreError> {
        self.require(action, None, &Target::Role).await?;
        let tenant = self.tenant();
        let id = sqlx::query_scalar!(
            "SELECT id FROM referral WHERE tenant_id = $1 AND reference = $2",
            tenant,
            reference.as_str()
        )
        .fetch_optional(self.conn())
        .await?;
        match id {
            Some(id) => Ok(ReferralId(id)),
            None => Err(self.absent(action, Self::referral_subject(ReferralId(Uuid::nil()))).await),
        }
    }

    /// A referral to look at: only what the evaluator lets this actor see leaves the store.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn referral_view(&mut self, id: ReferralId) -> Result<ReferralView, StoreError> {
        let scope = self.ctx.actor.holder().map(|holder| holder.scope);
        let action = if scope == Some(Scope::Own) { Action::OwnRead } else { Action::ReferralRead };
        let referral = self.load_referral(id, action).await?;
        let (sections, hidden) = match scope {
            // What a link opens, while it stands.
            Some(Scope::Receiver) => match &self.ctx.actor {
                Actor::Guest(guest) => (referral.guest_sections(guest.errand, self.ctx.now), 0),
                Actor::Staff(_) | Actor::Public(_) | Actor::Person(_) | Actor::System(_) => (Vec::new(), 0),
            },
            Some(Scope::Gp) => (Vec::new(), 0),
            Some(Scope::Own | Scope::Referrer) => (referral.outside_sections(), 0),
            Some(Scope::Asked) => (referral.asked_sections(), 0),
            None => {
                let mut sections = referral.sections(self.history(id).await?);
                let matching = referral.matching(&*self.rules_in_force().await?, self.ctx.now);
                sections.push(Section::MayHelp(Box::new(matching)));
                sections.extend(referral.asked_sections());
                sections.push(Section::Files(self.files_of(id.into()).await?));
                let (same, hidden) = self.sections_of_same(&referral).await?;
                sections.extend(same);
                (sections, hidden)
            }
        };
        let view = self.view(&referral, sections);
        Ok(ReferralView { revealed: view.revealed.and_hidden(&self.ctx.actor, hidden), ..view })
    }

    /// Several referrals to look at, for cards and lists: as [`Tx::referral_view`], without what happened and without files.
    /// One read, however many; those this actor may not see are left out, and that they were asked for is recorded.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn referral_cards(&mut self, ids: &[ReferralId]) -> Result<Vec<ReferralView>, StoreError> {
        self.require(Action::ReferralRead, None, &Target::Role).await?;
        let referrals = self.decided(ids, Action::ReferralRead).await?;
        let cards = referrals.iter().map(|referral| {
            let mut sections = referral.sections(Vec::new());
            sections.retain(|section| !matches!(section, Section::History(_)));
            self.view(referral, sections)
        });
        Ok(cards.collect())
    }

    /// Several referrals to change: their rows locked in one order, so that two who want the same ones wait for each other and
    /// never for ever. Those this actor may not see are left out, and that they were asked for is recorded.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn referrals(
        &mut self,
        ids: &[ReferralId],
        action: Action,
    ) -> Result<Vec<Referral>, StoreError> {
        self.require(action, None, &Target::Role).await?;
        let tenant = self.tenant();
        let wanted: Vec<Uuid> = ids.iter().copied().map(Uuid::from).collect();
        sqlx::query!(
            "SELECT id FROM referral WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE",
            tenant,
            &wanted
        )
        .fetch_all(self.conn())
        .await?;
        self.decided(ids, action).await
    }

    async fn decided(&mut self, ids: &[ReferralId], action: Action) -> Result<Vec<Referral>, StoreError> {
        let mut shown = Vec::with_capacity(ids.len());
        let mut found = self.fetch_referrals(ids).await?.into_iter().peekable();
        for id in ids {
            let subject = Self::referral_subject(*id);
            let Some(referral) = found.next_if(|referral| referral.id() == *id) else {
                self.absent(action, subject).await;
                continue;
            };
            let teams = referral.teams();
            match self.require(action, Some(subject), &Target::Referral(*id, &teams)).await {
                Ok(()) => {}
                Err(StoreError::Hidden) => continue,
                Err(error) => return Err(error),
            }
            self.remember(subject, Loaded::Record(teams));
            self.saw(action, subject, vec![]);
            shown.push(referral);
        }
        Ok(shown)
    }

    fn view(&self, referral: &Referral, sections: Vec<Section>) -> ReferralView {
        let revealed = reveal(&self.ctx.actor, sections);
        let (id, teams) = (referral.id(), referral.teams());
        let may = |step: &EventKind| {
            decide(&self.ctx.actor, step.action(), &Target::Referral(id, &teams)) == Decision::Allowed
        };
        let moves = referral.moves().into_iter().filter(may).collect();
        ReferralView { id, revealed, moves, version: referral.version() }
    }

    /// Where a referral stands, for whoever made it for somebody else; nothing where the person asked themselves.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn referral_status(&mut self, id: ReferralId) -> Result<Option<Visible<Section>>, StoreError> {
        let referral = self.load_referral(id, Action::ReferralRead).await?;
        let sections = referral.referred().map(Section::Referred).into_iter().collect();
        Ok(reveal(&self.ctx.actor, sections).shown.into_iter().next())
    }

    pub(crate) async fn load_referral(
        &mut self,
        id: ReferralId,
        action: Action,
    ) -> Result<Referral, StoreError> {
        let subject = Self::referral_subject(id);
        let Some(referral) = self.fetch_referral(id).await? else {
            return Err(self.absent(action, subject).await);
        };
        let teams = referral.teams();
        self.require(action, Some(subject), &Target::Referral(id, &teams)).await?;
        self.remember(subject, Loaded::Record(teams));
        self.saw(action, subject, vec![]);
        Ok(referral)
    }

    pub(crate) async fn fetch_referral(&mut self, id: ReferralId) -> Result<Option<Referral>, StoreError> {
        let found = self.fetch_referrals(&[id]).await?;
        Ok(found.into_iter().next())
    }

    /// Those of these that exist, in the order they were asked for: one statement, however many.
    pub(crate) async fn fetch_referrals(&mut self, ids: &[ReferralId]) -> Result<Vec<Referral>, StoreError> {
        let tenant = self.tenant();
        let wanted: Vec<Uuid> = ids.iter().copied().map(Uuid::from).collect();
        let found = records(self.conn(), tenant, &wanted).await?;
        let read = found.into_iter().map(|record| Ok((ReferralId(record.id), record.referral()?)));
        let mut read: BTreeMap<ReferralId, Referral> = read.collect::<Result<_, StoreError>>()?;
        Ok(ids.iter().filter_map(|id| read.remove(id)).collect())
    }

    async fn history(&mut self, id: ReferralId) -> Result<Vec<Event>, StoreError> {
        self.events_after(id, -1).await
    }

    /// What happened since a form was shown, newest first: by whom and what, for the 409 page. The reasons are for those
    /// who see the history.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn changes_since(&mut self, id: ReferralId, version: i64) -> Result<Vec<Event>, StoreError> {
        if !self.has_opened(Self::referral_subject(id)) {
            self.load_referral(id, Action::ReferralRead).await?;
        }
        let mut events = self.events_after(id, version).await?;
        if reveal(&self.ctx.actor, vec![Section::History(Vec::new())]).shown.is_empty() {
            for event in &mut events {
                event.why = None;
            }
        }
        Ok(events)
    }

    async fn events_after(&mut self, id: ReferralId, version: i64) -> Result<Vec<Event>, StoreError> {
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM event
             WHERE tenant_id = $1 AND noun = $2 AND subject_id = $3 AND version > $4
             ORDER BY at DESC, id DESC LIMIT $5",
            tenant,
            Noun::Referral.code(),
            Uuid::from(id),
            version,
            HISTORY
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|body| read(body, "event")).collect()
    }

    /// The referral a duty page is about, to change.
    ///
    /// # Errors
    /// As [`Tx::referral`].
    pub async fn referral_by_page(&mut self, id: PageId, action: Action) -> Result<Referral, StoreError> {
        self.require(action, None, &Target::Role).await?;
        let tenant = self.tenant();
        let found = sqlx::query_scalar!(
            "SELECT referral_id FROM page WHERE tenant_id = $1 AND id = $2",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        match found {
            Some(id) => self.referral(ReferralId(id), action).await,
            None => Err(self.absent(action, Self::referral_subject(ReferralId(Uuid::nil()))).await),
        }
    }
}

/// A referral with everything that hangs on it, as it is stored.
pub(crate) struct Record {
    pub(crate) id: Uuid,
    version: i64,
    head: Value,
    person: Value,
    clocks: Value,
    tasks: Value,
    notices: Value,
    contacts: Value,
    handovers: Value,
    page: Option<Value>,
    episode: Option<Value>,
}

impl Record {
    pub(crate) fn referral(self) -> Result<Referral, StoreError> {
        let parts = Parts {
            version: self.version,
            head: read(self.head, "referral")?,
            person: read(self.person, "person")?,
            clocks: read(self.clocks, "clock")?,
            tasks: read(self.tasks, "task")?,
            notices: read(self.notices, "notice")?,
            handovers: read(self.handovers, "handover")?,
            contacts: read(self.contacts, "contact")?,
            page: self.page.map(|page| read(page, "page")).transpose()?,
            episode: self.episode.map(|episode| read(episode, "episode")).transpose()?,
        };
        Ok(parts.into())
    }
}

/// Those of these referrals that exist: one statement, in no order.
pub(crate) async fn records(
    connection: &mut PgConnection,
    tenant: Uuid,
    ids: &[Uuid],
) -> Result<Vec<Record>, sqlx::Error> {
    sqlx::query_as!(
        Record,
        r#"SELECT r.id, r.version, r.body AS head, p.body AS person,
               (SELECT coalesce(jsonb_agg(c.body ORDER BY c.id), '[]') FROM clock c
                WHERE c.tenant_id = r.tenant_id AND c.referral_id = r.id) AS "clocks!",
               (SELECT coalesce(jsonb_agg(t.body ORDER BY t.id), '[]') FROM task t
                WHERE t.tenant_id = r.tenant_id AND t.referral_id = r.id) AS "tasks!",
               (SELECT coalesce(jsonb_agg(n.body ORDER BY n.id), '[]') FROM notice n
                WHERE n.tenant_id = r.tenant_id AND n.referral_id = r.id) AS "notices!",
               (SELECT coalesce(jsonb_agg(c.body ORDER BY c.id), '[]') FROM contact c
                WHERE c.tenant_id = r.tenant_id AND c.referral_id = r.id) AS "contacts!",
               (SELECT coalesce(jsonb_agg(h.body ORDER BY h.id), '[]') FROM handover h
                WHERE h.tenant_id = r.tenant_id AND h.referral_id = r.id) AS "handovers!",
               (SELECT g.body FROM page g
                WHERE g.tenant_id = r.tenant_id AND g.referral_id = r.id
                ORDER BY g.opened_at DESC, g.id DESC LIMIT 1) AS page,
               (SELECT e.body FROM episode e
                WHERE e.tenant_id = r.tenant_id AND e.referral_id = r.id ORDER BY e.accepted_at DESC LIMIT 1)
                   AS episode
           FROM referral r
           JOIN person p ON p.tenant_id = r.tenant_id AND p.id = r.person_id
           WHERE r.tenant_id = $1 AND r.id = ANY ($2)"#,
        tenant,
        ids
    )
    .fetch_all(connection)
    .await
}

/// Reads a stored document.
pub(crate) fn read<T: DeserializeOwned>(value: Value, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|_| StoreError::Unreadable(what))
}

//! Reading referrals: one record for a page, one for a change (its row locked first), and who changed it meanwhile.

use onedoor_domain::access::{Action, Revealed, Target, Visible, reveal};
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::change::{Event, EventKind, Noun};
use onedoor_domain::ids::{PageId, ReferralId};
use onedoor_domain::referral::{Parts, Referral};
use onedoor_domain::section::Section;
use onedoor_domain::track::Scope;
use onedoor_domain::value::Reference;
use serde::de::DeserializeOwned;
use serde_json::Value;
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
            Some(Scope::Own | Scope::Referrer) => (referral.outside_sections(), 0),
            None => {
                let mut sections = referral.sections(self.history(id).await?);
                sections.push(Section::Files(self.files_of(id.into()).await?));
                let (same, hidden) = self.sections_of_same(&referral).await?;
                sections.extend(same);
                (sections, hidden)
            }
        };
        let revealed = reveal(&self.ctx.actor, sections).and_hidden(&self.ctx.actor, hidden);
        let teams = referral.teams();
        let moves = referral
            .moves()
            .into_iter()
            .filter(|step| {
                let allowed = onedoor_domain::access::Decision::Allowed;
                onedoor_domain::access::decide(&self.ctx.actor, step.action(), &Target::Referral(id, &teams))
                    == allowed
            })
            .collect();
        Ok(ReferralView { id, revealed, moves, version: referral.version() })
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
        let tenant = self.tenant();
        let row = sqlx::query!(
            r#"SELECT r.version, r.body AS head, p.body AS person,
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
               WHERE r.tenant_id = $1 AND r.id = $2"#,
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let parts = Parts {
            version: row.version,
            head: read(row.head, "referral")?,
            person: read(row.person, "person")?,
            clocks: read(row.clocks, "clock")?,
            tasks: read(row.tasks, "task")?,
            notices: read(row.notices, "notice")?,
            handovers: read(row.handovers, "handover")?,
            contacts: read(row.contacts, "contact")?,
            page: row.page.map(|page| read(page, "page")).transpose()?,
            episode: row.episode.map(|episode| read(episode, "episode")).transpose()?,
        };
        Ok(Some(parts.into()))
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

/// Reads a stored document.
pub(crate) fn read<T: DeserializeOwned>(value: Value, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|_| StoreError::Unreadable(what))
}

//! Is this somebody we know? Who may be the same person, two records side by side, and the links by which a human said so.
//! What is shown of other requests leaves through `reveal` like everything else, and only of those this actor may open.

use std::collections::{BTreeMap, BTreeSet};

use onedoor_domain::access::{Action, Decision, Revealed, Target, Visible, decide, reveal};
use onedoor_domain::ids::{PersonId, PersonLinkId, ReferralId};
use onedoor_domain::referral::{Beside, Candidate, Matching, Parts, PersonLink, Referral};
use onedoor_domain::section::Section;
use serde_json::Value;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};
use crate::write::document;

/// So many are shown to choose from.
const SHOWN: usize = 10;

/// Who may be the same person as that of a request.
#[derive(Debug)]
pub struct Candidates {
    /// Those of one's own teams, the likeliest first.
    pub people: Vec<Visible<Section>>,
    /// There are more than could be looked through or shown.
    pub more: bool,
}

/// Two requests side by side.
#[derive(Debug)]
pub struct Compared {
    /// This one: who they are and how they are reached.
    pub this: Revealed,
    /// The other one, with what agrees.
    pub other: Revealed,
    /// They are known to be the same person already, or it is the same request.
    pub same: bool,
}

/// Another request of the same person, as one statement reads it.
struct Row {
    id: Uuid,
    version: i64,
    rank: i16,
    head: Value,
    person: Value,
    page: Option<Value>,
    episode: Option<Value>,
}

impl Row {
    /// What it says for the others. Its clocks, tasks and messages are not read.
    fn referral(self) -> Result<Referral, StoreError> {
        let parts = Parts {
            version: self.version,
            head: read(self.head, "referral")?,
            person: read(self.person, "person")?,
            clocks: Vec::new(),
            tasks: Vec::new(),
            notices: Vec::new(),
            handovers: Vec::new(),
            contacts: Vec::new(),
            page: self.page.map(|page| read(page, "page")).transpose()?,
            episode: self.episode.map(|episode| read(episode, "episode")).transpose()?,
        };
        Ok(parts.into())
    }
}

impl Tx {
    /// Who of one's own teams' people this request may be of. One statement looks them up; audited with everybody it showed.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn candidates(&mut self, id: ReferralId) -> Result<Candidates, StoreError> {
        let referral = self.load_referral(id, Action::PersonMatch).await?;
        let wanted = referral.wanted();
        let (hits, full) = self.hits_by_key(&wanted).await?;
        let same = self.same_people(referral.person().id).await?;
        let mut found: BTreeMap<Uuid, Candidate> = BTreeMap::new();
        for (person, known) in hits {
            let other = known.referral;
            if other == id || same.contains(&person.id) || found.contains_key(&other.0) {
                continue;
            }
            found.extend(referral.candidate(&person, known, &wanted).map(|candidate| (other.0, candidate)));
        }
        // Ids are made in time: the newest stands first among those who agree alike.
        let mut people = Candidate::ranked(found.into_values().rev());
        let more = full || people.len() > SHOWN;
        people.truncate(SHOWN);
        let shown = people.iter().map(|one| one.known.referral.into()).collect();
        let sections = people.into_iter().map(|one| Section::Candidate(Box::new(one))).collect();
        self.saw(Action::PersonMatch, Self::referral_subject(id), shown);
        Ok(Candidates { people: reveal(&self.ctx.actor, sections).shown, more })
    }

    /// Two requests side by side. Both are read like records, and recorded like them.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn compare(&mut self, id: ReferralId, other: ReferralId) -> Result<Compared, StoreError> {
        let this = self.load_referral(id, Action::PersonMatch).await?;
        let that = self.load_referral(other, Action::PersonMatch).await?;
        let same = self.same_people(this.person().id).await?.contains(&that.person().id) || id == other;
        let candidate = Section::Candidate(Box::new(this.compared(&that)));
        let who = |referral: &Referral| Section::Identity(referral.person().identity.clone());
        let itself = Section::Candidate(Box::new(this.compared(&this)));
        Ok(Compared {
            this: reveal(&self.ctx.actor, vec![itself, who(&this)]),
            other: reveal(&self.ctx.actor, vec![candidate, who(&that)]),
            same,
        })
    }

    /// Everybody who is known to be the same person, this one too.
    ///
    /// # Errors
    /// [`StoreError::Refused`]; the actor has opened the request of this person.
    pub async fn same_as(&mut self, referral: &Referral) -> Result<BTreeSet<PersonId>, StoreError> {
        self.require(Action::PersonMatch, None, &Target::Role).await?;
        self.same_people(referral.person().id).await
    }

    async fn same_people(&mut self, person: PersonId) -> Result<BTreeSet<PersonId>, StoreError> {
        let tenant = self.tenant();
        let people = sqlx::query_scalar!(
            r#"WITH RECURSIVE same (person_id) AS (
                   SELECT $2::uuid
                   UNION
                   SELECT next.person_id
                   FROM same
                   CROSS JOIN LATERAL (
                       SELECT to_id AS person_id FROM person_link
                       WHERE tenant_id = $1 AND person_id = same.person_id AND ended_at IS NULL
                       UNION ALL
                       SELECT person_id FROM person_link
                       WHERE tenant_id = $1 AND to_id = same.person_id AND ended_at IS NULL) AS next)
               SELECT person_id AS "person_id!" FROM same"#,
            tenant,
            Uuid::from(person)
        )
        .fetch_all(self.conn())
        .await?;
        Ok(people.into_iter().map(PersonId).collect())
    }

    /// A match, to take it back: of this request and of no other.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn person_link(
        &mut self,
        referral: ReferralId,
        id: PersonLinkId,
    ) -> Result<Option<PersonLink>, StoreError> {
        self.require(Action::PersonMatch, None, &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM person_link WHERE tenant_id = $1 AND id = $2 AND referral_id = $3 FOR UPDATE",
            tenant,
            Uuid::from(id),
            Uuid::from(referral)
        )
        .fetch_optional(self.conn())
        .await?;
        body.map(|body| read(body, "person link")).transpose()
    }

    /// What the record page shows of whether it is somebody we know, and of their other requests: of those this actor may
    /// open. Answers how many there are that they may not.
    pub(crate) async fn sections_of_same(
        &mut self,
        referral: &Referral,
    ) -> Result<(Vec<Section>, usize), StoreError> {
        let person = referral.person().id;
        let links = self.links_of(person).await?;
        let held = links.iter().any(|link| link.end.is_none());
        let nobody = referral.head().nobody().cloned();
        let mut sections = Vec::new();
        if nobody.is_some() || !links.is_empty() {
            sections.push(Section::Matching(Box::new(Matching { links, nobody })));
        }
        if !held {
            return Ok((sections, 0));
        }
        let (beside, hidden) = self.beside(person).await?;
        if beside.is_empty() {
            return Ok((sections, hidden));
        }
        self.saw_list(Action::ReferralRead, beside.iter().map(|it| it.other.referral.into()).collect());
        let flags: Vec<_> = beside.iter().flat_map(|it| it.flags.iter().cloned()).collect();
        let involved: Vec<_> = beside.iter().filter_map(|it| it.involved.clone()).collect();
        sections.push(Section::Others(beside.into_iter().map(|it| it.other).collect()));
        sections.extend((!involved.is_empty()).then_some(Section::Involved(involved)));
        sections.extend((!flags.is_empty()).then_some(Section::Flags(flags)));
        Ok((sections, hidden))
    }

    /// The other requests of the same person that this actor may open, and how many they may not.
    async fn beside(&mut self, person: PersonId) -> Result<(Vec<Beside>, usize), StoreError> {
        let tenant = self.tenant();
        let rows = sqlx::query_file_as!(Row, "sql/same_person.sql", tenant, Uuid::from(person))
            .fetch_all(self.conn())
            .await?;
        let all = rows.len();
        let mut seen = Vec::with_capacity(all);
        for row in rows {
            let (id, flagged) = (ReferralId(row.id), row.rank == 0);
            let referral = row.referral()?;
            let teams = referral.teams();
            let target = Target::Referral(id, &teams);
            if decide(&self.ctx.actor, Action::ReferralRead, &target) == Decision::Allowed {
                seen.push(referral.beside(flagged));
            }
        }
        let hidden = all - seen.len();
        Ok((seen, hidden))
    }

    async fn links_of(&mut self, person: PersonId) -> Result<Vec<PersonLink>, StoreError> {
        let tenant = self.tenant();
        let bodies = sqlx::query_scalar!(
            r#"SELECT body AS "body!" FROM (
                   SELECT id, body FROM person_link WHERE tenant_id = $1 AND person_id = $2
                   UNION ALL
                   SELECT id, body FROM person_link WHERE tenant_id = $1 AND to_id = $2) AS said
               ORDER BY id DESC"#,
            tenant,
            Uuid::from(person)
        )
        .fetch_all(self.conn())
        .await?;
        bodies.into_iter().map(|body| read(body, "person link")).collect()
    }

    pub(crate) async fn write_person_link(&mut self, link: &PersonLink) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO person_link (tenant_id, id, referral_id, person_id, to_id, ended_at, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE SET ended_at = excluded.ended_at, body = excluded.body",
            tenant,
            Uuid::from(link.id),
            Uuid::from(link.referral),
            Uuid::from(link.person),
            Uuid::from(link.to),
            link.end.as_ref().map(|end| sql(end.at)) as _,
            document(link)?,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

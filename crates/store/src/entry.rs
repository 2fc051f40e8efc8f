//! Entries by staff: one to go on with, and which of one's own teams are not finished.

use jiff::Timestamp;
use onedoor_domain::access::{Action, Decision, Revealed, Target, decide, reveal};
use onedoor_domain::change::Noun;
use onedoor_domain::entry::{Channel, Entered, Entry};
use onedoor_domain::ids::{EntryId, TeamId};
use onedoor_domain::referral::Referral;
use onedoor_domain::value::{Line, Phone};
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Loaded, Tx, sql};
use crate::write::{document, expect_one};

/// So many unfinished entries are shown at once.
pub const UNFINISHED: usize = 50;

/// An entry that nobody has finished: nothing in it names the person.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// Which one.
    pub id: EntryId,
    /// How the person came.
    pub channel: Channel,
    /// Who wrote it down last.
    pub by: Option<Line>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// The duty person was paged for it.
    pub paged: bool,
}

impl Tx {
    /// An entry of one's own team, locked. Another team's looks as if it did not exist.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn entry(&mut self, id: EntryId) -> Result<Entry, StoreError> {
        let subject = Self::subject(Noun::Entry, id);
        let Some(entry) = self.find_entry(id).await? else {
            return Err(self.absent(Action::EntryWrite, subject).await);
        };
        self.require(Action::EntryWrite, Some(subject), &Target::Entry(entry.team)).await?;
        self.know_entry(&entry);
        self.saw(Action::EntryWrite, subject, vec![]);
        Ok(entry)
    }

    /// The entry with this id if it was saved before, else none: for the first page, sent twice. From now on this
    /// transaction may begin it for the team.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] when the id is another team's.
    pub async fn entry_or_new(&mut self, id: EntryId, team: TeamId) -> Result<Option<Entry>, StoreError> {
        let subject = Self::subject(Noun::Entry, id);
        let found = self.find_entry(id).await?;
        let of = found.as_ref().map_or(team, |entry| entry.team);
        self.require(Action::EntryWrite, Some(subject), &Target::Entry(of)).await?;
        self.remember(subject, Loaded::Entry(of));
        Ok(found)
    }

    /// The referral an entry was handed over as, locked: whoever holds the entry may add to it, and sees nothing of it.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn referral_of_entry(&mut self, entry: &Entry) -> Result<Option<Referral>, StoreError> {
        let subject = Self::referral_subject(entry.referral());
        self.require(Action::EntryWrite, Some(subject), &Target::Entry(entry.team)).await?;
        if entry.receipt().is_none() {
            return Ok(None);
        }
        self.remember(subject, Loaded::Entry(entry.team));
        self.locked_referral(entry.referral()).await
    }

    /// What the record of an entry says now, for whoever may read the record too; none for whoever only wrote it down.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] for whoever does not write the entry.
    pub async fn record_of_entry(
        &mut self,
        entry: &Entry,
        referral: &Referral,
    ) -> Result<Option<Revealed>, StoreError> {
        let subject = Self::referral_subject(referral.id());
        self.require(Action::EntryWrite, Some(subject), &Target::Entry(entry.team)).await?;
        let target = Target::Referral(referral.id(), &referral.teams());
        if decide(&self.ctx.actor, Action::ReferralRead, &target) != Decision::Allowed {
            return Ok(None);
        }
        self.saw(Action::ReferralRead, subject, vec![]);
        Ok(Some(reveal(&self.ctx.actor, referral.sections(Vec::new()))))
    }

    /// An entry that ran out, for the worker.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody else; [`StoreError::Hidden`] when it is gone.
    pub async fn entry_to_purge(&mut self, id: EntryId) -> Result<Entry, StoreError> {
        let subject = Self::subject(Noun::Entry, id);
        self.require(Action::DraftPurge, Some(subject), &Target::Role).await?;
        let Some(entry) = self.find_entry(id).await? else { return Err(StoreError::Hidden) };
        self.know_entry(&entry);
        Ok(entry)
    }

    /// Entries of one's own teams that are not finished, the oldest first: at most [`UNFINISHED`], and one more where there
    /// are more.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn unfinished_entries(&mut self) -> Result<Vec<Unfinished>, StoreError> {
        self.require(Action::EntryWrite, None, &Target::Role).await?;
        let teams: Vec<Uuid> = match self.ctx.actor.staff() {
            Some(staff) => staff.teams.iter().map(|team| Uuid::from(*team)).collect(),
            None => Vec::new(),
        };
        let tenant = self.tenant();
        let rows =
            sqlx::query_file!("sql/unfinished_entries.sql", tenant, &teams).fetch_all(self.conn()).await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let entered: Entered = read(row.entered, "entry")?;
            found.push(Unfinished {
                id: EntryId(row.id),
                channel: entered.channel,
                by: entered.by.name().cloned(),
                begun_at: row.begun_at.to_jiff(),
                saved_at: row.saved_at.to_jiff(),
                paged: row.paged,
            });
        }
        self.saw_list(Action::EntryWrite, found.iter().map(|entry| entry.id.into()).collect());
        Ok(found)
    }

    /// What this transaction writes of an entry, and what it hands over, is decided by the entry's team.
    fn know_entry(&mut self, entry: &Entry) {
        self.remember(Self::subject(Noun::Entry, entry.id), Loaded::Entry(entry.team));
        if entry.receipt().is_none() {
            self.remember(Self::referral_subject(entry.referral()), Loaded::Entry(entry.team));
        }
    }

    async fn find_entry(&mut self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT version, team_id, begun_at, saved_at, callback, entered, answers, state
             FROM entry WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let callback = row.callback.map(|phone| phone.parse().map_err(|_| StoreError::Unreadable("entry")));
        Ok(Some(Entry {
            id,
            version: row.version,
            team: TeamId(row.team_id),
            callback: callback.transpose()?,
            entered: read(row.entered, "entry")?,
            answers: read(row.answers, "answers")?,
            state: read(row.state, "entry")?,
            begun_at: row.begun_at.to_jiff(),
            saved_at: row.saved_at.to_jiff(),
        }))
    }

    pub(crate) async fn write_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO entry AS e
                 (tenant_id, id, version, team_id, unfinished, begun_at, saved_at, callback, entered, answers, state)
             VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET version = excluded.version, unfinished = excluded.unfinished, saved_at = excluded.saved_at,
                 callback = excluded.callback, entered = excluded.entered, answers = excluded.answers,
                 state = excluded.state
             WHERE e.version = $3",
            tenant,
            Uuid::from(entry.id),
            entry.version,
            Uuid::from(entry.team),
            entry.is_unfinished(),
            sql(entry.begun_at) as _,
            sql(entry.saved_at) as _,
            entry.callback.as_ref().map(Phone::as_str),
            document(&entry.entered)?,
            document(&entry.answers)?,
            document(&entry.state)?,
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())?;
        self.schedule_entry(entry).await
    }

    /// What is not handed over is removed one day; what is, never.
    async fn schedule_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        match entry.expires_at() {
            Some(at) => self.put_job("entry", entry.id.into(), at).await,
            None => self.remove_job(entry.id.into()).await,
        }
    }

    pub(crate) async fn remove_entry(&mut self, id: EntryId) -> Result<(), StoreError> {
        let tenant = self.tenant();
        self.remove_files_of_form(id.into()).await?;
        sqlx::query!("DELETE FROM entry WHERE tenant_id = $1 AND id = $2", tenant, Uuid::from(id))
            .execute(self.conn())
            .await?;
        self.remove_job(id.into()).await
    }
}

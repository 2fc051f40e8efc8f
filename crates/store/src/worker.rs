//! Who carries people: profiles, time away, how full everybody is. Who waits for a key worker is `care`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::{Role, SystemScope};
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::Noun;
use onedoor_domain::ids::{ReferralId, TeamId, UserId};
use onedoor_domain::team::Team;
use onedoor_domain::worker::{Absence, Profile, Roster, Worker};
use serde_json::Value;
use uuid::Uuid;

use crate::colleague::{Colleague, KEY_WORKERS, colleague};
use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Loaded, Tx, sql};
use crate::write::{document, expect_one};

/// What is known of one worker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkerView {
    /// Who.
    pub colleague: Colleague,
    /// The profile, locked; an empty one where nobody has written it.
    pub worker: Worker,
    /// The teams worked in.
    pub teams: BTreeSet<TeamId>,
    /// Time away that is not over, the earliest first.
    pub absences: Vec<Absence>,
}

/// One of a team, as those who choose see them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamWorker {
    /// Who.
    pub colleague: Colleague,
    /// The profile.
    pub profile: Profile,
    /// For how many people they are there now, in any team.
    pub caseload: u16,
    /// Time away that is not over, the earliest first.
    pub absences: Vec<Absence>,
}

impl TeamWorker {
    /// Until when they are away, if they are on a day.
    pub fn away(&self, day: Date) -> Option<&Absence> {
        self.absences.iter().find(|absence| absence.includes(day))
    }
}

impl Tx {
    fn today(&self) -> jiff_sqlx::Date {
        local_date(self.ctx.now).to_sqlx()
    }

    /// One worker, for `action`: oneself, or somebody of a team one manages.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn worker(&mut self, id: UserId, action: Action) -> Result<WorkerView, StoreError> {
        let (tenant, today) = (self.tenant(), self.today());
        let subject = Self::subject(Noun::Worker, id);
        // The row of the account is locked: the profile may not exist yet.
        let row = sqlx::query!(
            r#"SELECT s.name, s.profession, s.teams,
                   (SELECT w.version FROM worker w WHERE w.tenant_id = s.tenant_id AND w.id = s.id) AS version,
                   (SELECT w.body FROM worker w WHERE w.tenant_id = s.tenant_id AND w.id = s.id) AS profile,
                   (SELECT coalesce(jsonb_agg(a.body ORDER BY a.from_on, a.id), '[]') FROM absence a
                    WHERE a.tenant_id = s.tenant_id AND a.staff_id = s.id AND a.to_on >= $3) AS "absences!"
               FROM staff s WHERE s.tenant_id = $1 AND s.id = $2 FOR UPDATE OF s"#,
            tenant,
            Uuid::from(id),
            today as _
        )
        .fetch_optional(self.conn())
        .await?;
        let teams =
            row.as_ref().map(|row| row.teams.iter().copied().map(TeamId).collect()).unwrap_or_default();
        self.require(action, Some(subject), &Target::Worker(id, &teams)).await?;
        let Some(row) = row else { return Err(self.absent(action, subject).await) };
        self.remember(subject, Loaded::Worker(teams.clone()));
        self.saw(action, subject, vec![]);
        let profile = row.profile.map(|body| read(body, "profile")).transpose()?.unwrap_or_default();
        Ok(WorkerView {
            colleague: colleague(id.into(), &row.name, row.profession.as_deref())?,
            worker: Worker { user: id, profile, version: row.version.unwrap_or(0) },
            teams,
            absences: read(row.absences, "absence")?,
        })
    }

    /// Everybody in use of some teams who can carry people, by name, with how full they are: for whoever may name a key
    /// worker there. A team has tens of people, so the list is whole; it is one query for all of it.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn team_workers(&mut self, team: TeamId) -> Result<Vec<TeamWorker>, StoreError> {
        self.require(Action::CaseloadRead, None, &Target::Record(&[team].into())).await?;
        let rows = self.workers_of(&[team]).await?;
        self.saw_list(
            Action::CaseloadRead,
            rows.iter().map(|(worker, _)| worker.colleague.user.into()).collect(),
        );
        Ok(rows.into_iter().map(|(worker, _)| worker).collect())
    }

    /// The same for whoever may name a key worker for a referral that this transaction has read.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] for a referral that it has not read; [`StoreError::Refused`].
    pub async fn key_workers(
        &mut self,
        referral: ReferralId,
        team: TeamId,
    ) -> Result<Vec<TeamWorker>, StoreError> {
        let subject = Self::referral_subject(referral);
        let teams = self.teams_of(subject);
        self.require(Action::EpisodeAllocate, Some(subject), &Target::Referral(referral, &teams)).await?;
        let rows = self.workers_of(&[team]).await?;
        Ok(rows.into_iter().map(|(worker, _)| worker).collect())
    }

    /// The same of several teams, each with the teams they work in.
    pub(crate) async fn workers_of(
        &mut self,
        teams: &[TeamId],
    ) -> Result<Vec<(TeamWorker, BTreeSet<TeamId>)>, StoreError> {
        let (tenant, today) = (self.tenant(), self.today());
        let teams: Vec<Uuid> = teams.iter().copied().map(Uuid::from).collect();
        let rows = sqlx::query!(
            r#"SELECT s.id, s.name, s.profession, s.teams, w.body AS "profile?",
                   (SELECT count(*) FROM episode e
                    WHERE e.tenant_id = s.tenant_id AND e.key_worker = s.id AND e.ended_at IS NULL) AS "caseload!",
                   (SELECT coalesce(jsonb_agg(a.body ORDER BY a.from_on, a.id), '[]') FROM absence a
                    WHERE a.tenant_id = s.tenant_id AND a.staff_id = s.id AND a.to_on >= $4) AS "absences!"
               FROM staff s LEFT JOIN worker w ON w.tenant_id = s.tenant_id AND w.id = s.id
               WHERE s.tenant_id = $1 AND s.teams && $2 AND s.roles && $3 AND s.state ->> 'state' = 'active'
               ORDER BY s.name, s.id"#,
            tenant,
            &teams,
            &KEY_WORKERS.map(|role: Role| role.code().to_owned()),
            today as _
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let profile: Option<Profile> =
                    row.profile.map(|body: Value| read(body, "profile")).transpose()?;
                let worker = TeamWorker {
                    colleague: colleague(row.id, &row.name, row.profession.as_deref())?,
                    profile: profile.unwrap_or_default(),
                    caseload: u16::try_from(row.caseload).unwrap_or(u16::MAX),
                    absences: read(row.absences, "absence")?,
                };
                Ok((worker, row.teams.into_iter().map(TeamId).collect()))
            })
            .collect()
    }

    /// Who of the reader's teams is there today, who is away and who stands in: for My day, and for the rota.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn own_roster(&mut self, teams: &[Team]) -> Result<Roster, StoreError> {
        self.require(Action::Directory, None, &Target::Role).await?;
        let own = self.own_teams();
        let deputy =
            teams.iter().filter(|team| own.contains(&Uuid::from(team.id))).find_map(|team| team.deputy);
        self.roster_of(&own, deputy).await
    }

    /// Who is away from today on, of the whole county: for the duty rota, which is a county's.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn absences(&mut self) -> Result<Vec<Absence>, StoreError> {
        self.require(Action::CountyRead, None, &Target::Role).await?;
        let (tenant, today) = (self.tenant(), self.today());
        let rows = sqlx::query_scalar!(
            "SELECT body FROM absence WHERE tenant_id = $1 AND to_on >= $2 ORDER BY from_on, id",
            tenant,
            today as _
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|body| read(body, "absence")).collect()
    }

    /// Who works in some teams today. Absences of people of other teams are nobody's business here.
    pub(crate) async fn roster_of(
        &mut self,
        teams: &[Uuid],
        team_deputy: Option<UserId>,
    ) -> Result<Roster, StoreError> {
        let (tenant, today) = (self.tenant(), self.today());
        let rows = sqlx::query!(
            r#"SELECT s.id, w.body -> 'deputy' ->> 'user' AS deputy,
                   (SELECT coalesce(jsonb_agg(a.body ORDER BY a.from_on, a.id), '[]') FROM absence a
                    WHERE a.tenant_id = s.tenant_id AND a.staff_id = s.id AND a.to_on >= $3) AS "absences!"
               FROM staff s LEFT JOIN worker w ON w.tenant_id = s.tenant_id AND w.id = s.id
               WHERE s.tenant_id = $1 AND s.teams && $2 AND s.state ->> 'state' = 'active'"#,
            tenant,
            teams,
            today as _
        )
        .fetch_all(self.conn())
        .await?;
        let mut roster = Roster { team_deputy, ..Roster::default() };
        for row in rows {
            let user = UserId(row.id);
            roster.working.insert(user);
            if let Some(deputy) = row.deputy.and_then(|id| id.parse().ok()) {
                roster.deputies.insert(user, deputy);
            }
            roster.absences.extend(read::<Vec<Absence>>(row.absences, "absence")?);
        }
        Ok(roster)
    }

    /// For the worker of the program: one of the teams somebody carries people in, and who works there.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn roster_of_care(&mut self, worker: UserId) -> Result<Vec<(TeamId, Roster)>, StoreError> {
        self.require(Action::CoverSeek, None, &Target::Role).await?;
        let tenant = self.tenant();
        let rows = sqlx::query!(
            r#"SELECT DISTINCT e.team_id, t.body ->> 'deputy' AS deputy
               FROM episode e LEFT JOIN team t ON t.tenant_id = e.tenant_id AND t.id = e.team_id
               WHERE e.tenant_id = $1 AND e.key_worker = $2 AND e.ended_at IS NULL"#,
            tenant,
            Uuid::from(worker)
        )
        .fetch_all(self.conn())
        .await?;
        let mut found = Vec::new();
        for row in rows {
            let deputy = row.deputy.and_then(|id| id.parse().ok());
            found.push((TeamId(row.team_id), self.roster_of(&[row.team_id], deputy).await?));
        }
        Ok(found)
    }

    pub(crate) async fn write_worker(&mut self, worker: &Worker) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO worker AS w (tenant_id, id, version, body) VALUES ($1, $2, $3::bigint + 1, $4)
             ON CONFLICT (tenant_id, id) DO UPDATE SET version = excluded.version, body = excluded.body
             WHERE w.version = $3",
            tenant,
            Uuid::from(worker.user),
            worker.version,
            document(&worker.profile)?,
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())?;
        self.seek_cover(worker.user).await
    }

    pub(crate) async fn write_absence(&mut self, absence: &Absence) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO absence AS a (tenant_id, id, staff_id, from_on, to_on, body) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET from_on = excluded.from_on, to_on = excluded.to_on, body = excluded.body
             WHERE a.staff_id = excluded.staff_id",
            tenant,
            Uuid::from(absence.id),
            Uuid::from(absence.who.user),
            absence.from.to_sqlx() as _,
            absence.to.to_sqlx() as _,
            document(absence)?,
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())?;
        self.seek_cover(absence.who.user).await
    }

    /// Somebody may not be there any more, or is again: the worker of the program looks whether anybody covers.
    pub(crate) async fn seek_cover(&mut self, user: UserId) -> Result<(), StoreError> {
        let (tenant, now) = (self.tenant(), sql(self.ctx.now));
        sqlx::query!(
            "INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries)
             SELECT $1, $2, 'cover', $2, $3, 0
             WHERE EXISTS (SELECT FROM episode WHERE tenant_id = $1 AND key_worker = $2 AND ended_at IS NULL)
             ON CONFLICT (tenant_id, id) DO UPDATE SET run_at = excluded.run_at, tries = 0",
            tenant,
            Uuid::from(user),
            now as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Somebody was named who is away, or will be.
    pub(crate) async fn seek_cover_if_away(&mut self, user: UserId) -> Result<(), StoreError> {
        let (tenant, today) = (self.tenant(), self.today());
        let away = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT FROM absence WHERE tenant_id = $1 AND staff_id = $2 AND to_on >= $3) AS "away!""#,
            tenant,
            Uuid::from(user),
            today as _
        )
        .fetch_one(self.conn())
        .await?;
        if away { self.seek_cover(user).await } else { Ok(()) }
    }

    /// Everybody who works with a worker that was read in this transaction, and who of them is away: who may cover, answer for
    /// them or be their deputy. [`Tx::colleagues`] has their names.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn roster_around(&mut self, worker: &WorkerView) -> Result<Roster, StoreError> {
        let (id, teams) = (worker.colleague.user, &worker.teams);
        let subject = Self::subject(Noun::Worker, id);
        self.require(Action::WorkerWrite, Some(subject), &Target::Worker(id, teams)).await?;
        let teams: Vec<Uuid> = teams.iter().copied().map(Uuid::from).collect();
        self.roster_of(&teams, None).await
    }

    /// Sets profiles up without anybody's leave: for the command line, which holds the machine in hand.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody else.
    pub async fn worker_to_set_up(&mut self, id: UserId) -> Result<Worker, StoreError> {
        if self.ctx.actor != onedoor_domain::actor::Actor::System(SystemScope::Command) {
            return Err(StoreError::Refused(Action::WorkerWrite));
        }
        Ok(self.worker(id, Action::WorkerWrite).await?.worker)
    }
}

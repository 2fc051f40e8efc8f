//! Turns change sets into rows. Nothing else writes; every statement is safe to repeat.

mod events;

use jiff::Timestamp;
use onedoor_domain::change::{Tracked, Write};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::person_key::RULES;
use onedoor_domain::referral::Referral;
use onedoor_domain::section::Row;
use onedoor_domain::task::{Level, Owner};
use onedoor_domain::value::EthnicCategory;
use onedoor_domain::worklist::RULES as LISTED;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};

impl Tx {
    pub(crate) async fn write(&mut self, write: &Write) -> Result<(), StoreError> {
        match write {
            Write::Referral(referral) => self.write_referral(referral).await,
            Write::Draft(draft) => self.write_draft(draft).await,
            Write::RemoveDraft(id) => self.remove_draft(*id).await,
            Write::Entry(entry) => self.write_entry(entry).await,
            Write::RemoveEntry(id) => self.remove_entry(*id).await,
            Write::NewFile(new) => self.write_new_file(&new.0, &new.1).await,
            Write::File(file) => self.write_file(file).await,
            Write::RemoveFile(id) => self.remove_file(*id).await,
            Write::NewCode(code) => self.write_new_code(code).await,
            Write::Code(code) => self.write_code(code).await,
            Write::RemoveCode(id) => self.remove_code(*id).await,
            Write::County(county, version) => self.write_county(county, *version).await,
            Write::Content(content, edition) => self.write_content(content, edition.as_deref()).await,
            Write::Rules(book, edition) => self.write_rules(book, edition.as_deref()).await,
            Write::DryRun(run) => self.write_dry_run(run).await,
            Write::User(user) => self.write_user(user).await,
            Write::Team(team) => self.write_team(team).await,
            Write::Worker(worker) => self.write_worker(worker).await,
            Write::Absence(absence) => self.write_absence(absence).await,
            Write::Org(org) => self.write_org(org).await,
            Write::Agreement(agreement) => self.write_agreement(agreement).await,
            Write::Invitation(invitation) => self.write_invitation(invitation).await,
            Write::Session(session) => self.write_session(session).await,
            Write::Parked(parked) => self.write_parked(parked).await,
            Write::Tracking(tracking) => self.write_tracking(tracking).await,
            Write::Visit(visit) => self.write_visit(visit).await,
            Write::ReturnKey(key) => self.write_return_key(key).await,
            Write::StatusKey(key) => self.write_status_key(key).await,
            Write::SentRequest(sent) => self.write_sent_request(sent).await,
            Write::PersonLink(link) => self.write_person_link(link).await,
            Write::SavedFilter(saved) => self.write_saved_filter(saved).await,
            Write::RemoveSavedFilter(owner, id) => self.remove_saved_filter(*owner, *id).await,
            Write::Service(service) => self.write_services(std::slice::from_ref(service)).await,
            Write::Import(import) => self.write_import(import).await,
            Write::ImportBatch(import, batch) => self.write_import_batch(import, batch).await,
            Write::ImportFinished(import, many) => self.write_import_finished(import, *many).await,
        }
    }

    async fn write_referral(&mut self, referral: &Referral) -> Result<(), StoreError> {
        if referral.person().is_changed() {
            self.write_person(referral).await?;
            self.write_keys(referral).await?;
        }
        if referral.version() == 0 {
            self.insert_head(referral).await?;
        } else {
            self.update_head(referral).await?;
        }
        self.write_choices(referral).await?;
        self.write_clocks(referral).await?;
        self.write_tasks(referral).await?;
        self.write_notices(referral).await?;
        self.write_handovers(referral).await?;
        self.write_page(referral).await?;
        self.write_episode(referral).await?;
        self.write_contacts(referral).await?;
        self.write_list(referral).await?;
        self.schedule(referral).await
    }

    async fn write_person(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let person = referral.person();
        sqlx::query!(
            "INSERT INTO person (tenant_id, id, body, keyed) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, id) DO UPDATE SET body = excluded.body, keyed = excluded.keyed",
            tenant,
            Uuid::from(person.id),
            document(&**person)?,
            RULES,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn insert_head(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let row = referral.row();
        let done = sqlx::query!(
            "INSERT INTO referral
                 (tenant_id, id, version, person_id, reference, called, state, rank, category, received_at, team_id,
                  spoa_id, next_due, body, repeats, owners, listed, source, age_group,
                  ethnic)
             VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16, $17, $18)
             ON CONFLICT DO NOTHING",
            tenant,
            Uuid::from(row.referral),
            Uuid::from(referral.person().id),
            row.reference.as_str(),
            row.called.as_str(),
            row.state.code(),
            i16::from(!row.flagged),
            row.category.map(String::from),
            sql(row.received_at) as _,
            Uuid::from(row.team),
            row.next_due.map(sql) as _,
            document(&**referral.head())?,
            repeats(referral),
            &owners(&row),
            LISTED,
            referral.for_whom().code(),
            referral.age_group().code(),
            referral.ethnic().map(EthnicCategory::code),
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())
    }

    async fn update_head(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let row = referral.row();
        let owners = owners(&row);
        let (opened_by, opened_at) =
            row.opened_by.map_or((None, None), |(name, at)| (Some(String::from(name)), Some(at)));
        let done = sqlx::query!(
            "UPDATE referral
             SET version = $4, state = $5, rank = $6, category = $7, team_id = $8, next_due = $9, opened_by = $10,
                 opened_at = $11, body = $12, called = $13, repeats = $14, owners = $15, listed = $16, source = $17,
                 age_group = $18, ethnic = $19
             WHERE tenant_id = $1 AND id = $2 AND version = $3",
            tenant,
            Uuid::from(row.referral),
            referral.version(),
            next_version(referral),
            row.state.code(),
            i16::from(!row.flagged),
            row.category.map(String::from),
            Uuid::from(row.team),
            row.next_due.map(sql) as _,
            opened_by,
            opened_at.map(sql) as _,
            document(&**referral.head())?,
            row.called.as_str(),
            repeats(referral),
            &owners,
            LISTED,
            referral.for_whom().code(),
            referral.age_group().code(),
            referral.ethnic().map(EthnicCategory::code),
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())
    }

    async fn write_clocks(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let rows = changed(referral.clocks(), |clock| {
            json!({
                "id": clock.id, "kind": clock.kind.code(), "started_at": clock.started_at,
                "target_at": clock.target_at, "stopped_at": clock.stopped_at, "body": clock,
            })
        });
        let Some(rows) = rows else { return Ok(()) };
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO clock (tenant_id, id, referral_id, kind, started_at, target_at, stopped_at, body)
             SELECT $1, r.id, $2, r.kind, r.started_at, r.target_at, r.stopped_at, r.body
             FROM jsonb_to_recordset($3)
                  AS r (id uuid, kind text, started_at timestamptz, target_at timestamptz, stopped_at timestamptz,
                        body jsonb)
             ON CONFLICT (tenant_id, id) DO UPDATE SET stopped_at = excluded.stopped_at, body = excluded.body",
            tenant,
            Uuid::from(referral.id()),
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn write_tasks(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let rows = changed(referral.tasks(), |task| {
            let owner = match task.owner {
                Owner::User(user) => Some(user),
                Owner::Team(_) => None,
            };
            json!({
                "id": task.id, "kind": task.kind.code(), "team_id": task.team, "owner_id": owner,
                "due_at": task.due_at, "level": level(task.level), "body": task,
                "ended_at": task.end.as_ref().map(|end| end.at),
            })
        });
        let Some(rows) = rows else { return Ok(()) };
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO task (tenant_id, id, referral_id, kind, team_id, owner_id, due_at, level, ended_at, body)
             SELECT $1, r.id, $2, r.kind, r.team_id, r.owner_id, r.due_at, r.level, r.ended_at, r.body
             FROM jsonb_to_recordset($3)
                  AS r (id uuid, kind text, team_id uuid, owner_id uuid, due_at timestamptz, level smallint,
                        ended_at timestamptz, body jsonb)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET team_id = excluded.team_id, owner_id = excluded.owner_id, due_at = excluded.due_at,
                 level = excluded.level, ended_at = excluded.ended_at, body = excluded.body",
            tenant,
            Uuid::from(referral.id()),
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn write_notices(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let rows = changed(referral.notices(), |notice| {
            json!({
                "id": notice.id, "party": notice.party, "route": notice.route.code(), "state": notice.state.code(),
                "made_at": notice.made_at, "body": notice,
            })
        });
        let Some(rows) = rows else { return Ok(()) };
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO notice (tenant_id, id, referral_id, party, route, state, made_at, body)
             SELECT $1, r.id, $2, r.party, r.route, r.state, r.made_at, r.body
             FROM jsonb_to_recordset($3)
                  AS r (id uuid, party text, route text, state text, made_at timestamptz, body jsonb)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET route = excluded.route, state = excluded.state, body = excluded.body",
            tenant,
            Uuid::from(referral.id()),
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn write_handovers(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let rows = changed(referral.handovers(), |handover| {
            json!({
                "id": handover.id, "team_id": handover.to.team(), "state": handover.state.code(),
                "due_at": handover.due_at(), "body": handover,
            })
        });
        let Some(rows) = rows else { return Ok(()) };
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO handover (tenant_id, id, referral_id, team_id, state, due_at, body)
             SELECT $1, r.id, $2, r.team_id, r.state, r.due_at, r.body
             FROM jsonb_to_recordset($3)
                  AS r (id uuid, team_id uuid, state text, due_at timestamptz, body jsonb)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET state = excluded.state, due_at = excluded.due_at, body = excluded.body",
            tenant,
            Uuid::from(referral.id()),
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn write_page(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let Some(page) = referral.page().filter(|page| page.is_changed()) else { return Ok(()) };
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO page (tenant_id, id, referral_id, team_id, opened_at, acknowledged_at, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET acknowledged_at = excluded.acknowledged_at, body = excluded.body",
            tenant,
            Uuid::from(page.id),
            Uuid::from(referral.id()),
            Uuid::from(referral.spoa()),
            sql(page.opened_at) as _,
            page.acknowledged.as_ref().map(|answer| sql(answer.at)) as _,
            document(&**page)?,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn write_episode(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let Some(episode) = referral.episode().filter(|episode| episode.is_changed()) else { return Ok(()) };
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO episode (tenant_id, id, referral_id, person_id, team_id, key_worker, accepted_at, body, ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET key_worker = excluded.key_worker, body = excluded.body, ended_at = excluded.ended_at",
            tenant,
            Uuid::from(episode.id),
            Uuid::from(referral.id()),
            Uuid::from(referral.person().id),
            Uuid::from(episode.team),
            episode.key_worker.as_ref().map(|(user, _)| Uuid::from(*user)),
            sql(episode.accepted_at) as _,
            document(&**episode)?,
            episode.ended_at.map(sql) as _,
        )
        .execute(self.conn())
        .await?;
        match &episode.key_worker {
            Some((user, _)) => self.seek_cover_if_away(*user).await,
            None => Ok(()),
        }
    }

    async fn write_contacts(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let rows = changed(
            referral.contacts(),
            |contact| json!({ "id": contact.id, "at": contact.at, "body": contact }),
        );
        let Some(rows) = rows else { return Ok(()) };
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO contact (tenant_id, id, referral_id, at, body)
             SELECT $1, r.id, $2, r.at, r.body
             FROM jsonb_to_recordset($3) AS r (id uuid, at timestamptz, body jsonb)
             ON CONFLICT (tenant_id, id) DO UPDATE SET body = excluded.body",
            tenant,
            Uuid::from(referral.id()),
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// Who is named on what is to be done.
fn owners(row: &Row) -> Vec<Uuid> {
    row.owners.iter().copied().map(Uuid::from).collect()
}

/// The version of a referral that is written.
/// The version a referral has after this write: human decisions count, clocks and messages do not.
pub(crate) fn next_version(referral: &Referral) -> i64 {
    referral.version() + i64::from(referral.head().is_changed())
}

/// How often the person was asked again what they had answered before, for the metrics.
fn repeats(referral: &Referral) -> i32 {
    i32::try_from(referral.repeats()).unwrap_or(i32::MAX)
}

pub(crate) fn level(level: Level) -> i16 {
    match level {
        Level::Owner => 0,
        Level::TeamManager => 1,
        Level::ServiceManager => 2,
    }
}

pub(crate) fn document(value: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|_| StoreError::Unreadable("document"))
}

pub(crate) fn expect_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

fn changed<T>(values: &[Tracked<T>], row: impl Fn(&T) -> Value) -> Option<Value> {
    let rows: Vec<Value> = values.iter().filter(|value| value.is_changed()).map(|value| row(value)).collect();
    (!rows.is_empty()).then_some(Value::Array(rows))
}

/// Work that a write leaves for later, one job for each subject that waits.
struct Job {
    id: Uuid,
    kind: &'static str,
    run_at: Option<Timestamp>,
}

impl Tx {
    /// Sets, moves or removes the job of every part that changed, in the same transaction.
    async fn schedule(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let mut jobs = Vec::new();
        for notice in referral.notices().iter().filter(|notice| notice.is_changed()) {
            let waits = notice.route.is_electronic() && notice.state.code() == "queued";
            jobs.push(Job { id: notice.id.into(), kind: "notice", run_at: waits.then_some(self.ctx.now) });
        }
        if let Some(page) = referral.page().filter(|page| page.is_changed()) {
            jobs.push(Job { id: page.id.into(), kind: "page", run_at: page.wakes_at() });
        }
        for task in referral.tasks().iter().filter(|task| task.is_changed()) {
            jobs.push(Job { id: task.id.into(), kind: "task", run_at: task.escalates_at() });
        }
        for handover in referral.handovers().iter().filter(|handover| handover.is_changed()) {
            jobs.push(Job { id: handover.id.into(), kind: "handover", run_at: handover.due_at() });
        }
        self.put_jobs(referral.id(), jobs).await
    }

    async fn put_jobs(&mut self, referral: ReferralId, jobs: Vec<Job>) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let rows = |wanted: bool| -> Vec<&Job> {
            jobs.iter().filter(|job| job.run_at.is_some() == wanted).collect()
        };
        let put: Vec<Value> = rows(true)
            .iter()
            .map(|job| json!({ "id": job.id, "kind": job.kind, "run_at": job.run_at }))
            .collect();
        let done: Vec<Uuid> = rows(false).iter().map(|job| job.id).collect();
        if !put.is_empty() {
            sqlx::query!(
                "INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries)
                 SELECT $1, j.id, j.kind, $2, j.run_at, 0
                 FROM jsonb_to_recordset($3) AS j (id uuid, kind text, run_at timestamptz)
                 ON CONFLICT (tenant_id, id) DO UPDATE SET run_at = excluded.run_at, tries = 0",
                tenant,
                Uuid::from(referral),
                Value::Array(put),
            )
            .execute(self.conn())
            .await?;
        }
        if !done.is_empty() {
            sqlx::query!("DELETE FROM job WHERE tenant_id = $1 AND id = ANY ($2)", tenant, &done)
                .execute(self.conn())
                .await?;
        }
        Ok(())
    }
}

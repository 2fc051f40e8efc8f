//! Imports of feeds: batches that lie aside with the position they were read to, and the one moment at which they become the
//! directory.

use std::collections::{BTreeMap, BTreeSet};

use onedoor_domain::access::{Action, Target};
use onedoor_domain::change::Noun;
use onedoor_domain::directory::{Batch, Entry, Import, NotRetired, Outcome, Problem, Service, Taken};
use onedoor_domain::ids::{ImportId, ServiceId};
use onedoor_domain::value::Line;
use serde_json::{Value, json};
use uuid::Uuid;

use super::service;
use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};
use crate::write::{document, expect_one};

/// So many services are changed by one statement.
const CHUNK: i64 = 500;

/// Ids of a batch that cannot be taken.
#[derive(Debug, Default)]
pub struct Clashes {
    /// They stood in this feed before.
    pub twice: BTreeSet<ServiceId>,
    /// They belong to another feed.
    pub foreign: BTreeSet<ServiceId>,
}

impl Tx {
    /// The import of a feed that was begun and not finished.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn running_import(&mut self, feed: &Line) -> Result<Option<Import>, StoreError> {
        self.require(Action::ServiceImport, None, &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM import WHERE tenant_id = $1 AND feed = $2 AND ended_at IS NULL",
            tenant,
            feed.as_str()
        )
        .fetch_optional(self.conn())
        .await?;
        body.map(|body| read(body, "import")).transpose()
    }

    /// The newest imports.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn imports(&mut self) -> Result<Vec<Import>, StoreError> {
        self.require(Action::ServiceImport, None, &Target::Role).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM import WHERE tenant_id = $1 ORDER BY began_at DESC, id DESC LIMIT 50",
            tenant
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|body| read(body, "import")).collect()
    }

    /// One import, and a page of the records it could not take; `after` is the position of the last one shown.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn import(&mut self, id: ImportId, after: u64) -> Result<(Import, Vec<Problem>), StoreError> {
        let subject = Self::subject(Noun::Import, id);
        self.require(Action::ServiceImport, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM import WHERE tenant_id = $1 AND id = $2",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(body) = body else { return Err(self.absent(Action::ServiceImport, subject).await) };
        let rows = sqlx::query_scalar!(
            "SELECT body FROM import_problem WHERE tenant_id = $1 AND import_id = $2 AND position > $3
             ORDER BY position LIMIT 51",
            tenant,
            Uuid::from(id),
            i64::try_from(after).unwrap_or(i64::MAX)
        )
        .fetch_all(self.conn())
        .await?;
        let problems = rows.into_iter().map(|body| read(body, "problem")).collect::<Result<_, _>>()?;
        Ok((read(body, "import")?, problems))
    }

    /// Which services of a batch were taken already, or are another feed's.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn import_clashes(&mut self, import: &Import, batch: &Batch) -> Result<Clashes, StoreError> {
        self.require(Action::ServiceImport, None, &Target::Role).await?;
        let ids: Vec<Uuid> = batch.entries.iter().map(|(_, id, _)| Uuid::from(*id)).collect();
        let tenant = self.tenant();
        let twice = sqlx::query_scalar!(
            "SELECT service_id FROM import_staged WHERE tenant_id = $1 AND import_id = $2 AND service_id = ANY ($3)",
            tenant,
            Uuid::from(import.id),
            &ids
        )
        .fetch_all(self.conn())
        .await?;
        let foreign = sqlx::query_scalar!(
            "SELECT id FROM service WHERE tenant_id = $1 AND id = ANY ($2) AND feed <> $3",
            tenant,
            &ids,
            import.feed.as_str()
        )
        .fetch_all(self.conn())
        .await?;
        let set = |ids: Vec<Uuid>| ids.into_iter().map(ServiceId).collect();
        Ok(Clashes { twice: set(twice), foreign: set(foreign) })
    }

    /// An import that began or was given up: what lay aside goes with it.
    pub(crate) async fn write_import(&mut self, import: &Import) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let next = Import { version: import.version + 1, ..import.clone() };
        let done = sqlx::query!(
            "INSERT INTO import AS i (tenant_id, id, version, feed, began_at, ended_at, body)
             VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET version = excluded.version, ended_at = excluded.ended_at, body = excluded.body
             WHERE i.version = $3::bigint",
            tenant,
            Uuid::from(import.id),
            import.version,
            import.feed.as_str(),
            sql(import.began_at) as _,
            import.ended_at.map(sql) as _,
            document(&next)?
        )
        .execute(self.conn())
        .await
        .map_err(StoreError::or_taken)?;
        expect_one(done.rows_affected())?;
        if import.is_running() { Ok(()) } else { self.clear_staged(import).await }
    }

    async fn clear_staged(&mut self, import: &Import) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "DELETE FROM import_staged WHERE tenant_id = $1 AND import_id = $2",
            tenant,
            Uuid::from(import.id)
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The records of a batch, and how far the import is with them: both or neither.
    pub(crate) async fn write_import_batch(
        &mut self,
        import: &Import,
        batch: &Batch,
    ) -> Result<(), StoreError> {
        self.write_import(import).await?;
        let staged = batch
            .entries
            .iter()
            .map(|(_, id, entry)| Ok(json!({ "id": id, "body": document(entry)? })))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let problems = batch
            .problems
            .iter()
            .map(|problem| {
                let body = document(problem)?;
                Ok(json!({ "position": problem.position, "service_id": problem.id, "body": body }))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let (tenant, id) = (self.tenant(), Uuid::from(import.id));
        sqlx::query!(
            "INSERT INTO import_staged (tenant_id, import_id, service_id, body)
             SELECT $1, $2, r.id, r.body FROM jsonb_to_recordset($3) AS r (id uuid, body jsonb)",
            tenant,
            id,
            Value::Array(staged)
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "INSERT INTO import_problem (tenant_id, import_id, position, service_id, body)
             SELECT $1, $2, r.position, r.service_id, r.body
             FROM jsonb_to_recordset($3) AS r (position bigint, service_id uuid, body jsonb)",
            tenant,
            id,
            Value::Array(problems)
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Makes the directory what was laid aside. All of it is one transaction: until it ends, people read what was there.
    pub(crate) async fn write_import_finished(
        &mut self,
        import: &Import,
        retire_many: bool,
    ) -> Result<(), StoreError> {
        let mut import = import.clone();
        let mut outcome = self.take_staged(&import).await?;
        if import.not_retired.is_none() {
            let (going, of) = self.going(&import).await?;
            if Import::may_retire(going, of, retire_many) {
                outcome.retired = self.retire_missing(&import).await?;
            } else {
                import.not_retired = Some(NotRetired::TooMany);
            }
        }
        import.outcome = Some(outcome);
        self.drop_terms().await?;
        self.write_import(&import).await
    }

    async fn take_staged(&mut self, import: &Import) -> Result<Outcome, StoreError> {
        let (tenant, now) = (self.tenant(), self.ctx.now);
        let (mut outcome, mut after) = (Outcome::default(), Uuid::nil());
        loop {
            let rows = sqlx::query!(
                "SELECT service_id, body FROM import_staged
                 WHERE tenant_id = $1 AND import_id = $2 AND service_id > $3 ORDER BY service_id LIMIT $4",
                tenant,
                Uuid::from(import.id),
                after,
                CHUNK
            )
            .fetch_all(self.conn())
            .await?;
            let Some(last) = rows.last() else { return Ok(outcome) };
            after = last.service_id;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.service_id).collect();
            let mut known = self.locked(&ids).await?;
            let mut changed = Vec::new();
            for row in rows {
                let (id, entry) = (ServiceId(row.service_id), read::<Entry>(row.body, "staged service")?);
                let Some(service) = known.remove(&id) else {
                    outcome.added += 1;
                    changed.push(Service::from_feed(id, import.feed.clone(), entry, now));
                    continue;
                };
                match service.taken(&import.feed, entry, now) {
                    Taken::Same => outcome.same += 1,
                    Taken::Changed(service) => {
                        outcome.changed += 1;
                        changed.push(*service);
                    }
                    Taken::Kept(service) => {
                        outcome.kept += 1;
                        changed.push(*service);
                    }
                }
            }
            self.write_services(&changed).await?;
        }
    }

    async fn locked(&mut self, ids: &[Uuid]) -> Result<BTreeMap<ServiceId, Service>, StoreError> {
        let tenant = self.tenant();
        let bodies = sqlx::query_scalar!(
            "SELECT body FROM service WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE",
            tenant,
            ids
        )
        .fetch_all(self.conn())
        .await?;
        bodies.into_iter().map(|body| service(body).map(|service| (service.id, service))).collect()
    }

    // OFFSET 0 in the two queries below keeps each look a look into an index. What lies aside is new to the planner: it takes
    // tens of thousands of rows for one, and would compare each service with each of them.

    /// How many services of the feed are neither taken nor named by a problem, and how many there are.
    async fn going(&mut self, import: &Import) -> Result<(u64, u64), StoreError> {
        let tenant = self.tenant();
        let row = sqlx::query!(
            r#"SELECT count(*) FILTER (WHERE
                          NOT EXISTS (SELECT FROM import_staged t
                                      WHERE t.tenant_id = $1 AND t.import_id = $2 AND t.service_id = s.id OFFSET 0)
                      AND NOT EXISTS (SELECT FROM import_problem p
                                      WHERE p.tenant_id = $1 AND p.import_id = $2 AND p.service_id = s.id OFFSET 0)) AS "going!",
                      count(*) AS "all!"
               FROM service s WHERE s.tenant_id = $1 AND s.feed = $3 AND s.state <> 'retired'"#,
            tenant,
            Uuid::from(import.id),
            import.feed.as_str()
        )
        .fetch_one(self.conn())
        .await?;
        Ok((u64::try_from(row.going).unwrap_or_default(), u64::try_from(row.all).unwrap_or_default()))
    }

    async fn retire_missing(&mut self, import: &Import) -> Result<u64, StoreError> {
        let (tenant, now) = (self.tenant(), self.ctx.now);
        let (mut count, mut after) = (0, Uuid::nil());
        loop {
            let bodies = sqlx::query_scalar!(
                "SELECT body FROM service s
                 WHERE s.tenant_id = $1 AND s.feed = $3 AND s.state <> 'retired' AND s.id > $4
                   AND NOT EXISTS (SELECT FROM import_staged t
                                   WHERE t.tenant_id = $1 AND t.import_id = $2 AND t.service_id = s.id OFFSET 0)
                   AND NOT EXISTS (SELECT FROM import_problem p
                                   WHERE p.tenant_id = $1 AND p.import_id = $2 AND p.service_id = s.id OFFSET 0)
                 ORDER BY s.id LIMIT $5 FOR UPDATE OF s",
                tenant,
                Uuid::from(import.id),
                import.feed.as_str(),
                after,
                CHUNK
            )
            .fetch_all(self.conn())
            .await?;
            let services = bodies.into_iter().map(service).collect::<Result<Vec<_>, _>>()?;
            let Some(last) = services.last() else { return Ok(count) };
            after = last.id.into();
            count += u64::try_from(services.len()).unwrap_or_default();
            let gone: Vec<Service> = services.into_iter().map(|service| service.missed(now)).collect();
            self.write_services(&gone).await?;
        }
    }
}

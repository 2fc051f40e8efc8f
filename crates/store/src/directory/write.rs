//! Services as rows, and the keys by which they are found: both change in one transaction.

use std::collections::BTreeMap;

use onedoor_domain::directory::{Listing, Service, keys};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::Tx;
use crate::write::document;

impl Tx {
    /// Writes services with the version after theirs. Somebody else's change in between is [`StoreError::Stale`].
    pub(crate) async fn write_services(&mut self, services: &[Service]) -> Result<(), StoreError> {
        if services.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = services.iter().map(|service| service.id.into()).collect();
        self.drop_keys(&ids).await?;
        let rows = services.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO service AS s
                 (tenant_id, id, version, origin, feed, state, sort, review_due, keys, body)
             SELECT $1, r.id, r.version, r.origin, r.feed, r.state, r.sort, r.review_due, r.keys, r.body
             FROM jsonb_to_recordset($2)
                  AS r (id uuid, version bigint, origin text, feed text, state text, sort text, review_due date,
                        keys text[], body jsonb)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET version = excluded.version, origin = excluded.origin, feed = excluded.feed, state = excluded.state,
                 sort = excluded.sort, review_due = excluded.review_due, keys = excluded.keys, body = excluded.body
             WHERE s.version = excluded.version - 1",
            tenant,
            Value::Array(rows)
        )
        .execute(self.conn())
        .await?;
        if done.rows_affected() != u64::try_from(services.len()).unwrap_or(u64::MAX) {
            return Err(StoreError::Stale);
        }
        self.add_keys(&ids).await?;
        self.add_terms(services).await
    }

    async fn drop_keys(&mut self, ids: &[Uuid]) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            r#"DELETE FROM service_key k USING service s, unnest(s.keys) AS old (key)
               WHERE s.tenant_id = $1 AND s.id = ANY ($2)
                 AND k.tenant_id = $1 AND k.key = old.key COLLATE "C" AND k.sort = s.sort AND k.service_id = s.id"#,
            tenant,
            ids
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn add_keys(&mut self, ids: &[Uuid]) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO service_key (tenant_id, key, sort, service_id)
             SELECT s.tenant_id, new.key, s.sort, s.id FROM service s, unnest(s.keys) AS new (key)
             WHERE s.tenant_id = $1 AND s.id = ANY ($2) AND s.state = 'live'",
            tenant,
            ids
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn add_terms(&mut self, services: &[Service]) -> Result<(), StoreError> {
        let live = services.iter().filter(|service| service.listing() == Listing::Live);
        let terms: BTreeMap<String, String> = live
            .flat_map(|service| &service.entry().taxonomy_terms)
            .map(|name| (keys::term(name), name.as_str().to_owned()))
            .collect();
        if terms.is_empty() {
            return Ok(());
        }
        let (keys, names): (Vec<String>, Vec<String>) = terms.into_iter().unzip();
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO service_term (tenant_id, key, name)
             SELECT $1, t.key, t.name FROM unnest($2::text[], $3::text[]) AS t (key, name) ON CONFLICT DO NOTHING",
            tenant,
            &keys,
            &names
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Needs that no listed service names any more are not offered.
    pub(super) async fn drop_terms(&mut self) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "DELETE FROM service_term t WHERE t.tenant_id = $1
             AND NOT EXISTS (SELECT FROM service_key k WHERE k.tenant_id = $1 AND k.key = t.key)",
            tenant
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

fn row(service: &Service) -> Result<Value, StoreError> {
    let next = Service { version: service.version + 1, ..service.clone() };
    let entry = next.entry();
    Ok(json!({
        "id": next.id,
        "version": next.version,
        "origin": next.origin().code(),
        "feed": next.feed().map(|feed| &feed.feed),
        "state": next.listing().code(),
        "sort": keys::sort(entry),
        "review_due": next.review_due(),
        "keys": keys::of(entry),
        "body": document(&next)?,
    }))
}

//! What happened, as rows that are only added.

use onedoor_domain::change::{Changes, Write};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::Tx;
use crate::write::next_version;

impl Tx {
    pub(crate) async fn write_events(&mut self, changes: &Changes) -> Result<(), StoreError> {
        // Several referrals may change at once; what is not one of them goes with the first.
        let versions: Vec<(Uuid, i64)> = changes.writes().iter().filter_map(version).collect();
        let first = versions.first().map_or(0, |(_, version)| *version);
        let version = |subject: Uuid| {
            versions.iter().find(|(id, _)| *id == subject).map_or(first, |(_, version)| *version)
        };
        let rows: Vec<Value> = changes
            .events()
            .iter()
            .map(|event| {
                json!({
                    "id": event.id,
                    "noun": event.subject.noun.code(),
                    "subject_id": event.subject.id,
                    "version": version(event.subject.id),
                    "kind": event.kind,
                    "at": event.at,
                    "body": event,
                })
            })
            .collect();
        let tenant = self.tenant();
        sqlx::query!(
            r#"INSERT INTO event (tenant_id, id, noun, subject_id, version, kind, at, body)
               SELECT $1, e.id, e.noun, e.subject_id, e.version, e.kind, e.at, e.body
               FROM jsonb_to_recordset($2)
                    AS e (id uuid, noun text, subject_id uuid, version bigint, kind text, at timestamptz, body jsonb)"#,
            tenant,
            Value::Array(rows),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

fn version(write: &Write) -> Option<(Uuid, i64)> {
    match write {
        Write::Referral(referral) => Some((referral.id().into(), next_version(referral))),
        Write::Draft(_)
        | Write::RemoveDraft(_)
        | Write::Entry(_)
        | Write::RemoveEntry(_)
        | Write::NewFile(_)
        | Write::File(_)
        | Write::RemoveFile(_)
        | Write::NewCode(_)
        | Write::Code(_)
        | Write::RemoveCode(_)
        | Write::County(..)
        | Write::Content(..)
        | Write::Rules(..)
        | Write::DryRun(_)
        | Write::User(_)
        | Write::Team(_)
        | Write::Worker(_)
        | Write::Absence(_)
        | Write::Org(_)
        | Write::Agreement(_)
        | Write::Invitation(_)
        | Write::Session(_)
        | Write::Parked(_)
        | Write::Tracking(_)
        | Write::Visit(_)
        | Write::ReturnKey(_)
        | Write::StatusKey(_)
        | Write::SentRequest(_)
        | Write::PersonLink(_)
        | Write::SavedFilter(_)
        | Write::RemoveSavedFilter(..)
        | Write::Service(_)
        | Write::Import(_)
        | Write::ImportBatch(..)
        | Write::ImportFinished(..) => None,
    }
}

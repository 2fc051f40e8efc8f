//! One row of the audit as the bytes that are sealed. Another order of fields, or another name, is another format: old seals
//! are checked by the format that they were made with.

use jiff_sqlx::Timestamp;
use serde::Serialize;
use serde_json::Value;
use tlog_tiles::tlog::{Hash, record_hash};
use uuid::Uuid;

use crate::error::StoreError;

/// Names the format below; the first bytes of every leaf.
const FORMAT: &[u8] = b"onedoor audit 1\n";
/// Random bytes in front of a row: a leaf that stays after its row was disposed of says nothing about it.
pub(super) const SALT: usize = 16;

/// A row as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub id: Uuid,
    pub at: Timestamp,
    pub request: Uuid,
    pub actor: String,
    pub staff_id: Option<Uuid>,
    pub action: String,
    pub noun: String,
    pub subject_id: Option<Uuid>,
    pub outcome: String,
    pub shown: Vec<Uuid>,
    pub asked: Option<String>,
    pub guest: Option<String>,
}

#[derive(Serialize)]
struct Canonical<'a> {
    tenant: Uuid,
    id: Uuid,
    at: jiff::Timestamp,
    request: Uuid,
    actor: &'a str,
    staff: Option<Uuid>,
    action: &'a str,
    noun: &'a str,
    subject: Option<Uuid>,
    outcome: &'a str,
    shown: &'a [Uuid],
    asked: Option<&'a str>,
    guest: Option<&'a str>,
}

impl Row {
    /// The hash of its leaf.
    pub fn leaf(&self, tenant: Uuid, salt: &[u8]) -> Result<Hash, StoreError> {
        let canonical = Canonical {
            tenant,
            id: self.id,
            at: self.at.to_jiff(),
            request: self.request,
            actor: &self.actor,
            staff: self.staff_id,
            action: &self.action,
            noun: &self.noun,
            subject: self.subject_id,
            outcome: &self.outcome,
            shown: &self.shown,
            asked: self.asked.as_deref(),
            guest: self.guest.as_deref(),
        };
        let text = serde_json::to_vec(&canonical).map_err(|_| StoreError::Unreadable("audit row"))?;
        Ok(record_hash(&[FORMAT, salt, &text].concat()))
    }
}

/// Bytes as SQL takes many of them in one statement: hexadecimal text in a document.
pub(super) fn hex(bytes: &[u8]) -> Value {
    Value::String(bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

/// The smallest id that could have been made so long before another id, or before now where a clock was set back: the first
/// six bytes of an id are the milliseconds of when it was made.
pub(super) fn floor(id: Uuid, now: jiff::Timestamp, back: jiff::SignedDuration) -> Uuid {
    let now = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let back = u64::try_from(back.as_millis()).unwrap_or(u64::MAX);
    let millis = (id.as_u64_pair().0 >> 16).min(now).saturating_sub(back);
    Uuid::from_u64_pair(millis << 16, 0)
}

/// When an id was made.
pub(super) fn made_at(id: Uuid) -> Option<jiff::Timestamp> {
    let millis = id.as_u64_pair().0 >> 16;
    jiff::Timestamp::from_millisecond(millis.cast_signed()).ok()
}

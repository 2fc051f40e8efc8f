//! Who looked at a person's record, for that person. It is known once the audit was sealed, some seconds after the look.

use jiff::Timestamp;
use onedoor_domain::access::{Action, Visible, reveal};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::looked::{Look, LookedBy, Looking};
use onedoor_domain::section::Section;
use onedoor_domain::value::{Line, Text};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};
use crate::task::{Cursor, PAGE};

/// One page of who looked, the newest first.
#[derive(Debug)]
pub struct LookedList {
    /// [`Section::Looked`], for whoever may see it.
    pub looks: Option<Visible<Section>>,
    /// After which row the next page begins.
    pub next: Option<Cursor>,
}

struct Row {
    at: jiff_sqlx::Timestamp,
    audit_id: Uuid,
    actor: String,
    outcome: String,
    noun: String,
    guest: Option<String>,
    name: Option<String>,
    org: Option<String>,
}

impl Tx {
    /// Who looked at the record of the person whose request this is. `after` is the last row shown.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn looked(&mut self, id: ReferralId, after: Option<Cursor>) -> Result<LookedList, StoreError> {
        let person = Uuid::from(self.load_referral(id, Action::OwnRead).await?.person().id);
        let tenant = self.tenant();
        let (at, last) = after.map_or((Timestamp::MAX, Uuid::max()), |cursor| (cursor.at, cursor.id));
        let mut rows = sqlx::query_file_as!(Row, "sql/looked.sql", tenant, person, sql(at) as _, last)
            .fetch_all(self.conn())
            .await?;
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| Cursor { rank: 0, at: row.at.to_jiff(), id: row.audit_id });
        let looks = rows.into_iter().filter_map(look).collect();
        let shown = reveal(&self.ctx.actor, vec![Section::Looked(looks)]).shown;
        Ok(LookedList { looks: shown.into_iter().next(), next })
    }
}

/// One row in the words of the domain; none for what is nobody's look, such as the request as it was sent.
fn look(row: Row) -> Option<Look> {
    let line = |text: Option<String>| text.and_then(|text| text.parse::<Line>().ok());
    let said = |text: Option<String>| text.and_then(|text| text.parse::<Text>().ok());
    let by = match row.actor.as_str() {
        "staff" => LookedBy::Staff { name: line(row.name)?, org: line(row.org)? },
        "guest" => LookedBy::Guest { said: said(row.guest)? },
        "person" => LookedBy::Own,
        "referrer" | "asked" | "gp" | "receiver" => LookedBy::Asker,
        _ => return None,
    };
    let what = match (row.outcome.as_str(), row.noun.as_str()) {
        ("read", "list") => Looking::Listed,
        ("read", _) => Looking::Opened,
        ("wrote", _) => Looking::Wrote,
        _ => Looking::Stopped,
    };
    Some(Look { at: row.at.to_jiff(), by, what })
}

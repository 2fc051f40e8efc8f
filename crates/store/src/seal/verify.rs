//! Proves that no sealed row of the audit was altered, removed or moved since a checkpoint was signed, and names each that was,
//! with its position. Reads only, in pieces: memory does not grow with the audit.

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::ids::TenantId;
use tlog_tiles::tlog::{HASH_SIZE, Hash};
use uuid::Uuid;

use super::leaf::{Row, SALT, floor};
use super::tree::Edge;
use super::{Root, Sealer, WINDOW};
use crate::error::StoreError;
use crate::seam::begin_for;

/// So many leaves are read at once: a whole number of tiles.
const PIECE: i64 = 2048;
/// A row that says it is so much older than the one sealed before it was not written when it says: two machines whose clocks
/// stand an hour apart are no reason to say so.
const MISDATED: SignedDuration = SignedDuration::from_hours(2);
/// So many findings are named; all are counted.
const NAMED: usize = 1000;

/// A size and the root that was signed for it.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Root,
}

/// What is wrong at a position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// The row is not what was sealed.
    Altered,
    /// The row is not there, and no certificate says why.
    Deleted,
    /// The row stands where another was sealed; it was sealed at this position.
    Moved(u64),
    /// The leaf is not the one in the tree.
    LeafAltered,
    /// The leaf is not there.
    LeafDeleted,
    /// From here on there is nothing, up to this many leaves that were signed.
    Truncated(u64),
    /// A row from before what was sealed last, without a leaf: it was not there when it was to be sealed.
    Inserted,
    /// Everything fits together, and not what was signed: it was changed and sealed anew, from here up to this position.
    Resealed(u64),
}

/// One thing that is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The position; none for a row without one.
    pub n: Option<u64>,
    /// The row.
    pub audit: Option<Uuid>,
    /// What.
    pub wrong: Wrong,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// How many leaves there are.
    pub size: u64,
    /// How many of them were disposed of, each with a certificate.
    pub disposed: u64,
    /// What is wrong, by position; at most a thousand.
    pub findings: Vec<Finding>,
    /// How many things are wrong.
    pub wrong: u64,
    /// The last row that the checkpoint proves, and when it was written, where nothing is wrong.
    pub last_proved: Option<(u64, Uuid, Option<Timestamp>)>,
    /// Rows that say they were written long before the one that was sealed before them, and the first position of such a
    /// row: somebody set a clock, or added a row later than it says.
    pub misdated: Option<(u64, u64)>,
    /// Rows that are sealed, and no checkpoint that was given covers them.
    pub unsigned: u64,
    /// Rows that are not sealed yet.
    pub unsealed: u64,
}

impl Report {
    /// Whether everything that was signed is there, unchanged.
    pub fn is_whole(&self) -> bool {
        self.wrong == 0
    }

    fn find(&mut self, n: Option<u64>, audit: Option<Uuid>, wrong: Wrong) {
        self.wrong += 1;
        if self.findings.len() < NAMED {
            self.findings.push(Finding { n, audit, wrong });
        }
    }
}

/// A leaf as it is stored, with what is left of its row.
#[derive(Debug)]
struct Leaf {
    n: i64,
    audit_id: Uuid,
    salt: Option<Vec<u8>>,
    hash: Vec<u8>,
    disposal_id: Option<Uuid>,
    certificate: Option<Uuid>,
    id: Option<Uuid>,
    at: Option<jiff_sqlx::Timestamp>,
    request: Option<Uuid>,
    actor: Option<String>,
    staff_id: Option<Uuid>,
    action: Option<String>,
    noun: Option<String>,
    subject_id: Option<Uuid>,
    outcome: Option<String>,
    shown: Option<Vec<Uuid>>,
    asked: Option<String>,
    guest: Option<String>,
}

impl Leaf {
    fn row(&self) -> Option<Row> {
        Some(Row {
            id: self.id?,
            at: self.at?,
            request: self.request?,
            actor: self.actor.clone()?,
            staff_id: self.staff_id,
            action: self.action.clone()?,
            noun: self.noun.clone()?,
            subject_id: self.subject_id,
            outcome: self.outcome.clone()?,
            shown: self.shown.clone()?,
            asked: self.asked.clone(),
            guest: self.guest.clone(),
        })
    }

    fn stored(&self) -> Hash {
        self.hash.as_slice().try_into().map_or(Hash([0; HASH_SIZE]), Hash)
    }
}

/// What is carried from piece to piece.
struct Walk<'a> {
    tenant: Uuid,
    known: &'a [Known],
    /// The tree of what the rows say now.
    edge: Edge,
    /// The end of the last checkpoint that fitted.
    fitted: u64,
    /// When the row before was written.
    before: Option<Timestamp>,
    /// Positions whose leaf is not the one in the tree: the position, its row, what the tree says and what the leaf says.
    strange: Vec<(u64, Uuid, Hash, Hash)>,
    report: Report,
}

impl Sealer<'_> {
    /// Looks at every leaf, row and tile, against the checkpoints, which must rise in size.
    ///
    /// # Errors
    /// [`StoreError`] where the database cannot be read.
    pub async fn verify(
        &self,
        tenant: TenantId,
        known: &[Known],
        now: Timestamp,
    ) -> Result<Report, StoreError> {
        let mut inner = begin_for(&self.db.aside, tenant).await?;
        let mut walk = Walk {
            tenant: tenant.0,
            known,
            edge: Edge::default(),
            fitted: 0,
            before: None,
            strange: Vec::new(),
            report: Report::default(),
        };
        let (mut next, mut last_sealed) = (0_i64, Uuid::nil());
        loop {
            let leaves = sqlx::query_file_as!(Leaf, "sql/audit_sealed.sql", tenant.0, next, PIECE)
                .fetch_all(&mut *inner)
                .await?;
            let Some(last) = leaves.last() else { break };
            let (from, to) = (next / 256, last.n / 256);
            next = last.n + 1;
            last_sealed = last.audit_id;
            let tiles = sqlx::query!(
                "SELECT n, hashes FROM audit_tile WHERE tenant_id = $1 AND level = 0 AND n BETWEEN $2 AND $3",
                tenant.0,
                from,
                to
            )
            .fetch_all(&mut *inner)
            .await?;
            let hash_at = |n: u64| -> Option<Hash> {
                let tile = tiles.iter().find(|tile| tile.n.cast_unsigned() == n / 256)?;
                let at = usize::try_from(n % 256).ok()? * HASH_SIZE;
                tile.hashes.get(at..at + HASH_SIZE)?.try_into().ok().map(Hash)
            };
            for leaf in &leaves {
                walk.take(leaf, &hash_at)?;
            }
        }
        walk.end();
        let Walk { mut report, .. } = walk;
        // What is younger than the last leaf, or hardly older, waits for its seal. What is older was not there when its time was sealed.
        let window = floor(last_sealed, now, WINDOW);
        let rows = sqlx::query!(
            r#"SELECT a.id FROM audit a
               WHERE a.tenant_id = $1
                 AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.tenant_id = $1 AND l.audit_id = a.id)
               ORDER BY a.id LIMIT 100000"#,
            tenant.0
        )
        .fetch_all(&mut *inner)
        .await?;
        for row in rows {
            if row.id < window {
                report.find(None, Some(row.id), Wrong::Inserted);
            } else {
                report.unsealed += 1;
            }
        }
        inner.rollback().await?;
        Ok(report)
    }
}

impl Walk<'_> {
    fn take(&mut self, leaf: &Leaf, hash_at: &impl Fn(u64) -> Option<Hash>) -> Result<(), StoreError> {
        let n = leaf.n.cast_unsigned();
        while self.edge.size() < n {
            let gone = self.edge.size();
            self.report.find(Some(gone), None, Wrong::LeafDeleted);
            self.push(hash_at(gone).unwrap_or(Hash([0; HASH_SIZE])), None);
        }
        let stored = leaf.stored();
        let now = self.row_hash(leaf, n)?;
        if let Some(sealed) = hash_at(n).filter(|sealed| *sealed != stored) {
            self.strange.push((n, leaf.audit_id, sealed, stored));
        } else if now.is_some_and(|now| now != stored) {
            self.report.find(Some(n), Some(leaf.audit_id), Wrong::Altered);
        }
        self.date(leaf, n);
        self.push(now.unwrap_or(stored), Some(leaf));
        Ok(())
    }

    /// Whether the row says that it is much older than its place.
    fn date(&mut self, leaf: &Leaf, n: u64) {
        let Some(at) = leaf.at.map(jiff_sqlx::Timestamp::to_jiff) else { return };
        if self.before.is_some_and(|before| before.duration_since(at) > MISDATED) {
            let (count, first) = self.report.misdated.unwrap_or((0, n));
            self.report.misdated = Some((count + 1, first));
        }
        self.before = Some(at);
    }

    /// What the row hashes to now; none for one that is not there.
    fn row_hash(&mut self, leaf: &Leaf, n: u64) -> Result<Option<Hash>, StoreError> {
        let Some(row) = leaf.row() else {
            if leaf.disposal_id.is_some() && leaf.certificate.is_some() {
                self.report.disposed += 1;
            } else {
                self.report.find(Some(n), Some(leaf.audit_id), Wrong::Deleted);
            }
            return Ok(None);
        };
        let salt = leaf.salt.as_deref().unwrap_or(&[0; SALT]);
        row.leaf(self.tenant, salt).map(Some)
    }

    fn push(&mut self, hash: Hash, leaf: Option<&Leaf>) {
        self.edge.push(hash, &mut Vec::new());
        let size = self.edge.size();
        self.report.size = size;
        for known in self.known.iter().filter(|known| known.size == size) {
            if known.root == self.edge.root() {
                self.fitted = size;
                let at = leaf.and_then(|leaf| leaf.at).map(jiff_sqlx::Timestamp::to_jiff);
                self.report.last_proved = leaf.map(|leaf| (size - 1, leaf.audit_id, at));
            } else if self.report.wrong == 0 && self.strange.is_empty() {
                self.report.find(Some(self.fitted), None, Wrong::Resealed(size));
            }
        }
    }

    fn end(&mut self) {
        let strange = std::mem::take(&mut self.strange);
        for (n, audit, _, stored) in &strange {
            let from = strange.iter().find(|(_, _, sealed, _)| sealed == stored).map(|(from, ..)| *from);
            self.report.find(Some(*n), Some(*audit), from.map_or(Wrong::LeafAltered, Wrong::Moved));
        }
        let signed = self.known.iter().map(|known| known.size).max().unwrap_or(0);
        let size = self.edge.size();
        if size < signed {
            self.report.find(Some(size), None, Wrong::Truncated(signed));
        }
        self.report.unsigned = size.saturating_sub(signed);
        self.report.findings.sort_by_key(|finding| finding.n);
        if self.report.wrong > 0 {
            self.report.last_proved = None;
        }
    }
}

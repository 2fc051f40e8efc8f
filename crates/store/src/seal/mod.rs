//! The seal of the audit: gives every row a place in an order, in a tree whose root is signed and kept outside the database.
//!
//! Rows are written insert-only by whoever acts; a sealer takes those that were committed since, in one statement, and adds
//! their leaves. Must not show what a row says to anybody: it hashes.

mod dispose;
mod leaf;
mod tree;
mod verify;

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::ids::TenantId;
use serde_json::{Value, json};
use tlog_tiles::tlog::Hash;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Db, begin_for};
use leaf::{Row, SALT, floor, hex, made_at};
use tree::{Edge, TileAt};

pub use dispose::{Certificate, Disposed, dispose};
pub use tlog_tiles::tlog::Hash as Root;
pub use verify::{Finding, Known, Report, Wrong};

/// So many rows are sealed at once.
const BATCH: i64 = 4000;
/// A row is taken up to this long after its id was made, by the clock of the rows themselves: longer than any transaction
/// lives. What appears later with an earlier id was not written by this program, and is left for whoever verifies.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// Nearly every transaction ends within this; looking only so far back is cheap.
pub const SHORT: SignedDuration = SignedDuration::from_secs(60);

/// What was sealed so far.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// How many leaves there are.
    pub size: u64,
    /// The root over them.
    pub root: Root,
    /// How many of them were added now.
    pub added: usize,
    /// When the oldest of those was made.
    pub oldest: Option<Timestamp>,
}

impl Sealed {
    /// Whether nothing was left when this was sealed.
    pub fn is_all(&self) -> bool {
        i64::try_from(self.added).unwrap_or(BATCH) < BATCH
    }
}

/// Why nothing was sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Leaves and tiles do not fit each other, or there are fewer than were signed: somebody changed them.
    #[error("the seal of the audit does not fit what is stored: run onedoor audit verify")]
    Broken,
}

impl From<sqlx::Error> for SealError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Seals and verifies the audit of counties.
#[derive(Clone, Copy, Debug)]
pub struct Sealer<'a> {
    db: &'a Db,
}

impl<'a> Sealer<'a> {
    /// Of this database.
    pub fn of(db: &'a Db) -> Self {
        Self { db }
    }

    /// The counties there are.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn tenants(&self) -> Result<Vec<TenantId>, StoreError> {
        let ids = sqlx::query_scalar!("SELECT id FROM tenant ORDER BY id").fetch_all(&self.db.aside).await?;
        Ok(ids.into_iter().map(TenantId).collect())
    }

    /// How far the audit is sealed now.
    ///
    /// # Errors
    /// [`SealError::Broken`] where leaves and tiles do not fit.
    pub async fn known(&self, tenant: TenantId) -> Result<Known, SealError> {
        let mut inner = begin_for(&self.db.aside, tenant).await?;
        let (edge, _) = edge(&mut inner, tenant.0).await?.ok_or(SealError::Broken)?;
        inner.rollback().await?;
        Ok(Known { size: edge.size(), root: edge.root() })
    }

    /// Seals what was committed and not sealed yet, at most some thousand rows, looking `back` before the last leaf, or before
    /// now where a clock was set back. `None`
    /// where another sealer is at it. `signed` is how many leaves the last checkpoint covers.
    ///
    /// # Errors
    /// [`SealError::Broken`] where the leaves were tampered with: then nothing is added on top.
    pub async fn seal(
        &self,
        tenant: TenantId,
        (now, back): (Timestamp, SignedDuration),
        signed: u64,
    ) -> Result<Option<Sealed>, SealError> {
        let mut inner = begin_for(&self.db.aside, tenant).await?;
        let key = tenant.0.as_u64_pair().0.cast_signed();
        let free = sqlx::query_scalar!(r#"SELECT pg_try_advisory_xact_lock($1) AS "free!""#, key)
            .fetch_one(&mut *inner)
            .await?;
        if !free {
            return Ok(None);
        }
        let (mut edge, last) = edge(&mut inner, tenant.0).await?.ok_or(SealError::Broken)?;
        if edge.size() < signed {
            return Err(SealError::Broken);
        }
        let since = floor(last, now, back);
        let rows = sqlx::query_file_as!(Row, "sql/audit_unsealed.sql", tenant.0, since, BATCH)
            .fetch_all(&mut *inner)
            .await?;
        let added = rows.len();
        if added > 0 {
            let (leaves, tiles) = grow(&mut edge, tenant.0, &rows)?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            store(&mut inner, tenant.0, (leaves, tiles), &ids).await?;
        }
        inner.commit().await?;
        let oldest = rows.first().and_then(|row| made_at(row.id));
        Ok(Some(Sealed { size: edge.size(), root: edge.root(), added, oldest }))
    }
}

/// The edge of the tree and the row of its last leaf; `None` where tiles and leaves do not fit.
async fn edge(inner: &mut sqlx::PgConnection, tenant: Uuid) -> Result<Option<(Edge, Uuid)>, StoreError> {
    let last = sqlx::query!(
        "SELECT n, audit_id FROM audit_leaf WHERE tenant_id = $1 ORDER BY n DESC LIMIT 1",
        tenant
    )
    .fetch_optional(&mut *inner)
    .await?;
    let size = last.as_ref().map_or(0, |last| last.n.cast_unsigned() + 1);
    let last = last.map_or(Uuid::nil(), |last| last.audit_id);
    let (levels, numbers): (Vec<i16>, Vec<i64>) =
        Edge::places(size).into_iter().map(|(level, n)| (i16::from(level), n.cast_signed())).unzip();
    let rows = sqlx::query!(
        "SELECT t.level, t.n, t.hashes FROM unnest($2::smallint[], $3::bigint[]) AS w (level, n)
         JOIN audit_tile t ON t.tenant_id = $1 AND t.level = w.level AND t.n = w.n",
        tenant,
        &levels,
        &numbers
    )
    .fetch_all(inner)
    .await?;
    let tile = |level: i16, n: i64, hashes| TileAt {
        level: u8::try_from(level).unwrap_or(u8::MAX),
        n: n.cast_unsigned(),
        hashes,
    };
    let tiles: Vec<TileAt> = rows.into_iter().map(|row| tile(row.level, row.n, row.hashes)).collect();
    Ok(Edge::of(size, &tiles).map(|edge| (edge, last)))
}

/// Adds the leaves of rows to the edge: the leaves, and the tiles that changed.
fn grow(edge: &mut Edge, tenant: Uuid, rows: &[Row]) -> Result<(Vec<Value>, Vec<Value>), StoreError> {
    let mut full = Vec::new();
    let mut leaves = Vec::with_capacity(rows.len());
    for row in rows {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|_| StoreError::Unreadable("random number"))?;
        let hash: Hash = row.leaf(tenant, &salt)?;
        leaves.push(json!({ "n": edge.size(), "id": row.id, "salt": hex(&salt), "hash": hex(&hash.0) }));
        edge.push(hash, &mut full);
    }
    let tiles = full.into_iter().chain(edge.partial());
    let tiles = tiles.map(|tile| json!({ "level": tile.level, "n": tile.n, "hashes": hex(&tile.hashes) }));
    Ok((leaves, tiles.collect()))
}

async fn store(
    inner: &mut sqlx::PgConnection,
    tenant: Uuid,
    (leaves, tiles): (Vec<Value>, Vec<Value>),
    ids: &[Uuid],
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO audit_leaf (tenant_id, n, audit_id, salt, hash)
         SELECT $1, l.n, l.id, decode(l.salt, 'hex'), decode(l.hash, 'hex')
         FROM jsonb_to_recordset($2) AS l (n bigint, id uuid, salt text, hash text)",
        tenant,
        Value::Array(leaves)
    )
    .execute(&mut *inner)
    .await?;
    sqlx::query!(
        "INSERT INTO audit_tile (tenant_id, level, n, hashes)
         SELECT $1, t.level, t.n, decode(t.hashes, 'hex')
         FROM jsonb_to_recordset($2) AS t (level smallint, n bigint, hashes text)
         ON CONFLICT (tenant_id, level, n) DO UPDATE SET hashes = excluded.hashes",
        tenant,
        Value::Array(tiles)
    )
    .execute(&mut *inner)
    .await?;
    // Who looked at whom: a record that was opened, and every record that a list showed.
    sqlx::query!(
        "INSERT INTO audit_person (tenant_id, person_id, at, audit_id)
         SELECT DISTINCT $1::uuid, r.person_id, a.at, a.id
         FROM unnest($2::uuid[]) AS w (id)
         JOIN audit a ON a.tenant_id = $1 AND a.id = w.id
         CROSS JOIN LATERAL unnest(a.shown || a.subject_id) AS s (id)
         JOIN referral r ON r.tenant_id = $1 AND r.id = s.id",
        tenant,
        ids
    )
    .execute(inner)
    .await?;
    Ok(())
}

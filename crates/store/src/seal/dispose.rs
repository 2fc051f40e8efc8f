//! Removing what was kept long enough: rows and their salts go, their leaves stay with a certificate that says who removed them
//! and why, so that the rest is proved as before. Only somebody with the rights of the database's owner does this; the
//! program as it serves pages cannot.

use jiff::Timestamp;
use onedoor_domain::actor::Ctx;
use serde::Serialize;
use serde_json::json;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use uuid::Uuid;

use super::SealError;
use crate::seam::sql;

/// So many rows go at once, with a certificate for them.
const BATCH: i64 = 20_000;

/// Who removes, and why: kept for ever.
#[derive(Clone, Debug, Serialize)]
pub struct Certificate {
    /// Who decided it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Rows written before this.
    pub before: Timestamp,
}

/// What was removed under one certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Disposed {
    /// Its certificate.
    pub id: Uuid,
    /// How many rows.
    pub rows: u64,
    /// The first and the last position.
    pub positions: (u64, u64),
}

/// Removes some thousand rows that a checkpoint covers and that were written before the certificate's day; `None` where there
/// are no more. The removal itself is a row of the audit.
///
/// # Errors
/// [`SealError`] where the database does not do it.
pub async fn dispose(
    options: &PgConnectOptions,
    ctx: &Ctx,
    certificate: &Certificate,
    signed: u64,
) -> Result<Option<Disposed>, SealError> {
    let (tenant, now) = (ctx.tenant, ctx.now);
    let mut connection = options.clone().connect().await?;
    let mut inner = connection.begin().await?;
    let tenant_id = tenant.0.to_string();
    sqlx::query!("SET LOCAL ROLE onedoor_owner").execute(&mut *inner).await?;
    sqlx::query!("SELECT set_config('app.tenant', $1, true)", tenant_id).fetch_one(&mut *inner).await?;
    let key = tenant.0.as_u64_pair().0.cast_signed();
    // The sealer waits meanwhile, or we for it.
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", key).execute(&mut *inner).await?;
    let rows = sqlx::query!(
        "SELECT l.n, l.audit_id FROM audit_leaf l JOIN audit a ON a.tenant_id = $1 AND a.id = l.audit_id
         WHERE l.tenant_id = $1 AND l.n < $2 AND l.disposal_id IS NULL AND a.at < $3
         ORDER BY l.n LIMIT $4",
        tenant.0,
        signed.cast_signed(),
        sql(certificate.before) as _,
        BATCH
    )
    .fetch_all(&mut *inner)
    .await?;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(None) };
    let positions = (first.n.cast_unsigned(), last.n.cast_unsigned());
    let ids: Vec<Uuid> = rows.iter().map(|row| row.audit_id).collect();
    let (id, row): (Uuid, Uuid) = (ctx.new_id(), ctx.new_id());
    let body =
        json!({ "certificate": certificate, "rows": ids.len(), "from": positions.0, "to": positions.1 });
    sqlx::query!(
        "INSERT INTO audit_disposal (tenant_id, id, at, body) VALUES ($1, $2, $3, $4)",
        tenant.0,
        id,
        sql(now) as _,
        body
    )
    .execute(&mut *inner)
    .await?;
    sqlx::query!(
        "UPDATE audit_leaf SET salt = NULL, disposal_id = $2 WHERE tenant_id = $1 AND audit_id = ANY ($3)",
        tenant.0,
        id,
        &ids
    )
    .execute(&mut *inner)
    .await?;
    sqlx::query!("DELETE FROM audit_person WHERE tenant_id = $1 AND audit_id = ANY ($2)", tenant.0, &ids)
        .execute(&mut *inner)
        .await?;
    sqlx::query!("DELETE FROM audit WHERE tenant_id = $1 AND id = ANY ($2)", tenant.0, &ids)
        .execute(&mut *inner)
        .await?;
    sqlx::query!(
        "INSERT INTO audit (tenant_id, id, at, request, actor, action, noun, subject_id, outcome, shown)
         VALUES ($1, $2, $3, $4, 'system', 'AuditDispose', 'disposal', $5, 'wrote', '{}')",
        tenant.0,
        row,
        sql(now) as _,
        ctx.request,
        id
    )
    .execute(&mut *inner)
    .await?;
    inner.commit().await?;
    Ok(Some(Disposed { id, rows: ids.len() as u64, positions }))
}

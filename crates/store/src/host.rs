//! Seam entry: which county a host name is. The table of tenants and nothing else; it holds no person's data.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use onedoor_domain::ids::TenantId;

use crate::error::StoreError;
use crate::seam::Db;

impl Db {
    /// Seam entry: the tenant a host name belongs to: the one that names it, else the only one there is. Names are
    /// remembered; the only one for a few seconds, because it may not stay the only one.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] when no tenant exists, or several do and none has this name.
    pub async fn tenant_of(&self, host: &str) -> Result<TenantId, StoreError> {
        if let Some(tenant) = self.hosts.read().ok().and_then(|hosts| hosts.find(host)) {
            return Ok(tenant);
        }
        let rows = sqlx::query!(
            "SELECT id, host FROM tenant ORDER BY (host IS NOT DISTINCT FROM $1) DESC LIMIT 2",
            host
        )
        .fetch_all(&self.aside)
        .await;
        let rows = match rows.map_err(StoreError::from) {
            Ok(rows) => rows,
            Err(error) => return self.last_only(error),
        };
        let (found, named) = match rows.as_slice() {
            [first, ..] if first.host.as_deref() == Some(host) => (TenantId(first.id), true),
            [only] => (TenantId(only.id), false),
            _ => return Err(StoreError::Hidden),
        };
        if let Ok(mut hosts) = self.hosts.write() {
            if named {
                hosts.named.insert(host.to_owned(), found);
            } else {
                hosts.only = Some((Instant::now(), found));
            }
        }
        Ok(found)
    }

    /// While the database does not answer, the only tenant is still the only one: the page that says so shows its numbers.
    fn last_only(&self, error: StoreError) -> Result<TenantId, StoreError> {
        let StoreError::Down(_) = error else { return Err(error) };
        let Ok(mut hosts) = self.hosts.write() else { return Err(error) };
        let Some((since, tenant)) = &mut hosts.only else { return Err(error) };
        *since = Instant::now();
        Ok(*tenant)
    }
}

/// Host names that were asked for before. Only names of tenants are kept: anybody can send any other.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    named: HashMap<String, TenantId>,
    only: Option<(Instant, TenantId)>,
}

/// How long the only tenant is taken for the only one without asking again.
const ONLY_FOR: Duration = Duration::from_secs(5);

impl Hosts {
    /// The county that comes next is asked for.
    pub(crate) fn forget_only(&mut self) {
        self.only = None;
    }

    fn find(&self, host: &str) -> Option<TenantId> {
        let only = self.only.filter(|(since, _)| since.elapsed() < ONLY_FOR).map(|(_, tenant)| tenant);
        self.named.get(host).copied().or(only)
    }
}

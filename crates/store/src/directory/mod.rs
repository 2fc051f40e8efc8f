//! The directory: found by keys, a page at a time. It is about services, not about people, so that looking leaves no trace;
//! every change does.
//!
//! The long lists live in `sql/`, so that `tests/lists.rs` explains the very text that runs.

mod import;
mod write;

pub use import::Clashes;

use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use onedoor_domain::access::{Action, Target};
use onedoor_domain::calendar::{Calendar, local_date};
use onedoor_domain::change::{Event, Noun};
use onedoor_domain::county::Standing;
use onedoor_domain::directory::{Search, Service, keys};
use onedoor_domain::ids::ServiceId;
use onedoor_domain::value::Line;
use serde_json::Value;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::Tx;
use crate::task::PAGE;

/// So many pages are looked through for what is open now, before the reader is asked whether to look on.
const ROUNDS: usize = 10;

/// A page of services.
#[derive(Clone, Debug, Default)]
pub struct Services {
    /// In the order of their names.
    pub services: Vec<Service>,
    /// After which one the next page begins, if there may be more.
    pub next: Option<ServiceId>,
}

/// Which list an editor looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Editing {
    /// Due for a review, and written or changed here.
    DueHere,
    /// Due for a review, whoever wrote them.
    Due,
    /// Not listed: inactive, defunct or taken off.
    Gone,
}

fn service(body: Value) -> Result<Service, StoreError> {
    read(body, "service")
}

fn page_of(bodies: Vec<Value>) -> Result<Services, StoreError> {
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let mut services = bodies.into_iter().map(service).collect::<Result<Vec<_>, _>>()?;
    let more = services.len() > size;
    services.truncate(size);
    let next = services.last().filter(|_| more).map(|last| last.id);
    Ok(Services { services, next })
}

impl Tx {
    /// Services with all of what is looked for, by name. `after` is the last one shown.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn services(
        &mut self,
        search: &Search,
        calendar: &Calendar,
        after: Option<ServiceId>,
    ) -> Result<Services, StoreError> {
        self.require(Action::ServiceRead, None, &Target::Role).await?;
        let now = self.ctx.now;
        let Some((walked, others)) = self.rarest(search.keys(now, calendar)).await? else {
            return Ok(Services::default());
        };
        let mut at = match after {
            Some(id) => self.sorted_at(id).await?,
            None => (String::new(), Uuid::nil()),
        };
        let mut found = Services::default();
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        for _ in 0..ROUNDS {
            let page = self.walk(&walked, &others, &at).await?;
            let next = page.next;
            let Some(last) = page.services.last() else { return Ok(found) };
            at = (keys::sort(last.entry()), last.id.into());
            for one in page.services {
                let open = one.entry().standing(now, calendar).is_some_and(Standing::is_open);
                if search.open_now && !open {
                    continue;
                }
                let id = one.id;
                found.services.push(one);
                if found.services.len() == size {
                    // The last of the last page: nothing follows.
                    found.next = (next.is_some() || at.1 != Uuid::from(id)).then_some(id);
                    return Ok(found);
                }
            }
            found.next = next;
            if next.is_none() {
                return Ok(found);
            }
        }
        Ok(found)
    }

    /// The key with the fewest services, and the others. None where one of them has no service at all.
    async fn rarest(&mut self, keys: Vec<String>) -> Result<Option<(String, Vec<String>)>, StoreError> {
        let tenant = self.tenant();
        let rows = sqlx::query!(
            r#"SELECT wanted.key AS "key!",
                      (SELECT count(*) FROM (
                           SELECT FROM service_key k
                           WHERE k.tenant_id = $1 AND k.key = wanted.key COLLATE "C"
                           ORDER BY k.sort, k.service_id LIMIT 2000) AS few) AS "count!"
               FROM unnest($2::text[]) AS wanted (key)"#,
            tenant,
            &keys
        )
        .fetch_all(self.conn())
        .await?;
        if rows.iter().any(|row| row.count == 0) {
            return Ok(None);
        }
        let mut counted: Vec<(i64, String)> = rows.into_iter().map(|row| (row.count, row.key)).collect();
        counted.sort();
        let mut keys = counted.into_iter().map(|(_, key)| key);
        Ok(keys.next().map(|first| (first, keys.collect())))
    }

    async fn walk(
        &mut self,
        walked: &str,
        others: &[String],
        (sort, id): &(String, Uuid),
    ) -> Result<Services, StoreError> {
        let tenant = self.tenant();
        let bodies = sqlx::query_file_scalar!("sql/services.sql", tenant, walked, others, sort, *id)
            .fetch_all(self.conn())
            .await?;
        page_of(bodies)
    }

    /// Where a service stands in lists; the beginning for one that is gone.
    async fn sorted_at(&mut self, id: ServiceId) -> Result<(String, Uuid), StoreError> {
        let tenant = self.tenant();
        let sort = sqlx::query_scalar!(
            "SELECT sort FROM service WHERE tenant_id = $1 AND id = $2",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(sort.map_or_else(|| (String::new(), Uuid::nil()), |sort| (sort, id.into())))
    }

    /// The needs that any service names, to choose from.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn service_terms(&mut self) -> Result<Vec<Line>, StoreError> {
        self.require(Action::ServiceRead, None, &Target::Role).await?;
        let tenant = self.tenant();
        let names = sqlx::query_scalar!(
            "SELECT name FROM service_term WHERE tenant_id = $1 ORDER BY key LIMIT 1000",
            tenant
        )
        .fetch_all(self.conn())
        .await?;
        names.into_iter().map(|name| name.parse().map_err(|_| StoreError::Unreadable("term"))).collect()
    }

    /// What editors look after, a page at a time.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn services_to_edit(
        &mut self,
        which: Editing,
        after: Option<ServiceId>,
    ) -> Result<Services, StoreError> {
        self.require(Action::ServiceWrite, None, &Target::Role).await?;
        let tenant = self.tenant();
        let today = local_date(self.ctx.now).to_sqlx();
        let (due, id) = match after {
            Some(id) => (self.due_of(id).await?, id.into()),
            None => (Date::MIN, Uuid::nil()),
        };
        let due = due.max(Date::constant(1, 1, 1)).to_sqlx();
        let bodies = match which {
            Editing::DueHere => {
                sqlx::query_file_scalar!("sql/services_due_here.sql", tenant, today as _, due as _, id)
                    .fetch_all(self.conn())
                    .await?
            }
            Editing::Due => {
                sqlx::query_file_scalar!("sql/services_due.sql", tenant, today as _, due as _, id)
                    .fetch_all(self.conn())
                    .await?
            }
            Editing::Gone => {
                sqlx::query_file_scalar!("sql/services_gone.sql", tenant, id).fetch_all(self.conn()).await?
            }
        };
        page_of(bodies)
    }

    async fn due_of(&mut self, id: ServiceId) -> Result<Date, StoreError> {
        let tenant = self.tenant();
        let due = sqlx::query_scalar!(
            r#"SELECT review_due AS "due: jiff_sqlx::Date" FROM service WHERE tenant_id = $1 AND id = $2"#,
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(due.map_or(Date::MIN, jiff_sqlx::Date::to_jiff))
    }

    /// One service, to read.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn service_view(&mut self, id: ServiceId) -> Result<Service, StoreError> {
        let subject = Self::subject(Noun::Service, id);
        self.require(Action::ServiceRead, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM service WHERE tenant_id = $1 AND id = $2",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(body) = body else { return Err(self.absent(Action::ServiceRead, subject).await) };
        service(body)
    }

    /// One service, locked, to change.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn service(&mut self, id: ServiceId) -> Result<Service, StoreError> {
        let subject = Self::subject(Noun::Service, id);
        self.require(Action::ServiceWrite, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM service WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(body) = body else { return Err(self.absent(Action::ServiceWrite, subject).await) };
        service(body)
    }

    /// What editors did to a service, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn service_events(&mut self, id: ServiceId) -> Result<Vec<Event>, StoreError> {
        let subject = Self::subject(Noun::Service, id);
        self.require(Action::ServiceRead, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM event WHERE tenant_id = $1 AND noun = 'service' AND subject_id = $2
             ORDER BY at DESC, id DESC LIMIT 50",
            tenant,
            Uuid::from(id)
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|body| read(body, "event")).collect()
    }
}

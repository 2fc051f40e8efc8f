//! Finding somebody who is in touch again, by keys that the domain makes. Plain equality in the database; who of those found
//! is an answer, and in which order, is the domain's to say.

use std::collections::{BTreeMap, BTreeSet};

use onedoor_domain::access::{Action, Revealed, Target, Visible, reveal};
use onedoor_domain::ids::{PersonId, ReferralId, TenantId};
use onedoor_domain::person_key::{Because, PersonKey, RULES, Search, Wanted, keys, ranked};
use onedoor_domain::referral::{Head, Known, Person, Referral};
use onedoor_domain::section::Section;
use serde_json::Value;
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::Tx;

/// So many are shown; whoever is one of more says something else to be found by.
const SHOWN: usize = 20;

/// What the statement reads of one key, and one to know that there are more.
const OF_ONE_KEY: usize = 101;

/// Who was found.
#[derive(Debug)]
pub struct Found {
    /// Those this actor may see, the likeliest first, of the likely the newest.
    pub people: Vec<Visible<Section>>,
    /// There are more than could be looked through or shown.
    pub more: bool,
}

struct Hit {
    door: i64,
    person: Value,
    id: Uuid,
    reference: String,
    received_at: jiff_sqlx::Timestamp,
}

/// One of those a key led to.
struct Candidate {
    person: Person,
    known: Known,
}

impl Hit {
    fn candidate(self) -> Result<Candidate, StoreError> {
        let person: Person = read(self.person, "person")?;
        let reference = self.reference.parse().map_err(|_| StoreError::Unreadable("row"))?;
        let known =
            person.known((ReferralId(self.id), reference, self.received_at.to_jiff()), BTreeSet::new());
        Ok(Candidate { person, known })
    }
}

impl Tx {
    /// Who of one's own teams' people this may be. One statement; audited with the kind of search, never with what was
    /// typed, and with everybody it showed.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn find_person(&mut self, search: &Search) -> Result<Found, StoreError> {
        self.require(Action::PersonFind, None, &Target::Role).await?;
        let wanted = search.wanted();
        let hits = match search {
            Search::Reference(reference) => self.hit_by_reference(reference.as_str()).await?,
            Search::Person { .. } | Search::Phone(_) => self.hits(&wanted).await?,
        };
        let full = is_full(&hits);
        let mut found = of_keys(search, &wanted, hits)?;
        let more = full || found.len() > SHOWN;
        found.truncate(SHOWN);
        let shown = found.iter().map(|known| known.referral.into()).collect();
        let sections = found.into_iter().map(|known| Section::Known(Box::new(known))).collect();
        let people = reveal(&self.ctx.actor, sections).shown;
        self.saw_search(Action::PersonFind, search.kind().code(), shown);
        Ok(Found { people, more })
    }

    /// Those whom the keys lead to, of one's own teams; and whether a key leads to more than were read.
    pub(crate) async fn hits_by_key(
        &mut self,
        wanted: &[Wanted],
    ) -> Result<(Vec<(Person, Known)>, bool), StoreError> {
        let hits = self.hits(wanted).await?;
        let full = is_full(&hits);
        let found: Result<Vec<Candidate>, StoreError> = hits.into_iter().map(Hit::candidate).collect();
        Ok((found?.into_iter().map(|one| (one.person, one.known)).collect(), full))
    }

    async fn hits(&mut self, wanted: &[Wanted]) -> Result<Vec<Hit>, StoreError> {
        let doors = || wanted.iter().filter(|wanted| wanted.is_door()).map(|wanted| &wanted.key);
        let kinds: Vec<String> = doors().map(|key| key.kind().code().to_owned()).collect();
        let keys: Vec<String> = doors().map(|key| key.as_str().to_owned()).collect();
        let (tenant, teams) = (self.tenant(), self.own_teams());
        let hits = sqlx::query_file_as!(Hit, "sql/find_person.sql", tenant, &kinds, &keys, &teams)
            .fetch_all(self.conn())
            .await?;
        Ok(hits)
    }

    async fn hit_by_reference(&mut self, reference: &str) -> Result<Vec<Hit>, StoreError> {
        let (tenant, teams) = (self.tenant(), self.own_teams());
        let hits = sqlx::query_as!(
            Hit,
            r#"SELECT 0::bigint AS "door!", p.body AS person, r.id, r.reference, r.received_at
               FROM referral r JOIN person p ON p.tenant_id = r.tenant_id AND p.id = r.person_id
               WHERE r.tenant_id = $1 AND r.reference = $2 AND (r.spoa_id = ANY ($3) OR r.team_id = ANY ($3))"#,
            tenant,
            reference,
            &teams
        )
        .fetch_all(self.conn())
        .await?;
        Ok(hits)
    }

    /// Somebody who was found, to be spoken to: who they are, what can be said, what they need not be asked again. Read
    /// like a record, and recorded like one.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn known(&mut self, id: ReferralId) -> Result<Revealed, StoreError> {
        let referral = self.load_referral(id, Action::PersonFind).await?;
        Ok(reveal(&self.ctx.actor, referral.known_sections()))
    }

    /// The keys of a referral's person, in place of earlier ones.
    pub(crate) async fn write_keys(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let keys = referral.keys();
        let (kinds, keys) = columns(&keys);
        let tenant = self.tenant();
        sqlx::query!(
            "WITH new AS (SELECT k.kind, k.key FROM unnest($3::text[], $4::text[]) AS k (kind, key)),
                  gone AS (
                      DELETE FROM person_key AS old
                      WHERE old.tenant_id = $1 AND old.person_id = $2
                        AND NOT EXISTS (SELECT FROM new WHERE new.kind = old.kind AND new.key = old.key))
             INSERT INTO person_key (tenant_id, person_id, kind, key)
             SELECT $1, $2, new.kind, new.key FROM new
             ON CONFLICT DO NOTHING",
            tenant,
            Uuid::from(referral.person().id),
            &kinds,
            &keys,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// Whether a key led to more than one statement reads.
fn is_full(hits: &[Hit]) -> bool {
    let mut by_door: BTreeMap<i64, usize> = BTreeMap::new();
    for hit in hits {
        *by_door.entry(hit.door).or_default() += 1;
    }
    by_door.values().any(|count| *count >= OF_ONE_KEY)
}

/// Those who are an answer, ranked. Several keys lead to the same person.
fn of_keys(search: &Search, wanted: &[Wanted], hits: Vec<Hit>) -> Result<Vec<Known>, StoreError> {
    let mut candidates: BTreeMap<Uuid, Candidate> = BTreeMap::new();
    for hit in hits {
        if let std::collections::btree_map::Entry::Vacant(place) = candidates.entry(hit.id) {
            place.insert(hit.candidate()?);
        }
    }
    // Ids are made in time: the newest stands first among those who agree alike.
    let newest_first = candidates.into_values().rev();
    let found = newest_first.map(|candidate| {
        let keys = keys(&candidate.person, true);
        (candidate, keys)
    });
    let fit = ranked(wanted, found).into_iter().filter(|one| search.fits(&one.of.person, &one.because));
    Ok(fit
        .map(|one| {
            let by_reference = matches!(search, Search::Reference(_)).then_some(Because::Reference);
            let because = one.because.into_iter().chain(by_reference).collect();
            Known { because, ..one.of.known }
        })
        .collect())
}

fn columns(keys: &BTreeSet<PersonKey>) -> (Vec<String>, Vec<String>) {
    keys.iter().map(|key| (key.kind().code().to_owned(), key.as_str().to_owned())).unzip()
}

/// So many people at once when keys are made anew.
const AT_ONCE: i64 = 500;

/// Makes the keys of everybody whose keys were made by older rules, or never: once after an update. Each county's in
/// transactions of its own, as the application's role; stopped half-way, it goes on where it was.
pub(crate) async fn fill(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql("SET ROLE onedoor_app").execute(&mut *connection).await?;
    let tenants =
        sqlx::query_scalar!("SELECT id FROM tenant ORDER BY id").fetch_all(&mut *connection).await?;
    for tenant in tenants {
        while fill_some(connection, TenantId(tenant)).await? {}
    }
    Ok(())
}

/// Whether there may be more.
async fn fill_some(connection: &mut PgConnection, tenant: TenantId) -> Result<bool, sqlx::Error> {
    let text = format!("BEGIN; SET LOCAL app.tenant = '{}'", tenant.0.as_hyphenated());
    let mut tx = connection.begin_with(sqlx::AssertSqlSafe(text)).await?;
    let rows = sqlx::query!(
        r#"SELECT p.id, p.body AS person, r.body AS head
           FROM person p JOIN referral r ON r.tenant_id = p.tenant_id AND r.person_id = p.id
           WHERE p.tenant_id = $1 AND p.keyed < $2
           ORDER BY p.keyed, p.id LIMIT $3 FOR UPDATE OF p"#,
        tenant.0,
        RULES,
        AT_ONCE
    )
    .fetch_all(&mut *tx)
    .await?;
    let more = i64::try_from(rows.len()).is_ok_and(|rows| rows == AT_ONCE);
    let (mut people, mut owners, mut kinds, mut texts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        people.push(row.id);
        for key in made(PersonId(row.id), row.person, row.head) {
            owners.push(row.id);
            kinds.push(key.kind().code().to_owned());
            texts.push(key.as_str().to_owned());
        }
    }
    sqlx::query!("DELETE FROM person_key WHERE tenant_id = $1 AND person_id = ANY ($2)", tenant.0, &people)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "INSERT INTO person_key (tenant_id, person_id, kind, key)
         SELECT $1, k.person_id, k.kind, k.key
         FROM unnest($2::uuid[], $3::text[], $4::text[]) AS k (person_id, kind, key)
         ON CONFLICT DO NOTHING",
        tenant.0,
        &owners,
        &kinds,
        &texts
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE person SET keyed = $3 WHERE tenant_id = $1 AND id = ANY ($2)",
        tenant.0,
        &people,
        RULES
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(more)
}

/// The keys of one person. Who cannot be read cannot be found by keys either, and does not stop an update.
fn made(id: PersonId, person: Value, head: Value) -> BTreeSet<PersonKey> {
    match (read::<Person>(person, "person"), read::<Head>(head, "referral")) {
        (Ok(person), Ok(head)) => head.keys_of(&person),
        (Err(_), _) | (_, Err(_)) => {
            tracing::error!(person = %id, "a record cannot be read, so nobody finds it by name or number");
            BTreeSet::new()
        }
    }
}

//! The matching rules: what is in force, the draft, every edition; dry runs of drafts; and how often suggestions were
//! followed, as counts. What is known of one person leaves with their referral, never from here.

use std::sync::Arc;

use jiff::Timestamp;
use onedoor_domain::access::{Action, Target};
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::{Event, Noun};
use onedoor_domain::ids::{DryRunId, ReferralId, RulebookId, TeamId};
use onedoor_domain::matching::{BUILT_IN, Chosen, DryRun, DryRunState, Edition, Picture, RuleId, Rulebook};
use onedoor_domain::referral::{Head, Person, Referral};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql, to_stored};
use crate::write::{document, expect_one};

/// How often a rule suggested, and what was made of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleUse {
    /// The rule.
    pub rule: RuleId,
    /// How often it was shown.
    pub shown: u64,
    /// How often it was followed.
    pub followed: u64,
    /// How often another suggestion was followed instead.
    pub another: u64,
    /// How often the decision differed from all that was suggested.
    pub differed: u64,
}

/// How often decisions that named a team differed from what was suggested.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamUse {
    /// The team; none for advice and for services without accounts.
    pub team: Option<TeamId>,
    /// How often it was chosen while something was suggested.
    pub decided: u64,
    /// How often that differed.
    pub differed: u64,
}

/// What was made of suggestions since a day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overrides {
    /// Rule by rule, by their name in data.
    pub rules: Vec<RuleUse>,
    /// Team by team.
    pub teams: Vec<TeamUse>,
    /// Why decisions differed: the reason's code, and how often.
    pub reasons: Vec<(String, u64)>,
}

/// Some of the referrals of a dry run: what is known of each, and where to go on.
#[derive(Debug)]
pub struct Pictures {
    /// What is known.
    pub known: Vec<Picture>,
    /// The last of them; none once there are no more.
    pub after: Option<(Timestamp, ReferralId)>,
}

impl Tx {
    /// The edition in force. Rules are no secret and say nothing about anybody, so no access is decided here.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn rules_in_force(&mut self) -> Result<Arc<Edition>, StoreError> {
        self.around().await?.rules()
    }

    /// The county's rules with their draft, locked.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn rulebook(&mut self, action: Action) -> Result<Rulebook, StoreError> {
        let tenant = self.tenant();
        let subject = Self::subject(Noun::Rules, RulebookId(tenant));
        self.require(action, Some(subject), &Target::Role).await?;
        let body = sqlx::query_scalar!(
            "SELECT body FROM rulebook WHERE tenant_id = $1 AND id = $1 FOR UPDATE",
            tenant
        )
        .fetch_optional(self.conn())
        .await?;
        self.saw(action, subject, vec![]);
        body.map_or_else(|| Ok(Rulebook::new(tenant, built_in()?)), |body| read(body, "rules"))
    }

    /// Every edition that was in force, the newest first; what came with the software is the last.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn rules_editions(&mut self) -> Result<Vec<Edition>, StoreError> {
        self.require(Action::RulesRead, None, &Target::Role).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM rules_edition WHERE tenant_id = $1 ORDER BY number DESC LIMIT 200",
            tenant
        )
        .fetch_all(self.conn())
        .await?;
        let signed = rows.into_iter().map(|body| read(body, "edition"));
        signed.chain([built_in()]).collect()
    }

    /// One edition; 0 is what came with the software.
    ///
    /// # Errors
    /// [`StoreError::Refused`], [`StoreError::Hidden`].
    pub async fn rules_edition(&mut self, number: u32) -> Result<Edition, StoreError> {
        let tenant = self.tenant();
        let subject = Self::subject(Noun::Rules, RulebookId(tenant));
        self.require(Action::RulesRead, Some(subject), &Target::Role).await?;
        if number == 0 {
            return built_in();
        }
        let body = sqlx::query_scalar!(
            "SELECT body FROM rules_edition WHERE tenant_id = $1 AND number = $2",
            tenant,
            i32::try_from(number).unwrap_or(i32::MAX)
        )
        .fetch_optional(self.conn())
        .await?;
        match body {
            Some(body) => read(body, "edition"),
            None => Err(self.absent(Action::RulesRead, subject).await),
        }
    }

    /// What happened to the rules, the newest first; the steps of dry runs, of which there are hundreds, left out.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn rules_events(&mut self) -> Result<Vec<Event>, StoreError> {
        let tenant = self.tenant();
        let subject = Self::subject(Noun::Rules, RulebookId(tenant));
        self.require(Action::RulesRead, Some(subject), &Target::Role).await?;
        let rows = sqlx::query_scalar!(
            "SELECT body FROM event WHERE tenant_id = $1 AND noun = 'rules' AND subject_id = $1
                 AND kind <> 'dry_run_went_on'
             ORDER BY at DESC, id DESC LIMIT 50",
            tenant
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|body| read(body, "event")).collect()
    }

    /// The newest dry run.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn newest_dry_run(&mut self) -> Result<Option<DryRun>, StoreError> {
        self.require(Action::RulesRead, None, &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM dry_run WHERE tenant_id = $1 ORDER BY began_at DESC, id DESC LIMIT 1",
            tenant
        )
        .fetch_optional(self.conn())
        .await?;
        body.map(|body| read(body, "dry run")).transpose()
    }

    /// How many referrals arrived since: one number.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn arrivals_since(&mut self, since: Timestamp) -> Result<u64, StoreError> {
        self.require(Action::RulesWrite, None, &Target::Role).await?;
        let tenant = self.tenant();
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM referral WHERE tenant_id = $1 AND received_at >= $2"#,
            tenant,
            sql(since) as _
        )
        .fetch_one(self.conn())
        .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// One dry run, locked, with the draft it tries and the edition it is compared with: for the worker alone.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn dry_run(&mut self, id: DryRunId) -> Result<(DryRun, Rulebook), StoreError> {
        let tenant = self.tenant();
        let subject = Self::subject(Noun::Rules, RulebookId(tenant));
        self.require(Action::DryRunGoOn, Some(subject), &Target::Role).await?;
        let run = sqlx::query_scalar!(
            "SELECT body FROM dry_run WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        // Not locked: an editor never waits for a dry run.
        let book = sqlx::query_scalar!("SELECT body FROM rulebook WHERE tenant_id = $1 AND id = $1", tenant)
            .fetch_optional(self.conn())
            .await?;
        let (Some(run), Some(book)) = (run, book) else {
            return Err(self.absent(Action::DryRunGoOn, subject).await);
        };
        Ok((read(run, "dry run")?, read(book, "rules")?))
    }

    /// What is known of the next referrals of a dry run, as their records stand now, without who they are: for the worker
    /// alone, which makes counts of it.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn pictures(&mut self, run: &DryRun) -> Result<Pictures, StoreError> {
        self.require(Action::DryRunGoOn, None, &Target::Role).await?;
        let (at, id) = match &run.state {
            DryRunState::Running { after: Some((at, id)) } => (*at, *id),
            DryRunState::Running { after: None }
            | DryRunState::Finished { .. }
            | DryRunState::GivenUp { .. } => (run.since, ReferralId(Uuid::nil())),
        };
        let tenant = self.tenant();
        let rows = sqlx::query_file!("sql/dry_run.sql", tenant, sql(at) as _, Uuid::from(id))
            .fetch_all(self.conn())
            .await?;
        self.saw_list(Action::DryRunGoOn, Vec::new());
        let day = local_date(run.began_at);
        let full = rows.len() == BATCH;
        let last = rows.last().map(|row| (to_stored(row.received_at.to_jiff()), ReferralId(row.id)));
        let picture = |head: Value, person: Value| -> Result<Picture, StoreError> {
            let (head, person): (Head, Person) = (read(head, "referral")?, read(person, "person")?);
            Ok(head.picture(&person, day))
        };
        let known = rows.into_iter().map(|row| picture(row.head, row.person)).collect::<Result<_, _>>()?;
        Ok(Pictures { known, after: last.filter(|_| full) })
    }

    /// How often suggestions were followed since a moment.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn overrides(&mut self, since: Timestamp) -> Result<Overrides, StoreError> {
        self.require(Action::OverridesRead, None, &Target::Role).await?;
        let tenant = self.tenant();
        let rules = sqlx::query!(
            r#"SELECT s.rule AS "rule!", count(*) AS "shown!", count(*) FILTER (WHERE c.followed = s.rule) AS "followed!",
                   count(*) FILTER (WHERE c.followed <> s.rule) AS "another!",
                   count(*) FILTER (WHERE c.reason IS NOT NULL) AS "differed!"
               FROM match_choice c CROSS JOIN unnest(c.shown) AS s (rule)
               WHERE c.tenant_id = $1 AND c.at >= $2
               GROUP BY s.rule ORDER BY s.rule LIMIT 1000"#,
            tenant,
            sql(since) as _
        )
        .fetch_all(self.conn())
        .await?;
        let teams = sqlx::query!(
            r#"SELECT team_id, count(*) AS "decided!", count(*) FILTER (WHERE reason IS NOT NULL) AS "differed!"
               FROM match_choice WHERE tenant_id = $1 AND at >= $2 AND cardinality(shown) > 0
               GROUP BY team_id ORDER BY team_id LIMIT 1000"#,
            tenant,
            sql(since) as _
        )
        .fetch_all(self.conn())
        .await?;
        let reasons = sqlx::query!(
            r#"SELECT reason AS "reason!", count(*) AS "count!" FROM match_choice
               WHERE tenant_id = $1 AND at >= $2 AND reason IS NOT NULL
               GROUP BY reason ORDER BY reason"#,
            tenant,
            sql(since) as _
        )
        .fetch_all(self.conn())
        .await?;
        self.saw_list(Action::OverridesRead, Vec::new());
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        let rules = rules.into_iter().map(|row| {
            let rule = row.rule.parse().map_err(|_| StoreError::Unreadable("rule"))?;
            let (shown, followed) = (number(row.shown), number(row.followed));
            let (another, differed) = (number(row.another), number(row.differed));
            Ok(RuleUse { rule, shown, followed, another, differed })
        });
        let teams = teams.into_iter().map(|row| TeamUse {
            team: row.team_id.map(TeamId),
            decided: number(row.decided),
            differed: number(row.differed),
        });
        Ok(Overrides {
            rules: rules.collect::<Result<_, StoreError>>()?,
            teams: teams.collect(),
            reasons: reasons.into_iter().map(|row| (row.reason, number(row.count))).collect(),
        })
    }

    pub(crate) async fn write_rules(
        &mut self,
        book: &Rulebook,
        edition: Option<&Edition>,
    ) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let next = Rulebook { version: book.version + 1, ..book.clone() };
        let done = sqlx::query!(
            "INSERT INTO rulebook AS b (tenant_id, id, version, body) VALUES ($1, $1, $2::bigint + 1, $3)
             ON CONFLICT (tenant_id, id) DO UPDATE SET version = excluded.version, body = excluded.body
             WHERE b.version = $2::bigint",
            tenant,
            book.version,
            document(&next)?,
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())?;
        let Some(edition) = edition else { return Ok(()) };
        sqlx::query!(
            "INSERT INTO rules_edition (tenant_id, number, signed_at, body) VALUES ($1, $2, $3, $4)",
            tenant,
            i32::try_from(edition.number).unwrap_or(i32::MAX),
            sql(edition.signed_at.unwrap_or(self.ctx.now)) as _,
            document(edition)?,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn write_dry_run(&mut self, run: &DryRun) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO dry_run (tenant_id, id, began_at, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, id) DO UPDATE SET body = excluded.body",
            tenant,
            Uuid::from(run.id),
            sql(run.began_at) as _,
            document(run)?,
        )
        .execute(self.conn())
        .await?;
        if run.is_running() {
            self.put_job("dry-run", run.id.into(), self.ctx.now).await
        } else {
            self.remove_job(run.id.into()).await
        }
    }

    /// What was made of suggestions, for counting: a row is written once, with the decision it belongs to.
    pub(crate) async fn write_choices(&mut self, referral: &Referral) -> Result<(), StoreError> {
        if !referral.head().is_changed() || referral.weighed().is_empty() {
            return Ok(());
        }
        let row = |one: &onedoor_domain::matching::Weighed| {
            let (followed, reason) = match &one.chosen {
                Chosen::Follows { rule } => (Some(rule.as_str()), None),
                Chosen::Differs { reason, .. } => (None, Some(reason.code())),
                Chosen::NothingSuggested => (None, None),
            };
            let shown: Vec<&str> = one.shown.iter().map(|one| one.rule.as_str()).collect();
            json!({
                "id": one.id, "at": one.at, "edition": one.edition, "shown": shown, "followed": followed,
                "reason": reason, "team_id": one.team,
            })
        };
        let rows = Value::Array(referral.weighed().iter().map(row).collect());
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO match_choice (tenant_id, id, referral_id, at, edition, shown, followed, reason, team_id)
             SELECT $1, c.id, $2, c.at, c.edition, c.shown, c.followed, c.reason, c.team_id
             FROM jsonb_to_recordset($3)
                  AS c (id uuid, at timestamptz, edition integer, shown text[], followed text, reason text,
                        team_id uuid)
             ON CONFLICT (tenant_id, id) DO NOTHING",
            tenant,
            Uuid::from(referral.id()),
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// What came with the software: edition 0 of every county.
pub(crate) fn built_in() -> Result<Edition, StoreError> {
    let rules = serde_json::from_str(BUILT_IN).map_err(|_| StoreError::Unreadable("rules"))?;
    Ok(Edition::built_in(rules))
}

/// As many rows as one step of a dry run reads; the statement says the same.
const BATCH: usize = 500;

//! Counts for reports: numbers by kind, team and group, never a person. What of them may be shown is the domain's to say.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::Role;
use onedoor_domain::change::EventKind;
use onedoor_domain::clock::{ClockKind, StopWhy};
use onedoor_domain::door::ForWhom;
use onedoor_domain::ids::TeamId;
use onedoor_domain::insight::{Around, Decision, Months, WATCHED};
use onedoor_domain::value::{EthnicCategory, EthnicGroup};
use onedoor_domain::worklist::AgeGroup;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};

/// So many decisions of one kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DecisionCount {
    /// What was decided.
    pub decision: Decision,
    /// At which single point of access.
    pub spoa: TeamId,
    /// The team that holds the person after it; none for a service without accounts, and where nobody else holds them.
    pub holder: Option<TeamId>,
    /// Who had asked.
    pub source: ForWhom,
    /// How old the person was.
    pub age: AgeGroup,
    /// The ethnic group they say they belong to.
    pub ethnic: EthnicGroup,
    /// How many.
    pub count: u32,
}

/// So many decisions that had suggestions of the rules beside them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChoiceCount {
    /// At which single point of access.
    pub team: TeamId,
    /// The ethnic group the person says they belong to.
    pub ethnic: EthnicGroup,
    /// Whether the decision differs from every suggestion.
    pub differs: bool,
    /// How many.
    pub count: u32,
}

/// So many clocks that stopped on one day around their target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockCount {
    /// What it measures.
    pub kind: ClockKind,
    /// Why it stopped.
    pub why: StopWhy,
    /// When it stopped.
    pub around: Around,
    /// How many.
    pub count: u32,
}

impl Tx {
    /// The decisions of some months: of the whole county for a service manager, of one's own teams for a team manager.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn decisions_counted(&mut self, months: Months) -> Result<Vec<DecisionCount>, StoreError> {
        self.require(Action::ReportRead, None, &Target::Role).await?;
        let (tenant, teams) = (self.tenant(), self.reported());
        let kinds: Vec<String> = Decision::ALL.iter().filter_map(|one| stored(one.event())).collect();
        let rows = sqlx::query_file!(
            "sql/decisions_counted.sql",
            tenant,
            &kinds,
            sql(months.begins()) as _,
            sql(months.ends()) as _,
            teams.as_deref()
        )
        .fetch_all(self.conn())
        .await?;
        let bad = || StoreError::Unreadable("count");
        rows.into_iter()
            .map(|row| {
                let decision = |one: &Decision| stored(one.event()).as_ref() == Some(&row.kind);
                Ok(DecisionCount {
                    decision: Decision::ALL.into_iter().find(decision).ok_or_else(bad)?,
                    spoa: TeamId(row.spoa_id),
                    holder: row.holder_id.map(TeamId),
                    source: row.source.as_deref().and_then(ForWhom::from_code).unwrap_or_default(),
                    age: row.age_group.as_deref().and_then(AgeGroup::from_code).unwrap_or(AgeGroup::NotKnown),
                    ethnic: ethnic(row.ethnic.as_deref()),
                    count: u32::try_from(row.count).map_err(|_| bad())?,
                })
            })
            .collect()
    }

    /// The decisions of some months that had suggestions beside them, and how many differ from all of them.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn choices_counted(&mut self, months: Months) -> Result<Vec<ChoiceCount>, StoreError> {
        self.require(Action::ReportRead, None, &Target::Role).await?;
        let (tenant, teams) = (self.tenant(), self.reported());
        let rows = sqlx::query_file!(
            "sql/choices_counted.sql",
            tenant,
            sql(months.begins()) as _,
            sql(months.ends()) as _,
            teams.as_deref()
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(ChoiceCount {
                    team: TeamId(row.team_id),
                    ethnic: ethnic(row.ethnic.as_deref()),
                    differs: row.differs,
                    count: u32::try_from(row.count).map_err(|_| StoreError::Unreadable("count"))?,
                })
            })
            .collect()
    }

    /// The watched clocks that stopped in some months, by why and by the day around their target.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn clocks_counted(&mut self, months: Months) -> Result<Vec<ClockCount>, StoreError> {
        self.require(Action::ReportRead, None, &Target::Role).await?;
        let (tenant, teams) = (self.tenant(), self.reported());
        let kinds = WATCHED.map(|kind| kind.code().to_owned());
        let rows = sqlx::query_file!(
            "sql/clocks_counted.sql",
            tenant,
            &kinds,
            sql(months.begins()) as _,
            sql(months.ends()) as _,
            teams.as_deref()
        )
        .fetch_all(self.conn())
        .await?;
        let bad = || StoreError::Unreadable("count");
        rows.into_iter()
            .map(|row| {
                Ok(ClockCount {
                    kind: ClockKind::from_code(&row.kind).ok_or_else(bad)?,
                    why: StopWhy::from_code(&row.why).ok_or_else(bad)?,
                    around: Around::of(row.days * 86_400),
                    count: u32::try_from(row.count).map_err(|_| bad())?,
                })
            })
            .collect()
    }

    /// Whose decisions this actor's reports count; none for everybody's.
    fn reported(&self) -> Option<Vec<Uuid>> {
        let all = self.ctx.actor.staff().is_some_and(|staff| staff.roles.contains(&Role::ServiceManager));
        (!all).then(|| self.own_teams())
    }
}

/// The group of a stored category; a referral without one was never asked, or left it out.
fn ethnic(code: Option<&str>) -> EthnicGroup {
    code.and_then(EthnicCategory::from_code).map_or(EthnicGroup::NotRecorded, EthnicCategory::group)
}

/// How an event's kind is stored.
fn stored(kind: EventKind) -> Option<String> {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned))
}

//! Names of colleagues: who is rung, who carries people. Names and professions, nothing else of an account: those belong
//! to `team`.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::Role;
use onedoor_domain::ids::{TeamId, UserId};
use onedoor_domain::value::Line;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::Tx;

/// A colleague, as other colleagues see them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Colleague {
    /// The account.
    pub user: UserId,
    /// The name.
    pub name: Line,
    /// What they are, in words.
    pub profession: Option<Line>,
}

impl Tx {
    /// Those of these accounts that exist, by name: staff know each other's.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for the public.
    pub async fn colleagues(&mut self, users: &[UserId]) -> Result<Vec<Colleague>, StoreError> {
        self.require(Action::Directory, None, &Target::Role).await?;
        let tenant = self.tenant();
        let users: Vec<Uuid> = users.iter().copied().map(Uuid::from).collect();
        let rows = sqlx::query!(
            "SELECT id, name, profession FROM staff WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY name, id",
            tenant,
            &users
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|row| colleague(row.id, &row.name, row.profession.as_deref())).collect()
    }

    /// Who of a team can be given what is to be done there: accounts in use that may open its records. For whoever may give it.
    /// A county has tens of teams of tens of people, so the list is whole.
    ///
    /// # Errors
    /// [`StoreError::Refused`]; [`StoreError::Hidden`] for a team that is not the actor's.
    pub async fn team_members(&mut self, team: TeamId) -> Result<Vec<Colleague>, StoreError> {
        self.require(Action::TaskGive, None, &Target::Record(&[team].into())).await?;
        let tenant = self.tenant();
        let roles: Vec<String> =
            Action::ReferralRead.roles().iter().map(|role| role.code().to_owned()).collect();
        let rows = sqlx::query!(
            "SELECT id, name, profession FROM staff
             WHERE tenant_id = $1 AND $2 = ANY (teams) AND roles && $3 AND state ->> 'state' = 'active'
             ORDER BY name, id",
            tenant,
            Uuid::from(team),
            &roles
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|row| colleague(row.id, &row.name, row.profession.as_deref())).collect()
    }
}

/// Roles that carry people: each of them meets the person in every accepting team of this release.
pub(crate) const KEY_WORKERS: [Role; 4] =
    [Role::KeyWorker, Role::CrisisTeam, Role::VcsWorker, Role::CafeHost];

pub(crate) fn colleague(id: Uuid, name: &str, profession: Option<&str>) -> Result<Colleague, StoreError> {
    let bad = || StoreError::Unreadable("account");
    let profession = profession.map(str::parse).transpose().map_err(|_| bad())?;
    Ok(Colleague { user: UserId(id), name: name.parse().map_err(|_| bad())?, profession })
}

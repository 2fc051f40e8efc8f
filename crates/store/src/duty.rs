//! Who can be rung for a duty page. The worker asks; nobody else gets addresses from here.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::Role;
use onedoor_domain::duty::Rung;
use onedoor_domain::ids::UserId;
use onedoor_domain::value::{Email, Line, Phone};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::Tx;

/// Somebody who can be rung and may answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reachable {
    /// The account.
    pub user: UserId,
    /// The name colleagues see.
    pub name: Line,
    /// Where they take work e-mail.
    pub email: Email,
    /// Where they can be paged by text, if they gave a number.
    pub phone: Option<Phone>,
}

impl Tx {
    /// The people of one rung whose account is in use and whose role may answer a page; none for the crisis line, which
    /// has no accounts.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn reachable(&mut self, rung: &Rung) -> Result<Vec<Reachable>, StoreError> {
        self.require(Action::DutyEscalate, None, &Target::Role).await?;
        let (user, team) = match rung {
            Rung::Duty(user) | Rung::Deputy(user) | Rung::ServiceManager(user) => (Some(*user), None),
            Rung::FallbackTeam(team) => (None, Some(*team)),
            Rung::CrisisLine => return Ok(Vec::new()),
        };
        let roles: Vec<String> =
            Action::DutyAcknowledge.roles().iter().map(|role: &Role| role.code().to_owned()).collect();
        let tenant = self.tenant();
        let rows = sqlx::query!(
            "SELECT id, name, email, phone FROM staff
             WHERE tenant_id = $1 AND (id = $2 OR $3 = ANY (teams)) AND state->>'state' = 'active' AND roles && $4
             ORDER BY name, id",
            tenant,
            user.map(Uuid::from),
            team.map(Uuid::from),
            &roles,
        )
        .fetch_all(self.conn())
        .await?;
        let bad = || StoreError::Unreadable("account");
        rows.into_iter()
            .map(|row| {
                Ok(Reachable {
                    user: UserId(row.id),
                    name: row.name.parse().map_err(|_| bad())?,
                    email: row.email.parse().map_err(|_| bad())?,
                    phone: row.phone.map(|text| text.parse()).transpose().map_err(|_| bad())?,
                })
            })
            .collect()
    }
}

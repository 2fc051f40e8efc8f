//! Accounts, teams and organisations.

use std::sync::Arc;

use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::Role;
use onedoor_domain::change::Noun;
use onedoor_domain::ids::{LinkId, OrgId, TeamId, UserId};
use onedoor_domain::team::{Invitation, Org, Team, User, UserState};
use onedoor_domain::value::Email;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};
use crate::write::{document, expect_one};

struct UserRow {
    id: Uuid,
    version: i64,
    org_id: Uuid,
    name: String,
    email: String,
    profession: Option<String>,
    phone: Option<String>,
    roles: Vec<String>,
    teams: Vec<Uuid>,
    state: Value,
    password: Option<String>,
    factor: Option<Vec<u8>>,
    factor_step: i64,
    reset: Option<Value>,
}

impl UserRow {
    fn user(self) -> Result<User, StoreError> {
        let bad = || StoreError::Unreadable("account");
        let state: UserState = read(self.state, "account")?;
        Ok(User {
            id: UserId(self.id),
            org: OrgId(self.org_id),
            name: self.name.parse().map_err(|_| bad())?,
            email: self.email.parse().map_err(|_| bad())?,
            profession: self.profession.map(|text| text.parse()).transpose().map_err(|_| bad())?,
            phone: self.phone.map(|text| text.parse()).transpose().map_err(|_| bad())?,
            roles: self.roles.iter().filter_map(|code| Role::from_code(code)).collect(),
            teams: self.teams.into_iter().map(TeamId).collect(),
            state,
            password: self.password,
            factor: self.factor,
            factor_step: self.factor_step,
            reset: self.reset.map(|reset| read(reset, "reset")).transpose()?,
            version: self.version,
        })
    }
}

impl Tx {
    /// The account with this e-mail, for signing in. Never says to anybody else whether it exists.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in itself.
    pub async fn user_to_sign_in(&mut self, email: &Email) -> Result<Option<User>, StoreError> {
        self.require(Action::SignIn, None, &Target::Role).await?;
        let tenant = self.tenant();
        let row = sqlx::query_as!(
            UserRow,
            "SELECT id, version, org_id, name, email, profession, phone, roles, teams, state, password, factor,
                    factor_step, reset
             FROM staff WHERE tenant_id = $1 AND email = $2",
            tenant,
            email.as_str()
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(UserRow::user).transpose()
    }

    /// An account, locked, for `action`. One's own is open to [`Action::OwnSession`] only.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn user(&mut self, id: UserId, action: Action) -> Result<User, StoreError> {
        let subject = Self::subject(Noun::User, id);
        self.require(action, Some(subject), &Target::Account(id)).await?;
        let tenant = self.tenant();
        let row = sqlx::query_as!(
            UserRow,
            "SELECT id, version, org_id, name, email, profession, phone, roles, teams, state, password, factor,
                    factor_step, reset
             FROM staff WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Err(self.absent(action, subject).await) };
        self.saw(action, subject, vec![]);
        row.user()
    }

    /// A page of accounts by name, after the last one shown.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn users(&mut self, after: Option<(String, UserId)>) -> Result<Vec<User>, StoreError> {
        self.require(Action::StaffRead, None, &Target::Role).await?;
        let tenant = self.tenant();
        let (name, id) = after.map_or((String::new(), Uuid::nil()), |(name, id)| (name, id.into()));
        let rows = sqlx::query_as!(
            UserRow,
            "SELECT id, version, org_id, name, email, profession, phone, roles, teams, state, password, factor,
                    factor_step, reset
             FROM staff WHERE tenant_id = $1 AND (name, id) > ($2, $3) ORDER BY name, id LIMIT 50",
            tenant,
            name,
            id
        )
        .fetch_all(self.conn())
        .await?;
        let users: Vec<User> = rows.into_iter().map(UserRow::user).collect::<Result<_, _>>()?;
        self.saw_list(Action::StaffRead, users.iter().map(|user| user.id.into()).collect());
        Ok(users)
    }

    /// Whose account has this e-mail, for whoever may invite: nobody is two people.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn user_with_email(&mut self, email: &Email) -> Result<Option<UserId>, StoreError> {
        self.require(Action::StaffWrite, None, &Target::Role).await?;
        let tenant = self.tenant();
        let found = sqlx::query_scalar!(
            "SELECT id FROM staff WHERE tenant_id = $1 AND email = $2",
            tenant,
            email.as_str()
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(found.map(UserId))
    }

    /// Teams by name. A county has tens of them, so the list is whole.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for the public.
    pub async fn teams(&mut self) -> Result<Arc<[Team]>, StoreError> {
        self.require(Action::Directory, None, &Target::Role).await?;
        self.around().await?.teams()
    }

    /// Organisations by name.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for the public.
    pub async fn orgs(&mut self) -> Result<Vec<Org>, StoreError> {
        self.require(Action::Directory, None, &Target::Role).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!("SELECT body FROM org WHERE tenant_id = $1 ORDER BY name, id", tenant)
            .fetch_all(self.conn())
            .await?;
        rows.into_iter().map(|body| read(body, "organisation")).collect()
    }

    /// The invitation whose link has this hash, locked, with its account.
    ///
    /// # Errors
    /// [`StoreError::Hidden`].
    pub async fn invitation(&mut self, link_hash: [u8; 32]) -> Result<(Invitation, User), StoreError> {
        self.require(Action::SignIn, None, &Target::Role).await?;
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT id, staff_id, link_hash, made_at, spent FROM invitation
             WHERE tenant_id = $1 AND link_hash = $2 FOR UPDATE",
            tenant,
            link_hash.as_slice()
        )
        .fetch_optional(self.conn())
        .await?;
        let row = row.ok_or(StoreError::Hidden)?;
        let made_at = row.made_at.to_jiff();
        let (id, user) = (LinkId(row.id), UserId(row.staff_id));
        let invitation = Invitation { id, user, link_hash, made_at, spent: row.spent };
        let user = self.user(user, Action::OwnSession).await?;
        Ok((invitation, user))
    }

    pub(crate) async fn write_user(&mut self, user: &User) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let roles: Vec<String> = user.roles.iter().map(|role| role.code().to_owned()).collect();
        let teams: Vec<Uuid> = user.teams.iter().copied().map(Uuid::from).collect();
        let left = self.leaves_care(user, &teams).await?;
        let done = sqlx::query!(
            "INSERT INTO staff AS s
                 (tenant_id, id, version, org_id, name, email, profession, roles, teams, state, password, factor,
                  factor_step, reset, phone)
             VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET version = excluded.version, org_id = excluded.org_id, name = excluded.name, email = excluded.email,
                 profession = excluded.profession, roles = excluded.roles, teams = excluded.teams,
                 state = excluded.state, password = excluded.password, factor = excluded.factor,
                 factor_step = excluded.factor_step, reset = excluded.reset, phone = excluded.phone
             WHERE s.version = $3",
            tenant,
            Uuid::from(user.id),
            user.version,
            Uuid::from(user.org),
            user.name.as_str(),
            user.email.as_str(),
            user.profession.as_ref().map(onedoor_domain::value::Checked::as_str),
            &roles,
            &teams,
            document(&user.state)?,
            user.password,
            user.factor.as_deref(),
            user.factor_step,
            user.reset.as_ref().map(document).transpose()?,
            user.phone.as_ref().map(onedoor_domain::value::Checked::as_str),
        )
        .execute(self.conn())
        .await
        .map_err(StoreError::or_taken)?;
        expect_one(done.rows_affected())?;
        // Whoever cannot be there any more in a team leaves people behind.
        if left {
            self.seek_cover(user.id).await?;
        }
        self.refresh_sessions(user).await
    }

    /// Whether people have this key worker, who from now on cannot be there any more in one of the teams.
    async fn leaves_care(&mut self, user: &User, teams: &[Uuid]) -> Result<bool, StoreError> {
        let tenant = self.tenant();
        let ended = matches!(user.state, UserState::Ended { .. });
        let left = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT FROM episode e
                   WHERE e.tenant_id = $1 AND e.key_worker = $2 AND e.ended_at IS NULL
                     AND ($3 OR e.team_id <> ALL ($4))) AS "left!""#,
            tenant,
            Uuid::from(user.id),
            ended,
            teams
        )
        .fetch_one(self.conn())
        .await?;
        Ok(left)
    }

    /// Open sessions see new roles at once, and end at once with the account.
    async fn refresh_sessions(&mut self, user: &User) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let ended = matches!(user.state, UserState::Ended { .. });
        let now = sql(self.ctx.now);
        sqlx::query!(
            "UPDATE session SET member = $3, ended_at = CASE WHEN $4 THEN $5 ELSE ended_at END
             WHERE tenant_id = $1 AND staff_id = $2 AND ended_at IS NULL",
            tenant,
            Uuid::from(user.id),
            member_document(user),
            ended,
            now as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn write_team(&mut self, team: &Team) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO team (tenant_id, id, org_id, name, accepts, active, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET org_id = excluded.org_id, name = excluded.name, accepts = excluded.accepts,
                 active = excluded.active, body = excluded.body",
            tenant,
            Uuid::from(team.id),
            Uuid::from(team.org),
            team.name.as_str(),
            team.accepts,
            team.active,
            document(team)?,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn write_org(&mut self, org: &Org) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO org (tenant_id, id, name, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, body = excluded.body",
            tenant,
            Uuid::from(org.id),
            org.name.as_str(),
            document(org)?,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn write_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO invitation (tenant_id, id, staff_id, link_hash, made_at, spent)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (tenant_id, id) DO UPDATE SET spent = excluded.spent",
            tenant,
            Uuid::from(invitation.id),
            Uuid::from(invitation.user),
            invitation.link_hash.as_slice(),
            sql(invitation.made_at) as _,
            invitation.spent,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// The account as an actor, kept in its sessions so that a request needs one row.
pub(crate) fn member_document(user: &User) -> Value {
    let roles: Vec<&str> = user.roles.iter().map(|role| role.code()).collect();
    json!({ "name": user.name, "org": user.org, "roles": roles, "teams": user.teams })
}

//! `onedoor admin create`: the county, its first organisation and its first system administrator.
//!
//! Whoever can run it holds the machine and the database; it prints a link and never a password.

use onedoor_domain::actor::{Actor, Ctx, Role, SystemScope};
use onedoor_domain::county::County;
use onedoor_domain::ids::OrgId;
use onedoor_domain::team::{NewUser, Org, OrgKind, User, UserState};
use onedoor_domain::value::{Email, Line};
use onedoor_store::migrate::make_tenant;
use onedoor_store::{Db, StoreError};

use super::Failure;
use super::database::Database;
use crate::cli::{Admin, Create};
use crate::session::token;
use crate::settings::Settings;
use crate::web::Clock;
use crate::web::app::new_id;

pub(super) async fn run(settings: Settings, command: Admin) -> Result<(), Failure> {
    let Admin::Create(options) = command;
    let name = line("--name", &options.name)?;
    let email = options.email.to_lowercase().parse::<Email>();
    let email =
        email.map_err(|_| Failure::Said("--email: give an address such as name@example.org".to_owned()))?;
    let database = Database::open(&settings).await?;
    let made = create(&database, &options, name, email).await;
    let closed = database.close().await;
    let token = made?;
    println!("Open this link within 7 days to set a password and an app for codes. It works once:\n");
    println!("  {}/invitation/{token}\n", settings.public_url);
    println!("Whoever opens it first is the system administrator. It is not shown again.");
    closed
}

async fn create(database: &Database, options: &Create, name: Line, email: Email) -> Result<String, Failure> {
    database.migrate().await?;
    let db = Db::connect(database.options.clone()).await?;
    let ctx = county(&db, options).await?;
    let users = everybody(&db, &ctx).await?;
    let administers =
        |user: &&User| user.roles.contains(&Role::Sysadmin) && !matches!(user.state, UserState::Ended { .. });
    if let Some(known) = users.iter().find(administers).filter(|_| !options.again) {
        return Err(Failure::Said(format!(
            "there is a system administrator: {} ({}). They can invite others. To make one more all the same, add --again",
            known.name, known.email
        )));
    }
    if users.iter().any(|user| user.email == email) {
        return Err(Failure::Said(format!("{email} has an account. Give another address")));
    }
    let org = organisation(&db, &ctx, options).await?;
    let (token, stored) = token();
    let new = NewUser {
        org,
        name,
        email,
        profession: None,
        phone: None,
        roles: [Role::Sysadmin].into(),
        teams: [].into(),
    };
    db.begin(&ctx).await?.commit(User::invite(&ctx, ctx.new_id(), new, stored)).await?;
    db.close().await;
    Ok(token)
}

/// The county of this installation, made if there is none, and the context to act in.
async fn county(db: &Db, options: &Create) -> Result<Ctx, Failure> {
    let (now, actor) = (Clock::system().now(), Actor::System(SystemScope::Command));
    let ctx = |tenant| Ctx { tenant, actor, now, request: new_id(), ids: new_id };
    let ctx = match db.tenant_of("").await {
        Ok(tenant) => ctx(tenant),
        Err(StoreError::Hidden) => {
            let ctx = ctx(new_id().into());
            make_tenant(db, &ctx, None).await?;
            ctx
        }
        Err(error) => return Err(error.into()),
    };
    let mut tx = db.begin(&ctx).await?;
    match tx.county().await {
        Ok(_) => {
            tx.close().await?;
        }
        Err(StoreError::Hidden) => {
            let county = County::new(line("--county", &options.county)?);
            tx.commit(county.change(&ctx, 0)).await?;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(ctx)
}

async fn organisation(db: &Db, ctx: &Ctx, options: &Create) -> Result<OrgId, Failure> {
    let mut tx = db.begin(ctx).await?;
    if let Some(org) = tx.orgs().await?.first() {
        return Ok(org.id);
    }
    let name = line("--organisation", &options.organisation)?;
    let org = Org { id: ctx.new_id(), name, kind: OrgKind::Trust, words: None, words_set: None };
    let id = org.id;
    tx.commit(org.put(ctx)).await?;
    Ok(id)
}

async fn everybody(db: &Db, ctx: &Ctx) -> Result<Vec<User>, StoreError> {
    let mut tx = db.begin(ctx).await?;
    let mut all: Vec<User> = Vec::new();
    loop {
        let after = all.last().map(|last| (last.name.to_string(), last.id));
        let more = tx.users(after).await?;
        if more.is_empty() {
            tx.close().await?;
            return Ok(all);
        }
        all.extend(more);
    }
}

fn line(option: &str, text: &str) -> Result<Line, Failure> {
    text.parse().map_err(|_| Failure::Said(format!("{option}: give a name of 1 to 200 letters")))
}

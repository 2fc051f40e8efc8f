//! Architecture §4, "Data": one schema however it was reached, migrations that can be run again, and a clear word where
//! the database's user may not make roles.

use std::path::{Path, PathBuf};

use onedoor_store::testing::{self, TestDb};
use onedoor_store::{Options, migrate};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

/// Everything a schema is, as text: columns, constraints, indexes, policies, owners, grants.
const SCHEMA: &str = "
    SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
        SELECT format('column %s.%s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod),
                      attnotnull, pg_get_expr(adbin, adrelid)) AS line
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
        UNION ALL SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index
        JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT format('policy %s %s %s %s', polrelid::regclass, polcmd, pg_get_expr(polqual, polrelid),
                                pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
        UNION ALL SELECT format('table %s %s %s %s', relname, pg_get_userbyid(relowner), relforcerowsecurity, relacl)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname <> '_sqlx_migrations'
        UNION ALL SELECT format('migration %s %s', version, encode(checksum, 'hex')) FROM _sqlx_migrations
    ) AS schema";

pub async fn schema(options: &Options) -> String {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    let text = sqlx::raw_sql(SCHEMA).fetch_one(&mut connection).await.unwrap().get(0);
    connection.close().await.unwrap();
    text
}

/// A database without anything in it.
pub async fn empty(database: &TestDb) -> Options {
    run(
        &database.options,
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner",
    )
    .await;
    database.options.clone()
}

async fn run(options: &Options, statement: &str) {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

fn steps() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut steps: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    steps.sort();
    steps
}

#[tokio::test]
async fn running_it_twice_changes_nothing() {
    let database = testing::database().await;
    let first = schema(&database.options).await;
    migrate::run(database.options.clone()).await.unwrap();
    assert_eq!(schema(&database.options).await, first);
}

#[tokio::test]
async fn an_installation_of_any_age_reaches_the_same_schema() {
    let database = testing::database().await;
    let fresh = schema(&database.options).await;
    let steps = steps();
    for age in 1..steps.len() {
        let options = empty(&database).await;
        let older = std::env::temp_dir().join(format!("onedoor-steps-{}-{age}", std::process::id()));
        std::fs::create_dir_all(&older).unwrap();
        for step in &steps[..age] {
            std::fs::copy(step, older.join(step.file_name().unwrap())).unwrap();
        }
        let migrator = sqlx::migrate::Migrator::new(older.as_path()).await.unwrap();
        let mut connection = PgConnection::connect_with(&options).await.unwrap();
        migrator.run(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        std::fs::remove_dir_all(&older).unwrap();
        migrate::run(options.clone()).await.unwrap();
        assert_eq!(schema(&options).await, fresh, "from step {age}");
    }
}

#[tokio::test]
async fn a_user_who_may_not_make_roles_is_told_what_to_run_and_then_it_works() {
    let database = testing::database().await;
    let name = database.options.get_database().unwrap().to_owned();
    let user = format!("onedoor_plain_{}", std::process::id());
    empty(&database).await;
    run(&database.options, &format!("CREATE ROLE {user} LOGIN; ALTER DATABASE {name} OWNER TO {user}")).await;
    let plain = database.options.clone().username(&user);
    let said = migrate::run(plain.clone()).await.unwrap_err();
    assert!(matches!(said, migrate::MigrateError::MayNotMakeRoles), "{said:?}");
    let said = said.to_string();
    assert!(
        said.contains("may not create roles") && said.contains("GRANT onedoor_owner, onedoor_app TO"),
        "{said}"
    );
    // What the message says, as a superuser; the roles exist on a server that has run other databases.
    run(&database.options, &format!("GRANT onedoor_owner, onedoor_app TO {user}")).await;
    migrate::run(plain.clone()).await.unwrap();
    // Connecting gives up the sign-in role for the application's.
    onedoor_store::Db::connect(plain).await.unwrap();
    let drop =
        format!("ALTER DATABASE {name} OWNER TO CURRENT_USER; REASSIGN OWNED BY {user} TO CURRENT_USER");
    run(&database.options, &drop).await;
    run(&database.options, &format!("DROP OWNED BY {user}; DROP ROLE {user}")).await;
}

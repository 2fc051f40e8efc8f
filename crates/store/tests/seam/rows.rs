//! Architecture §4, "Row-level security": FORCE on every tenant table, insert-only audit; §2: the application's role.
//! Raw SQL as `onedoor_app`, so that nothing of the seam can help.

use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use uuid::Uuid;

use super::house::{House, house, id};

/// Tables that no tenant's rows are hidden in, each for its reason.
const OPEN: [(&str, &str); 5] = [
    ("tenant", "read by host name before a tenant is known; names no person"),
    ("session", "read by the hash of a token before an actor is known; names no person but staff"),
    ("job", "taken before a tenant is chosen; tenant, kind and id only"),
    ("installation", "which version upgraded it and which backups were made; nothing about anybody"),
    ("_sqlx_migrations", "written by migrations only; the application has no grant on it"),
];

/// Kept for ever: the application may add to them and read them.
const FOREVER: [&str; 2] = ["event", "audit"];

struct Column {
    name: String,
    kind: String,
}

async fn tables(connection: &mut PgConnection) -> Vec<String> {
    let question = "SELECT relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1";
    let rows = sqlx::raw_sql(question).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

async fn tenant_tables(connection: &mut PgConnection) -> Vec<String> {
    let all = tables(connection).await;
    all.into_iter().filter(|table| OPEN.iter().all(|(open, _)| open != table)).collect()
}

async fn ask(connection: &mut PgConnection, question: String) -> i64 {
    sqlx::raw_sql(AssertSqlSafe(question)).fetch_one(connection).await.unwrap().get(0)
}

/// Runs one statement in a transaction of this tenant and takes it back: the rows it touched, or the error's code.
async fn tried(connection: &mut PgConnection, tenant: Option<Uuid>, statement: &str) -> Result<u64, String> {
    let set = tenant.map_or(String::new(), |tenant| format!("SET LOCAL app.tenant = '{tenant}';"));
    sqlx::raw_sql(AssertSqlSafe(format!("BEGIN; {set}"))).execute(&mut *connection).await.unwrap();
    let result = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut *connection).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await.unwrap();
    result.map(|done| done.rows_affected()).map_err(|error| {
        error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default().into_owned()
    })
}

/// A row of any shape for a tenant. Texts with a closed list take a word of that list.
async fn insert(connection: &mut PgConnection, table: &str, tenant: Uuid) -> String {
    let question = format!(
        "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute
         WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    );
    let rows = sqlx::raw_sql(AssertSqlSafe(question)).fetch_all(connection).await.unwrap();
    let columns: Vec<Column> = rows.iter().map(|row| Column { name: row.get(0), kind: row.get(1) }).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let values: Vec<String> = columns.iter().map(|column| value(table, column, tenant)).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

fn value(table: &str, column: &Column, tenant: Uuid) -> String {
    match (table, column.name.as_str(), column.kind.as_str()) {
        (_, "tenant_id", _) => format!("'{tenant}'"),
        ("visit", "errand", _) => "'answer'".to_owned(),
        ("handover", "state", _) => "'offered'".to_owned(),
        ("match_choice", "reason", _) => "'other'".to_owned(),
        ("referral", "state", _) => "'received'".to_owned(),
        ("audit", "outcome", _) => "'read'".to_owned(),
        ("file", "scan", _) => "'waiting'".to_owned(),
        ("return_key" | "tracking", "scope", _) => "'own'".to_owned(),
        ("person_key", "kind", _) => "'name'".to_owned(),
        ("service", "origin", _) => "'feed'".to_owned(),
        ("service", "state", _) => "'live'".to_owned(),
        ("content" | "content_edition", "form", _) => "'standard'".to_owned(),
        (_, _, "uuid") => format!("'{}'", id()),
        (_, name, "text") => format!("'{name} {}'", id()),
        (_, _, "jsonb") => "'{}'".to_owned(),
        (_, _, "timestamp with time zone") => "now()".to_owned(),
        (_, _, "date") => "current_date".to_owned(),
        (_, _, "boolean") => "false".to_owned(),
        (_, _, "bytea") => "'\\x00'".to_owned(),
        (_, _, "bigint" | "integer" | "smallint") => "0".to_owned(),
        (_, _, list) if list.ends_with("[]") => "'{}'".to_owned(),
        (table, name, kind) => panic!("{table}.{name} is a {kind}: say here what a row of it holds"),
    }
}

/// Every tenant table holds one row of each of two tenants.
async fn filled(house: &House) -> (Vec<String>, [Uuid; 2]) {
    let mut superuser = house.superuser().await;
    let tenants = [id(), id()];
    let tables = tenant_tables(&mut superuser).await;
    sqlx::raw_sql("SET session_replication_role = replica").execute(&mut superuser).await.unwrap();
    for table in &tables {
        for tenant in tenants {
            let statement = insert(&mut superuser, table, tenant).await;
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut superuser).await.unwrap();
        }
    }
    (tables, tenants)
}

#[tokio::test]
async fn every_table_hides_tenants_from_each_other_or_says_why_not() {
    let house = house().await;
    let mut superuser = house.superuser().await;
    let all = tables(&mut superuser).await;
    for (open, reason) in OPEN {
        assert!(all.iter().any(|table| table == open), "{open} is gone: take it off the list ({reason})");
    }
    for table in tenant_tables(&mut superuser).await {
        let question = format!(
            "SELECT (relrowsecurity AND relforcerowsecurity)::int::bigint * (
                 SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND polpermissive AND polcmd = '*'
                     AND pg_get_expr(polqual, polrelid) LIKE '%tenant_id = %app.tenant%')
             FROM pg_class c WHERE oid = '{table}'::regclass"
        );
        assert_eq!(
            ask(&mut superuser, question).await,
            1,
            "{table}: FORCE and exactly one policy by app.tenant"
        );
    }
}

#[tokio::test]
async fn the_applications_role_can_neither_own_nor_bypass() {
    let house = house().await;
    let wrong = "SELECT count(*) FROM pg_roles WHERE rolname = 'onedoor_app'
                 AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolcanlogin)";
    assert_eq!(house.number(wrong).await, 0);
    let owned = "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'onedoor_app'";
    assert_eq!(house.number(owned).await, 0);
    let member = "SELECT (pg_has_role('onedoor_app', 'onedoor_owner', 'MEMBER'))::int::bigint";
    assert_eq!(house.number(member).await, 0);
    let migrations = "SELECT (has_table_privilege('onedoor_app', '_sqlx_migrations', 'SELECT, INSERT, UPDATE, DELETE'))::int::bigint";
    assert_eq!(house.number(migrations).await, 0);
}

#[tokio::test]
async fn another_tenants_rows_cannot_be_read_written_moved_or_removed() {
    let house = house().await;
    let (tables, [own, other]) = filled(&house).await;
    let mut app = house.app().await;
    for table in &tables {
        let ours = format!("SELECT 1 FROM {table}");
        assert_eq!(tried(&mut app, Some(own), &ours).await, Ok(1), "{table}: one's own row and no other");
        let theirs = format!("SELECT 1 FROM {table} WHERE tenant_id = '{other}'");
        assert_eq!(tried(&mut app, Some(own), &theirs).await, Ok(0), "{table}: read");
        let statement = insert(&mut app, table, other).await;
        assert_eq!(tried(&mut app, Some(own), &statement).await, Err("42501".to_owned()), "{table}: insert");
        for (what, statement) in [
            ("update", format!("UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = '{other}'")),
            ("delete", format!("DELETE FROM {table} WHERE tenant_id = '{other}'")),
        ] {
            let touched = tried(&mut app, Some(own), &statement).await;
            assert!(touched == Ok(0) || touched == Err("42501".to_owned()), "{table}: {what} {touched:?}");
        }
        let moved = format!("UPDATE {table} SET tenant_id = '{other}'");
        assert_eq!(tried(&mut app, Some(own), &moved).await, Err("42501".to_owned()), "{table}: move");
        let emptied = format!("TRUNCATE {table} CASCADE");
        assert_eq!(tried(&mut app, Some(own), &emptied).await, Err("42501".to_owned()), "{table}: truncate");
    }
}

#[tokio::test]
async fn without_a_tenant_nothing_is_visible_and_nothing_can_be_added() {
    let house = house().await;
    let (tables, [own, _]) = filled(&house).await;
    let mut app = house.app().await;
    for table in &tables {
        let all = format!("SELECT 1 FROM {table}");
        assert_eq!(tried(&mut app, None, &all).await, Ok(0), "{table}: before any tenant was named");
        assert_eq!(tried(&mut app, Some(own), &all).await, Ok(1), "{table}");
        // A setting that was set once in a session is an empty text afterwards.
        assert_eq!(tried(&mut app, None, &all).await, Ok(0), "{table}: after a tenant was named");
        let statement = insert(&mut app, table, own).await;
        assert_eq!(tried(&mut app, None, &statement).await, Err("42501".to_owned()), "{table}: insert");
    }
}

// seed: 64
#[tokio::test]
async fn what_happened_and_who_looked_can_be_added_to_but_never_changed_or_removed() {
    let house = house().await;
    let (_, [own, _]) = filled(&house).await;
    let mut app = house.app().await;
    for table in FOREVER {
        let statement = insert(&mut app, table, own).await;
        assert_eq!(tried(&mut app, Some(own), &statement).await, Ok(1), "{table}: insert");
        for statement in [
            format!("UPDATE {table} SET at = at"),
            format!("DELETE FROM {table}"),
            format!("{statement} ON CONFLICT (tenant_id, id) DO UPDATE SET at = now()"),
        ] {
            assert_eq!(tried(&mut app, Some(own), &statement).await, Err("42501".to_owned()), "{statement}");
        }
    }
}

#[tokio::test]
async fn an_edition_the_public_could_read_is_never_changed_or_removed() {
    let house = house().await;
    let (_, [own, _]) = filled(&house).await;
    let mut app = house.app().await;
    for statement in [
        "UPDATE content_edition SET body = body",
        "DELETE FROM content_edition",
        "UPDATE rules_edition SET body = body",
        "DELETE FROM rules_edition",
        "UPDATE match_choice SET reason = NULL",
        "DELETE FROM match_choice",
    ] {
        assert_eq!(tried(&mut app, Some(own), statement).await, Err("42501".to_owned()), "{statement}");
    }
}

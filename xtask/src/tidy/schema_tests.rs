//! Each rule of the schema against a bad sample.

use super::super::tree::Tree;
use super::check;

const GOOD: &str = "
-- what a good table looks like
CREATE TABLE referral (
    tenant_id uuid NOT NULL REFERENCES tenant (id),
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'closed; done')),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT one_reference UNIQUE (tenant_id, reference)
);
CREATE UNIQUE INDEX referral_open ON referral USING btree (tenant_id, id) INCLUDE (state) WHERE state = 'open';
ALTER TABLE referral ADD CONSTRAINT referral_person FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);
ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON referral USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT TRIGGER ON referral TO onedoor_owner;
";

fn whats(sql: &str) -> Vec<String> {
    let tree = Tree::of(&[("crates/store/migrations/0001_first.sql", sql)]);
    check(&tree)
        .into_iter()
        .map(|p| format!("{} {}", p.place.rsplit(':').next().unwrap_or(""), p.what))
        .collect()
}

/// The good sample with one thing changed gives exactly one problem that says `expected`.
fn one_problem(from: &str, to: &str, expected: &str) {
    assert!(GOOD.contains(from), "the sample no longer has {from}");
    let found = whats(&GOOD.replace(from, to));
    assert!(found.len() == 1 && found[0].contains(expected), "{from} → {to}: {found:?}");
}

#[test]
fn the_good_sample_passes() {
    assert_eq!(whats(GOOD), Vec::<String>::new());
}

#[test]
fn the_tenant_column_is_needed_and_never_null() {
    one_problem("tenant_id uuid NOT NULL REFERENCES tenant (id),", "", "has no `tenant_id uuid NOT NULL`");
    one_problem(
        "tenant_id uuid NOT NULL REFERENCES",
        "tenant_id uuid REFERENCES",
        "has no `tenant_id uuid NOT NULL`",
    );
}

#[test]
fn the_tenant_leads_every_key() {
    one_problem(
        "PRIMARY KEY (tenant_id, id)",
        "PRIMARY KEY (id, tenant_id)",
        "primary key ( id , tenant_id )",
    );
    one_problem("PRIMARY KEY (tenant_id, id),", "", "has no `PRIMARY KEY");
    one_problem("UNIQUE (tenant_id, reference)", "UNIQUE (reference)", "unique ( reference )");
    one_problem("btree (tenant_id, id)", "btree (id)", "index on `referral`");
    one_problem("FOREIGN KEY (tenant_id, person_id)", "FOREIGN KEY (person_id)", "foreign key ( person_id )");
}

#[test]
fn no_foreign_key_points_across_counties() {
    one_problem(
        "REFERENCES person (tenant_id, id)",
        "REFERENCES person (id, tenant_id)",
        "references person",
    );
    one_problem(
        "REFERENCES person (tenant_id, id)",
        "REFERENCES person (of_tenant, id)",
        "references person",
    );
    // By its primary key, which leads with the tenant.
    assert_eq!(
        whats(&GOOD.replace("REFERENCES person (tenant_id, id)", "REFERENCES person")),
        Vec::<String>::new()
    );
}

#[test]
fn keys_written_beside_a_column_are_seen() {
    one_problem("\n    id uuid NOT NULL,", "\n    id uuid NOT NULL UNIQUE,", "id uuid not null unique");
    one_problem("person_id uuid NOT NULL,", "person_id uuid REFERENCES person (id),", "references person");
    let added = format!("{GOOD}ALTER TABLE referral ADD COLUMN team_id uuid REFERENCES team (id);");
    assert_eq!(whats(&added).len(), 1);
}

#[test]
fn every_part_of_row_level_security_is_needed() {
    one_problem("ALTER TABLE referral ENABLE ROW LEVEL SECURITY;", "", "lacks ENABLE");
    one_problem("ALTER TABLE referral FORCE ROW LEVEL SECURITY;", "", "lacks FORCE");
    one_problem("CREATE POLICY tenant ON referral", "CREATE POLICY tenant ON other", "lacks POLICY");
    let undone = format!("{GOOD}ALTER TABLE referral DISABLE ROW LEVEL SECURITY;");
    assert_eq!(whats(&undone).len(), 1);
}

#[test]
fn a_loop_names_its_tables() {
    let table = "CREATE TABLE a (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id));\n";
    assert_eq!(whats(table), ["1 `a` lacks ENABLE, FORCE, POLICY"]);
    let loop_over = |names: &str| {
        format!(
            "{table}-- rls: a b\nDO $$ BEGIN FOREACH t IN ARRAY[{names}] LOOP EXECUTE 'x'; END LOOP; END $$;"
        )
    };
    assert_eq!(whats(&loop_over("'a', 'b'")), Vec::<String>::new());
    let lying = whats(&loop_over("'b'"));
    assert!(lying.len() == 1 && lying[0].contains("rls: a"), "{lying:?}");
}

#[test]
fn a_table_read_before_the_actor_is_known_still_belongs_to_a_tenant() {
    let table = "CREATE TABLE session (tenant_id uuid NOT NULL, id uuid, PRIMARY KEY (tenant_id, id));";
    assert_eq!(whats(table), Vec::<String>::new());
    assert_eq!(whats(&table.replace("(tenant_id, id)", "(id)")).len(), 1);
}

#[test]
fn what_breaks_the_rules_is_never_used() {
    for (bad, word) in [
        ("CREATE TRIGGER t AFTER INSERT ON referral EXECUTE FUNCTION f();", "trigger"),
        ("CREATE CONSTRAINT TRIGGER t AFTER INSERT ON referral EXECUTE FUNCTION f();", "trigger"),
        ("CREATE TABLE tenant (id serial);", "serial"),
        ("CREATE TABLE tenant (id bigint GENERATED ALWAYS AS IDENTITY (START 1));", "as identity"),
        ("CREATE TYPE state AS ENUM ('a');", "as enum"),
        ("CREATE EXTENSION citext;", "citext"),
        ("CREATE EXTENSION IF NOT EXISTS pg_trgm;", "pg_trgm"),
        ("CREATE INDEX i ON service USING gin (tenant_id, keys);", "using gin"),
        ("CREATE INDEX i ON absence USING gist (tenant_id, days);", "using gist"),
        ("ALTER TABLE service ADD COLUMN words tsvector;", "tsvector"),
    ] {
        let found = whats(bad);
        assert!(found.len() == 1 && found[0].contains(word), "{bad}: {found:?}");
    }
}

#[test]
fn listed_exceptions_are_left_alone_and_others_are_not() {
    assert_eq!(
        whats("CREATE TABLE tenant (id uuid PRIMARY KEY);\nCREATE INDEX i ON job (due_at);"),
        Vec::<String>::new()
    );
    assert!(whats("CREATE TABLE loose (id uuid PRIMARY KEY);").len() >= 2);
}

#[test]
fn spelling_and_spacing_do_not_matter() {
    let odd = "create  table if not exists A(\n tenant_id UUID not\n null, id uuid, primary key(tenant_id,id)); create index concurrently if not exists x on only A(id)";
    let found = whats(odd);
    assert_eq!(found.len(), 2, "{found:?}");
}

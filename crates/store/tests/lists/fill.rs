//! A county with very many people and services.

use sqlx::{AssertSqlSafe, PgConnection, Row};

use super::{PEOPLE, SERVICES, TEAM, TENANT};

/// Vacuums until all can see every row: a snapshot elsewhere, as that of an analysis the server began by itself, keeps
/// pages from being marked so, and an index alone then does not answer.
pub async fn vacuum(owner: &mut PgConnection, tables: &[&str]) {
    let visible = "SELECT relallvisible >= relpages FROM pg_class WHERE oid = ";
    for table in tables {
        for _ in 0..100 {
            let vacuum = format!("VACUUM (ANALYZE) {table}");
            sqlx::raw_sql(AssertSqlSafe(vacuum)).execute(&mut *owner).await.unwrap();
            let visible = AssertSqlSafe(format!("{visible} '{table}'::regclass"));
            if sqlx::raw_sql(visible).fetch_one(&mut *owner).await.unwrap().get(0) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    }
}

/// Shuffled in time, so that a page of the list lies scattered over the table as in real life.
pub async fn fill(owner: &mut PgConnection) {
    let sql = format!(
        "SET session_replication_role = replica;
         CREATE TEMPORARY TABLE asked AS
             SELECT gen_random_uuid() AS id, n, (n::bigint * 7919) % {PEOPLE} AS place,
                    '2026-01-01'::timestamptz + ((n::bigint * 7919) % {PEOPLE}) * interval '5 minutes' AS at
             FROM generate_series(1, {PEOPLE}) AS n;
         INSERT INTO person (tenant_id, id, body) SELECT '{TENANT}', id, '{{}}' FROM asked;
         INSERT INTO referral (tenant_id, id, version, person_id, reference, called, state, rank, category, received_at,
                               team_id, spoa_id, next_due, body)
             SELECT '{TENANT}', id, 1, id, n::text, 'Somebody', CASE WHEN place % 10 = 0 THEN 'closed' ELSE 'received' END,
                    CASE WHEN place % 50 = 1 THEN 0 ELSE 1 END, NULL, at, '{TEAM}', '{TEAM}',
                    CASE WHEN place % 10 = 0 THEN NULL ELSE at + interval '1 day' END, '{{}}'
             FROM asked;
         INSERT INTO list_key (tenant_id, referral_id, key, team_id, rank, received_at, next_due, since)
             SELECT tenant_id, id, k.key, team_id, rank, received_at, next_due, received_at
             FROM referral CROSS JOIN unnest('{{v:all,v:overdue,a:adult,s:me}}'::text[]) AS k (key)
             WHERE state <> 'closed';
         INSERT INTO list_key (tenant_id, referral_id, key, team_id, rank, received_at, next_due, since)
             SELECT tenant_id, id, CASE WHEN reference::int % 40 = 0 THEN 'v:decisions' ELSE 'v:screening' END, team_id,
                    rank, received_at, next_due, received_at
             FROM referral WHERE state <> 'closed';
         INSERT INTO page (tenant_id, id, referral_id, team_id, opened_at, acknowledged_at, body)
             SELECT '{TENANT}', gen_random_uuid(), id, '{TEAM}', at, CASE WHEN place % 10 = 0 THEN at END,
                    jsonb_build_object('at_rung', 0, 'ladder', '[]'::jsonb)
             FROM asked;
         INSERT INTO task (tenant_id, id, referral_id, kind, team_id, owner_id, due_at, level, ended_at, body)
             SELECT '{TENANT}', gen_random_uuid(), id, 'triage', '{TEAM}', '{TEAM}', at + interval '1 day', 0,
                    CASE WHEN place % 10 = 0 THEN at END, '{{}}'
             FROM asked;
         INSERT INTO task (tenant_id, id, referral_id, kind, team_id, due_at, level, ended_at, body)
             SELECT '{TENANT}', gen_random_uuid(), id, 'allocate', '{TEAM}', at + interval '7 days', 0,
                    CASE WHEN place % 10 = 0 THEN at END, '{{}}'
             FROM asked;
         INSERT INTO handover (tenant_id, id, referral_id, team_id, state, due_at, body)
             SELECT '{TENANT}', gen_random_uuid(), id, '{TEAM}',
                    CASE WHEN place % 5 < 3 THEN 'offered' WHEN place % 5 = 3 THEN 'accepted' ELSE 'met' END,
                    CASE WHEN place % 5 < 4 THEN at + interval '3 days' END, '{{}}'
             FROM asked;
         INSERT INTO episode (tenant_id, id, referral_id, person_id, team_id, key_worker, accepted_at, body)
             SELECT '{TENANT}', gen_random_uuid(), id, id, '{TEAM}', '{TEAM}', at, '{{}}' FROM asked;
         INSERT INTO sent_request (tenant_id, referral_id, org_id, received_at, kept_at)
             SELECT '{TENANT}', id, '{TEAM}', at, at FROM asked;
         INSERT INTO entry (tenant_id, id, version, team_id, unfinished, begun_at, saved_at, entered, answers, state)
             SELECT '{TENANT}', id, 1, '{TEAM}', place % 10 <> 0, at, at, '{{}}', '{{}}', '{{}}'
             FROM asked;
         SET session_replication_role = origin;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *owner).await.unwrap();
    vacuum(
        owner,
        &["list_key", "person", "referral", "episode", "task", "page", "handover", "sent_request", "entry"],
    )
    .await;
}

/// Twice as many services as are changed here: the list of those has an index of its own.
pub async fn fill_services(owner: &mut PgConnection) {
    let sql = format!(
        "SET session_replication_role = replica;
         INSERT INTO service (tenant_id, id, version, origin, feed, state, sort, review_due, keys, body)
             SELECT '{TENANT}', gen_random_uuid(), 1, CASE WHEN n % 2 = 0 THEN 'both' ELSE 'feed' END, 'county', 'live',
                    'service ' || lpad(((n::bigint * 7919) % 1000003)::text, 7, '0'),
                    date '2026-01-01' + ((n::bigint * 7919) % 1000)::int, '{{}}', '{{}}'
             FROM generate_series(1, 2 * {SERVICES}) AS n;
         INSERT INTO service_key (tenant_id, key, sort, service_id)
             SELECT tenant_id, key, sort, id FROM service CROSS JOIN unnest('{{*,w:support,w:group}}'::text[]) AS k (key);
         SET session_replication_role = origin;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *owner).await.unwrap();
    vacuum(owner, &["service", "service_key"]).await;
}

//! A workshop can be moved between databases: each table of identities says whose its rows are, and each guard lets the mover in.
use super::former::{columns, figures, restored};
use super::{assert_none, names, seen};
use crate::kit::{TestApp, connect};
use gantry::app::migrate;
use sqlx::{AssertSqlSafe, Connection, Executor, Row};

async fn law(sentence: &str, query: &str, breaches: &[(&str, &str)]) {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    assert_none(sentence, names(&mut db, query).await, &[]);
    for (breach, violation) in breaches {
        seen(&mut db, query, breach, violation).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_identities_says_whose_rows_it_has() {
    law(
        "a table of auth whose comment does not begin with workshop, person or machine, or that lacks the column by which its rows are found",
        "select c.oid::regclass::text from pg_class c cross join lateral (select coalesce(auth.whose(c.oid), '{}') as whose) w
         where c.relnamespace = 'auth'::regnamespace and c.relkind in ('r', 'p') and (
           w.whose not in ('{workshop}', '{person}', '{machine}', '{workshop,person}')
           or 'workshop' = any (w.whose) and not exists (select from pg_attribute a where a.attrelid = c.oid
             and a.attname = case c.relname when 'organizations' then 'id' else 'org_id' end and a.atttypid = 'uuid'::regtype)
           or 'person' = any (w.whose) and not exists (select from pg_attribute a where a.attrelid = c.oid
             and a.attname = case c.relname when 'users' then 'id' else 'user_id' end and a.atttypid = 'uuid'::regtype))",
        &[
            ("create table auth.leaflets (org_id uuid)", "auth.leaflets"),
            ("comment on table auth.users is 'everybody: who it is'", "auth.users"),
            ("comment on table auth.turns is 'workshop: what may be tried'", "auth.turns"),
            ("comment on table auth.storage is 'person: how much'", "auth.storage"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_of_a_workshop_is_numbered_by_the_database() {
    law(
        "a column of a tenants' table that a sequence or chance fills: two databases would give the same, or ids out of order",
        "select format('%s.%s', a.attrelid::regclass, a.attname) from pg_attribute a join pg_class c on c.oid = a.attrelid
          where c.relnamespace = 'public'::regnamespace and (a.attidentity <> '' or exists (select from pg_attrdef d
            where d.adrelid = a.attrelid and d.adnum = a.attnum and pg_get_expr(d.adbin, d.adrelid) ~ '(nextval|random)'))",
        &[
            ("alter table notes add column line bigint generated always as identity", "notes.line"),
            ("alter table notes alter column id set default gen_random_uuid()", "notes.id"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_trigger_that_always_fires_knows_the_mover() {
    law(
        "a function of a trigger that is enabled always, on rows, and does not ask app.is_moving()",
        // 32: of truncate, which would take other workshops' rows too.
        "select distinct p.oid::regprocedure::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid
          where t.tgenabled = 'A' and not t.tgisinternal and t.tgtype & 32 = 0 and p.prosrc !~ 'app\\.is_moving\\(\\)'",
        &[(
            "create function app.stop() returns trigger language plpgsql as 'begin return null; end';
             create trigger stop before insert on notes for each row execute function app.stop();
             alter table notes enable always trigger stop",
            "app.stop()",
        )],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_serves_is_the_mover() {
    law(
        "somebody who could move workshops, or a mover with more than it needs",
        "select m.member::regrole::text from pg_auth_members m where m.roleid = 'gantry_mover'::regrole and m.member <> 'gantry_owner'::regrole
         union all select m.roleid::regrole::text from pg_auth_members m where m.member = 'gantry_mover'::regrole
         union all select rolname::text from pg_roles where rolname = 'gantry_mover'
           and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)",
        &[
            ("grant gantry_mover to gantry_app", "gantry_app"),
            ("grant gantry_tenant to gantry_mover", "gantry_tenant"),
            ("alter role gantry_mover login", "gantry_mover"),
        ],
    )
    .await;
    let app = TestApp::new().await;
    for statement in [
        "set role gantry_mover",
        "begin; set local role gantry_tenant; select set_config('role', 'gantry_mover', true)",
    ] {
        let mut server = connect(&app.database().app_url).await;
        let refused = server
            .execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned())))
            .await
            .map(|_| ());
        let refused = refused.expect_err(statement).to_string();
        assert!(refused.contains("permission denied"), "{refused}");
    }
}

/// Takes all rows out and puts them back, as somebody for whom only triggers fire that always do.
fn out_and_in(table: &str, columns: &str, role: &str) -> String {
    format!(
        "set local session_replication_role = replica;
         grant usage on schema public, auth to gantry_mover; grant select, insert, update, delete on {table} to gantry_mover;
         alter table {table} no force row level security; alter table {table} disable row level security;
         create table public.kept as table {table}; grant select on public.kept to gantry_mover;
         {role};
         update {table} set org_id = org_id; delete from {table}; insert into {table} ({columns}) select {columns} from public.kept;
         reset role; drop table public.kept"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mover_takes_rows_out_and_puts_them_back_and_nothing_follows() {
    let database = restored().await;
    migrate(&database.owner_url).await.expect("the schema");
    let mut admin = connect(&database.admin_url).await;
    let there = columns(&mut admin).await;
    let before = figures(&mut admin, &there).await;
    let guarded = "select t.tgrelid::regclass::text, (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
                          where a.attrelid = t.tgrelid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
                     from pg_trigger t where t.tgenabled = 'A' and t.tgtype & 32 = 0 group by t.tgrelid order by 1";
    let guarded = admin.fetch_all(guarded).await.expect("tables");
    let mut with_rows = 0;
    for row in guarded {
        let (table, written): (String, String) = (row.get(0), row.get(1));
        let mut tx = admin.begin().await.expect("a transaction");
        let statement = out_and_in(&table, &written, "set local role gantry_mover");
        let done = tx.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await;
        done.unwrap_or_else(|error| panic!("{table}: {error}"));
        assert_eq!(figures(&mut tx, &there).await, before, "{table}");
        tx.rollback().await.expect("a rollback");

        // Anybody else is refused, or leaves a trace.
        let mut tx = admin.begin().await.expect("a transaction");
        let statement = out_and_in(&table, &written, "reset role");
        let done = tx.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await;
        if done.is_ok() && before[&table].0 > 0 {
            assert_ne!(figures(&mut tx, &there).await, before, "{table}");
        }
        tx.rollback().await.expect("a rollback");
        with_rows += i32::from(before[&table].0 > 0);
    }
    assert!(with_rows >= 12, "only {with_rows} tables with rows");
}

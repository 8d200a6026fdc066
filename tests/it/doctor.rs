//! The doctor: each setting that would lose data, leak it or leave people standing is refused, in a sentence that says what to do.
//! The tests' own cluster forgets everything in a power cut, so those three findings are always there.
use crate::kit::{TestApp, connect, site_dir};
use chrono::TimeDelta;
use clap::Parser;
use gantry::cli::Cli;
use gantry::server::clock::{Clock, ManualClock, SystemClock};
use gantry::server::config::{Config, Databases, Secret};
use gantry::server::doctor::{self, Finding};
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::process::Command;

/// A configuration that is fine for trying out, with these flags on top.
fn config(flags: &[&str]) -> Config {
    let cli = Cli::try_parse_from(["gantry"].iter().chain(flags)).expect("flags");
    let mut config = Config::new(cli.options, std::iter::empty()).expect("a configuration");
    if !flags.contains(&"--site-dir") {
        site_dir().clone_into(&mut config.site_dir);
    }
    config
}

fn databases(app: &TestApp) -> Databases {
    Databases {
        app_url: Secret::new(app.database().app_url.clone()),
        owner_url: Some(Secret::new(app.database().owner_url.clone())),
    }
}

async fn examined(config: &Config, databases: &Databases) -> Vec<Finding> {
    doctor::examine(config, databases, &SystemClock).await
}

/// What is found besides the cluster's own three.
async fn found(config: &Config, databases: &Databases) -> Vec<Finding> {
    let mut findings = examined(config, databases).await;
    findings.retain(|finding| !finding.sentence.contains("a power cut would lose"));
    findings
}

#[track_caller]
fn only(findings: &[Finding], hard: bool, words: &str) {
    let fits = findings.len() == 1 && findings[0].hard == hard && findings[0].sentence.contains(words);
    assert!(fits, "not only {words:?}: {findings:#?}");
}

async fn run(app: &TestApp, statement: &str) {
    let mut admin = app.db_admin().await;
    let done = admin
        .execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned())))
        .await;
    done.expect(statement);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_installation_is_found_sound_and_a_forgetful_cluster_is_not() {
    let app = TestApp::new().await;
    let findings = examined(&config(&[]), &databases(&app)).await;
    let settings = ["fsync", "full_page_writes", "synchronous_commit"];
    assert_eq!(findings.len(), settings.len(), "{findings:#?}");
    for (finding, setting) in findings.iter().zip(settings) {
        assert!(
            finding.hard && finding.sentence.contains(&format!("setting {setting} is off")),
            "{finding}"
        );
    }
}

/// What somebody may have done to the database, and a word of what is said about it.
const STATEMENTS: &[(&str, &str)] = &[
    ("alter table notes disable row level security", "The table notes has no row-level security in force"),
    ("alter table notes no force row level security", "The table notes has no row-level security in force"),
    ("create policy also on notes using (true)", "The table notes has 2 permissive policies"),
    ("drop policy tenant on notes", "The table notes has 0 permissive policies"),
    ("drop policy tenant on notes; create policy tenant on notes using (true)", "The policy of the table notes does not say"),
    ("drop policy tenant on notes; create policy tenant on notes for select using (org_id = (select app.current_org()))", "The policy of the table notes does not say"),
    ("drop policy branch on invoices", "The table invoices lost its policy `branch`"),
    ("create policy also on invoices using (true)", "The table invoices has 2 permissive policies"),
    ("drop policy branch on payments; create policy branch on payments as restrictive using (true)", "The table payments lost its policy `branch`"),
    ("drop policy assigned on work_orders", "The table work_orders lost its policy `assigned`"),
    ("create table leaflets (id int)", "The table leaflets has no org_id"),
    ("alter table invoices disable trigger invoices_guard", "The guards invoices_guard of the table invoices are switched off"),
    ("do $$ declare t name; begin select tgname into t from pg_trigger where tgrelid = 'lines'::regclass and tgisinternal limit 1;
      execute format('alter table lines disable trigger %I', t); end $$", "References of the table lines are switched off"),
    ("grant select on customers to gantry_app", "The role gantry_app reaches workshops' tables by itself"),
    ("grant select (name) on customers to public", "The role gantry_app reaches workshops' tables by itself"),
    ("alter table notes owner to gantry_app", "The role gantry_app owns tables"),
    ("alter table notes owner to gantry_tenant", "The role gantry_tenant owns tables"),
    ("alter function auth.applied_migrations() owner to postgres", "auth.applied_migrations(), run with the rights of postgres"),
    ("delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)", "are missing: run `gantry migrate`"),
    ("update _sqlx_migrations set success = false where version = 407", "Migrations 407 are missing"),
    ("insert into _sqlx_migrations values (9999, 'later', now(), true, '\\x00', 1)", "newer Gantry (migrations 9999)"),
    ("update _sqlx_migrations set checksum = '\\x00' where version = 407", "Migrations 407 are not the ones"),
    ("grant execute on function app.follow_member() to public", "Everybody may call app.follow_member()"),
    ("drop table _sqlx_migrations", "was not made by `gantry migrate`"),
    ("drop function auth.applied_migrations()", "is older than this program"),
    ("delete from app.schema_files where name = 'functions/trail.sql'", "does not have this program's functions/trail.sql: run `gantry migrate`"),
    ("update app.schema_files set checksum = sha256('') where name = 'views/people.sql'", "does not have this program's views/people.sql"),
    ("insert into app.schema_files values ('functions/later.sql', sha256(''))", "does not have this program's functions/later.sql"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_that_opens_or_breaks_the_database_is_refused_alone() {
    for (statement, words) in STATEMENTS {
        let app = TestApp::new().await;
        run(&app, statement).await;
        only(&found(&config(&[]), &databases(&app)).await, true, words);
    }
}

/// Roles that DATABASE_URL must not sign in as. Of the cluster, so they are nobody's but this test's.
const ROLES: &[(&str, &str, &str)] = &[
    ("doctor_superuser", "superuser", "is a superuser"),
    (
        "doctor_bypass",
        "noinherit bypassrls in role gantry_tenant",
        "has BYPASSRLS",
    ),
    (
        "doctor_maker",
        "noinherit createrole in role gantry_tenant",
        "may create roles",
    ),
    (
        "doctor_owner",
        "noinherit in role gantry_tenant, gantry_owner",
        "owns tables, or is a member",
    ),
    (
        "doctor_heir",
        "inherit in role gantry_tenant",
        "reaches workshops' tables by itself",
    ),
    ("doctor_stranger", "noinherit", "cannot become gantry_tenant"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_role_that_row_security_does_not_bind_is_refused_alone() {
    let app = TestApp::new().await;
    for (role, powers, words) in ROLES {
        // As gantry_app has it: entry, the functions of identities, the limits.
        let like_ours = format!(
            "drop role if exists {role}; create role {role} login {powers};
             grant usage on schema auth to {role}; grant execute on all functions in schema auth to {role};
             do $$ begin execute format('grant connect on database %I to {role}', current_database()); end $$;
             alter role {role} set plan_cache_mode = 'force_generic_plan'; alter role {role} set random_page_cost = 1.1;
             alter role {role} set statement_timeout = '15s'; alter role {role} set lock_timeout = '5s';
             alter role {role} set idle_in_transaction_session_timeout = '10s'"
        );
        run(&app, &like_ours).await;
        let mut databases = databases(&app);
        databases.app_url = Secret::new(app.database().app_url.replace("gantry_app", role));
        let findings = found(&config(&[]), &databases).await;
        run(&app, &format!("drop owned by {role}; drop role {role}")).await;
        only(&findings, true, words);
        assert!(findings[0].sentence.contains(role), "{}", findings[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_without_limits_is_refused_where_customers_data_is() {
    let production = config(&[
        "--base-url",
        "https://gantry.example.com",
        "--trusted-proxies",
        "10.0.0.1",
    ]);
    for (setting, words, always_soft) in [
        ("statement_timeout = 0", "no statement_timeout", false),
        ("lock_timeout = 0", "no lock_timeout", false),
        (
            "idle_in_transaction_session_timeout = 0",
            "no idle_in_transaction_session_timeout",
            false,
        ),
        ("plan_cache_mode = auto", "plans every statement anew", true),
        ("random_page_cost = 4", "plans for spinning disks", true),
    ] {
        let app = TestApp::new().await;
        let statement = format!(
            "do $$ begin execute format('alter role gantry_app in database %I set {setting}', current_database()); end $$"
        );
        run(&app, &statement).await;
        only(&found(&config(&[]), &databases(&app)).await, false, words);
        only(&found(&production, &databases(&app)).await, !always_soft, words);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_empty_elsewhere_or_silent_is_refused() {
    let (app, other) = (TestApp::new().await, TestApp::new().await);
    let mut two = databases(&app);
    two.owner_url = Some(Secret::new(other.database().owner_url.clone()));
    only(
        &found(&config(&[]), &two).await,
        true,
        "lead to two different databases",
    );

    let mut powerful = databases(&app);
    powerful.owner_url = Some(Secret::new(app.database().admin_url.clone()));
    only(
        &found(&config(&[]), &powerful).await,
        true,
        "DATABASE_OWNER_URL signs in as a superuser",
    );

    // Tables of nobody, in letters of one byte.
    let empty = format!("empty_{}", std::process::id());
    run(
        &app,
        &format!("create database {empty} encoding 'SQL_ASCII' template template0"),
    )
    .await;
    let (app_url, name) = (&app.database().app_url, app.database().name());
    let mut elsewhere = databases(&app);
    elsewhere.app_url = Secret::new(app_url.replace(name, &empty));
    elsewhere.owner_url = None;
    let findings = found(&config(&[]), &elsewhere).await;
    run(&app, &format!("drop database {empty} with (force)")).await;
    assert_eq!(findings.len(), 2, "{findings:#?}");
    assert!(
        findings[0].sentence.contains("encoding is SQL_ASCII")
            && findings[1].sentence.contains("has no tables")
    );

    elsewhere.app_url = Secret::new(app_url.replace(name, "no_such_database"));
    only(
        &found(&config(&[]), &elsewhere).await,
        true,
        "The database does not answer",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_do_not_belong_on_the_internet_are_refused() {
    let app = TestApp::new().await;
    for (flags, words) in [
        (
            &["--base-url", "http://gantry.example.com"][..],
            "passwords would travel in the open",
        ),
        (
            &[
                "--base-url",
                "https://gantry.example.com",
                "--trusted-proxies",
                "10.0.0.1",
                "--dev",
                "1",
            ],
            "GANTRY_DEV is on",
        ),
        (&["--site-dir", "/nonexistent"], "The browser's files are missing"),
        (
            &[
                "--base-url",
                "https://gantry.example.com",
                "--trusted-proxies",
                "0.0.0.0/0",
            ],
            "GANTRY_TRUSTED_PROXIES trusts every address",
        ),
        (
            &[
                "--base-url",
                "https://gantry.example.com",
                "--trusted-proxies",
                "10.0.0.1,::/0",
            ],
            "GANTRY_TRUSTED_PROXIES trusts every address",
        ),
    ] {
        only(&found(&config(flags), &databases(&app)).await, true, words);
    }
    for (flags, words) in [
        (
            &["--base-url", "https://gantry.example.com"][..],
            "GANTRY_TRUSTED_PROXIES is not set",
        ),
        (
            &["--trusted-proxies", "::/0"],
            "GANTRY_TRUSTED_PROXIES trusts every address",
        ),
    ] {
        only(&found(&config(flags), &databases(&app)).await, false, words);
    }
    for fine in [
        &[
            "--base-url",
            "https://gantry.example.com",
            "--trusted-proxies",
            "10.0.0.1",
        ][..],
        &["--base-url", "http://192.168.1.20:3000"],
        &["--dev", "1"],
    ] {
        assert_eq!(found(&config(fine), &databases(&app)).await, [], "{fine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_differs_from_the_databases_is_refused() {
    let app = TestApp::new().await;
    let late = ManualClock::at(SystemClock.now() - TimeDelta::minutes(2));
    let mut findings = doctor::examine(&config(&[]), &databases(&app), &*late).await;
    findings.retain(|finding| !finding.sentence.contains("a power cut would lose"));
    only(&findings, true, "seconds apart");
}

/// The program itself: the check says no, and so does the start, before anybody is served.
#[tokio::test(flavor = "multi_thread")]
async fn the_server_does_not_start_where_the_doctor_says_no() {
    let app = TestApp::new().await;
    run(&app, "alter table customers no force row level security").await;
    let gantry = |command: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gantry"));
        program
            .arg(command)
            .args(["--addr", "127.0.0.1:0", "--site-dir"])
            .arg(site_dir())
            .env("DATABASE_URL", &app.database().app_url)
            .env("DATABASE_OWNER_URL", &app.database().owner_url);
        let output = program.output().expect("gantry runs");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&text).into_owned())
    };
    let words = "The table customers has no row-level security in force";
    let (code, output) = gantry("doctor");
    assert!(
        code == Some(1) && output.contains(&format!("error: {words}")),
        "{code:?}: {output}"
    );
    let (code, output) = gantry("serve");
    assert!(
        code == Some(1) && output.contains("Gantry does not start like this") && output.contains(words),
        "{code:?}: {output}"
    );
    // Nothing was changed by asking.
    assert!(
        connect(&app.database().app_url)
            .await
            .execute("select 1")
            .await
            .is_ok()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_postgresql_grants_to_everybody_by_itself_is_told() {
    let app = TestApp::new().await;
    run(&app, "grant execute on function lo_create(oid) to public").await;
    only(
        &found(&config(&[]), &databases(&app)).await,
        false,
        "Everybody may make large objects",
    );
    let mut tenant = connect(&app.database().app_url).await;
    let made = tenant
        .execute("begin; set local role gantry_tenant; select lo_from_bytea(0, 'x')")
        .await;
    assert!(made.is_err(), "where it was taken away nobody makes any");
    let elsewhere = app.database().app_url.replace(app.database().name(), "postgres");
    assert!(sqlx::PgConnection::connect(&elsewhere).await.is_err());
}

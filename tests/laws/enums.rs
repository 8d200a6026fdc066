//! What the database allows as words, the product knows as enums: the same words, neither more nor fewer. The enums are those that
//! `text_enum!` declares with their columns, the lists are found in the catalogue.
use super::{assert_none, names};
use crate::kit::TestApp;
use gantry::domain::asset::OdometerSource;
use gantry::domain::billing::Kind;
use gantry::domain::customer::CustomerKind;
use gantry::domain::order::{
    Audience, DecisionMethod, JobDecision, LineKind, OdometerPoint, Payer, Phase, WorkState,
};
use gantry::domain::payment::Method;
use gantry::kernel::text_enum::{self, Column, TextEnum};
use gantry::kernel::{AssetKind, Role};
use sqlx::postgres::Postgres;
use sqlx::{Decode, PgConnection, Type};
use std::collections::{BTreeMap, BTreeSet};

type Words = BTreeSet<String>;

/// The words that a column of an enum may hold.
fn words(of: &TextEnum, column: &Column) -> Words {
    let own = of.words.iter().filter(|word| !column.without.contains(word));
    own.chain(column.with).map(|word| (*word).to_owned()).collect()
}

/// Column and the words of its enum.
fn enums() -> BTreeMap<&'static str, Words> {
    let columns = text_enum::all().flat_map(|of| {
        of.columns
            .iter()
            .map(move |column| (column.name, words(of, column)))
    });
    let all: Vec<_> = columns.collect();
    let known: BTreeMap<_, _> = all.iter().cloned().collect();
    assert_eq!(known.len(), all.len(), "a column belongs to one enum");
    known
}

/// Lists without an enum, and why.
const WITHOUT: &[(&str, &str)] = &[
    (
        "auth.organizations.state",
        "on trial or not: a yes or no in the product",
    ),
    (
        "auth.links.purpose",
        "a word that each door of server/db/links.rs names for itself",
    ),
    ("auth.mails.state", "written and read by functions of auth only"),
    (
        "auth.sign_in_attempts.outcome",
        "written by functions of auth only; an account's history puts it into words",
    ),
    (
        "auth.turns.what",
        "a limit's own word, named where the turn is taken",
    ),
    (
        "auth.sign_up_attempts.outcome",
        "written and read by functions of auth only",
    ),
    (
        "join_requests.outcome",
        "written when decided; read as open or not",
    ),
    ("invoices.state", "posted or not: a yes or no in the product"),
    (
        "odometer_readings.unit",
        "shown as it is; copied from the workshop's setting",
    ),
    (
        "organization_settings.distance_unit",
        "shown as it is; chosen by the country at sign-up",
    ),
    ("search.entries.kind", "names of tables, asked for by name"),
];

/// Every list of words that a check allows for one column.
async fn lists(db: &mut PgConnection) -> BTreeMap<String, Words> {
    let query = r"
        select c.conrelid::regclass || '.' || a.attname || '=' || array_to_string(array(select m[1] from regexp_matches(d.text, '''([^'']*)''::(?:text|character varying)', 'g') m), ',')
          from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and array[a.attnum] = c.conkey
         cross join lateral (select pg_get_constraintdef(c.oid) as text) d
         where c.contype = 'c' and c.connamespace in ('public'::regnamespace, 'app'::regnamespace, 'auth'::regnamespace, 'search'::regnamespace)
           and d.text ~ '= (ANY \(+ARRAY\[)?''[^'']+''::(text|character varying)'";
    let found = names(db, query).await;
    let pairs = found.iter().filter_map(|found| found.split_once('='));
    pairs
        .map(|(column, list)| {
            (
                column.to_owned(),
                list.split(',').map(ToOwned::to_owned).collect(),
            )
        })
        .collect()
}

/// The columns whose words differ from their enum's, or that have none.
fn strangers(found: BTreeMap<String, Words>) -> Vec<String> {
    let mut known = enums();
    let mut violations = Vec::new();
    for (column, list) in found {
        match known.remove(column.as_str()) {
            Some(own) if own == list => {}
            Some(own) => violations.push(format!("{column}: {list:?}, but in Rust {own:?}")),
            None => violations.push(column),
        }
    }
    violations.extend(
        known
            .keys()
            .map(|column| format!("{column}: no list in the database")),
    );
    violations
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_of_words_in_the_database_is_an_enum_of_ours() {
    let app = TestApp::new().await;
    let found = lists(&mut app.db_admin().await).await;
    assert!(found.len() > 20, "{found:?}");
    assert_none("a list of words without its enum", strangers(found), WITHOUT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_word_and_a_new_list_are_seen() {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    let before = strangers(lists(&mut db).await);
    let statement = "alter table notes drop constraint notes_audience_check,
                       add constraint notes_audience_check check (audience in ('internal', 'customer', 'insurer'));
                     alter table branches add column kind text check (kind is null or kind in ('garage', 'counter'));
                     alter table branches add column level text check (level = 'one')";
    sqlx::Executor::execute(&mut db, statement)
        .await
        .expect("new words");
    let mut after = strangers(lists(&mut db).await);
    after.retain(|violation| !before.contains(violation));
    assert_eq!(after.len(), 3, "{after:?}");
    assert_eq!(after[..2], ["branches.kind", "branches.level"]);
    assert!(after[2].starts_with("notes.audience: {"), "{after:?}");
}

/// Reads every word of a column as its enum, which gives the same word back.
async fn reads<T>(db: &mut PgConnection, column: &str, name: fn(T) -> &'static str)
where
    T: Type<Postgres> + for<'r> Decode<'r, Postgres> + Send + Unpin,
{
    for word in &lists(db).await[column] {
        let read = sqlx::query_scalar::<_, T>("select $1::text")
            .bind(word)
            .fetch_one(&mut *db)
            .await;
        assert_eq!(name(read.expect(word)), word, "{column}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_is_read_as_what_it_says() {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    reads(&mut db, "jobs.payer", Payer::name).await;
    reads(&mut db, "jobs.decision", JobDecision::name).await;
    reads(&mut db, "jobs.work_state", WorkState::name).await;
    reads(&mut db, "lines.kind", LineKind::name).await;
    reads(&mut db, "invoice_lines.kind", LineKind::name).await;
    reads(&mut db, "authorizations.method", DecisionMethod::name).await;
    reads(&mut db, "notes.audience", Audience::name).await;
    reads(&mut db, "invoices.kind", Kind::name).await;
    reads(&mut db, "payments.method", Method::name).await;
    reads(&mut db, "customers.kind", CustomerKind::name).await;
    reads(&mut db, "assets.kind", AssetKind::name).await;
    reads(&mut db, "odometer_readings.source", OdometerSource::name).await;
    reads(&mut db, "members.role", Role::name).await;
    for role in Role::ALL {
        assert_eq!(serde_json::to_value(role).expect("a word"), role.name());
        assert_eq!(Role::parse(role.name()), Some(role));
    }
    for point in OdometerPoint::ALL {
        assert!(OdometerSource::parse(point.name()).is_some(), "{point:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn phases_and_their_moves_are_the_databases_in_the_same_order() {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    let phases = names(
        &mut db,
        "select phase || ' ' || open from app.phases order by position",
    )
    .await;
    let ours = Phase::ALL
        .iter()
        .map(|phase| format!("{} {}", phase.name(), phase.is_open()));
    assert_eq!(phases, ours.collect::<Vec<_>>());
    let moves = names(
        &mut db,
        "select from_phase || ' ' || to_phase from app.phase_moves",
    )
    .await;
    let ours = Phase::ALL.into_iter().flat_map(|from| {
        from.next()
            .iter()
            .map(move |to| format!("{} {}", from.name(), to.name()))
    });
    assert_eq!(BTreeSet::from_iter(moves), ours.collect());
    reads_phases(&mut db).await;
}

async fn reads_phases(db: &mut PgConnection) {
    let read: Vec<Phase> = sqlx::query_scalar("select phase from app.phases order by position")
        .fetch_all(db)
        .await
        .expect("phases");
    assert_eq!(read, Phase::ALL);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_text_which_row_security_lets_an_index_use() {
    let app = TestApp::new().await;
    let query = "select typname::text from pg_type t join pg_namespace n on n.oid = t.typnamespace
                  where t.typtype = 'e' and n.nspname in ('public', 'app', 'auth', 'search')";
    assert_none(
        "a type of words",
        names(&mut app.db_admin().await, query).await,
        &[],
    );
}

//! What holds for every table, route and file, whoever adds the next one. Each law finds its subjects by itself; an
//! exception stands in its law with a reason, and one that is no longer needed fails too.
mod architecture;
mod budget;
pub mod bulk;
mod cancel_safety;
mod catalogue;
mod cross_tenant;
mod default_deny;
mod enums;
mod explain;
mod former;
pub mod guards;
mod locale;
mod messages;
mod moving;
mod plans;
mod roles;
pub mod rows;
mod told;
mod upgrade;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};

/// The first column of a query about the catalogue.
async fn names(db: &mut PgConnection, query: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(query))
        .fetch_all(db)
        .await
        .expect("the catalogue");
    rows.iter().map(|row| row.get(0)).collect()
}

/// What a query names after a deed, which is taken back.
async fn with(db: &mut PgConnection, query: &str, deed: &str) -> Vec<String> {
    let mut tx = db.begin().await.expect("a transaction");
    tx.execute(sqlx::raw_sql(AssertSqlSafe(deed.to_owned())))
        .await
        .expect(deed);
    let found = names(&mut tx, query).await;
    tx.rollback().await.expect("a rollback");
    found
}

/// The teeth of a law: its query names somebody who sins on purpose.
async fn seen(db: &mut PgConnection, query: &str, sin: &str, sinner: &str) {
    let found = with(db, query, sin).await;
    assert!(found.iter().any(|name| name == sinner), "{sin}: only {found:?}");
}

/// Fails with the sinners' names, unless they are exactly the excepted ones.
#[track_caller]
fn nobody(law: &str, mut sinners: Vec<String>, excepted: &[(&str, &str)]) {
    for (name, reason) in excepted {
        let before = sinners.len();
        sinners.retain(|sinner| sinner != name);
        assert!(
            sinners.len() < before,
            "{law}: {name} needs no exception any more ({reason})"
        );
    }
    assert!(sinners.is_empty(), "{law}:\n  {}", sinners.join("\n  "));
}

//! What holds for every table, route and file, whoever adds the next one. Each law finds its subjects by itself; an
//! exception stands in its law with a reason, and one that is no longer needed fails too.
mod architecture;
mod cancel_safety;
mod catalogue;
mod cross_tenant;
mod default_deny;
mod guards;
mod roles;
mod rows;
mod told;

use sqlx::{AssertSqlSafe, PgConnection, Row};

/// The first column of a query about the catalogue.
async fn names(db: &mut PgConnection, query: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(query))
        .fetch_all(db)
        .await
        .expect("the catalogue");
    rows.iter().map(|row| row.get(0)).collect()
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

//! What holds for every table, route and file, whoever adds the next one. Each law finds its subjects by itself; an
//! exception stands in its law with a reason, and one that is no longer needed fails too.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on fails where it stands"
)]

extern crate kit;

mod architecture;
mod audit_coverage;
mod budget;
mod cancel_safety;
mod catalogue;
mod cross_tenant;
mod default_deny;
mod enums;
mod explain;
mod features;
mod former;
mod guards;
mod hygiene;
mod locale;
mod messages;
mod moving;
mod plans;
mod roles;
mod upgrade;

/// What the laws send: it stands beside each feature's tests.
#[path = "../it"]
mod it {
    macro_rules! examples {
        ($($feature:ident)*; $($in_development:ident)*) => {
            $(mod $feature {
                mod examples;
            })*
        };
    }
    gantry::every_feature!(examples);
}

use kit::rows::names;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

kit::stops_its_cluster!();

/// What a query finds after a statement, which is rolled back.
async fn with(db: &mut PgConnection, query: &str, statement: &str) -> Vec<String> {
    let mut tx = db.begin().await.expect("a transaction");
    tx.execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned())))
        .await
        .expect(statement);
    let found = names(&mut tx, query).await;
    tx.rollback().await.expect("a rollback");
    found
}

/// The teeth of a law: its query names what breaks it on purpose.
async fn seen(db: &mut PgConnection, query: &str, breach: &str, violation: &str) {
    let found = with(db, query, breach).await;
    assert!(
        found.iter().any(|name| name == violation),
        "{breach}: only {found:?}"
    );
}

/// What breaks a law in one feature, each with what mends it.
struct Violations {
    feature: &'static str,
    found: Vec<String>,
}

impl Violations {
    fn of(feature: &'static str) -> Self {
        Self {
            feature,
            found: Vec::new(),
        }
    }

    fn add(&mut self, violation: String) {
        self.found.push(violation);
    }

    fn extend(&mut self, violation: impl IntoIterator<Item = String>) {
        self.found.extend(violation);
    }

    fn unless(&mut self, holds: bool, violation: impl FnOnce() -> String) {
        if !holds {
            self.found.push(violation());
        }
    }

    #[track_caller]
    fn none(self) {
        assert!(
            self.found.is_empty(),
            "the feature {} (src/features/{0}, tests/it/{0}):\n  {}",
            self.feature,
            self.found.join("\n  ")
        );
    }
}

/// Fails with the names of what breaks a law, unless they are exactly the excepted ones.
#[track_caller]
fn assert_none(law: &str, mut violations: Vec<String>, excepted: &[(&str, &str)]) {
    for (name, reason) in excepted {
        let before = violations.len();
        violations.retain(|violation| violation != name);
        assert!(
            violations.len() < before,
            "{law}: {name} needs no exception any more ({reason})"
        );
    }
    assert!(violations.is_empty(), "{law}:\n  {}", violations.join("\n  "));
}

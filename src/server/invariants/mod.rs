//! What must always hold, checked again from outside: one file of SQL for each rule, run for every workshop by the role that
//! owns the tables, bound to that workshop by row security like everybody. Features hand in rules of their own.
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::fmt;
use std::pin::Pin;
use uuid::Uuid;

/// The most breaches that a check reports.
const MOST: usize = 50;

/// A row that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule: the name of its file.
    pub rule: &'static str,
    pub organization: Uuid,
    /// The row's id.
    pub id: String,
    pub what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rule,
            organization,
            id,
            what,
        } = self;
        write!(f, "{rule}: {id} {what} (organization {organization})")
    }
}

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    pub organizations: usize,
    pub rules: usize,
    pub breaches: Vec<Breach>,
}

/// What a rule's file finds: the row's id, and what is wrong with it.
pub struct Row {
    pub id: String,
    pub what: String,
}

type Found<'a> = Pin<Box<dyn Future<Output = sqlx::Result<Vec<Row>>> + Send + 'a>>;

/// A rule. [`rule!`](crate::rule) makes one of a file of SQL, which the compiler reads.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The path of its file.
    pub file: &'static str,
    /// The rows that break it.
    pub find: for<'a> fn(&'a mut PgConnection) -> Found<'a>,
}

impl Rule {
    /// `order_totals` of the path to its file.
    fn name(&self) -> &'static str {
        let name = self.file.rsplit('/').next().unwrap_or(self.file);
        name.strip_suffix(".sql").unwrap_or(name)
    }
}

/// `rule!("src/features/tyre_sets/tyre_positions.sql")`: selects `id` and `what` of each row that breaks it.
#[macro_export]
macro_rules! rule {
    ($file:literal) => {
        $crate::server::invariants::Rule {
            file: $file,
            find: |conn| {
                Box::pin(sqlx::query_file_as!($crate::server::invariants::Row, $file).fetch_all(conn))
            },
        }
    };
}

/// The rules of what several features share.
const OWN: [Rule; 15] = [
    rule!("src/server/invariants/order_totals.sql"),
    rule!("src/server/invariants/order_parts.sql"),
    rule!("src/server/invariants/order_phases.sql"),
    rule!("src/server/invariants/order_ends.sql"),
    rule!("src/server/invariants/order_numbers.sql"),
    rule!("src/server/invariants/archived_parties.sql"),
    rule!("src/server/invariants/authorizations.sql"),
    rule!("src/server/invariants/document_totals.sql"),
    rule!("src/server/invariants/document_numbers.sql"),
    rule!("src/server/invariants/credit_notes.sql"),
    rule!("src/server/invariants/balances.sql"),
    rule!("src/server/invariants/payments.sql"),
    rule!("src/server/invariants/search.sql"),
    rule!("src/server/invariants/people.sql"),
    rule!("src/server/invariants/trail.sql"),
];

/// Checks every rule in every workshop, also those of the features.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(owner_url: &str, features: &[Rule]) -> sqlx::Result<Report> {
    let mut conn = PgConnection::connect(owner_url).await?;
    let organizations = sqlx::query_scalar!("select id from auth.organizations order by id")
        .fetch_all(&mut conn)
        .await?;
    let mut report = Report {
        organizations: organizations.len(),
        ..Report::default()
    };
    for organization in organizations {
        let found = verify_one(&mut conn, organization, features).await?;
        report.rules = found.len();
        let breaches = found
            .into_iter()
            .flat_map(|(rule, rows)| rows.into_iter().map(move |row| (rule, row)));
        report
            .breaches
            .extend(breaches.map(|(rule, Row { id, what })| Breach {
                rule,
                organization,
                id,
                what,
            }));
    }
    conn.close().await?;
    Ok(report)
}

async fn verify_one(
    conn: &mut PgConnection,
    organization: Uuid,
    features: &[Rule],
) -> sqlx::Result<Vec<(&'static str, Vec<Row>)>> {
    let mut tx = conn
        .begin_with("begin isolation level repeatable read read only")
        .await?;
    sqlx::query!(
        "select set_config('app.org_id', $1, true) as org, set_config('app.branches', 'all', true) as branches, set_config('app.sees', 'all', true) as sees",
        organization.to_string()
    )
    .fetch_one(&mut *tx)
    .await?;
    let mut found = Vec::new();
    for rule in OWN.iter().chain(features) {
        found.push((rule.name(), (rule.find)(&mut tx).await?));
    }
    found.push(("references", references(&mut tx).await?));
    tx.rollback().await?;
    Ok(found)
}

/// Rows that point at nothing that this workshop can see. The statements are made of the catalog's own names.
async fn references(conn: &mut PgConnection) -> sqlx::Result<Vec<Row>> {
    let keys = sqlx::query_file!("src/server/invariants/references.sql")
        .fetch_all(&mut *conn)
        .await?;
    let mut rows = Vec::new();
    for key in keys {
        let pairs = key.columns.iter().zip(&key.keys);
        let fits: Vec<_> = pairs.map(|(column, to)| format!("p.{to} = c.{column}")).collect();
        let set: Vec<_> = key
            .columns
            .iter()
            .map(|column| format!("c.{column} is not null"))
            .collect();
        let statement = format!(
            "select row_to_json(c)::jsonb from {} c where {} and not exists (select from {} p where {}) limit {MOST}",
            key.child,
            set.join(" and "),
            key.parent,
            fits.join(" and ")
        );
        let lost: Vec<serde_json::Value> = sqlx::query_scalar(AssertSqlSafe(statement))
            .fetch_all(&mut *conn)
            .await?;
        rows.extend(lost.iter().map(|row| Row {
            id: id_of(row),
            what: format!("a row of {} that breaks {}", key.child, key.name),
        }));
    }
    Ok(rows)
}

fn id_of(row: &serde_json::Value) -> String {
    let named = ["id", "invoice_id", "work_order_id", "job_id", "member_id"];
    let id = named.iter().find_map(|name| row[name].as_str());
    id.unwrap_or("a row").to_owned()
}

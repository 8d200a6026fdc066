//! Every table has one owner, whose services alone write it. Anybody may read.
use super::sources::{Line, code, is_part, is_under, lines_of};
use crate::kit::TestApp;
use crate::{assert_none, names};
use gantry::app::product;
use std::collections::BTreeMap;

/// Tables that the server's own machinery writes, and which.
const SERVER: &[(&str, &str)] = &[
    ("audit_events", "written at each commit by server/db/audit"),
    ("export_events", "written by server/db/exports with what leaves"),
    ("idempotency_keys", "written by server/db/idempotency"),
];

/// Tables that triggers and definer functions of the database write, and which.
const DATABASE: &[(&str, &str)] = &[
    (
        "invoice_balances",
        "kept by the triggers of invoices and payments' allocations",
    ),
    ("number_series", "counted by app.next_number"),
    ("tax_rates", "written once, when the workshop signs up"),
];

/// Table and feature, as the manifests say.
fn owners() -> BTreeMap<&'static str, &'static str> {
    let mut owners = BTreeMap::new();
    for feature in product(true).features {
        for table in feature.tables {
            let other = owners.insert(*table, feature.name);
            assert_eq!(other, None, "{table} is in two manifests");
        }
    }
    owners
}

/// The tables that a text of SQL writes.
fn written(code: &str) -> Vec<String> {
    let words: Vec<String> = code
        .split(|c: char| c.is_whitespace() || c == '"' || c == '(' || c == ')' || c == ';')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let mut tables = Vec::new();
    for at in 0..words.len() {
        let table = match (word(at), word(at + 1)) {
            ("insert", "into") | ("delete", "from") => word(at + 2),
            // Neither `for update` nor `on conflict … do update set`.
            ("update", table) if word(at + 2) == "set" || word(at + 3) == "set" => table,
            _ => continue,
        };
        if table
            .chars()
            .all(|c| c == '_' || c == '.' || c.is_ascii_alphanumeric())
            && table != "set"
        {
            tables.push(table.to_owned());
        }
    }
    tables
}

/// Statements that write somebody else's table, or outside a service.
fn trespasses(lines: &[Line], owners: &BTreeMap<&str, &str>) -> Vec<String> {
    let mut found = Vec::new();
    for line in lines {
        let feature = line
            .file
            .strip_prefix("src/features/")
            .and_then(|rest| rest.split('/').next());
        if feature.is_none() && !is_under(&line.file, &["src/server/"]) {
            continue;
        }
        for table in written(&line.code) {
            let own = match feature {
                Some(feature) => {
                    owners.get(table.as_str()) == Some(&feature) && is_part(&line.file, &["service", "jobs"])
                }
                // Schema `auth` is reached by the server only; its own tables are named above.
                None => table.contains('.') || SERVER.iter().any(|(own, _)| *own == table),
            };
            if !own {
                let owner = owners.get(table.as_str()).unwrap_or(&"nobody");
                found.push(format!(
                    "{}:{}: {table}, owned by {owner}",
                    line.file, line.number
                ));
            }
        }
    }
    found
}

#[test]
fn a_table_is_written_by_its_owners_services_only() {
    let owners = owners();
    let found = trespasses(&code(), &owners);
    assert!(
        found.is_empty(),
        "tables written by others than their owner's services:\n  {}\n\
         Call a function of the owner's service (pub(crate), with `&mut TenantTx`, named in laws/architecture/services.rs), \
         or name a new table in its feature's manifest.",
        found.join("\n  ")
    );
    for (file, breach) in [
        (
            "src/features/board/service.rs",
            "\"update work_orders set phase = $1\"",
        ),
        (
            "src/features/board/service.rs",
            "sqlx::query!(\"update work_orders w set phase = $1\")",
        ),
        (
            "src/features/customers/selectors.rs",
            "\"delete from customers where id = $1\"",
        ),
        ("src/features/roles/service.rs", "r#\"insert into members (id)"),
        (
            "src/server/db/joining.rs",
            "\"insert into join_requests (id) values ($1)\"",
        ),
    ] {
        assert_eq!(
            trespasses(&lines_of(file, breach), &owners).len(),
            1,
            "{file}: {breach}"
        );
    }
    for read in [
        "select id from work_orders for update of w",
        "select id from x for no key update",
        "on conflict (id) do update set name = $1",
    ] {
        assert_eq!(written(read), Vec::<String>::new(), "{read}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_a_workshop_has_an_owner() {
    let app = TestApp::new().await;
    let tables = names(
        &mut app.db_admin().await,
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity",
    )
    .await;
    let owners = owners();
    for table in owners.keys() {
        assert!(tables.iter().any(|known| known == table), "no table {table}");
    }
    let mut unowned = tables;
    unowned.retain(|table| !owners.contains_key(table.as_str()));
    let excepted = [SERVER, DATABASE].concat();
    assert_none(
        "a table that no manifest names; add it to `tables` of the feature whose services write it",
        unowned,
        &excepted,
    );
}

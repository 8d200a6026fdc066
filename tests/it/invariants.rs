//! The check from outside finds what got past every lock: each rule is broken once, by hand.
use crate::kit::TestApp;
use gantry::seed::{self, Plan};
use gantry::server::clock::ManualClock;
use sqlx::{AssertSqlSafe, Executor};
use std::collections::BTreeSet;

/// The rule, the table whose guards are switched off, the statement that breaks it.
const BREAKS: &[(&str, &str, &str)] = &[
    ("order_totals", "work_orders", "update work_orders set total_minor = total_minor + 1 where number = 1"),
    ("order_parts", "lines", "update lines set work_order_id = (select id from work_orders w where w.org_id = lines.org_id and w.id <> lines.work_order_id limit 1)
       where id = (select id from lines order by id limit 1)"),
    ("order_phases", "work_orders", "update work_orders set phase = 'approved' where id = (select id from work_orders where phase = 'received' order by id limit 1)"),
    ("order_ends", "hand_overs", "delete from hand_overs where work_order_id = (select work_order_id from hand_overs order by 1 limit 1)"),
    ("order_numbers", "work_orders", "update work_orders set number = 999 where id = (select id from work_orders order by id limit 1)"),
    ("archived_parties", "customers", "update customers set archived_at = created_at where id = (select customer_id from work_orders where closed_at is null order by id limit 1)"),
    ("authorizations", "jobs", "update jobs set work_state = 'started' where id = (select id from jobs where decision = 'open' order by id limit 1)"),
    ("document_totals", "invoice_lines", "update invoice_lines set unit_price_minor = unit_price_minor + 1 where id = (select id from invoice_lines order by id limit 1)"),
    ("document_numbers", "invoices", "update invoices set number = number + 1000 where id = (select id from invoices where number = 3 order by id limit 1)"),
    ("credit_notes", "invoices", "update invoices set customer_id = (select id from customers c where c.org_id = invoices.org_id and c.id <> invoices.customer_id limit 1)
       where kind = 'credit_note'"),
    ("balances", "invoice_balances", "update invoice_balances set paid_minor = paid_minor - 1 where invoice_id = (select invoice_id from invoice_balances where paid_minor > 0 order by 1 limit 1)"),
    ("payments", "payment_allocations", "update payment_allocations set amount_minor = amount_minor + 1 where id = (select id from payment_allocations order by id limit 1)"),
    ("search", "customers", "delete from search.entries where entity_id = (select id from customers order by id limit 1)"),
    ("people", "members", "delete from auth.affiliations where member_id = (select id from members order by id limit 1)"),
    ("order_labels", "labels", "update labels set phase = 'delivered' where id = (select label_id from work_order_labels limit 1)"),
    ("trail", "audit_events", "delete from audit_events where action = 'payment.recorded'"),
    ("references", "concerns", "update concerns set work_order_id = (select id from work_orders w where w.org_id <> concerns.org_id limit 1)
       where id = (select id from concerns order by id limit 1)"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_planted_breach_is_found_under_its_rule() {
    let app = TestApp::new().await;
    let owner = &app.database().owner_url;
    seed::plant(owner, Plan::DEMO, &*ManualClock::at(app.now()))
        .await
        .expect("workshops");
    let sound = gantry::app::verify_invariants(owner).await.expect("a report");
    assert_eq!(sound.breaches, vec![]);
    assert_eq!(sound.rules, BREAKS.len(), "a rule that no test breaks");
    let mut admin = app.db_admin().await;
    for (rule, table, breach) in BREAKS {
        let before = breached(owner, rule).await;
        let statement = format!(
            "alter table {table} disable trigger all; {breach}; alter table {table} enable trigger all"
        );
        admin
            .execute(sqlx::raw_sql(AssertSqlSafe(statement)))
            .await
            .expect(rule);
        let after = breached(owner, rule).await;
        assert!(!after.is_subset(&before), "{rule} did not notice: {breach}");
    }
}

async fn breached(owner_url: &str, rule: &str) -> BTreeSet<String> {
    let report = gantry::app::verify_invariants(owner_url).await.expect("a report");
    let of_rule = report.breaches.iter().filter(|breach| breach.rule == rule);
    of_rule.map(ToString::to_string).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_archived_is_rightly_not_found_and_is_a_breach_when_it_is() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let customer = owner.make_customer(&[]).await;
    let vehicle = owner.make_vehicle(customer, &[]).await;
    for (path, what) in [
        (format!("/vehicles/{vehicle}/archive"), "a vehicle"),
        (format!("/customers/{customer}/archive"), "a customer"),
    ] {
        owner.post(&path, &[("reason", "sold")]).await.must(303);
        let report = gantry::app::verify_invariants(&app.database().owner_url)
            .await
            .expect("a report");
        assert_eq!(report.breaches, vec![], "{what} was archived");
    }
    // The search forgets it by a trigger: without that it is still found.
    owner.make_customer(&[("name", "Bo"), ("phone", "030 777")]).await;
    let mut admin = nord.db().await;
    admin
        .execute(sqlx::raw_sql(
            "alter table customers disable trigger all; update customers set archived_at = now() where name = 'Bo'; alter table customers enable trigger all",
        ))
        .await
        .expect("an archived customer");
    let breaches = breached(&app.database().owner_url, "search").await;
    assert_eq!(breaches.len(), 1, "{breaches:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_driver_whom_the_search_does_not_know_is_a_breach() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let company = owner
        .make_customer(&[("kind", "company"), ("name", "Transporte Nord")])
        .await;
    for (name, phone) in [("Zoë Lahm", "030 5550101"), ("Max Muster", "")] {
        let driver = [("name", name), ("phone", phone)];
        owner
            .post(&format!("/customers/{company}/drivers/new"), &driver)
            .await
            .must(303);
    }
    let known = breached(&app.database().owner_url, "search").await;
    assert!(known.is_empty(), "{known:?}");
    // The search learns of drivers by a trigger: without that each of these is a breach.
    let mut admin = nord.db().await;
    for (change, breaches) in [
        (
            "update drivers set name = 'Mia Muster' where name = 'Max Muster'",
            1,
        ),
        ("update drivers set phone_norm = '4930777' where phone <> ''", 2),
        ("update drivers set archived_at = now()", 0),
    ] {
        let statement = format!(
            "alter table drivers disable trigger all; {change}; alter table drivers enable trigger all"
        );
        admin
            .execute(sqlx::raw_sql(AssertSqlSafe(statement)))
            .await
            .expect(change);
        let found = breached(&app.database().owner_url, "search").await;
        assert_eq!(found.len(), breaches, "{change}: {found:?}");
    }
}

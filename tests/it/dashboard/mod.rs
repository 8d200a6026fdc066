//! The dashboard: each figure is the number, or the sum, of the rows that it leads to. Both are found on the pages themselves, so a
//! new figure is followed as soon as it has a link.
mod examples;
mod read;

use crate::kit::bulk::{self, Size};
use crate::kit::make::billing::USUAL;
use crate::kit::{Actor, TestApp, Workshop};
use chrono::{DateTime, TimeDelta, Utc};
use gantry::kernel::{BranchId, Role};
use read::{behind, cents, column, figures};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// Follows every figure and counts; gives what the dashboard shows, by name and address.
async fn agree(actor: &Actor) -> BTreeMap<String, String> {
    let page = actor.get("/dashboard").await.must(200);
    let mut shown = BTreeMap::new();
    for figure in figures(&page) {
        let rows = behind(actor, &figure.href).await;
        if figure.value.contains(['€', '$', '₹', '£']) {
            let column = column(&figure.href);
            let sum: i64 = rows
                .iter()
                .map(|row| cents(row.get(column).map_or("", String::as_str)))
                .sum();
            assert_eq!(cents(&figure.value), sum, "{figure:?}: {} rows", rows.len());
        } else {
            assert_eq!(figure.value, rows.len().to_string(), "{figure:?}");
        }
        // "3 invoices past the due date"
        let count = figure
            .note
            .split_once(" invoice")
            .map(|(count, _)| count.to_owned());
        if let Some(count) = count {
            assert_eq!(count, rows.len().to_string(), "{figure:?}");
        }
        // Two tiles are called Overdue: one of work, one of money.
        shown.insert(format!("{} {}", figure.name, figure.href), figure.value);
    }
    shown
}

fn value<'s>(shown: &'s BTreeMap<String, String>, href: &str) -> &'s str {
    let found = shown.iter().find(|(name, _)| name.ends_with(&format!(" {href}")));
    found.map_or("", |(_, value)| value)
}

const WORK: [&str; 4] = [
    "/work-orders?show=today",
    "/work-orders?show=overdue",
    "/work-orders?show=ready",
    "/work-orders?show=open",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_is_what_it_leads_to_for_everybody() {
    let app = TestApp::new().await;
    app.advance(TimeDelta::days(20));
    let nord = app.workshop("nord").await;
    bulk::fill(&nord, Size::BUSY).await;
    bulk::fill(&app.workshop("sued").await, Size::BUSY).await;
    let owner = agree(&nord.owner().await).await;
    // Four of work, a bar for each open phase, four of money, a bar for each month since the first invoice.
    assert_eq!(owner.len(), 4 + 8 + 4 + 3, "{owner:#?}");
    assert_eq!(value(&owner, "/work-orders?show=open"), "60");
    for href in [
        "/invoices?month=2026-03",
        "/invoices?month=2026-02",
        "/payments?month=2026-03",
        "/invoices?state=open",
        "/invoices?state=overdue",
    ] {
        assert!(cents(value(&owner, href)) > 0, "{href}: {owner:#?}");
    }
    for (who, actor, figures) in [
        ("manager", nord.manager().await, 19),
        ("accountant", nord.accountant().await, 19),
        ("receptionist", nord.receptionist().await, 12),
        ("technician", bulk::technician(&nord).await, 12),
    ] {
        let shown = agree(&actor).await;
        assert_eq!(shown.len(), figures, "{who}: {shown:#?}");
        let open: i64 = value(&shown, "/work-orders?show=open").parse().expect("a number");
        assert!(open > 10 && open < 60, "{who}: {open}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_workshop_has_figures_of_nothing() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let shown = agree(&nord.owner().await).await;
    for href in WORK {
        assert_eq!(value(&shown, href), "0", "{href}");
    }
    assert!(shown.values().all(|value| cents(value) == 0), "{shown:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_branches_figures_are_those_of_the_workshop_divided() {
    let app = TestApp::new().await;
    app.advance(TimeDelta::days(20));
    let nord = app.workshop("nord").await;
    bulk::fill(&nord, Size::BUSY).await;
    let owner = nord.owner().await;
    let all = agree(&owner).await;
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for branch in branches(&nord).await {
        choose(&owner, &branch.to_string()).await;
        for (name, value) in agree(&owner).await {
            *sums.entry(name).or_default() += cents(&value);
        }
    }
    // With both branches there are no fewer figures than with each.
    let whole: BTreeMap<String, i64> = all
        .iter()
        .map(|(name, value)| (name.clone(), cents(value)))
        .collect();
    assert_eq!(sums, whole);
    choose(&owner, "all").await;
    assert_eq!(agree(&owner).await, all);
}

async fn branches(of: &Workshop) -> Vec<BranchId> {
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar("select id from branches where org_id = $1 order by code")
        .bind(of.org.uuid())
        .fetch_all(&mut of.db().await)
        .await
        .expect("branches");
    ids.into_iter().map(BranchId::new).collect()
}

async fn choose(actor: &Actor, branch: &str) {
    actor
        .post("/session/branch", &[("branch", branch)])
        .await
        .must(303);
}

async fn db_zone(of: &Workshop, branch: BranchId, zone: &str) {
    let statement = format!(
        "update branches set time_zone = '{zone}' where id = '{}'",
        branch.uuid()
    );
    sqlx::query(AssertSqlSafe(statement))
        .execute(&mut of.db().await)
        .await
        .expect("a zone");
}

/// An order in a branch, received at this moment.
async fn db_arrival(of: &Workshop, branch: BranchId, at: DateTime<Utc>) {
    let order = of.db_order("received", &[]).await;
    sqlx::query("alter table work_orders disable trigger work_orders_guard")
        .execute(&mut of.db().await)
        .await
        .expect("no guard");
    sqlx::query("update work_orders set branch_id = $2, number = 1000000 + (random() * 1000000000)::bigint, created_at = $3, promised_at = $3::timestamptz + interval '20 hours' where id = $1")
        .bind(order.uuid()).bind(branch.uuid()).bind(at).execute(&mut of.db().await).await.expect("an arrival");
}

#[tokio::test(flavor = "multi_thread")]
async fn today_begins_at_each_branchs_midnight() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    // Thirteen hours before and eight after UTC: never the same day's beginning.
    db_zone(&nord, nord.main.id, "Pacific/Auckland").await;
    db_zone(&nord, west.id, "America/Los_Angeles").await;
    let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
    // Midnight of 3 March in Auckland is 11:00 UTC of the second, in Los Angeles 08:00 UTC of the third.
    for (branch, time) in [
        (nord.main.id, "2026-03-02T10:55:00Z"),
        (nord.main.id, "2026-03-02T11:00:00Z"),
        (nord.main.id, "2026-03-02T11:05:00Z"),
        (west.id, "2026-03-03T07:55:00Z"),
        (west.id, "2026-03-03T08:05:00Z"),
    ] {
        db_arrival(&nord, branch, at(time)).await;
    }
    let mut today = Vec::new();
    for time in [
        "2026-03-02T10:59:00Z",
        "2026-03-02T11:06:00Z",
        "2026-03-03T07:59:00Z",
        "2026-03-03T08:06:00Z",
        "2026-03-03T11:01:00Z",
    ] {
        app.advance(at(time) - app.now());
        // A session ends after half a day without use.
        let owner = nord.owner().await;
        let mut here = Vec::new();
        for branch in [nord.main.id.to_string(), west.id.to_string(), "all".to_owned()] {
            choose(&owner, &branch).await;
            let shown = agree(&owner).await;
            here.push((
                value(&shown, WORK[0]).to_owned(),
                value(&shown, WORK[1]).to_owned(),
            ));
        }
        today.push(here);
    }
    let row = |line: &[(&str, &str)]| {
        line.iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect::<Vec<_>>()
    };
    // What comes in later is in the database already; only the bounds of the day and of the promises move.
    assert_eq!(today[0], row(&[("3", "0"), ("2", "0"), ("5", "0")]));
    assert_eq!(today[1], row(&[("2", "0"), ("2", "0"), ("4", "0")]));
    assert_eq!(today[2], row(&[("2", "3"), ("2", "0"), ("4", "3")]));
    assert_eq!(today[3], row(&[("2", "3"), ("1", "0"), ("3", "3")]));
    assert_eq!(today[4], row(&[("0", "3"), ("1", "0"), ("1", "3")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_overdue_and_months_change_at_the_branchs_midnight() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    db_zone(&nord, nord.main.id, "Pacific/Auckland").await;
    let owner = nord.owner().await;
    // Posted on Monday, 2 March at 22:00 in Auckland: due on the sixteenth.
    let invoice = owner.make_invoice(nord.db_ready_order().await).await;
    owner.pay(invoice, &[("amount", "19.00")]).await.must(303);
    let shown = agree(&owner).await;
    assert_eq!(value(&shown, "/invoices?state=open"), "€100.00");
    assert_eq!(value(&shown, "/invoices?month=2026-03"), "€119.00");
    assert_eq!(value(&shown, "/payments?month=2026-03"), "€19.00");
    let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
    for (time, overdue) in [
        ("2026-03-16T10:59:00Z", "€0.00"),
        ("2026-03-16T11:01:00Z", "€100.00"),
    ] {
        app.advance(at(time) - app.now());
        // A session ends after half a day without use.
        let owner = nord.owner().await;
        assert_eq!(
            value(&agree(&owner).await, "/invoices?state=overdue"),
            overdue,
            "{time}"
        );
    }
    // In Auckland April begins thirteen hours before UTC's; the new month starts with nothing and keeps the old one's bar.
    app.advance(at("2026-03-31T10:59:00Z") - app.now());
    let owner = nord.owner().await;
    assert_eq!(value(&agree(&owner).await, "/payments?month=2026-03"), "€19.00");
    app.advance(TimeDelta::minutes(2));
    let shown = agree(&owner).await;
    assert_eq!(value(&shown, "/payments?month=2026-04"), "€0.00");
    assert_eq!(value(&shown, "/invoices?month=2026-03"), "€119.00");
    assert_eq!(value(&shown, "/invoices?month=2026-04"), "€0.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_follow_credit_notes_reversals_and_moves() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let (kept, voided) = (
        owner.make_invoice(nord.db_ready_order().await).await,
        owner.make_invoice(nord.db_ready_order().await).await,
    );
    owner.void(voided).await;
    owner
        .pay(kept, &[("amount", "50.00"), ("method", "cash")])
        .await
        .must(303);
    owner.pay(kept, &[("amount", "10.00")]).await.must(303);
    let shown = agree(&owner).await;
    assert_eq!(value(&shown, "/invoices?month=2026-03"), "€119.00");
    assert_eq!(value(&shown, "/payments?month=2026-03"), "€60.00");
    assert_eq!(value(&shown, "/invoices?state=open"), "€59.00");
    let payment: uuid::Uuid = sqlx::query_scalar("select id from payments where amount_minor = 5000")
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a payment");
    let payment = gantry::kernel::PaymentId::new(payment);
    owner
        .post(
            &format!("/payments/{payment}/reverse"),
            &[("reason", "Not covered")],
        )
        .await
        .must(303);
    let shown = agree(&owner).await;
    assert_eq!(value(&shown, "/payments?month=2026-03"), "€10.00");
    assert_eq!(value(&shown, "/invoices?state=open"), "€109.00");
    let order = nord.db_order("received", &[USUAL]).await;
    assert_eq!(value(&agree(&owner).await, "/work-orders?show=received"), "1");
    owner.move_order(order, "cancelled").await;
    owner
        .on_order(order, "moves", &[("to", "cancelled"), ("reason", "Sold")])
        .await;
    assert_eq!(value(&agree(&owner).await, "/work-orders?show=received"), "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_one_branch_counts_their_branch_only() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    db_arrival(&nord, nord.main.id, app.now()).await;
    db_arrival(&nord, west.id, app.now()).await;
    db_arrival(&nord, west.id, app.now()).await;
    let wilma = nord.member("wilma", Role::Receptionist, &[west.id]).await;
    let shown = agree(&wilma).await;
    assert_eq!((value(&shown, WORK[0]), value(&shown, WORK[3])), ("2", "2"));
    assert_eq!(value(&agree(&nord.owner().await).await, WORK[3]), "3");
}

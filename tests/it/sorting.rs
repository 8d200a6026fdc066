//! The orders of lists: each shows every row once, in its order, from page to page, and says in its head which order it is.
use crate::kit::bulk::{self, Size};
use crate::kit::{Actor, Answer, TestApp, Workshop};
use gantry::kernel::{AssetId, CustomerId, InvoiceId, WorkOrderId};
use std::fmt::Display;
use uuid::Uuid;

/// Every page of a list, from the first one on.
async fn pages(of: &Actor, start: &str) -> Vec<Answer> {
    let (mut pages, mut next) = (Vec::new(), Some(start.to_owned()));
    while let Some(address) = next {
        let page = of.get(&address).await.must(200);
        let (statements, trips) = page.effort();
        assert!(
            statements <= 12 && trips <= 6,
            "{address}: {statements} statements, {trips} trips"
        );
        next = page.page().next();
        pages.push(page);
        assert!(pages.len() < 50, "{start} does not end");
    }
    pages
}

/// The rows of all pages, by what their links lead to.
async fn walked(of: &Actor, path: &str, query: &str) -> Vec<String> {
    let mut rows = Vec::new();
    for page in pages(of, &format!("{path}?{query}")).await {
        let text = page.text();
        let begin = format!("href=\"{path}/");
        let links = text.split(&begin).skip(1);
        let ids = links.filter_map(|rest| rest.split(['"', '/', '?']).next());
        let mut of_page: Vec<String> = ids.filter(|id| id.contains('_')).map(ToOwned::to_owned).collect();
        of_page.dedup();
        rows.extend(of_page);
    }
    rows
}

/// The rows as the database has them in this order.
async fn expected<T: Display>(of: &Workshop, query: &'static str, id: fn(Uuid) -> T) -> Vec<String> {
    let ids: Vec<Uuid> = sqlx::query_scalar(query)
        .fetch_all(&mut of.db().await)
        .await
        .expect(query);
    ids.into_iter().map(|uuid| id(uuid).to_string()).collect()
}

async fn shop() -> (TestApp, Workshop, Actor) {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    bulk::fill(&nord, Size::PAGES).await;
    let owner = nord.owner().await;
    (app, nord, owner)
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_stand_in_the_order_of_their_names_and_no_name_is_in_an_address() {
    let (_app, nord, owner) = shop().await;
    let sql = "select id from customers where archived_at is null order by lower(name) collate \"C\", id";
    let mut by_name = expected(&nord, sql, CustomerId::new).await;
    assert!(by_name.len() > 30);
    assert_eq!(walked(&owner, "/customers", "sort=name").await, by_name);
    by_name.reverse();
    assert_eq!(walked(&owner, "/customers", "sort=name-down").await, by_name);
    let first = owner.get("/customers?sort=name").await.must(200);
    assert!(first.text().contains("aria-sort=\"ascending\""));
    let next = first.page().next().expect("another page");
    let key = next.split("before=").nth(1).expect("a key");
    assert!(
        key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit()),
        "{next}"
    );
    // What is not an order is the usual one.
    let usual = walked(&owner, "/customers", "").await;
    assert_eq!(walked(&owner, "/customers", "sort=size").await, usual);
}

#[tokio::test(flavor = "multi_thread")]
async fn vehicles_stand_in_the_order_of_their_plates() {
    let (_app, nord, owner) = shop().await;
    let sql = "select id from assets where archived_at is null
                order by plate_norm = '', plate_norm collate \"C\", id";
    let by_plate = expected(&nord, sql, AssetId::new).await;
    assert_eq!(walked(&owner, "/vehicles", "sort=plate").await, by_plate);
}

#[tokio::test(flavor = "multi_thread")]
async fn open_work_orders_stand_by_age_and_by_what_was_promised() {
    let (_app, nord, owner) = shop().await;
    let sql = "select id from work_orders where closed_at is null order by created_at, id";
    let oldest = expected(&nord, sql, WorkOrderId::new).await;
    assert_eq!(walked(&owner, "/work-orders", "sort=oldest").await, oldest);
    let sql = "select id from work_orders where closed_at is null order by promised_at nulls last, id";
    let promised = expected(&nord, sql, WorkOrderId::new).await;
    assert_eq!(walked(&owner, "/work-orders", "sort=promised").await, promised);
    // Where no index has it, it is not offered.
    let closed = owner
        .get("/work-orders?show=closed&sort=promised")
        .await
        .must(200);
    assert!(!closed.text().contains("aria-sort") && !closed.shows("Promised soonest first"));
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_stand_by_age_and_what_is_open_by_its_day_and_amount() {
    let (_app, nord, owner) = shop().await;
    let sql = "select id from invoices order by created_at, id";
    let oldest = expected(&nord, sql, InvoiceId::new).await;
    assert_eq!(walked(&owner, "/invoices", "sort=oldest").await, oldest);
    for (sort, sql) in [
        (
            "due",
            "select invoice_id from invoice_balances where open_minor > 0 order by due_on, invoice_id",
        ),
        (
            "amount",
            "select invoice_id from invoice_balances where open_minor > 0 order by open_minor desc, invoice_id desc",
        ),
        (
            "due-last",
            "select invoice_id from invoice_balances where open_minor > 0 order by due_on desc, invoice_id desc",
        ),
    ] {
        let open = expected(&nord, sql, InvoiceId::new).await;
        assert!(!open.is_empty());
        let walk = walked(&owner, "/invoices", &format!("state=open&sort={sort}")).await;
        assert_eq!(walk, open, "{sort}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_stand_by_amount_and_by_the_day_they_came_in() {
    let (_app, nord, owner) = shop().await;
    for (sort, sql) in [
        (
            "amount",
            "select amount_minor from payments order by amount_minor desc, id desc",
        ),
        (
            "received",
            "select amount_minor from payments order by received_on desc, id desc",
        ),
    ] {
        let amounts: Vec<i64> = sqlx::query_scalar(sql)
            .fetch_all(&mut nord.db().await)
            .await
            .expect(sql);
        let mut shown = Vec::new();
        for page in pages(&owner, &format!("/payments?sort={sort}")).await {
            let cells: Vec<String> = page
                .text()
                .split("data-label=\"Amount\"")
                .skip(1)
                .map(ToOwned::to_owned)
                .collect();
            shown.extend(cells.iter().filter_map(|cell| {
                let text = cell.split('>').nth(1)?.split('<').next()?;
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let minus = text.contains(['-', '−']);
                digits
                    .parse::<i64>()
                    .ok()
                    .map(|amount| if minus { -amount } else { amount })
            }));
        }
        assert!(shown.len() > 30, "{}", shown.len());
        assert_eq!(shown, amounts, "{sort}");
    }
}

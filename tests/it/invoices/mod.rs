//! Documents: from approved work to a number that never goes away.
mod drafts;
mod examples;
mod sellers;

use crate::kit::{TestApp, Workshop, connect};
use chrono::TimeDelta;
use futures::future::join_all;
use gantry::kernel::{InvoiceId, WorkOrderId};
use sqlx::{AssertSqlSafe, Executor, PgConnection};

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_cannot_issue_an_invoice() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (order, tomas, ana) = (
        nord.db_ready_order().await,
        nord.technician("tomas").await,
        nord.accountant().await,
    );
    tomas
        .post(&format!("/work-orders/{order}/invoice"), &[])
        .await
        .must(403);
    tomas.get("/invoices").await.must(403);
    let draft = ana.make_draft(order).await;
    tomas
        .post(&format!("/invoices/{draft}/post"), &[])
        .await
        .must(403);
    let rita = nord.receptionist().await;
    rita.get(&format!("/invoices/{draft}")).await.must(200);
    rita.post(&format!("/invoices/{draft}/post"), &[]).await.must(403);
    assert_eq!(nord.db_number(draft).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_posted_invoice_never_changes() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    for act in ["edit", "delete", "refresh"] {
        ana.post(&format!("/invoices/{invoice}/{act}"), &[("subject", "x")])
            .await
            .must(409);
    }
    let statements = [
        "update invoices set due_on = due_on + 1",
        "update invoices set state = 'draft', number = null, number_text = null, posted_at = null",
        "update invoice_lines set description = 'x'",
        "insert into invoice_lines (id, invoice_id, position, kind, description, quantity_milli, unit_price_minor, tax_basis_points, net_minor, tax_minor)
           select gen_random_uuid(), id, 9, 'fee', 'x', 1000, 1, 0, 1, 0 from invoices",
        "delete from invoice_lines",
        "delete from invoice_work_orders",
        "delete from invoiced_jobs",
        "delete from invoices",
        "truncate invoices cascade",
        "update lines set unit_price_minor = 1",
        "update jobs set decision = 'declined'",
        "delete from jobs",
    ];
    for statement in statements {
        for role in ["gantry_owner", "gantry_tenant"] {
            let code = refusal(&nord, role, statement).await;
            let by_rights = role == "gantry_tenant" && code == "42501";
            assert!(code.starts_with("GA") || by_rights, "{role}: {statement}: {code}");
        }
    }
    let code = refusal(
        &nord,
        "gantry_tenant",
        "update invoice_balances set paid_minor = total_minor",
    )
    .await;
    assert_eq!(code, "42501", "a balance follows payments, nobody writes it");
    assert_eq!(nord.db_open(invoice).await, 11_900);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_posts_only_what_its_lines_add_up_to() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let draft = nord
        .accountant()
        .await
        .make_draft(nord.db_ready_order().await)
        .await;
    let post = format!(
        "update invoices set net_minor = 1, tax_minor = 0, total_minor = 1, state = 'posted', fiscal_year = 2026, number = 1, number_text = 'X-1',
                issued_on = '2026-03-02', due_on = '2026-03-02', posted_at = now(), posted_by = (select id from members limit 1), seller = '{{}}', buyer = '{{}}'
          where id = '{}'",
        draft.uuid()
    );
    assert_eq!(refusal(&nord, "gantry_owner", &post).await, "23514");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_keeps_its_buyer_after_the_customer_is_renamed() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let (posted, draft) = (nord.db_ready_order().await, nord.db_ready_order().await);
    let (posted, draft) = (ana.make_invoice(posted).await, ana.make_draft(draft).await);
    run(&nord, "update customers set name = 'Countess of Lovelace'").await;
    run(&nord, "update branches set address = 'Moved Street 9'").await;
    let print = ana.get(&format!("/invoices/{posted}/print")).await.must(200);
    assert!(print.shows("Ada Lovelace") && !print.shows("Countess") && !print.shows("Moved Street"));
    let print = ana.get(&format!("/invoices/{draft}/print")).await.must(200);
    assert!(print.shows("Countess of Lovelace") && print.shows("Moved Street 9"));
    let list = ana.get("/invoices").await.must(200);
    assert!(list.shows("Ada Lovelace") && list.shows("Countess of Lovelace"));
}

#[tokio::test(flavor = "multi_thread")]
async fn posting_many_times_at_once_is_one_posting() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let order = nord.db_ready_order().await;
    let path = format!("/work-orders/{order}/invoice");
    let drafts = join_all((0..6).map(|_| ana.post(&path, &[]))).await;
    let drafts: Vec<InvoiceId> = drafts.into_iter().map(|answer| answer.must(303).id()).collect();
    assert!(drafts.iter().all(|draft| *draft == drafts[0]), "{drafts:?}");
    let post = format!("/invoices/{}/post", drafts[0]);
    for answer in join_all((0..6).map(|_| ana.post(&post, &[]))).await {
        answer.must(303);
    }
    assert_eq!(
        nord.db_number(drafts[0]).await.as_deref(),
        Some("MAIN-2026-00001")
    );
    assert_eq!(last_number(&nord, "invoice").await, 1);
    let voids = format!("/invoices/{}/void", drafts[0]);
    let fields = [("reason", "Twice")];
    let credits = join_all((0..4).map(|_| ana.post(&voids, &fields))).await;
    let credits: Vec<InvoiceId> = credits.into_iter().map(|answer| answer.must(303).id()).collect();
    assert!(credits.iter().all(|credit| *credit == credits[0]), "{credits:?}");
    assert_eq!(last_number(&nord, "credit_note").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_no_holes_under_rollbacks() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let mut drafts = Vec::new();
    for _ in 0..16 {
        drafts.push(ana.make_draft(nord.db_ready_order().await).await);
    }
    let posts = drafts.iter().map(|draft| {
        let (ana, path) = (ana.clone(), format!("/invoices/{draft}/post"));
        async move { ana.post(&path, &[]).await.must(303) }
    });
    let aborts = (0..16).map(|_| take_and_give_back(&nord));
    tokio::join!(join_all(posts), join_all(aborts));
    let numbers: Vec<i64> =
        sqlx::query_scalar("select number from invoices where state = 'posted' order by posted_at, number")
            .fetch_all(&mut nord.db().await)
            .await
            .expect("numbers");
    assert_eq!(
        numbers,
        (1..=16).collect::<Vec<i64>>(),
        "in the order of their moments"
    );
    let found = gantry::app::verify_invariants(&app.database().owner_url)
        .await
        .expect("a report");
    let documents = found
        .breaches
        .iter()
        .filter(|b| b.rule == "document_numbers" || b.rule == "balances");
    assert_eq!(documents.count(), 0, "{:?}", found.breaches);
}

/// A posting that fails after it took its number.
async fn take_and_give_back(nord: &Workshop) {
    let mut db = nord.db().await;
    let taken = format!(
        "begin; select app.next_number('{}', 'invoice', 2026); rollback",
        nord.main.id.uuid()
    );
    db.execute(sqlx::raw_sql(AssertSqlSafe(taken)))
        .await
        .expect("a number given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_invoice_frees_its_work_and_keeps_its_number() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let order = nord.db_ready_order().await;
    let invoice = ana.make_invoice(order).await;
    ana.pay(invoice, &[("amount", "50.00")]).await.must(303);
    let path = format!("/invoices/{invoice}/void");
    assert!(
        ana.post(&path, &[("reason", " ")])
            .await
            .must(422)
            .shows("Enter a reason.")
    );
    let draft: InvoiceId = ana
        .post(&path, &[("reason", "Wrong price"), ("again", "on")])
        .await
        .must(303)
        .id();
    assert_ne!(draft, invoice);
    assert_eq!(nord.db_number(invoice).await.as_deref(), Some("MAIN-2026-00001"));
    assert_eq!(nord.db_open(invoice).await, 0);
    let page = ana.get(&format!("/invoices/{invoice}")).await.must(200);
    assert!(
        page.shows("This invoice is void")
            && page.shows("MAIN-C2026-00001")
            && page.shows("Kept as customer credit")
    );
    ana.post(&format!("/invoices/{draft}/post"), &[]).await.must(303);
    let page = ana.get(&format!("/invoices/{draft}")).await.must(200);
    assert!(page.shows("Customer credit: €50.00"));
    ana.post(&format!("/invoices/{draft}/credit"), &[])
        .await
        .must(303);
    assert_eq!(nord.db_open(draft).await, 6_900);
    ana.post(&format!("/invoices/{draft}/credit"), &[])
        .await
        .must(409);
    sound(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fiscal_year_turns_at_midnight_where_the_branch_is() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    run(
        &nord,
        "update branches set fiscal_year_start = 4, time_zone = 'Asia/Kolkata'",
    )
    .await;
    let ana = nord.accountant().await;
    // 31 March 2026, 23:50 in Kolkata is 18:20 UTC.
    app.advance(TimeDelta::days(29) + TimeDelta::hours(9) + TimeDelta::minutes(20));
    let ana = relog(&nord, ana).await;
    let old = ana.make_invoice(nord.db_ready_order().await).await;
    app.advance(TimeDelta::minutes(20));
    let new = ana.make_invoice(nord.db_ready_order().await).await;
    let next = ana.make_invoice(nord.db_ready_order().await).await;
    assert_eq!(nord.db_number(old).await.as_deref(), Some("MAIN-2025-00001"));
    assert_eq!(nord.db_number(new).await.as_deref(), Some("MAIN-2026-00001"));
    assert_eq!(nord.db_number(next).await.as_deref(), Some("MAIN-2026-00002"));
    assert_eq!(
        nord.db_invoice(old, "issued_on").await.as_deref(),
        Some("2026-03-31")
    );
    assert_eq!(
        nord.db_invoice(new, "issued_on").await.as_deref(),
        Some("2026-04-01")
    );
    assert_eq!(
        nord.db_invoice(new, "due_on").await.as_deref(),
        Some("2026-04-15")
    );
}

/// The clock moved past the session's end: signed in again.
async fn relog(nord: &Workshop, before: crate::kit::Actor) -> crate::kit::Actor {
    drop(before);
    nord.accountant().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sum_of_a_month_is_the_sum_of_its_rows() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let first = ana.make_invoice(nord.db_ready_order().await).await;
    ana.make_invoice(nord.db_ready_order().await).await;
    ana.make_draft(nord.db_ready_order().await).await;
    let march = ana.get("/invoices?month=2026-03").await.must(200);
    assert!(march.shows("Total of 2 documents") && march.shows("€238.00"));
    app.advance(TimeDelta::days(30));
    let ana = nord.accountant().await;
    ana.void(first).await;
    let april = ana.get("/invoices?month=2026-04").await.must(200);
    assert!(april.shows("Total of 1 document") && april.shows("−€119.00"));
    let march = ana.get("/invoices?month=2026-03").await.must(200);
    assert!(
        march.shows("€238.00"),
        "a later credit note does not change a month that is over"
    );
    let overdue = ana.get("/invoices?state=overdue").await.must(200);
    assert!(
        overdue.shows("Total of 1 document")
            && overdue.shows("MAIN-2026-00002")
            && !overdue.shows("MAIN-2026-00001")
    );
    assert!(ana.get("/invoices?state=draft").await.must(200).shows("Draft"));
    let paid = ana.get("/invoices?state=paid").await.must(200);
    assert!(paid.shows("No documents in this state."));
    let (statements, trips) = march.effort();
    assert!(statements <= 12 && trips <= 6, "{statements} {trips}");
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_others_do_not_exist() {
    let app = TestApp::new().await;
    let (nord, sud) = (app.workshop("nord").await, app.workshop("sud").await);
    let invoice = nord.owner().await.make_invoice(nord.db_ready_order().await).await;
    let west = nord.branch("WEST").await;
    let elsewhere = nord
        .member("wim", gantry::kernel::Role::Manager, &[west.id])
        .await;
    for stranger in [sud.owner().await, elsewhere] {
        stranger.get(&format!("/invoices/{invoice}")).await.must(404);
        stranger
            .get(&format!("/invoices/{invoice}/print"))
            .await
            .must(404);
        stranger
            .post(&format!("/invoices/{invoice}/void"), &[("reason", "x")])
            .await
            .must(404);
        stranger.pay(invoice, &[]).await.must(404);
        assert!(!stranger.get("/invoices").await.must(200).shows("MAIN-2026-00001"));
    }
    let unknown = WorkOrderId::new(uuid::Uuid::nil());
    sud.owner()
        .await
        .post(&format!("/work-orders/{unknown}/invoice"), &[])
        .await
        .must(404);
}

async fn run(nord: &Workshop, statement: &'static str) {
    nord.db().await.execute(statement).await.expect(statement);
}

async fn last_number(nord: &Workshop, series: &str) -> i64 {
    sqlx::query_scalar("select last_number from number_series where series = $1")
        .bind(series)
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a series")
}

/// The code with which a role's statement fails; nothing of it stays.
async fn refusal(nord: &Workshop, role: &str, statement: &str) -> String {
    let mut db: PgConnection = connect(&nord.app().database().owner_url).await;
    let script = format!(
        "begin; select set_config('app.org_id', '{}', true), set_config('app.branches', 'all', true), set_config('role', '{role}', true); {statement}; rollback",
        nord.org.uuid()
    );
    match db.execute(sqlx::raw_sql(AssertSqlSafe(script))).await {
        Ok(_) => "done".to_owned(),
        Err(error) => error
            .as_database_error()
            .and_then(|e| e.code())
            .unwrap_or_default()
            .into_owned(),
    }
}

/// The check from outside finds nothing about documents and money. Orders come in by hand here, so other rules do not count.
pub(crate) async fn sound(app: &TestApp) {
    let report = gantry::app::verify_invariants(&app.database().owner_url)
        .await
        .expect("a report");
    let rules = [
        "document_totals",
        "document_numbers",
        "credit_notes",
        "balances",
        "payments",
    ];
    let breaches: Vec<String> = report
        .breaches
        .iter()
        .filter(|b| rules.contains(&b.rule))
        .map(ToString::to_string)
        .collect();
    assert_eq!(breaches, Vec::<String>::new());
}

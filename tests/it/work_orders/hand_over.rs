//! What leaves the shop: all approved work invoiced, nothing that the customer said forgotten.
use crate::kit::make::billing::USUAL;
use crate::kit::{Actor, TestApp, Workshop};
use gantry::domain::order::{JobDecision, Payer, chargeable};
use gantry::kernel::{InvoiceId, JobId, WorkOrderId};
use sqlx::{AssertSqlSafe, Executor};

const COLLECTED: [(&str, &str); 2] = [("collected_by", "Ada"), ("typed", "Ada Lovelace")];

async fn nord() -> (Workshop, Actor) {
    let nord = TestApp::new().await.workshop("nord").await;
    let mia = nord.manager().await;
    (nord, mia)
}

async fn run(nord: &Workshop, statement: &str) {
    let done = nord
        .db()
        .await
        .execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned())))
        .await;
    done.expect(statement);
}

async fn page(who: &Actor, order: WorkOrderId) -> crate::kit::Answer {
    who.get(&format!("/work-orders/{order}")).await.must(200)
}

/// A second job, approved after the first was invoiced and done since; the order is ready.
async fn with_a_later_job(nord: &Workshop, mia: &Actor) -> (WorkOrderId, InvoiceId) {
    let order = nord.db_order("in_progress", &[USUAL]).await;
    let invoice = mia.make_invoice(order).await;
    let wipers = mia.make_job(order, "Wipers", "20.00").await;
    mia.decide(order, wipers, "approved").await.must(303);
    run(nord, "update jobs set work_state = 'finished'; update work_orders set phase = 'ready' where phase = 'in_progress'").await;
    (order, invoice)
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_was_approved_after_an_invoice_does_not_leave_without_its_own() {
    let (nord, mia) = nord().await;
    let (order, first) = with_a_later_job(&nord, &mia).await;
    assert!(page(&mia, order).await.shows("€23.80 is not invoiced yet"));
    let refused = mia.on_order(order, "hand-over", &COLLECTED).await.must(409);
    assert!(refused.shows("Post an invoice for “Wipers” (€23.80)"));
    let draft = mia.make_draft(order).await;
    let refused = mia.on_order(order, "hand-over", &COLLECTED).await.must(409);
    assert!(
        refused.shows("Post an invoice for “Wipers” (€23.80)"),
        "a draft is no invoice"
    );
    mia.post(&format!("/invoices/{draft}/post"), &[]).await.must(303);
    assert!(!page(&mia, order).await.shows("is not invoiced yet"));
    mia.void(first).await;
    let refused = mia.on_order(order, "hand-over", &COLLECTED).await.must(409);
    assert!(
        refused.shows("Post an invoice for “Job 1” (€119.00)"),
        "what was credited is not invoiced"
    );
    mia.make_invoice(order).await;
    mia.on_order(order, "hand-over", &COLLECTED).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_a_ready_order_leaves_the_main_button_is_its_invoice() {
    let (nord, mia) = nord().await;
    let order = nord.db_ready_order().await;
    let main = |text: &str, words: &str| {
        let mut buttons = text.split("btn btn-primary").skip(1);
        buttons.any(|rest| {
            rest.split("</form>")
                .next()
                .unwrap_or_default()
                .split("</a>")
                .next()
                .unwrap_or_default()
                .contains(words)
        })
    };
    let shown = page(&mia, order).await.text();
    assert!(main(&shown, "Create invoice") && !main(&shown, "Hand over"));
    let draft = mia.make_draft(order).await;
    let shown = page(&mia, order).await.text();
    assert!(main(&shown, "Post the invoice") && !main(&shown, "Hand over"));
    assert!(shown.contains(&format!("href=\"/invoices/{draft}\"")));
    let rita = nord.receptionist().await;
    let shown = page(&rita, order).await.text();
    assert!(!main(&shown, "invoice") && !main(&shown, "Hand over") && shown.contains("href=\"#hand-over\""));
    mia.post(&format!("/invoices/{draft}/post"), &[]).await.must(303);
    let shown = page(&mia, order).await.text();
    assert!(main(&shown, "Hand over") && !main(&shown, "invoice"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_concern_without_an_answer_is_named_where_the_vehicle_leaves() {
    let (nord, mia) = nord().await;
    let order = nord.db_ready_order().await;
    for concern in ["Brakes squeal", "Oil service due"] {
        mia.on_order(order, "concerns", &[("concern", concern)])
            .await
            .must(303);
    }
    assert!(page(&mia, order).await.shows("2 concerns have no answer yet"));
    run(
        &nord,
        "update concerns set cause = 'Worn pads' where concern = 'Brakes squeal'",
    )
    .await;
    let shown = page(&mia, order).await;
    assert!(shown.shows("One concern has no answer yet"));
    let text = shown.text();
    let warning = text
        .split("One concern has no answer yet")
        .nth(1)
        .expect("a warning");
    let warning = warning.split("</ul>").next().unwrap_or_default();
    assert!(warning.contains("Oil service due") && !warning.contains("Brakes squeal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn approved_work_that_nobody_did_is_not_invoiced() {
    let (nord, mia) = nord().await;
    let idle = ("customer", "approved", "not_started", 5_000, 1_900);
    let order = nord.db_order("in_progress", &[USUAL, idle]).await;
    let draft = mia.make_draft(order).await;
    let post = format!("/invoices/{draft}/post");
    let refused = mia.post(&post, &[]).await.must(409);
    assert!(refused.shows("“Job 2”: nobody started it yet") && !refused.shows("“Job 1”"));
    // Ready by an override: the job is named all the same, here and where it would be invoiced or leave.
    run(&nord, "update work_orders set phase = 'ready'").await;
    let refused = mia.post(&post, &[]).await.must(409);
    assert!(refused.shows("Nobody started “Job 2”"));
    mia.post(&format!("/invoices/{draft}/delete"), &[])
        .await
        .must(303);
    let refused = mia.on_order(order, "invoice", &[]).await.must(409);
    assert!(refused.shows("Nobody started “Job 2”"));
    let shown = page(&mia, order).await;
    assert!(shown.shows("Nobody started “Job 2”") && !shown.shows("Create invoice"));
    let refused = mia.on_order(order, "hand-over", &COLLECTED).await.must(409);
    assert!(refused.shows("“Job 2” is approved, but nobody started it"));
    // The customer does without it.
    let job: uuid::Uuid = sqlx::query_scalar("select id from jobs where title = 'Job 2'")
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a job");
    mia.decide(order, JobId::new(job), "declined").await.must(303);
    mia.make_invoice(order).await;
    mia.on_order(order, "hand-over", &COLLECTED).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_posts_no_invoice_for_work_that_nobody_did() {
    let (nord, mia) = nord().await;
    let order = nord
        .db_order("in_progress", &[("customer", "approved", "started", 5_000, 0)])
        .await;
    let draft = mia.make_draft(order).await;
    let post = "update invoices set state = 'posted', fiscal_year = 2026, number = 1, number_text = 'X-1', issued_on = current_date, due_on = current_date,
                  posted_at = now(), posted_by = (select id from members limit 1), seller = '{}', buyer = '{}' where id = $1";
    for undone in [
        "update jobs set work_state = 'started'",
        "update work_orders set phase = 'ready'; update jobs set work_state = 'not_started', decision = 'open'; update jobs set decision = 'approved'",
        "update jobs set work_state = 'finished'; update jobs set decision = 'open'",
        "update jobs set decision = 'approved', payer = 'warranty'",
    ] {
        run(&nord, undone).await;
        assert_eq!(nord.db_refusal(post, draft.uuid()).await, "GA009", "{undone}");
    }
    run(
        &nord,
        "update jobs set payer = 'customer', work_state = 'started'",
    )
    .await;
    mia.post(&format!("/invoices/{draft}/post"), &[]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_billed_before_may_be_billed_again_after_a_credit_note() {
    let (nord, mia) = nord().await;
    let order = nord.db_order("ready", &[USUAL]).await;
    let invoice = mia.make_invoice(order).await;
    mia.on_order(order, "hand-over", &COLLECTED).await.must(303);
    // As invoices of former versions may have it: the work was never ticked off.
    let admin = "alter table jobs disable trigger user; update jobs set work_state = 'not_started'; alter table jobs enable trigger user";
    nord.app()
        .db_admin()
        .await
        .execute(sqlx::raw_sql(admin))
        .await
        .expect("an old job");
    let void = format!("/invoices/{invoice}/void");
    let again = mia
        .post(&void, &[("reason", "Wrong address"), ("again", "on")])
        .await
        .must(303);
    let draft: InvoiceId = again.id();
    mia.post(&format!("/invoices/{draft}/post"), &[]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn program_and_database_charge_the_same_jobs() {
    let (nord, _) = nord().await;
    let mut db = nord.db().await;
    for payer in Payer::ALL {
        for decision in JobDecision::ALL {
            let theirs: bool = sqlx::query_scalar("select app.chargeable($1, $2)")
                .bind(payer.name())
                .bind(decision.name())
                .fetch_one(&mut db)
                .await
                .expect("a word");
            assert_eq!(theirs, chargeable(payer, decision), "{payer:?} {decision:?}");
        }
    }
}

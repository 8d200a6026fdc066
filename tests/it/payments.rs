//! Money: what comes in, what goes back, and what nobody can do to either.
mod examples;

use crate::invoices::sound;
use crate::kit::TestApp;
use chrono::TimeDelta;
use futures::future::join_all;
use gantry::kernel::PaymentId;
use sqlx::Executor;

async fn newest_payment(nord: &crate::kit::Workshop) -> PaymentId {
    let id = sqlx::query_scalar("select id from payments order by at desc, id desc limit 1")
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a payment");
    PaymentId::new(id)
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_parallel_payments_never_exceed_the_total() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    let answers = join_all((0..20).map(|_| ana.pay(invoice, &[]))).await;
    let taken = answers.iter().filter(|answer| answer.status == 303).count();
    let refused = answers
        .iter()
        .filter(|answer| answer.status == 422 || answer.status == 409)
        .count();
    assert_eq!((taken, refused), (11, 9), "€119.00 in tens");
    assert_eq!(nord.db_open(invoice).await, 900);
    ana.pay(invoice, &[("amount", "9.00")]).await.must(303);
    assert_eq!(nord.db_open(invoice).await, 0);
    assert!(
        ana.pay(invoice, &[("amount", "0.01")])
            .await
            .must(409)
            .shows("Nothing is due")
    );
    sound(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_is_open_is_refused_and_what_was_typed_stays() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let order = nord.db_ready_order().await;
    let draft = ana.make_draft(order).await;
    assert!(
        ana.pay(draft, &[])
            .await
            .must(409)
            .shows("Post the invoice first")
    );
    let invoice = ana.make_invoice(order).await;
    let answer = ana
        .pay(invoice, &[("amount", "119.01"), ("reference", "Slip 7")])
        .await
        .must(422);
    assert!(answer.shows("Only €119.00 is due. Enter at most that."));
    assert_eq!(answer.field("amount").as_deref(), Some("119.01"));
    assert_eq!(answer.field("reference").as_deref(), Some("Slip 7"));
    for (field, wrong) in [
        ("amount", "0"),
        ("amount", "-5"),
        ("amount", "x"),
        ("amount", "0.001"),
        ("amount", "0.119"),
        ("method", "gold"),
        ("received_on", "2026-03-03"),
        ("received_on", "1990-01-01"),
    ] {
        ana.pay(invoice, &[(field, wrong)]).await.must(422);
    }
    assert_eq!(nord.db_open(invoice).await, 11_900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_pays_once() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    let key = ana
        .get(&format!("/invoices/{invoice}"))
        .await
        .field("key")
        .expect("a key");
    let fields = [("key", key.as_str())];
    for answer in join_all((0..4).map(|_| ana.pay(invoice, &fields))).await {
        answer.must(303);
    }
    assert_eq!(nord.db_open(invoice).await, 10_900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_reversed_never_edited() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    ana.pay(invoice, &[("amount", "40.00")]).await.must(303);
    let payment = newest_payment(&nord).await;
    for statement in [
        "update payments set amount_minor = 1",
        "delete from payments",
        "truncate payments cascade",
        "update payment_allocations set amount_minor = 1",
        "delete from payment_allocations",
    ] {
        let refused = nord.db().await.execute(statement).await.err();
        let code = refused.and_then(|e| Some(e.as_database_error()?.code()?.into_owned()));
        assert_eq!(code.as_deref(), Some("GA001"), "{statement}");
    }
    let path = format!("/payments/{payment}/reverse");
    assert!(ana.post(&path, &[]).await.must(422).shows("Enter a reason."));
    app.advance(TimeDelta::hours(2));
    let to = ana.post(&path, &[("reason", "Card bounced")]).await.must(303);
    assert_eq!(to.location(), format!("/invoices/{invoice}"));
    assert_eq!(nord.db_open(invoice).await, 11_900);
    assert!(
        ana.post(&path, &[("reason", "Again")])
            .await
            .must(409)
            .shows("was already reversed")
    );
    let reversal = newest_payment(&nord).await;
    ana.post(&format!("/payments/{reversal}/reverse"), &[("reason", "x")])
        .await
        .must(409);
    assert!(
        ana.get(&format!("/invoices/{invoice}"))
            .await
            .shows("Reversed on 2 Mar 2026: Card bounced")
    );
    let list = ana.get("/payments?month=2026-03").await.must(200);
    assert!(list.shows("−€40.00") && list.shows("Total of 2 entries") && list.shows("€0.00"));
    sound(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_reversals_at_once_are_one() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    ana.pay(invoice, &[]).await.must(303);
    let path = format!("/payments/{}/reverse", newest_payment(&nord).await);
    let fields = [("reason", "Entered by mistake")];
    let answers = join_all((0..5).map(|_| ana.post(&path, &fields))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 1);
    assert_eq!(nord.db_open(invoice).await, 11_900);
    sound(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receptionist_takes_money_by_the_switch_and_gives_none_back() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (ana, rita) = (nord.accountant().await, nord.receptionist().await);
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    rita.pay(invoice, &[]).await.must(303);
    let payment = newest_payment(&nord).await;
    rita.post(&format!("/payments/{payment}/reverse"), &[("reason", "x")])
        .await
        .must(403);
    nord.db_switch("receptionists_take_payments", false).await;
    rita.pay(invoice, &[]).await.must(403);
    assert!(
        !rita
            .get(&format!("/invoices/{invoice}"))
            .await
            .must(200)
            .shows("Record payment")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sum_of_a_month_is_the_sum_of_its_payments() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    ana.pay(
        invoice,
        &[
            ("amount", "20.00"),
            ("received_on", "2026-02-28"),
            ("method", "transfer"),
        ],
    )
    .await
    .must(303);
    ana.pay(invoice, &[("amount", "30.00"), ("method", "cash")])
        .await
        .must(303);
    ana.pay(invoice, &[("amount", "5.50"), ("method", "upi")])
        .await
        .must(303);
    let march = ana.get("/payments?month=2026-03").await.must(200);
    assert!(march.shows("Total of 2 entries") && march.shows("€35.50") && !march.shows("€20.00"));
    let february = ana.get("/payments?month=2026-02").await.must(200);
    assert!(february.shows("Total of 1 entry") && february.shows("Bank transfer"));
    let all = ana.get("/payments").await.must(200);
    assert!(all.shows("€20.00") && all.shows("€30.00"));
    let (statements, trips) = march.effort();
    assert!(statements <= 12 && trips <= 6, "{statements} {trips}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_lets_no_payment_pay_more_than_it_brought() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    ana.pay(invoice, &[]).await.must(303);
    for (amount, why) in [("1", "more than the payment"), ("-1001", "less than nothing")] {
        let statement = format!(
            "insert into payment_allocations (id, payment_id, invoice_id, amount_minor, at)
             select gen_random_uuid(), payment_id, invoice_id, {amount}, at from payment_allocations limit 1"
        );
        let refused = nord
            .db()
            .await
            .execute(sqlx::AssertSqlSafe(statement))
            .await
            .err();
        let code = refused.and_then(|e| Some(e.as_database_error()?.code()?.into_owned()));
        assert_eq!(code.as_deref(), Some("23514"), "{why}");
    }
    assert_eq!(nord.db_open(invoice).await, 10_900);
}

//! The forms of invoices, and those on them that take or give back money.
use gantry::kernel::{InvoiceId, PaymentId};
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /work-orders/{order}/invoice", "", given a_ready_order;
    "POST /invoices/{invoice}/print", "", given a_posted_one;
    "POST /invoices/{invoice}/edit", "due_on=2026-05-01&subject=Brakes", given a_draft;
    "POST /invoices/{invoice}/refresh", "", given a_draft_of_other_work;
    "POST /invoices/{invoice}/delete", "", given a_draft;
    "POST /invoices/{invoice}/post", "", given a_draft;
    "POST /invoices/{invoice}/void", "reason=Wrong+customer", given a_posted_one;
    "POST /invoices/{invoice}/payments", "method=cash&amount=1.00&received_on=2026-03-02", given a_posted_one, filled;
    "POST /invoices/{invoice}/credit", "", given one_of_somebody_with_credit;
    "POST /payments/{payment}/reverse", "reason=Bounced", given a_payment;
}

kit::columns! {
    "invoices.kind", "credit_note", when "corrects_id";
    "payments.amount_minor", "-1", when "reverses_id";
}

async fn a_ready_order(of: &Fixture) -> Given {
    Given::by(&of.owner).with("order", of.nord.db_ready_order().await)
}

async fn a_draft(of: &Fixture) -> Given {
    let order = of.nord.db_ready_order().await;
    Given::by(&of.owner).with("invoice", of.owner.make_draft(order).await)
}

/// What it bills has another title since.
async fn a_draft_of_other_work(of: &Fixture) -> Given {
    let order = of.nord.db_ready_order().await;
    let draft = of.owner.make_draft(order).await;
    sqlx::query("update jobs set title = title || ', front' where work_order_id = $1")
        .bind(order.uuid())
        .execute(&mut of.nord.db().await)
        .await
        .expect("another title");
    Given::by(&of.owner).with("invoice", draft)
}

async fn invoice(of: &Fixture) -> InvoiceId {
    of.owner.make_invoice(of.nord.db_ready_order().await).await
}

async fn a_posted_one(of: &Fixture) -> Given {
    Given::by(&of.owner).with("invoice", invoice(of).await)
}

/// A paid one was voided and made again.
async fn one_of_somebody_with_credit(of: &Fixture) -> Given {
    let paid = invoice(of).await;
    of.owner.pay(paid, &[]).await.must(303);
    let (path, fields) = (
        format!("/invoices/{paid}/void"),
        [("reason", "Wrong price"), ("again", "on")],
    );
    let draft: InvoiceId = of.owner.post(&path, &fields).await.must(303).id();
    let posted = of.owner.post(&format!("/invoices/{draft}/post"), &[]).await;
    posted.must(303);
    Given::by(&of.owner).with("invoice", draft)
}

async fn a_payment(of: &Fixture) -> Given {
    let invoice = invoice(of).await;
    of.owner.pay(invoice, &[]).await.must(303);
    let payment = "select payment_id from payment_allocations where invoice_id = $1";
    let payment = PaymentId::new(of.id(payment, invoice.uuid()).await);
    Given::by(&of.owner).with("payment", payment)
}

//! Work to bill, and what people do with documents and money.
use super::with;
use crate::{Actor, Answer, Workshop};
use gantry::kernel::{BranchId, InvoiceId, WorkOrderId};
use uuid::Uuid;

/// One job with one line: payer, decision, work state, price of one piece in cents, rate in basis points.
pub type Job<'a> = (&'a str, &'a str, &'a str, i64, i32);

/// What most tests bill: €100.00 and 19 % on it.
pub const USUAL: Job<'static> = ("customer", "approved", "finished", 10_000, 1_900);

impl Workshop {
    /// An order that is ready, with one finished job of €119.00, straight into the database.
    pub async fn db_ready_order(&self) -> WorkOrderId {
        self.db_order("ready", &[USUAL]).await
    }

    /// An order in a phase, at the main branch, with these jobs and a new customer called Ada Lovelace.
    pub async fn db_order(&self, phase: &str, jobs: &[Job<'_>]) -> WorkOrderId {
        self.db_order_at(self.main.id, phase, jobs).await
    }

    /// The same at another branch.
    pub async fn db_order_at(&self, branch: BranchId, phase: &str, jobs: &[Job<'_>]) -> WorkOrderId {
        let (mut db, now) = (self.db().await, self.app().now());
        let (customer, asset, order) = (self.new_id(), self.new_id(), self.new_id());
        let branch = branch.uuid();
        sqlx::query("insert into customers (id, kind, name, street, postal_code, city, home_branch_id, created_at, updated_at)
                     values ($1, 'person', 'Ada Lovelace', 'Analytical Way 1', '10115', 'Berlin', $2, $3, $3)")
            .bind(customer).bind(branch).bind(now).execute(&mut db).await.expect("a customer");
        sqlx::query("insert into assets (id, customer_id, kind, make, model, created_at, updated_at) values ($1, $2, 'vehicle', 'VW', 'Golf', $3, $3)")
            .bind(asset).bind(customer).bind(now).execute(&mut db).await.expect("an asset");
        sqlx::query("insert into work_orders (id, branch_id, number, customer_id, asset_id, phase, created_at, phase_since)
                     select $1, $2, coalesce(max(number), 1000) + 1, $3, $4, $5, $6, $6 from work_orders where branch_id = $2")
            .bind(order).bind(branch).bind(customer).bind(asset).bind(phase).bind(now).execute(&mut db).await.expect("an order");
        for (position, (payer, decision, state, price, rate)) in (1i32..).zip(jobs) {
            let job = self.new_id();
            sqlx::query("insert into jobs (id, work_order_id, position, title, payer, decision, work_state, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)")
                .bind(job).bind(order).bind(position).bind(format!("Job {position}")).bind(payer).bind(decision).bind(state).bind(now)
                .execute(&mut db).await.expect("a job");
            sqlx::query("insert into lines (id, work_order_id, job_id, position, kind, description, unit_price_minor, tax_basis_points)
                         values ($1, $2, $3, 1, 'labor', $4, $5, $6)")
                .bind(self.new_id()).bind(order).bind(job).bind(format!("Line of job {position}")).bind(price).bind(rate)
                .execute(&mut db).await.expect("a line");
        }
        WorkOrderId::new(order)
    }

    fn new_id(&self) -> Uuid {
        self.app().state().clock.new_uuid()
    }

    /// The number that stands on a document.
    pub async fn db_number(&self, invoice: InvoiceId) -> Option<String> {
        self.db_invoice(invoice, "number_text").await
    }

    /// A column of a document, as text.
    pub async fn db_invoice(&self, invoice: InvoiceId, column: &str) -> Option<String> {
        let query = format!("select {column}::text from invoices where id = $1");
        sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .bind(invoice.uuid())
            .fetch_one(&mut self.db().await)
            .await
            .expect("a document")
    }

    /// What is open on an invoice, in cents.
    pub async fn db_open(&self, invoice: InvoiceId) -> i64 {
        sqlx::query_scalar("select open_minor from invoice_balances where invoice_id = $1")
            .bind(invoice.uuid())
            .fetch_one(&mut self.db().await)
            .await
            .expect("a balance")
    }
}

impl Actor {
    pub async fn make_draft(&self, order: WorkOrderId) -> InvoiceId {
        self.post(&format!("/work-orders/{order}/invoice"), &[])
            .await
            .must(303)
            .id()
    }

    /// A posted invoice over an order's work.
    pub async fn make_invoice(&self, order: WorkOrderId) -> InvoiceId {
        let draft = self.make_draft(order).await;
        self.post(&format!("/invoices/{draft}/post"), &[]).await.must(303);
        draft
    }

    /// Takes €10.00 by card today, unless the fields say otherwise.
    pub async fn pay(&self, invoice: InvoiceId, own: &[(&str, &str)]) -> Answer {
        let fields = with(
            &[("method", "card"), ("amount", "10.00"), ("received_on", "")],
            own,
        );
        self.post(&format!("/invoices/{invoice}/payments"), &fields).await
    }

    /// Voids an invoice and returns its credit note.
    pub async fn void(&self, invoice: InvoiceId) -> InvoiceId {
        self.post(
            &format!("/invoices/{invoice}/void"),
            &[("reason", "Wrong customer")],
        )
        .await
        .must(303)
        .id()
    }
}

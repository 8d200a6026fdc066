//! What other features show of invoices.
use super::super::model::{InvoiceState, Kind, OrderInvoice, OrderMoney};
use super::list::{Filter, sums};
use crate::kernel::time::Month;
use crate::server::prelude::*;
use uuid::Uuid;

/// Documents of one parent, newest first.
macro_rules! documents {
    ($condition:literal, $now:expr, $parent:expr) => {
        sqlx::query_as!(
            OrderInvoice,
            r#"
            select i.id as "id: InvoiceId", i.kind as "kind: Kind", i.number_text as number, i.issued_on, i.total_minor as "total: Money"
                 , coalesce(b.open_minor, 0) as "open!: Money"
                 , app.document_state(i.kind, i.state, v.id is not null, b.open_minor, b.paid_minor, b.due_on, ($1::timestamptz at time zone br.time_zone)::date) as "state!: InvoiceState"
              from invoices i
              join branches br on (br.org_id, br.id) = (i.org_id, i.branch_id)
              left join invoice_balances b on (b.org_id, b.invoice_id) = (i.org_id, i.id)
              left join invoices v on (v.org_id, v.corrects_id) = (i.org_id, i.id) and v.state = 'posted'
             where "# + $condition + " order by i.created_at desc, i.id desc limit 50",
            $now, $parent
        )
    };
}

/// The documents of a work order, newest first.
///
/// # Errors
/// The database's.
pub async fn of_order(tx: &mut TenantTx, order: WorkOrderId) -> AppResult<Vec<OrderInvoice>> {
    let now = tx.now();
    let rows = documents!(
        "i.id in (select iw.invoice_id from invoice_work_orders iw where iw.work_order_id = $2)",
        now,
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// The last documents of a customer, newest first.
///
/// # Errors
/// The database's.
pub async fn of_customer(tx: &mut TenantTx, customer: CustomerId) -> AppResult<Vec<OrderInvoice>> {
    let now = tx.now();
    let rows = documents!("i.customer_id = $2", now, customer.uuid())
        .fetch_all(tx.conn())
        .await?;
    Ok(rows)
}

/// What of a work order was billed, paid and is open. Drafts and voided invoices count nowhere.
///
/// # Errors
/// The database's.
pub async fn money_of_order(tx: &mut TenantTx, order: WorkOrderId) -> AppResult<OrderMoney> {
    let money = sqlx::query_as!(
        OrderMoney,
        r#"
        select coalesce(sum(b.total_minor - b.credited_minor), 0)::bigint as "invoiced!: Money", coalesce(sum(b.paid_minor), 0)::bigint as "paid!: Money"
             , coalesce(sum(b.open_minor), 0)::bigint as "open!: Money"
          from invoice_work_orders iw
          join invoice_balances b on (b.org_id, b.invoice_id) = (iw.org_id, iw.invoice_id)
         where iw.work_order_id = $1"#,
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(money)
}

/// What a customer owes on posted invoices.
///
/// # Errors
/// The database's.
pub async fn open_balance_of_customer(tx: &mut TenantTx, customer: CustomerId) -> AppResult<Money> {
    let open = sqlx::query_scalar!(
        r#"select coalesce(sum(open_minor), 0)::bigint as "open!: Money" from invoice_balances where customer_id = $1 and open_minor <> 0"#,
        customer.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(open)
}

/// Invoiced in a month: posted invoices less credit notes, by the day of issue. Equals the sum under `/invoices?month=`.
///
/// # Errors
/// The database's.
pub async fn invoiced_in(tx: &mut TenantTx, month: Month, branches: &[Uuid]) -> AppResult<Money> {
    let sums = sums(tx, Filter::All, Some(month), branches).await?;
    Ok(sums.unwrap_or_default().total)
}

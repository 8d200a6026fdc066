//! Reads.
use super::model::{InvoicePayment, MethodSum, PaymentRow};
use crate::domain::payment::Method;
use crate::kernel::page::{Cursor, Slice, day_key};
use crate::kernel::time::Month;
use crate::server::prelude::*;
use uuid::Uuid;

const PAGE: i64 = 25;

/// The first payments of each branch, from which come the first of all, with their reversals and the invoice that they paid first;
/// `$1` branches, `$4` how many.
macro_rules! rows {
    ($which:literal, $order:literal, $($arg:expr),+) => {
        sqlx::query_as!(
            PaymentRow,
            r#"
            select p.id as "id: PaymentId", p.received_on, c.name as customer, p.method as "method: Method", p.amount_minor as "amount: Money", p.currency
                 , p.reference, m.name as member, p.reverses_id as "reverses: PaymentId", p.reason, p.at
                 , r.id is not null as "reversed!"
                 , i.id as "invoice?: InvoiceId", i.number_text as invoice_number
              from (select p.* from unnest($1::uuid[]) as own (branch_id) cross join lateral (
                      select * from payments p where p.branch_id = own.branch_id and "# + $which + " order by " + $order + " limit $4) p order by " + $order + r#" limit $4) p
              join customers c on (c.org_id, c.id) = (p.org_id, p.customer_id)
              join members m on (m.org_id, m.id) = (p.org_id, p.member_id)
              left join payments r on (r.org_id, r.reverses_id) = (p.org_id, p.id)
              -- Not coalesce: the planner does not know that it leaks nothing, and would read every allocation.
              left join lateral (select a.invoice_id from payment_allocations a
                                  where a.org_id = p.org_id and a.payment_id = case when p.reverses_id is null then p.id else p.reverses_id end
                                  order by a.at, a.id limit 1) first on true
              left join invoices i on (i.org_id, i.id) = (p.org_id, first.invoice_id)
             order by "# + $order,
            $($arg),+
        )
    };
}

/// In which other order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The last received.
    Received,
    LargestFirst,
}

/// Payments and reversals of `branches` in another order, from the row after this one on.
pub async fn list_by(
    tx: &mut TenantTx,
    order: Order,
    branches: &[Uuid],
    after: Option<Uuid>,
) -> AppResult<Slice<PaymentRow>> {
    let last = match after {
        Some(id) => {
            sqlx::query!(
                "select id, received_on, amount_minor from payments where id = $1",
                id
            )
            .fetch_optional(tx.conn())
            .await?
        }
        None => None,
    };
    let id = last.as_ref().map_or(Uuid::max(), |row| row.id);
    let rows = match order {
        Order::Received => {
            rows!(
                "(p.received_on, p.id) < ($2, $3)",
                "p.received_on desc, p.id desc",
                branches,
                last.map_or(Cursor::START.at().date_naive(), |row| row.received_on),
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
        Order::LargestFirst => {
            rows!(
                "(p.amount_minor, p.id) < ($2, $3)",
                "p.amount_minor desc, p.id desc",
                branches,
                last.map_or(i64::MAX, |row| row.amount_minor),
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
    };
    Ok(Slice::after_last(rows, PAGE as usize, |row| row.id.uuid()))
}

/// Payments and reversals of `branches`, the last written first; of a month, the last received first.
pub async fn list(
    tx: &mut TenantTx,
    month: Option<Month>,
    branches: &[Uuid],
    from: Cursor,
) -> AppResult<Slice<PaymentRow>> {
    let id = from.id;
    let Some(month) = month else {
        let rows = rows!(
            "(p.at, p.id) < ($2, $3)",
            "p.at desc, p.id desc",
            branches,
            from.at(),
            id,
            PAGE + 1
        );
        let rows = rows.fetch_all(tx.conn()).await?;
        return Ok(Slice::from_rows(rows, PAGE as usize, |row| {
            (row.at, row.id.uuid())
        }));
    };
    let rows = rows!(
        "p.received_on >= $5 and p.received_on < $6 and (p.received_on, p.id) < ($2, $3)",
        "p.received_on desc, p.id desc",
        branches,
        from.at().date_naive(),
        id,
        PAGE + 1,
        month.first(),
        month.end()
    );
    let rows = rows.fetch_all(tx.conn()).await?;
    Ok(Slice::from_rows(rows, PAGE as usize, |row| {
        (day_key(row.received_on), row.id.uuid())
    }))
}

/// What came in during a month, by method, reversals subtracted: the sum of the rows that [`list`] shows for it.
pub async fn by_method(tx: &mut TenantTx, month: Month, branches: &[Uuid]) -> AppResult<Vec<MethodSum>> {
    let sums = sqlx::query_as!(
        MethodSum,
        r#"
        select method as "method: Method", count(*) as "payments!", sum(amount_minor)::bigint as "amount!: Money"
          from payments
         where branch_id = any($1) and received_on >= $2 and received_on < $3
         group by method order by sum(amount_minor) desc, method"#,
        branches, month.first(), month.end()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(sums)
}

/// The payments that pay or paid an invoice, in their order.
pub async fn of_invoice(tx: &mut TenantTx, invoice: InvoiceId) -> AppResult<Vec<InvoicePayment>> {
    let rows = sqlx::query_as!(
        InvoicePayment,
        r#"
        select p.id as "id: PaymentId", p.received_on, p.method as "method: Method", p.reference, m.name as member, p.amount_minor as "amount: Money"
             , paid.allocated as "allocated!: Money", r.received_on as "reversed_on?", r.reason as "reversed_because?"
          from (select a.org_id, a.payment_id, sum(a.amount_minor)::bigint as allocated
                  from payment_allocations a where a.invoice_id = $1 group by a.org_id, a.payment_id) paid
          join payments p on (p.org_id, p.id) = (paid.org_id, paid.payment_id)
          join members m on (m.org_id, m.id) = (p.org_id, p.member_id)
          left join payments r on (r.org_id, r.reverses_id) = (p.org_id, p.id)
         order by p.at, p.id"#,
        invoice.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// What a customer has paid that pays no invoice: what is left of payments whose invoices were voided.
pub async fn credit_of_customer(tx: &mut TenantTx, customer: CustomerId) -> AppResult<Money> {
    let credit = sqlx::query_scalar!(
        r#"
        select (coalesce((select sum(p.amount_minor) from payments p where p.customer_id = $1), 0)
              - coalesce((select sum(a.amount_minor) from payment_allocations a join payments p on (p.org_id, p.id) = (a.org_id, a.payment_id)
                           where p.customer_id = $1), 0))::bigint as "credit!: Money""#,
        customer.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(credit)
}

/// The invoice that a payment paid first.
///
/// # Errors
/// `NotFound`, or the database's.
pub async fn first_invoice(tx: &mut TenantTx, payment: PaymentId) -> AppResult<InvoiceId> {
    sqlx::query_scalar!(
        r#"select invoice_id as "invoice: InvoiceId" from payment_allocations where payment_id = $1 order by at, id limit 1"#,
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)
}

//! Writes and their rules. Balances follow allocations by trigger; here the sentences are made.
mod locked;

pub(crate) use locked::{Locked, lock_money_of};

use super::form::{NewPayment, Reversal};
use crate::domain::billing::Kind;
use crate::domain::payment::Method;
use crate::kernel::permission::{RecordPayments, ReversePayments};
use crate::server::prelude::*;
use chrono::{Days, NaiveDate};

/// Takes a payment for an invoice: at most what is open.
///
/// # Errors
/// `Invalid` at `amount` or `received_on`, `Refused` for what cannot be paid.
pub async fn record(
    scope: &mut Scope<RecordPayments>,
    invoice: InvoiceId,
    new: &NewPayment,
    key: &str,
) -> AppResult<PaymentId> {
    let id = PaymentId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, key, "payment.record", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    let locked = Locked::lock(scope, invoice).await?;
    let open = open(scope, &locked).await?;
    let received_on = fits(new, locked.currency, locked.today(scope)?, open)?;
    let (member, now) = (scope.session().member().uuid(), scope.now());
    sqlx::query!(
        "insert into payments (id, branch_id, customer_id, method, amount_minor, currency, reference, received_on, member_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.uuid(), locked.branch.uuid(), locked.customer.uuid(), new.method.name(), new.amount.0, locked.currency.code(), new.reference,
        received_on, member, now
    )
    .execute(scope.conn())
    .await?;
    allocate(scope, id, invoice, new.amount).await?;
    let summary = format!(
        "Took {} for {} ({})",
        locked.currency.show(new.amount),
        locked.name(),
        new.method.word(scope.session().locale()).to_lowercase()
    );
    let event = payment_event(&locked, "payment.recorded", id, summary).field(
        "Due",
        locked.currency.show(open),
        locked.currency.show(open - new.amount),
    );
    audit::record(scope, event).await?;
    Ok(id)
}

/// When it was received, if it fits what is open and the calendar.
fn fits(
    new: &NewPayment,
    currency: Currency,
    today: NaiveDate,
    open: Money,
) -> Result<NaiveDate, FieldErrors> {
    let mut check = Checker::new();
    if new.amount > open {
        let most = format!("Only {} is due. Enter at most that.", currency.show(open));
        check.refuse("amount", Problem::other(most));
    }
    let day = new.received_on.unwrap_or(today);
    if day > today || day < today - Days::new(366) {
        let range = "today or earlier, and within a year".to_owned();
        check.refuse("received_on", Problem::OutOfRange(range));
    }
    check.finish(Some(day))
}

/// Pays an invoice from the customer's credit, the oldest payments first, as far as both reach.
///
/// # Errors
/// `Refused` when nothing is open or there is no credit.
pub async fn apply_credit(scope: &mut Scope<RecordPayments>, invoice: InvoiceId) -> AppResult<Money> {
    let customer = sqlx::query_scalar!(
        r#"select customer_id as "customer: CustomerId" from invoices where id = $1"#,
        invoice.uuid()
    )
    .fetch_optional(scope.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    lock_money_of(scope, customer).await?;
    let locked = Locked::lock(scope, invoice).await?;
    let open = open(scope, &locked).await?;
    let free = sqlx::query!(
        r#"
        select p.id as "id: PaymentId", (p.amount_minor - coalesce(sum(a.amount_minor), 0))::bigint as "left!"
          from payments p
          left join payment_allocations a on (a.org_id, a.payment_id) = (p.org_id, p.id)
         where p.customer_id = $1 and p.currency = $2 and p.reverses_id is null
           and not exists (select from payments r where (r.org_id, r.reverses_id) = (p.org_id, p.id))
         group by p.org_id, p.id
        having p.amount_minor > coalesce(sum(a.amount_minor), 0)
         order by p.at, p.id"#,
        customer.uuid(),
        locked.currency.code()
    )
    .fetch_all(scope.conn())
    .await?;
    let mut rest = open;
    for payment in free {
        let part = Money(payment.left).min(rest);
        if part > Money::ZERO {
            allocate(scope, payment.id, invoice, part).await?;
            rest = rest - part;
        }
    }
    let used = open - rest;
    if used.is_zero() {
        return Err(AppError::refused("This customer has no credit left."));
    }
    let summary = format!(
        "Paid {} of {} from the customer's credit",
        locked.currency.show(used),
        locked.name()
    );
    let event = locked.audit_event("invoice.credit_applied", summary).field(
        "Due",
        locked.currency.show(open),
        locked.currency.show(rest),
    );
    audit::record(scope, event).await?;
    Ok(used)
}

/// Takes a whole payment back with a negative one; what it paid is open again. Returns the invoice that it paid first.
///
/// # Errors
/// `Invalid` without a reason, `Refused` when it was reversed before.
pub async fn reverse(
    scope: &mut Scope<ReversePayments>,
    payment: PaymentId,
    why: &Reversal,
    key: &str,
) -> AppResult<Option<InvoiceId>> {
    let reason = &why.reason;
    let id = PaymentId::new(scope.new_uuid());
    let repeated = idempotency::claim(scope, key, "payment.reverse", &id.to_string())
        .await?
        .is_some();
    let paid = sqlx::query!(
        r#"
        select p.branch_id as "branch: BranchId", p.customer_id as "customer: CustomerId", p.method as "method: Method", p.amount_minor as "amount: Money"
             , p.currency, p.reference, p.reverses_id is not null as "is_reversal!"
          from payments p where p.id = $1"#,
        payment.uuid()
    )
    .fetch_optional(scope.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let invoices = paid_invoices(scope, payment).await?;
    if repeated {
        return Ok(invoices.first().copied());
    }
    if paid.is_reversal {
        return Err(AppError::refused(
            "A reversal cannot be reversed. Record a new payment instead.",
        ));
    }
    lock_money_of(scope, paid.customer).await?;
    for invoice in &invoices {
        Locked::lock(scope, *invoice).await?;
    }
    take_back(scope, payment, None).await?;
    let zone = scope.session().branch(paid.branch)?.time_zone;
    let (member, now) = (scope.session().member().uuid(), scope.now());
    sqlx::query!(
        "insert into payments (id, branch_id, customer_id, method, amount_minor, currency, reference, received_on, reverses_id, reason, member_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id.uuid(), paid.branch.uuid(), paid.customer.uuid(), paid.method.name(), -paid.amount.0, paid.currency, paid.reference,
        now.with_timezone(&zone).date_naive(), payment.uuid(), reason, member, now
    )
    .execute(scope.conn())
    .await
    .on_constraint("payments_reversed_once", || AppError::refused("This payment was already reversed."))?;
    let amount = Currency::stored(&paid.currency)
        .unwrap_or(scope.session().settings.currency)
        .show(paid.amount);
    let summary = format!(
        "Reversed a payment of {amount} ({}): {reason}",
        paid.method.word(scope.session().locale()).to_lowercase()
    );
    let event = AuditEvent::new("payment.reversed", "payment", id.uuid(), summary).on_customer(paid.customer);
    audit::record(scope, event.field("Reversed", false, true)).await?;
    Ok(invoices.first().copied())
}

/// Takes every payment off an invoice that is being voided; the money stays as the customer's credit. Returns how much.
pub(crate) async fn free(tx: &mut TenantTx, invoice: InvoiceId) -> AppResult<Money> {
    let payments = sqlx::query!(
        r#"select payment_id as "id: PaymentId", sum(amount_minor)::bigint as "amount!: Money" from payment_allocations
            where invoice_id = $1 group by payment_id having sum(amount_minor) <> 0"#,
        invoice.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut freed = Money::ZERO;
    for payment in payments {
        take_back(tx, payment.id, Some(invoice)).await?;
        freed += payment.amount;
    }
    Ok(freed)
}

/// What is open on a locked document, or why it cannot be paid. Read after the lock, or it could be old.
async fn open(tx: &mut TenantTx, locked: &Locked) -> AppResult<Money> {
    if locked.kind == Kind::CreditNote {
        return Err(AppError::refused(
            "A credit note is not paid. Reverse a payment to refund money.",
        ));
    }
    if !locked.posted {
        return Err(AppError::refused(
            "Post the invoice first, then take the payment.",
        ));
    }
    let open = sqlx::query_scalar!(
        r#"select open_minor as "open!: Money" from invoice_balances where invoice_id = $1"#,
        locked.id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if open <= Money::ZERO {
        return Err(AppError::refused(format!("Nothing is due on {}.", locked.name())));
    }
    Ok(open)
}

async fn allocate(tx: &mut TenantTx, payment: PaymentId, invoice: InvoiceId, amount: Money) -> AppResult<()> {
    let (id, now) = (tx.new_uuid(), tx.now());
    sqlx::query!(
        "insert into payment_allocations (id, payment_id, invoice_id, amount_minor, at) values ($1, $2, $3, $4, $5)",
        id, payment.uuid(), invoice.uuid(), amount.0, now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Negative allocations for what a payment pays: on one invoice, or on all.
async fn take_back(tx: &mut TenantTx, payment: PaymentId, only: Option<InvoiceId>) -> AppResult<()> {
    let rows = sqlx::query!(
        r#"select invoice_id as "invoice: InvoiceId", sum(amount_minor)::bigint as "amount!: Money" from payment_allocations
            where payment_id = $1 group by invoice_id having sum(amount_minor) <> 0 order by invoice_id"#,
        payment.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    for row in rows
        .into_iter()
        .filter(|row| only.is_none_or(|only| only == row.invoice))
    {
        allocate(tx, payment, row.invoice, -row.amount).await?;
    }
    Ok(())
}

/// The invoices that a payment pays or paid, the first first.
async fn paid_invoices(tx: &mut TenantTx, payment: PaymentId) -> AppResult<Vec<InvoiceId>> {
    let rows = sqlx::query_scalar!(
        r#"select invoice_id as "invoice: InvoiceId" from payment_allocations where payment_id = $1 group by invoice_id order by min(at), invoice_id"#,
        payment.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

fn payment_event(locked: &Locked, action: &'static str, id: PaymentId, summary: String) -> AuditEvent {
    let event = AuditEvent::new(action, "payment", id.uuid(), summary).on_customer(locked.customer);
    match locked.order {
        Some(order) => event.on_order(order),
        None => event,
    }
}

//! Reads.
pub mod drivers;

use super::drivers::DriverRow;
use super::form::NewCustomer;
use super::model::{
    AssetSummary, Customer, CustomerDetail, CustomerRow, FeedLine, InvoiceSummary, OrderSummary,
    PossibleDuplicate,
};
use crate::domain::billing::InvoiceState;
use crate::domain::order::Phase;
use crate::domain::past::PastJob;
use crate::kernel::page::{Cursor, Slice};
use crate::kernel::permission::ViewInvoices;
use crate::kernel::text;
use crate::server::contact;
use crate::server::prelude::*;
use sqlx::types::Json;
use uuid::Uuid;

const PAGE: i64 = 25;
/// More matches than this are a question for more letters.
const MATCHES: i32 = 50;

/// The list's columns from customers `c`; what follows says which of them.
macro_rules! rows {
    ($rest:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            CustomerRow,
            r#"select c.id as "id: CustomerId", c.name, c.kind, c.contact_name, c.phone, c.email, c.city, c.created_at
                    , (select count(*) from assets a
                        where a.org_id = c.org_id and a.customer_id = c.id and a.archived_at is null) as "assets!"
                    , coalesce((select sum(b.open_minor)::bigint from invoice_balances b
                        where b.org_id = c.org_id and b.customer_id = c.id and b.open_minor <> 0), 0) as "open!: Money"
                 from customers c "# + $rest,
            $($arg),*
        )
    };
}

/// Customers, newest first.
pub async fn newest(tx: &mut TenantTx, from: Cursor) -> AppResult<Slice<CustomerRow>> {
    let rows = rows!(
        "where c.archived_at is null and (c.created_at, c.id) < ($1, $2) order by c.created_at desc, c.id desc limit $3",
        from.at(),
        from.id,
        PAGE + 1
    );
    Ok(paged(rows.fetch_all(tx.conn()).await?))
}

/// Those who left, newest first.
pub async fn archived(tx: &mut TenantTx, from: Cursor) -> AppResult<Slice<CustomerRow>> {
    let rows = rows!(
        "where c.archived_at is not null and (c.created_at, c.id) < ($1, $2) order by c.created_at desc, c.id desc limit $3",
        from.at(),
        from.id,
        PAGE + 1
    );
    Ok(paged(rows.fetch_all(tx.conn()).await?))
}

/// Customers by name, from the row after this one on. Their names belong in no address, so a page knows the last row's id.
pub async fn by_name(
    tx: &mut TenantTx,
    descending: bool,
    after: Option<Uuid>,
) -> AppResult<Slice<CustomerRow>> {
    let last = match after {
        Some(id) => {
            sqlx::query!("select id, name_key from customers where id = $1", id)
                .fetch_optional(tx.conn())
                .await?
        }
        None => None,
    };
    let last = last.map(|row| (row.name_key, row.id));
    let rows = if descending {
        let (name, id) = last.unwrap_or_else(|| (char::MAX.to_string(), Uuid::max()));
        rows!(
            "where c.archived_at is null and (c.name_key, c.id) < ($1, $2) order by c.name_key desc, c.id desc limit $3",
            name,
            id,
            PAGE + 1
        )
        .fetch_all(tx.conn())
        .await?
    } else {
        let (name, id) = last.unwrap_or_default();
        rows!(
            "where c.archived_at is null and (c.name_key, c.id) > ($1, $2) order by c.name_key, c.id limit $3",
            name,
            id,
            PAGE + 1
        )
        .fetch_all(tx.conn())
        .await?
    };
    Ok(Slice::after_last(rows, PAGE as usize, |row| row.id.uuid()))
}

/// Customers by name, telephone, e-mail or city, nearest first.
pub async fn matching(tx: &mut TenantTx, query: &str) -> AppResult<Slice<CustomerRow>> {
    let rows = rows!(
        "join search.find($1, $2, '{customer}') with ordinality as f(kind, entity_id, near, place) on f.entity_id = c.id
        where c.archived_at is null order by f.place",
        query,
        MATCHES
    );
    let rows = rows.fetch_all(tx.conn()).await?;
    Ok(Slice { rows, next: None })
}

fn paged(rows: Vec<CustomerRow>) -> Slice<CustomerRow> {
    Slice::from_rows(rows, PAGE as usize, |row| (row.created_at, row.id.uuid()))
}

/// One customer, archived or not.
///
/// # Errors
/// `NotFound` where there is none in this organization.
pub async fn get(tx: &mut TenantTx, id: CustomerId) -> AppResult<Customer> {
    read(tx, id, Beside::default()).await
}

/// The same, with their drivers.
///
/// # Errors
/// `NotFound` where there is none in this organization.
pub async fn with_drivers(tx: &mut TenantTx, id: CustomerId) -> AppResult<Customer> {
    let beside = Beside {
        drivers: true,
        ..Beside::default()
    };
    read(tx, id, beside).await
}

/// What is read of a customer only where it is shown.
#[derive(Clone, Copy, Debug, Default)]
struct Beside {
    /// Adds up all that was ever paid.
    credit: bool,
    /// A fleet has many.
    drivers: bool,
}

async fn read(tx: &mut TenantTx, id: CustomerId, beside: Beside) -> AppResult<Customer> {
    let row = sqlx::query!(
        r#"select to_jsonb(c) as "data!: Json<NewCustomer>", c.created_at, c.archived_at, c.archived_reason, c.version, b.name as branch
                , case when $3 then coalesce((select jsonb_agg(to_jsonb(d) order by d.archived_at is not null, lower(d.name), d.id)
                    from (select id, name, phone, email, licence, notes, archived_at, archived_reason, version from drivers
                           where (drivers.org_id, drivers.customer_id) = (c.org_id, c.id)
                           order by archived_at is not null, lower(name), id limit 200) d), '[]') else '[]' end as "drivers!: Json<Vec<DriverRow>>"
                , coalesce((select sum(i.open_minor)::bigint from invoice_balances i
                    where i.org_id = c.org_id and i.customer_id = c.id and i.open_minor <> 0), 0) as "open!: Money"
                , case when $2 then coalesce((select sum(p.amount_minor) from payments p where p.org_id = c.org_id and p.customer_id = c.id), 0)
                                  - coalesce((select sum(i.paid_minor) from invoice_balances i
                                       where i.org_id = c.org_id and i.customer_id = c.id and i.paid_minor <> 0), 0) else 0 end::bigint as "credit!: Money"
             from customers c join branches b on (b.org_id, b.id) = (c.org_id, c.home_branch_id)
            where c.id = $1"#,
        id.uuid(),
        beside.credit,
        beside.drivers
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Customer {
        id,
        drivers: drivers::read(row.drivers.0, id, &row.data.name),
        data: row.data.0,
        branch: row.branch,
        created_at: row.created_at,
        archived_at: row.archived_at,
        archived_reason: row.archived_reason,
        version: row.version,
        open: row.open,
        credit: row.credit,
    })
}

/// Who has this telephone or this e-mail already: a hint, not a law.
pub async fn possible_duplicates(
    tx: &mut TenantTx,
    phone: &str,
    email: &str,
) -> AppResult<Vec<PossibleDuplicate>> {
    let mut phones = contact::phone_norms(phone, tx.session().locale());
    phones.retain(|phone| !phone.is_empty());
    let email = text::email_norm(email);
    if phones.is_empty() && email.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_as!(
        PossibleDuplicate,
        r#"select id as "id: CustomerId", name, phone, email, city, archived_at is not null as "archived!"
             from customers
            where (phone_norm = any($1) and phone_norm <> '') or (email_norm = $2 and email_norm <> '')
            order by archived_at is not null, created_at desc limit 5"#,
        &phones,
        email
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A customer with everything around them; money only for those who may see it.
///
/// # Errors
/// `NotFound` where there is none in this organization.
pub async fn whole(tx: &mut TenantTx, id: CustomerId) -> AppResult<CustomerDetail> {
    let money = tx.session().allows::<ViewInvoices>();
    let beside = Beside {
        credit: money,
        drivers: true,
    };
    let customer = read(tx, id, beside).await?;
    let invoices = if money {
        invoices_of(tx, id).await?
    } else {
        Vec::new()
    };
    Ok(CustomerDetail {
        customer,
        assets: assets_of(tx, id).await?,
        orders: orders_of(tx, id, super::model::VISITS_SHOWN).await?,
        invoices,
        feed: feed_of(tx, id).await?,
    })
}

async fn assets_of(tx: &mut TenantTx, id: CustomerId) -> AppResult<Vec<AssetSummary>> {
    Ok(sqlx::query_as!(
        AssetSummary,
        r#"select a.id as "id: AssetId", a.plate, a.serial, a.vin, a.make, a.model, a.model_year, a.odometer
                , visit.at as last_visit
             from assets a left join app.last_visits($1) visit on visit.asset_id = a.id where a.customer_id = $1 and a.archived_at is null
            order by a.created_at desc, a.id desc limit 200"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A customer's newest work orders, open ones first. Where branches share customers, the history is the organization's.
pub async fn orders_of(tx: &mut TenantTx, id: CustomerId, most: i32) -> AppResult<Vec<OrderSummary>> {
    let rows = sqlx::query!(
        r#"select h.work_order_id as "id!: WorkOrderId", h.branch_id as "branch!: BranchId", h.branch_name as "branch_name!", h.branch_code as "branch_code!"
                , h.number as "number!", h.phase as "phase!: Phase", h.plate as "plate!", h.asset as "asset!", h.odometer_in
                , h.total_minor as "total!: Money", h.created_at as "created_at!"
                , coalesce(done.jobs, '[]') as "work!: Json<Vec<PastJob>>"
             from app.customer_history($1, $2) h left join lateral app.work_done(h.work_order_id) done on true"#,
        id.uuid(),
        most
    )
    .fetch_all(tx.conn())
    .await?;
    let orders = rows.into_iter().map(|row| OrderSummary {
        id: row.id,
        branch: row.branch,
        branch_name: row.branch_name,
        branch_code: row.branch_code,
        number: row.number,
        phase: row.phase,
        plate: row.plate,
        asset: row.asset,
        odometer_in: row.odometer_in,
        total: row.total,
        created_at: row.created_at,
        work: row.work.0,
    });
    Ok(orders.collect())
}

async fn invoices_of(tx: &mut TenantTx, id: CustomerId) -> AppResult<Vec<InvoiceSummary>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        InvoiceSummary,
        r#"select i.id as "id: InvoiceId", i.number_text as "number!"
                , app.document_state(i.kind, i.state, v.id is not null, b.open_minor, b.paid_minor, b.due_on,
                    ($2::timestamptz at time zone br.time_zone)::date) as "state!: InvoiceState"
                , i.issued_on as "issued_on!", i.due_on as "due_on!", i.total_minor as "total: Money"
                , coalesce(b.open_minor, 0) as "open!: Money"
             from invoices i
             join branches br on (br.org_id, br.id) = (i.org_id, i.branch_id)
             left join invoice_balances b on (b.org_id, b.invoice_id) = (i.org_id, i.id)
             left join invoices v on (v.org_id, v.corrects_id) = (i.org_id, i.id) and v.state = 'posted'
            where i.customer_id = $1 and i.state = 'posted'
            order by i.created_at desc, i.id desc limit 50"#,
        id.uuid(),
        now
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What happened, without other branches' work orders and, for technicians, those of colleagues; money only for those who may see it.
/// It looks at the newest hundred events: where a fleet belongs to others it does not walk through their years.
async fn feed_of(tx: &mut TenantTx, id: CustomerId) -> AppResult<Vec<FeedLine>> {
    let money = tx.session().allows::<ViewInvoices>();
    Ok(sqlx::query_as!(
        FeedLine,
        r#"select e.at, e.member_name as who, e.action, e.summary, w.id as "order?: WorkOrderId", app.order_number(b.code, w.number) as number
             from (select * from audit_events where customer_id = $1 order by at desc, id desc limit 100) e
             left join lateral (select * from work_orders w where (w.org_id, w.id) = (e.org_id, e.work_order_id) limit 1) w on true
             left join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
            where (e.work_order_id is null or w.id is not null) and ($2 or e.entity not in ('invoice', 'payment'))
            order by e.at desc, e.id desc limit 12"#,
        id.uuid(),
        money
    )
    .fetch_all(tx.conn())
    .await?)
}

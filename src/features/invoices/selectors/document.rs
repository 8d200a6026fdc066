//! One document, whole.
use super::super::model::{BilledOrder, Buyer, Counterpart, Document, DocumentLine, Seller};
use crate::domain::billing::{InvoiceState, Kind};
use crate::domain::order::LineKind;
use crate::server::prelude::*;
use serde_json::Value;

/// The document with its lines. A draft shows seller, buyer and vehicle as they are now, a posted one as they were.
///
/// # Errors
/// `NotFound`, or the database's.
pub async fn document(tx: &mut TenantTx, id: InvoiceId) -> AppResult<Document> {
    let lines = lines(tx, id).await?;
    let (now, session) = (tx.now(), tx.session().clone());
    let row = sqlx::query!(
        r#"
        select i.kind as "kind: Kind", i.number_text, i.branch_id as "branch: BranchId", i.customer_id as "customer: CustomerId", i.subject, i.reason
             , i.issued_on, i.due_on, i.currency, i.net_minor, i.tax_minor, i.total_minor, i.seller, i.buyer, i.covers
             , app.document_state(i.kind, i.state, v.id is not null, b.open_minor, b.paid_minor, b.due_on, ($2::timestamptz at time zone br.time_zone)::date) as "state!: InvoiceState"
             , coalesce(b.credited_minor, 0) as "credited!", coalesce(b.paid_minor, 0) as "paid!", coalesce(b.open_minor, 0) as "open!"
             , m.name as "posted_by?", o.id as "corrects?: InvoiceId", o.number_text as corrects_number, v.id as "voided_by?: InvoiceId", v.number_text as voided_number
             , jsonb_build_object('branch', br.name, 'address', br.address, 'phone', br.phone, 'email', br.email, 'tax_id', br.tax_id) as "live_seller!"
             , jsonb_build_object('name', c.name, 'contact_name', c.contact_name, 'street', c.street, 'postal_code', c.postal_code, 'city', c.city,
                                  'tax_id', c.tax_id, 'email', c.email) as "live_buyer!", c.language
             , (select jsonb_agg(jsonb_build_object('order', w.id, 'number', app.order_number(wb.code, w.number), 'vehicle', a.kind = 'vehicle', 'plate', a.plate,
                                  'vin', a.vin, 'serial', a.serial, 'make', a.make, 'model', a.model, 'model_year', a.model_year,
                                  'odometer', coalesce(w.odometer_out, w.odometer_in),
                                  'supplied_on', (select (max(j.finished_at) at time zone wb.time_zone)::date
                                                    from invoiced_jobs x join jobs j on (j.org_id, j.id) = (x.org_id, x.job_id)
                                                   where (x.org_id, x.invoice_id) = (i.org_id, i.id) and j.work_order_id = w.id)) order by w.created_at, w.id)
                  from invoice_work_orders iw
                  join work_orders w on (w.org_id, w.id) = (iw.org_id, iw.work_order_id)
                  join branches wb on (wb.org_id, wb.id) = (w.org_id, w.branch_id)
                  join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
                 where (iw.org_id, iw.invoice_id) = (i.org_id, i.id)) as live_covers
          from invoices i
          join branches br on (br.org_id, br.id) = (i.org_id, i.branch_id)
          join customers c on (c.org_id, c.id) = (i.org_id, i.customer_id)
          left join invoice_balances b on (b.org_id, b.invoice_id) = (i.org_id, i.id)
          left join members m on (m.org_id, m.id) = (i.org_id, i.posted_by)
          left join invoices o on (o.org_id, o.id) = (i.org_id, i.corrects_id)
          left join invoices v on (v.org_id, v.corrects_id) = (i.org_id, i.id) and v.state = 'posted'
         where i.id = $1"#,
        id.uuid(), now
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    tx.focus(row.branch);
    let draft = row.state == InvoiceState::Draft;
    let seller = match row.seller.filter(|_| !draft) {
        Some(kept) => read(kept)?,
        None => Seller {
            organization: session.org_name.clone(),
            language: match row.language.as_str() {
                "" => session.settings.language.clone(),
                own => own.to_owned(),
            },
            work_order_term: session.terms().work_order.name().to_owned(),
            country: session.locale_at(row.branch).country().to_owned(),
            ..read(row.live_seller)?
        },
    };
    let covers: Option<Value> = if draft { row.live_covers } else { Some(row.covers) };
    Ok(Document {
        id,
        kind: row.kind,
        state: row.state,
        number: row.number_text,
        branch: row.branch,
        customer: row.customer,
        subject: row.subject,
        reason: row.reason,
        issued_on: row.issued_on,
        due_on: row.due_on,
        posted_by: row.posted_by,
        currency: Currency::stored(&row.currency).unwrap_or(tx.session().settings.currency),
        net: Money(row.net_minor),
        tax: Money(row.tax_minor),
        total: Money(row.total_minor),
        credited: Money(row.credited),
        paid: Money(row.paid),
        open: Money(row.open),
        seller,
        buyer: read::<Buyer>(row.buyer.filter(|_| !draft).unwrap_or(row.live_buyer))?,
        covers: covers
            .map(read::<Vec<BilledOrder>>)
            .transpose()?
            .unwrap_or_default(),
        corrects: counterpart(row.corrects, row.corrects_number),
        voided_by: counterpart(row.voided_by, row.voided_number),
        lines,
    })
}

fn counterpart(id: Option<InvoiceId>, number: Option<String>) -> Option<Counterpart> {
    id.zip(number).map(|(id, number)| Counterpart { id, number })
}

/// A snapshot that cannot be read is an incident, not an empty document.
fn read<T: serde::de::DeserializeOwned>(kept: Value) -> AppResult<T> {
    serde_json::from_value(kept).map_err(|error| crate::server::db::constraint::incident(&error))
}

/// The lines of a document, in their order.
pub async fn lines(tx: &mut TenantTx, id: InvoiceId) -> AppResult<Vec<DocumentLine>> {
    let rows = sqlx::query_as!(
        DocumentLine,
        r#"
        select job_id as "job: JobId", job_title, kind as "kind: LineKind", description, part_number, quantity_milli as "quantity: Quantity"
             , unit_price_minor as "unit_price: Money", tax_basis_points as "tax_rate: BasisPoints", net_minor as "net: Money", tax_minor as "tax: Money"
          from invoice_lines
         where invoice_id = $1
         order by position, id"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

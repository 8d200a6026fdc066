//! Into the database, table by table in bulk, along the same rules as everybody: triggers stay on, so an order is filled
//! before it closes and a document before it is posted.
use super::added;
use super::rows::{Allocation, Payment, Rows, User};
use super::workshop::Organization;
use crate::server::feature::SeedRows;
use sqlx::types::Json;
use sqlx::{Connection, PgConnection};

/// Rows a statement takes.
const CHUNK: usize = 1_000;

macro_rules! fill {
    ($conn:expr, $rows:expr, $sql:literal) => {
        for chunk in $rows.chunks(CHUNK) {
            sqlx::query!($sql, Json(chunk) as _).execute(&mut *$conn).await?;
        }
    };
}

/// Writes one workshop in one transaction.
///
/// # Errors
/// When the database refuses a row.
pub(super) async fn workshop(
    conn: &mut PgConnection,
    org: &Organization,
    users: &[User],
    (rows, added): (&Rows, &SeedRows),
    password_hash: &str,
) -> anyhow::Result<()> {
    let mut tx = conn.begin().await?;
    identities(&mut tx, org, users, password_hash).await?;
    basics(&mut tx, rows).await?;
    customers(&mut tx, rows).await?;
    orders(&mut tx, rows).await?;
    added::insert(&mut tx, added).await?;
    documents(&mut tx, rows).await?;
    announcements(&mut tx, rows).await?;
    trail(&mut tx, rows).await?;
    // A payment keeps a lock until its transaction ends, and the server has room for some thousand.
    for (payments, allocations) in rows.payments.chunks(CHUNK).zip(rows.allocations.chunks(CHUNK)) {
        pay(&mut tx, payments, allocations).await?;
        tx.commit().await?;
        tx = conn.begin().await?;
        bind(&mut tx, org).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// From here to the end of the transaction everything is this workshop's.
async fn bind(conn: &mut PgConnection, org: &Organization) -> sqlx::Result<()> {
    sqlx::query!(
        "select set_config('app.org_id', $1, true) as org, set_config('app.branches', 'all', true) as branches, set_config('app.sees', 'all', true) as sees",
        org.id.to_string()
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}

async fn identities(
    conn: &mut PgConnection,
    org: &Organization,
    users: &[User],
    hash: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into auth.organizations (id, name, slug, state, created_at) values ($1, $2, $3, 'active', $4)",
        org.id, org.name, org.slug, org.created_at
    )
    .execute(&mut *conn)
    .await?;
    for user in users {
        sqlx::query!(
            "insert into auth.users (id, email, email_norm, name, password_hash, created_at) values ($1, $2, lower($2), $3, $4, $5)",
            user.id, user.email, user.name, hash, org.created_at
        )
        .execute(&mut *conn)
        .await?;
        sqlx::query!(
            "insert into auth.affiliations (user_id, org_id, member_id) values ($1, $2, $3)",
            user.id,
            org.id,
            user.member
        )
        .execute(&mut *conn)
        .await?;
    }
    bind(conn, org).await?;
    sqlx::query!(
        "insert into organization_settings (name, currency, asset_word, require_odometer, payment_terms_days, country)
         values ($1, $2, $3, $3 = 'vehicle', $4, $5)",
        org.name, org.currency, org.asset_word, org.payment_terms_days, org.country
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

async fn basics(conn: &mut PgConnection, rows: &Rows) -> sqlx::Result<()> {
    fill!(conn, rows.branches, "insert into branches (id, name, code, address, phone, email, tax_id, time_zone, fiscal_year_start, created_at)
        select id, name, code, address, phone, email, tax_id, time_zone, fiscal_year_start, created_at from jsonb_populate_recordset(null::branches, $1)");
    fill!(conn, rows.members, "insert into members (id, user_id, name, email, role, all_branches, created_at)
        select id, user_id, name, email, role, all_branches, created_at from jsonb_populate_recordset(null::members, $1)");
    fill!(
        conn,
        rows.member_branches,
        "insert into member_branches (member_id, branch_id, role)
        select member_id, branch_id, role from jsonb_populate_recordset(null::member_branches, $1)"
    );
    fill!(conn, rows.tax_rates, "insert into tax_rates (id, name, basis_points, is_default, position)
        select id, name, basis_points, is_default, position from jsonb_populate_recordset(null::tax_rates, $1)");
    fill!(conn, rows.series, "insert into number_series (branch_id, series, fiscal_year, last_number)
        select branch_id, series, fiscal_year, last_number from jsonb_populate_recordset(null::number_series, $1)");
    Ok(())
}

async fn customers(conn: &mut PgConnection, rows: &Rows) -> sqlx::Result<()> {
    fill!(conn, rows.customers, "insert into customers (id, kind, name, contact_name, tax_id, phone, phone_norm, email, street, postal_code, city, notes,
          home_branch_id, created_at, updated_at)
        select id, kind, name, contact_name, tax_id, phone, phone_norm, email, street, postal_code, city, notes, home_branch_id, created_at, updated_at
          from jsonb_populate_recordset(null::customers, $1)");
    fill!(
        conn,
        rows.drivers,
        "insert into drivers (id, customer_id, name, phone, phone_norm, created_at, updated_at)
        select id, customer_id, name, phone, phone_norm, created_at, updated_at from jsonb_populate_recordset(null::drivers, $1)"
    );
    fill!(conn, rows.assets, "insert into assets (id, customer_id, kind, plate, plate_norm, vin, serial, make, model, model_year, color, engine, unit_number,
          odometer, odometer_at, created_at, updated_at)
        select id, customer_id, kind, plate, plate_norm, vin, serial, make, model, model_year, color, engine, unit_number, odometer, odometer_at,
               created_at, updated_at
          from jsonb_populate_recordset(null::assets, $1)");
    Ok(())
}

/// Orders come in as "ready" (or "received", when they will be cancelled), get their parts, then close.
async fn orders(conn: &mut PgConnection, rows: &Rows) -> sqlx::Result<()> {
    fill!(conn, rows.orders, "insert into work_orders (id, branch_id, number, customer_id, asset_id, phase, waiting, promised_at, advisor_id, odometer_in,
          odometer_out, total_minor, created_at, phase_since, finished_at, driver_id)
        select id, branch_id, number, customer_id, asset_id, case phase when 'delivered' then 'ready' when 'cancelled' then 'received' else phase end,
               waiting, promised_at, advisor_id, odometer_in, odometer_out, total_minor, created_at, phase_since, finished_at,
               driver_id
          from jsonb_populate_recordset(null::work_orders, $1)");
    fill!(conn, rows.concerns, "insert into concerns (id, work_order_id, position, concern, cause, correction)
        select id, work_order_id, position, concern, cause, correction from jsonb_populate_recordset(null::concerns, $1)");
    fill!(conn, rows.jobs, "insert into jobs (id, work_order_id, position, title, payer, decision, work_state, started_at, finished_at, created_at)
        select id, work_order_id, position, title, payer, decision, work_state, started_at, finished_at, created_at
          from jsonb_populate_recordset(null::jobs, $1)");
    fill!(conn, rows.lines, "insert into lines (id, work_order_id, job_id, position, kind, description, part_number, quantity_milli, unit_price_minor,
          tax_basis_points)
        select id, work_order_id, job_id, position, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points
          from jsonb_populate_recordset(null::lines, $1)");
    fill!(
        conn,
        rows.job_technicians,
        "insert into job_technicians (job_id, work_order_id, member_id, seen_at)
        select job_id, work_order_id, member_id, seen_at from jsonb_populate_recordset(null::job_technicians, $1)"
    );
    fill!(conn, rows.moves, "insert into work_order_moves (id, work_order_id, from_phase, to_phase, reason, member_id, at)
        select id, work_order_id, from_phase, to_phase, reason, member_id, at from jsonb_populate_recordset(null::work_order_moves, $1)");
    fill!(conn, rows.authorizations, "insert into authorizations (id, work_order_id, decision, method, contact_name, note, amount_minor, shown, member_id, at)
        select id, work_order_id, decision, method, contact_name, note, amount_minor, shown, member_id, at
          from jsonb_populate_recordset(null::authorizations, $1)");
    fill!(conn, rows.notes, "insert into notes (id, work_order_id, audience, body, attention, member_id, at)
        select id, work_order_id, audience, body, attention, member_id, at from jsonb_populate_recordset(null::notes, $1)");
    sqlx::query!("update work_orders w set attention_since = n.at from notes n where n.attention and (n.org_id, n.work_order_id) = (w.org_id, w.id) and w.org_id = app.current_org()")
        .execute(&mut *conn)
        .await?;
    fill!(conn, rows.odometer_readings, "insert into odometer_readings (id, asset_id, work_order_id, value, unit, source, member_id, at)
        select id, asset_id, work_order_id, value, unit, source, member_id, at from jsonb_populate_recordset(null::odometer_readings, $1)");
    fill!(conn, rows.hand_overs, "insert into hand_overs (work_order_id, collected_by, signature, member_id, at)
        select work_order_id, collected_by, signature, member_id, at from jsonb_populate_recordset(null::hand_overs, $1)");
    let closed: Vec<_> = rows
        .orders
        .iter()
        .filter(|order| order.closed_at.is_some())
        .cloned()
        .collect();
    fill!(conn, closed, "update work_orders w set phase = c.phase, closed_at = c.closed_at
          from jsonb_populate_recordset(null::work_orders, $1) c where w.org_id = app.current_org() and w.id = c.id");
    Ok(())
}

/// Documents come in as drafts with their lines, then the numbered ones are posted.
async fn documents(conn: &mut PgConnection, rows: &Rows) -> sqlx::Result<()> {
    fill!(conn, rows.invoices, "insert into invoices (id, branch_id, kind, state, customer_id, corrects_id, reason, currency, subject, net_minor, tax_minor,
          total_minor, created_at)
        select id, branch_id, kind, 'draft', customer_id, corrects_id, reason, currency, subject, net_minor, tax_minor, total_minor, created_at
          from jsonb_populate_recordset(null::invoices, $1)");
    fill!(conn, rows.invoice_lines, "insert into invoice_lines (id, invoice_id, position, job_id, job_title, kind, description, part_number, quantity_milli,
          unit_price_minor, tax_basis_points, net_minor, tax_minor)
        select id, invoice_id, position, job_id, job_title, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points, net_minor, tax_minor
          from jsonb_populate_recordset(null::invoice_lines, $1)");
    fill!(
        conn,
        rows.invoice_work_orders,
        "insert into invoice_work_orders (invoice_id, work_order_id)
        select invoice_id, work_order_id from jsonb_populate_recordset(null::invoice_work_orders, $1)"
    );
    fill!(
        conn,
        rows.invoiced_jobs,
        "insert into invoiced_jobs (invoice_id, job_id) select invoice_id, job_id from jsonb_populate_recordset(null::invoiced_jobs, $1)"
    );
    // A credit note corrects what is posted already.
    for kind in ["invoice", "credit_note"] {
        let posted: Vec<_> = rows
            .invoices
            .iter()
            .filter(|invoice| invoice.state == "posted" && invoice.kind == kind)
            .cloned()
            .collect();
        fill!(conn, posted, "update invoices i set state = 'posted', fiscal_year = p.fiscal_year, number = p.number, number_text = p.number_text,
              issued_on = p.issued_on, due_on = p.due_on, seller = p.seller, buyer = p.buyer, covers = p.covers, posted_at = p.posted_at, posted_by = p.posted_by
              from jsonb_populate_recordset(null::invoices, $1) p where i.org_id = app.current_org() and i.id = p.id");
    }
    Ok(())
}

async fn pay(conn: &mut PgConnection, payments: &[Payment], allocations: &[Allocation]) -> sqlx::Result<()> {
    fill!(conn, payments, "insert into payments (id, branch_id, customer_id, method, amount_minor, currency, reference, received_on, member_id, at)
        select id, branch_id, customer_id, method, amount_minor, currency, reference, received_on, member_id, at
          from jsonb_populate_recordset(null::payments, $1)");
    fill!(conn, allocations, "insert into payment_allocations (id, payment_id, invoice_id, amount_minor, at)
        select id, payment_id, invoice_id, amount_minor, at from jsonb_populate_recordset(null::payment_allocations, $1)");
    Ok(())
}

async fn announcements(conn: &mut PgConnection, rows: &Rows) -> sqlx::Result<()> {
    fill!(conn, rows.announcements, "insert into announcements (id, title, body, until_on, roles, member_id, at)
        select id, title, body, until_on, roles, member_id, at from jsonb_populate_recordset(null::announcements, $1)");
    fill!(conn, rows.announcement_addresses, "insert into announcement_addresses (announcement_id, of_role, at, until_on)
        select announcement_id, of_role, at, until_on from jsonb_populate_recordset(null::announcement_addresses, $1)");
    fill!(
        conn,
        rows.announcement_receipts,
        "insert into announcement_receipts (announcement_id, member_id, at)
        select announcement_id, member_id, at from jsonb_populate_recordset(null::announcement_receipts, $1)"
    );
    Ok(())
}

async fn trail(conn: &mut PgConnection, rows: &Rows) -> sqlx::Result<()> {
    fill!(conn, rows.audit, "insert into audit_events (id, at, member_id, member_name, action, entity, entity_id, work_order_id, customer_id, summary)
        select id, at, member_id, member_name, action, entity, entity_id, work_order_id, customer_id, summary
          from jsonb_populate_recordset(null::audit_events, $1)");
    Ok(())
}

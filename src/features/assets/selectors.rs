//! Reads.
use super::form::NewAsset;
use super::model::{Asset, AssetDetail, AssetRef, AssetRow, Owner, ReadingLine, Visit};
use crate::domain::order::Phase;
use crate::domain::past::PastJob;
use crate::kernel::AssetKind;
use crate::kernel::page::{Cursor, Slice};
use crate::server::prelude::*;
use sqlx::types::Json;
use uuid::Uuid;

const PAGE: i64 = 25;
/// More matches than this are a question for more letters.
const MATCHES: i32 = 50;

/// The live vehicle with this plate, whatever its spelling ([`text::plate_norm`]).
pub async fn by_plate(tx: &mut TenantTx, plate_norm: &str) -> AppResult<Option<AssetRef>> {
    if plate_norm.is_empty() {
        return Ok(None);
    }
    Ok(sqlx::query_as!(
        AssetRef,
        r#"select id as "id: AssetId", customer_id as "customer: CustomerId", kind, plate, serial, vin, make, model, odometer
             from assets where plate_norm = $1 and archived_at is null"#,
        plate_norm
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A customer's live assets, newest first: to choose one at check-in.
pub async fn of_customer(tx: &mut TenantTx, customer: CustomerId) -> AppResult<Vec<AssetRef>> {
    Ok(sqlx::query_as!(
        AssetRef,
        r#"select id as "id: AssetId", customer_id as "customer: CustomerId", kind, plate, serial, vin, make, model, odometer
             from assets where customer_id = $1 and archived_at is null order by created_at desc, id desc limit 200"#,
        customer.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The list's columns from assets `a` and their owners `c`; what follows says which of them.
macro_rules! rows {
    ($rest:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            AssetRow,
            r#"select a.id as "id: AssetId", a.plate, a.serial, a.vin, a.make, a.model, a.model_year, a.color, a.odometer, a.created_at
                    , c.id as "owner: CustomerId", c.name as owner_name
                    , (select max(w.created_at) from work_orders w where w.org_id = a.org_id and w.asset_id = a.id) as last_visit
                 from assets a join customers c on (c.org_id, c.id) = (a.org_id, a.customer_id) "# + $rest,
            $($arg),*
        )
    };
}

/// Assets, newest first.
pub async fn newest(tx: &mut TenantTx, from: Cursor) -> AppResult<Slice<AssetRow>> {
    let rows = rows!(
        "where a.archived_at is null and (a.created_at, a.id) < ($1, $2) order by a.created_at desc, a.id desc limit $3",
        from.at(),
        from.id,
        PAGE + 1
    );
    Ok(paged(rows.fetch_all(tx.conn()).await?))
}

/// Those that left, newest first.
pub async fn archived(tx: &mut TenantTx, from: Cursor) -> AppResult<Slice<AssetRow>> {
    let rows = rows!(
        "where a.archived_at is not null and (a.created_at, a.id) < ($1, $2) order by a.created_at desc, a.id desc limit $3",
        from.at(),
        from.id,
        PAGE + 1
    );
    Ok(paged(rows.fetch_all(tx.conn()).await?))
}

/// Assets by plate, from the row after this one on. Plates belong in no address, so a page knows the last row's id.
pub async fn in_order_of_plate(
    tx: &mut TenantTx,
    descending: bool,
    after: Option<Uuid>,
) -> AppResult<Slice<AssetRow>> {
    let last = match after {
        Some(id) => {
            sqlx::query!("select id, plate_key from assets where id = $1", id)
                .fetch_optional(tx.conn())
                .await?
        }
        None => None,
    };
    let last = last.map(|row| (row.plate_key, row.id));
    let rows = if descending {
        let (plate, id) = last.unwrap_or_else(|| (char::MAX.to_string(), Uuid::max()));
        rows!(
            "where a.archived_at is null and (a.plate_key, a.id) < ($1, $2) order by a.plate_key desc, a.id desc limit $3",
            plate,
            id,
            PAGE + 1
        )
        .fetch_all(tx.conn())
        .await?
    } else {
        let (plate, id) = last.unwrap_or_default();
        rows!(
            "where a.archived_at is null and (a.plate_key, a.id) > ($1, $2) order by a.plate_key, a.id limit $3",
            plate,
            id,
            PAGE + 1
        )
        .fetch_all(tx.conn())
        .await?
    };
    Ok(Slice::after_last(rows, PAGE as usize, |row| row.id.uuid()))
}

/// Assets by plate, VIN, serial number, make or model, nearest first. What is only similar is for the search box, which says so.
pub async fn matching(tx: &mut TenantTx, query: &str) -> AppResult<Slice<AssetRow>> {
    let rows = rows!(
        "join search.find($1, $2, '{asset}') with ordinality as f(kind, entity_id, near, place) on f.entity_id = a.id
        where a.archived_at is null and f.near = '' order by f.place",
        query,
        MATCHES
    );
    let rows = rows.fetch_all(tx.conn()).await?;
    Ok(Slice { rows, next: None })
}

fn paged(rows: Vec<AssetRow>) -> Slice<AssetRow> {
    Slice::from_rows(rows, PAGE as usize, |row| (row.created_at, row.id.uuid()))
}

/// One asset with its owner, archived or not.
///
/// # Errors
/// `NotFound` where there is none in this organization.
pub async fn get(tx: &mut TenantTx, id: AssetId) -> AppResult<Asset> {
    let row = sqlx::query!(
        r#"select a.kind, a.plate, a.vin, a.serial, a.make, a.model, a.model_year, a.color, a.engine, a.unit_number, a.notes
                , a.odometer, a.odometer_at, a.archived_at, a.archived_reason, a.version
                , c.id as "owner: CustomerId", c.name as owner_name, c.phone as owner_phone, c.language as owner_language, c.archived_at is not null as "owner_archived!"
             from assets a join customers c on (c.org_id, c.id) = (a.org_id, a.customer_id) where a.id = $1"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Asset {
        id,
        data: NewAsset {
            kind: AssetKind::of_word(&row.kind),
            plate: row.plate,
            vin: row.vin,
            serial: row.serial,
            make: row.make,
            model: row.model,
            model_year: row.model_year,
            color: row.color,
            engine: row.engine,
            unit_number: row.unit_number,
            notes: row.notes,
        },
        owner: row.owner,
        owner_name: row.owner_name,
        owner_phone: row.owner_phone,
        owner_language: row.owner_language,
        owner_archived: row.owner_archived,
        odometer: row.odometer,
        odometer_at: row.odometer_at,
        archived_at: row.archived_at,
        archived_reason: row.archived_reason,
        version: row.version,
    })
}

/// An asset with its log and its visits at every branch.
///
/// # Errors
/// `NotFound` where there is none in this organization.
pub async fn whole(tx: &mut TenantTx, id: AssetId) -> AppResult<AssetDetail> {
    Ok(AssetDetail {
        asset: get(tx, id).await?,
        readings: readings(tx, id).await?,
        visits: visits(tx, id).await?,
    })
}

async fn readings(tx: &mut TenantTx, id: AssetId) -> AppResult<Vec<ReadingLine>> {
    Ok(sqlx::query_as!(
        ReadingLine,
        "select r.value, r.unit, r.source, r.reason, m.name as who, r.at
           from odometer_readings r join members m on (m.org_id, m.id) = (r.org_id, r.member_id)
          where r.asset_id = $1 order by r.at desc, r.id desc limit 50",
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The history is the organization's: branches that the member does not work in are in it too.
async fn visits(tx: &mut TenantTx, id: AssetId) -> AppResult<Vec<Visit>> {
    let rows = sqlx::query!(
        r#"select h.work_order_id as "id!: WorkOrderId", branch_id as "branch!: BranchId", branch_name as "branch_name!"
                , branch_code as "branch_code!", number as "number!", phase as "phase!: Phase", created_at as "created_at!"
                , odometer_in, total_minor as "total!: Money", h.jobs as "jobs!"
                , coalesce(done.jobs, '[]') as "work!: Json<Vec<PastJob>>"
             from app.asset_history($1) h left join lateral app.work_done(h.work_order_id) done on true"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let visits = rows.into_iter().map(|row| Visit {
        id: row.id,
        branch: row.branch,
        branch_name: row.branch_name,
        branch_code: row.branch_code,
        number: row.number,
        phase: row.phase,
        created_at: row.created_at,
        odometer_in: row.odometer_in,
        total: row.total,
        jobs: row.jobs,
        work: row.work.0,
    });
    Ok(visits.collect())
}

/// The customer who is to own a new asset.
///
/// # Errors
/// `NotFound` where there is none in this organization, or they are archived.
pub async fn owner(tx: &mut TenantTx, id: CustomerId) -> AppResult<Owner> {
    sqlx::query_as!(
        Owner,
        r#"select id as "id: CustomerId", name, phone, city from customers where id = $1 and archived_at is null"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)
}

/// Customers to choose an owner from: the nearest to what was typed, or the newest.
pub async fn owners(tx: &mut TenantTx, query: &str) -> AppResult<Vec<Owner>> {
    let rows = if query.is_empty() {
        sqlx::query_as!(
            Owner,
            r#"select id as "id: CustomerId", name, phone, city from customers where archived_at is null
                order by created_at desc, id desc limit 10"#
        )
        .fetch_all(tx.conn())
        .await?
    } else {
        sqlx::query_as!(
            Owner,
            r#"select c.id as "id: CustomerId", c.name, c.phone, c.city
                 from customers c join search.find($1, 20, '{customer}') with ordinality as f(kind, entity_id, near, place) on f.entity_id = c.id
                where c.archived_at is null order by f.place"#,
            query
        )
        .fetch_all(tx.conn())
        .await?
    };
    Ok(rows)
}

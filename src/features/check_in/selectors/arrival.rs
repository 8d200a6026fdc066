//! Who is known, who may be meant, who can advise.
use super::super::form::CheckInForm;
use super::super::model::{Arrival, AssetChoice, KnownAsset, KnownCustomer, OpenOrder};
use super::similar::similar;
use crate::domain::customer::CustomerKind;
use crate::domain::order::{Phase, number_text};
use crate::features::customers::drivers::{self, DriverChoice};
use crate::features::{
    assets,
    customers::{self, NewCustomer},
};
use crate::kernel::permission::{EditWorkOrders, Permission, ViewInvoices};
use crate::kernel::text::{first_of, joined};
use crate::server::db::tenant::Session;
use crate::server::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// So many vehicles of a customer are offered; of a larger fleet the plate finds the rest.
const MOST_CHOICES: usize = 12;
/// A name of fewer letters finds everybody.
const SHORTEST_NAME: usize = 3;
/// So many similar names are offered.
const MOST_PERHAPS: usize = 5;

/// What is known of who is arriving.
pub async fn arrival(tx: &mut TenantTx, who: &CheckInForm) -> AppResult<Arrival> {
    let mut arrival = Arrival::default();
    if let Some(id) = asset_of(tx, who).await?
        && let Some((asset, owner)) = known_asset(tx, id).await?
    {
        arrival.vehicle = Some(asset);
        arrival.customer = known_customer(tx, owner).await?;
    }
    if arrival.vehicle.is_some() {
        return Ok(arrival);
    }
    arrival.similar = similar(tx, &who.unconfirmed_marks()).await?;
    if let Ok(id) = who.customer.parse::<CustomerId>() {
        arrival.customer = known_customer(tx, id).await?;
    }
    if let Some(customer) = arrival.customer.as_ref().and_then(|c| c.id.parse().ok()) {
        arrival.choices = assets::selectors::of_customer(tx, customer)
            .await?
            .into_iter()
            .take(MOST_CHOICES)
            .map(|asset| AssetChoice {
                id: asset.id.to_string(),
                mark: asset.mark().to_owned(),
                name: asset.name(),
            })
            .collect();
    } else {
        arrival.perhaps = perhaps(tx, who).await?;
    }
    Ok(arrival)
}

/// The chosen asset, unless another mark was typed since; else the one that answers to the mark.
async fn asset_of(tx: &mut TenantTx, who: &CheckInForm) -> AppResult<Option<AssetId>> {
    let marks = who.identifiers();
    if marks.is_empty() {
        return Ok(who.vehicle.parse().ok());
    }
    by_marks(tx, &marks).await
}

/// What a known asset is, or what the workshop repairs.
pub async fn kind(tx: &mut TenantTx, known: Option<AssetId>) -> AppResult<AssetKind> {
    let kind = match known {
        Some(id) => {
            sqlx::query_scalar!("select kind from assets where id = $1", id.uuid())
                .fetch_optional(tx.conn())
                .await?
        }
        None => None,
    };
    Ok(kind.map_or_else(|| tx.session().terms().kind, |word| AssetKind::of_word(&word)))
}

/// The live asset with one of these as plate, VIN or serial number, letters and digits only.
pub async fn by_marks(tx: &mut TenantTx, marks: &[String]) -> AppResult<Option<AssetId>> {
    let found = sqlx::query_scalar!(
        r#"select id as "id!: AssetId" from (
             select id, created_at from assets where plate_norm = any($1) and plate_norm <> '' and archived_at is null
             union all
             select id, created_at from assets where vin = any($1) and vin <> '' and archived_at is null
             union all
             select id, created_at from assets where serial_norm = any($1) and serial_norm <> '' and archived_at is null) a
         order by created_at desc limit 1"#,
        marks
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found)
}

#[derive(Debug, Deserialize)]
struct Visit {
    branch_id: Uuid,
    branch_code: String,
    id: Uuid,
    number: i64,
    phase: String,
    created_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    jobs: String,
}

/// An asset and whose it is, what is open on it in any branch, and when it was here last.
async fn known_asset(tx: &mut TenantTx, id: AssetId) -> AppResult<Option<(KnownAsset, CustomerId)>> {
    let row = sqlx::query!(
        r#"select a.kind, a.plate, a.plate_norm, a.vin, a.serial, a.serial_norm, a.make, a.model, a.model_year, a.color, a.odometer, a.odometer_at
             , a.customer_id as "customer: CustomerId"
             , (select coalesce(json_agg(json_build_object('branch_id', h.branch_id, 'branch_code', h.branch_code, 'id', h.work_order_id
                       , 'number', h.number, 'phase', h.phase, 'created_at', h.created_at, 'closed_at', h.closed_at, 'jobs', h.jobs)), '[]')
                  from (select * from app.asset_history(a.id) limit 20) h) as "visits!: Json<Vec<Visit>>"
             from assets a
            where a.id = $1 and a.archived_at is null"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let (session, zone) = (tx.session().clone(), tx.session().working_branch()?.time_zone);
    Ok(row.map(|row| {
        let year = row.model_year.map(|year| year.to_string());
        let name = joined(" ", [&row.make, &row.model, year.as_deref().unwrap_or_default()]);
        let asset = KnownAsset {
            id: id.to_string(),
            mark: first_of(&[&row.plate, &row.serial, &row.vin]).to_owned(),
            plated: !row.plate.is_empty(),
            marks: [row.plate_norm, row.vin, row.serial_norm]
                .into_iter()
                .filter(|m| !m.is_empty())
                .collect(),
            name: joined(" · ", [&name, &row.color]),
            metered: row.kind == "vehicle",
            odometer: row.odometer,
            last_reading: reading(row.odometer, row.odometer_at, &session, zone),
            last_visit: last_visit(&row.visits, session.locale(), zone),
            open: open_orders(&row.visits, &session),
        };
        (asset, row.customer)
    }))
}

/// A live customer; what they owe is shown to those who may see it.
async fn known_customer(tx: &mut TenantTx, id: CustomerId) -> AppResult<Option<KnownCustomer>> {
    let customer = match customers::selectors::with_drivers(tx, id).await {
        Err(AppError::NotFound) => return Ok(None),
        found => found?,
    };
    if customer.archived_at.is_some() {
        return Ok(None);
    }
    let drivers = DriverChoice::of(&customer.drivers);
    let session = tx.session();
    let owes = customer.open.0 > 0 && session.allows::<ViewInvoices>();
    Ok(Some(KnownCustomer {
        id: id.to_string(),
        name: customer.data.name,
        phone: customer.data.phone,
        email: customer.data.email,
        note: note(customer.data.kind == CustomerKind::Company, &customer.data.city),
        owes: if owes {
            session.settings.currency.show(customer.open)
        } else {
            String::new()
        },
        same_contact: false,
        drivers,
    }))
}

/// Customers with the telephone number or e-mail that is typed, then those of a similar name.
async fn perhaps(tx: &mut TenantTx, who: &CheckInForm) -> AppResult<Vec<KnownCustomer>> {
    let mut perhaps = Vec::new();
    for twin in customers::selectors::possible_duplicates(tx, &who.owner.phone, &who.owner.email).await? {
        if !twin.archived {
            perhaps.push(KnownCustomer {
                id: twin.id.to_string(),
                name: twin.name,
                phone: twin.phone,
                email: twin.email,
                note: twin.city,
                same_contact: true,
                ..KnownCustomer::default()
            });
        }
    }
    for (id, company, driver) in drivers::selectors::companies_by_phone(tx, &who.owner.phone).await? {
        let id = id.to_string();
        if perhaps.iter().all(|customer| customer.id != id) {
            perhaps.push(KnownCustomer {
                id,
                name: company,
                note: format!("Driver: {driver}"),
                ..KnownCustomer::default()
            });
        }
    }
    if who.owner.name.trim().chars().count() < SHORTEST_NAME {
        return Ok(perhaps);
    }
    for row in customers::selectors::matching(tx, &who.owner.name).await?.rows {
        let id = row.id.to_string();
        if perhaps.len() < MOST_PERHAPS && perhaps.iter().all(|customer| customer.id != id) {
            perhaps.push(KnownCustomer {
                id,
                name: row.name,
                phone: row.phone,
                email: row.email,
                note: row.city,
                ..KnownCustomer::default()
            });
        }
    }
    Ok(perhaps)
}

/// Whether a live customer has the telephone number or e-mail of a new one.
pub async fn contact_known(tx: &mut TenantTx, new: &NewCustomer) -> AppResult<bool> {
    let twins = customers::selectors::possible_duplicates(tx, &new.phone, &new.email).await?;
    Ok(twins.iter().any(|twin| !twin.archived))
}

/// Who can take care of an order at the working branch: value and label of each.
pub async fn advisors(tx: &mut TenantTx) -> AppResult<Vec<(String, String)>> {
    let (branch, me) = (tx.session().working_branch()?.id, tx.session().member());
    let rows = sqlx::query!(
        r#"select m.id as "id: MemberId", m.name, p.role as "role!: Role"
                , (select r.granted from role_rights r where r.org_id = p.org_id and r.role = p.role
                      and r.custom_role_id is not distinct from p.custom_role_id and r.right_name = $2) as "departs?"
             from app.workplaces p join members m on (m.org_id, m.id) = (p.org_id, p.member_id)
            where p.branch_id = $1 and m.deactivated_at is null
            order by m.name, m.id limit 2000"#,
        branch.uuid(),
        EditWorkOrders::NAME
    )
    .fetch_all(tx.conn())
    .await?;
    let switches = tx.session().switches();
    Ok(rows
        .into_iter()
        .filter(|row| EditWorkOrders::RIGHT.held_with(row.role, switches, row.departs))
        .take(200)
        .map(|row| {
            let label = if row.id == me {
                format!("{} (me)", row.name)
            } else {
                row.name
            };
            (row.id.to_string(), label)
        })
        .collect())
}

fn open_orders(visits: &[Visit], session: &Session) -> Vec<OpenOrder> {
    visits
        .iter()
        .filter(|visit| visit.closed_at.is_none())
        .map(|visit| {
            let ours = session.branch(BranchId::new(visit.branch_id)).is_ok();
            OpenOrder {
                number: number_text(&visit.branch_code, visit.number),
                phase: Phase::parse(&visit.phase).map_or("", Phase::label).to_owned(),
                href: if ours {
                    format!("/work-orders/{}", WorkOrderId::new(visit.id))
                } else {
                    String::new()
                },
            }
        })
        .collect()
}

fn last_visit(visits: &[Visit], locale: Locale, zone: Tz) -> String {
    let closed = visits.iter().find(|visit| visit.closed_at.is_some());
    closed.map_or_else(String::new, |visit| {
        joined(" · ", [&locale.day_at(visit.created_at, &zone), &visit.jobs])
    })
}

/// An odometer's last value, and when it was read.
fn reading(value: Option<i32>, at: Option<DateTime<Utc>>, session: &Session, zone: Tz) -> String {
    let Some(value) = value else {
        return String::new();
    };
    let locale = session.locale();
    let text = locale.reading(value, &session.settings.distance_unit);
    at.map_or(text.clone(), |at| {
        format!("{text} on {}", locale.day_at(at, &zone))
    })
}

fn note(company: bool, city: &str) -> String {
    joined(" · ", [if company { "Company" } else { "" }, city])
}

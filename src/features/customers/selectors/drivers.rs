//! Reads of drivers. Those of a company come with the company, in one statement.
use super::super::drivers::form::NewDriver;
use super::super::drivers::model::{Driver, DriverRow};
use crate::server::contact;
use crate::server::prelude::*;

/// So many companies are offered for a driver's number.
const MOST_COMPANIES: i64 = 5;

/// What the database handed over.
pub(super) fn read(rows: Vec<DriverRow>, customer: CustomerId, company: &str) -> Vec<Driver> {
    let driver = |row: DriverRow| Driver {
        id: DriverId::new(row.id),
        customer,
        company: company.to_owned(),
        data: NewDriver {
            name: row.name,
            phone: row.phone,
            email: row.email,
            licence: row.licence,
            notes: row.notes,
        },
        archived_at: row.archived_at,
        archived_reason: row.archived_reason,
        version: row.version,
    };
    rows.into_iter().map(driver).collect()
}

/// One of them, archived or not.
///
/// # Errors
/// `NotFound` where this company has no such driver.
pub async fn get(tx: &mut TenantTx, customer: CustomerId, id: DriverId) -> AppResult<Driver> {
    let drivers = super::with_drivers(tx, customer).await?.drivers.into_iter();
    let mut found = drivers.filter(|driver| driver.id == id);
    found.next().ok_or(AppError::NotFound)
}

/// Active companies, each with its driver who has this telephone number: id and name of the company, name of the driver.
pub async fn companies_by_phone(
    tx: &mut TenantTx,
    phone: &str,
) -> AppResult<Vec<(CustomerId, String, String)>> {
    let mut phones = contact::phone_norms(phone, tx.session().locale());
    phones.retain(|phone| !phone.is_empty());
    if phones.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select c.id as "id: CustomerId", c.name as company, d.name
             from drivers d join customers c on (c.org_id, c.id) = (d.org_id, d.customer_id)
            where d.phone_norm = any($1) and d.phone_norm <> '' and d.archived_at is null and c.archived_at is null
            order by c.created_at desc, d.id limit $2"#,
        &phones,
        MOST_COMPANIES
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.company, row.name))
        .collect())
}

//! Reads.
use super::form::{BranchData, WeekHours};
use super::model::{Branch, Hours, Series, Week};
use crate::server::prelude::*;
use uuid::Uuid;

/// The branches of the member, by name: `one`, or all of them.
async fn read(tx: &mut TenantTx, one: Option<BranchId>) -> AppResult<Vec<Branch>> {
    let own: Vec<Uuid> = tx
        .session()
        .branches()
        .iter()
        .map(|branch| branch.id.uuid())
        .collect();
    let wanted = one.map_or(own.clone(), |id| {
        own.into_iter().filter(|own| *own == id.uuid()).collect()
    });
    let rows = sqlx::query!(
        r#"select id as "id: BranchId", name, code, address, phone, email, tax_id, country, time_zone, fiscal_year_start, version
             from branches where id = any ($1) order by name, id"#,
        &wanted
    )
    .fetch_all(tx.conn())
    .await?;
    let hours = sqlx::query!(
        r#"select branch_id as "branch_id: BranchId", weekday, opens_min, closes_min from branch_hours where branch_id = any ($1)"#,
        &wanted
    )
    .fetch_all(tx.conn())
    .await?;
    let series = sqlx::query!(
        r#"select branch_id as "branch_id: BranchId", series, fiscal_year, last_number from number_series
            where branch_id = any ($1) order by series desc, fiscal_year desc"#,
        &wanted
    )
    .fetch_all(tx.conn())
    .await?;
    let week = |id: BranchId| -> Week {
        std::array::from_fn(|at| {
            let day = hours
                .iter()
                .find(|row| row.branch_id == id && usize::try_from(row.weekday) == Ok(at + 1));
            day.map(|row| Hours {
                opens: row.opens_min,
                closes: row.closes_min,
            })
        })
    };
    let numbers = |id: BranchId| {
        let own = series.iter().filter(|row| row.branch_id == id);
        own.map(|row| Series {
            series: row.series.clone(),
            fiscal_year: row.fiscal_year,
            last_number: row.last_number,
        })
        .collect()
    };
    let branches = rows.into_iter().map(|row| Branch {
        id: row.id,
        series: numbers(row.id),
        version: row.version,
        data: BranchData {
            name: row.name,
            code: row.code,
            address: row.address,
            phone: row.phone,
            email: row.email,
            tax_id: row.tax_id,
            country: row.country,
            time_zone: row.time_zone,
            fiscal_year_start: row.fiscal_year_start,
            week: WeekHours::from(&week(row.id)),
        },
    });
    Ok(branches.collect())
}

/// The member's branches, by name.
pub async fn list(tx: &mut TenantTx) -> AppResult<Vec<Branch>> {
    read(tx, None).await
}

/// One of them.
///
/// # Errors
/// `NotFound` where it is none of theirs.
pub async fn get(tx: &mut TenantTx, id: BranchId) -> AppResult<Branch> {
    read(tx, Some(id)).await?.pop().ok_or(AppError::NotFound)
}

/// When a branch of the member is open.
pub async fn week(tx: &mut TenantTx, branch: BranchId) -> AppResult<Week> {
    let rows = sqlx::query!(
        "select weekday, opens_min, closes_min from branch_hours where branch_id = $1",
        branch.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut week = Week::default();
    for row in rows {
        let day = usize::try_from(row.weekday - 1)
            .ok()
            .and_then(|at| week.get_mut(at));
        if let Some(day) = day {
            *day = Some(Hours {
                opens: row.opens_min,
                closes: row.closes_min,
            });
        }
    }
    Ok(week)
}

/// How many the workshop has, whoever asks.
pub async fn count(tx: &mut TenantTx) -> AppResult<u32> {
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from branches"#)
        .fetch_one(tx.conn())
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

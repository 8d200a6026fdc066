//! The rules of opening and changing a branch.
use super::form::BranchData;
use super::model::{Week, monthly_usd};
use super::selectors;
use crate::features::people;
use crate::kernel::permission::ManageBranches;
use crate::server::prelude::*;

type Manager = Scope<ManageBranches>;

/// Opens a branch, once per key. Members of all branches have it at once.
///
/// # Errors
/// `Invalid` at `code` when another branch has it.
pub async fn open(scope: &mut Manager, data: &BranchData, key: &str) -> AppResult<BranchId> {
    let id = BranchId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, key, "branch.create", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    let now = scope.now();
    sqlx::query!(
        "insert into branches (id, name, code, address, phone, email, tax_id, time_zone, fiscal_year_start, created_at, country)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id.uuid(), data.name, data.code, data.address, data.phone, data.email, data.tax_id, data.time_zone, data.fiscal_year_start, now, data.country
    )
    .execute(scope.conn())
    .await
    .on_constraint("branches_org_id_code_key", code_taken)?;
    // Whoever opens it works in it, also when their membership lists branches.
    let member = scope.session().member();
    if !scope.session().all_branches {
        people::service::join_branch(scope, member, id).await?;
        see(scope, id).await?;
    }
    keep_week(scope, id, &data.week.days()).await?;
    let price = monthly_usd(selectors::count(scope).await?);
    let summary = format!("Opened the branch {} ({})", data.name, data.code);
    let event = AuditEvent::new("branch.opened", "branch", id.uuid(), summary)
        .created(data.facts(&scope.form_context()))
        .field("Price a month, US dollars", None, Some(price));
    audit::record(scope, event).await?;
    Ok(id)
}

fn code_taken() -> AppError {
    AppError::field("code", Problem::other("Another branch has this code."))
}

/// The branch is the member's own from here on, within this transaction.
async fn see(tx: &mut TenantTx, id: BranchId) -> AppResult<()> {
    sqlx::query!(
        "select set_config('app.branches', concat_ws(',', nullif(current_setting('app.branches', true), ''), $1::text), true)",
        id.uuid().to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Changes a branch, if nobody else did since the form was shown.
///
/// # Errors
/// `NotFound`, `Invalid` at what documents carry for good, `ChangedMeanwhile`.
pub async fn change(scope: &mut Manager, id: BranchId, data: &BranchData, version: i32) -> AppResult<()> {
    // Waits for whoever is taking the branch's first number just now.
    sqlx::query!("select id from branches where id = $1 for update", id.uuid())
        .fetch_optional(scope.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    let before = selectors::get(scope, id).await?;
    let mut check = Checker::new();
    if before.code_stands() && data.code != before.data.code {
        check.refuse(
            "code",
            Problem::other("This code is on documents, so it cannot change."),
        );
    }
    if before.year_stands() && data.fiscal_year_start != before.data.fiscal_year_start {
        let stays = "Invoices are numbered by this year, so it cannot change.";
        check.refuse("fiscal_year_start", Problem::other(stays));
    }
    check.finish(Some(()))?;
    update(scope, id, version, data).await?;
    keep_week(scope, id, &data.week.days()).await?;
    let summary = format!("Changed the branch {}", data.name);
    let context = scope.form_context();
    let event = AuditEvent::new("branch.changed", "branch", id.uuid(), summary).changed(
        data.differences(&before.data, &context),
        before.data.differences(data, &context),
    );
    audit::record(scope, event).await
}

async fn update(tx: &mut TenantTx, id: BranchId, version: i32, data: &BranchData) -> AppResult<()> {
    let changed = sqlx::query!(
        "update branches set name = $3, code = $4, address = $5, phone = $6, email = $7, tax_id = $8, time_zone = $9,
                fiscal_year_start = $10, country = $11, version = version + 1 where id = $1 and version = $2",
        id.uuid(), version, data.name, data.code, data.address, data.phone, data.email, data.tax_id, data.time_zone, data.fiscal_year_start, data.country
    )
    .execute(tx.conn())
    .await
    .on_constraint("branches_org_id_code_key", code_taken)?;
    if changed.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    Ok(())
}

/// The week as it is said now; a day without hours is closed.
async fn keep_week(tx: &mut TenantTx, id: BranchId, week: &Week) -> AppResult<()> {
    sqlx::query!("delete from branch_hours where branch_id = $1", id.uuid())
        .execute(tx.conn())
        .await?;
    let mut days = (Vec::new(), Vec::new(), Vec::new());
    for (weekday, hours) in (1..).zip(week) {
        if let Some(hours) = hours {
            days.0.push(weekday);
            days.1.push(hours.opens);
            days.2.push(hours.closes);
        }
    }
    sqlx::query!(
        "insert into branch_hours (branch_id, weekday, opens_min, closes_min) select $1, * from unnest($2::int[], $3::int[], $4::int[])",
        id.uuid(),
        &days.0,
        &days.1,
        &days.2
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

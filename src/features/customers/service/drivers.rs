//! Writes of drivers and their rules.
use super::super::drivers::form::NewDriver;
use super::super::selectors::drivers as selectors;
use crate::domain::customer::CustomerKind;
use crate::features::customers;
use crate::kernel::form::Reason;
use crate::kernel::permission::EditCustomers;
use crate::server::contact;
use crate::server::prelude::*;

/// Adds a driver to a company, once per form key.
///
/// # Errors
/// `NotFound` without the customer; refused for a person.
pub async fn add(
    scope: &mut Scope<EditCustomers>,
    customer: CustomerId,
    new: &NewDriver,
    key: &str,
) -> AppResult<()> {
    let company = customers::selectors::get(scope, customer).await?;
    if company.data.kind != CustomerKind::Company {
        return Err(AppError::refused("Only a company has drivers."));
    }
    let (id, now, locale) = (
        DriverId::new(scope.new_uuid()),
        scope.now(),
        scope.session().locale(),
    );
    if idempotency::claim(scope, key, "driver.create", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    sqlx::query!(
        "insert into drivers (id, customer_id, name, phone, phone_norm, email, licence, notes, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        id.uuid(),
        customer.uuid(),
        new.name,
        new.phone,
        contact::phone_norm(&new.phone, locale),
        new.email,
        new.licence,
        new.notes,
        now
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Added driver {} to {}", new.name, company.data.name);
    let event = AuditEvent::new("driver.added", "driver", id.uuid(), summary).on_customer(customer);
    let facts = new.facts(&scope.form_context());
    audit::record(scope, event.created(facts)).await
}

/// Changes a driver, if nobody else did since the form was shown.
///
/// # Errors
/// `ChangedMeanwhile` when the version is another one by now.
pub async fn change(
    scope: &mut Scope<EditCustomers>,
    customer: CustomerId,
    id: DriverId,
    new: &NewDriver,
    version: i32,
) -> AppResult<()> {
    let before = selectors::get(scope, customer, id).await?;
    let (now, locale) = (scope.now(), scope.session().locale());
    let changed = sqlx::query!(
        "update drivers set name = $3, phone = $4, phone_norm = $5, email = $6, licence = $7, notes = $8, updated_at = $9, version = version + 1
          where id = $1 and version = $2",
        id.uuid(),
        version,
        new.name,
        new.phone,
        contact::phone_norm(&new.phone, locale),
        new.email,
        new.licence,
        new.notes,
        now
    )
    .execute(scope.conn())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let context = scope.form_context();
    let after = before.data.differences(new, &context);
    let earlier = new.differences(&before.data, &context);
    let summary = format!(
        "Changed driver {} of {}: {}",
        new.name,
        before.company,
        audit::labels(&after)
    );
    let event = AuditEvent::new("driver.changed", "driver", id.uuid(), summary).on_customer(customer);
    audit::record(scope, event.changed(earlier, after)).await
}

/// Takes a driver out of what is offered. Orders that they brought keep their name.
///
/// # Errors
/// `NotFound` without an active driver.
pub async fn archive(
    scope: &mut Scope<EditCustomers>,
    customer: CustomerId,
    id: DriverId,
    why: &Reason,
) -> AppResult<()> {
    let driver = selectors::get(scope, customer, id).await?;
    let reason = &why.reason;
    let now = scope.now();
    let gone = sqlx::query!(
        "update drivers set archived_at = $2, archived_reason = $3, updated_at = $2, version = version + 1 where id = $1 and archived_at is null",
        id.uuid(),
        now,
        reason
    )
    .execute(scope.conn())
    .await?;
    if gone.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let summary = format!(
        "Archived driver {} of {}: {reason}",
        driver.data.name, driver.company
    );
    let event = AuditEvent::new("driver.archived", "driver", id.uuid(), summary).on_customer(customer);
    audit::record(scope, event.field("Archived", false, true)).await
}

/// Offers an archived driver again.
///
/// # Errors
/// `NotFound` without an archived driver.
pub async fn restore(scope: &mut Scope<EditCustomers>, customer: CustomerId, id: DriverId) -> AppResult<()> {
    let driver = selectors::get(scope, customer, id).await?;
    let now = scope.now();
    let back = sqlx::query!(
        "update drivers set archived_at = null, archived_reason = '', updated_at = $2, version = version + 1 where id = $1 and archived_at is not null",
        id.uuid(),
        now
    )
    .execute(scope.conn())
    .await?;
    if back.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let summary = format!("Restored driver {} of {}", driver.data.name, driver.company);
    let event = AuditEvent::new("driver.restored", "driver", id.uuid(), summary).on_customer(customer);
    audit::record(scope, event.field("Archived", true, false)).await
}

//! Writes and their rules.
pub mod drivers;

use super::form::NewCustomer;
use super::selectors;
use crate::kernel::form::Reason;
use crate::kernel::permission::EditCustomers;
use crate::server::contact;
use crate::server::prelude::*;

/// Adds a customer at the working branch, once per key. Somebody with the same telephone or e-mail is pointed out first, unless it
/// is to be done `anyway`.
///
/// # Errors
/// `Invalid` at `anyway`.
pub async fn add(
    scope: &mut Scope<EditCustomers>,
    new: &NewCustomer,
    anyway: bool,
    key: &str,
) -> AppResult<CustomerId> {
    let id = CustomerId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, key, "customer.create", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    if !anyway
        && !selectors::possible_duplicates(scope, &new.phone, &new.email)
            .await?
            .is_empty()
    {
        let known = Problem::other("A customer with this phone number or e-mail is already on file.");
        return Err(AppError::field("anyway", known));
    }
    insert(scope, id, new).await?;
    Ok(id)
}

/// Adds a customer at the working branch, inside whatever else the caller writes.
pub async fn add_in(tx: &mut TenantTx, new: &NewCustomer) -> AppResult<CustomerId> {
    let id = CustomerId::new(tx.new_uuid());
    insert(tx, id, new).await?;
    Ok(id)
}

async fn insert(tx: &mut TenantTx, id: CustomerId, new: &NewCustomer) -> AppResult<()> {
    let (now, branch, locale) = (tx.now(), tx.session().working_branch()?, tx.session().locale());
    sqlx::query!(
        "insert into customers (id, kind, name, contact_name, tax_id, phone, phone_norm, email, street, postal_code, city, notes, home_branch_id, created_at, updated_at, language)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15)",
        id.uuid(), new.kind.name(), new.name, new.contact_name, new.tax_id, new.phone, contact::phone_norm(&new.phone, locale), new.email,
        new.street, new.postal_code, new.city, new.notes, branch.id.uuid(), now, new.language
    )
    .execute(tx.conn())
    .await?;
    let summary = format!("Created customer {}", new.name);
    let event = AuditEvent::new("customer.created", "customer", id.uuid(), summary).on_customer(id);
    let facts = new.facts(&tx.form_context());
    audit::record(tx, event.created(facts)).await
}

/// Changes a customer, if nobody else did since the form was shown.
///
/// # Errors
/// `ChangedMeanwhile` when the version is another one by now.
pub async fn change(
    scope: &mut Scope<EditCustomers>,
    id: CustomerId,
    new: &NewCustomer,
    version: i32,
) -> AppResult<()> {
    let before = selectors::get(scope, id).await?;
    let (now, locale) = (scope.now(), scope.session().locale());
    let changed = sqlx::query!(
        "update customers set kind = $3, name = $4, contact_name = $5, tax_id = $6, phone = $7, phone_norm = $8, email = $9, street = $10,
                postal_code = $11, city = $12, notes = $13, updated_at = $14, language = $15, version = version + 1
          where id = $1 and version = $2",
        id.uuid(), version, new.kind.name(), new.name, new.contact_name, new.tax_id, new.phone, contact::phone_norm(&new.phone, locale), new.email,
        new.street, new.postal_code, new.city, new.notes, now, new.language
    )
    .execute(scope.conn())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let context = scope.form_context();
    let after = before.data.differences(new, &context);
    let earlier = new.differences(&before.data, &context);
    let summary = format!("Changed customer {}: {}", new.name, audit::labels(&after));
    let event = AuditEvent::new("customer.changed", "customer", id.uuid(), summary).on_customer(id);
    audit::record(scope, event.changed(earlier, after)).await
}

/// Takes a customer out of the lists. Their page, vehicles and documents stay.
///
/// # Errors
/// `Conflict` while a work order of theirs is open in any branch: the database looks.
pub async fn archive(scope: &mut Scope<EditCustomers>, id: CustomerId, why: &Reason) -> AppResult<()> {
    let reason = &why.reason;
    let now = scope.now();
    let name = sqlx::query_scalar!(
        "update customers set archived_at = $2, archived_reason = $3, updated_at = $2, version = version + 1
          where id = $1 and archived_at is null returning name",
        id.uuid(),
        now,
        reason
    )
    .fetch_optional(scope.conn())
    .await
    .on_constraint("customers_with_open_order", || {
        AppError::refused(
            "This customer has an open work order, here or at another branch. Deliver or cancel it first.",
        )
    })?
    .ok_or(AppError::NotFound)?;
    let summary = format!("Archived customer {name}: {reason}");
    let event = AuditEvent::new("customer.archived", "customer", id.uuid(), summary)
        .on_customer(id)
        .field("Archived", false, true);
    audit::record(scope, event).await
}

/// Puts an archived customer back into the lists.
///
/// # Errors
/// `NotFound` when there is none that is archived.
pub async fn restore(scope: &mut Scope<EditCustomers>, id: CustomerId) -> AppResult<()> {
    let now = scope.now();
    let name = sqlx::query_scalar!(
        "update customers set archived_at = null, archived_reason = '', updated_at = $2, version = version + 1
          where id = $1 and archived_at is not null returning name",
        id.uuid(),
        now
    )
    .fetch_optional(scope.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let event = AuditEvent::new(
        "customer.restored",
        "customer",
        id.uuid(),
        format!("Restored customer {name}"),
    );
    audit::record(scope, event.on_customer(id).field("Archived", true, false)).await
}

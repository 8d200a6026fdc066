//! Writes and their rules.
use super::form::CustomerForm;
use super::model::NewCustomer;
use crate::kernel::permission::EditCustomers;
use crate::kernel::text;
use crate::server::prelude::*;

/// Adds a customer at the working branch, once per form key.
///
/// # Errors
/// `Invalid` with every field's problem.
pub async fn add(scope: &mut Scope<EditCustomers>, form: &CustomerForm) -> AppResult<CustomerId> {
    let new = form.validate()?;
    let id = CustomerId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, &form.key, "customer.create", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    insert(scope, id, &new).await?;
    Ok(id)
}

/// Adds a customer at the working branch, inside whatever else the caller writes.
///
/// # Errors
/// The database's.
pub async fn add_in(tx: &mut TenantTx, new: &NewCustomer) -> AppResult<CustomerId> {
    let id = CustomerId::new(tx.new_uuid());
    insert(tx, id, new).await?;
    Ok(id)
}

async fn insert(tx: &mut TenantTx, id: CustomerId, new: &NewCustomer) -> AppResult<()> {
    let (now, branch) = (tx.now(), tx.session().working_branch()?);
    sqlx::query!(
        "insert into customers (id, kind, name, contact_name, tax_id, phone, phone_norm, email, street, postal_code, city, notes, home_branch_id, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)",
        id.uuid(), new.kind.name(), new.name, new.contact_name, new.tax_id, new.phone, text::phone_norm(&new.phone), new.email,
        new.street, new.postal_code, new.city, new.notes, branch.id.uuid(), now
    )
    .execute(tx.conn())
    .await?;
    let summary = format!("Created customer {}", new.name);
    audit::record(
        tx,
        Deed::new("customer.created", "customer", id.uuid(), summary).on_customer(id),
    )
    .await
}

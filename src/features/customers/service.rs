//! Writes and their rules.
use super::form::CustomerForm;
use crate::kernel::permission::EditCustomers;
use crate::kernel::text;
use crate::server::prelude::*;

/// Adds a customer at the working branch.
///
/// # Errors
/// `Invalid` with every field's problem.
pub async fn add(scope: &mut Scope<EditCustomers>, form: &CustomerForm) -> AppResult<CustomerId> {
    let new = form.validate()?;
    let (id, now) = (CustomerId::new(scope.new_uuid()), scope.now());
    let branch = scope.session().working_branch()?;
    sqlx::query!(
        "insert into customers (id, kind, name, contact_name, tax_id, phone, phone_norm, email, street, postal_code, city, notes, home_branch_id, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)",
        id.uuid(), new.kind.name(), new.name, new.contact_name, new.tax_id, new.phone, text::phone_norm(&new.phone), new.email,
        new.street, new.postal_code, new.city, new.notes, branch.id.uuid(), now
    )
    .execute(scope.conn())
    .await?;
    audit::record(
        scope,
        Deed::new(
            "customer.created",
            "customer",
            id.uuid(),
            format!("Created customer {}", new.name),
        )
        .on_customer(id),
    )
    .await?;
    Ok(id)
}

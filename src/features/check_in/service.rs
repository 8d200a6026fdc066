//! The walk-in, written as one.
use super::form::{Arriving, NewCheckIn};
use super::{letter, selectors};
use crate::features::assets;
use crate::features::customers::{self, drivers::DriverChoice};
use crate::features::work_orders::service::{NewWorkOrder, create};
use crate::kernel::permission::CreateWorkOrders;
use crate::server::db::mail;
use crate::server::prelude::*;
use chrono::TimeDelta;

/// Opens the work order, with the customer and the vehicle where they are new: all of it, or nothing.
///
/// # Errors
/// `Invalid`, among others at a mark that is known (look at it first) and for a contact that a customer has already.
pub async fn open(
    scope: &mut Scope<CreateWorkOrders>,
    new: &NewCheckIn,
    key: &str,
) -> AppResult<WorkOrderId> {
    let id = WorkOrderId::new(scope.new_uuid());
    if let Some(first) = opened_before(scope, key, id).await? {
        return Ok(first);
    }
    let owner = owner_of(scope, &new.arriving).await?;
    let customer = customer(scope, new, owner).await?;
    let entered = &new.entered;
    let asset = match (entered.vehicle, &entered.asset) {
        (Some(known), _) => known,
        (None, Some(asset)) => assets::service::add_in(scope, customer, asset).await?,
        (None, None) => return Err(at_mark(&new.arriving, "Enter what the customer brought in.")),
    };
    if let Some(driver) = entered.driver {
        drives_for(scope, customer, driver).await?;
    }
    create(scope, id, &new_order(new, customer, asset)).await?;
    Ok(id)
}

/// What is said where fields are wrong: what is known of who arrives comes first. A form that opened an order leads there.
///
/// # Errors
/// In any other case.
pub async fn refuse(
    scope: &mut Scope<CreateWorkOrders>,
    arriving: &Arriving,
    key: &str,
    errors: FieldErrors,
) -> AppResult<WorkOrderId> {
    let id = WorkOrderId::new(scope.new_uuid());
    if let Some(first) = opened_before(scope, key, id).await? {
        return Ok(first);
    }
    owner_of(scope, arriving).await?;
    Err(errors.into())
}

/// Claims the form's key for an order; the one that it opened before.
async fn opened_before(tx: &mut TenantTx, key: &str, id: WorkOrderId) -> AppResult<Option<WorkOrderId>> {
    let first = idempotency::claim(tx, key, "check_in", &id.to_string()).await?;
    first
        .map(|first| first.parse().map_err(|_| AppError::NotFound))
        .transpose()
}

/// More letters a day about one order help nobody.
const MOST_LETTERS: i64 = 5;

/// E-mails the check-in sheet to the customer, in the workshop's name.
///
/// # Errors
/// `NotFound`; `Refused` for a customer without an address, a sender who did not confirm their own, and too many letters.
pub async fn mail_sheet(scope: &mut Scope<CreateWorkOrders>, order: WorkOrderId, key: &str) -> AppResult<()> {
    if idempotency::claim(scope, key, "check_in.mail", &order.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let sheet = selectors::sheet(scope, order).await?;
    if sheet.email.is_empty() {
        return Err(AppError::refused(
            "This customer has no e-mail. Add it to the customer first.",
        ));
    }
    if scope.session().unverified {
        return Err(AppError::refused(
            "Confirm your own e-mail first, under Your account: this is sent in your workshop's name.",
        ));
    }
    let yesterday = scope.now() - TimeDelta::days(1);
    if selectors::letters_since(scope, order, yesterday).await? >= MOST_LETTERS {
        return Err(AppError::refused(
            "This was sent to the customer several times today. Call instead.",
        ));
    }
    mail::queue(scope, &sheet.email, &letter::of_sheet(&sheet)).await?;
    let summary = format!("E-mailed the check-in sheet to {}", sheet.email);
    let event = AuditEvent::new("work_order.sheet_mailed", "work_order", order.uuid(), summary);
    audit::record(scope, event.on_order(order).on_customer(sheet.customer_id)).await
}

/// Whose a known asset is. What stands in the form has to be the asset that is meant, and whoever is named beside it its owner.
async fn owner_of(tx: &mut TenantTx, who: &Arriving) -> AppResult<Option<CustomerId>> {
    let meant = if who.marks.is_empty() {
        None
    } else {
        selectors::by_marks(tx, &who.marks).await?
    };
    let Some(chosen) = who.vehicle else {
        return match meant {
            Some(_) => Err(at_mark(
                who,
                "Already on file: here it is with its owner. Check it, then open the work order.",
            )),
            None if !selectors::similar(tx, &who.unconfirmed_marks).await?.is_empty() => Err(at_mark(
                who,
                "A similar one is on file: choose it below, or add this one as new.",
            )),
            None => Ok(None),
        };
    };
    if !who.marks.is_empty() && meant != Some(chosen) {
        return Err(at_mark(
            who,
            "The number no longer matches the one shown. Check what is shown now, then open the work order.",
        ));
    }
    let owner = sqlx::query_scalar!(
        r#"select customer_id as "customer: CustomerId" from assets where id = $1"#,
        chosen.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    belongs_to_named(tx, who, owner).await?;
    Ok(Some(owner))
}

/// Whoever is named beside a known asset has to be its owner.
async fn belongs_to_named(tx: &mut TenantTx, who: &Arriving, owner: CustomerId) -> AppResult<()> {
    match who.customer {
        Some(named) if named != owner => {
            customers::selectors::get(tx, named).await?;
            Err(at_mark(
                who,
                "This one belongs to another customer than the one chosen. Check who owns it, then open the work order.",
            ))
        }
        None if who.customer_unknown => Err(AppError::NotFound),
        _ => Ok(()),
    }
}

/// Who brings it has to drive for this customer still.
async fn drives_for(tx: &mut TenantTx, customer: CustomerId, driver: DriverId) -> AppResult<()> {
    let drivers = customers::selectors::with_drivers(tx, customer).await?.drivers;
    if DriverChoice::of(&drivers)
        .iter()
        .any(|choice| choice.id == driver.to_string())
    {
        return Ok(());
    }
    let gone = Problem::other("This driver is not with this customer any more. Choose another one.");
    Err(AppError::field("driver", gone))
}

fn at_mark(who: &Arriving, sentence: &str) -> AppError {
    AppError::field(who.field, Problem::other(sentence))
}

/// The asset's owner, a chosen customer, or a new one.
async fn customer(tx: &mut TenantTx, new: &NewCheckIn, owner: Option<CustomerId>) -> AppResult<CustomerId> {
    match (owner.or(new.entered.customer), &new.entered.owner) {
        (Some(known), _) => Ok(known),
        (None, Some(customer)) => {
            if !new.entered.somebody_else && selectors::contact_known(tx, customer).await? {
                let known = "A customer with this phone number or e-mail is on file: choose below, or tick “Different customer”.";
                return Err(AppError::field("somebody_else", Problem::other(known)));
            }
            customers::service::add_in(tx, customer).await
        }
        (None, None) => Err(AppError::field("name", Problem::Missing)),
    }
}

fn new_order(new: &NewCheckIn, customer: CustomerId, asset: AssetId) -> NewWorkOrder {
    let entered = new.entered.clone();
    NewWorkOrder {
        customer,
        asset,
        driver: entered.driver,
        concerns: entered.concerns,
        promised_at: new.promised_at,
        odometer_in: entered.odometer_in,
        odometer_reason: entered.odometer_reason,
        advisor: entered.advisor,
        waiting: entered.waiting,
        urgent: entered.urgent,
        key_tag: entered.key_tag,
    }
}

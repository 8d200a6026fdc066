//! The walk-in, written as one.
use super::form::{CheckIn, CheckInForm, ValidationContext};
use super::{letter, selectors};
use crate::features::assets;
use crate::features::customers::{self, drivers::DriverChoice};
use crate::features::work_orders::service::{NewWorkOrder, create};
use crate::kernel::AssetKind;
use crate::kernel::permission::CreateWorkOrders;
use crate::server::db::mail;
use crate::server::prelude::*;
use chrono::{DateTime, TimeDelta, Utc};

/// Opens the work order, with the customer and the vehicle where they are new: all of it, or nothing.
///
/// # Errors
/// `Invalid` with every field's problem; among them a mark that is known (look at it first) and a contact that a customer has already.
pub async fn open(scope: &mut Scope<CreateWorkOrders>, form: &CheckInForm) -> AppResult<WorkOrderId> {
    let id = WorkOrderId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, &form.key, "check_in", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    let (owner, kind) = asset_facts(scope, form).await?;
    if let Some(owner) = owner {
        belongs_to_named(scope, form, owner).await?;
    }
    let (check_in, promised_at) = form.validate(ValidationContext {
        kind,
        require_odometer: scope.session().settings.require_odometer,
        now: scope.now(),
        zone: scope.session().working_branch()?.time_zone,
        context: scope.form_context(),
    })?;
    let customer = customer(scope, form, &check_in, owner).await?;
    let asset = match (check_in.vehicle, &check_in.asset) {
        (Some(known), _) => known,
        (None, Some(new)) => assets::service::add_in(scope, customer, new).await?,
        (None, None) => return Err(at_mark(form, "Enter what is brought.")),
    };
    if let Some(driver) = check_in.driver {
        drives_for(scope, customer, driver).await?;
    }
    create(scope, id, &new_order(check_in, promised_at, customer, asset)).await?;
    Ok(id)
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

/// Whose a known asset is, and of which kind it is or would be. What stands in the form has to be the asset that is meant.
async fn asset_facts(tx: &mut TenantTx, who: &CheckInForm) -> AppResult<(Option<CustomerId>, AssetKind)> {
    let marks = who.identifiers();
    let meant = if marks.is_empty() {
        None
    } else {
        selectors::by_marks(tx, &marks).await?
    };
    let Ok(chosen) = who.vehicle.parse::<AssetId>() else {
        return match meant {
            Some(_) => Err(at_mark(
                who,
                "Already on file: here it is with its owner. Check it, then open the work order.",
            )),
            None if !selectors::similar(tx, who).await?.is_empty() => Err(at_mark(
                who,
                "A similar one is on file: choose it below, or add this one as new.",
            )),
            None => Ok((None, tx.session().terms().kind)),
        };
    };
    if !marks.is_empty() && meant != Some(chosen) {
        return Err(at_mark(
            who,
            "The number no longer matches the one shown. Check what is shown now, then open the work order.",
        ));
    }
    let asset = sqlx::query!(
        r#"select customer_id as "customer: CustomerId", kind from assets where id = $1"#,
        chosen.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok((Some(asset.customer), AssetKind::of_word(&asset.kind)))
}

/// Whoever is named beside a known asset has to be its owner.
async fn belongs_to_named(tx: &mut TenantTx, who: &CheckInForm, owner: CustomerId) -> AppResult<()> {
    if who.customer.is_empty() {
        return Ok(());
    }
    let named: CustomerId = who.customer.parse().map_err(|_| AppError::NotFound)?;
    if named == owner {
        return Ok(());
    }
    customers::selectors::get(tx, named).await?;
    Err(at_mark(
        who,
        "This one belongs to another customer than the one chosen. Look at whose it is, then open the work order.",
    ))
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

fn at_mark(who: &CheckInForm, sentence: &str) -> AppError {
    let field = if who.asset.serial.trim().is_empty() {
        "plate"
    } else {
        "serial"
    };
    AppError::field(field, Problem::other(sentence))
}

/// The asset's owner, a chosen customer, or a new one.
async fn customer(
    tx: &mut TenantTx,
    who: &CheckInForm,
    check_in: &CheckIn,
    owner: Option<CustomerId>,
) -> AppResult<CustomerId> {
    match (owner.or(check_in.customer), &check_in.owner) {
        (Some(known), _) => Ok(known),
        (None, Some(new)) => {
            if !check_in.somebody_else && selectors::contact_known(tx, who).await? {
                let known = "A customer with this phone number or e-mail is on file: choose below, or tick “Different customer”.";
                return Err(AppError::field("somebody_else", Problem::other(known)));
            }
            customers::service::add_in(tx, new).await
        }
        (None, None) => Err(AppError::field("name", Problem::Missing)),
    }
}

fn new_order(
    check_in: CheckIn,
    promised_at: Option<DateTime<Utc>>,
    customer: CustomerId,
    asset: AssetId,
) -> NewWorkOrder {
    NewWorkOrder {
        customer,
        asset,
        driver: check_in.driver,
        concerns: check_in.concerns,
        promised_at,
        odometer_in: check_in.odometer_in,
        odometer_reason: check_in.odometer_reason,
        advisor: check_in.advisor,
        waiting: check_in.waiting,
        urgent: check_in.urgent,
        key_tag: check_in.key_tag,
    }
}

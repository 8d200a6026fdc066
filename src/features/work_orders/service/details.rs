//! Promise, advisor, waiting: what an order says besides its content.
use super::super::form::Details;
use super::order::{active_member, lock_open};
use crate::server::prelude::*;

/// Changes promise, advisor and whether the customer waits.
///
/// # Errors
/// `Invalid` at `advisor`; `ChangedMeanwhile` when the order is another version than the one `seen`.
pub async fn change_details(
    tx: &mut TenantTx,
    id: WorkOrderId,
    details: &Details,
    seen: &str,
) -> AppResult<()> {
    let order = lock_open(tx, id).await?;
    // Whoever looked at no version has nothing to overwrite unseen.
    if !seen.is_empty() {
        order.unchanged_since(seen)?;
    }
    let advisor = match details.advisor {
        Some(member) => active_member(tx, member, "advisor").await?,
        None => "nobody".to_owned(),
    };
    sqlx::query!(
        "update work_orders set promised_at = $2, advisor_id = $3, waiting = $4, urgent = $5, off_site = $6, key_tag = $7,
                version = version + 1 where id = $1",
        id.uuid(),
        details.promised_at,
        details.advisor.map(MemberId::uuid),
        details.waiting,
        details.urgent,
        details.off_site,
        details.key_tag
    )
    .execute(tx.conn())
    .await?;
    let zone = tx.session().branch(order.branch)?.time_zone;
    let promise = details.promised_at.map_or_else(
        || "no promise".to_owned(),
        |at| format!("promised for {}", tx.session().locale().moment(at, &zone)),
    );
    let more = said(details);
    audit::record(
        tx,
        order.deed(
            "work_order.changed",
            format!("Advisor {advisor}, {promise}{more}"),
        ),
    )
    .await
}

/// What else is said, for the trail.
fn said(details: &Details) -> String {
    let mut said = String::new();
    for (on, words) in [
        (details.waiting, ", customer waiting"),
        (details.urgent, ", urgent"),
        (details.off_site, ", not here"),
    ] {
        said += if on { words } else { "" };
    }
    if !details.key_tag.is_empty() {
        said = format!("{said}, key {}", details.key_tag);
    }
    said
}

/// The zone in which times on an order are typed: its branch's.
///
/// # Errors
/// `NotFound`.
pub async fn zone_of(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<chrono_tz::Tz> {
    let order = lock_open(tx, id).await?;
    Ok(tx.session().branch(order.branch)?.time_zone)
}

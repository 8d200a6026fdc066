//! Promise, advisor, waiting: what an order says besides its content.
use super::super::view::Flags;
use super::order::{active_member, lock_open};
use crate::server::prelude::*;
use chrono::{DateTime, Utc};

/// The order's own facts.
#[derive(Clone, Debug)]
pub struct Details {
    pub promised_at: Option<DateTime<Utc>>,
    pub advisor: Option<MemberId>,
    pub waiting: bool,
    pub flags: Flags,
}

/// Changes promise, advisor and whether the customer waits.
///
/// # Errors
/// `Invalid` at `advisor`.
pub async fn change_details(tx: &mut TenantTx, id: WorkOrderId, details: &Details) -> AppResult<()> {
    let order = lock_open(tx, id).await?;
    let advisor = match details.advisor {
        Some(member) => active_member(tx, member, "advisor").await?,
        None => "nobody".to_owned(),
    };
    sqlx::query!(
        "update work_orders set promised_at = $2, advisor_id = $3, waiting = $4, urgent = $5, off_site = $6, key_tag = $7 where id = $1",
        id.uuid(),
        details.promised_at,
        details.advisor.map(MemberId::uuid),
        details.waiting,
        details.flags.urgent,
        details.flags.off_site,
        details.flags.key_tag
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
    let flags = &details.flags;
    let mut said = String::new();
    for (on, words) in [
        (details.waiting, ", customer waiting"),
        (flags.urgent, ", urgent"),
        (flags.off_site, ", not here"),
    ] {
        said += if on { words } else { "" };
    }
    if !flags.key_tag.is_empty() {
        said = format!("{said}, key {}", flags.key_tag);
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

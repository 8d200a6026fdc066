//! Promise, advisor, waiting: what an order says besides its content.
use super::super::form::Details;
use super::order::{colleague, lock_open};
use crate::kernel::permission::EditWorkOrders;
use crate::server::prelude::*;
use chrono::{DateTime, Utc};

/// Changes promise, advisor and whether the customer waits.
///
/// # Errors
/// `Invalid` at `advisor`; `ChangedMeanwhile` when the order is another version than the one `seen`.
pub async fn change_details(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    details: &Details,
    seen: &str,
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    // Whoever looked at no version has nothing to overwrite unseen.
    if !seen.is_empty() {
        order.unchanged_since(seen)?;
    }
    let before = stored(scope, id).await?;
    // Whoever is the advisor already stays, also after leaving the branch.
    let advisor = match details.advisor {
        kept if kept == before.advisor => before.name.clone(),
        Some(member) => Some(colleague::<EditWorkOrders>(scope, order.branch, member, "advisor").await?),
        None => None,
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
    .execute(scope.conn())
    .await?;
    let zone = scope.session().branch(order.branch)?.time_zone;
    let locale = scope.session().locale();
    let local = |at: Option<DateTime<Utc>>| at.map(|at| locale.moment(at, &zone));
    let promise =
        local(details.promised_at).map_or_else(|| "no promise".to_owned(), |at| format!("promised for {at}"));
    let (who, more) = (
        advisor.as_deref().unwrap_or("nobody"),
        describe(details, scope.session().terms()),
    );
    let event = order
        .event("work_order.changed", format!("Advisor {who}, {promise}{more}"))
        .field(
            "Promised for",
            local(before.promised_at),
            local(details.promised_at),
        )
        .field("Advisor", before.name, advisor.clone())
        .field("Waiting", before.waiting, details.waiting)
        .field("Urgent", before.urgent, details.urgent)
        .field("Off site", before.off_site, details.off_site)
        .field(
            scope.session().terms().examples().place_label,
            before.key_tag,
            details.key_tag.clone(),
        );
    audit::record(scope, event).await
}

/// What stands there now.
struct Stored {
    promised_at: Option<DateTime<Utc>>,
    advisor: Option<MemberId>,
    /// The advisor's.
    name: Option<String>,
    waiting: bool,
    urgent: bool,
    off_site: bool,
    key_tag: String,
}

async fn stored(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<Stored> {
    let stored = sqlx::query_as!(
        Stored,
        r#"select w.promised_at, w.advisor_id as "advisor: MemberId", m.name as "name?", w.waiting, w.urgent, w.off_site, w.key_tag
             from work_orders w left join members m on (m.org_id, m.id) = (w.org_id, w.advisor_id) where w.id = $1"#,
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(stored)
}

/// What else is said, for the trail.
fn describe(details: &Details, terms: Terms) -> String {
    let mut summary = String::new();
    for (on, words) in [
        (details.waiting, ", customer waiting"),
        (details.urgent, ", urgent"),
        (details.off_site, ", not here"),
    ] {
        summary += if on { words } else { "" };
    }
    if !details.key_tag.is_empty() {
        summary = format!(
            "{summary}, {} {}",
            terms.examples().place.to_lowercase(),
            details.key_tag
        );
    }
    summary
}

/// The zone in which times on an order are typed: its branch's.
///
/// # Errors
/// `NotFound`.
pub(in crate::features::work_orders) async fn zone_of(
    tx: &mut TenantTx,
    id: WorkOrderId,
) -> AppResult<chrono_tz::Tz> {
    let order = lock_open(tx, id).await?;
    Ok(tx.session().branch(order.branch)?.time_zone)
}

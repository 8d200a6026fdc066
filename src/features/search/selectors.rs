//! Reads.
use super::model::{Hit, HitKind, Near};
use crate::domain::order::Phase;
use crate::kernel::permission::{ViewCustomers, ViewWorkOrders};
use crate::server::prelude::*;
use uuid::Uuid;

/// Of each kind, while somebody types.
pub const FEW: i32 = 5;
/// Of each kind, on the page.
pub const MANY: i32 = 20;

/// What fits the query, of the kinds that the member may see, grouped by kind, the nearest first.
pub async fn find(tx: &mut TenantTx, query: &str, at_most: i32) -> AppResult<Vec<Hit>> {
    let kinds = kinds(tx);
    let rows = sqlx::query!(
        r#"with f as materialized (select * from search.find($1, $2, $3) with ordinality as f(kind, entity_id, near, place))
           select 'customer' as "kind!", c.id as "id!", '' as "plate!", c.name as "title!"
                , concat_ws(' · ', nullif(c.phone, ''), nullif(c.city, '')) as "detail!", null as phase, f.near as "near!", f.place as "place!"
             from f join customers c on f.kind = 'customer' and c.id = f.entity_id
           union all
           select a.kind, a.id, a.plate
                , coalesce(nullif(concat_ws(' ', nullif(a.make, ''), nullif(a.model, ''), a.model_year::text), ''), nullif(a.vin, ''), a.serial)
                , concat_ws(' · ', coalesce(nullif(a.serial, ''), nullif(a.vin, '')), c.name), null, f.near, f.place
             from f join assets a on f.kind = 'asset' and a.id = f.entity_id
                    join customers c on (c.org_id, c.id) = (a.org_id, a.customer_id)
           union all
           select 'work_order', w.id, a.plate, app.order_number(b.code, w.number)
                , concat_ws(' · ', nullif(concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')), ''), c.name), w.phase, f.near, f.place
             from f join work_orders w on f.kind = 'work_order' and w.id = f.entity_id
                    join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
                    join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
                    join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
            order by 8"#,
        query,
        at_most,
        &kinds
    )
    .fetch_all(tx.conn())
    .await?;
    let hits = rows.into_iter().filter_map(|row| {
        let kind = HitKind::parse(&row.kind)?;
        Some(Hit {
            kind,
            href: href(kind, row.id),
            plate: row.plate,
            title: row.title,
            detail: row.detail,
            near: Near::parse(&row.near),
            phase: row.phase.as_deref().and_then(Phase::parse),
        })
    });
    let mut hits: Vec<Hit> = hits.collect();
    hits.sort_by_key(|hit| hit.kind);
    Ok(hits)
}

/// What the member may see at all.
fn kinds(tx: &TenantTx) -> Vec<String> {
    let session = tx.session();
    let mut kinds = Vec::new();
    if session.allows::<ViewCustomers>() {
        kinds.extend(["customer".to_owned(), "asset".to_owned()]);
    }
    if session.allows::<ViewWorkOrders>() {
        kinds.push("work_order".to_owned());
    }
    kinds
}

fn href(kind: HitKind, id: Uuid) -> String {
    match kind {
        HitKind::Customer => format!("/customers/{}", CustomerId::new(id)),
        HitKind::Vehicle | HitKind::Device => format!("/vehicles/{}", AssetId::new(id)),
        HitKind::WorkOrder => format!("/work-orders/{}", WorkOrderId::new(id)),
    }
}

//! Reads.
use super::form::LabelData;
use super::model::{Choice, Label, LabelColor};
use crate::domain::order::Phase;
use crate::server::orders::{Narrowing, OrderFilter, OrderRef};
use crate::server::prelude::*;
use crate::ui::data::Chip;
use uuid::Uuid;

/// Every label, phase by phase in its order; archived ones last.
pub async fn all(tx: &mut TenantTx) -> AppResult<Vec<Label>> {
    read(tx, None).await
}

/// One of them.
///
/// # Errors
/// `NotFound`.
pub async fn get(tx: &mut TenantTx, id: LabelId) -> AppResult<Label> {
    read(tx, Some(id)).await?.pop().ok_or(AppError::NotFound)
}

async fn read(tx: &mut TenantTx, one: Option<LabelId>) -> AppResult<Vec<Label>> {
    let rows = sqlx::query!(
        r#"select l.id as "id: LabelId", l.phase as "phase: Phase", l.name, l.color as "color: LabelColor", l.is_default, l.version
                , l.archived_at is not null as "archived!"
                , (select count(*) from work_order_labels o where (o.org_id, o.label_id) = (l.org_id, l.id)) as "orders!"
             from labels l where $1::uuid is null or l.id = $1
            order by l.archived_at is not null, l.position, l.id"#,
        one.map(LabelId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    let labels = rows.into_iter().map(|row| Label {
        id: row.id,
        data: LabelData {
            phase: row.phase,
            name: row.name,
            color: row.color,
        },
        is_default: row.is_default,
        archived: row.archived,
        orders: row.orders,
        version: row.version,
    });
    Ok(labels.collect())
}

/// What these orders carry.
pub(super) async fn chips(tx: &mut TenantTx, orders: &[WorkOrderId]) -> AppResult<Vec<(WorkOrderId, Chip)>> {
    let ids: Vec<Uuid> = orders.iter().map(|order| order.uuid()).collect();
    let rows = sqlx::query!(
        r#"with carried as materialized (select work_order_id, label_id from work_order_labels where work_order_id = any($1)),
                used as materialized (select id, name, color from labels where id in (select label_id from carried))
           select o.work_order_id as "order: WorkOrderId", l.name, l.color as "color: LabelColor"
             from carried o join used l on l.id = o.label_id"#,
        &ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.order, row.color.chip(row.name)))
        .collect())
}

/// What an order can carry in its phase, with what it carries: also an archived one.
pub(super) async fn choices(tx: &mut TenantTx, order: &OrderRef) -> AppResult<Vec<Choice>> {
    let rows = sqlx::query!(
        r#"select l.id as "id: LabelId", l.name, l.color as "color: LabelColor", o.label_id is not null as "chosen!"
             from labels l left join work_order_labels o on (o.org_id, o.label_id) = (l.org_id, l.id) and o.work_order_id = $1
            where l.phase = $2 and (l.archived_at is null or o.label_id is not null)
            order by l.position, l.id"#,
        order.id.uuid(),
        order.phase.name()
    )
    .fetch_all(tx.conn())
    .await?;
    let choices = rows.into_iter().map(|row| Choice {
        id: row.id,
        chip: row.color.chip(row.name),
        chosen: row.chosen,
    });
    Ok(choices.collect())
}

/// Every label to narrow the list by, and the open orders that carry the one that is asked for.
pub(super) async fn filter(tx: &mut TenantTx, narrowing: &Narrowing) -> AppResult<OrderFilter> {
    let wanted = narrowing.with.parse::<LabelId>().ok();
    let branches = tx.session().branch_filter();
    let mut rows = sqlx::query!(
        r#"select l.id as "id!: LabelId", l.phase as "phase!: Phase", l.name as "name!"
                , case when l.id = $1 then array(
                    select w.id from work_order_labels o join work_orders w on (w.org_id, w.id) = (o.org_id, o.work_order_id)
                     where (o.org_id, o.label_id) = (l.org_id, l.id) and w.branch_id = any($2) and (w.created_at, w.id) < ($3, $4)
                     order by w.created_at desc, w.id desc limit $5) end as found
             from (select org_id, id, phase, name, position from labels where archived_at is null
                   union all
                   select org_id, id, phase, name, position from labels where archived_at is not null and id = $1) l
            order by l.position, l.id"#,
        wanted.map(LabelId::uuid),
        &branches,
        narrowing.from.at(),
        narrowing.from.id,
        narrowing.most
    )
    .fetch_all(tx.conn())
    .await?;
    rows.sort_by_key(|row| row.phase);
    let mut filter = OrderFilter {
        label: "Label",
        options: Vec::with_capacity(rows.len()),
        found: None,
    };
    for row in rows {
        filter.options.push((
            row.id.to_string(),
            format!("{} · {}", row.phase.label(), row.name),
        ));
        if let Some(found) = row.found {
            let elsewhere = narrowing.phase.is_some_and(|phase| phase != row.phase);
            let found = if elsewhere { Vec::new() } else { found };
            let orders = found.into_iter().map(WorkOrderId::new).collect();
            filter.found = Some((row.name, orders));
        }
    }
    Ok(filter)
}

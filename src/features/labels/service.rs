//! The rules of labels, and of the one that an order carries.
use super::form::{LabelData, Wish};
use super::model::MOST;
use super::selectors;
use crate::domain::order::Phase;
use crate::features::work_orders::service as work_orders;
use crate::kernel::permission::{ManageLabels, MoveWorkOrders};
use crate::server::orders::OrderRef;
use crate::server::prelude::*;
use uuid::Uuid;

type Manager = Scope<ManageLabels>;

/// Adds a label at the end of its phase, once per key.
///
/// # Errors
/// `Invalid` at `name` when the phase has one of that name; refused when there are too many.
pub async fn add(scope: &mut Manager, data: &LabelData, key: &str) -> AppResult<()> {
    let id = LabelId::new(scope.new_uuid());
    if idempotency::claim(scope, key, "label.create", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    make_room(scope).await?;
    let now = scope.now();
    sqlx::query!(
        "insert into labels (id, phase, name, name_norm, color, position, created_at)
         select $1, $2, $3, $4, $5, coalesce(max(l.position), 0) + 1, $6 from labels l where l.phase = $2",
        id.uuid(),
        data.phase.name(),
        data.name,
        norm(&data.name),
        data.color.name(),
        now
    )
    .execute(scope.conn())
    .await
    .on_constraint("labels_name", name_taken)?;
    let summary = format!("Added the label {} to {}", data.name, data.phase.label());
    let event = AuditEvent::new("label.created", "label", id.uuid(), summary)
        .field("Name", None, Some(data.name.clone()))
        .field("Color", None, Some(data.color.label().to_owned()));
    audit::record(scope, event).await
}

/// Renames or recolours a label, if nobody else did since the form was shown. Orders that carry it show it at once.
///
/// # Errors
/// `NotFound`, `ChangedMeanwhile`, `Invalid` at `name` when the phase has one of that name, at `phase` when that is another.
pub async fn change(scope: &mut Manager, id: LabelId, data: &LabelData, version: i32) -> AppResult<()> {
    let before = selectors::get(scope, id).await?.data;
    if before.phase != data.phase {
        return Err(AppError::field(
            "phase",
            Problem::other("A label stays in its phase. Add another one instead."),
        ));
    }
    let changed = sqlx::query!(
        "update labels set name = $3, name_norm = $4, color = $5, version = version + 1 where id = $1 and version = $2",
        id.uuid(),
        version,
        data.name,
        norm(&data.name),
        data.color.name()
    )
    .execute(scope.conn())
    .await
    .on_constraint("labels_name", name_taken)?;
    if changed.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let summary = format!("Changed the label {}", before.name);
    let event = AuditEvent::new("label.changed", "label", id.uuid(), summary)
        .field("Name", before.name, data.name.clone())
        .field("Color", before.color.label(), data.color.label());
    audit::record(scope, event).await
}

/// Moves a label one place up or down in its phase; at the end nothing changes.
///
/// # Errors
/// `NotFound` without an offered label.
pub async fn reorder(scope: &mut Manager, id: LabelId, up: bool) -> AppResult<()> {
    let label = selectors::get(scope, id).await?;
    let mut order = lock_phase(scope, label.data.phase).await?;
    let at = order.iter().position(|one| *one == id.uuid());
    let at = at.ok_or(AppError::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    let Some(to) = to.filter(|to| *to < order.len()) else {
        return Ok(());
    };
    order.swap(at, to);
    sqlx::query!(
        "update labels l set position = o.position from unnest($1::uuid[]) with ordinality o (id, position) where l.id = o.id",
        &order
    )
    .execute(scope.conn())
    .await?;
    let summary = format!(
        "Moved the label {} {}",
        label.data.name,
        if up { "up" } else { "down" }
    );
    let event = AuditEvent::new("label.moved", "label", id.uuid(), summary).field("Place", at + 1, to + 1);
    audit::record(scope, event).await
}

/// Makes a label what an order carries when it enters the phase, in place of the one that was, or lets none do so.
///
/// # Errors
/// `NotFound` without an offered label.
pub async fn choose_default(scope: &mut Manager, id: LabelId, on: bool) -> AppResult<()> {
    let phase = selectors::get(scope, id).await?.data.phase;
    let offered = lock_phase(scope, phase).await?;
    if !offered.contains(&id.uuid()) {
        return Err(AppError::NotFound);
    }
    // Read after the lock: whoever chose another one meanwhile is done.
    let all = selectors::all(scope).await?;
    let former = all
        .iter()
        .find(|label| label.data.phase == phase && label.is_default);
    if former.map(|former| former.id) == on.then_some(id)
        || !on && former.is_none_or(|former| former.id != id)
    {
        return Ok(());
    }
    let before = former.map(|former| former.data.name.clone());
    let chosen = all.iter().find(|label| on && label.id == id);
    let after = chosen.map(|label| label.data.name.clone());
    // The former one first: there is never a second.
    for (label, is_default) in [(former.map(|former| former.id), false), (on.then_some(id), true)] {
        let Some(label) = label else { continue };
        sqlx::query!(
            "update labels set is_default = $2 where id = $1",
            label.uuid(),
            is_default
        )
        .execute(scope.conn())
        .await?;
    }
    let summary = match &after {
        Some(name) => format!("Made {name} the default label of {}", phase.label()),
        None => format!("Removed the default label of {}", phase.label()),
    };
    let event =
        AuditEvent::new("label.default_chosen", "label", id.uuid(), summary).field("Default", before, after);
    audit::record(scope, event).await
}

/// Offers a label no more. Orders that carry it keep it until they move on; it is no default any more.
///
/// # Errors
/// `NotFound` without an offered label.
pub async fn archive(scope: &mut Manager, id: LabelId) -> AppResult<()> {
    let (label, now) = (selectors::get(scope, id).await?, scope.now());
    let gone = sqlx::query!(
        "update labels set archived_at = $2, is_default = false, version = version + 1 where id = $1 and archived_at is null",
        id.uuid(),
        now
    )
    .execute(scope.conn())
    .await?;
    if gone.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let summary = format!(
        "Archived the label {} of {}",
        label.data.name,
        label.data.phase.label()
    );
    audit::record(
        scope,
        AuditEvent::new("label.archived", "label", id.uuid(), summary).field("Archived", false, true),
    )
    .await
}

/// Offers an archived label again, at the end of its phase.
///
/// # Errors
/// `NotFound` without an archived label; refused when the phase has one of that name by now, or when there are too many.
pub async fn restore(scope: &mut Manager, id: LabelId) -> AppResult<()> {
    let label = selectors::get(scope, id).await?;
    make_room(scope).await?;
    let back = sqlx::query!(
        "update labels set archived_at = null, version = version + 1
              , position = (select coalesce(max(l.position), 0) + 1 from labels l where l.phase = labels.phase)
          where id = $1 and archived_at is not null",
        id.uuid()
    )
    .execute(scope.conn())
    .await
    .on_constraint("labels_name", || {
        AppError::refused("This phase has another label with this name. Rename that one first.")
    })?;
    if back.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let summary = format!(
        "Restored the label {} of {}",
        label.data.name,
        label.data.phase.label()
    );
    audit::record(
        scope,
        AuditEvent::new("label.restored", "label", id.uuid(), summary).field("Archived", true, false),
    )
    .await
}

/// Puts a label of its phase on an order, in place of the one that it carries, or takes that away. The same again changes nothing.
///
/// # Errors
/// `NotFound`; `ChangedMeanwhile` when the order is in another phase than the page showed; refused for a label that is not offered there.
pub async fn set(scope: &mut Scope<MoveWorkOrders>, order: WorkOrderId, wish: &Wish) -> AppResult<()> {
    let order = work_orders::reserve(scope, order).await?;
    if wish.phase.is_some_and(|seen| seen != order.phase) {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let before = carried(scope, order.id).await?;
    let after = match wish.label {
        Some(id) => {
            let label = selectors::get(scope, id).await?;
            if before.as_ref().is_some_and(|(carried, _)| *carried == id) {
                return Ok(());
            }
            if label.data.phase != order.phase || label.archived {
                return Err(AppError::refused(format!(
                    "“{}” is not offered in the phase “{}”. Choose another label.",
                    label.data.name,
                    order.phase.label()
                )));
            }
            Some((id, label.data.name))
        }
        None if before.is_none() => return Ok(()),
        None => None,
    };
    put(scope, order.id, after.as_ref().map(|(id, _)| *id)).await?;
    work_orders::announce(scope, order.id).await?;
    let (before, after) = (before.map(|(_, name)| name), after.map(|(_, name)| name));
    let summary = match (&before, &after) {
        (_, Some(name)) => format!("Label “{name}”"),
        (Some(name), None) => format!("Removed the label “{name}”"),
        (None, None) => return Ok(()),
    };
    let event = order.event("work_order.labelled", summary);
    audit::record(scope, event.field("Label", before, after)).await
}

/// An order entered its phase: the phase's default goes on, what it carried before goes.
pub(super) async fn entered(tx: &mut TenantTx, order: &OrderRef) -> AppResult<()> {
    let before = carried(tx, order.id).await?;
    let default = sqlx::query!(
        r#"select id as "id: LabelId", name from labels where phase = $1 and is_default"#,
        order.phase.name()
    )
    .fetch_optional(tx.conn())
    .await?;
    if before.is_none() && default.is_none() {
        return Ok(());
    }
    put(tx, order.id, default.as_ref().map(|default| default.id)).await?;
    let phase = order.phase.label();
    let summary = match (&before, &default) {
        (_, Some(default)) => format!("Set the default label “{}” of {phase}", default.name),
        (Some((_, former)), None) => format!("Removed the label “{former}” when the phase changed"),
        (None, None) => return Ok(()),
    };
    let event = order.event("work_order.labelled", summary).field(
        "Label",
        before.map(|(_, name)| name),
        default.map(|default| default.name),
    );
    audit::record(tx, event).await
}

/// What an order carries.
async fn carried(tx: &mut TenantTx, order: WorkOrderId) -> AppResult<Option<(LabelId, String)>> {
    let row = sqlx::query!(
        r#"select l.id as "id: LabelId", l.name from work_order_labels o join labels l on (l.org_id, l.id) = (o.org_id, o.label_id)
            where o.work_order_id = $1"#,
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}

async fn put(tx: &mut TenantTx, order: WorkOrderId, label: Option<LabelId>) -> AppResult<()> {
    match label {
        Some(label) => {
            sqlx::query!(
                "insert into work_order_labels (work_order_id, label_id) values ($1, $2)
             on conflict (org_id, work_order_id) do update set label_id = excluded.label_id",
                order.uuid(),
                label.uuid()
            )
            .execute(tx.conn())
            .await?
        }
        None => {
            sqlx::query!(
                "delete from work_order_labels where work_order_id = $1",
                order.uuid()
            )
            .execute(tx.conn())
            .await?
        }
    };
    Ok(())
}

/// The offered labels of a phase in their order; nobody else orders them or chooses among them until the transaction ends.
async fn lock_phase(tx: &mut TenantTx, phase: Phase) -> AppResult<Vec<Uuid>> {
    // The weaker lock: orders go on getting these labels.
    sqlx::query!(
        "select id from labels where phase = $1 order by id for no key update",
        phase.name()
    )
    .fetch_all(tx.conn())
    .await?;
    let offered = sqlx::query_scalar!(
        "select id from labels where phase = $1 and archived_at is null order by position, id",
        phase.name()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(offered)
}

/// Refuses one more than a workshop can have. The settings' row stays locked, so that two do not add the last one.
async fn make_room(tx: &mut TenantTx) -> AppResult<()> {
    sqlx::query!("select name from organization_settings for no key update")
        .fetch_one(tx.conn())
        .await?;
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from labels where archived_at is null"#)
        .fetch_one(tx.conn())
        .await?;
    if count >= MOST {
        return Err(AppError::refused(format!(
            "A workshop can have {MOST} labels. Archive one that you no longer need first."
        )));
    }
    Ok(())
}

/// As names are compared.
fn norm(name: &str) -> String {
    name.to_lowercase()
}

fn name_taken() -> AppError {
    AppError::field(
        "name",
        Problem::other("This phase already has a label with this name."),
    )
}

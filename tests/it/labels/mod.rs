//! Labels: the settings, what an order carries, and what follows a phase.
mod examples;
mod orders;
mod races;
mod settings;

use crate::kit::{Actor, Answer, Workshop};
use gantry::kernel::{LabelId, WorkOrderId};
use serde_json::Value;
use uuid::Uuid;

/// Adds a label and says which it became.
async fn label(actor: &Actor, nord: &Workshop, phase: &str, name: &str) -> LabelId {
    add(actor, phase, name, "teal").await.must(303);
    let id: Uuid = sqlx::query_scalar(
        "select id from labels where org_id = $1 and name = $2 order by created_at desc, id desc limit 1",
    )
    .bind(nord.org.uuid())
    .bind(name)
    .fetch_one(&mut nord.db().await)
    .await
    .expect("a label");
    LabelId::new(id)
}

/// Adds one that is its phase's default.
async fn default(actor: &Actor, nord: &Workshop, phase: &str, name: &str) -> LabelId {
    let id = label(actor, nord, phase, name).await;
    press(actor, id, "default", "on").await.must(303);
    id
}

async fn add(actor: &Actor, phase: &str, name: &str, color: &str) -> Answer {
    let fields = [("phase", phase), ("name", name), ("color", color)];
    actor.post("/settings/labels/new", &fields).await
}

async fn press(actor: &Actor, id: LabelId, what: &str, to: &str) -> Answer {
    actor
        .post(&format!("/settings/labels/{id}/{what}"), &[("to", to)])
        .await
}

/// Puts it on an order.
async fn set(actor: &Actor, order: WorkOrderId, label: LabelId) -> Answer {
    actor
        .on_order(order, "label", &[("label", &label.to_string())])
        .await
}

/// What an order carries, as the database says.
async fn carried(nord: &Workshop, order: WorkOrderId) -> Option<String> {
    sqlx::query_scalar(
        "select l.name from work_order_labels o join labels l on (l.org_id, l.id) = (o.org_id, o.label_id) where o.work_order_id = $1",
    )
    .bind(order.uuid())
    .fetch_optional(&mut nord.db().await)
    .await
    .expect("a name")
}

/// The newest event of that kind: who, and what stood there before and after.
async fn newest_event(nord: &Workshop, action: &str) -> (String, Value, Value) {
    let (who, detail): (String, Value) = sqlx::query_as(
        "select member_name, coalesce(detail, '{}') from audit_events where org_id = $1 and action = $2 order by at desc, id desc limit 1",
    )
    .bind(nord.org.uuid())
    .bind(action)
    .fetch_one(&mut nord.db().await)
    .await
    .expect(action);
    (who, detail["before"].clone(), detail["after"].clone())
}

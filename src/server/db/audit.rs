//! The trail: who changed what, in the same transaction as the change. Nobody in the application can alter it.
use super::tenant::TenantTx;
use crate::kernel::{AppResult, CustomerId, WorkOrderId};
use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::types::Json;
use uuid::Uuid;

/// One change, in words that a person can read.
#[derive(Debug)]
pub struct AuditEvent {
    /// `work_order.moved`: entity and verb, for filters.
    action: &'static str,
    entity: &'static str,
    entity_id: Uuid,
    work_order: Option<WorkOrderId>,
    customer: Option<CustomerId>,
    /// One sentence for the feed.
    summary: String,
    /// Before and after, where it matters.
    detail: Option<serde_json::Value>,
}

impl AuditEvent {
    pub fn new(
        action: &'static str,
        entity: &'static str,
        entity_id: Uuid,
        summary: impl Into<String>,
    ) -> Self {
        Self {
            action,
            entity,
            entity_id,
            work_order: None,
            customer: None,
            summary: summary.into(),
            detail: None,
        }
    }
    /// Shows in the work order's timeline.
    pub fn on_order(mut self, id: WorkOrderId) -> Self {
        self.work_order = Some(id);
        self
    }
    pub fn on_customer(mut self, id: CustomerId) -> Self {
        self.customer = Some(id);
        self
    }
    /// What stood in the changed fields before and after, by the names that a person reads.
    pub fn changed<V: Into<serde_json::Value>>(
        self,
        before: Vec<(String, V)>,
        after: Vec<(String, V)>,
    ) -> Self {
        let object = |fields: Vec<(String, V)>| {
            let fields = fields.into_iter().map(|(name, value)| (name, value.into()));
            fields.collect::<serde_json::Map<_, _>>()
        };
        self.detail(serde_json::json!({ "before": object(before), "after": object(after) }))
    }
    /// What something new begins with; nothing stood there before.
    pub fn created<V: Into<serde_json::Value>>(self, facts: Vec<(String, V)>) -> Self {
        self.changed(Vec::new(), facts)
    }
    /// One field with what stood there before and what stands there now; nothing where that is the same. `None` is nothing.
    pub fn field<V: Into<serde_json::Value>>(mut self, name: &str, before: V, after: V) -> Self {
        let (before, after) = (before.into(), after.into());
        if before != after {
            let detail = self.detail.get_or_insert_with(|| serde_json::json!({}));
            detail["before"][name] = before;
            detail["after"][name] = after;
        }
        self
    }
    /// Any object; see [`AuditEvent::changed`] for fields with two states.
    pub fn detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = Some(detail);
        self
    }
}

/// The changed fields as a sentence names them: "phone, city".
pub fn labels(changes: &[(String, String)]) -> String {
    let labels: Vec<&str> = changes.iter().map(|(label, _)| label.as_str()).collect();
    if labels.is_empty() {
        return "nothing".to_owned();
    }
    labels.join(", ").to_lowercase()
}

/// A row that waits for the commit: a field is a column.
#[derive(Debug, Serialize)]
pub(super) struct Event {
    id: Uuid,
    at: DateTime<Utc>,
    action: &'static str,
    entity: &'static str,
    entity_id: Uuid,
    work_order_id: Option<Uuid>,
    customer_id: Option<Uuid>,
    summary: String,
    detail: Option<serde_json::Value>,
}

/// Records a change. Its row is written by [`TenantTx::commit`], after everything else: whoever writes to the trail keeps all others
/// of the organization waiting until it commits, and whoever then waits for them would wait forever.
///
/// # Errors
/// Never here; the commit fails when the row cannot be written.
pub async fn record(tx: &mut TenantTx, entry: AuditEvent) -> AppResult<()> {
    let event = Event {
        id: tx.new_uuid(),
        at: tx.now(),
        action: entry.action,
        entity: entry.entity,
        entity_id: entry.entity_id,
        work_order_id: entry.work_order.map(WorkOrderId::uuid),
        customer_id: entry.customer.map(CustomerId::uuid),
        summary: entry.summary,
        detail: entry.detail,
    };
    tx.pending_audit.push(event);
    Ok(())
}

/// Writes the recorded changes, in one statement.
pub(super) async fn write(tx: &mut TenantTx) -> AppResult<()> {
    let events = std::mem::take(&mut tx.pending_audit);
    if events.is_empty() {
        return Ok(());
    }
    let (session, request_id) = (tx.session().clone(), tx.request_id.clone());
    sqlx::query!(
        "insert into audit_events (id, at, member_id, member_name, action, entity, entity_id, work_order_id, customer_id, summary, detail, request_id)
         select e.id, e.at, $2, $3, e.action, e.entity, e.entity_id, e.work_order_id, e.customer_id, e.summary, e.detail, $4
           from jsonb_to_recordset($1) as e (id uuid, at timestamptz, action text, entity text, entity_id uuid, work_order_id uuid,
                                             customer_id uuid, summary text, detail jsonb)",
        Json(&events) as _,
        session.member().uuid(),
        session.name,
        &*request_id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

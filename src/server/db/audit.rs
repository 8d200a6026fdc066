//! The trail: who changed what, in the same transaction as the deed. Nobody in the application can alter it.
use super::tenant::TenantTx;
use crate::kernel::{AppResult, CustomerId, WorkOrderId};
use uuid::Uuid;

/// One change, told so that a person can read it.
#[derive(Debug)]
pub struct Deed {
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

impl Deed {
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
    pub fn detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = Some(detail);
        self
    }
}

/// Writes the trail's row.
///
/// # Errors
/// When the database fails.
pub async fn record(tx: &mut TenantTx, deed: Deed) -> AppResult<()> {
    let (id, now, session, request_id) = (
        tx.new_uuid(),
        tx.now(),
        tx.session().clone(),
        tx.request_id.clone(),
    );
    sqlx::query!(
        "insert into audit_events (id, at, member_id, member_name, action, entity, entity_id, work_order_id, customer_id, summary, detail, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id, now, session.member().uuid(), session.name, deed.action, deed.entity, deed.entity_id,
        deed.work_order.map(WorkOrderId::uuid), deed.customer.map(CustomerId::uuid), deed.summary, deed.detail, &*request_id,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

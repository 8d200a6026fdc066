//! What features add to work orders, wherever those stand: `work_orders` and the board ask for it through here and know none of them.
//! Each function may take one statement for all the orders that it is asked about: pages have to keep their budget.
use super::db::audit::AuditEvent;
use super::db::tenant::TenantTx;
use crate::domain::order::Phase;
use crate::kernel::page::Cursor;
use crate::kernel::{AppResult, BranchId, CustomerId, WorkOrderId};
use crate::ui::data::Chip;
use leptos::prelude::ViewFn;
use std::collections::HashMap;
use std::pin::Pin;

/// What a feature's function answers.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = AppResult<T>> + Send + 'a>>;

/// A feature's function: `|tx, order| Box::pin(service::entered(tx, order))`.
pub type Asked<Of, T> = for<'a> fn(&'a mut TenantTx, &'a Of) -> Answer<'a, T>;

/// Chips with the orders that they stand on.
pub type OrderChips = Vec<(WorkOrderId, Chip)>;

/// Handed in with a feature's manifest.
#[derive(Clone, Copy)]
pub struct OrderExtension {
    /// Done when an order was opened or went into another phase, in the transaction that did it, its row locked.
    pub entered: Option<Asked<OrderRef, ()>>,
    /// What stands on these orders on the board and in lists.
    pub chips: Option<Asked<[WorkOrderId], OrderChips>>,
    /// What stands on the order's own page.
    pub on_page: Option<Asked<OrderRef, Vec<OrderPart>>>,
    /// What narrows the list.
    pub filter: Option<Asked<Narrowing, OrderFilter>>,
}

impl OrderExtension {
    /// One that adds nothing, to begin with.
    pub const NONE: Self = Self {
        entered: None,
        chips: None,
        on_page: None,
        filter: None,
    };
}

/// The order that something is added to.
#[derive(Clone, Debug)]
pub struct OrderRef {
    pub id: WorkOrderId,
    pub branch: BranchId,
    pub customer: CustomerId,
    pub number: String,
    /// Where it is now.
    pub phase: Phase,
}

impl OrderRef {
    /// A line of the trail that stands in the order's history, too.
    pub fn event(&self, action: &'static str, summary: impl Into<String>) -> AuditEvent {
        AuditEvent::new(action, "work_order", self.id.uuid(), summary)
            .on_order(self.id)
            .on_customer(self.customer)
    }
    pub fn path(&self) -> String {
        format!("/work-orders/{}", self.id)
    }
}

/// Where something stands on an order's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Beside the phase, under the number.
    Head,
    /// With the buttons on top.
    Actions,
    /// A card beside the work.
    Side,
}

/// Something on an order's page.
#[derive(Clone)]
pub struct OrderPart {
    pub place: Place,
    pub view: ViewFn,
}

/// What the list of work orders is asked for.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// The value of one of the features' choices: a typed id, so that each knows its own.
    pub with: String,
    pub phase: Option<Phase>,
    pub from: Cursor,
    pub most: i64,
}

/// A way to narrow the list.
#[derive(Clone, Debug)]
pub struct OrderFilter {
    /// What is chosen: `Label`.
    pub label: &'static str,
    /// Value and words of each choice.
    pub options: Vec<(String, String)>,
    /// What is chosen now, if it is one of these, and the orders that it finds, newest first.
    pub found: Option<(String, Vec<WorkOrderId>)>,
}

/// Lets the features follow an order into the phase where it is now.
///
/// # Errors
/// Theirs: then the order does not move.
pub async fn entered(tx: &mut TenantTx, order: &OrderRef) -> AppResult<()> {
    let app = tx.app().clone();
    for follow in app.orders().iter().filter_map(|extension| extension.entered) {
        follow(tx, order).await?;
    }
    Ok(())
}

/// What stands on these orders, in the order of the features.
pub async fn chips(tx: &mut TenantTx, orders: &[WorkOrderId]) -> AppResult<HashMap<WorkOrderId, Vec<Chip>>> {
    let app = tx.app().clone();
    let mut all: HashMap<WorkOrderId, Vec<Chip>> = HashMap::new();
    for read in app.orders().iter().filter_map(|extension| extension.chips) {
        for (order, chip) in read(tx, orders).await? {
            all.entry(order).or_default().push(chip);
        }
    }
    Ok(all)
}

/// What stands on an order's page, in the order of the features.
pub async fn on_page(tx: &mut TenantTx, order: &OrderRef) -> AppResult<Vec<OrderPart>> {
    let app = tx.app().clone();
    let mut parts = Vec::new();
    for read in app.orders().iter().filter_map(|extension| extension.on_page) {
        parts.extend(read(tx, order).await?);
    }
    Ok(parts)
}

/// Every way to narrow the list.
pub async fn filters(tx: &mut TenantTx, narrowing: &Narrowing) -> AppResult<Vec<OrderFilter>> {
    let app = tx.app().clone();
    let mut filters = Vec::new();
    for read in app.orders().iter().filter_map(|extension| extension.filter) {
        filters.push(read(tx, narrowing).await?);
    }
    Ok(filters)
}

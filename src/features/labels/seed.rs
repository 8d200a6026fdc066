//! Labels of a workshop to look at, on the orders that are in the house.
use super::model::LabelColor::{self, *};
use crate::domain::order::Phase::{self, *};
use crate::server::feature::{SeedRows, SeedShop};
use serde_json::json;

/// Phase, name and colour; the first of a phase is its default.
const LABELS: [(Phase, &str, LabelColor); 15] = [
    (Received, "To inspect", Blue),
    (Received, "Night drop", Slate),
    (Diagnosing, "Second opinion", Teal),
    (AwaitingApproval, "Estimate sent", Blue),
    (AwaitingApproval, "Call again", Pink),
    (Approved, "To schedule", Yellow),
    (Approved, "Parts here", Green),
    (WaitingForParts, "Parts ordered", Violet),
    (WaitingForParts, "Back order", Red),
    (InProgress, "At the bench", Blue),
    (InProgress, "Subcontractor", Pink),
    (QualityCheck, "Final test", Teal),
    (Ready, "Call customer", Orange),
    (Ready, "Customer told", Green),
    (Ready, "Pays on account", Slate),
];

/// The labels, and one on each open order: every third carries another than the default.
pub(super) fn rows(shop: &mut SeedShop) -> SeedRows {
    let (at, mut labels, mut made) = (shop.created_at, Vec::new(), Vec::new());
    for (position, (phase, name, color)) in (1..).zip(LABELS) {
        let id = (shop.new_id)(at);
        let is_default = made.iter().all(|(other, _)| *other != phase);
        labels.push(json!({
            "id": id, "phase": phase, "name": name, "name_norm": name.to_lowercase(), "color": color, "position": position,
            "is_default": is_default, "created_at": at, "version": 1,
        }));
        made.push((phase, id));
    }
    let carried = shop.orders.iter().enumerate().filter_map(|(at, order)| {
        let of_phase: Vec<_> = made
            .iter()
            .filter(|(phase, _)| phase.name() == order.phase)
            .collect();
        let other = usize::from(at % 3 == 2);
        let (_, label) = of_phase.get(other).or(of_phase.first())?;
        Some(json!({ "work_order_id": order.id, "label_id": label }))
    });
    let carried = carried.collect();
    vec![("labels", labels), ("work_order_labels", carried)]
}

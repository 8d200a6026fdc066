//! What the customer was shown, and what they said.
use super::rows::{Authorization, Job, Line};
use super::visit::Visit;
use super::workshop::Workshop;
use crate::domain::order::{DecisionMethod, LineKind};
use crate::domain::totals::{LineAmounts, totals};
use crate::kernel::{BasisPoints, JobId, Money, Quantity};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

impl Workshop {
    /// Keeps the answer of the visit's customer: one authorization for what was approved, one for what was declined.
    pub(super) fn decide(&mut self, visit: &Visit, order: Uuid, customer: Uuid, at: Option<DateTime<Utc>>) {
        let Some(at) = at else { return };
        let jobs: Vec<Job> = tail(&self.rows.jobs, |job| job.work_order_id == order).to_vec();
        let contact_name = self.contact(visit);
        let method = ["phone", "phone", "in_person", "email"][self.dice.below(4)];
        let how = DecisionMethod::parse(method).map_or(method, DecisionMethod::label);
        for decision in ["approved", "declined"] {
            let asked: Vec<&Job> = jobs.iter().filter(|job| job.decision == decision).collect();
            if asked.is_empty() {
                continue;
            }
            let shown = self.shown(order, &jobs, &asked);
            let amount_minor = shown["asked"]["totals"]["gross"].as_i64().unwrap_or(0);
            let titles: Vec<_> = asked.iter().map(|job| format!("“{}”", job.title)).collect();
            let summary = format!(
                "{contact_name} {decision} {}, {}",
                titles.join(", "),
                how.to_lowercase()
            );
            let action = match decision {
                "declined" => "decision.declined",
                _ => "decision.approved",
            };
            self.audit(
                at,
                visit.advisor,
                (action, "work_order", order),
                Some(order),
                Some(customer),
                summary,
            );
            let (id, member_id) = (self.dice.id(at), self.rows.members[visit.advisor].id);
            self.rows.authorizations.push(Authorization {
                id,
                work_order_id: order,
                decision,
                method,
                contact_name: contact_name.clone(),
                note: String::new(),
                amount_minor,
                shown,
                member_id,
                at,
            });
        }
    }

    /// In the words of the service that records decisions.
    fn shown(&self, order: Uuid, jobs: &[Job], asked: &[&Job]) -> Value {
        let lines = tail(&self.rows.lines, |line| line.work_order_id == order);
        let of = |job: &Job| {
            lines
                .iter()
                .filter(|line| line.job_id == job.id)
                .map(offered)
                .collect::<Vec<_>>()
        };
        let asked_lines: Vec<_> = asked.iter().flat_map(|job| of(job)).collect();
        let all: Vec<_> = jobs.iter().flat_map(of).collect();
        json!({
            "number": self.rows.orders.last().map_or(0, |order| order.number),
            "version": 1,
            "currency": self.org.currency,
            "asked": { "jobs": asked.iter().map(|job| JobId::new(job.id)).collect::<Vec<_>>(), "totals": totals(&asked_lines) },
            "jobs": jobs.iter().map(|job| json!({
                "id": JobId::new(job.id),
                "title": job.title,
                "payer": job.payer,
                "decision_before": "open",
                "totals": totals(&of(job)),
                "lines": lines.iter().filter(|line| line.job_id == job.id).map(show_line).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "totals": totals(&all),
        })
    }
}

/// The rows at the end that belong together.
fn tail<T>(rows: &[T], same: impl Fn(&T) -> bool) -> &[T] {
    let start = rows.len() - rows.iter().rev().take_while(|row| same(row)).count();
    &rows[start..]
}

fn offered(line: &Line) -> LineAmounts {
    LineAmounts {
        kind: LineKind::parse(line.kind).unwrap_or(LineKind::Text),
        quantity: Quantity(line.quantity_milli),
        unit_price: Money(line.unit_price_minor),
        tax_rate: BasisPoints(line.tax_basis_points),
        declined: false,
    }
}

fn show_line(line: &Line) -> Value {
    let amounts = offered(line);
    json!({ "description": line.description, "part_number": line.part_number, "amounts": amounts, "net": amounts.net(), "tax": amounts.tax() })
}

//! One stay of a vehicle or device: order, concerns, jobs, lines, moves, decision, notes, hand-over.
use super::charge::{Bill, Charge, ChargeLine};
use super::rows::{Concern, HandOver, Job, JobTechnician, Line, Move, Note, OdometerReading, WorkOrder};
use super::works::{Item, Work};
use super::workshop::Workshop;
use crate::kernel::money::{BasisPoints, Money, Quantity};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// What the customer says to one work of the estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Yes,
    No,
}

/// What is told about a stay.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub branch: usize,
    pub asset: usize,
    pub phase: &'static str,
    pub arrived: DateTime<Utc>,
    /// The last move.
    pub since: DateTime<Utc>,
    pub promised: Option<DateTime<Utc>>,
    pub waiting: bool,
    pub odometer: Option<i32>,
    pub works: Vec<(&'static Work, Verdict)>,
    pub technicians: Vec<usize>,
    pub advisor: usize,
    /// Member, audience (or [`CALL`]), text, when.
    pub notes: Vec<(usize, &'static str, String, DateTime<Utc>)>,
    pub bill: Bill,
}

/// An internal note that calls for attention.
pub(super) const CALL: &str = "call";

/// The way to "delivered" of a customer who agrees after the diagnosis.
static WAY: [&str; 8] = [
    "received",
    "diagnosing",
    "awaiting_approval",
    "approved",
    "in_progress",
    "quality_check",
    "ready",
    "delivered",
];

/// The way to a phase.
fn path(phase: &str) -> &'static [&'static str] {
    match phase {
        "waiting_for_parts" => &[
            "received",
            "diagnosing",
            "awaiting_approval",
            "approved",
            "waiting_for_parts",
        ],
        "cancelled" => &["received", "diagnosing", "awaiting_approval", "cancelled"],
        other => &WAY[..=WAY.iter().position(|step| *step == other).unwrap_or(0)],
    }
}

/// A line's amounts under the one rounding rule.
pub(super) fn amounts(item: &Item, tax: i32) -> (i64, i64) {
    let gross = Money(item.price_minor).times(Quantity(item.quantity_milli));
    let net = if item.kind == "discount" { -gross } else { gross };
    (net.0, net.percent(BasisPoints(tax)).0)
}

pub(super) fn total(work: &Work, tax: i32) -> i64 {
    work.items
        .iter()
        .map(|item| amounts(item, tax))
        .map(|(net, tax)| net + tax)
        .sum()
}

/// The moves' moments: the first at arrival, the last at `since`, the early ones closer together.
fn moments(visit: &Visit, steps: usize) -> Vec<DateTime<Utc>> {
    let span = (visit.since - visit.arrived).num_seconds().max(60);
    let last = i64::try_from(steps).unwrap_or(2).max(2) - 1;
    (0..=last)
        .take(steps)
        .map(|step| visit.arrived + TimeDelta::seconds(span * step * step / (last * last)))
        .collect()
}

impl Workshop {
    /// Tells one stay. Call in the order of arrival: numbers follow it.
    pub(super) fn tell(&mut self, visit: &Visit) {
        let steps = path(visit.phase);
        let times = moments(visit, steps.len());
        let at = |phase: &str| {
            steps
                .iter()
                .position(|step| *step == phase)
                .map(|step| times[step])
        };
        let id = self.dice.id(visit.arrived);
        let number = self.next_number(visit.branch, "work_order", 0);
        let (asset, customer) = (
            self.rows.assets[visit.asset].id,
            self.rows.assets[visit.asset].customer_id,
        );
        let label = format!("{}-{number}", self.rows.branches[visit.branch].code);
        let closed_at = at("delivered").or(at("cancelled"));
        self.rows.orders.push(WorkOrder {
            id,
            branch_id: self.rows.branches[visit.branch].id,
            number,
            customer_id: customer,
            asset_id: asset,
            phase: visit.phase,
            waiting: visit.waiting,
            promised_at: visit.promised,
            advisor_id: self.rows.members[visit.advisor].id,
            odometer_in: visit.odometer,
            odometer_out: at("delivered").and(visit.odometer).map(|value| value + 3),
            total_minor: 0,
            created_at: visit.arrived,
            phase_since: times[steps.len() - 1],
            finished_at: at("ready"),
            closed_at,
            driver_id: None,
        });
        self.audit(
            visit.arrived,
            visit.advisor,
            ("work_order.created", "work_order", id),
            Some(id),
            Some(customer),
            format!("Opened work order {label}"),
        );
        self.read_odometer(visit, id, asset);
        self.walk(visit, id, customer, steps, &times);
        let charge = self.work(visit, id, at("diagnosing").is_some(), at("approved"), at("ready"));
        self.decide(visit, id, customer, at("approved").or(at("cancelled")));
        self.write_notes(visit, id);
        if let Some(when) = at("delivered") {
            self.hand_over(visit, id, when);
        }
        self.bill(visit, id, &label, charge);
    }

    fn read_odometer(&mut self, visit: &Visit, order: Uuid, asset_id: Uuid) {
        let Some(value) = visit.odometer else { return };
        let (id, member_id) = (self.dice.id(visit.arrived), self.rows.members[visit.advisor].id);
        self.rows.odometer_readings.push(OdometerReading {
            id,
            asset_id,
            work_order_id: Some(order),
            value,
            unit: "km",
            source: "in",
            member_id,
            at: visit.arrived,
        });
        let asset = &mut self.rows.assets[visit.asset];
        if asset.odometer_at.is_none_or(|at| at <= visit.arrived) {
            asset.odometer = Some(value);
            asset.odometer_at = Some(visit.arrived);
        }
    }

    fn walk(
        &mut self,
        visit: &Visit,
        order: Uuid,
        customer: Uuid,
        steps: &[&'static str],
        times: &[DateTime<Utc>],
    ) {
        let mut from = None;
        for (to, at) in steps.iter().copied().zip(times.iter().copied()) {
            let by_hand = matches!(
                to,
                "diagnosing" | "in_progress" | "quality_check" | "waiting_for_parts"
            );
            let member = visit
                .technicians
                .first()
                .copied()
                .filter(|_| by_hand)
                .unwrap_or(visit.advisor);
            let reason = match to {
                "waiting_for_parts" => "Part is on order, expected tomorrow",
                "cancelled" => "Customer declined the estimate",
                _ => "",
            };
            let (id, member_id) = (self.dice.id(at), self.rows.members[member].id);
            self.rows.moves.push(Move {
                id,
                work_order_id: order,
                from_phase: from,
                to_phase: to,
                reason: reason.to_owned(),
                member_id,
                at,
            });
            if let Some(from) = from {
                let summary = format!("Moved from {} to {}", words(from), words(to));
                self.audit(
                    at,
                    member,
                    ("work_order.moved", "work_order", order),
                    Some(order),
                    Some(customer),
                    summary,
                );
            }
            from = Some(to);
        }
    }

    /// Concerns, jobs and lines; answers with what may be charged.
    fn work(
        &mut self,
        visit: &Visit,
        order: Uuid,
        diagnosed: bool,
        approved: Option<DateTime<Utc>>,
        done: Option<DateTime<Utc>>,
    ) -> Charge {
        let tax = self.org.tax_basis_points;
        let mut charge = Charge::default();
        let mut sum = 0;
        let mut line_position = 0;
        for (position, (work, verdict)) in (1..).zip(&visit.works) {
            let yes = *verdict == Verdict::Yes && visit.phase != "cancelled";
            let priced = diagnosed && !(visit.phase == "diagnosing" && position > 1);
            let id = self.dice.id(visit.arrived);
            self.rows.concerns.push(Concern {
                id,
                work_order_id: order,
                position,
                concern: work.concern.to_owned(),
                cause: if diagnosed { work.cause } else { "" }.to_owned(),
                correction: if yes && done.is_some() {
                    work.correction
                } else {
                    ""
                }
                .to_owned(),
            });
            if !priced {
                continue;
            }
            let job = self.add_job(visit, order, position, work, yes, approved, done);
            let undecided = approved.is_none() && visit.phase != "cancelled";
            if yes || undecided {
                sum += total(work, tax);
            }
            for item in work.items {
                line_position += 1;
                let (net, tax_minor) = amounts(item, tax);
                let id = self.dice.id(visit.arrived);
                self.rows.lines.push(Line {
                    id,
                    work_order_id: order,
                    job_id: job,
                    position: line_position,
                    kind: item.kind,
                    description: item.description.to_owned(),
                    part_number: item.part_number.to_owned(),
                    quantity_milli: item.quantity_milli,
                    unit_price_minor: item.price_minor,
                    tax_basis_points: tax,
                });
                if yes {
                    charge.lines.push(ChargeLine {
                        job_id: job,
                        job: work.title,
                        item: *item,
                        net,
                        tax: tax_minor,
                    });
                }
            }
        }
        if let Some(order) = self.rows.orders.last_mut() {
            order.total_minor = sum;
        }
        charge
    }

    #[expect(clippy::too_many_arguments, reason = "one row, told by its stay")]
    fn add_job(
        &mut self,
        visit: &Visit,
        order: Uuid,
        position: usize,
        work: &Work,
        yes: bool,
        approved: Option<DateTime<Utc>>,
        done: Option<DateTime<Utc>>,
    ) -> Uuid {
        let id = self.dice.id(visit.arrived);
        let under_way = matches!(visit.phase, "in_progress" | "quality_check") && position == 1;
        let finished = yes && (done.is_some() || visit.phase == "quality_check");
        let started = finished || (yes && under_way);
        self.rows.jobs.push(Job {
            id,
            work_order_id: order,
            position,
            title: work.title.to_owned(),
            payer: "customer",
            decision: match (yes, approved.is_some(), visit.phase) {
                (true, true, _) => "approved",
                (false, true, _) | (_, _, "cancelled") => "declined",
                _ => "open",
            },
            work_state: match (started, finished) {
                (_, true) => "finished",
                (true, _) => "started",
                _ => "not_started",
            },
            started_at: approved.filter(|_| started).map(|at| {
                if finished {
                    at + TimeDelta::minutes(5)
                } else {
                    visit.since.max(at)
                }
            }),
            finished_at: finished.then(|| done.unwrap_or(visit.since)),
            created_at: visit.arrived,
        });
        for technician in &visit.technicians {
            let member_id = self.rows.members[*technician].id;
            self.rows.job_technicians.push(JobTechnician {
                job_id: id,
                work_order_id: order,
                member_id,
                // What is only approved is news to them.
                seen_at: (visit.phase != "approved").then_some(visit.since),
            });
        }
        id
    }

    pub(super) fn contact(&self, visit: &Visit) -> String {
        let owner = self.rows.assets[visit.asset].customer_id;
        self.rows
            .customers
            .iter()
            .find(|customer| customer.id == owner)
            .map_or_else(String::new, |customer| {
                if customer.contact_name.is_empty() {
                    customer.name.clone()
                } else {
                    customer.contact_name.clone()
                }
            })
    }

    fn write_notes(&mut self, visit: &Visit, order: Uuid) {
        for (member, audience, body, at) in &visit.notes {
            let (id, member_id) = (self.dice.id(*at), self.rows.members[*member].id);
            let calls = *audience == CALL;
            self.rows.notes.push(Note {
                id,
                work_order_id: order,
                audience: if calls { "internal" } else { audience },
                body: body.clone(),
                attention: calls,
                member_id,
                at: *at,
            });
        }
    }

    fn hand_over(&mut self, visit: &Visit, order: Uuid, at: DateTime<Utc>) {
        let (collected_by, member_id) = (self.contact(visit), self.rows.members[visit.advisor].id);
        let wave = self.dice.between(8, 22);
        self.rows.hand_overs.push(HandOver {
            work_order_id: order,
            collected_by,
            signature: format!(
                "M12 60L28 {} 40 62 52 {} 66 58 78 38 92 {} 110 46 128 58 150 40 176 52",
                40 - wave,
                34 + wave,
                60 - wave
            ),
            member_id,
            at,
        });
    }
}

/// `in_progress` as a person reads it.
pub(super) fn words(name: &str) -> String {
    name.replace('_', " ")
}

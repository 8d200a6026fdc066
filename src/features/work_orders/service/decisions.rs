//! The customer's word, kept with exactly what was shown.
use super::Decide;
use super::moves::{auto_advance, auto_advance_to_check};
use super::order::{Order, lock_open, recalculate};
use crate::domain::order::{DecisionMethod, JobDecision, LineKind, Payer, Phase, WorkState};
use crate::domain::totals::{LineAmounts, Totals, totals};
use crate::kernel::permission::RecordDecisions;
use crate::server::prelude::*;
use serde_json::{Value, json};

struct JobRow {
    id: JobId,
    title: String,
    payer: Payer,
    decision: JobDecision,
    work_state: WorkState,
    lines: Vec<LineRow>,
}

struct LineRow {
    description: String,
    part_number: String,
    amounts: LineAmounts,
}

/// Records what the customer decided: the jobs' decisions, and one authorization for all approved and one for all declined
/// jobs, each with the version that was shown. When that leaves nothing undecided, the order goes on by itself: returns where to.
///
/// # Errors
/// `ChangedMeanwhile` when another version was shown; `Refused` for started work.
pub async fn decide(
    scope: &mut Scope<RecordDecisions>,
    id: WorkOrderId,
    wish: &Decide,
    seen: &str,
    key: &str,
) -> AppResult<Option<Phase>> {
    if idempotency::claim(scope, key, "decision", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(None);
    }
    let mut order = lock_open(scope, id).await?;
    order.unchanged_since(seen)?;
    let jobs = read_jobs(scope, id).await?;
    for decision in [JobDecision::Approved, JobDecision::Declined] {
        let asked: Vec<JobId> = wish
            .jobs
            .iter()
            .filter(|(_, d)| *d == Some(decision))
            .map(|(job, _)| *job)
            .collect();
        if !asked.is_empty() {
            let chosen = choose(&jobs, &asked, decision)?;
            write(
                scope,
                &order,
                &jobs,
                (chosen, decision),
                wish.method,
                (&wish.contact_name, &wish.note),
            )
            .await?;
        }
    }
    recalculate(scope, &order).await?;
    let begun = jobs.iter().any(|job| job.work_state != WorkState::NotStarted);
    advance_after_decision(scope, &mut order, begun).await
}

/// Where nothing is undecided any more: to be approved, on to the work that has begun already, and to the check once that is finished.
async fn advance_after_decision(
    tx: &mut TenantTx,
    order: &mut Order,
    begun: bool,
) -> AppResult<Option<Phase>> {
    let from = order.phase;
    if from.waits_for_word() && auto_advance(tx, order, Phase::Approved, "All jobs decided").await? && begun {
        auto_advance(tx, order, Phase::InProgress, "Work has already started").await?;
    }
    if order.phase == Phase::InProgress && begun && finished_since_check(tx, order.id).await? {
        auto_advance_to_check(tx, order).await?;
    }
    Ok((order.phase != from).then_some(order.phase))
}

/// Whether a job was finished since the order last came back from its check. What failed there is not done because of a word.
async fn finished_since_check(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<bool> {
    let finished = sqlx::query_scalar!(
        r#"select exists (
             select from jobs where work_order_id = $1 and finished_at >= coalesce(
               (select max(at) from work_order_moves
                 where work_order_id = $1 and from_phase in ('quality_check', 'ready') and to_phase = 'in_progress'), '-infinity')) as "finished!""#,
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(finished)
}

/// The rows of the chosen jobs; only the customer's own, with something to approve, and none that is being worked on may be declined.
fn choose<'a>(jobs: &'a [JobRow], asked: &[JobId], decision: JobDecision) -> AppResult<Vec<&'a JobRow>> {
    let chosen: Vec<&JobRow> = jobs.iter().filter(|job| asked.contains(&job.id)).collect();
    if chosen.len() < asked.len() {
        return Err(AppError::NotFound);
    }
    for job in &chosen {
        if job.payer != Payer::Customer {
            let sentence = format!(
                "The customer does not pay for “{}”, so it needs no decision.",
                job.title
            );
            return Err(AppError::refused(sentence));
        }
        if decision == JobDecision::Declined && job.work_state != WorkState::NotStarted {
            return Err(AppError::refused(format!(
                "Work on “{}” has started, so it can no longer be declined.",
                job.title
            )));
        }
    }
    Ok(chosen)
}

async fn write(
    tx: &mut TenantTx,
    order: &Order,
    all: &[JobRow],
    (chosen, decision): (Vec<&JobRow>, JobDecision),
    method: DecisionMethod,
    (contact, note): (&str, &str),
) -> AppResult<()> {
    let ids: Vec<_> = chosen.iter().map(|job| job.id.uuid()).collect();
    let lines: Vec<LineAmounts> = chosen
        .iter()
        .flat_map(|job| job.lines.iter().map(LineRow::offered))
        .collect();
    let sums = totals(&lines);
    let shown = shown(order, tx.session().settings.currency, all, &chosen, &sums);
    let (new, member, now) = (
        AuthorizationId::new(tx.new_uuid()),
        tx.session().member().uuid(),
        tx.now(),
    );
    sqlx::query!(
        "update jobs set decision = $2 where id = any($1)",
        &ids,
        decision.name()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into authorizations (id, work_order_id, decision, method, contact_name, note, amount_minor, shown, member_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.uuid(), order.id.uuid(), decision.name(), method.name(), contact, note, sums.gross.0, shown, member, now
    )
    .execute(tx.conn())
    .await?;
    let titles = chosen
        .iter()
        .map(|job| format!("“{}”", job.title))
        .collect::<Vec<_>>()
        .join(", ");
    let summary = format!(
        "{contact} {} {titles}, {}",
        decision.name(),
        method.label().to_lowercase()
    );
    let event = match decision {
        JobDecision::Declined => order.event("decision.declined", summary),
        _ => order.event("decision.approved", summary),
    };
    // The amount stands in the detail: technicians read the sentence.
    let detail = json!({ "authorization": new, "amount": sums.gross });
    let event = chosen.iter().fold(event.detail(detail), |event, job| {
        event.field(
            &format!("“{}”", job.title),
            job.decision.label(),
            decision.label(),
        )
    });
    audit::record(tx, event).await
}

impl LineRow {
    /// As offered: what was said about the job before does not matter.
    fn offered(&self) -> LineAmounts {
        LineAmounts {
            declined: false,
            ..self.amounts
        }
    }
}

async fn read_jobs(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<Vec<JobRow>> {
    let jobs = sqlx::query!(
        r#"select id as "id: JobId", title, payer as "payer: Payer", decision as "decision: JobDecision", work_state as "work_state: WorkState"
             from jobs where work_order_id = $1 order by position, id"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let lines = sqlx::query!(
        r#"select job_id as "job: JobId", kind as "kind: LineKind", description, part_number, quantity_milli, unit_price_minor, tax_basis_points
             from lines where work_order_id = $1 order by position, id"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut rows: Vec<JobRow> = jobs
        .into_iter()
        .map(|job| JobRow {
            id: job.id,
            title: job.title,
            payer: job.payer,
            decision: job.decision,
            work_state: job.work_state,
            lines: Vec::new(),
        })
        .collect();
    for line in lines {
        if let Some(job) = rows.iter_mut().find(|job| job.id == line.job) {
            let amounts = LineAmounts {
                kind: line.kind,
                quantity: Quantity(line.quantity_milli),
                unit_price: Money(line.unit_price_minor),
                tax_rate: BasisPoints(line.tax_basis_points),
                declined: job.decision == JobDecision::Declined,
            };
            job.lines.push(LineRow {
                description: line.description,
                part_number: line.part_number,
                amounts,
            });
        }
    }
    Ok(rows)
}

/// The exact version: every job with its lines and sums, which of them were asked about, and the order's totals as they stood.
fn shown(order: &Order, currency: Currency, all: &[JobRow], chosen: &[&JobRow], asked: &Totals) -> Value {
    let order_lines: Vec<LineAmounts> = all
        .iter()
        .flat_map(|job| job.lines.iter().map(|line| line.amounts))
        .collect();
    json!({
        "number": order.number,
        "version": order.version,
        "currency": currency,
        "asked": { "jobs": chosen.iter().map(|job| job.id).collect::<Vec<_>>(), "totals": asked },
        "jobs": all.iter().map(show_job).collect::<Vec<_>>(),
        "totals": totals(&order_lines),
    })
}

fn show_job(job: &JobRow) -> Value {
    let offered: Vec<LineAmounts> = job.lines.iter().map(LineRow::offered).collect();
    json!({
        "id": job.id,
        "title": job.title,
        "payer": job.payer,
        "decision_before": job.decision,
        "totals": totals(&offered),
        "lines": job.lines.iter().map(|line| json!({
            "description": line.description,
            "part_number": line.part_number,
            "amounts": line.amounts,
            "net": line.amounts.net(),
            "tax": line.amounts.tax(),
        })).collect::<Vec<_>>(),
    })
}

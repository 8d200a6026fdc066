//! Lines. A job's lines are saved together: the page's table is one form.
use super::super::form::{JobLines, LineInput};
use super::jobs::{ask_again, find};
use super::line_changes::LineChanges;
use super::order::{lock_open, recalculate};
use crate::domain::order::LineKind;
use crate::domain::totals::{Totals, totals};
use crate::kernel::permission::EditWorkOrders;
use crate::server::prelude::*;
use std::collections::HashMap;

/// No order needs more; an absurd form is refused before it costs anything.
const MOST_LINES: usize = 200;

/// Saves a job's table: new rows are added, changed ones written, removed ones deleted, blank new ones ignored.
/// If the job was decided and costs something else now, it waits for a new decision. Returns whether that happened.
///
/// # Errors
/// `ChangedMeanwhile`, or `Refused` when the order is closed.
pub async fn save_lines(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    job_id: JobId,
    change: &JobLines,
    (seen, key): (&str, &str),
) -> AppResult<bool> {
    if idempotency::claim(scope, key, "lines.save", &job_id.to_string())
        .await?
        .is_some()
    {
        return Ok(false);
    }
    let order = lock_open(scope, id).await?;
    order.unchanged_since(seen)?;
    let job = find(scope, id, job_id).await?;
    if change.rows.len() > MOST_LINES {
        return Err(AppError::refused(format!(
            "A job can have at most {MOST_LINES} lines. Add a second job."
        )));
    }
    let stored = stored(scope, job_id).await?;
    let (mut added, mut changed) = (0, 0);
    for (position, input) in (1..).zip(&change.rows) {
        match id_of(input)? {
            Some(line) => {
                let old = stored.get(&line).ok_or(Conflict::ChangedMeanwhile)?;
                if *old != *input {
                    update(scope, line, input).await?;
                    changed += 1;
                }
            }
            None => {
                insert(scope, id, job_id, position, input).await?;
                added += 1;
            }
        }
    }
    let saved = change.remove.iter().filter(|id| !id.is_empty());
    let gone = saved.map(|id| {
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        stored.contains_key(&id).then_some(id).ok_or(AppError::NotFound)
    });
    let gone = gone.collect::<AppResult<Vec<LineId>>>()?;
    let removed = remove(scope, job_id, gone).await?;
    if added + changed + removed == 0 {
        return Ok(false);
    }
    // Words may be put right under an approval; what it costs may not.
    let now = self::stored(scope, job_id).await?;
    let costs_otherwise = cost(stored.values()) != cost(now.values());
    let asked = costs_otherwise && ask_again(scope, &order, job_id, &job).await?;
    recalculate(scope, &order).await?;
    let summary = format!(
        "{} on “{}”",
        summarize_counts(&[("added", added), ("changed", changed), ("removed", removed)]),
        job.data.title
    );
    let currency = scope.session().settings.currency;
    let event = LineChanges::of(&stored, &now).tell(order.event("lines.saved", summary), currency);
    audit::record(scope, event).await?;
    Ok(asked)
}

/// `None` is a new one.
fn id_of(input: &LineInput) -> AppResult<Option<LineId>> {
    match input.line.as_str() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| AppError::NotFound),
    }
}

fn cost<'l>(lines: impl Iterator<Item = &'l LineInput>) -> Totals {
    let amounts: Vec<_> = lines.map(LineInput::amounts).collect();
    totals(&amounts)
}

pub(super) async fn stored(tx: &mut TenantTx, job: JobId) -> AppResult<HashMap<LineId, LineInput>> {
    let rows = sqlx::query!(
        r#"select id as "id: LineId", kind as "kind: LineKind", description, part_number, quantity_milli, unit_price_minor, tax_basis_points
             from lines where job_id = $1"#,
        job.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let input = LineInput {
                line: row.id.to_string(),
                kind: row.kind,
                description: row.description,
                part_number: row.part_number,
                quantity: Quantity(row.quantity_milli),
                unit_price: Money(row.unit_price_minor),
                tax: BasisPoints(row.tax_basis_points),
            };
            (row.id, input)
        })
        .collect())
}

async fn insert(
    tx: &mut TenantTx,
    order: WorkOrderId,
    job: JobId,
    position: i32,
    input: &LineInput,
) -> AppResult<LineId> {
    let id = LineId::new(tx.new_uuid());
    sqlx::query!(
        "insert into lines (id, work_order_id, job_id, position, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.uuid(), order.uuid(), job.uuid(), position, input.kind.name(), input.description, input.part_number,
        input.quantity.0, input.unit_price.0, input.tax.0
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

async fn update(tx: &mut TenantTx, id: LineId, input: &LineInput) -> AppResult<()> {
    sqlx::query!(
        "update lines set kind = $2, description = $3, part_number = $4, quantity_milli = $5, unit_price_minor = $6, tax_basis_points = $7 where id = $1",
        id.uuid(), input.kind.name(), input.description, input.part_number, input.quantity.0, input.unit_price.0, input.tax.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn remove(tx: &mut TenantTx, job: JobId, gone: Vec<LineId>) -> AppResult<u64> {
    if gone.is_empty() {
        return Ok(0);
    }
    let ids: Vec<_> = gone.into_iter().map(LineId::uuid).collect();
    let done = sqlx::query!(
        "delete from lines where job_id = $1 and id = any($2)",
        job.uuid(),
        &ids
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// `Added 2 lines and changed 1`: what happened, not what did not.
fn summarize_counts(counts: &[(&str, u64)]) -> String {
    let mut counts = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .enumerate()
        .map(|(at, (verb, count))| {
            let lines = match (at, count) {
                (0, 1) => " line",
                (0, _) => " lines",
                _ => "",
            };
            format!("{verb} {count}{lines}")
        });
    let (first, more): (Option<String>, Vec<String>) = (counts.next(), counts.collect());
    let sentence = match (first, more.as_slice()) {
        (None, _) => return String::new(),
        (Some(first), []) => first,
        (Some(first), [second]) => format!("{first} and {second}"),
        (Some(first), [second, rest @ ..]) => format!("{first}, {second} and {}", rest.join(", ")),
    };
    text::capital(&sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_to_lines_is_a_sentence() {
        let summary = |added, changed, removed| {
            summarize_counts(&[("added", added), ("changed", changed), ("removed", removed)])
        };
        assert_eq!(summary(1, 0, 0), "Added 1 line");
        assert_eq!(summary(2, 1, 0), "Added 2 lines and changed 1");
        assert_eq!(summary(0, 0, 3), "Removed 3 lines");
        assert_eq!(summary(1, 2, 3), "Added 1 line, changed 2 and removed 3");
    }
}

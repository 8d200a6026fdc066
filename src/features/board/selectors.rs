//! The board's one read.
use super::model::{BoardView, Card, Promise};
use crate::domain::order::{Phase, number_text};
use crate::kernel::permission::{EditWorkOrders, ViewFigures};
use crate::server::db::tenant::Session;
use crate::server::orders;
use crate::server::prelude::*;
use crate::ui::data::Chip;
use chrono::{DateTime, TimeDelta, Utc};

/// More open orders than this are a backlog, not a board.
const MOST: usize = 300;

struct Row {
    id: WorkOrderId,
    number: i64,
    branch: BranchId,
    phase: Phase,
    plate: String,
    serial: String,
    make: String,
    model: String,
    customer: String,
    promised_at: Option<DateTime<Utc>>,
    phase_since: DateTime<Utc>,
    waiting: bool,
    urgent: bool,
    attention: bool,
    key_tag: String,
    total: Money,
    technicians: Vec<String>,
    undecided: bool,
}

/// Open work orders with what a card shows, the nearest promise first.
pub async fn on_board(tx: &mut TenantTx) -> AppResult<BoardView> {
    let branches = tx.session().branch_filter();
    let mut rows = sqlx::query_as!(
        Row,
        r#"
        select w.id as "id: WorkOrderId", w.number, w.branch_id as "branch: BranchId", w.phase as "phase: Phase"
             , a.plate, a.serial, a.make, a.model, c.name as customer
             , w.promised_at, w.phase_since, w.waiting, w.urgent, w.key_tag, w.attention_since is not null as "attention!", w.total_minor as "total: Money"
             , array(select distinct m.name from job_technicians t join members m on (m.org_id, m.id) = (t.org_id, t.member_id)
                      where (t.org_id, t.work_order_id) = (w.org_id, w.id) order by m.name) as "technicians!"
             , exists (select from jobs j where (j.org_id, j.work_order_id) = (w.org_id, w.id)
                        and j.decision = 'open' and j.payer = 'customer') as "undecided!"
          from work_orders w
          join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
          join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
         where w.closed_at is null and w.branch_id = any($1)
         order by w.promised_at, w.id
         limit $2"#,
        &branches,
        MOST as i64 + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    let (session, now) = (tx.session().clone(), tx.now());
    let ids: Vec<WorkOrderId> = rows.iter().map(|row| row.id).collect();
    let mut chips = orders::chips(tx, &ids).await?;
    let mut card = |row: Row| {
        let chips = chips.remove(&row.id).unwrap_or_default();
        card(row, chips, &session, now)
    };
    Ok(BoardView {
        terms: tx.session().terms(),
        cards: rows.into_iter().map(&mut card).collect(),
        cut,
    })
}

fn card(row: Row, chips: Vec<Chip>, session: &Session, now: DateTime<Utc>) -> Card {
    let branch = session.branch(row.branch).ok();
    let zone = branch.as_ref().map_or(chrono_tz::UTC, |b| b.time_zone);
    let code = branch.map(|b| b.code).unwrap_or_default();
    let sees_money = session.allows::<EditWorkOrders>() || session.allows::<ViewFigures>();
    Card {
        id: row.id.to_string(),
        number: number_text(&code, row.number),
        phase: row.phase,
        plate: if row.plate.is_empty() {
            row.serial
        } else {
            row.plate
        },
        asset: format!("{} {}", row.make, row.model).trim().to_owned(),
        customer: row.customer,
        promised: row
            .promised_at
            .map(|at| promised(at, now, session.locale(), zone))
            .unwrap_or_default(),
        promise: nearness(row.promised_at, row.phase, now),
        waiting: row.waiting,
        urgent: row.urgent,
        attention: row.attention,
        key_tag: kept_at(session.terms(), &row.key_tag),
        technicians: row.technicians,
        money: if sees_money {
            session.settings.currency.show(row.total)
        } else {
            String::new()
        },
        dwell: dwell(now - row.phase_since),
        undecided: row.undecided,
        chips,
    }
}

/// `today 16:30`, `tomorrow 09:00`, `Tue 24 Nov 16:30`, in the branch's zone.
fn promised(at: DateTime<Utc>, now: DateTime<Utc>, locale: Locale, zone: chrono_tz::Tz) -> String {
    let (day, today) = (
        at.with_timezone(&zone).date_naive(),
        now.with_timezone(&zone).date_naive(),
    );
    let day = match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        _ => locale.weekday_and_day(day),
    };
    format!("{day} {}", locale.time_at(at, &zone))
}

fn nearness(at: Option<DateTime<Utc>>, phase: Phase, now: DateTime<Utc>) -> Promise {
    match at {
        _ if phase == Phase::Ready => Promise::Kept,
        Some(at) if at < now => Promise::Past,
        Some(at) if at - now <= TimeDelta::hours(1) => Promise::Soon,
        _ => Promise::Later,
    }
}

fn dwell(time: TimeDelta) -> String {
    match (time.num_days(), time.num_hours()) {
        (0, 0) => format!("{} min", time.num_minutes().max(0)),
        (0, hours) => format!("{hours} h"),
        (days, _) => format!("{days} d"),
    }
}

/// `Key 12`, `Shelf 3`.
fn kept_at(terms: Terms, tag: &str) -> String {
    match tag {
        "" => String::new(),
        tag => format!("{} {tag}", terms.examples().place),
    }
}

//! Three reads: the counts, what is due, the money.
use super::model::{Due, Figures, Sum, Work};
use crate::domain::order::Phase;
use crate::kernel::time::Month;
use crate::server::prelude::*;

/// Orders that the list of what is due holds at most.
const MOST: i64 = 8;
/// Months in the chart.
const MONTHS: usize = 6;

/// Open work by phase, what is late, and what came in today at each branch.
pub(super) async fn work(tx: &mut TenantTx) -> AppResult<Work> {
    let (branches, now) = (tx.session().branch_filter(), tx.now());
    let rows = sqlx::query!(
        r#"
        select w.phase as "word!", count(*) as "orders!", count(*) filter (where w.promised_at < $2 and w.phase <> 'ready') as "late!"
          from work_orders w
         where w.closed_at is null and w.branch_id = any($1)
         group by w.phase
        union all
        select 'arrived', coalesce(sum(today.orders), 0)::bigint, 0
          from branches b
         cross join lateral (select count(*) as orders from work_orders w
                              where w.branch_id = b.id
                                -- In a select of its own it leaks nothing for the planner, so the index knows midnight.
                                and w.created_at >= (select date_trunc('day', $2::timestamptz at time zone b.time_zone) at time zone b.time_zone)) today
         where b.id = any($1)"#,
        &branches, now
    )
    .fetch_all(tx.conn())
    .await?;
    let mut work = Work::default();
    for row in &rows {
        match Phase::parse(&row.word) {
            Some(phase) => work.phases.push((phase, row.orders)),
            None => work.arrived = row.orders,
        }
        work.overdue += row.late;
    }
    work.phases.sort_by_key(|(phase, _)| *phase);
    Ok(work)
}

/// Orders that are not ready, the nearest promise first.
pub(super) async fn due(tx: &mut TenantTx) -> AppResult<Vec<Due>> {
    let branches = tx.session().branch_filter();
    let rows = sqlx::query_as!(
        Due,
        r#"
        select w.id as "id: WorkOrderId", w.number, w.branch_id as "branch: BranchId", b.code as branch_code, w.phase as "phase: Phase"
             , w.promised_at, w.waiting, app.asset_mark(a.plate, a.serial) as "plate!"
             , concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')) as "asset!", c.name as about
          from work_orders w
          join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
          join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
          join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
         where w.closed_at is null and w.phase <> 'ready' and w.promised_at is not null and w.branch_id = any($1)
         order by w.promised_at, w.id
         limit $2"#,
        &branches, MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// Orders with jobs of the member that are not finished, the nearest promise first.
pub(super) async fn mine(tx: &mut TenantTx) -> AppResult<Vec<Due>> {
    let (branches, member) = (tx.session().branch_filter(), tx.session().member().uuid());
    let rows = sqlx::query_as!(
        Due,
        r#"
        select w.id as "id: WorkOrderId", w.number, w.branch_id as "branch: BranchId", b.code as branch_code, w.phase as "phase: Phase"
             , w.promised_at, w.waiting, app.asset_mark(a.plate, a.serial) as "plate!"
             , concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')) as "asset!"
             , (select string_agg(j.title, ', ' order by j.position)
                  from job_technicians t join jobs j on (j.org_id, j.id) = (t.org_id, t.job_id)
                 where (t.org_id, t.work_order_id) = (w.org_id, w.id) and t.member_id = $2
                   and j.work_state <> 'finished' and j.decision <> 'declined') as "about!"
          from work_orders w
          join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
          join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
         where w.closed_at is null and w.branch_id = any($1)
           and exists (select from job_technicians t join jobs j on (j.org_id, j.id) = (t.org_id, t.job_id)
                        where (t.org_id, t.work_order_id) = (w.org_id, w.id) and t.member_id = $2
                          and j.work_state <> 'finished' and j.decision <> 'declined')
         order by w.promised_at, w.id
         limit $3"#,
        &branches, member, MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// Invoiced and collected by month, and what is owed today. The same conditions as the lists that the figures lead to.
pub(super) async fn figures(tx: &mut TenantTx, month: Month) -> AppResult<Figures> {
    let (branches, now) = (tx.session().branch_filter(), tx.now());
    let months: Vec<Month> = last_months(month);
    let (firsts, ends): (Vec<_>, Vec<_>) = months.iter().map(|one| (one.first(), one.end())).unzip();
    let rows = sqlx::query!(
        r#"
        select 'invoiced' as "word!", m.first as month, i.count as "count!", i.amount as "amount!: Money"
          from unnest($2::date[], $3::date[]) m(first, next)
         cross join lateral (select count(*), coalesce(sum(case i.kind when 'credit_note' then -i.total_minor else i.total_minor end), 0)::bigint as amount
                               from invoices i
                              where i.state = 'posted' and i.branch_id = any($1) and i.issued_on >= m.first and i.issued_on < m.next) i
        union all
        select 'collected', null, count(*), coalesce(sum(p.amount_minor), 0)::bigint
          from payments p
         where p.branch_id = any($1) and p.received_on >= $4 and p.received_on < $5
        union all
        select case when b.due_on < ($6::timestamptz at time zone br.time_zone)::date then 'overdue' else 'not due' end, null, count(*), sum(b.open_minor)::bigint
          from invoice_balances b
          join branches br on (br.org_id, br.id) = (b.org_id, b.branch_id)
         where b.open_minor > 0 and b.branch_id = any($1)
         group by 1"#,
        &branches,
        &firsts,
        &ends,
        month.first(),
        month.end(),
        now
    )
    .fetch_all(tx.conn())
    .await?;
    let sum = |word: &str, of: Option<Month>| {
        let of = of.map(Month::first);
        let row = rows.iter().find(|row| row.word == word && row.month == of);
        row.map_or(Sum::default(), |row| Sum {
            count: row.count,
            amount: row.amount,
        })
    };
    let (overdue, not_due) = (sum("overdue", None), sum("not due", None));
    Ok(Figures {
        month,
        invoiced: months
            .into_iter()
            .map(|one| (one, sum("invoiced", Some(one))))
            .collect(),
        collected: sum("collected", None),
        open: Sum {
            count: overdue.count + not_due.count,
            amount: overdue.amount + not_due.amount,
        },
        overdue,
    })
}

fn last_months(month: Month) -> Vec<Month> {
    let mut months: Vec<_> = std::iter::successors(Some(month), |month| Some(month.previous()))
        .take(MONTHS)
        .collect();
    months.reverse();
    months
}

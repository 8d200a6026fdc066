//! The list: newest first by key, or what a search finds.
use crate::domain::order::Phase;
use crate::features::work_orders::view::ListRow;
use crate::kernel::page::{Cursor, Slice};
use crate::server::orders::{self, Narrowing, OrderFilter};
use crate::server::prelude::*;
use chrono::{DateTime, Utc};
use uuid::Uuid;

const PAGE: i64 = 25;

/// Which orders a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    Open,
    Closed,
    All,
    /// Received since the branch's midnight.
    Today,
    /// Promised for a time that is over, and not ready.
    Overdue,
    /// A note calls for attention.
    Attention,
    Phase(Phase),
}

impl Filter {
    /// From a link; an unknown word is the open orders.
    pub fn parse(name: &str) -> Self {
        match name {
            "closed" => Self::Closed,
            "all" => Self::All,
            "today" => Self::Today,
            "overdue" => Self::Overdue,
            "attention" => Self::Attention,
            _ => Phase::parse(name).map_or(Self::Open, Self::Phase),
        }
    }
    /// Whether it shows what was closed.
    const fn reaches_back(self) -> bool {
        match self {
            Self::Closed | Self::All => true,
            Self::Open | Self::Today | Self::Overdue | Self::Attention => false,
            Self::Phase(phase) => !phase.is_open(),
        }
    }
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::All => "all",
            Self::Today => "today",
            Self::Overdue => "overdue",
            Self::Attention => "attention",
            Self::Phase(phase) => phase.name(),
        }
    }
}

/// What a row shows, of the orders `w` that a source gives.
macro_rules! rows {
    (@ $last:literal, $source:literal, $which:literal, $order:literal, $($arg:expr),+) => {
        sqlx::query_as!(
            ListRow,
            r#"select w.id as "id: WorkOrderId", w.number, b.code as branch_code, w.branch_id as "branch: BranchId", w.phase as "phase: Phase"
                    , w.waiting, w.urgent, w.closed_at is null and w.attention_since is not null as "attention!", w.promised_at, w.created_at, w.total_minor, c.name as customer
                    , app.asset_mark(a.plate, a.serial) as "plate!"
                    , concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')) as "asset!"
                    , (select coalesce(string_agg(distinct m.name, ', '), '') from job_technicians t
                         join members m on (m.org_id, m.id) = (t.org_id, t.member_id)
                        where (t.org_id, t.work_order_id) = (w.org_id, w.id)) as "technicians!"
                 from ("# + $source + $which + $order + r#") w
                 join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
                 join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
                 join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
                order by "# + $last,
            $($arg),+
        )
    };
    ($source:literal, $which:literal, $order:literal, $($arg:expr),+) => {
        rows!(@ "w.created_at desc, w.id desc", $source, $which, $order, $($arg),+)
    };
}

/// The first orders of each branch, from which come the first of all: `$1` branches, `$2` and `$3` the cursor, `$4` how many. One
/// text for each filter, so that each keeps an index of its own.
macro_rules! newest {
    ($which:literal, $($arg:expr),+) => {
        rows!(
            "select w.* from branches own cross join lateral (
               select * from work_orders w where w.branch_id = own.id and (w.created_at, w.id) < ($2, $3) and ",
            $which,
            " order by w.created_at desc, w.id desc limit $4) w where own.id = any($1) order by w.created_at desc, w.id desc limit $4",
            $($arg),+
        )
    };
}

/// In which order the open ones are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenOrder {
    OldestFirst,
    PromisedFirst,
}

/// Open orders of the chosen branch (or all of the member's) otherwise than newest first, from the row after this one on.
pub async fn open_by(tx: &mut TenantTx, order: OpenOrder, after: Option<Uuid>) -> AppResult<Slice<ListRow>> {
    let branches = tx.session().branch_filter();
    let last = match after {
        Some(id) => {
            sqlx::query!(
                "select id, created_at, promised_at from work_orders where id = $1",
                id
            )
            .fetch_optional(tx.conn())
            .await?
        }
        None => None,
    };
    let id = last.as_ref().map_or(Uuid::nil(), |row| row.id);
    let rows = match order {
        OpenOrder::OldestFirst => {
            rows!(@
                "w.created_at, w.id",
                "select w.* from branches own cross join lateral (
                   select * from work_orders w where w.branch_id = own.id and w.closed_at is null and ",
                "(w.created_at, w.id) > ($2, $3)",
                " order by w.created_at, w.id limit $4) w where own.id = any($1) order by w.created_at, w.id limit $4",
                &branches,
                last.map_or(DateTime::<Utc>::UNIX_EPOCH, |row| row.created_at),
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
        // What is not promised comes last: an order without a promise is past all that have one.
        OpenOrder::PromisedFirst => {
            let promised = match last {
                Some(row) => row.promised_at,
                None => Some(DateTime::<Utc>::UNIX_EPOCH),
            };
            rows!(@
                "w.promised_key, w.id",
                "select w.* from branches own cross join lateral (
                   select * from work_orders w where w.branch_id = own.id and w.closed_at is null and ",
                "(w.promised_key, w.id) > (coalesce($2::timestamptz, 'infinity'), $3)",
                " order by w.promised_key, w.id limit $4) w where own.id = any($1) order by w.promised_key, w.id limit $4",
                &branches,
                promised,
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
    };
    Ok(Slice::after_last(rows, PAGE as usize, |row| row.id.uuid()))
}

/// Orders of the chosen branch (or all of the member's), newest first.
pub async fn list(tx: &mut TenantTx, filter: Filter, from: Cursor) -> AppResult<Slice<ListRow>> {
    let branches = tx.session().branch_filter();
    let (at, id, most, now) = (from.at(), from.id, PAGE + 1, tx.now());
    let rows = match filter {
        // What is open is little; a past is read from what names them.
        _ if filter.reaches_back() && tx.session().sees_assigned_only() => {
            let phase = match filter {
                Filter::Phase(phase) => phase.name(),
                _ => "",
            };
            rows!(
                "select w.* from (select distinct t.org_id, t.opened_at, t.work_order_id from job_technicians t
                                   where t.member_id = $5 and (t.opened_at, t.work_order_id) < ($2, $3)
                                   order by t.opened_at desc, t.work_order_id desc) own
                   join work_orders w on (w.org_id, w.id) = (own.org_id, own.work_order_id)
                  where w.branch_id = any($1)",
                " and (not $6 or w.closed_at is not null) and ($7 = '' or w.phase = $7)",
                " order by own.opened_at desc, own.work_order_id desc limit $4",
                &branches,
                at,
                id,
                most,
                tx.session().member().uuid(),
                filter == Filter::Closed,
                phase
            )
            .fetch_all(tx.conn())
            .await?
        }
        Filter::Open => {
            newest!("w.closed_at is null", &branches, at, id, most)
                .fetch_all(tx.conn())
                .await?
        }
        Filter::Closed => {
            newest!("w.closed_at is not null", &branches, at, id, most)
                .fetch_all(tx.conn())
                .await?
        }
        Filter::All => {
            newest!("true", &branches, at, id, most)
                .fetch_all(tx.conn())
                .await?
        }
        Filter::Today => {
            newest!(
                // In a select of its own it leaks nothing for the planner, so the index knows midnight.
                "w.created_at >= (select date_trunc('day', $5::timestamptz at time zone own.time_zone) at time zone own.time_zone)",
                &branches,
                at,
                id,
                most,
                now
            )
            .fetch_all(tx.conn())
            .await?
        }
        Filter::Overdue => {
            newest!(
                "w.closed_at is null and w.promised_at < $5 and w.phase <> 'ready'",
                &branches,
                at,
                id,
                most,
                now
            )
            .fetch_all(tx.conn())
            .await?
        }
        Filter::Attention => {
            newest!(
                "w.closed_at is null and w.attention_since is not null",
                &branches,
                at,
                id,
                most
            )
            .fetch_all(tx.conn())
            .await?
        }
        Filter::Phase(phase) => {
            newest!("w.phase = $5", &branches, at, id, most, phase.name())
                .fetch_all(tx.conn())
                .await?
        }
    };
    Ok(slice(rows))
}

/// What features offer to narrow the list by, and the orders that are left `with` one of their choices; none where that is no choice.
pub async fn narrowed(
    tx: &mut TenantTx,
    with: &str,
    filter: Filter,
    from: Cursor,
) -> AppResult<(Vec<OrderFilter>, Option<Slice<ListRow>>)> {
    let phase = match filter {
        Filter::Phase(phase) => Some(phase),
        _ => None,
    };
    let narrowing = Narrowing {
        with: with.to_owned(),
        phase,
        from,
        most: PAGE + 1,
    };
    let filters = orders::filters(tx, &narrowing).await?;
    let found = filters.iter().find_map(|filter| filter.found.as_ref());
    let Some((_, found)) = found else {
        return Ok((filters, None));
    };
    let ids: Vec<Uuid> = found.iter().map(|order| order.uuid()).collect();
    let rows = rows!("select w.* from work_orders w where ", "w.id = any($1)", "", &ids)
        .fetch_all(tx.conn())
        .await?;
    Ok((filters, Some(slice(rows))))
}

fn slice(rows: Vec<ListRow>) -> Slice<ListRow> {
    Slice::from_rows(rows, PAGE as usize, |row| (row.created_at, row.id.uuid()))
}

/// Orders by number (`B1-1042`, `1042`), or of the customers and vehicles that the words find: at most one page. What is only
/// similar is for the search box, which says so.
pub async fn search(tx: &mut TenantTx, query: &str) -> AppResult<Vec<ListRow>> {
    let branches = tx.session().branch_filter();
    if let Some((code, number)) = as_number(query) {
        let found = rows!(
            "select w.* from work_orders w join branches own on (own.org_id, own.id) = (w.org_id, w.branch_id) where w.branch_id = any($1) and ",
            "w.number = $2 and (own.code = $3 or $3 = '')",
            " order by w.created_at desc, w.id desc limit 25",
            &branches,
            number,
            code
        )
        .fetch_all(tx.conn())
        .await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let hits = sqlx::query!(
        r#"select kind as "kind!", entity_id as "id!" from search.find($1, 20) where near = ''"#,
        query
    )
    .fetch_all(tx.conn())
    .await?;
    let of = |kind: &str| -> Vec<Uuid> {
        hits.iter()
            .filter(|hit| hit.kind == kind)
            .map(|hit| hit.id)
            .collect()
    };
    let (orders, customers, assets) = (of("work_order"), of("customer"), of("asset"));
    Ok(rows!(
        "select w.* from work_orders w where w.branch_id = any($1) and ",
        "(w.id = any($2) or w.customer_id = any($3) or w.asset_id = any($4))",
        " order by w.created_at desc, w.id desc limit 25",
        &branches,
        &orders,
        &customers,
        &assets
    )
    .fetch_all(tx.conn())
    .await?)
}

/// `B1-1042` is the branch's, `1042` or `#1042` any branch's.
fn as_number(query: &str) -> Option<(String, i64)> {
    let text = query.trim().trim_start_matches('#').to_uppercase();
    let (code, digits) = text.rsplit_once('-').unwrap_or(("", &text));
    let number = digits.trim().parse().ok().filter(|number| *number > 0)?;
    Some((code.trim().to_owned(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_with_and_without_its_branch() {
        assert_eq!(as_number("b1-1042"), Some(("B1".into(), 1042)));
        assert_eq!(as_number(" #7 "), Some((String::new(), 7)));
        assert_eq!(as_number("M-AB 123x"), None);
        assert_eq!(as_number(""), None);
    }
}

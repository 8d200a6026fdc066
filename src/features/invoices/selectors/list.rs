//! The list, its filters and the sums under it: rows and sums read the same conditions, so they always agree.
use super::super::model::{InvoiceRow, Sums};
use crate::domain::billing::{InvoiceState, Kind};
use crate::kernel::page::{Cursor, Slice, day_key};
use crate::kernel::text_enum;
use crate::kernel::time::Month;
use crate::server::prelude::*;
use chrono::{DateTime, Utc};
use uuid::Uuid;

const PAGE: i64 = 25;

text_enum! {
    /// Which documents to list; in links as `?state=`.
    #[derive(Default)]
    pub enum Filter {
        #[default]
        All = "all", "All";
        Draft = "draft", "Drafts";
        Open = "open", "Open";
        Overdue = "overdue", "Overdue";
        Paid = "paid", "Paid";
    }
}

impl Filter {
    /// The states that it shows, as the database writes them.
    fn states(self) -> Vec<String> {
        use InvoiceState as State;
        let states = match self {
            Self::All => State::ALL.to_vec(),
            Self::Draft => vec![State::Draft],
            Self::Open => vec![State::Open, State::PartPaid, State::Overdue],
            Self::Overdue => vec![State::Overdue],
            Self::Paid => vec![State::Paid],
        };
        states.into_iter().map(|state| state.name().to_owned()).collect()
    }
}

/// In which other order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    OldestFirst,
    /// What is due soonest; only where something is open.
    DueFirst,
    /// The largest amount that is open; only where something is.
    LargestFirst,
}

/// The first documents of each branch, from which come the first of all; `$1` branches, `$2` now, `$3` states, `$4` and `$5` the
/// cursor, `$6` how many. The order is said twice: within a branch, where an index has it, and of all.
macro_rules! rows {
    ($which:literal, $within:literal, $order:literal, $($arg:expr),+) => {
        sqlx::query_as!(
            InvoiceRow,
            r#"
            select i.id as "id: InvoiceId", i.kind as "kind: Kind", i.number_text as number, coalesce(i.buyer ->> 'name', c.name) as "customer!"
                 , (select concat_ws(' · ', app.order_number(ob.code, w.number), nullif(trim(a.make || ' ' || a.model), ''), nullif(app.asset_mark(a.plate, a.serial), ''))
                      from invoice_work_orders iw
                      join work_orders w on (w.org_id, w.id) = (iw.org_id, iw.work_order_id)
                      join branches ob on (ob.org_id, ob.id) = (w.org_id, w.branch_id)
                      join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
                     where (iw.org_id, iw.invoice_id) = (i.org_id, i.id) order by w.id limit 1) as about
                 , i.issued_on, i.due_on, i.currency, i.total_minor as "total: Money", coalesce(i.open_minor, 0) as "open!: Money", i.created_at
                 , i.standing as "state!: InvoiceState"
              from (select i.* from branches own cross join lateral (
                      select i.*, b.open_minor, s.standing
                        from invoices i
                        left join invoice_balances b on (b.org_id, b.invoice_id) = (i.org_id, i.id)
                        left join invoices v on (v.org_id, v.corrects_id) = (i.org_id, i.id) and v.state = 'posted'
                       cross join lateral (select app.document_state(i.kind, i.state, v.id is not null, b.open_minor, b.paid_minor, b.due_on,
                                                    ($2::timestamptz at time zone own.time_zone)::date) as standing) s
                       where i.branch_id = own.id and s.standing = any($3) and "# + $which + " order by " + $within + " limit $6) i
                     where own.id = any($1) order by " + $order + r#" limit $6) i
              join customers c on (c.org_id, c.id) = (i.org_id, i.customer_id)
             order by "# + $order,
            $($arg),+
        )
    };
}

/// Documents otherwise than newest first, from the row after this one on.
pub async fn list_by(
    tx: &mut TenantTx,
    filter: Filter,
    order: Order,
    branches: &[Uuid],
    after: Option<Uuid>,
) -> AppResult<Slice<InvoiceRow>> {
    let (now, states) = (tx.now(), filter.states());
    let last = match after {
        Some(id) => {
            sqlx::query!(
                r#"select i.id, i.created_at, b.due_on as "due_on?", b.open_minor as "open_minor?"
                     from invoices i left join invoice_balances b on (b.org_id, b.invoice_id) = (i.org_id, i.id) where i.id = $1"#,
                id
            )
            .fetch_optional(tx.conn())
            .await?
        }
        None => None,
    };
    let id = last.as_ref().map_or(Uuid::nil(), |row| row.id);
    let rows = match order {
        Order::OldestFirst => {
            rows!(
                "(i.created_at, i.id) > ($4, $5)",
                "i.created_at, i.id",
                "i.created_at, i.id",
                branches,
                now,
                &states,
                last.map_or(DateTime::<Utc>::UNIX_EPOCH, |row| row.created_at),
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
        Order::DueFirst => {
            rows!(
                "b.open_minor > 0 and b.branch_id = own.id and (b.due_on, b.invoice_id) > ($4, $5)",
                "b.due_on, b.invoice_id",
                "i.due_on, i.id",
                branches,
                now,
                &states,
                last.and_then(|row| row.due_on)
                    .unwrap_or(DateTime::<Utc>::UNIX_EPOCH.date_naive()),
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
        Order::LargestFirst => {
            let id = if last.is_some() { id } else { Uuid::max() };
            rows!(
                "b.open_minor >= 1 and b.branch_id = own.id and (b.open_minor, b.invoice_id) < ($4, $5)",
                "b.open_minor desc, b.invoice_id desc",
                "i.open_minor desc, i.id desc",
                branches,
                now,
                &states,
                last.and_then(|row| row.open_minor).unwrap_or(i64::MAX),
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
    };
    Ok(Slice::after_last(rows, PAGE as usize, |row| row.id.uuid()))
}

/// Documents of `branches`, newest first: by the day of issue in a month, by the day on which they are due where they are
/// open, else by when they were made. Each order has an index of its own.
pub async fn list(
    tx: &mut TenantTx,
    filter: Filter,
    month: Option<Month>,
    branches: &[Uuid],
    from: Cursor,
) -> AppResult<Slice<InvoiceRow>> {
    let (now, states, at, day, id) = (
        tx.now(),
        filter.states(),
        from.at(),
        from.at().date_naive(),
        from.id,
    );
    let rows = match (month, filter) {
        (Some(month), _) => {
            rows!(
                "i.state = 'posted' and i.issued_on >= $7 and i.issued_on < $8 and (i.issued_on, i.id) < ($4, $5)",
                "i.issued_on desc, i.id desc",
                "i.issued_on desc, i.id desc",
                branches,
                now,
                &states,
                day,
                id,
                PAGE + 1,
                month.first(),
                month.end()
            )
            .fetch_all(tx.conn())
            .await?
        }
        (None, Filter::Draft) => {
            rows!(
                "i.state = 'draft' and (i.created_at, i.id) < ($4, $5)",
                "i.created_at desc, i.id desc",
                "i.created_at desc, i.id desc",
                branches,
                now,
                &states,
                at,
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
        (None, Filter::Open | Filter::Overdue) => {
            rows!(
                "b.open_minor > 0 and b.branch_id = own.id and (b.due_on, b.invoice_id) < ($4, $5)",
                "b.due_on desc, b.invoice_id desc",
                "i.due_on desc, i.id desc",
                branches,
                now,
                &states,
                day,
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
        (None, Filter::All | Filter::Paid) => {
            rows!(
                "(i.created_at, i.id) < ($4, $5)",
                "i.created_at desc, i.id desc",
                "i.created_at desc, i.id desc",
                branches,
                now,
                &states,
                at,
                id,
                PAGE + 1
            )
            .fetch_all(tx.conn())
            .await?
        }
    };
    Ok(Slice::from_rows(rows, PAGE as usize, |row| {
        let day = match (month, filter) {
            (Some(_), _) => row.issued_on,
            (None, Filter::Open | Filter::Overdue) => row.due_on,
            _ => None,
        };
        (day.map_or(row.created_at, day_key), row.id.uuid())
    }))
}

/// The sums of what [`list`] shows on all its pages together. Only for what is bounded: a month, or what is open.
pub async fn sums(
    tx: &mut TenantTx,
    filter: Filter,
    month: Option<Month>,
    branches: &[Uuid],
) -> AppResult<Option<Sums>> {
    let (now, states) = (tx.now(), filter.states());
    let sums = match (month, filter) {
        (Some(month), _) => sqlx::query_as!(
            Sums,
            r#"
            select count(*) as "documents!", coalesce(sum(case i.kind when 'credit_note' then -i.total_minor else i.total_minor end), 0)::bigint as "total!: Money"
                 , coalesce(sum(b.open_minor), 0)::bigint as "open!: Money"
              from invoices i
              join branches br on (br.org_id, br.id) = (i.org_id, i.branch_id)
              left join invoice_balances b on (b.org_id, b.invoice_id) = (i.org_id, i.id)
              left join invoices v on (v.org_id, v.corrects_id) = (i.org_id, i.id) and v.state = 'posted'
             where i.branch_id = any($1)
               and app.document_state(i.kind, i.state, v.id is not null, b.open_minor, b.paid_minor, b.due_on, ($2::timestamptz at time zone br.time_zone)::date) = any($3)
               and i.state = 'posted' and i.issued_on >= $4 and i.issued_on < $5"#,
            branches, now, &states, month.first(), month.end()
        )
        .fetch_one(tx.conn())
        .await?,
        // What is open is a posted invoice that nothing voided: its balance says everything.
        (None, Filter::Open | Filter::Overdue) => sqlx::query_as!(
            Sums,
            r#"
            select count(*) as "documents!", coalesce(sum(b.total_minor), 0)::bigint as "total!: Money", coalesce(sum(b.open_minor), 0)::bigint as "open!: Money"
              from invoice_balances b
              join branches br on (br.org_id, br.id) = (b.org_id, b.branch_id)
             where b.branch_id = any($1) and b.open_minor > 0 and (not $3 or b.due_on < ($2::timestamptz at time zone br.time_zone)::date)"#,
            branches, now, filter == Filter::Overdue
        )
        .fetch_one(tx.conn())
        .await?,
        (None, _) => return Ok(None),
    };
    Ok(Some(sums))
}

//! The list, its filters and the sums under it: rows and sums read the same conditions, so they always agree.
use super::super::model::{InvoiceRow, InvoiceState, Kind, Sums};
use crate::kernel::page::{Cursor, Page};
use crate::kernel::time::Month;
use crate::server::prelude::*;
use uuid::Uuid;

const PAGE: i64 = 25;

/// Which documents to list; in links as `?state=`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Draft,
    Open,
    Overdue,
    Paid,
}

impl Filter {
    pub const ALL: [Self; 5] = [Self::All, Self::Draft, Self::Open, Self::Overdue, Self::Paid];

    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Paid => "paid",
        }
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Draft => "Drafts",
            Self::Open => "Open",
            Self::Overdue => "Overdue",
            Self::Paid => "Paid",
        }
    }
    /// Anything unknown is everything.
    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|filter| filter.name() == name)
            .unwrap_or_default()
    }
    /// The states of [`InvoiceState`] that it shows, as the database writes them.
    fn states(self) -> Vec<String> {
        let states: &[&str] = match self {
            Self::All => &[
                "draft",
                "open",
                "part_paid",
                "overdue",
                "paid",
                "void",
                "credit_note",
            ],
            Self::Draft => &["draft"],
            Self::Open => &["open", "part_paid", "overdue"],
            Self::Overdue => &["overdue"],
            Self::Paid => &["paid"],
        };
        states.iter().map(|state| (*state).to_owned()).collect()
    }
}

/// Documents with a condition; `$1` branches, `$2` now, `$3` states.
macro_rules! rows {
    ($condition:literal, $($arg:expr),+) => {
        sqlx::query_as!(
            InvoiceRow,
            r#"
            select i.id as "id: InvoiceId", i.kind as "kind: Kind", i.number_text as number, coalesce(i.buyer ->> 'name', c.name) as "customer!"
                 , (select concat_ws(' · ', ob.code || '-' || w.number, nullif(trim(a.make || ' ' || a.model), ''), coalesce(nullif(a.plate, ''), nullif(a.serial, '')))
                      from invoice_work_orders iw
                      join work_orders w on (w.org_id, w.id) = (iw.org_id, iw.work_order_id)
                      join branches ob on (ob.org_id, ob.id) = (w.org_id, w.branch_id)
                      join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
                     where (iw.org_id, iw.invoice_id) = (i.org_id, i.id) order by w.id limit 1) as about
                 , i.issued_on, i.due_on, i.currency, i.total_minor as "total: Money", coalesce(b.open_minor, 0) as "open!: Money", i.created_at
                 , app.document_state(i.kind, i.state, v.id is not null, b.open_minor, b.paid_minor, b.due_on, ($2::timestamptz at time zone br.time_zone)::date) as "state!: InvoiceState"
              from invoices i
              join branches br on (br.org_id, br.id) = (i.org_id, i.branch_id)
              join customers c on (c.org_id, c.id) = (i.org_id, i.customer_id)
              left join invoice_balances b on (b.org_id, b.invoice_id) = (i.org_id, i.id)
              left join invoices v on (v.org_id, v.corrects_id) = (i.org_id, i.id) and v.state = 'posted'
             where i.branch_id = any($1)
               and app.document_state(i.kind, i.state, v.id is not null, b.open_minor, b.paid_minor, b.due_on, ($2::timestamptz at time zone br.time_zone)::date) = any($3)
               and (i.created_at, i.id) < ($4, $5)
            "# + $condition + " order by i.created_at desc, i.id desc limit $6",
            $($arg),+
        )
    };
}

/// Documents of `branches`, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &mut TenantTx,
    filter: Filter,
    month: Option<Month>,
    branches: &[Uuid],
    from: Cursor,
) -> AppResult<Page<InvoiceRow>> {
    let (now, states, at, id) = (tx.now(), filter.states(), from.at(), from.id);
    let rows = match (month, filter) {
        (Some(month), _) => {
            rows!(
                " and i.state = 'posted' and i.issued_on >= $7 and i.issued_on < $8",
                branches,
                now,
                &states,
                at,
                id,
                PAGE + 1,
                month.first(),
                month.end()
            )
            .fetch_all(tx.conn())
            .await?
        }
        (None, Filter::Draft) => {
            rows!(" and i.state = 'draft'", branches, now, &states, at, id, PAGE + 1)
                .fetch_all(tx.conn())
                .await?
        }
        (None, Filter::Open | Filter::Overdue) => {
            rows!(" and b.open_minor > 0", branches, now, &states, at, id, PAGE + 1)
                .fetch_all(tx.conn())
                .await?
        }
        (None, Filter::All | Filter::Paid) => {
            rows!("", branches, now, &states, at, id, PAGE + 1)
                .fetch_all(tx.conn())
                .await?
        }
    };
    Ok(Page::from_rows(rows, PAGE as usize, |row| {
        (row.created_at, row.id.uuid())
    }))
}

/// Sums with a condition; the parameters of [`rows`] without the page's.
macro_rules! sum {
    ($condition:literal, $($arg:expr),+) => {
        sqlx::query_as!(
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
            "# + $condition,
            $($arg),+
        )
    };
}

/// The sums of what [`list`] shows on all its pages together. Only for what is bounded: a month, or what is open.
///
/// # Errors
/// The database's.
pub async fn sums(
    tx: &mut TenantTx,
    filter: Filter,
    month: Option<Month>,
    branches: &[Uuid],
) -> AppResult<Option<Sums>> {
    let (now, states) = (tx.now(), filter.states());
    let sums = match (month, filter) {
        (Some(month), _) => {
            sum!(
                " and i.state = 'posted' and i.issued_on >= $4 and i.issued_on < $5",
                branches,
                now,
                &states,
                month.first(),
                month.end()
            )
            .fetch_one(tx.conn())
            .await?
        }
        (None, Filter::Open | Filter::Overdue) => {
            sum!(" and b.open_minor > 0", branches, now, &states)
                .fetch_one(tx.conn())
                .await?
        }
        (None, _) => return Ok(None),
    };
    Ok(Some(sums))
}

//! Reads: each filter is a range of an index of its own, walked backwards from a key.
use super::model::{EventRow, ExportRow, Filter, SignInRow};
use crate::kernel::page::{Cursor, Slice};
use crate::server::db::sign_ins::SignInOutcome;
use crate::server::prelude::*;
use uuid::Uuid;

const PAGE: i64 = 50;

/// A page's rows first, then what they are about, row by row: `limit 1` keeps the planner from reading a table for fifty of them. `$1` to `$5` are the same in every variant.
macro_rules! events {
    ($which:literal, $from:expr, $filter:expr $(, $arg:expr)*) => {
        sqlx::query_as!(
            EventRow,
            r#"select e.id, e.at, e.member_name as who, e.summary, e.detail, e.request_id, w.id as "order?: WorkOrderId"
                    , app.order_number(b.code, w.number) as number, b.time_zone as "time_zone?", c.id as "customer?: CustomerId", c.name as "customer_name?"
                 from (select * from audit_events e
                        where (e.at, e.id) < ($1, $2) and e.at >= $3 and ($4 = '' or strpos(lower(e.summary), $4) > 0) "#
                + $which
                + r#" order by e.at desc, e.id desc limit $5) e
                 left join lateral (select * from work_orders w where (w.org_id, w.id) = (e.org_id, e.work_order_id) limit 1) w on true
                 left join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
                 left join lateral (select * from customers c where (c.org_id, c.id) = (e.org_id, e.customer_id) limit 1) c on true
                order by e.at desc, e.id desc"#,
            $from.at(),
            $from.id,
            $filter.from.unwrap_or_default(),
            $filter.words,
            PAGE + 1
            $(, $arg)*
        )
    };
}

/// Events, newest first.
pub async fn events(tx: &mut TenantTx, filter: &Filter, from: Cursor) -> AppResult<Slice<EventRow>> {
    let from = earlier(from, filter);
    let (person, kind) = (filter.person.map(MemberId::uuid), filter.kind);
    let rows = match (filter.customer, person, kind) {
        (Some(customer), person, kind) => {
            events!(
                "and e.customer_id = $6 and ($7::uuid is null or e.member_id = $7) and ($8::text is null or e.entity = $8)",
                from, filter, customer.uuid(), person as Option<Uuid>, kind as Option<&str>
            )
            .fetch_all(tx.conn())
            .await?
        }
        (None, Some(person), None) => {
            events!("and e.member_id = $6", from, filter, person)
                .fetch_all(tx.conn())
                .await?
        }
        (None, Some(person), Some(kind)) => {
            events!("and e.member_id = $6 and e.entity = $7", from, filter, person, kind)
                .fetch_all(tx.conn())
                .await?
        }
        (None, None, Some(kind)) => {
            events!("and e.entity = $6", from, filter, kind)
                .fetch_all(tx.conn())
                .await?
        }
        (None, None, None) => events!("", from, filter).fetch_all(tx.conn()).await?,
    };
    Ok(Slice::from_rows(rows, PAGE as usize, |row| (row.at, row.id)))
}

/// The end of the period is a key like any other: whatever is earlier is where the page begins.
fn earlier(from: Cursor, filter: &Filter) -> Cursor {
    match filter.until {
        Some(until) if until.timestamp_micros() <= from.micros => Cursor {
            micros: until.timestamp_micros(),
            id: Uuid::nil(),
        },
        _ => from,
    }
}

/// Sign-ins and failed tries at this workshop's people, newest first.
pub async fn sign_ins(
    tx: &mut TenantTx,
    person: Option<MemberId>,
    outcome: Option<SignInOutcome>,
    from: Cursor,
) -> AppResult<Slice<SignInRow>> {
    let rows = sqlx::query_as!(
        SignInRow,
        r#"select id as "id!", at as "at!", member_name as "who!", outcome as "outcome!: SignInOutcome", address as "address!", user_agent as "user_agent!"
             from auth.list_sign_ins($1, $2, $3, $4, $5)"#,
        from.at(),
        from.id,
        person.map(MemberId::uuid) as Option<Uuid>,
        outcome.map_or("", SignInOutcome::name),
        PAGE as i32 + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Slice::from_rows(rows, PAGE as usize, |row| (row.at, row.id)))
}

/// What left the workshop, newest first.
pub async fn exports(tx: &mut TenantTx, from: Cursor) -> AppResult<Slice<ExportRow>> {
    let rows = sqlx::query_as!(
        ExportRow,
        r#"select id, at, member_name as who, what, row_count as rows from export_events
            where (at, id) < ($1, $2) order by at desc, id desc limit $3"#,
        from.at(),
        from.id,
        PAGE + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Slice::from_rows(rows, PAGE as usize, |row| (row.at, row.id)))
}

/// Everybody who ever worked here, for the filters.
pub async fn people(tx: &mut TenantTx) -> AppResult<Vec<(MemberId, String)>> {
    let rows = sqlx::query!(r#"select id as "id: MemberId", name from members order by lower(name), id"#)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

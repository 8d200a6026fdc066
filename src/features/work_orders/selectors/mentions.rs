//! What colleagues wrote to a member who did not read it yet.
use crate::domain::order::number_text;
use crate::features::work_orders::view::Mention;
use crate::server::prelude::*;

/// More than this is not a list but a backlog: the older ones follow when these are read.
pub(in crate::features::work_orders) const MOST: usize = 20;

/// Unread notes that name this member, on orders they may see, the newest first; one more than are shown where there are more.
pub async fn mentions(tx: &mut TenantTx) -> AppResult<Vec<Mention>> {
    let me = tx.session().member().uuid();
    let rows = sqlx::query!(
        r#"select w.id as "order: WorkOrderId", n.id as "note: NoteId", w.number, b.code, b.time_zone, n.body, n.at, p.name as by
                , app.asset_mark(a.plate, a.serial) as "mark!", a.plate <> '' as "plated!"
             from note_mentions x
             join notes n on (n.org_id, n.id) = (x.org_id, x.note_id)
             join members p on (p.org_id, p.id) = (n.org_id, n.member_id)
             join work_orders w on (w.org_id, w.id) = (x.org_id, x.work_order_id)
             join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
             join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
            where x.member_id = $1 and x.seen_at is null
            order by n.at desc, n.id desc limit $2"#,
        me,
        MOST as i64 + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Mention {
            order: row.order,
            note: row.note,
            number: number_text(&row.code, row.number),
            zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
            mark: row.mark,
            plated: row.plated,
            by: row.by,
            body: row.body,
            at: row.at,
        })
        .collect())
}

//! Reads.
use super::model::CustomerRow;
use crate::kernel::page::{Cursor, Page};
use crate::server::prelude::*;

const PAGE: i64 = 25;

/// Customers, newest first.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut TenantTx, from: Cursor) -> AppResult<Page<CustomerRow>> {
    let rows = sqlx::query_as!(
        CustomerRow,
        r#"
        select c.id as "id: CustomerId", c.name, c.kind, c.phone, c.email, c.city, c.created_at
             , (select count(*) from assets a where a.org_id = c.org_id and a.customer_id = c.id and a.archived_at is null) as "assets!"
          from customers c
         where c.archived_at is null and (c.created_at, c.id) < ($1, $2)
         order by c.created_at desc, c.id desc
         limit $3"#,
        from.at(), from.id, PAGE + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, PAGE as usize, |row| {
        (row.created_at, row.id.uuid())
    }))
}

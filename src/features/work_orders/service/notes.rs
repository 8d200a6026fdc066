//! Notes: for the team or for the customer, never changed.
use super::super::model::Audience;
use super::order::{announce, lock_open};
use crate::kernel::text;
use crate::server::prelude::*;

/// Adds a note. `key` is the form's.
///
/// # Errors
/// `Invalid` at `body` or `audience`.
pub async fn add_note(
    tx: &mut TenantTx,
    id: WorkOrderId,
    audience: &str,
    body: &str,
    key: &str,
) -> AppResult<()> {
    let new = NoteId::new(tx.new_uuid());
    if idempotency::claim(tx, key, "note.add", &new.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let order = lock_open(tx, id).await?;
    let mut check = Checker::new();
    let audience = check.check("audience", Audience::parse(audience).ok_or(Problem::Missing));
    let body = check.check("body", text::long_required(body, 4_000));
    let (audience, body) = check.finish(audience.zip(body))?;
    let (member, now) = (tx.session().member().uuid(), tx.now());
    sqlx::query!(
        "insert into notes (id, work_order_id, audience, body, member_id, at) values ($1, $2, $3, $4, $5, $6)",
        new.uuid(),
        id.uuid(),
        audience.name(),
        body,
        member,
        now
    )
    .execute(tx.conn())
    .await?;
    announce(tx, &order).await?;
    let summary = match audience {
        Audience::Internal => "Wrote an internal note",
        Audience::Customer => "Wrote a note for the customer",
    };
    audit::record(tx, order.deed("note.added", summary)).await
}

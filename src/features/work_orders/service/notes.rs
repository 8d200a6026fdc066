//! Notes: for the team or for the customer, never changed. One may call for attention, and for colleagues.
use super::super::mention::mentioned;
use super::NewNote;
use super::order::{Order, announce, lock, lock_open};
use crate::domain::order::Audience;
use crate::kernel::permission::{ViewWorkOrders, WriteNotes};
use crate::server::prelude::*;
use chrono::{DateTime, Utc};

/// Adds a note.
///
/// # Errors
/// `Invalid` at `body`, `audience` or `mention`: somebody who does not see the order, or a note that the customer reads.
pub async fn add_note(
    scope: &mut Scope<WriteNotes>,
    id: WorkOrderId,
    new: &NewNote,
    key: &str,
) -> AppResult<()> {
    let note = NoteId::new(scope.new_uuid());
    if idempotency::claim(scope, key, "note.add", &note.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let order = lock_open(scope, id).await?;
    let (audience, body) = (new.audience, new.body.as_str());
    let people = called(scope, &order, body, &new.mention).await?;
    if audience == Audience::Customer && (new.attention || !people.is_empty()) {
        let inside = "The customer can see this note. To notify colleagues, write an internal note.";
        return Err(AppError::field("audience", Problem::other(inside)));
    }
    let (member, now) = (scope.session().member().uuid(), scope.now());
    sqlx::query!(
        "insert into notes (id, work_order_id, audience, body, attention, member_id, at) values ($1, $2, $3, $4, $5, $6, $7)",
        note.uuid(),
        id.uuid(),
        audience.name(),
        body,
        new.attention,
        member,
        now
    )
    .execute(scope.conn())
    .await?;
    if !people.is_empty() {
        sqlx::query!(
            "insert into note_mentions (note_id, work_order_id, member_id) select $1, $2, m from unnest($3::uuid[]) m",
            note.uuid(),
            id.uuid(),
            &people
        )
        .execute(scope.conn())
        .await?;
    }
    if new.attention {
        raise_flag(scope, &order, now).await?;
    } else {
        announce(scope, order.id).await?;
    }
    let summary = match (audience, new.attention) {
        (Audience::Internal, false) => "Wrote an internal note",
        (Audience::Internal, true) => "Called for attention",
        (Audience::Customer, _) => "Wrote a note for the customer",
    };
    let event = order.event("note.added", summary).field("Note", None, Some(body));
    audit::record(scope, event).await
}

/// Keeps the time of the first call, also where another server's clock was ahead: later ones do not make it younger.
async fn raise_flag(tx: &mut TenantTx, order: &Order, now: DateTime<Utc>) -> AppResult<()> {
    sqlx::query!(
        "update work_orders set attention_since = least(attention_since, $2) where id = $1",
        order.id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whom a note calls: who is named in it and who was ticked. They work at the order's branch and can see the order.
async fn called(
    tx: &mut TenantTx,
    order: &Order,
    body: &str,
    ticked: &[MemberId],
) -> AppResult<Vec<uuid::Uuid>> {
    if ticked.is_empty() && !body.contains('@') {
        return Ok(Vec::new());
    }
    let me = tx.session().member();
    let people = sqlx::query!(
        r#"select m.id as "id: MemberId", m.name
             , (app.role_sees_all_orders(p.org_id, p.role, p.custom_role_id) or exists (select from job_technicians t
                  where (t.org_id, t.work_order_id, t.member_id) = (m.org_id, $2, m.id))) as "sees!"
             from app.workplaces p join members m on (m.org_id, m.id) = (p.org_id, p.member_id)
            where p.branch_id = $1 and m.deactivated_at is null
            order by m.name"#,
        order.branch.uuid(),
        order.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let names: Vec<(MemberId, &str)> = people.iter().map(|p| (p.id, p.name.as_str())).collect();
    let mut whom = mentioned(body, &names).map_err(|problem| AppError::field("body", problem))?;
    for id in ticked {
        let gone = || {
            AppError::field(
                "mention",
                Problem::other("Choose someone who works at this branch."),
            )
        };
        if !people.iter().any(|p| p.id == *id) {
            return Err(gone());
        }
        if !whom.contains(id) {
            whom.push(*id);
        }
    }
    if let Some(blind) = people.iter().find(|p| whom.contains(&p.id) && !p.sees) {
        let sentence = format!(
            "{} has no job on this work order and would not see the note. Assign them first, or write the name without the @.",
            blind.name
        );
        return Err(AppError::field("body", Problem::other(sentence)));
    }
    Ok(whom
        .into_iter()
        .filter(|id| *id != me)
        .map(MemberId::uuid)
        .collect())
}

/// Takes the flag off. `seen` is the newest call that the screen showed: a later one is not swept away unread.
///
/// # Errors
/// `NotFound`, `Refused` when nothing calls, `ChangedMeanwhile` when somebody called again.
pub async fn clear_attention(
    scope: &mut Scope<WriteNotes>,
    id: WorkOrderId,
    seen: Option<NoteId>,
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    let newest = sqlx::query_scalar!(
        r#"select n.id as "id: NoteId" from notes n join work_orders w on (w.org_id, w.id) = (n.org_id, n.work_order_id)
            where n.work_order_id = $1 and n.attention and n.at >= w.attention_since
            order by n.at desc, n.id desc limit 1"#,
        id.uuid()
    )
    .fetch_optional(scope.conn())
    .await?
    .ok_or_else(|| AppError::refused("This was already resolved."))?;
    if seen != Some(newest) {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    sqlx::query!(
        "update work_orders set attention_since = null where id = $1",
        id.uuid()
    )
    .execute(scope.conn())
    .await?;
    let event = order
        .event("attention.cleared", "Resolved the call for attention")
        .field("Needs attention", true, false);
    audit::record(scope, event).await
}

/// This member read these notes of an order, which called them. One that came meanwhile stays unread.
///
/// # Errors
/// `NotFound` when none of them called this member.
pub async fn see_mentions(
    scope: &mut Scope<ViewWorkOrders>,
    id: WorkOrderId,
    notes: &[NoteId],
) -> AppResult<()> {
    let notes: Vec<_> = notes.iter().map(|note| note.uuid()).collect();
    let order = lock(scope, id).await?;
    let (me, now) = (scope.session().member().uuid(), scope.now());
    let before = sqlx::query_scalar!(
        "update note_mentions x set seen_at = coalesce(x.seen_at, $4) from note_mentions old
          where x.work_order_id = $1 and x.member_id = $2 and x.note_id = any ($3)
            and (old.org_id, old.note_id, old.member_id) = (x.org_id, x.note_id, x.member_id)
        returning old.seen_at",
        id.uuid(),
        me,
        &notes,
        now
    )
    .fetch_all(scope.conn())
    .await?;
    if before.is_empty() {
        return Err(AppError::NotFound);
    }
    // Said twice is said once.
    if before.iter().all(Option::is_some) {
        return Ok(());
    }
    let event = order
        .event("mention.seen", "Read notes from colleagues")
        .field("Read", false, true);
    audit::record(scope, event).await
}

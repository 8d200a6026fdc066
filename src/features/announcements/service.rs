//! Telling, reading, taking back.
use super::form::NewAnnouncement;
use super::model::{latest, readable_until};
use super::selectors;
use crate::kernel::permission::{Announce, UseWorkshop};
use crate::server::prelude::*;
use chrono::NaiveDate;
use uuid::Uuid;

/// Publishes an announcement, once per key.
///
/// # Errors
/// `Invalid` where it would be for branches that are not the member's, or be read before today or after a year.
pub async fn publish(
    scope: &mut Scope<Announce>,
    new: &NewAnnouncement,
    key: &str,
) -> AppResult<AnnouncementId> {
    let until_on = within_reach(scope, new)?;
    let id = AnnouncementId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, key, "announcement.publish", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    let branches: Vec<Uuid> = new.branches.iter().map(|branch| branch.uuid()).collect();
    let roles: Vec<String> = new.roles.iter().map(|role| role.name().to_owned()).collect();
    let (member, now) = (scope.session().member().uuid(), scope.now());
    sqlx::query!(
        "insert into announcements (id, title, body, until_on, branch_ids, roles, member_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.uuid(),
        new.title,
        new.body,
        until_on,
        &branches,
        &roles,
        member,
        now
    )
    .execute(scope.conn())
    .await?;
    insert_audience(scope, id, new, until_on).await?;
    let summary = format!("Announced “{}”", new.title);
    let all = |some: Vec<String>| {
        Some(if some.is_empty() {
            "all".to_owned()
        } else {
            some.join(", ")
        })
    };
    let own = scope.session().branches().into_iter();
    let named = own.filter(|branch| new.branches.contains(&branch.id));
    let (day, terms) = (scope.session().locale().day(until_on), scope.session().terms());
    let event = AuditEvent::new("announcement.published", "announcement", id.uuid(), summary)
        .field("Title", None, Some(new.title.as_str()))
        .field("Text", None, Some(new.body.as_str()))
        .field("Until", None, Some(day))
        .field(
            "Branches",
            None,
            all(named.map(|branch| branch.name.clone()).collect()),
        )
        .field(
            "Roles",
            None,
            all(new.roles.iter().map(|role| terms.role(*role)).collect()),
        );
    audit::record(scope, event).await?;
    Ok(id)
}

/// The last day on which it asks to be read, if everything in it is the writer's to say.
fn within_reach(scope: &Scope<Announce>, new: &NewAnnouncement) -> Result<NaiveDate, FieldErrors> {
    let session = scope.session();
    let today = scope.now().with_timezone(&session.zone()).date_naive();
    let until_on = new.until.unwrap_or_else(|| latest(today));
    let mut check = Checker::new();
    check.check("until", readable_until(until_on, today));
    let own: Vec<BranchId> = session.branches().into_iter().map(|branch| branch.id).collect();
    if new.reach && !session.all_branches {
        let narrow = "Only people who work in all branches can announce to all of them.";
        check.refuse("reach", Problem::other(narrow));
    }
    if new.branches.iter().any(|id| !own.contains(id)) {
        check.refuse("branches", Problem::other("Choose from your own branches."));
    }
    check.finish(Some(until_on))
}

/// One address for each branch and role; none chosen is an address for all.
async fn insert_audience(
    tx: &mut TenantTx,
    id: AnnouncementId,
    new: &NewAnnouncement,
    until_on: NaiveDate,
) -> AppResult<()> {
    let now = tx.now();
    let mut branches: Vec<Option<Uuid>> = new.branches.iter().map(|branch| Some(branch.uuid())).collect();
    let mut roles: Vec<Option<String>> = new
        .roles
        .iter()
        .map(|role| Some(role.name().to_owned()))
        .collect();
    if branches.is_empty() {
        branches.push(None);
    }
    if roles.is_empty() {
        roles.push(None);
    }
    sqlx::query!(
        "insert into announcement_addresses (announcement_id, of_branch_id, of_role, at, until_on)
         select $1, b, r, $4, $5 from unnest($2::uuid[]) b cross join unnest($3::text[]) r",
        id.uuid(),
        &branches as &[Option<Uuid>],
        &roles as &[Option<String>],
        now,
        until_on
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What became of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Noted,
    /// It was taken back before.
    Withdrawn,
}

/// Notes that this member read it; the first time counts.
///
/// # Errors
/// `NotFound` for whom it is not.
pub async fn read(scope: &mut Scope<UseWorkshop>, id: AnnouncementId) -> AppResult<Reading> {
    let found = selectors::one(scope, id).await?.ok_or(AppError::NotFound)?;
    if !found.is_for(scope.session()) {
        return Err(AppError::NotFound);
    }
    if found.withdrawn() {
        return Ok(Reading::Withdrawn);
    }
    if !found.waits_for(scope.session()) {
        return Ok(Reading::Noted);
    }
    let (member, now) = (scope.session().member().uuid(), scope.now());
    let noted = sqlx::query!(
        "insert into announcement_receipts (announcement_id, member_id, at) values ($1, $2, $3) on conflict do nothing",
        id.uuid(),
        member,
        now
    )
    .execute(scope.conn())
    .await?;
    if noted.rows_affected() == 1 {
        let summary = format!("Read the announcement “{}”", found.title);
        let event = AuditEvent::new("announcement.read", "announcement", id.uuid(), summary);
        audit::record(scope, event.field("Read", false, true)).await?;
    }
    Ok(Reading::Noted)
}

/// Takes an announcement back: its readers do not see it any more, its writers see that it was. The second time changes nothing.
///
/// # Errors
/// `NotFound`; refused where it is also for branches that are not the member's.
pub async fn withdraw(scope: &mut Scope<Announce>, id: AnnouncementId) -> AppResult<()> {
    let found = selectors::one(scope, id).await?.ok_or(AppError::NotFound)?;
    if !found.within_reach_of(scope.session()) {
        let beyond = "This is also for branches that are not yours. Only people who work in all of them can withdraw it.";
        return Err(AppError::refused(beyond));
    }
    let (member, now) = (scope.session().member().uuid(), scope.now());
    let withdrawn = sqlx::query!(
        "update announcements set withdrawn_at = $2, withdrawn_by = $3 where id = $1 and withdrawn_at is null",
        id.uuid(),
        now,
        member
    )
    .execute(scope.conn())
    .await?;
    if withdrawn.rows_affected() == 0 {
        return Ok(());
    }
    sqlx::query!(
        "delete from announcement_addresses where announcement_id = $1",
        id.uuid()
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Withdrew the announcement “{}”", found.title);
    let event = AuditEvent::new("announcement.withdrawn", "announcement", id.uuid(), summary);
    audit::record(scope, event.field("Withdrawn", false, true)).await
}

//! Announcements for somebody, along the addresses at which they find them; and all of them, for those who write.
use super::model::{Announcement, Reader, Readers, Unread};
use crate::kernel::page::{Cursor, Slice};
use crate::server::db::tenant::Session;
use crate::server::prelude::*;
use uuid::Uuid;

/// Rows of a page.
const PAGE: i64 = 25;
/// How many stand on a first page.
const NEWEST: i64 = 3;
/// Readers on a page.
const READERS: i64 = 200;

// One receipt at a time (`lateral … limit 1`): else the planner reads everybody's of all years.

/// Where announcements for this member hang: everywhere or in one of their branches, for everybody or for a role they have there.
fn addresses(session: &Session) -> Vec<String> {
    let everywhere = session
        .roles()
        .into_iter()
        .map(|role| format!("* {}", role.name()));
    let branches = session.branches().into_iter().flat_map(|branch| {
        let (id, role) = (branch.id.uuid(), session.role_in(branch.id.uuid()));
        [format!("{id} *"), format!("{id} {}", role.name())]
    });
    let everybody = std::iter::once("* *".to_owned());
    everybody.chain(everywhere).chain(branches).collect()
}

/// What this member has not read and still should, the newest first.
pub async fn unread(tx: &mut TenantTx) -> AppResult<Unread> {
    let (addresses, me) = (addresses(tx.session()), tx.session().member().uuid());
    let today = tx.now().with_timezone(&tx.session().zone()).date_naive();
    let mut newest = sqlx::query_as!(
        Announcement,
        r#"
        select a.id as "id: AnnouncementId", a.title, left(a.body, 600) as "body!", length(a.body) > 600 as "cut!", a.until_on, a.branch_ids, a.roles
             , p.name as by, false as "mine!", a.at, null::timestamptz as read_at, 0::bigint as "reads!", a.withdrawn_at, null::text as withdrawn_by
          from (select distinct x.org_id, x.announcement_id from announcement_addresses x where x.address = any($1) and x.until_on >= $2) x
         cross join lateral (select * from announcements a where (a.org_id, a.id) = (x.org_id, x.announcement_id) limit 1) a
          join members p on (p.org_id, p.id) = (a.org_id, a.member_id)
          left join lateral (select r.at from announcement_receipts r
                              where (r.org_id, r.announcement_id, r.member_id) = (a.org_id, a.id, $3) limit 1) r on true
         where a.member_id <> $3 and r.at is null
         order by a.at desc, a.id desc
         limit $4"#,
        &addresses, today, me, NEWEST + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let more = newest.len() > NEWEST as usize;
    newest.truncate(NEWEST as usize);
    Ok(Unread { newest, more })
}

/// Whatever was announced to this member and not taken back, the newest first.
pub async fn mine(tx: &mut TenantTx, from: Cursor) -> AppResult<Slice<Announcement>> {
    let (addresses, me) = (addresses(tx.session()), tx.session().member().uuid());
    let rows = sqlx::query_as!(
        Announcement,
        r#"
        select a.id as "id: AnnouncementId", a.title, left(a.body, 600) as "body!", length(a.body) > 600 as "cut!", a.until_on, a.branch_ids, a.roles
             , p.name as by, a.member_id = $5 as "mine!", a.at, r.at as "read_at?", 0::bigint as "reads!", a.withdrawn_at, null::text as withdrawn_by
          from (select distinct x.org_id, x.announcement_id, x.at
                  from unnest($1::text[]) k (address)
                 cross join lateral (select x.org_id, x.announcement_id, x.at from announcement_addresses x
                                      where x.address = k.address and (x.at, x.announcement_id) < ($2, $3)
                                      order by x.at desc, x.announcement_id desc limit $4) x
                 order by x.at desc, x.announcement_id desc limit $4) x
         cross join lateral (select * from announcements a where (a.org_id, a.id) = (x.org_id, x.announcement_id) limit 1) a
          join members p on (p.org_id, p.id) = (a.org_id, a.member_id)
          left join lateral (select r.at from announcement_receipts r
                              where (r.org_id, r.announcement_id, r.member_id) = (a.org_id, a.id, $5) limit 1) r on true
         order by a.at desc, a.id desc"#,
        &addresses,
        from.at(),
        from.id,
        PAGE + 1,
        me
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(page(rows))
}

/// Everything announced in this member's branches, also what was taken back, the newest first.
pub async fn all(tx: &mut TenantTx, from: Cursor) -> AppResult<Slice<Announcement>> {
    let me = tx.session().member().uuid();
    let rows = sqlx::query_as!(
        Announcement,
        r#"
        select a.id as "id: AnnouncementId", a.title, left(a.body, 600) as "body!", length(a.body) > 600 as "cut!", a.until_on, a.branch_ids, a.roles
             , p.name as by, a.member_id = $4 as "mine!", a.at, r.at as "read_at?"
             , (select count(*) from announcement_receipts n where (n.org_id, n.announcement_id) = (a.org_id, a.id)) as "reads!"
             , a.withdrawn_at, null::text as withdrawn_by
          from (select * from announcements a where (a.at, a.id) < ($1, $2) order by a.at desc, a.id desc limit $3) a
          join members p on (p.org_id, p.id) = (a.org_id, a.member_id)
          left join lateral (select r.at from announcement_receipts r
                              where (r.org_id, r.announcement_id, r.member_id) = (a.org_id, a.id, $4) limit 1) r on true
         order by a.at desc, a.id desc"#,
        from.at(),
        from.id,
        PAGE + 1,
        me
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(page(rows))
}

fn page(rows: Vec<Announcement>) -> Slice<Announcement> {
    Slice::from_rows(rows, PAGE as usize, |row| (row.at, row.id.uuid()))
}

/// One of them with its whole text, where this member's branches know it.
pub async fn one(tx: &mut TenantTx, id: AnnouncementId) -> AppResult<Option<Announcement>> {
    let me = tx.session().member().uuid();
    let found = sqlx::query_as!(
        Announcement,
        r#"
        select a.id as "id: AnnouncementId", a.title, a.body, false as "cut!", a.until_on, a.branch_ids, a.roles, p.name as by
             , a.member_id = $2 as "mine!", a.at, r.at as "read_at?", 0::bigint as "reads!", a.withdrawn_at, w.name as "withdrawn_by?"
          from announcements a
          join members p on (p.org_id, p.id) = (a.org_id, a.member_id)
          left join members w on (w.org_id, w.id) = (a.org_id, a.withdrawn_by)
          left join announcement_receipts r on (r.org_id, r.announcement_id, r.member_id) = (a.org_id, a.id, $2)
         where a.id = $1"#,
        id.uuid(),
        me
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found)
}

/// Those for whom it is, and whoever else read it. A writer sees those who work where they do.
pub async fn readers(tx: &mut TenantTx, of: &Announcement) -> AppResult<Readers> {
    let session = tx.session().clone();
    let own: Vec<Uuid> = session.branches().iter().map(|branch| branch.id.uuid()).collect();
    let rows = sqlx::query!(
        r#"
        select m.name, m.role, c.name as "custom?", r.at as "read_at?", m.deactivated_at is not null as "left!"
          from members m
          left join custom_roles c on (c.org_id, c.id) = (m.org_id, m.custom_role_id)
          left join announcement_receipts r on (r.org_id, r.announcement_id, r.member_id) = (m.org_id, $1, m.id)
         where (r.at is not null
                or m.deactivated_at is null and m.id <> (select a.member_id from announcements a where a.id = $1)
                   and ($2::text[] = '{}' and $3::uuid[] = '{}' or $3 = '{}' and m.role = any($2)
                        or exists (select from app.workplaces p where (p.org_id, p.member_id) = (m.org_id, m.id)
                             and ($2 = '{}' or p.role = any($2)) and ($3 = '{}' or p.branch_id = any($3)))))
           and ($4 or exists (select from app.workplaces p
                where (p.org_id, p.member_id) = (m.org_id, m.id) and p.branch_id = any($5)))
         order by r.at is not null, r.at desc, lower(m.name), m.id
         limit $6"#,
        of.id.uuid(),
        &of.roles,
        &of.branch_ids,
        session.all_branches,
        &own,
        READERS + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let (cut, terms) = (rows.len() > READERS as usize, session.terms());
    let people = rows.into_iter().take(READERS as usize).map(|row| Reader {
        role: row
            .custom
            .or_else(|| Role::parse(&row.role).map(|role| terms.role(role)))
            .unwrap_or(row.role),
        name: row.name,
        read_at: row.read_at,
        left: row.left,
    });
    Ok(Readers {
        people: people.collect(),
        cut,
    })
}

//! Reads.
use super::model::{BranchAccess, BranchRole, Grant, Invite, JoinRequest, Member};
use crate::server::prelude::*;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// More people than any workshop of this size employs.
const MOST: i64 = 500;

fn grant(
    terms: Terms,
    role: &str,
    custom: Option<CustomRoleId>,
    custom_name: Option<String>,
    all: bool,
    branches: Vec<Uuid>,
    own: Vec<RoleRow>,
) -> Grant {
    let role = Role::parse(role).unwrap_or(Role::Viewer);
    Grant {
        role,
        custom,
        label: custom_name.unwrap_or_else(|| terms.role(role)),
        reach: if all || role == Role::Owner {
            BranchAccess::All
        } else {
            BranchAccess::Chosen(branches.into_iter().map(BranchId::new).collect())
        },
        branch_roles: own.into_iter().filter_map(|row| row.read(terms)).collect(),
    }
}

/// A role in one branch, as the database says it.
#[derive(Debug, Deserialize)]
struct RoleRow {
    branch: Uuid,
    role: String,
    custom: Option<Uuid>,
    name: Option<String>,
}

impl RoleRow {
    fn read(self, terms: Terms) -> Option<BranchRole> {
        let role = Role::parse(&self.role)?;
        Some(BranchRole {
            branch: BranchId::new(self.branch),
            role,
            custom: self.custom.map(CustomRoleId::new),
            label: self.name.unwrap_or_else(|| terms.role(role)),
        })
    }
}

/// Members: `one`, or everybody, active ones first.
macro_rules! members {
    ($tx:expr, $one:expr) => {{
        let terms = $tx.session().terms();
        sqlx::query!(
            r#"select m.id as "id: MemberId", m.name, m.email, m.role, m.custom_role_id as "custom_role_id: CustomRoleId", c.name as "custom_name?"
                    , m.all_branches, m.created_at, m.deactivated_at, m.deactivated_reason, m.version, s.last_seen_at as "last_seen_at?"
                    , coalesce((select array_agg(b.branch_id) from member_branches b where b.org_id = m.org_id and b.member_id = m.id), '{}') as "branches!"
                    , coalesce((select jsonb_agg(jsonb_build_object('branch', b.branch_id, 'role', b.role, 'custom', b.custom_role_id, 'name', o.name) order by b.branch_id)
                         from member_branches b left join custom_roles o on (o.org_id, o.id) = (b.org_id, b.custom_role_id)
                        where b.org_id = m.org_id and b.member_id = m.id and b.role is not null), '[]') as "branch_roles!: Json<Vec<RoleRow>>"
                 from members m
                 left join custom_roles c on (c.org_id, c.id) = (m.org_id, m.custom_role_id)
                 left join auth.members_seen() s on s.member_id = m.id
                where m.id = $1 or $1 is null
                order by m.deactivated_at is not null, lower(m.name), m.id limit $2"#,
            $one as Option<Uuid>,
            MOST
        )
        .map(|row| Member {
            grant: grant(terms, &row.role, row.custom_role_id, row.custom_name, row.all_branches, row.branches, row.branch_roles.0),
            id: row.id,
            name: row.name,
            email: row.email,
            created_at: row.created_at,
            last_seen: row.last_seen_at,
            deactivated_at: row.deactivated_at,
            deactivated_reason: row.deactivated_reason,
            version: row.version,
        })
        .fetch_all($tx.conn())
        .await
    }};
}

/// Everybody who works or worked here.
pub async fn members(tx: &mut TenantTx) -> AppResult<Vec<Member>> {
    Ok(members!(tx, None)?)
}

/// One of them.
///
/// # Errors
/// `NotFound` where there is none in this workshop.
pub async fn member(tx: &mut TenantTx, id: MemberId) -> AppResult<Member> {
    members!(tx, Some(id.uuid()))?.pop().ok_or(AppError::NotFound)
}

/// The branches by name, all of the workshop, and the seed of its join code, while there is one.
pub async fn branches(tx: &mut TenantTx) -> AppResult<(Vec<(BranchId, String)>, Option<Uuid>)> {
    let rows = sqlx::query!(
        r#"select b.id as "id: BranchId", b.name, c.seed from branches b cross join auth.join_code() c order by b.name, b.id"#
    )
    .fetch_all(tx.conn())
    .await?;
    let seed = rows.first().and_then(|row| row.seed);
    Ok((rows.into_iter().map(|row| (row.id, row.name)).collect(), seed))
}

/// Invitations that nobody accepted, newest first; expired ones too, they can be sent again.
pub async fn invites(tx: &mut TenantTx) -> AppResult<Vec<Invite>> {
    let rows = sqlx::query!(
        r#"select i.id as "id: InviteId", i.link_id, i.email, i.role, i.custom_role_id as "custom_role_id: CustomRoleId", c.name as "custom_name?"
                , i.all_branches, i.branch_ids, m.name as invited_by, i.expires_at
                , coalesce((select jsonb_agg(jsonb_build_object('branch', b.branch_id, 'role', b.role, 'custom', b.custom_role_id, 'name', o.name) order by b.branch_id)
                     from jsonb_to_recordset(i.branch_roles) b (branch_id uuid, role text, custom_role_id uuid)
                     left join custom_roles o on (o.org_id, o.id) = (i.org_id, b.custom_role_id)), '[]') as "branch_roles!: Json<Vec<RoleRow>>"
             from invites i join members m on (m.org_id, m.id) = (i.org_id, i.invited_by)
             left join custom_roles c on (c.org_id, c.id) = (i.org_id, i.custom_role_id)
            where i.accepted_at is null and i.revoked_at is null
            order by i.created_at desc, i.id limit $1"#,
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    let terms = tx.session().terms();
    let invites = rows.into_iter().map(|row| Invite {
        grant: grant(
            terms,
            &row.role,
            row.custom_role_id,
            row.custom_name,
            row.all_branches,
            row.branch_ids,
            row.branch_roles.0,
        ),
        id: row.id,
        link: row.link_id,
        email: row.email,
        invited_by: row.invited_by,
        expires_at: row.expires_at,
    });
    Ok(invites.collect())
}

/// Those who wait for a decision, in the order they came.
pub async fn requests(tx: &mut TenantTx) -> AppResult<Vec<JoinRequest>> {
    Ok(sqlx::query_as!(
        JoinRequest,
        r#"select id as "id: JoinRequestId", name, email, user_id is not null as "known!", created_at
             from join_requests where decided_at is null order by created_at, id limit $1"#,
        MOST
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One of them.
///
/// # Errors
/// `NotFound` where there is none that waits.
pub async fn request(tx: &mut TenantTx, id: JoinRequestId) -> AppResult<JoinRequest> {
    let all = requests(tx).await?;
    all.into_iter()
        .find(|request| request.id == id)
        .ok_or(AppError::NotFound)
}

/// The seed of the workshop's join code, and since when it holds; nothing while codes are off.
pub async fn join_code(tx: &mut TenantTx) -> AppResult<Option<(Uuid, DateTime<Utc>)>> {
    let row = sqlx::query!("select seed, set_at from auth.join_code()")
        .fetch_one(tx.conn())
        .await?;
    Ok(row.seed.zip(row.set_at))
}

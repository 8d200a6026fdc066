//! Who asks, and for whose rows.
use super::super::town::Town;
use super::SWITCHES;
use crate::kit::make::platform::petra;
use crate::kit::rows::{Rows, fill};
use crate::kit::{Actor, Workshop};
use chrono::TimeDelta;
use gantry::kernel::Role;
use gantry::kernel::org_state::OrgState;
use gantry::kernel::permission::{RIGHTS, RightOverrides};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Own,
    OtherBranch,
    OtherOrganization,
}

pub(super) struct Column {
    /// As it stands above its cells.
    pub name: &'static str,
    pub actor: Actor,
    pub rows: Rows,
    pub whose: Whose,
    /// Of members of the workshop: what the table of rights knows about them.
    pub holds: Option<(Role, RightOverrides)>,
    /// The state of the subscription.
    pub state: OrgState,
    /// How much time passes before they ask.
    pub after: TimeDelta,
}

impl Column {
    fn new(name: &'static str, actor: Actor, rows: &Rows) -> Self {
        Self {
            name,
            actor,
            rows: rows.clone(),
            whose: Whose::Own,
            holds: None,
            state: OrgState::Active,
            after: TimeDelta::zero(),
        }
    }
}

/// Everybody, in the order of the file.
pub(super) async fn all(town: &Town) -> Vec<Column> {
    let mut columns = Vec::new();
    for (role, actor) in town.people() {
        columns.push(Column {
            holds: Some((role, RightOverrides::new())),
            ..Column::new(role.name(), actor, &town.main)
        });
    }
    let (actor, departures) = bare(&town.nord).await;
    columns.push(Column {
        holds: Some((Role::Receptionist, departures)),
        ..Column::new("bare", actor, &town.main)
    });
    columns.push(Column {
        whose: Whose::OtherBranch,
        ..Column::new("branch", elsewhere(town).await, &town.main)
    });
    columns.push(Column::new("split", split(town).await, &town.main));
    columns.push(Column {
        whose: Whose::OtherOrganization,
        ..Column::new("other", town.nord.owner().await, &town.foreign)
    });
    columns.push(Column::new("visitor", town.app.visitor(), &town.main));
    columns.push(Column::new("left", left(&town.nord).await, &town.main));
    for (name, state) in [
        ("overdue", OrgState::PastDue),
        ("readonly", OrgState::ReadOnly),
        ("locked", OrgState::Locked),
        ("shut", OrgState::Suspended),
    ] {
        let (actor, rows) = in_state(town, name, state).await;
        columns.push(Column {
            holds: Some((Role::Owner, RightOverrides::new())),
            state,
            ..Column::new(name, actor, &rows)
        });
    }
    columns.push(Column::new("support", support(town).await, &town.main));
    columns.push(Column::new("factor", without_factor(town).await, &town.main));
    columns.push(Column {
        after: TimeDelta::minutes(11),
        ..Column::new("unsure", town.nord.owner().await, &town.main)
    });
    columns
}

/// A receptionist of a workshop that asks second factors of all roles, before they set one up.
async fn without_factor(town: &Town) -> Actor {
    let shop = town.app.workshop("factor").await;
    let actor = shop.receptionist().await;
    sqlx::query(
        "update organization_settings set second_factor_roles = array['receptionist'] where org_id = $1",
    )
    .bind(shop.org.uuid())
    .execute(&mut shop.db().await)
    .await
    .expect("a setting");
    actor
}

/// A member of a role of the workshop's own from which every right was taken that can be taken.
async fn bare(nord: &Workshop) -> (Actor, RightOverrides) {
    let base = Role::Receptionist;
    let bea = nord.member("bea", base, &[nord.main.id]).await;
    let held = RIGHTS
        .iter()
        .filter(|right| right.switchable() && (right.granted_to)(base, SWITCHES));
    let departures: RightOverrides = held.map(|right| (right.name.to_owned(), false)).collect();
    let mut db = nord.db().await;
    let role = "insert into custom_roles (id, name, base_role, created_at) values (gen_random_uuid(), 'Bare', 'receptionist', now()) returning id";
    let id: uuid::Uuid = sqlx::query_scalar(role).fetch_one(&mut db).await.expect("a role");
    for right in departures.keys() {
        sqlx::query("insert into role_rights (role, custom_role_id, right_name, granted) values ('receptionist', $1, $2, false)")
            .bind(id)
            .bind(right)
            .execute(&mut db)
            .await
            .expect("a departure");
    }
    sqlx::query("update members set custom_role_id = $2 where id = $1")
        .bind(bea.member().uuid())
        .bind(id)
        .execute(&mut db)
        .await
        .expect("a role of her own");
    (bea, departures)
}

/// A manager of another branch than the rows'.
async fn elsewhere(town: &Town) -> Actor {
    let west: uuid::Uuid = super::super::id_of(&town.west, "branches")
        .parse()
        .expect("an id");
    town.nord
        .member("wim", Role::Manager, &[gantry::kernel::BranchId::new(west)])
        .await
}

/// A receptionist where the rows are, and a manager in another branch.
async fn split(town: &Town) -> Actor {
    let west: uuid::Uuid = super::super::id_of(&town.west, "branches")
        .parse()
        .expect("an id");
    let places = [town.nord.main.id, gantry::kernel::BranchId::new(west)];
    let sina = town.nord.member("sina", Role::Manager, &places).await;
    sqlx::query("update member_branches set role = 'receptionist' where member_id = $1 and branch_id = $2")
        .bind(sina.member().uuid())
        .bind(town.nord.main.id.uuid())
        .execute(&mut town.nord.db().await)
        .await
        .expect("another role");
    sina
}

/// Somebody whose membership ended while they were signed in.
async fn left(nord: &Workshop) -> Actor {
    let lena = nord.member("lena", Role::Manager, &[]).await;
    lena.get("/dashboard").await.must(200);
    nord.owner()
        .await
        .post(
            &format!("/settings/members/{}/deactivate", lena.member()),
            &[("reason", "Left")],
        )
        .await
        .must(303);
    lena
}

/// The owner of a workshop whose subscription came to this, with its own rows.
async fn in_state(town: &Town, slug: &str, state: OrgState) -> (Actor, Rows) {
    let shop = town.app.workshop(slug).await;
    let rows = fill(&mut shop.db().await, shop.org.uuid(), shop.main.id.uuid()).await;
    let owner = shop.owner().await;
    let days = match state {
        OrgState::PastDue => 1,
        OrgState::ReadOnly => 8,
        OrgState::Locked => 68,
        _ => {
            shop.db_suspend().await;
            return (owner, rows);
        }
    };
    shop.db_paid_until(town.app.now() - TimeDelta::days(days)).await;
    (owner, rows)
}

/// One of our own people, whom the owner lets look.
async fn support(town: &Town) -> Actor {
    let petra = petra(&town.app).await;
    town.nord
        .owner()
        .await
        .post("/settings/support", &[("span", "week")])
        .await
        .must(303);
    let look = format!("/platform/organizations/{}/look", town.nord.org);
    petra.post(&look, &[]).await.must(303);
    petra
}

//! An organization, its branches and the people in it.
use super::{Actor, TestApp};
use chrono::{DateTime, Utc};
use gantry::kernel::{BranchId, MemberId, OrgId, Role};
use sqlx::{Executor, PgConnection};
use uuid::Uuid;

/// Clones are the same workshop.
#[derive(Clone)]
pub struct Workshop {
    app: TestApp,
    pub org: OrgId,
    pub slug: String,
    /// The branch it starts with, where everybody works unless said otherwise.
    pub main: BranchOf,
}

/// A branch by its code.
#[derive(Clone, Debug)]
pub struct BranchOf {
    pub id: BranchId,
    pub code: String,
}

impl Workshop {
    /// What signing up makes, by hand: tests of everything else do not depend on that form.
    pub(crate) async fn db_create(app: &TestApp, slug: &str) -> Self {
        let (org, now) = (app.state().clock.new_uuid(), app.now());
        let mut db = app.db_in(OrgId::new(org)).await;
        sqlx::query("insert into auth.organizations (id, name, slug, state, created_at) values ($1, $2, $3, 'active', $4)")
            .bind(org)
            .bind(format!("Workshop {slug}"))
            .bind(slug)
            .bind(now)
            .execute(&mut db)
            .await
            .expect("an organization");
        sqlx::query("insert into organization_settings (name) values ($1)")
            .bind(format!("Workshop {slug}"))
            .execute(&mut db)
            .await
            .expect("settings");
        let rates = "insert into tax_rates (id, name, basis_points, is_default) values
                     (gen_random_uuid(), 'VAT 19 %', 1900, true), (gen_random_uuid(), 'Untaxed', 0, false)";
        db.execute(rates).await.expect("tax rates");
        let workshop = Self {
            app: app.clone(),
            org: OrgId::new(org),
            slug: slug.to_owned(),
            main: BranchOf {
                id: BranchId::new(app.state().clock.new_uuid()),
                code: "MAIN".to_owned(),
            },
        };
        workshop.db_branch(workshop.main.id, "MAIN").await;
        workshop.db_member("owner", Role::Owner, &[]).await;
        workshop
    }

    /// The same workshop in a copy of its database.
    pub fn moved_to(&self, app: &TestApp) -> Self {
        Self {
            app: app.clone(),
            ..self.clone()
        }
    }

    pub fn app(&self) -> &TestApp {
        &self.app
    }

    /// Another branch: `nord.branch("WEST")`.
    pub async fn branch(&self, code: &str) -> BranchOf {
        let id = BranchId::new(self.app.state().clock.new_uuid());
        self.db_branch(id, code).await;
        BranchOf {
            id,
            code: code.to_owned(),
        }
    }

    pub async fn owner(&self) -> Actor {
        self.member("owner", Role::Owner, &[]).await
    }
    pub async fn manager(&self) -> Actor {
        self.member("manager", Role::Manager, &[self.main.id]).await
    }
    pub async fn receptionist(&self) -> Actor {
        self.member("receptionist", Role::Receptionist, &[self.main.id])
            .await
    }
    pub async fn technician(&self, name: &str) -> Actor {
        self.member(name, Role::Technician, &[self.main.id]).await
    }
    pub async fn accountant(&self) -> Actor {
        self.member("accountant", Role::Accountant, &[self.main.id]).await
    }
    pub async fn viewer(&self) -> Actor {
        self.member("viewer", Role::Viewer, &[self.main.id]).await
    }

    /// Signed in as the member of that name, who is made if need be. No branches means all of them, also later ones.
    pub async fn member(&self, name: &str, role: Role, branches: &[BranchId]) -> Actor {
        let member = self.db_member(name, role, branches).await;
        Actor::sign_in(&self.app, &self.email(name), member).await
    }

    pub fn email(&self, name: &str) -> String {
        format!("{name}@{}.test", self.slug)
    }

    /// Flips a switch of the workshop: `nord.db_switch("technicians_create", true)`.
    pub async fn db_switch(&self, setting: &str, on: bool) {
        let statement = format!("update organization_settings set {setting} = $1 where org_id = $2");
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(on)
            .bind(self.org.uuid())
            .execute(&mut self.db().await)
            .await
            .expect("a switch");
    }

    /// Gives or takes a preset's right, as an owner does on the page of roles.
    pub async fn db_right(&self, role: &str, right: &str, granted: bool) {
        sqlx::query("insert into role_rights (role, right_name, granted) values ($1, $2, $3)")
            .bind(role)
            .bind(right)
            .bind(granted)
            .execute(&mut self.db().await)
            .await
            .expect("a departure");
    }

    /// When the main branch is open: day of the week from Monday, opening and closing in minutes.
    pub async fn db_hours(&self, week: &[(i32, i32, i32)]) {
        let mut db = self.db().await;
        for (day, opens, closes) in week {
            sqlx::query("insert into branch_hours (branch_id, weekday, opens_min, closes_min) values ($1, $2, $3, $4)")
                .bind(self.main.id.uuid())
                .bind(day)
                .bind(opens)
                .bind(closes)
                .execute(&mut db)
                .await
                .expect("hours");
        }
    }

    /// What it pays for ends then; nothing is said about leaving or being suspended.
    pub async fn db_paid_until(&self, expires_at: DateTime<Utc>) {
        let statement = "update auth.organizations set state = 'active', expires_at = $2, cancelled_at = null, suspended_at = null where id = $1";
        sqlx::query(statement)
            .bind(self.org.uuid())
            .bind(expires_at)
            .execute(&mut self.db().await)
            .await
            .expect("a date");
    }

    /// We stop it.
    pub async fn db_suspend(&self) {
        sqlx::query(
            "update auth.organizations set suspended_at = $2, suspended_reason = 'Chargeback' where id = $1",
        )
        .bind(self.org.uuid())
        .bind(self.app.now())
        .execute(&mut self.db().await)
        .await
        .expect("a suspension");
    }

    /// A connection that sees everything and whose new rows belong to this workshop.
    pub async fn db(&self) -> PgConnection {
        self.app.db_in(self.org).await
    }

    async fn db_branch(&self, id: BranchId, code: &str) {
        sqlx::query("insert into branches (id, name, code, address, tax_id, created_at) values ($1, $2, $3, 'Werkstraße 1, 10115 Berlin', 'DE 123456789', $4)")
            .bind(id.uuid())
            .bind(format!("{} {code}", self.slug))
            .bind(code)
            .bind(self.app.now())
            .execute(&mut self.db().await)
            .await
            .expect("a branch");
    }

    /// The member of that name, who may be new; no branches means all.
    pub async fn db_member(&self, name: &str, role: Role, branches: &[BranchId]) -> MemberId {
        let mut db = self.db().await;
        let found: Option<Uuid> =
            sqlx::query_scalar("select id from members where org_id = $1 and email = $2")
                .bind(self.org.uuid())
                .bind(self.email(name))
                .fetch_optional(&mut db)
                .await
                .expect("members");
        if let Some(id) = found {
            return MemberId::new(id);
        }
        let (user, member) = (
            self.app.state().clock.new_uuid(),
            self.app.state().clock.new_uuid(),
        );
        self.db_user(&mut db, user, member, name).await;
        sqlx::query("insert into members (id, user_id, name, email, role, all_branches, created_at) values ($1, $2, $3, $4, $5, $6, $7)")
            .bind(member)
            .bind(user)
            .bind(name)
            .bind(self.email(name))
            .bind(role.name())
            .bind(branches.is_empty())
            .bind(self.app.now())
            .execute(&mut db)
            .await
            .expect("a member");
        let ids: Vec<Uuid> = branches.iter().map(|branch| branch.uuid()).collect();
        sqlx::query("insert into member_branches (member_id, branch_id) select $1, unnest($2::uuid[])")
            .bind(member)
            .bind(ids)
            .execute(&mut db)
            .await
            .expect("branches");
        MemberId::new(member)
    }

    async fn db_user(&self, db: &mut PgConnection, user: Uuid, member: Uuid, name: &str) {
        let hash = self.app.password_hash().await;
        sqlx::query("insert into auth.users (id, email, email_norm, name, password_hash, created_at) values ($1, $2, $2, $3, $4, $5)")
            .bind(user)
            .bind(self.email(name))
            .bind(name)
            .bind(hash)
            .bind(self.app.now())
            .execute(&mut *db)
            .await
            .expect("a user");
        sqlx::query("insert into auth.affiliations (user_id, org_id, member_id) values ($1, $2, $3)")
            .bind(user)
            .bind(self.org.uuid())
            .bind(member)
            .execute(&mut *db)
            .await
            .expect("an affiliation");
    }
}

//! A workshop with two branches, another one, a row of everything in each, and everybody who works there: made once in a run.
use super::{RouteInfo, id_of, parameters};
use crate::kit::rows::{Rows, fill};
use crate::kit::{Actor, TestApp, Workshop, apart};
use gantry::kernel::Role;
use std::sync::OnceLock;
use tokio::sync::OnceCell;

pub(super) struct Town {
    pub app: TestApp,
    pub nord: Workshop,
    pub main: Rows,
    pub west: Rows,
    pub foreign: Rows,
    /// Everybody of the workshop, each bound to its main branch, with the owner first.
    people: Vec<(Role, Actor)>,
    /// A technician whom no order names.
    theo: Actor,
}

impl Town {
    /// One that a law may change.
    pub(super) async fn copy() -> Self {
        static MADE: OnceLock<Town> = OnceLock::new();
        let made = MADE.get_or_init(|| apart(Self::build));
        let app = made.app.copy().await;
        let people = made.people.iter();
        Self {
            nord: made.nord.moved_to(&app),
            main: made.main.clone(),
            west: made.west.clone(),
            foreign: made.foreign.clone(),
            people: people
                .map(|(role, actor)| (*role, actor.copied_to(&app)))
                .collect(),
            theo: made.theo.copied_to(&app),
            app,
        }
    }

    /// The one of all laws that change nothing, which run in [`crate::features::RUNTIME`].
    pub(super) async fn shared() -> &'static Self {
        static SHARED: OnceCell<Town> = OnceCell::const_new();
        SHARED.get_or_init(Self::copy).await
    }

    async fn build() -> Self {
        let app = TestApp::new().await;
        let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
        let west = nord.branch("WEST").await;
        let mut db = nord.db().await;
        let main = fill(&mut db, nord.org.uuid(), nord.main.id.uuid()).await;
        Self {
            west: fill(&mut db, nord.org.uuid(), west.id.uuid()).await,
            foreign: fill(&mut sued.db().await, sued.org.uuid(), sued.main.id.uuid()).await,
            people: people(&nord, &main).await,
            theo: nord.technician("theo").await,
            main,
            nord,
            app,
        }
    }

    /// The main branch's rows for every parameter of a route.
    pub(super) fn own(&self, route: &RouteInfo) -> Vec<&Rows> {
        vec![&self.main; parameters(route).len()]
    }

    /// Everybody of the workshop, in browsers of their own.
    pub(super) fn people(&self) -> Vec<(Role, Actor)> {
        let people = self.people.iter();
        people
            .map(|(role, actor)| (*role, actor.copied_to(&self.app)))
            .collect()
    }

    pub(super) fn of(&self, role: Role) -> Actor {
        let mut people = self.people().into_iter();
        let found = people.find(|(own, _)| *own == role);
        found.expect("somebody of every role").1
    }

    pub(super) fn owner(&self) -> Actor {
        self.of(Role::Owner)
    }

    pub(super) fn unnamed_technician(&self) -> Actor {
        self.theo.copied_to(&self.app)
    }
}

async fn people(nord: &Workshop, rows: &Rows) -> Vec<(Role, Actor)> {
    let tomas = nord.technician("tomas").await;
    sqlx::query(
        "insert into job_technicians (job_id, work_order_id, member_id) values ($1::uuid, $2::uuid, $3)",
    )
    .bind(id_of(rows, "jobs"))
    .bind(id_of(rows, "work_orders"))
    .bind(tomas.member().uuid())
    .execute(&mut nord.db().await)
    .await
    .expect("an assignment");
    vec![
        (Role::Owner, nord.owner().await),
        (Role::Manager, nord.manager().await),
        (Role::Receptionist, nord.receptionist().await),
        (Role::Technician, tomas),
        (Role::Accountant, nord.accountant().await),
        (Role::Viewer, nord.viewer().await),
    ]
}

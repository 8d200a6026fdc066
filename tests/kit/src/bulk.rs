//! Workshops with a past, for laws about what a page costs: filled by one script of SQL, the same for the same size.
use crate::rows::{Rows, without_guards};
use crate::{Actor, Workshop};
use gantry::kernel::Role;
use sqlx::Executor;
use uuid::Uuid;

/// How much there is.
#[derive(Clone, Copy)]
pub struct Size {
    pub customers: u32,
    pub assets: u32,
    pub orders: u32,
    /// Of the orders, those still in the house: the newest.
    pub open: u32,
    /// Over how many days the orders came in.
    pub days: u32,
}

impl Size {
    /// More than a full page of everything.
    pub const PAGES: Self = Self {
        customers: 60,
        assets: 90,
        orders: 240,
        open: 80,
        days: 700,
    };
    /// Two full months.
    pub const BUSY: Self = Self {
        customers: 60,
        assets: 90,
        orders: 240,
        open: 60,
        days: 60,
    };
    /// A small neighbour.
    pub const MONTHS: Self = Self {
        customers: 200,
        assets: 300,
        orders: 1_000,
        open: 50,
        days: 700,
    };
    /// Two years of a busy workshop.
    pub const YEARS: Self = Self {
        customers: 1_000,
        assets: 1_500,
        orders: 5_000,
        open: 150,
        days: 700,
    };
}

const TECHNICIANS: [&str; 3] = ["tomas", "arjun", "mette"];

/// One who has a share of the work.
pub async fn technician(of: &Workshop) -> Actor {
    of.technician(TECHNICIANS[0]).await
}

/// Fills a workshop that has nothing but its people so far; the technicians share the work.
pub async fn fill(of: &Workshop, size: Size) {
    let west = of.branch("WEST").await;
    let mut technicians = Vec::new();
    for name in TECHNICIANS {
        let member = of.db_member(name, Role::Technician, &[of.main.id]).await;
        technicians.push(member.uuid().to_string());
    }
    let owner = of.db_member("owner", Role::Owner, &[]).await;
    let mut db = of.db().await;
    let settings = [
        ("now", of.app().now().to_rfc3339()),
        ("owner", owner.uuid().to_string()),
        ("technicians", technicians.join(",")),
        ("branches", format!("{},{}", of.main.id.uuid(), west.id.uuid())),
        ("customers", size.customers.to_string()),
        ("assets", size.assets.to_string()),
        ("orders", size.orders.to_string()),
        ("open", size.open.to_string()),
        ("days", size.days.to_string()),
    ];
    for (name, value) in settings {
        sqlx::query("select set_config('bulk.' || $1, $2, false)")
            .bind(name)
            .bind(value)
            .execute(&mut db)
            .await
            .expect("a setting");
    }
    without_guards(&mut db, async |db| {
        // Neither references are checked nor triggers run: ten times as fast.
        db.execute("set session_replication_role = replica")
            .await
            .expect("a superuser");
        db.execute(include_str!("bulk.sql")).await.expect("a past");
    })
    .await;
}

/// The fullest row of each table that pages name, in place of those in `rows`: the fleet's customer, vehicle and orders.
pub async fn fullest(of: &Workshop, size: Size, rows: &Rows) -> Rows {
    // Every tenth order is the fleet's; the open one waits for an approval.
    let (open, closed) = (size.orders - size.open + 10, size.orders - size.open);
    let made = [
        ("work_orders", "order", open),
        ("concerns", "concern1", open),
        ("jobs", "job1", open),
        ("lines", "line1.1", open),
        ("notes", "note", open),
        ("authorizations", "authorization", open),
        ("customers", "customer", 1),
        ("assets", "asset", 1 + open / 10 % 40),
        ("invoices", "invoice", closed),
        ("payments", "payment", closed),
        ("announcements", "announcement", 1),
    ];
    let (mut rows, mut db) = (rows.clone(), of.db().await);
    for (table, kind, number) in made {
        let query = format!(
            "select id::text from {table} where org_id = '{org}' and id = md5('{org}{kind}{number}')::uuid",
            org = of.org.uuid()
        );
        let id = super::rows::names(&mut db, &query).await.pop();
        let id: Uuid = id
            .unwrap_or_else(|| panic!("bulk.sql makes no {kind} {number}"))
            .parse()
            .expect("an id");
        rows.entry(table.to_owned())
            .or_default()
            .insert("id".to_owned(), id.to_string().into());
    }
    rows
}

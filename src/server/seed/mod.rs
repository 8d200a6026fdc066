//! Workshops to look at and to measure with: the same for the same seed, alive on whatever day they are made.
mod bill;
mod decision;
mod demo;
#[expect(dead_code, reason = "the year draws from all of them")]
mod devices;
#[expect(dead_code, reason = "the year throws them")]
mod dice;
mod insert;
mod rows;
#[expect(dead_code, reason = "the year draws from all of them")]
mod vehicles;
mod visit;
mod works;
mod workshop;

use super::auth::password::Hasher;
use super::clock::Clock;
use clap::ValueEnum;
use sqlx::{Connection, PgConnection};
use std::fmt;
use workshop::Workshop;

/// Everybody's password in a seeded workshop.
pub const PASSWORD: &str = "workshop-demo-2026";

/// How much there is in each workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// A few dozen stories, told by hand
    Demo,
}

/// What to seed.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub seed: u64,
    pub orgs: usize,
    pub size: Size,
}

impl Plan {
    /// What `gantry serve --demo` shows.
    pub const DEMO: Plan = Plan {
        seed: 1,
        orgs: 2,
        size: Size::Demo,
    };
}

/// What was done.
#[derive(Debug)]
pub enum Seeded {
    /// There are organizations already: nothing was changed.
    NotEmpty,
    /// The workshops' names with their logins: role, e-mail.
    Planted(Vec<(String, Vec<(&'static str, String)>)>),
}

impl fmt::Display for Seeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Seeded::Planted(workshops) = self else {
            return f.write_str("The database has workshops already: nothing was seeded.");
        };
        for (name, logins) in workshops {
            writeln!(f, "  {name}")?;
            for (role, email) in logins {
                writeln!(f, "    {role:13} {email}")?;
            }
        }
        write!(f, "  Password of everybody: {PASSWORD}")
    }
}

/// Fills an empty database, as the role that owns the tables.
///
/// # Errors
/// When the database does not answer or refuses a row.
pub async fn plant(owner_url: &str, plan: Plan, clock: &dyn Clock) -> anyhow::Result<Seeded> {
    let mut conn = PgConnection::connect(owner_url).await?;
    let taken = sqlx::query_scalar!(r#"select exists (select from auth.organizations) as "taken!""#)
        .fetch_one(&mut conn)
        .await?;
    if taken {
        return Ok(Seeded::NotEmpty);
    }
    let hash = Hasher::new()?.hash(PASSWORD).await?;
    let mut planted = Vec::new();
    for shop in workshops(plan, clock) {
        insert::workshop(&mut conn, &shop.org, &shop.users, &shop.rows, &hash).await?;
        planted.push(summary(&shop));
    }
    conn.close().await?;
    Ok(Seeded::Planted(planted))
}

fn workshops(plan: Plan, clock: &dyn Clock) -> impl Iterator<Item = Workshop> {
    demo::workshops(clock.now(), plan.seed)
        .into_iter()
        .take(plan.orgs)
}

fn summary(shop: &Workshop) -> (String, Vec<(&'static str, String)>) {
    let logins = shop
        .rows
        .members
        .iter()
        .map(|member| (member.role, member.email.clone()));
    (shop.org.name.clone(), logins.collect())
}

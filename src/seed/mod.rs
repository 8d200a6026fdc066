//! Workshops to look at and to measure with: the same for the same seed, alive on whatever day they are made.
mod added;
mod bill;
mod charge;
mod decision;
mod demo;
mod devices;
mod dice;
mod insert;
mod names;
mod rows;
mod vehicles;
mod visit;
mod works;
mod workshop;
mod year;

use crate::server::auth::password::Hasher;
use crate::server::clock::Clock;
use chrono::{DateTime, Utc};
use clap::ValueEnum;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::fmt;
use std::str::FromStr;
use workshop::Workshop;

/// Everybody's password in a seeded workshop.
pub const PASSWORD: &str = "workshop-demo-2026";

/// How much there is in each workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// A few dozen stories, told by hand
    Demo,
    /// A year of a busy workshop: 1,000 customers, 1,500 vehicles, 5,000 work orders
    Year,
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
    /// There are organizations already: nothing was changed. The demo's logins, where they are among them.
    NotEmpty(Vec<Logins>),
    Planted(Vec<Logins>),
}

/// A workshop's name with its logins: role, e-mail.
pub type Logins = (String, Vec<(&'static str, String)>);

impl fmt::Display for Seeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let workshops = match self {
            Seeded::NotEmpty(demo) if demo.is_empty() => {
                return f.write_str("The database has workshops already: nothing was seeded.");
            }
            Seeded::NotEmpty(workshops) | Seeded::Planted(workshops) => workshops,
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
    // Thousands of rows in one statement may take their second.
    let quiet = PgConnectOptions::from_str(owner_url)?.disable_statement_logging();
    let mut conn = quiet.connect().await?;
    let taken = sqlx::query_scalar!(r#"select exists (select from auth.organizations) as "taken!""#)
        .fetch_one(&mut conn)
        .await?;
    if taken {
        let demo: Vec<Logins> = workshops(Plan::DEMO, clock.now())
            .map(|shop| summary(&shop))
            .collect();
        let known: Vec<String> = demo
            .iter()
            .flat_map(|(_, logins)| logins)
            .map(|(_, email)| email.clone())
            .collect();
        let planted = sqlx::query_scalar!(
            r#"select exists (select from auth.users where email_norm = any($1)) as "planted!""#,
            &known
        )
        .fetch_one(&mut conn)
        .await?;
        return Ok(Seeded::NotEmpty(if planted { demo } else { Vec::new() }));
    }
    let hash = Hasher::new().hash(PASSWORD).await?;
    let mut planted = Vec::new();
    for mut shop in workshops(plan, clock.now()) {
        let added = added::rows(&mut shop);
        insert::workshop(&mut conn, &shop.org, &shop.users, (&shop.rows, &added), &hash).await?;
        planted.push(summary(&shop));
    }
    // The catalogs are not ours to analyze, and it would say so table by table.
    sqlx::query!("set client_min_messages = error")
        .execute(&mut conn)
        .await?;
    sqlx::query!("analyze").execute(&mut conn).await?;
    conn.close().await?;
    Ok(Seeded::Planted(planted))
}

fn workshops(plan: Plan, now: DateTime<Utc>) -> Box<dyn Iterator<Item = Workshop> + Send> {
    match plan.size {
        Size::Demo => Box::new(demo::workshops(now, plan.seed).into_iter().take(plan.orgs)),
        Size::Year => Box::new((0..plan.orgs).map(move |position| year::workshop(now, plan.seed, position))),
    }
}

fn summary(shop: &Workshop) -> (String, Vec<(&'static str, String)>) {
    let logins = shop
        .rows
        .members
        .iter()
        .map(|member| (member.role, member.email.clone()));
    (shop.org.name.clone(), logins.collect())
}

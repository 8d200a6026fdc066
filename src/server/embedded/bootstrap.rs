//! The two roles and the database of a new cluster.

use std::str::FromStr;

use anyhow::{Context, Result};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, Executor};

/// Repeatable, so that a start that was cut short is completed by the next one.
const ROLES: &str = include_str!("roles.sql");
const ACCESS: &str = include_str!("access.sql");

/// Creates what is missing of the roles `gantry_owner` and `gantry_app` and the database `gantry`. Both addresses are the superuser's:
/// that of the maintenance database, and that of `gantry`.
pub(super) async fn roles_and_database(maintenance_url: &str, database_url: &str) -> Result<()> {
    let mut connection: PgConnection = PgConnectOptions::from_str(maintenance_url)?.connect().await?;
    connection
        .execute(ROLES)
        .await
        .context("cannot create the database's roles")?;
    // Asked first, although creating it would tell: an error would stand in the database's log at every start.
    let found = connection
        .execute("select from pg_database where datname = 'gantry'")
        .await?;
    if found.rows_affected() == 0 {
        let created = connection
            .execute("create database gantry owner gantry_owner")
            .await;
        created.context("cannot create the database")?;
    }
    connection.close().await?;
    let mut connection: PgConnection = PgConnectOptions::from_str(database_url)?.connect().await?;
    connection
        .execute(ACCESS)
        .await
        .context("cannot set who may enter the database")?;
    connection.close().await?;
    Ok(())
}

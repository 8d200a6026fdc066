//! The two roles and the database of a new cluster.

use std::str::FromStr;

use anyhow::{Context, Result};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, Executor};

/// `duplicate_database`: made by an earlier start.
const ALREADY_THERE: &str = "42P04";

/// Repeatable, so that a start that was cut short is completed by the next one.
const ROLES: &str = include_str!("roles.sql");

/// Creates what is missing of the roles `gantry_owner` and `gantry_app` and the database `gantry`.
pub async fn roles_and_database(superuser_url: &str) -> Result<()> {
    let mut connection: PgConnection = PgConnectOptions::from_str(superuser_url)?.connect().await?;
    connection
        .execute(ROLES)
        .await
        .context("cannot create the database's roles")?;
    let created = connection
        .execute("create database gantry owner gantry_owner")
        .await;
    match created {
        Ok(_) => {
            connection
                .execute("revoke all on database gantry from public")
                .await?;
            connection
                .execute("grant connect on database gantry to gantry_app")
                .await?;
        }
        Err(error)
            if error
                .as_database_error()
                .is_some_and(|e| e.code().as_deref() == Some(ALREADY_THERE)) => {}
        Err(error) => return Err(error).context("cannot create the database"),
    }
    connection.close().await?;
    Ok(())
}

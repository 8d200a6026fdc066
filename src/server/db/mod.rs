//! Access to the database. The pool is private: the only ways to a connection are [`tenant::TenantTx`] (one organization)
//! and the identity functions in [`identity`]. A connection that comes back is rolled back, whatever happened to its user.
pub mod audit;
pub mod constraint;
pub mod data_export;
pub mod exports;
pub mod factor;
mod former;
pub mod idempotency;
pub mod identity;
pub mod jobs;
pub mod joining;
pub mod links;
pub mod mail;
pub mod platform;
pub mod schema;
pub mod session;
pub mod settings;
pub mod sign_ins;
pub mod tablet;
pub mod tenant;

pub use schema::{MIGRATOR, migrate};

use crate::kernel::{AppError, AppResult};
use chrono::TimeDelta;
use sqlx::postgres::types::PgInterval;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{Connection, Executor, Postgres, pool::PoolConnection};
use std::time::Duration;

/// How long `/readyz` waits for the database.
const READY: Duration = Duration::from_millis(500);

/// Listens for NOTIFY.
pub(super) type Listener = PgListener;

/// The private pool.
#[derive(Clone)]
#[expect(clippy::disallowed_types, reason = "the one owner of the pool")]
pub struct Db {
    pool: sqlx::PgPool,
}

impl Db {
    /// Opens at most `size` connections as the role of `app_url`; a full pool answers "busy" after two seconds.
    ///
    /// # Errors
    /// When the address is malformed or the database does not answer.
    pub async fn connect(app_url: &str, size: u32) -> anyhow::Result<Self> {
        let options: PgConnectOptions = app_url.parse()?;
        let pool = PgPoolOptions::new()
            .max_connections(size)
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(2))
            .test_before_acquire(false)
            // sqlx 0.9 forgets a cancelled BEGIN: without this a connection could return inside somebody's transaction.
            .after_release(|conn, _| {
                Box::pin(async move {
                    conn.execute("ROLLBACK").await?;
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self { pool })
    }

    /// A connection without any organization and without any right on tenants' tables.
    pub(super) async fn acquire(&self) -> AppResult<PoolConnection<Postgres>> {
        Ok(self.pool.acquire().await?)
    }

    /// Listens for NOTIFY.
    pub(super) async fn listen(&self, channel: &str) -> Result<Listener, sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(channel).await?;
        Ok(listener)
    }

    /// Whether a request that came now would be answered: a connection is free within [`READY`], and the database answers over it.
    pub async fn ready(&self) -> bool {
        let ask = async { self.pool.acquire().await?.ping().await };
        tokio::time::timeout(READY, ask)
            .await
            .is_ok_and(|answer| answer.is_ok())
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// The error after too many attempts.
fn slow_down(seconds: i32) -> AppError {
    AppError::SlowDown {
        retry_after_s: u32::try_from(seconds).unwrap_or(1).max(1),
    }
}

/// As PostgreSQL's type `interval`.
pub fn interval(span: TimeDelta) -> PgInterval {
    PgInterval {
        months: 0,
        days: 0,
        microseconds: span.num_seconds() * 1_000_000,
    }
}

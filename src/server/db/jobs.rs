//! The queue of background work, as the library's worker and everybody else reach it.
use super::Db;
use super::interval;
use super::tenant::TenantTx;
use crate::kernel::AppResult;
use crate::server::jobs::Work;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::postgres::PgPoolOptions;
use sqlx::types::Json;
use sqlx::{Connection, PgConnection};
use std::time::Duration;
use uuid::Uuid;

/// The schema that the library keeps its tables in.
pub const SCHEMA: &str = "graphile_worker";

/// How the queue stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lag {
    /// Jobs that are due and that nobody does.
    pub waiting: i64,
    /// For how many seconds the oldest of them has been due.
    pub oldest_s: f64,
    /// Jobs that failed for the last time and are kept for whoever looks why.
    pub given_up: i64,
}

impl Db {
    /// Connections as the role that owns the queue and nothing else.
    ///
    /// # Errors
    /// When the database does not answer.
    #[expect(
        clippy::disallowed_types,
        reason = "the library wants a pool; this role reaches no table of ours"
    )]
    pub(in crate::server) async fn jobs_pool(&self, size: u32) -> Result<sqlx::PgPool, sqlx::Error> {
        let options = (*self.pool.connect_options())
            .clone()
            .options([("role", "gantry_jobs")]);
        PgPoolOptions::new()
            .max_connections(size)
            .min_connections(0)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await
    }
}

/// Makes the library's tables, or brings them up to date, and queues the mail that waits but is not in the queue. Every kind
/// of work is made known before anybody queues: a transaction that queues the first of a kind would keep workers waiting until its end.
///
/// # Errors
/// When the database does not answer or a migration of the library fails.
pub async fn migrate(owner_url: &str, kinds: &[Work]) -> anyhow::Result<()> {
    let options: sqlx::postgres::PgConnectOptions = owner_url.parse()?;
    let pool = PgPoolOptions::new()
        .max_connections(2)
        .connect_with(options.options([("role", "gantry_jobs")]))
        .await?;
    graphile_worker::WorkerUtils::new(pool.clone(), SCHEMA)
        .migrate()
        .await?;
    // The library's view reads with its owner's rights; nobody else may enter the schema, and this keeps it so for who ever may.
    sqlx::query("alter view graphile_worker.jobs set (security_invoker = true)")
        .execute(&pool)
        .await?;
    sqlx::query("insert into graphile_worker._private_tasks (identifier) select unnest($1::text[]) on conflict do nothing")
        .bind(kinds.iter().map(|kind| kind.name).collect::<Vec<_>>())
        .execute(&pool)
        .await?;
    pool.close().await;
    let mut conn = PgConnection::connect(owner_url).await?;
    sqlx::query!("select auth.queue_waiting_mail()")
        .execute(&mut conn)
        .await?;
    conn.close().await?;
    Ok(())
}

/// Queues work in the caller's transaction; it belongs to the transaction's workshop. A `key` that waits already is not queued twice.
///
/// # Errors
/// When the database fails.
pub async fn queue<J: crate::server::jobs::Job>(
    tx: &mut TenantTx,
    job: &J,
    key: Option<&str>,
    delay: TimeDelta,
) -> AppResult<()> {
    sqlx::query!(
        "select auth.queue_job($1, $2, $3, $4, $5)",
        J::NAME,
        Json(job) as _,
        key,
        interval(delay),
        J::TRIES
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Queues the same work for each workshop, once while it waits.
///
/// # Errors
/// When the database fails.
pub async fn queue_for_all<J: crate::server::jobs::Job>(db: &Db) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!("select auth.queue_for_all($1, $2)", J::NAME, J::TRIES)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// How the queue stands.
///
/// # Errors
/// When the database fails.
pub async fn lag(db: &Db) -> AppResult<Lag> {
    let mut conn = db.acquire().await?;
    let lag = sqlx::query_as!(
        Lag,
        r#"select waiting as "waiting!", oldest_s as "oldest_s!", given_up as "given_up!" from auth.job_lag()"#
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(lag)
}

/// Forgets jobs that were given up and what letters said before then; how many of each.
///
/// # Errors
/// When the database fails.
pub async fn forget(db: &Db, before: DateTime<Utc>) -> AppResult<(i64, i64)> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select auth.forget_jobs($1) as "jobs!", auth.forget_letters($1) as "letters!""#,
        before
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok((row.jobs, row.letters))
}

/// Forgets a workshop's keys of forms from before then; how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_form_keys(db: &Db, org: Uuid, before: DateTime<Utc>) -> AppResult<i64> {
    let mut conn = db.acquire().await?;
    let gone = sqlx::query_scalar!(r#"select auth.forget_form_keys($1, $2) as "gone!""#, org, before)
        .fetch_one(&mut *conn)
        .await?;
    Ok(gone)
}

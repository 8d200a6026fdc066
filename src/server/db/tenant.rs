//! A transaction that can see one workshop only. There is no other way to a tenant's table.
pub use super::session::{Branch, Session};
use crate::kernel::{AppError, AppResult, BranchId, FormContext, OrgId};
use crate::server::app::App;
use crate::server::clock::SharedClock;
use crate::server::request::RequestInfo;
use crate::server::state::AppState;
use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, Executor, PgConnection, Postgres, Row, pool::PoolConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// Read only, reading and writing, or everything as it was at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
    Snapshot,
}

/// How many statements and round trips a request needed.
#[derive(Debug, Default)]
pub struct QueryStats {
    pub statements: AtomicU32,
    pub round_trips: AtomicU32,
}

impl QueryStats {
    fn add(&self, statements: u32) {
        self.statements.fetch_add(statements, Ordering::Relaxed);
        self.round_trips.fetch_add(1, Ordering::Relaxed);
    }
}

/// The transaction. Dropped without [`TenantTx::commit`] it is rolled back when its connection returns to the pool.
pub struct TenantTx {
    conn: PoolConnection<Postgres>,
    session: Arc<Session>,
    app: App,
    clock: SharedClock,
    query_stats: Arc<QueryStats>,
    pub(crate) request_id: Arc<str>,
    /// A hash of what the request sent, if it sent anything.
    pub(crate) fingerprint: Option<[u8; 32]>,
    /// The trail's rows, written when everything else is.
    pub(super) pending_audit: Vec<super::audit::Event>,
}

impl TenantTx {
    /// One round trip: BEGIN, bind to the session's organization, switch to the role that sees tenants' tables.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] when the session is not valid (any more).
    pub(crate) async fn begin(
        state: &AppState,
        request: &RequestInfo,
        token_hash: &[u8; 32],
        access: Access,
    ) -> AppResult<Self> {
        let (clock, query_stats) = (state.clock.clone(), request.query_stats.clone());
        let mut conn = state.db.acquire().await?;
        let mode = match access {
            Access::Read => "BEGIN READ ONLY",
            Access::Write => "BEGIN",
            Access::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        // Only a hash in hexadecimal, a number and a timestamp of ours stand in this text.
        let batch = format!(
            "{mode}; SELECT auth.authenticate('\\x{}', '{}', interval '{} seconds')::text; SELECT set_config('role', 'gantry_tenant', true)",
            hex::encode(token_hash),
            clock.now().to_rfc3339(),
            state.settings.session_idle.num_seconds()
        );
        let row = conn.fetch_one(sqlx::raw_sql(AssertSqlSafe(batch))).await?;
        query_stats.add(3);
        let text: Option<String> = row.try_get(0)?;
        let json = text.ok_or(AppError::SignedOut)?;
        let session = serde_json::from_str(&json).map_err(|error| super::constraint::incident(&error))?;
        Ok(Self {
            conn,
            session: Arc::new(session),
            app: state.app.clone(),
            clock,
            query_stats,
            request_id: request.id.clone(),
            fingerprint: request.fingerprint(),
            pending_audit: Vec::new(),
        })
    }

    pub fn org(&self) -> OrgId {
        self.session.org()
    }
    /// From here on the transaction sees these branches only.
    pub(crate) async fn narrow(&mut self, branches: Vec<Uuid>) -> AppResult<()> {
        let ids: Vec<String> = branches.iter().map(Uuid::to_string).collect();
        sqlx::query_scalar!("select set_config('app.branches', $1, true)", ids.join(","))
            .fetch_one(self.conn())
            .await?;
        Arc::make_mut(&mut self.session).narrow(branches);
        Ok(())
    }
    /// The request is about a row of this branch: rights are those of the role there from here on.
    pub fn focus(&mut self, branch: BranchId) {
        if self.session.is_mixed() {
            Arc::make_mut(&mut self.session).focus(branch);
        }
    }
    pub fn session(&self) -> &Arc<Session> {
        &self.session
    }
    /// What forms are parsed by.
    pub fn form_context(&self) -> FormContext {
        FormContext {
            currency: self.session.settings.currency,
            locale: self.session.locale(),
            today: self.now().with_timezone(&self.session.zone()).date_naive(),
            zone: self.session.zone(),
        }
    }
    /// The product's features.
    pub(in crate::server) fn app(&self) -> &App {
        &self.app
    }
    /// The time by the clock that the server was given.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
    pub fn new_uuid(&self) -> Uuid {
        self.clock.new_uuid()
    }
    /// For selectors, services and jobs only (a law test looks); one call, one statement.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        self.query_stats.add(1);
        &mut self.conn
    }

    /// Writes the trail and makes the work durable.
    ///
    /// # Errors
    /// When the database refuses or is gone: then nothing was written, or we do not know.
    pub async fn commit(mut self) -> AppResult<()> {
        super::audit::write(&mut self).await?;
        self.query_stats.add(1);
        self.conn.execute("COMMIT").await?;
        Ok(())
    }
}

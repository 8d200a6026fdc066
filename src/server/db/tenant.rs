//! A transaction that can see one workshop only. There is no other way to a tenant's table.
use super::{Db, settings::Settings};
use crate::kernel::{
    AppError, AppResult, BranchId, FormContext, Locale, MemberId, OrgId, OrgState, Role, Terms, UserId,
    permission::{Departures, Switches},
};
use crate::server::clock::SharedClock;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Executor, PgConnection, Postgres, Row, pool::PoolConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// Who asks, for which workshop, with which branches: read again at every request.
#[derive(Clone, Debug, Deserialize)]
pub struct Session {
    user_id: Uuid,
    org_id: Uuid,
    member_id: Uuid,
    pub name: String,
    pub email: String,
    /// The address to sign in with, which may differ from the one that the workshop has.
    pub login: String,
    pub role: Role,
    /// The name of the workshop's own role, for a member who has one.
    custom_role: Option<String>,
    rights: Departures,
    pub org_name: String,
    pub org_slug: String,
    /// Subscription with us now, and until when if that changes by itself.
    #[serde(rename = "org_state")]
    pub state: OrgState,
    pub state_until: Option<DateTime<Utc>>,
    pub on_trial: bool,
    /// Of the trial, or of what is paid for.
    pub expires_at: Option<DateTime<Utc>>,
    /// When its owner left.
    pub cancelled_at: Option<DateTime<Utc>>,
    pub all_branches: bool,
    branch_id: Option<Uuid>,
    branches: Vec<BranchRow>,
    pub settings: Settings,
    /// Every workshop that the person is an active member of, by name.
    workshops: Vec<OtherWorkshop>,
    pub(crate) stale: bool,
    /// When the password was last given on this session.
    confirmed_at: Option<DateTime<Utc>>,
    /// Opened by a PIN on a shared tablet.
    pub by_pin: bool,
    /// Nobody followed the link to this address yet.
    pub unverified: bool,
    /// One of us looks, until then.
    pub support_until: Option<DateTime<Utc>>,
    /// The role asks for a second factor, and there is none.
    pub factor_due: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct OtherWorkshop {
    id: Uuid,
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
struct BranchRow {
    id: Uuid,
    name: String,
    code: String,
    time_zone: String,
}

/// A branch that the member may work in.
#[derive(Clone, Debug)]
pub struct Branch {
    pub id: BranchId,
    pub name: String,
    pub code: String,
    pub time_zone: chrono_tz::Tz,
}

impl Session {
    pub fn user(&self) -> UserId {
        UserId::new(self.user_id)
    }
    pub fn org(&self) -> OrgId {
        OrgId::new(self.org_id)
    }
    pub fn member(&self) -> MemberId {
        MemberId::new(self.member_id)
    }
    /// Whether the password was given on this session within the last ten minutes.
    pub fn confirmed_lately(&self, now: DateTime<Utc>) -> bool {
        self.confirmed_at
            .is_some_and(|at| now - at <= chrono::TimeDelta::minutes(10))
    }
    pub fn switches(&self) -> Switches {
        self.settings.switches()
    }
    /// What the workshop calls things.
    pub fn terms(&self) -> Terms {
        self.settings.terms()
    }
    /// Where the member's role departs from its preset.
    pub fn departures(&self) -> &Departures {
        &self.rights
    }
    /// The role as people call it.
    pub fn role_label(&self) -> String {
        let preset = || self.terms().say(self.role.label());
        self.custom_role.clone().unwrap_or_else(preset)
    }
    /// Whether only orders that name the member exist for them, as `auth.enter` tells the database.
    pub fn sees_assigned_only(&self) -> bool {
        self.role == Role::Technician && !self.settings.technicians_see_all
    }
    /// How the organization's country writes dates, numbers and English.
    pub fn locale(&self) -> Locale {
        Locale::of(&self.settings.country)
    }
    /// Every workshop of the person, this one too, by name.
    pub fn workshops(&self) -> Vec<(OrgId, String)> {
        let named = |workshop: &OtherWorkshop| (OrgId::new(workshop.id), workshop.name.clone());
        self.workshops.iter().map(named).collect()
    }
    /// Whether both may do the same in the same branches.
    pub fn may_as(&self, other: &Self) -> bool {
        let places = |of: &Self| of.branches.iter().map(|row| row.id).collect::<Vec<_>>();
        self.role == other.role && self.rights == other.rights && places(self) == places(other)
    }
    /// The branches of the membership, by name.
    pub fn branches(&self) -> Vec<Branch> {
        let zone = |row: &BranchRow| row.time_zone.parse().unwrap_or(chrono_tz::UTC);
        self.branches
            .iter()
            .map(|row| Branch {
                id: BranchId::new(row.id),
                name: row.name.clone(),
                code: row.code.clone(),
                time_zone: zone(row),
            })
            .collect()
    }
    /// The branch chosen in the switcher; `None` means all of the member's.
    pub fn chosen_branch(&self) -> Option<Branch> {
        self.branches()
            .into_iter()
            .find(|branch| Some(branch.id.uuid()) == self.branch_id)
    }
    /// What lists filter by: the chosen branch, or all of the member's.
    pub fn branch_filter(&self) -> Vec<Uuid> {
        self.chosen_branch().map_or_else(
            || self.branches.iter().map(|b| b.id).collect(),
            |b| vec![b.id.uuid()],
        )
    }
    /// Where new rows go: the chosen branch, or the first of the member's.
    pub fn working_branch(&self) -> AppResult<Branch> {
        self.chosen_branch()
            .or_else(|| self.branches().into_iter().next())
            .ok_or_else(|| AppError::refused("You are not a member of any branch yet. Ask an owner."))
    }
    /// The clock on the wall where the member works.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.working_branch()
            .map_or(chrono_tz::UTC, |branch| branch.time_zone)
    }
    pub fn branch(&self, id: BranchId) -> AppResult<Branch> {
        self.branches()
            .into_iter()
            .find(|branch| branch.id == id)
            .ok_or(AppError::NotFound)
    }
}

/// Read only, reading and writing, or everything as it was at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
    Snapshot,
}

/// How much a request asked of the database.
#[derive(Debug, Default)]
pub struct Effort {
    pub statements: AtomicU32,
    pub round_trips: AtomicU32,
}

impl Effort {
    fn add(&self, statements: u32) {
        self.statements.fetch_add(statements, Ordering::Relaxed);
        self.round_trips.fetch_add(1, Ordering::Relaxed);
    }
}

/// The transaction. Dropped without [`TenantTx::commit`] it is rolled back when its connection returns to the pool.
pub struct TenantTx {
    conn: PoolConnection<Postgres>,
    session: Arc<Session>,
    clock: SharedClock,
    effort: Arc<Effort>,
    pub(crate) request_id: Arc<str>,
    /// A hash of what the request sent, if it sent anything.
    pub(crate) fingerprint: Option<[u8; 32]>,
    /// The trail's rows, written when everything else is.
    pub(super) told: Vec<super::audit::Event>,
}

impl TenantTx {
    /// One round trip: BEGIN, bind to the session's organization, switch to the role that sees tenants' tables.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] when the session is not valid (any more).
    pub(crate) async fn begin(
        db: &Db,
        token_hash: &[u8; 32],
        access: Access,
        idle: chrono::TimeDelta,
        clock: SharedClock,
        effort: Arc<Effort>,
        request_id: Arc<str>,
    ) -> AppResult<Self> {
        let mut conn = db.acquire().await?;
        let mode = match access {
            Access::Read => "BEGIN READ ONLY",
            Access::Write => "BEGIN",
            Access::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        // Only a hash in hexadecimal, a number and a timestamp of ours stand in this text.
        let batch = format!(
            "{mode}; SELECT auth.come_in('\\x{}', '{}', interval '{} seconds')::text; SELECT set_config('role', 'gantry_tenant', true)",
            hex::encode(token_hash),
            clock.now().to_rfc3339(),
            idle.num_seconds()
        );
        let row = conn.fetch_one(sqlx::raw_sql(AssertSqlSafe(batch))).await?;
        effort.add(3);
        let text: Option<String> = row.try_get(0)?;
        let json = text.ok_or(AppError::SignedOut)?;
        let session = serde_json::from_str(&json).map_err(|error| super::constraint::incident(&error))?;
        Ok(Self {
            conn,
            session: Arc::new(session),
            clock,
            effort,
            request_id,
            fingerprint: None,
            told: Vec::new(),
        })
    }

    pub fn org(&self) -> OrgId {
        self.session.org()
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
    /// The clock travels with the work.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
    pub fn new_uuid(&self) -> Uuid {
        self.clock.new_uuid()
    }
    /// For selectors, services and jobs only (a law test looks); one call, one statement.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        self.effort.add(1);
        &mut self.conn
    }

    /// Writes the trail and makes the work durable.
    ///
    /// # Errors
    /// When the database refuses or is gone: then nothing was written, or we do not know.
    pub async fn commit(mut self) -> AppResult<()> {
        super::audit::write(&mut self).await?;
        self.effort.add(1);
        self.conn.execute("COMMIT").await?;
        Ok(())
    }
}

//! One page, form or server function = one permission = one scope. Holding a `Scope<P>` proves that the member has the right `P`.
use super::session::Token;
use crate::kernel::permission::{KeepAccount, MoveAround, SUPPORT, SeeStanding, ViewAllOrders};
use crate::kernel::{AppError, AppResult, Conflict, OrgState, Permission};
use crate::server::db::session::{BranchAccess, Session};
use crate::server::db::tenant::{Access, TenantTx};
use crate::server::db::{identity, platform};
use crate::server::request::RequestInfo;
use crate::server::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::{Method, request::Parts};
use leptos::prelude::use_context;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// What somebody may do whose second factor is due.
const BEFORE_FACTOR: [&str; 3] = [KeepAccount::NAME, SeeStanding::NAME, MoveAround::NAME];

/// A tenant transaction together with the right to use it for `P`.
pub struct Scope<P> {
    tx: TenantTx,
    pub(crate) request: Arc<RequestInfo>,
    pub(crate) state: AppState,
    right: PhantomData<fn() -> P>,
}

impl<P: Permission> Scope<P> {
    /// In a server function: read only.
    ///
    /// # Errors
    /// SignedOut, Forbidden, or the database's.
    pub async fn read() -> AppResult<Self> {
        Self::from_context(Access::Read).await
    }
    /// In a server function: to write and [`Scope::commit`].
    ///
    /// # Errors
    /// SignedOut, Forbidden, or the database's.
    pub async fn write() -> AppResult<Self> {
        Self::from_context(Access::Write).await
    }

    async fn from_context(access: Access) -> AppResult<Self> {
        let missing = || crate::server::db::constraint::incident(&"a scope outside a request");
        let state = use_context::<AppState>().ok_or_else(missing)?;
        let request = use_context::<Arc<RequestInfo>>().ok_or_else(missing)?;
        Self::used(state, request, access).await
    }

    pub(crate) async fn open(state: AppState, request: Arc<RequestInfo>, access: Access) -> AppResult<Self> {
        let token = request.token.clone().ok_or(AppError::SignedOut)?;
        let mut tx = TenantTx::begin(&state, &request, &token.hash(), access).await?;
        if request
            .workshop
            .as_deref()
            .is_some_and(|slug| slug != tx.session().org_slug)
        {
            return Err(AppError::NotFound);
        }
        let (session, writes) = (tx.session(), access == Access::Write);
        let reach = session.reach_of::<P>();
        let sets_up_factor = session.factor_due && session.is_owner() && P::NAME == KeepAccount::NAME;
        match session.state.admit(P::NAME, writes, session.role()) {
            // Without the right the answer says so, and not why nobody may.
            Err(AppError::Conflict(_)) if reach == BranchAccess::Nowhere => {}
            Err(AppError::Closed(OrgState::Locked)) if sets_up_factor => {}
            admitted => admitted?,
        }
        if session.factor_due && !BEFORE_FACTOR.contains(&P::NAME) {
            return Err(AppError::FactorDue);
        }
        if reach == BranchAccess::Nowhere {
            return Err(AppError::Forbidden(P::ACTION.to_owned()));
        }
        if session.support_until.is_some() && writes && P::NAME != MoveAround::NAME {
            return Err(AppError::Forbidden(
                "change anything with support access".to_owned(),
            ));
        }
        if P::STEP_UP.asks(writes) && !tx.session().confirmed_lately(tx.now()) {
            return Err(AppError::StepUp);
        }
        if let BranchAccess::Branches(branches) = reach {
            tx.narrow(branches).await?;
        }
        Ok(Self {
            tx,
            request,
            state,
            right: PhantomData,
        })
    }

    /// As [`Scope::open`] for somebody who did something: an open tab that only listens does not keep its session alive.
    async fn used(state: AppState, request: Arc<RequestInfo>, access: Access) -> AppResult<Self> {
        let mut scope = Self::open(state, request, access).await?;
        if scope.session().support_until.is_some() {
            scope = scope.log_support_access(access).await?;
        }
        if let Some(token) = &scope.request.token {
            scope.state.limits.know(token, scope.org());
        }
        if scope.request.comes_from_another(scope.org()) {
            return Err(Conflict::OtherWorkshop.into());
        }
        if let Some(token) = scope.request.token.clone().filter(|_| scope.session().stale) {
            keep_alive(&scope.state, token);
        }
        Ok(scope)
    }

    /// Support looks: the workshop's trail says at what before it is shown.
    async fn log_support_access(self, access: Access) -> AppResult<Self> {
        let (state, request) = (self.state.clone(), self.request.clone());
        // It is recorded over another connection: never hold both at once.
        drop(self);
        let token = request.token.as_ref().ok_or(AppError::SignedOut)?;
        let (event, now) = (state.clock.new_uuid(), state.clock.now());
        if !platform::tell_support_look(&state.db, &token.hash(), &request.target, now, event, &request.id)
            .await?
        {
            return Err(AppError::SignedOut);
        }
        Self::open(state, request, access).await
    }

    /// For what needs a second right: from here on only branches are in view whose role gives `Q`, too.
    ///
    /// # Errors
    /// `Forbidden` where there is none.
    pub async fn also<Q: Permission>(&mut self) -> AppResult<()> {
        let held = match self.session().reach_of::<Q>() {
            BranchAccess::Everywhere => return Ok(()),
            BranchAccess::Nowhere => Vec::new(),
            BranchAccess::Branches(held) => held,
        };
        let in_view = self
            .session()
            .branches()
            .into_iter()
            .map(|branch| branch.id.uuid());
        let both: Vec<_> = in_view.filter(|branch| held.contains(branch)).collect();
        if both.is_empty() {
            return Err(AppError::Forbidden(Q::ACTION.to_owned()));
        }
        self.tx.narrow(both).await
    }

    /// Whether the member also has the right `Q` for what the request shows.
    pub fn allows<Q: Permission>(&self) -> bool {
        self.session().allows::<Q>()
    }

    /// For an act that is sensitive although its right is not.
    ///
    /// # Errors
    /// [`AppError::StepUp`] unless the password was given on this session a moment ago.
    pub fn confirmed(&self) -> AppResult<()> {
        if self.session().confirmed_lately(self.now()) {
            Ok(())
        } else {
            Err(AppError::StepUp)
        }
    }

    /// The session's own secret, for what only its holder may ask.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] without one.
    pub fn token(&self) -> AppResult<Token> {
        self.request.token.clone().ok_or(AppError::SignedOut)
    }

    /// Lets go of the connection: for what is done as nobody in particular, over another one.
    pub fn into_visitor(self) -> Visitor {
        Visitor {
            request: self.request.clone(),
            state: self.state.clone(),
        }
    }

    /// # Errors
    /// When the database refuses or is gone.
    pub async fn commit(self) -> AppResult<()> {
        self.tx.commit().await
    }

    /// Gives up what was written and reads anew: to show a form again after a refused write.
    ///
    /// # Errors
    /// As opening does.
    pub async fn start_over(self) -> AppResult<Self> {
        let Self {
            tx, request, state, ..
        } = self;
        drop(tx);
        Self::open(state, request, Access::Read).await
    }
}

impl Session {
    /// Whether the right holds for what the request shows: in the branch of its row, or in every branch in view.
    pub fn allows<Q: Permission>(&self) -> bool {
        if self.support_until.is_some() {
            return SUPPORT.contains(&Q::NAME);
        }
        self.holds_in_view(&Q::RIGHT)
    }

    /// Whether a page of this right opens, for menus and for what begins anew.
    pub fn opens<Q: Permission>(&self) -> bool {
        self.reach_of::<Q>() != BranchAccess::Nowhere
    }

    fn reach_of<Q: Permission>(&self) -> BranchAccess {
        match self.support_until {
            Some(_) if SUPPORT.contains(&Q::NAME) => BranchAccess::Everywhere,
            Some(_) => BranchAccess::Nowhere,
            None => self.reach(&Q::RIGHT),
        }
    }

    /// Whether orders that do not name the member are hidden somewhere in view, as `auth.enter` tells the database.
    pub fn sees_assigned_only(&self) -> bool {
        !self.allows::<ViewAllOrders>()
    }
}

/// Notes that the session is in use, beside the request: at most once a minute.
fn keep_alive(state: &AppState, token: Token) {
    let (db, now) = (state.db.clone(), state.clock.now());
    tokio::spawn(async move {
        if let Err(error) = identity::touch_session(&db, &token.hash(), now).await {
            tracing::warn!(%error, "Could not note a session's use");
        }
    });
}

impl<P> Deref for Scope<P> {
    type Target = TenantTx;
    fn deref(&self) -> &TenantTx {
        &self.tx
    }
}
impl<P> DerefMut for Scope<P> {
    fn deref_mut(&mut self) -> &mut TenantTx {
        &mut self.tx
    }
}

/// On a request that is a POST for the sake of its words only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnlyReads;

/// As a handler's argument: GET and questions read, everything else may write.
impl<P: Permission> FromRequestParts<AppState> for Scope<P> {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let asks = parts.extensions.get::<OnlyReads>().is_some();
        let access = if asks || parts.method == Method::GET || parts.method == Method::HEAD {
            Access::Read
        } else {
            Access::Write
        };
        Self::used(state.clone(), RequestInfo::of(parts), access).await
    }
}

/// A request without a right: the public pages, sign-in, sign-up. As explicit as a scope.
pub struct Visitor {
    pub(crate) request: Arc<RequestInfo>,
    pub(crate) state: AppState,
}

impl Visitor {
    /// Who is signed in, if anybody is. While the database does not answer, everybody counts as signed out.
    pub(crate) async fn session(&self) -> Option<Arc<Session>> {
        peek(&self.state, &self.request).await
    }
}

/// The session of a request that needs none.
pub(crate) async fn peek(state: &AppState, request: &Arc<RequestInfo>) -> Option<Arc<Session>> {
    request.token.as_ref()?;
    let scope = Scope::<SeeStanding>::open(state.clone(), request.clone(), Access::Read);
    Some(scope.await.ok()?.session().clone())
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        Ok(Self {
            request: RequestInfo::of(parts),
            state: state.clone(),
        })
    }
}

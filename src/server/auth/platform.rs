//! A request of one of our own people. Nothing of a workshop's session leads here, and nothing here leads into a workshop's rows.
use super::session::Token;
use crate::kernel::{AppError, AppResult};
use crate::server::db::platform::PlatformTx;
use crate::server::request::RequestInfo;
use crate::server::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A platform transaction together with the request it is for.
pub struct PlatformScope {
    tx: PlatformTx,
    pub(crate) request: Arc<RequestInfo>,
    pub(crate) state: AppState,
}

impl PlatformScope {
    pub(crate) async fn open(state: AppState, request: Arc<RequestInfo>) -> AppResult<Self> {
        // A workshop's own address knows nothing of the console.
        if request.workshop.is_some() {
            return Err(AppError::NotFound);
        }
        let token = request
            .platform
            .as_ref()
            .map(Token::hash)
            .ok_or(AppError::SignedOut)?;
        let tx = PlatformTx::begin(&state.db, &token, state.clock.clone(), request.id.clone()).await?;
        Ok(Self { tx, request, state })
    }

    /// # Errors
    /// When the database is gone.
    pub async fn commit(self) -> AppResult<()> {
        self.tx.commit().await
    }
}

impl Deref for PlatformScope {
    type Target = PlatformTx;
    fn deref(&self) -> &PlatformTx {
        &self.tx
    }
}
impl DerefMut for PlatformScope {
    fn deref_mut(&mut self) -> &mut PlatformTx {
        &mut self.tx
    }
}

impl FromRequestParts<AppState> for PlatformScope {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        Self::open(state.clone(), RequestInfo::of(parts)).await
    }
}

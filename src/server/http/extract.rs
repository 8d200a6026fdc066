//! Arguments of handlers that refuse with our errors: typed ids in paths, forms, search parameters.
use super::shown_for;
use crate::kernel::form::{FromPosted, Posted};
use crate::kernel::{AppError, AppResult, text};
use crate::server::state::AppState;
use axum::extract::{FromRequest, FromRequestParts, Path, RawForm, RawQuery, Request};
use axum::http::request::Parts;
use std::str::FromStr;

/// The path's typed id (or a tuple of two); anything else is a page that does not exist.
pub struct Id<T>(pub T);

impl<T: FromStr + Send> FromRequestParts<AppState> for Id<T> {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let Path(all) = Path::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map_err(|_| AppError::NotFound)?;
        let (_, last) = all.last().ok_or(AppError::NotFound)?;
        last.parse().map(Self).map_err(|_| AppError::NotFound)
    }
}

/// A path's first and second typed ids.
pub struct Ids<A, B>(pub A, pub B);

impl<A: FromStr + Send, B: FromStr + Send> FromRequestParts<AppState> for Ids<A, B> {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let Path(all) = Path::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map_err(|_| AppError::NotFound)?;
        match all.as_slice() {
            [(_, a), (_, b)] => Ok(Self(
                a.parse().map_err(|_| AppError::NotFound)?,
                b.parse().map_err(|_| AppError::NotFound)?,
            )),
            _ => Err(AppError::NotFound),
        }
    }
}

/// A form's fields as strings; a missing field is an empty one, and its rule says so.
pub struct FormBody<T>(pub T);

impl<T: FromPosted> FromRequest<AppState> for FormBody<T> {
    type Rejection = AppError;
    async fn from_request(request: Request, state: &AppState) -> AppResult<Self> {
        let unreadable = |_| AppError::BadRequest("the form".into());
        let RawForm(bytes) = RawForm::from_request(request, state)
            .await
            .map_err(|_| AppError::BadRequest("the form".into()))?;
        let mut pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).map_err(unreadable)?;
        // Every form carries it, none means it.
        pairs.retain(|(name, _)| name != shown_for::FIELD);
        T::from_posted(&pairs.into_iter().collect())
            .map(Self)
            .ok_or_else(|| AppError::BadRequest("the form".into()))
    }
}

/// The query's parameters, without what no text has; unreadable ones are as if missing.
pub struct Search<T>(pub T);

impl<T: FromPosted + Send> FromRequestParts<AppState> for Search<T> {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let RawQuery(query) = RawQuery::from_request_parts(parts, state)
            .await
            .unwrap_or(RawQuery(None));
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
        let pairs = pairs
            .into_iter()
            .map(|(name, value)| (name, text::searched(&value)));
        Ok(Self(
            T::from_posted(&pairs.collect::<Posted>()).unwrap_or_default(),
        ))
    }
}

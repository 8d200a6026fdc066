//! Reads a write's body before anything holds a connection, so that a slow sender holds none. Of a sender who is not signed in little is kept, and
//! of all together no more than fits: strangers with half a body must not fill the memory.
use super::request::RequestInfo;
use super::shown_for;
use crate::kernel::AppError;
use crate::server::auth::scope::peek;
use crate::server::state::AppState;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// No form or server function of ours is larger.
const MOST: usize = 1024 * 1024;
/// Nor is any form for somebody who is not signed in.
const MOST_OF_STRANGER: usize = 32 * 1024;
/// Smaller bodies are read without looking up the session or counting memory.
const FREE: usize = 8 * 1024;
/// What may be in memory at once, in KiB.
const KEPT: usize = 64 * 1024;
const KEPT_OF_STRANGERS: usize = 16 * 1024;
const LONGEST: Duration = Duration::from_secs(10);

/// How much is being kept.
#[derive(Clone)]
pub struct Bodies {
    state: AppState,
    members: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
}

/// Why a body is not read to its end.
enum Refused {
    TooLarge,
    Broken,
    Full,
}

impl Bodies {
    pub fn new(state: AppState) -> Self {
        Self {
            state,
            members: Arc::new(Semaphore::new(KEPT)),
            strangers: Arc::new(Semaphore::new(KEPT_OF_STRANGERS)),
        }
    }

    async fn read(
        &self,
        parts: &Parts,
        mut body: Body,
    ) -> Result<(Vec<u8>, Vec<OwnedSemaphorePermit>), Refused> {
        let (mut kept, mut permits) = (Vec::new(), Vec::new());
        let mut allowance: Option<(usize, &Arc<Semaphore>)> = None;
        let declared = declared(&parts.headers);
        if declared > MOST {
            return Err(Refused::TooLarge);
        }
        if declared > FREE {
            let (most, _) = *allowance.insert(self.allowance(parts).await);
            if declared > most {
                return Err(Refused::TooLarge);
            }
        }
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| Refused::Broken)?.into_data() else {
                continue;
            };
            let length = kept.len() + data.len();
            if length > FREE {
                let (most, memory) = match allowance {
                    Some(known) => known,
                    None => *allowance.insert(self.allowance(parts).await),
                };
                if length > most {
                    return Err(Refused::TooLarge);
                }
                let size = u32::try_from(data.len().div_ceil(1024)).unwrap_or(u32::MAX);
                let permit = memory.clone().try_acquire_many_owned(size);
                permits.push(permit.map_err(|_| Refused::Full)?);
            }
            kept.extend_from_slice(&data);
        }
        Ok((kept, permits))
    }

    /// How much this sender may send, and whose memory it takes.
    async fn allowance(&self, parts: &Parts) -> (usize, &Arc<Semaphore>) {
        match peek(&self.state, &RequestInfo::of(parts)).await {
            Some(_) => (MOST, &self.members),
            None => (MOST_OF_STRANGER, &self.strangers),
        }
    }
}

/// What the sender says that it will send.
fn declared(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    length.unwrap_or_default()
}

/// The layer.
pub async fn whole(State(bodies): State<Bodies>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(LONGEST, bodies.read(&parts, body)).await {
        // What was taken is given back when the answer is there.
        Ok(Ok((bytes, _taken))) => {
            shown_for::note(&parts, &bytes);
            RequestInfo::of(&parts).note_body(&bytes);
            next.run(Request::from_parts(parts, Body::from(bytes))).await
        }
        Ok(Err(Refused::TooLarge)) => {
            (StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.").into_response()
        }
        Ok(Err(Refused::Broken)) => AppError::BadRequest("the form".into()).into_response(),
        Ok(Err(Refused::Full)) => AppError::Busy.into_response(),
        Err(_) => (
            StatusCode::REQUEST_TIMEOUT,
            "The request took too long to arrive.",
        )
            .into_response(),
    }
}

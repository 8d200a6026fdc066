//! How much one session and one workshop may ask of a server: a workshop that asks twenty times its share must not slow down the others.
//! The limits are far above normal use. A request slightly above them waits; one far above them is refused.
use super::request::RequestInfo;
use crate::kernel::{AppError, OrgId};
use crate::server::auth::session::Token;
use crate::server::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Requests a second, and how many at once after a pause.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub a_second: u32,
    pub burst: u32,
}

#[derive(Clone, Copy, Debug)]
pub struct Rates {
    pub session: Rate,
    pub workshop: Rate,
    /// Open live streams: a tab that somebody looks at holds one.
    pub session_streams: usize,
    pub workshop_streams: usize,
    /// How long a request waits for its turn before it is refused.
    pub patience: Duration,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            session: Rate {
                a_second: 200,
                burst: 400,
            },
            workshop: Rate {
                a_second: 400,
                burst: 800,
            },
            session_streams: 20,
            workshop_streams: 400,
            patience: Duration::from_millis(500),
        }
    }
}

/// What the sessions and workshops of this process ask. Clones count together.
#[derive(Clone)]
pub struct Limits {
    rates: Rates,
    known: Arc<Mutex<Known>>,
}

/// Sessions that were found to be valid; made-up ones are not counted.
#[derive(Default)]
struct Known {
    sessions: HashMap<[u8; 32], Asking>,
    workshops: HashMap<OrgId, Asking>,
}

/// One session's or workshop's use.
struct Asking {
    workshop: OrgId,
    /// When everything asked so far would be done at the rate allowed.
    done_at: Instant,
    streams: usize,
}

impl Asking {
    fn new(workshop: OrgId) -> Self {
        Self {
            workshop,
            done_at: Instant::now(),
            streams: 0,
        }
    }

    /// How long the next request has to wait.
    fn wait(&self, rate: Rate, now: Instant) -> Duration {
        let ahead = self.done_at.saturating_duration_since(now);
        ahead.saturating_sub(rate.each() * rate.burst)
    }

    fn take(&mut self, rate: Rate, now: Instant) {
        self.done_at = self.done_at.max(now) + rate.each();
    }

    fn is_forgettable(&self, now: Instant) -> bool {
        self.streams == 0 && self.done_at <= now
    }
}

impl Rate {
    fn each(self) -> Duration {
        Duration::from_secs(1) / self.a_second.max(1)
    }
}

/// Known sessions are looked through for idle ones when there are this many.
const MANY: usize = 4096;

impl Limits {
    pub fn new(rates: Rates) -> Self {
        Self {
            rates,
            known: Arc::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session is valid, and that workshop's.
    pub fn know(&self, token: &Token, workshop: OrgId) {
        let mut known = self.known();
        if known.sessions.len() >= MANY {
            let now = Instant::now();
            known.sessions.retain(|_, asking| !asking.is_forgettable(now));
            known.workshops.retain(|_, asking| !asking.is_forgettable(now));
        }
        let session = known.sessions.entry(token.hash());
        session.or_insert_with(|| Asking::new(workshop)).workshop = workshop;
        known
            .workshops
            .entry(workshop)
            .or_insert_with(|| Asking::new(workshop));
    }

    /// How long a request of this session waits; none when it would be too long.
    fn turn(&self, token: &Token) -> Option<Duration> {
        let (mut known, now) = (self.known(), Instant::now());
        let Known {
            sessions, workshops, ..
        } = &mut *known;
        let Some(session) = sessions.get_mut(&token.hash()) else {
            return Some(Duration::ZERO);
        };
        let mut wait = session.wait(self.rates.session, now);
        let workshop = workshops.get_mut(&session.workshop);
        if let Some(workshop) = &workshop {
            wait = wait.max(workshop.wait(self.rates.workshop, now));
        }
        if wait > self.rates.patience {
            return None;
        }
        session.take(self.rates.session, now);
        if let Some(workshop) = workshop {
            workshop.take(self.rates.workshop, now);
        }
        Some(wait)
    }

    /// A place for a live stream, held until it is dropped.
    pub fn stream(&self, token: &Token, workshop: OrgId) -> Option<StreamPlace> {
        self.know(token, workshop);
        let (mut known, session) = (self.known(), token.hash());
        let of_session = known.sessions.get(&session).map_or(0, |asking| asking.streams);
        let of_workshop = known.workshops.get(&workshop).map_or(0, |asking| asking.streams);
        if of_session >= self.rates.session_streams || of_workshop >= self.rates.workshop_streams {
            return None;
        }
        known.count(session, workshop, |streams| streams + 1);
        Some(StreamPlace {
            limits: self.clone(),
            session,
            workshop,
        })
    }
}

impl Known {
    fn count(&mut self, session: [u8; 32], workshop: OrgId, change: impl Fn(usize) -> usize) {
        let session = self.sessions.get_mut(&session);
        for asking in session.into_iter().chain(self.workshops.get_mut(&workshop)) {
            asking.streams = change(asking.streams);
        }
    }
}

/// An open stream.
pub struct StreamPlace {
    limits: Limits,
    session: [u8; 32],
    workshop: OrgId,
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        let (session, workshop) = (self.session, self.workshop);
        self.limits
            .known()
            .count(session, workshop, |streams| streams.saturating_sub(1));
    }
}

/// The layer: before a request costs anything.
pub async fn pace(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let info = request.extensions().get::<Arc<RequestInfo>>();
    let turn = info
        .and_then(|info| info.token.as_ref())
        .map(|token| state.limits.turn(token));
    match turn {
        Some(None) => return AppError::SlowDown { retry_after_s: 1 }.into_response(),
        Some(Some(wait)) if !wait.is_zero() => tokio::time::sleep(wait).await,
        _ => {}
    }
    next.run(request).await
}

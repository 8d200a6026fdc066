//! `/events`: server-sent events of the member's organization and branches. The session is looked at again every few
//! seconds, so a stream ends soon after its member lost the right to it.
use crate::kernel::permission::ViewWorkOrders;
use crate::query;
use crate::server::db::tenant::{Access, Session};
use crate::server::events::{Event, Events};
use crate::server::prelude::*;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use futures::stream::{self, StreamExt};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// How often a stream's right is looked at again.
const RECHECK: Duration = Duration::from_secs(4);

/// Browsers pass over an event without data.
const EVERYTHING: &str = "*";

query! {
    /// The mark of the page that listens.
    pub(super) struct Since {
        since,
    }
}

pub(super) async fn events(scope: Scope<ViewWorkOrders>, Search(page): Search<Since>) -> PageResult {
    let (state, request) = (scope.state.clone(), scope.request.clone());
    let session = scope.session().clone();
    // The connection goes back: a stream holds none.
    drop(scope);
    let token = request.token.as_ref().ok_or(AppError::SignedOut)?;
    let place = state.limits.stream(token, session.org());
    let place = place.ok_or(AppError::SlowDown { retry_after_s: 60 })?;
    let live = state.events.clone();
    let (receiver, missed) = live.subscribe(Events::mark_of(&page.since));
    let missed: Vec<Message> = missed
        .iter()
        .filter(|event| concerns(&session, event))
        .map(message)
        .collect();
    let recheck = tokio::time::interval_at(tokio::time::Instant::now() + RECHECK, RECHECK);
    let messages = stream::unfold(
        (receiver, recheck, session),
        move |(mut receiver, mut recheck, mut session)| {
            let (state, request) = (state.clone(), request.clone());
            async move {
                loop {
                    tokio::select! {
                        received = receiver.recv() => match received {
                            // A change of the member's own rights or end of the membership is looked at now.
                            Ok(event) if event.kind == "member" => {
                                if event.id == session.member().uuid() {
                                    recheck.reset_immediately();
                                }
                            }
                            // Subscription changed: whoever may not look any more stops now.
                            Ok(event) if event.kind == "organization" => {
                                if event.org == session.org().uuid() {
                                    recheck.reset_immediately();
                                }
                            }
                            Ok(event) if concerns(&session, &event) => return Some((message(&event), (receiver, recheck, session))),
                            Ok(_) => {}
                            // Too slow to hear everything: the page looks at all of it again.
                            Err(RecvError::Lagged(_)) => return Some((everything(), (receiver, recheck, session))),
                            Err(RecvError::Closed) => return None,
                        },
                        _ = recheck.tick() => match Scope::<ViewWorkOrders>::open(state.clone(), request.clone(), Access::Read).await {
                            // The page behind the stream is another workshop's after a switch in a second tab.
                            Ok(scope) if scope.org() != session.org() => return None,
                            // The browser comes back by itself, as whoever it is then.
                            Ok(scope) if !scope.session().may_as(&session) => return None,
                            Ok(scope) => session = scope.session().clone(),
                            Err(AppError::Busy) => {}
                            Err(_) => return None,
                        },
                    }
                }
            }
        },
    );
    let stopped = live.stopped();
    let hello = stream::once(async { Message::default().event("ready").data(EVERYTHING) });
    let messages = hello
        .chain(stream::iter(missed))
        .chain(messages)
        .take_until(stopped);
    let messages = messages.map(move |message| {
        let _held = &place;
        Ok::<_, Infallible>(message)
    });
    let stream = Sse::new(messages).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)));
    Ok(([(header::CACHE_CONTROL, "no-store")], stream).into_response())
}

/// A change of which the stream does not know what it was.
fn everything() -> Message {
    Message::default().event("all").data(EVERYTHING)
}

/// A technician's page reads again under their own rights: the event says only that an order of their branch changed.
fn concerns(session: &Arc<Session>, event: &Event) -> bool {
    event.is_everything()
        || session.org().uuid() == event.org
            && session
                .branches()
                .iter()
                .any(|branch| branch.id.uuid() == event.branch)
}

fn message(event: &Event) -> Message {
    if event.is_everything() {
        return everything();
    }
    let id = if event.kind == "work_order" {
        WorkOrderId::new(event.id).to_string()
    } else {
        event.id.to_string()
    };
    Message::default().event(event.kind.clone()).data(id)
}

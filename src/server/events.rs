//! Live events: what a transaction announced (LISTEN/NOTIFY), to every browser that may see it (server-sent events), on every server.
use super::clock::{Clock, SystemClock};
use super::db::{Db, Listener};
use super::supervise;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

/// Something changed; the listener reads it under its own rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub org: Uuid,
    pub branch: Uuid,
    /// `work_order`; `all` after a gap, when nobody knows what changed.
    pub kind: String,
    pub id: Uuid,
}

impl Event {
    /// Events may have been missed: pages read everything again.
    fn everything() -> Self {
        Self {
            org: Uuid::nil(),
            branch: Uuid::nil(),
            kind: "all".to_owned(),
            id: Uuid::nil(),
        }
    }

    pub fn is_everything(&self) -> bool {
        self.kind == "all"
    }

    fn parse(payload: &str) -> Option<Self> {
        let mut parts = payload.split('|');
        let (org, branch, kind, id) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            org: org.parse().ok()?,
            branch: branch.parse().ok()?,
            kind: kind.to_owned(),
            id: id.parse().ok()?,
        })
    }
}

/// How many events are kept for pages that were rendered before them and listen after them.
const KEPT: usize = 1024;

/// Random bits after the mark in a request's id.
const CHANCE: u32 = 12;

/// When something happened, in microseconds of this server's clock.
pub type Mark = i64;

/// The process's one listener, fanned out.
#[derive(Clone)]
pub struct Events {
    sender: broadcast::Sender<Event>,
    stopping: watch::Sender<bool>,
    recent: Arc<Mutex<VecDeque<(Mark, Event)>>>,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(256).0,
            stopping: watch::channel(false).0,
            recent: Arc::default(),
        }
    }
}

impl Events {
    /// Now.
    pub fn mark() -> Mark {
        SystemClock.now().timestamp_micros()
    }

    /// A request's id, which begins with its mark: a page passes it to the stream that it opens.
    pub fn name_at(mark: Mark) -> String {
        let chance = u64::from(rand::random::<u16>()) & ((1 << CHANCE) - 1);
        format!("{:016x}", mark.unsigned_abs() << CHANCE | chance)
    }

    /// The mark in a request's id.
    pub fn mark_of(name: &str) -> Option<Mark> {
        let number = u64::from_str_radix(name, 16).ok()?;
        Mark::try_from(number >> CHANCE).ok()
    }

    /// Events from now on, and those since `since`.
    pub fn subscribe(&self, since: Option<Mark>) -> (broadcast::Receiver<Event>, Vec<Event>) {
        // Under the lock of whoever announces: nothing falls between the two, and nothing is in both.
        let recent = self.recent();
        let receiver = self.sender.subscribe();
        let Some(since) = since else {
            return (receiver, Vec::new());
        };
        let forgotten = recent.len() == KEPT && recent.front().is_some_and(|(at, _)| *at > since);
        let missed = if forgotten {
            vec![Event::everything()]
        } else {
            let after = recent.iter().filter(|(at, _)| *at > since);
            after.map(|(_, event)| event.clone()).collect()
        };
        (receiver, missed)
    }

    fn recent(&self) -> MutexGuard<'_, VecDeque<(Mark, Event)>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn announce(&self, event: Event) {
        let mut recent = self.recent();
        if recent.len() == KEPT {
            recent.pop_front();
        }
        recent.push_back((Self::mark(), event.clone()));
        // Nobody listening is no failure.
        let _ = self.sender.send(event);
    }

    /// Ends every stream, so that a stopping server need not wait for browsers to leave.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Becomes true when the server stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Resolves when the server stops.
    pub fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.subscribe();
        async move {
            // A dropped sender is a stop as well.
            let _ = stopping.wait_for(|stop| *stop).await;
        }
    }

    /// Listens until the process stops; begins again when the database comes back.
    pub fn start(&self, db: Db) {
        let (events, stopping) = (self.clone(), self.stopping.subscribe());
        supervise::forever("live events", stopping.clone(), move || {
            let (events, db, stopping) = (events.clone(), db.clone(), stopping.clone());
            async move {
                match db.listen("gantry").await {
                    Ok(listener) => events.hear(listener).await,
                    // A server that stops closes its pool: that is no failure of the database.
                    Err(_) if *stopping.borrow() => {}
                    Err(error) => tracing::warn!(%error, "Live events wait for the database"),
                }
            }
        });
    }

    /// Passes on what is announced until the connection fails. What was announced while nobody listened is lost, so after each
    /// beginning everything counts as changed.
    async fn hear(&self, mut listener: Listener) {
        self.announce(Event::everything());
        loop {
            match listener.try_recv().await {
                Ok(Some(notice)) => {
                    if let Some(event) = Event::parse(notice.payload()) {
                        self.announce(event);
                    }
                }
                // The connection was lost and is there again.
                Ok(None) => self.announce(Event::everything()),
                Err(_) => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn change(number: u128) -> Event {
        Event {
            id: Uuid::from_u128(number),
            kind: "work_order".to_owned(),
            ..Event::everything()
        }
    }

    #[test]
    fn a_page_hears_what_came_after_it_and_before_its_stream() {
        let events = Events::default();
        events.announce(change(1));
        std::thread::sleep(Duration::from_millis(1));
        let rendered = Events::mark();
        std::thread::sleep(Duration::from_millis(1));
        events.announce(change(2));
        let (mut receiver, missed) = events.subscribe(Some(rendered));
        assert_eq!(missed, [change(2)]);
        events.announce(change(3));
        assert_eq!(receiver.try_recv(), Ok(change(3)));
        assert!(receiver.try_recv().is_err());
        assert_eq!(events.subscribe(None).1, []);
    }

    #[test]
    fn a_request_s_name_is_sixteen_digits_and_begins_with_its_mark() {
        let mark = Events::mark();
        let name = Events::name_at(mark);
        assert_eq!((name.len(), Events::mark_of(&name)), (16, Some(mark)));
        assert_eq!(Events::mark_of("no name"), None);
    }

    #[test]
    fn a_page_that_is_older_than_what_is_kept_looks_at_everything() {
        let events = Events::default();
        let rendered = Events::mark();
        std::thread::sleep(Duration::from_millis(1));
        for number in 0..=KEPT {
            events.announce(change(u128::try_from(number).expect("a number")));
        }
        assert_eq!(events.subscribe(Some(rendered)).1, [Event::everything()]);
    }
}

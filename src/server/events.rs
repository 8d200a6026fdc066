//! Live events: what a transaction announced (LISTEN/NOTIFY), to every browser that may see it (server-sent events), on every server.
use super::db::Db;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

/// Something changed; the listener reads it under its own rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub org: Uuid,
    pub branch: Uuid,
    /// `work_order`.
    pub kind: String,
    pub id: Uuid,
}

impl Event {
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

/// The process's one listener, fanned out.
#[derive(Clone)]
pub struct Events {
    sender: broadcast::Sender<Event>,
    stopping: watch::Sender<bool>,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(256).0,
            stopping: watch::channel(false).0,
        }
    }
}

impl Events {
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }

    /// Ends every stream, so that a stopping server need not wait for browsers to leave.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Resolves when the server stops.
    pub fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.subscribe();
        async move {
            // A dropped sender is a stop as well.
            let _ = stopping.wait_for(|stop| *stop).await;
        }
    }

    /// Listens until the process ends; reconnects when the database comes back.
    pub fn start(&self, db: Db) {
        let (sender, stopping) = (self.sender.clone(), self.stopping.subscribe());
        tokio::spawn(async move {
            // A server that stops closes its pool: that is no failure of the database.
            while !*stopping.borrow() {
                match db.listen("gantry").await {
                    Ok(mut listener) => {
                        while let Ok(notice) = listener.recv().await {
                            if let Some(event) = Event::parse(notice.payload()) {
                                // Nobody listening is no failure.
                                let _ = sender.send(event);
                            }
                        }
                    }
                    Err(_) if *stopping.borrow() => return,
                    Err(error) => tracing::warn!(%error, "Live events wait for the database"),
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
    }
}

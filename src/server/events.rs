//! Live events: what a transaction announced (LISTEN/NOTIFY), to every browser that may see it (server-sent events), on every server.
use super::db::Db;
use std::time::Duration;
use tokio::sync::broadcast;
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
pub struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(256).0)
    }
}

impl Events {
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }

    /// Listens until the process ends; reconnects when the database comes back.
    pub fn start(&self, db: Db) {
        let sender = self.0.clone();
        tokio::spawn(async move {
            loop {
                match db.listen("gantry").await {
                    Ok(mut listener) => {
                        while let Ok(notice) = listener.recv().await {
                            if let Some(event) = Event::parse(notice.payload()) {
                                // Nobody listening is no failure.
                                let _ = sender.send(event);
                            }
                        }
                    }
                    Err(error) => tracing::warn!(%error, "Live events wait for the database"),
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
    }
}

//! One organization's people in the storm, and what they send.
use super::{CLIENTS, LATEST, requests};
use crate::Dice;
use crate::kit::{Actor, TestApp, Workshop};
use gantry::features::search::api::Find;
use gantry::kernel::{AppError, CustomerId, WorkOrderId};
use reqwest::redirect::Policy;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// One organization in the storm: its mark stands in everything that it writes.
pub(super) struct Side {
    pub shop: Workshop,
    pub people: Actor,
    pub mark: &'static str,
    customer: CustomerId,
    order: WorkOrderId,
    address: SocketAddr,
    http: reqwest::Client,
}

/// What came back, as far as it did.
struct Heard {
    status: u16,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operation {
    Customer,
    CheckIn,
    Note,
}

/// A write that was sent, perhaps cut off.
#[derive(Debug)]
pub(super) struct Sent {
    pub operation: Operation,
    pub mark: String,
    pub key: Uuid,
    pub acknowledged: bool,
}

/// What one client did.
#[derive(Default)]
pub(super) struct Done {
    pub sent: Vec<Sent>,
    pub cut: usize,
    pub read: usize,
    pub busy: usize,
}

impl Side {
    pub(super) async fn open(
        app: &TestApp,
        small: &TestApp,
        slug: &str,
        mark: &'static str,
        address: SocketAddr,
    ) -> Self {
        let shop = app.workshop(slug).await;
        let people = shop.owner().await;
        let name = [("name", mark)];
        let customer = people.make_customer(&name).await;
        let order = people
            .check_in(&[("name", mark), ("plate", slug)])
            .await
            .must(303)
            .id();
        let http = reqwest::Client::builder().no_proxy().redirect(Policy::none());
        Self {
            people: people.moved_to(small),
            shop,
            mark,
            customer,
            order,
            address,
            http: http.build().expect("a client"),
        }
    }

    /// Over a connection of its own (cut, the socket is closed) or into the router (cut, its future is dropped where it stands).
    async fn ask(&self, wired: bool, path: &str, form: Option<&[(&str, &str)]>) -> Heard {
        if !wired {
            let answer = match form {
                Some(fields) => self.people.post(path, fields).await,
                None => self.people.get(path).await,
            };
            return Heard {
                status: answer.status.as_u16(),
                text: answer.text(),
            };
        }
        let url = format!("http://{}{path}", self.address);
        let request = match form {
            Some(fields) => self
                .http
                .post(url)
                .header("sec-fetch-site", "same-origin")
                .form(fields),
            None => self.http.get(url),
        };
        let request = request
            .header("accept", "text/html")
            .header("cookie", self.people.cookie_header());
        let answer = request.send().await.expect("an answer");
        Heard {
            status: answer.status().as_u16(),
            text: answer.text().await.expect("a body"),
        }
    }

    async fn find(&self) -> Heard {
        let found = self
            .people
            .call(Find {
                query: "canary".into(),
            })
            .await;
        let status = found.as_ref().map_or_else(AppError::status, |_| 200);
        Heard {
            status,
            text: format!("{found:?}"),
        }
    }

    async fn write(&self, wired: bool, sent: &Sent) -> Heard {
        let (key, plate) = (
            sent.key.to_string(),
            sent.key.simple().to_string()[..10].to_uppercase(),
        );
        let mut form = vec![("key", key.as_str())];
        let path = match sent.operation {
            Operation::Customer => {
                form.extend([("kind", "person"), ("name", &sent.mark)]);
                "/customers/new".to_owned()
            }
            Operation::CheckIn => {
                form.extend([("kind", "person"), ("name", &sent.mark), ("plate", &plate)]);
                form.extend([
                    ("make", "VW"),
                    ("model", "Golf"),
                    ("promise", "none"),
                    ("odometer_in", "84250"),
                ]);
                form.push(("concerns", "Brakes squeal\nOil leak"));
                "/check-in".to_owned()
            }
            Operation::Note => {
                form.extend([("audience", "internal"), ("body", sent.mark.as_str())]);
                format!("/work-orders/{}/notes", self.order)
            }
        };
        self.ask(wired, &path, Some(&form)).await
    }

    /// Nothing of the other organization, and on a page that was read to its end something of the own.
    fn check(&self, other: &Side, heard: &Heard, path: &str) {
        let (status, text) = (heard.status, &heard.text);
        for foreign in [other.mark, &format!("Workshop {}", other.shop.slug)] {
            assert!(!text.contains(foreign), "{path} showed {foreign} ({status})");
        }
        let theirs = path == format!("/customers/{}", other.customer);
        let usual: &[u16] = if theirs { &[404, 503] } else { &[200, 303, 503] };
        assert!(usual.contains(&status), "{path}: {status}");
        let own = status != 200 || text.contains(self.mark);
        assert!(own, "{path} did not show {}", self.mark);
    }

    pub(super) async fn client(self: Arc<Self>, other: Arc<Side>, client: usize) -> Done {
        let mut dice = Dice::new(client as u64);
        let mut done = Done::default();
        for number in 0..requests() / CLIENTS {
            let leaves = match dice.below(4) {
                0 => Duration::from_secs(60),
                _ => Duration::from_micros(dice.below(LATEST) as u64),
            };
            let (wired, what) = (dice.below(2) == 0, dice.below(11));
            let (path, mut sent) = self.choose(&other, what, format!("{} {client}-{number}", self.mark));
            let work = async {
                match (&sent, path.as_str()) {
                    (Some(sent), _) => self.write(wired, sent).await,
                    (None, "find") => self.find().await,
                    (None, path) => self.ask(wired, path, None).await,
                }
            };
            match tokio::time::timeout(leaves, work).await {
                Err(_) => done.cut += 1,
                Ok(heard) => {
                    self.check(&other, &heard, &path);
                    done.busy += usize::from(heard.status == 503);
                    done.read += usize::from(heard.status == 200);
                    if let Some(sent) = &mut sent {
                        sent.acknowledged = heard.status == 303;
                    }
                }
            }
            done.sent.extend(sent);
        }
        done
    }

    fn choose(&self, other: &Side, what: usize, mark: String) -> (String, Option<Sent>) {
        let operation = match what {
            0 | 1 => Some(Operation::Customer),
            2 | 3 => Some(Operation::CheckIn),
            4 => Some(Operation::Note),
            _ => None,
        };
        let path = match what {
            5 => "/customers".to_owned(),
            6 => format!("/customers/{}", self.customer),
            7 => format!("/customers/{}", other.customer),
            8 => "/board".to_owned(),
            9 => "/search?q=canary".to_owned(),
            10 => "find".to_owned(),
            _ => "a write".to_owned(),
        };
        let sent = operation.map(|operation| Sent {
            operation,
            mark,
            key: Uuid::new_v4(),
            acknowledged: false,
        });
        (path, sent)
    }

    /// A page and a write, as on any day.
    pub(super) async fn still_served(&self, other: &Side) {
        for wired in [true, false] {
            let page = self.ask(wired, "/customers", None).await;
            assert_eq!(page.status, 200);
            self.check(other, &page, "/customers");
            let (_, sent) = self.choose(other, 0, format!("{} afterwards", self.mark));
            assert_eq!(self.write(wired, &sent.expect("a write")).await.status, 303);
        }
    }
}

impl Done {
    pub(super) fn add(&mut self, more: Done) {
        self.sent.extend(more.sent);
        self.cut += more.cut;
        self.read += more.read;
        self.busy += more.busy;
    }
}

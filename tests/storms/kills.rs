//! The real program dies fifty times while people work; in every fifth round its database dies with it.
mod machine;

use super::{Dice, size};
use crate::kit::connect;
use gantry::kernel::{InvoiceId, WorkOrderId};
use gantry::seed::PASSWORD;
use machine::Machine;
use reqwest::redirect::Policy;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// In these rounds every process of the database is killed too.
const WITH_DATABASE: usize = 5;
/// In these rounds death does not wait for the first answer, so that it comes in the start.
const IN_THE_START: usize = 7;
const CLIENTS: usize = 8;
/// The latest that a death may come after the first answer, in milliseconds.
const LATEST: usize = 250;
/// Recovery of a busy machine may take a while; longer than this is a failure.
const PATIENCE: Duration = Duration::from_secs(90);

/// At least one of each kind.
fn kills() -> usize {
    size(50).max(IN_THE_START)
}

/// A workshop of the demonstration, its owner at eight desks.
struct Office {
    http: reqwest::Client,
    base: String,
    cookie: String,
    order: WorkOrderId,
    invoice: InvoiceId,
    closed: AtomicBool,
    acknowledged: AtomicUsize,
    /// Acknowledged writes that were sent more than once.
    repeated: AtomicUsize,
}

/// What a client writes: a mark that is found again, and the form's token.
struct Write {
    mark: String,
    path: String,
    form: Vec<(&'static str, String)>,
}

impl Office {
    fn write(&self, client: usize, number: usize) -> Write {
        let mark = format!("storm {client}-{number}");
        let field = |name, value: &str| (name, value.to_owned());
        let (path, mut form) = match number % 3 {
            0 => (
                "/customers/new".to_owned(),
                vec![field("kind", "person"), field("name", &mark)],
            ),
            1 => (
                format!("/work-orders/{}/notes", self.order),
                vec![field("audience", "internal"), field("body", &mark)],
            ),
            _ => (
                format!("/invoices/{}/payments", self.invoice),
                vec![
                    field("method", "card"),
                    field("amount", "0.01"),
                    field("reference", &mark),
                ],
            ),
        };
        form.push(("key", Uuid::new_v4().to_string()));
        Write { mark, path, form }
    }

    /// Works until the office closes; gives the marks of everything that was acknowledged, which is everything.
    async fn client(self: Arc<Self>, client: usize) -> Vec<String> {
        let mut marks = Vec::new();
        while !self.closed.load(Ordering::SeqCst) {
            let write = self.write(client, marks.len());
            let tries = self.send(&write).await;
            self.acknowledged.fetch_add(1, Ordering::SeqCst);
            self.repeated.fetch_add(usize::from(tries > 1), Ordering::SeqCst);
            marks.push(write.mark);
        }
        marks
    }

    /// Sends the form, with the same token, until it is acknowledged. Says how often.
    async fn send(&self, write: &Write) -> usize {
        let (begun, mut tries) = (Instant::now(), 0);
        while begun.elapsed() < PATIENCE {
            tries += 1;
            match self.post(&write.path, &write.form).await {
                Ok(answer) if answer.status() == 303 => return tries,
                Ok(answer) if answer.status() == 503 => {}
                Ok(answer) => panic!("{} {}: {:?}", write.path, answer.status(), answer.text().await),
                Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{} was not acknowledged", write.mark);
    }

    async fn post(&self, path: &str, form: &[(&str, String)]) -> reqwest::Result<reqwest::Response> {
        self.http
            .post(format!("{}{path}", self.base))
            .header("cookie", &self.cookie)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .form(form)
            .send()
            .await
    }

    /// Returns once a write was acknowledged that was not before.
    async fn works_again(&self, machine: &mut Machine) {
        let (begun, before) = (Instant::now(), self.acknowledged.load(Ordering::SeqCst));
        while self.acknowledged.load(Ordering::SeqCst) == before {
            machine.must_run();
            assert!(begun.elapsed() < PATIENCE, "nobody is served:\n{}", machine.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn open_office(machine: &mut Machine) -> Office {
    let builder = reqwest::Client::builder().no_proxy().redirect(Policy::none());
    let http = builder
        .timeout(Duration::from_secs(30))
        .build()
        .expect("a client");
    machine.is_ready(&http, PATIENCE).await;
    let mut db = connect(&machine.superuser_url()).await;
    let row = sqlx::query(
        "select b.invoice_id, (select u.email from auth.users u join auth.affiliations f on f.user_id = u.id
                                join public.members m on m.id = f.member_id where m.org_id = b.org_id and m.role = 'owner') as email,
                (select w.id from work_orders w where w.org_id = b.org_id and w.closed_at is null order by w.id limit 1) as work_order
           from invoice_balances b order by b.open_minor desc limit 1",
    )
    .fetch_one(&mut db)
    .await
    .expect("a workshop");
    let mut office = Office {
        http,
        base: machine.base(),
        cookie: String::new(),
        order: WorkOrderId::new(row.get("work_order")),
        invoice: InvoiceId::new(row.get("invoice_id")),
        closed: AtomicBool::new(false),
        acknowledged: AtomicUsize::new(0),
        repeated: AtomicUsize::new(0),
    };
    let form = [("email", row.get("email")), ("password", PASSWORD.to_owned())];
    let answer = office.post("/sign-in", &form).await.expect("an answer");
    assert_eq!(answer.status(), 303);
    let cookies = answer.headers().get_all("set-cookie").iter();
    let session = cookies.filter_map(|value| value.to_str().ok()?.split(';').next());
    office.cookie = session.collect::<Vec<_>>().join("; ");
    office
}

/// How often each mark is found, wherever it was written.
async fn kept(machine: &Machine) -> BTreeMap<String, i64> {
    let rows = sqlx::query(AssertSqlSafe(
        "select mark, count(*) from (select name as mark from customers union all select body from notes union all select reference from payments) m
          where mark like 'storm %' group by mark",
    ))
    .fetch_all(&mut connect(&machine.superuser_url()).await)
    .await
    .expect("marks");
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_lose_no_acknowledged_write() {
    let mut dice = Dice::new(50);
    let mut machine = Machine::new();
    machine.start(&["--demo"]);
    let office = Arc::new(open_office(&mut machine).await);
    let clients = (0..CLIENTS).map(|client| tokio::spawn(office.clone().client(client)));
    let clients: Vec<_> = clients.collect();
    for round in 1..=kills() {
        if round % IN_THE_START != 0 {
            office.works_again(&mut machine).await;
        }
        tokio::time::sleep(Duration::from_millis(dice.below(LATEST) as u64)).await;
        machine.kill_server();
        if round % WITH_DATABASE == 0 {
            machine.kill_database();
        }
        machine.start(&[]);
    }
    office.works_again(&mut machine).await;
    office.closed.store(true, Ordering::SeqCst);
    let mut acknowledged = Vec::new();
    for client in clients {
        acknowledged.extend(client.await.expect("a client"));
    }
    let repeated = office.repeated.load(Ordering::SeqCst);
    println!(
        "{} writes acknowledged over {} kills, {repeated} of them after more than one try",
        acknowledged.len(),
        kills()
    );
    assert!(repeated >= kills() / 2, "only {repeated} writes were interrupted");
    let mut kept = kept(&machine).await;
    let mut wrong = acknowledged;
    wrong.retain(|mark| kept.remove(mark) != Some(1));
    assert!(
        wrong.is_empty(),
        "acknowledged, and not there or there twice: {wrong:?}"
    );
    assert!(kept.is_empty(), "nobody wrote {kept:?}");
    machine.verify_invariants();
    machine.stop(PATIENCE).await;
}

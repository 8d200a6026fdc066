//! Legal numbers in a storm of postings, one in five of which is taken back after its number was drawn.
use super::{Dice, size, sound};
use crate::kit::{Actor, TestApp, Workshop};
use chrono::TimeDelta;
use gantry::kernel::{InvoiceId, Role};
use sqlx::{AssertSqlSafe, Executor, Row};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

const CLIENTS: usize = 32;
/// Every so many-th attempt that drew a number is rolled back.
const STRUCK: usize = 5;

/// The trail's row is written when the number is drawn. Of fifteen attempts one is refused there and then, one at the commit,
/// and one loses its connection in the commit. A sequence counts, because it remembers what was rolled back.
const STRIKES: &str = "
create schema storm;
create sequence storm.attempts;
create function storm.strike() returns trigger language plpgsql security definer as $$
declare
  nth bigint;
begin
  if tg_argv[0] = 'soon' then
    nth := nextval('storm.attempts');
    perform set_config('storm.nth', nth::text, true);
    if nth % 15 = 5 then
      raise exception 'struck' using errcode = 'serialization_failure';
    end if;
  else
    nth := current_setting('storm.nth')::bigint;
    if nth % 15 = 10 then
      raise exception 'struck at the commit' using errcode = 'serialization_failure';
    elsif nth % 15 = 0 then
      perform pg_terminate_backend(pg_backend_pid()), pg_sleep(60);
    end if;
  end if;
  return null;
end $$;
create trigger storm_soon after insert on audit_events
  for each row when (new.action = 'invoice.posted') execute function storm.strike('soon');
create constraint trigger storm_late after insert on audit_events deferrable initially deferred
  for each row when (new.action = 'invoice.posted') execute function storm.strike('late')";

/// Drafts to post.
fn how_many() -> usize {
    size(3_200)
}

/// What all clients share.
struct Storm {
    app: TestApp,
    drafts: Mutex<Vec<InvoiceId>>,
    posted: AtomicUsize,
    refused: AtomicUsize,
}

impl Storm {
    /// Posts drafts until none is left; gives the numbers that the pages told.
    async fn client(self: Arc<Self>, clerk: Actor) -> Vec<(InvoiceId, String)> {
        let mut posted = Vec::new();
        while let Some(invoice) = self.next() {
            posted.push((invoice, self.post(&clerk, invoice).await));
            if self.posted.fetch_add(1, Ordering::SeqCst) + 1 == how_many() / 2 {
                // In the middle of it, midnight: a new fiscal year.
                self.app.advance(TimeDelta::minutes(20));
            }
        }
        posted
    }

    fn next(&self) -> Option<InvoiceId> {
        self.drafts.lock().expect("drafts").pop()
    }

    /// Presses the button until the page says that it is done.
    async fn post(&self, clerk: &Actor, invoice: InvoiceId) -> String {
        for _ in 0..100 {
            let answer = clerk.post(&format!("/invoices/{invoice}/post"), &[]).await;
            match answer.status.as_u16() {
                303 => {
                    let word = answer.flash().expect("a word");
                    return word.split(' ').nth(1).expect("a number").to_owned();
                }
                409 | 503 => self.refused.fetch_add(1, Ordering::SeqCst),
                other => panic!("answered {other}"),
            };
        }
        panic!("{invoice} is refused for ever");
    }
}

async fn drafts(nord: &Workshop) -> Vec<InvoiceId> {
    let mut db = nord.db().await;
    let settings = format!(
        "set storm.drafts = '{}'; set storm.at = '{}'; update branches set fiscal_year_start = 4; {}",
        how_many(),
        nord.app().now().to_rfc3339(),
        include_str!("drafts.sql")
    );
    db.execute(sqlx::raw_sql(AssertSqlSafe(settings)))
        .await
        .expect("drafts");
    let ids: Vec<Uuid> = sqlx::query_scalar("select invoice from plan order by n")
        .fetch_all(&mut db)
        .await
        .expect("ids");
    db.execute("analyze").await.expect("statistics");
    ids.into_iter().map(InvoiceId::new).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_clients_post_3200_invoices_without_a_hole() {
    let app = TestApp::new().await;
    // 31 March 2026, 23:50 in Berlin, where both branches are.
    app.advance(TimeDelta::days(29) + TimeDelta::hours(12) + TimeDelta::minutes(50));
    let nord = app.workshop("nord").await;
    nord.branch("WEST").await;
    let mut drafts = drafts(&nord).await;
    Dice::new(3200).shuffle(&mut drafts);
    let mut admin = app.db_admin().await;
    admin.execute(sqlx::raw_sql(STRIKES)).await.expect("strikes");

    let storm = Arc::new(Storm {
        app: app.clone(),
        drafts: Mutex::new(drafts),
        posted: AtomicUsize::new(0),
        refused: AtomicUsize::new(0),
    });
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let clerk = nord
            .member(&format!("clerk{number}"), Role::Accountant, &[])
            .await;
        clients.push(storm.clone().client(clerk));
    }
    let mut acknowledged: BTreeMap<Uuid, String> = BTreeMap::new();
    for client in clients.into_iter().map(tokio::spawn).collect::<Vec<_>>() {
        let numbers = client.await.expect("a client");
        acknowledged.extend(
            numbers
                .into_iter()
                .map(|(invoice, number)| (invoice.uuid(), number)),
        );
    }
    assert_eq!(acknowledged.len(), how_many());
    let rows = sqlx::query(
        "select i.id, i.number_text, b.code || i.fiscal_year as series, i.number
           from invoices i join branches b on (b.org_id, b.id) = (i.org_id, i.branch_id)
          where i.state = 'posted' order by i.number",
    )
    .fetch_all(&mut admin)
    .await
    .expect("documents");
    let mut series: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for row in &rows {
        series
            .entry(row.get("series"))
            .or_default()
            .push(row.get("number"));
        assert_eq!(
            acknowledged.remove(&row.get("id")),
            row.get("number_text"),
            "what the page told"
        );
    }
    assert!(
        acknowledged.is_empty(),
        "acknowledged and not there: {acknowledged:?}"
    );
    assert_eq!(
        series.keys().collect::<Vec<_>>(),
        ["MAIN2025", "MAIN2026", "WEST2025", "WEST2026"]
    );
    for (name, numbers) in &series {
        let off = (1..).zip(numbers).find(|(place, number)| place != *number);
        assert_eq!(off, None, "{name} has a hole or a double: place and number");
    }
    sound(&app.database().owner_url).await;
    let refused = storm.refused.load(Ordering::SeqCst);
    let attempts = how_many() + refused;
    assert!(
        refused >= attempts / STRUCK,
        "{refused} of {attempts} attempts were rolled back"
    );
}

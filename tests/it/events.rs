//! The live stream: what a page that listens may not miss.
mod examples;

use crate::kit::{Actor, TestApp};
use axum::body::BodyDataStream;
use futures::StreamExt;
use std::time::Duration;
use tokio::time::timeout;

/// The mark of the page, as its script reads it.
async fn mark(actor: &Actor, path: &str) -> String {
    let page = actor.get(path).await.must(200).text();
    let (_, rest) = page.split_once(" data-at=\"").expect("a mark");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Whether the stream says that within three seconds.
async fn says(stream: &mut BodyDataStream, word: &str) -> bool {
    let heard = async {
        while let Some(chunk) = stream.next().await {
            if String::from_utf8_lossy(&chunk.expect("a chunk")).contains(word) {
                return true;
            }
        }
        false
    };
    timeout(Duration::from_secs(3), heard).await.unwrap_or(false)
}

/// The process has to listen before somebody speaks.
async fn listening() {
    tokio::time::sleep(Duration::from_millis(500)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_between_the_page_and_its_stream_is_heard_first() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let mia = nord.manager().await;
    listening().await;
    let seen = mark(&mia, "/board").await;
    let order = mia
        .check_in(&[])
        .await
        .must(303)
        .id::<gantry::kernel::WorkOrderId>();
    listening().await;
    let mut late = mia.stream_since(&seen).await.expect("a stream");
    assert!(
        says(&mut late, &order.to_string()).await,
        "the change that came before the stream"
    );
    let now = mark(&mia, "/board").await;
    let mut current = mia.stream_since(&now).await.expect("a stream");
    assert!(
        !says(&mut current, "work_order").await,
        "what the page shows already is no change"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workshop_s_changes_are_not_among_what_is_heard_first() {
    let app = TestApp::in_real_time().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (mia, stranger) = (nord.manager().await, sued.manager().await);
    listening().await;
    let seen = mark(&stranger, "/board").await;
    mia.check_in(&[]).await.must(303);
    listening().await;
    let mut late = stranger.stream_since(&seen).await.expect("a stream");
    assert!(!says(&mut late, "work_order").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_break_of_the_database_every_page_looks_at_everything() {
    let app = TestApp::in_real_time().await;
    let mia = app.workshop("nord").await.manager().await;
    listening().await;
    let mut stream = mia.stream().await.expect("a stream");
    let ended: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen%' and pg_terminate_backend(pid)",
    )
    .fetch_one(&mut app.db_admin().await)
    .await
    .expect("a number");
    assert_eq!(ended, 1, "the listener's connection");
    assert!(says(&mut stream, "event: all").await);
}

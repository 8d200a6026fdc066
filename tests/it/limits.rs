//! One session, or one workshop, that asks out of all proportion.
use crate::kit::{Actor, TestApp};
use futures::future::join_all;
use gantry::server::http::limits::{Rate, Rates};
use std::time::Duration;

fn rates() -> Rates {
    let slow = |a_second| Rate { a_second, burst: 20 };
    Rates {
        session: slow(10),
        workshop: slow(20),
        session_streams: 2,
        workshop_streams: 3,
        patience: Duration::from_millis(300),
    }
}

/// Those of so many requests at once that are refused.
async fn refused(actor: &Actor, count: usize) -> usize {
    let answers = join_all((0..count).map(|_| actor.get("/customers"))).await;
    let refused = answers.iter().filter(|answer| answer.status == 429);
    for answer in &answers {
        assert!(
            answer.status == 200
                || answer.status == 429
                    && answer.header("retry-after") == "1"
                    && answer.shows("Too many attempts. Wait a second, then try again."),
            "{}",
            answer.status
        );
    }
    refused.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_asks_without_end_is_told_to_wait_and_nobody_else_is() {
    let app = TestApp::in_real_time().await.with_rates(rates());
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (eager, other) = (nord.owner().await, sued.owner().await);
    eager.get("/customers").await.must(200);
    other.get("/customers").await.must(200);
    let (of_eager, of_other) = tokio::join!(refused(&eager, 120), refused(&other, 5));
    assert!((60..=100).contains(&of_eager), "{of_eager} of 120 were refused");
    assert_eq!(of_other, 0);
    tokio::time::sleep(Duration::from_secs(1)).await;
    eager.get("/customers").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_s_sessions_share_one_limit() {
    let app = TestApp::in_real_time().await.with_rates(rates());
    let nord = app.workshop("nord").await;
    let mut staff = Vec::new();
    for _ in 0..6 {
        staff.push(nord.owner().await);
    }
    for one in &staff {
        one.get("/customers").await.must(200);
    }
    // Each alone is within the limit of a session.
    let all = join_all(staff.iter().map(|one| refused(one, 15))).await;
    let total: usize = all.iter().sum();
    assert!(total >= 30, "{all:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_and_a_workshop_hold_so_many_streams_and_no_more() {
    let app = TestApp::in_real_time().await.with_rates(rates());
    let nord = app.workshop("nord").await;
    let (olga, rita) = (nord.owner().await, nord.receptionist().await);
    let first = olga.stream().await.expect("a stream");
    let second = olga.stream().await.expect("a stream");
    assert_eq!(olga.stream().await.err(), Some(429), "the session's own limit");
    let third = rita.stream().await.expect("a stream");
    assert_eq!(rita.stream().await.err(), Some(429), "the workshop's limit");
    drop(first);
    let again = olga.stream().await.expect("the place of the first");
    drop((second, third, again));
}

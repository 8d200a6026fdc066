//! Several people at once.
use super::*;
use crate::kit::TestApp;
use futures::future::join_all;

/// How many rows a condition on labels finds.
async fn count(nord: &Workshop, which: &str) -> i64 {
    let statement = format!("select count(*) from labels where org_id = $1 and {which}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
        .bind(nord.org.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_labels_of_one_name_added_at_once_one_wins_and_the_other_is_told() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let mona = nord.manager().await;
    for round in 0..5 {
        let name = format!("Round {round}");
        let adds = (0..4).map(|_| add(&mona, "ready", &name, "blue"));
        let mut statuses: Vec<u16> = join_all(adds)
            .await
            .iter()
            .map(|answer| answer.status.as_u16())
            .collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422, 422, 422]);
    }
    assert_eq!(count(&nord, "true").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_defaults_chosen_at_once_the_last_one_stays_and_nobody_is_refused() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let mona = nord.manager().await;
    let mut labels = Vec::new();
    for name in ["One", "Two", "Three", "Four"] {
        labels.push(label(&mona, &nord, "ready", name).await);
    }
    for _ in 0..5 {
        let chosen = labels.iter().map(|id| press(&mona, *id, "default", "on"));
        for answer in join_all(chosen).await {
            answer.must(303);
        }
        assert_eq!(count(&nord, "is_default").await, 1);
        press(&mona, labels[0], "default", "on").await.must(303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_reordered_at_once_stay_a_row_of_all_of_them() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let mona = nord.manager().await;
    let mut labels = Vec::new();
    for name in ["One", "Two", "Three", "Four"] {
        labels.push(label(&mona, &nord, "ready", name).await);
    }
    let moves = labels
        .iter()
        .zip(["down", "up", "down", "up"])
        .map(|(id, to)| press(&mona, *id, "position", to));
    for answer in join_all(moves).await {
        answer.must(303);
    }
    let positions: Vec<i32> =
        sqlx::query_scalar("select position from labels where org_id = $1 order by position")
            .bind(nord.org.uuid())
            .fetch_all(&mut nord.db().await)
            .await
            .expect("positions");
    assert_eq!(positions, [1, 2, 3, 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_moves_while_labels_are_set_ends_with_a_label_of_its_phase() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let mona = nord.manager().await;
    let inspect = label(&mona, &nord, "received", "To inspect").await;
    default(&mona, &nord, "diagnosing", "Second opinion").await;
    for _ in 0..5 {
        let order = mona.make_order(&nord).await;
        mona.on_order(order, "odometer", &[("point", "in"), ("value", "10")])
            .await
            .must(303);
        let (moved, set) = tokio::join!(
            mona.on_order(order, "moves", &[("to", "diagnosing")]),
            set(&mona, order, inspect)
        );
        moved.must(303);
        assert!(matches!(set.status.as_u16(), 303 | 409), "{}", set.status);
        assert_eq!(carried(&nord, order).await.as_deref(), Some("Second opinion"));
    }
    let report = gantry::app::verify_invariants(&app.database().owner_url)
        .await
        .expect("a report");
    assert!(report.breaches.iter().all(|breach| breach.rule != "order_labels"));
}

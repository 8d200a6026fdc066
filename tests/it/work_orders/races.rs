//! Several people at once.
use crate::kit::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_moves_at_once_one_wins_and_the_other_is_told() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let mona = nord.manager().await;
    for _ in 0..5 {
        let order = mona.make_order(&nord).await;
        mona.on_order(order, "odometer", &[("point", "in"), ("value", "10")])
            .await
            .must(303);
        let to = [("to", "diagnosing"), ("from", "received")];
        let (a, b) = tokio::join!(
            mona.on_order(order, "moves", &to),
            mona.on_order(order, "moves", &to)
        );
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(nord.db_count("work_order_moves", order).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_editors_one_is_told_and_nothing_is_lost() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let (mona, rita) = (nord.manager().await, nord.receptionist().await);
    let order = mona.make_order(&nord).await;
    let job = mona.make_job(order, "Brakes", "100").await;
    let version = mona.version(order).await;
    let path = format!("jobs/{job}");
    let rename = |title| {
        [
            ("version", version.as_str()),
            ("title", title),
            ("payer", "customer"),
        ]
    };
    let (one, two) = (rename("One"), rename("Two"));
    let (a, b) = tokio::join!(
        mona.on_order(order, &path, &one),
        rita.on_order(order, &path, &two)
    );
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let loser = if a.status == 409 { a } else { b };
    assert!(loser.shows("Someone else changed this in the meantime"));
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_added_at_once_are_all_in_the_total() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let mona = nord.manager().await;
    let order = mona.make_order(&nord).await;
    let adds = (0..6).map(|i| {
        let mona = mona.clone();
        async move {
            mona.on_order(order, "jobs", &[("title", format!("Job {i}").as_str())])
                .await
                .must(303)
        }
    });
    futures::future::join_all(adds).await;
    assert_eq!(nord.db_count("jobs", order).await, 6);
    assert_eq!(mona.version(order).await, "7", "each change counted once");
}

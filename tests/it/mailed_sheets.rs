//! The check-in sheet in the customer's mailbox.
use crate::kit::{Actor, Smtp, TestApp, Workshop};
use gantry::kernel::WorkOrderId;

async fn checked_in(app: &TestApp, email: &str) -> (Workshop, Actor, WorkOrderId) {
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita
        .check_in(&[("email", email), ("waiting", "on")])
        .await
        .must(303)
        .id();
    (nord, rita, order)
}

fn at(order: WorkOrderId) -> String {
    format!("/work-orders/{order}/check-in-sheet")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_arrives_in_both_forms_and_the_timeline_tells_it() {
    let smtp = Smtp::start().await;
    let app = TestApp::new().await.with_mail_server(&smtp.url);
    let (_, rita, order) = checked_in(&app, "ada@example.com").await;
    let key = rita.get(&at(order)).await.must(200).field("key").expect("a key");
    for _ in 0..2 {
        let sent = rita.post(&at(order), &[("key", &key)]).await.must(303);
        assert_eq!(sent.location(), format!("/work-orders/{order}"));
    }
    while app.run_jobs().await > 0 {}
    let [caught] = &smtp.caught()[..] else {
        panic!("one mail after a double click, not {:?}", smtp.caught());
    };
    assert_eq!(caught.to, ["ada@example.com"]);
    for part in [
        "Workshop nord",
        "Subject: Checked in: MAIN-1",
        "text/plain",
        "text/html",
    ] {
        assert!(caught.data.contains(part), "{part}: {}", caught.data);
    }
    let (text, html) = caught.data.split_once("text/html").expect("two forms");
    for part in [
        "1. Brakes squeal",
        "2. Oil leak",
        "B-AB 1234",
        "84,250 km",
        "Ada Lovelace",
    ] {
        assert!(
            text.contains(part) && html.contains(part),
            "{part}: {}",
            caught.data
        );
    }
    assert!(
        !caught.data.contains("Waiting"),
        "the customer knows: {}",
        caught.data
    );
    assert!(rita.get(&at(order)).await.must(200).shows("Waiting"));
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Waiting</span>") && !page.shows("Customer waits"));
    assert!(page.shows("E-mailed the check-in sheet to ada@example.com"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_address_there_is_no_button_and_nothing_is_sent() {
    let app = TestApp::new().await;
    let (nord, rita, order) = checked_in(&app, "").await;
    assert!(!rita.get(&at(order)).await.must(200).shows("E-mail to"));
    let refused = rita.post(&at(order), &[]).await.must(409);
    assert!(refused.shows("This customer has no e-mail"));
    nord.technician("tom").await.post(&at(order), &[]).await.must(403);
    let sud = app.workshop("sud").await.owner().await;
    sud.post(&at(order), &[]).await.must(404);
    assert_eq!(mails(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_flooded_and_nobody_writes_under_an_address_that_may_not_be_theirs() {
    let app = TestApp::new().await;
    let (nord, rita, order) = checked_in(&app, "ada@example.com").await;
    let mut admin = app.db_admin().await;
    for (unverified_since, status) in [(Some(app.now()), 409), (None, 303)] {
        sqlx::query("update auth.users set unverified_since = $1 where name = 'receptionist'")
            .bind(unverified_since)
            .execute(&mut admin)
            .await
            .expect("a user");
        let answer = rita.post(&at(order), &[]).await.must(status);
        assert_eq!(status == 409, answer.shows("Confirm your own e-mail first"));
    }
    for _ in 0..4 {
        rita.post(&at(order), &[]).await.must(303);
    }
    let refused = rita.post(&at(order), &[]).await.must(409);
    assert!(refused.shows("several times today"));
    app.advance(chrono::TimeDelta::hours(25));
    let tomorrow = nord.receptionist().await;
    tomorrow.post(&at(order), &[]).await.must(303);
    assert_eq!(mails(&app).await, 6);
}

async fn mails(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from auth.mails where recipient = 'ada@example.com'")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a number")
}

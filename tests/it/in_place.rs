//! What the script of the frame asks, and what it is told.
use crate::kit::{Actor, Answer, TestApp};
use axum::body::Body;
use axum::http::{Request, header};

/// As the script sends it.
async fn in_place(actor: &Actor, path: &str, form: Option<&str>) -> Answer {
    let request = match form {
        Some(_) => Request::post(path),
        None => Request::get(path),
    };
    let request = request
        .header(header::ACCEPT, "text/html")
        .header(
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded;charset=UTF-8",
        )
        .header("sec-fetch-site", "same-origin")
        .header("x-gantry-in-place", "1");
    actor
        .send(request, Body::from(form.unwrap_or_default().to_owned()))
        .await
}

#[tokio::test]
async fn a_form_is_told_where_it_leads_with_the_fragment_and_its_message_comes_on_that_page() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let mia = nord.manager().await;
    let order = mia.check_in(&[]).await.must(303).location().to_owned();
    let plain = mia
        .post(&format!("{order}/concerns"), &[("concern", "Rattles")])
        .await;
    let told = in_place(
        &mia,
        &format!("{order}/notes"),
        Some("body=Called&audience=internal"),
    )
    .await
    .must(204);
    assert_eq!(told.header("location"), "");
    assert!(
        told.header("x-gantry-to").starts_with(&order),
        "{}",
        told.header("x-gantry-to")
    );
    assert!(
        told.header("x-gantry-to").contains('#'),
        "{}",
        told.header("x-gantry-to")
    );
    assert_eq!(told.header("vary"), "x-gantry-in-place");
    assert_ne!(plain.header("location"), "");
    assert_eq!(plain.header("x-gantry-to"), "");
    let page = in_place(&mia, &order, None).await.must(200).text();
    assert!(
        page.contains("Called") && page.contains("class=\"toast"),
        "the message"
    );
}

#[tokio::test]
async fn every_other_status_is_as_it_is_without_the_header() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let mia = nord.manager().await;
    in_place(&mia, "/customers", None).await.must(200);
    in_place(&mia, "/customers/cu_00000000000000000000000000", None)
        .await
        .must(404);
    let refused = in_place(&mia, "/customers/new", Some("name="))
        .await
        .must(422)
        .text();
    assert!(refused.contains("aria-invalid=\"true\""));
    let gone = in_place(&app.visitor(), "/customers", None).await.must(204);
    assert!(gone.header("x-gantry-to").starts_with("/sign-in"));
}

#[tokio::test]
async fn a_page_says_which_news_it_wants_and_to_whom() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let mia = nord.manager().await;
    let order = mia.check_in(&[]).await.must(303).location().to_owned();
    let id = order
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned();
    for (path, news) in [
        ("/dashboard", "*"),
        ("/board", "*"),
        ("/work-orders", "*"),
        (order.as_str(), id.as_str()),
    ] {
        let page = mia.get(path).await.must(200).text();
        assert!(page.contains(&format!(" data-news=\"{news}\"")), "{path}");
        assert!(page.contains(" data-at=\""), "{path}");
    }
    assert!(!mia.get("/settings").await.must(200).text().contains("data-news"));
}

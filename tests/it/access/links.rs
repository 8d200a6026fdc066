//! Links in letters: to confirm an address, and to set a new password.
use super::{count, link, sign_in, signed_in};
use crate::kit::{Actor, Answer, PASSWORD, TestApp};
use chrono::TimeDelta;
use sqlx::Row;

const NEW: &str = "three unrelated words";

async fn sign_up(actor: &Actor, email: &str, password: &str) -> Answer {
    let fields = [
        ("workshop", "Nowak & Söhne"),
        ("assets", "vehicle"),
        ("country", "DE"),
        ("city", "Berlin"),
        ("name", "Ana Nowak"),
        ("email", email),
        ("password", password),
    ];
    actor.post("/sign-up", &fields).await
}

async fn forgot(actor: &Actor, email: &str) -> Answer {
    actor.post("/forgot", &[("email", email)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_owner_works_at_once_and_a_line_asks_to_confirm_until_the_button_is_pressed() {
    let app = TestApp::new().await;
    let ana = app.visitor();
    sign_up(&ana, "ana@example.com", PASSWORD).await.must(303);
    assert!(ana.get("/customers").await.must(200).shows("Confirm your e-mail"));
    let path = link(&app.letter_to("ana@example.com").await, "/verify/");
    for _ in 0..2 {
        assert!(app.visitor().get(&path).await.must(200).shows("Confirm e-mail"));
    }
    assert!(
        ana.get("/customers").await.shows("Confirm your e-mail"),
        "looking confirms nothing"
    );
    assert!(
        app.visitor()
            .post(&path, &[])
            .await
            .must(200)
            .shows("Your e-mail is confirmed.")
    );
    assert!(!ana.get("/customers").await.must(200).shows("Confirm your e-mail"));
    app.visitor().post(&path, &[]).await.must(404);
    app.visitor().get(&path).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_confirm_ends_after_forty_eight_hours() {
    let app = TestApp::new().await;
    sign_up(&app.visitor(), "ana@example.com", PASSWORD)
        .await
        .must(303);
    let path = link(&app.letter_to("ana@example.com").await, "/verify/");
    app.advance(TimeDelta::hours(48) - TimeDelta::seconds(5));
    app.visitor().get(&path).await.must(200);
    app.advance(TimeDelta::seconds(10));
    app.visitor().get(&path).await.must(404);
    app.visitor().post(&path, &[]).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_comes_again_three_times_in_a_quarter_of_an_hour_and_its_link_replaces_the_last() {
    let app = TestApp::new().await;
    let ana = app.visitor();
    sign_up(&ana, "ana@example.com", PASSWORD).await.must(303);
    let first = link(&app.letter_to("ana@example.com").await, "/verify/");
    for _ in 0..3 {
        let again = ana.post("/account/confirm-address", &[]).await.must(303);
        assert_eq!(
            again.flash().as_deref(),
            Some("We sent a new link to ana@example.com.")
        );
    }
    ana.post("/account/confirm-address", &[]).await.must(429);
    assert_eq!(app.letters().await.len(), 4);
    app.visitor().get(&first).await.must(404);
    let last = link(&app.letter_to("ana@example.com").await, "/verify/");
    app.visitor().post(&last, &[]).await.must(200);
    let done = ana.post("/account/confirm-address", &[]).await.must(303);
    assert_eq!(done.flash().as_deref(), Some("Your e-mail is already confirmed."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_is_told_to_its_person_by_letter_and_not_to_the_visitor() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let eve = app.visitor();
    let answer = sign_up(&eve, "Owner@nord.test", "somebody else's words")
        .await
        .must(303);
    assert_eq!(answer.location(), "/dashboard");
    let letter = app.letter_to("owner@nord.test").await;
    assert_eq!(letter.subject, "You already have an account");
    assert!(!signed_in(&eve).await);
    assert_eq!(count(&app, "select count(*) from auth.links").await, 0);
    sign_up(&app.visitor(), "owner@nord.test", PASSWORD)
        .await
        .must(303);
    assert_eq!(
        app.letters()
            .await
            .iter()
            .filter(|l| l.subject == letter.subject)
            .count(),
        1,
        "the owner needs no warning of themselves"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_answered_alike_for_everybody() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let known = forgot(&app.visitor(), "owner@nord.test").await.must(200);
    let unknown = forgot(&app.visitor(), "nooby@nord.test").await.must(200);
    let plain = |answer: &Answer| {
        let nonce = answer.header("content-security-policy").to_owned();
        let nonce = nonce
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap_or_default()
            .to_owned();
        answer.text().replace("nooby@", "owner@").replace(&nonce, "")
    };
    assert_eq!(plain(&known), plain(&unknown));
    assert_eq!(known.headers.len(), unknown.headers.len());
    let letters = app.letters().await;
    assert!(letters.len() == 1 && letters[0].recipient == "owner@nord.test");
    for _ in 0..5 {
        forgot(&app.visitor(), "owner@nord.test").await.must(200);
    }
    assert_eq!(
        app.letters().await.len(),
        3,
        "more letters than a mailbox needs are not sent"
    );
    assert!(
        forgot(&app.visitor(), "no address")
            .await
            .must(422)
            .shows("Check the format")
    );
}

/// The rows that a database wrote, taken back or not: what its work was.
async fn work_of_forgetting(email: &str) -> Vec<i64> {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    for _ in 0..3 {
        forgot(&app.visitor(), email).await.must(200);
    }
    // A connection reports what it did when it ends.
    app.state().db.close().await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let rows = sqlx::query("select n_tup_ins from pg_stat_user_tables where schemaname = 'auth' and relname in ('links', 'mails', 'turns') order by relname")
        .fetch_all(&mut app.db_admin().await)
        .await
        .expect("statistics");
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_the_same_work_for_everybody() {
    let known = work_of_forgetting("owner@nord.test").await;
    assert_eq!(known, [3, 3, 6]);
    assert_eq!(work_of_forgetting("nooby@nord.test").await, known);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_of_the_internet_asks_for_twenty_letters_in_a_quarter_of_an_hour() {
    let app = TestApp::new().await;
    for n in 0..20 {
        forgot(&app.visitor(), &format!("person{n}@nord.test"))
            .await
            .must(200);
    }
    let refused = forgot(&app.visitor(), "person20@nord.test").await.must(429);
    assert_eq!(refused.header("retry-after"), "900");
    app.advance(TimeDelta::minutes(15));
    forgot(&app.visitor(), "person20@nord.test").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_by_letter_ends_every_session_browser_and_pin_and_is_told() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (here, elsewhere, rita) = (nord.owner().await, nord.owner().await, nord.receptionist().await);
    here.post("/account/pin", &[("pin", "2580")]).await.must(303);
    forgot(&app.visitor(), "owner@nord.test").await.must(200);
    let path = link(&app.letter_to("owner@nord.test").await, "/reset/");
    let visitor = app.visitor();
    assert!(visitor.get(&path).await.must(200).shows("Set a new password"));
    assert!(
        visitor
            .post(&path, &[("new", "short")])
            .await
            .must(422)
            .shows("At least 12 characters")
    );
    assert!(
        visitor
            .post(&path, &[("new", "owner owner owner")])
            .await
            .must(422)
            .shows("too easy to guess")
    );
    let done = visitor.post(&path, &[("new", NEW)]).await.must(303);
    assert_eq!(done.location(), "/sign-in");
    assert!(visitor.get("/sign-in").await.shows("Your password was changed"));
    assert!(!signed_in(&here).await && !signed_in(&elsewhere).await && signed_in(&rita).await);
    assert!(!signed_in(&visitor).await, "the link itself signs nobody in");
    for query in [
        "select count(*) from auth.devices d join auth.users u on u.id = d.user_id where u.email = 'owner@nord.test'",
        "select count(*) from auth.pins",
    ] {
        assert_eq!(count(&app, query).await, 0, "{query}");
    }
    assert_eq!(
        app.letter_to("owner@nord.test").await.subject,
        "Your password was changed"
    );
    assert_eq!(
        count(
            &app,
            "select count(*) from audit_events where action = 'password.reset'"
        )
        .await,
        1
    );
    visitor
        .post(&path, &[("new", "three other unrelated words")])
        .await
        .must(404);
    sign_in(&app.visitor(), "owner@nord.test").await.must(422);
    let fields = [("email", "owner@nord.test"), ("password", NEW)];
    app.visitor().post("/sign-in", &fields).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_reset_ends_after_half_an_hour_or_when_a_newer_one_is_sent() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    forgot(&app.visitor(), "owner@nord.test").await.must(200);
    let first = link(&app.letter_to("owner@nord.test").await, "/reset/");
    app.advance(TimeDelta::seconds(1));
    forgot(&app.visitor(), "owner@nord.test").await.must(200);
    let second = link(&app.letter_to("owner@nord.test").await, "/reset/");
    app.visitor().get(&first).await.must(404);
    app.visitor().post(&first, &[("new", NEW)]).await.must(404);
    app.advance(TimeDelta::minutes(30) - TimeDelta::seconds(5));
    app.visitor().get(&second).await.must(200);
    app.advance(TimeDelta::seconds(10));
    app.visitor().get(&second).await.must(404);
    app.visitor().post(&second, &[("new", NEW)]).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_uses_of_one_link_at_once_one_counts() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    forgot(&app.visitor(), "owner@nord.test").await.must(200);
    let path = link(&app.letter_to("owner@nord.test").await, "/reset/");
    let uses = (0..8).map(|_| {
        let (visitor, path) = (app.visitor(), path.clone());
        async move { visitor.post(&path, &[("new", NEW)]).await.status.as_u16() }
    });
    let answers = futures::future::join_all(uses).await;
    assert_eq!(
        answers.iter().filter(|status| **status == 303).count(),
        1,
        "{answers:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_from_a_new_browser_is_told_by_letter_and_one_from_a_known_browser_is_not() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let first = nord.owner().await;
    assert!(
        app.letters().await.is_empty(),
        "the first browser of all is no news"
    );
    first.post("/sign-out", &[]).await.must(303);
    sign_in(&first, "owner@nord.test").await.must(303);
    assert!(app.letters().await.is_empty());
    nord.owner().await;
    let letter = app.letter_to("owner@nord.test").await;
    assert_eq!(letter.subject, "New sign-in to your account");
    assert!(
        letter.text.contains("From: 127.0.0.1") && letter.text.contains("When: 2 March 2026, 09:00 UTC"),
        "{}",
        letter.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_is_told_by_letter() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    owner
        .post("/account/password", &[("current", PASSWORD), ("new", NEW)])
        .await
        .must(303);
    assert_eq!(
        app.letter_to("owner@nord.test").await.subject,
        "Your password was changed"
    );
}

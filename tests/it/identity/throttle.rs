//! Guesses at passwords.
use super::{guess_from, shape, sign_in};
use crate::kit::{PASSWORD, TestApp};
use chrono::TimeDelta;
use futures::StreamExt;
use std::time::{Duration, Instant};

async fn verified(app: &TestApp) -> i64 {
    sqlx::query_scalar(
        "select count(*) from auth.sign_in_attempts where device_hash is null and outcome <> 'ok'",
    )
    .fetch_one(&mut app.db_admin().await)
    .await
    .expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_person_and_a_wrong_password_are_one_answer() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let known = guess_from(
        &app.visitor(),
        [10, 0, 0, 1],
        "owner@nord.test",
        "wrong wrong wrong",
        &[],
    )
    .await
    .must(422);
    let unknown = guess_from(
        &app.visitor(),
        [10, 0, 0, 2],
        "nooby@nord.test",
        "wrong wrong wrong",
        &[],
    )
    .await
    .must(422);
    assert_eq!(shape(&known), shape(&unknown));
    let plain = |text: String, email: &str| super::without_hex(&text).replace(email, "E");
    assert_eq!(
        plain(known.text(), "owner@nord.test"),
        plain(unknown.text(), "nooby@nord.test")
    );
    assert!(known.shows("Wrong e-mail or password."));
    assert_eq!(known.field("email").as_deref(), Some("owner@nord.test"));
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_one_account_slow_down_and_stop_at_ten_in_a_quarter_of_an_hour() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let guess = |n: u8| {
        let app = app.clone();
        async move {
            guess_from(
                &app.visitor(),
                [10, 0, 0, n],
                "owner@nord.test",
                "wrong wrong wrong",
                &[],
            )
            .await
        }
    };
    for n in 0..5 {
        guess(n).await.must(422);
    }
    for pause in [1, 2, 4, 8, 16] {
        let refused = guess(9).await.must(429);
        assert_eq!(refused.header("retry-after"), pause.to_string());
        app.advance(TimeDelta::seconds(pause));
        guess(9).await.must(422);
    }
    let refused = guess(9).await.must(429);
    assert_eq!(refused.header("retry-after"), (900 - 31).to_string());
    assert!(refused.shows("Too many attempts. Wait 15 minutes"));
    assert_eq!(verified(&app).await, 10);
    app.advance(TimeDelta::seconds(870));
    guess(9).await.must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_guesses_at_once_are_verified_no_oftener_and_the_owner_still_gets_in() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    owner.post("/sign-out", &[]).await.must(303);
    let storm = futures::stream::iter(0..1000u32).map(|n| {
        let app = app.clone();
        async move {
            let address = [10, 0, 0, u8::try_from(n % 200).unwrap_or(0)];
            let guess = format!("wrong wrong {n}");
            guess_from(&app.visitor(), address, "owner@nord.test", &guess, &[])
                .await
                .status
                .as_u16()
        }
    });
    let answers: Vec<u16> = storm.buffer_unordered(200).collect().await;
    assert!(
        answers.iter().all(|status| matches!(status, 422 | 429 | 503)),
        "{answers:?}"
    );
    assert!(verified(&app).await <= 10, "{}", verified(&app).await);
    let started = Instant::now();
    sign_in(&owner, "owner@nord.test").await.must(303);
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_browser_has_ten_guesses_of_its_own_and_only_for_its_person() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let device = owner.cookie("gantry_device").expect("a device");
    for _ in 0..5 {
        owner
            .post("/sign-in", &[("email", "owner@nord.test"), ("password", "wrong")])
            .await
            .must(422);
    }
    owner
        .post("/sign-in", &[("email", "owner@nord.test"), ("password", "wrong")])
        .await
        .must(429);
    app.advance(TimeDelta::minutes(16));
    for _ in 0..5 {
        rita.post("/sign-in", &[("email", "owner@nord.test"), ("password", "wrong")])
            .await
            .must(422);
    }
    rita.post(
        "/sign-in",
        &[("email", "owner@nord.test"), ("password", PASSWORD)],
    )
    .await
    .must(429);
    sign_in(&owner, "owner@nord.test").await.must(303);
    assert_eq!(
        owner.cookie("gantry_device"),
        Some(device),
        "a browser keeps its name"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_guesses_thirty_times_a_minute_whatever_it_claims_to_be() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let mut refused = 0;
    for n in 0..40 {
        let (email, claim) = (format!("person{n}@nord.test"), format!("203.0.113.{n}"));
        let claims = [
            ("x-forwarded-for", claim.as_str()),
            ("forwarded", "for=203.0.113.9"),
            ("x-real-ip", claim.as_str()),
        ];
        let answer = guess_from(
            &app.visitor(),
            [10, 0, 0, 1],
            &email,
            "wrong wrong wrong",
            &claims,
        )
        .await;
        refused += u32::from(answer.status == 429);
    }
    assert_eq!(refused, 10);
    guess_from(&app.visitor(), [10, 0, 0, 2], "person1@nord.test", "wrong", &[])
        .await
        .must(422);
    app.advance(TimeDelta::seconds(61));
    guess_from(&app.visitor(), [10, 0, 0, 1], "person1@nord.test", "wrong", &[])
        .await
        .must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_trusted_proxy_the_client_s_own_address_is_counted() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let app = app.behind("10.0.0.0/8");
    let forwarded = [("x-forwarded-for", "203.0.113.7")];
    for address in [[10, 0, 0, 1], [198, 51, 100, 9]] {
        guess_from(
            &app.visitor(),
            address,
            "owner@nord.test",
            "wrong wrong wrong",
            &forwarded,
        )
        .await
        .must(422);
    }
    let addresses: Vec<String> = sqlx::query_scalar("select address from auth.sign_in_attempts order by id")
        .fetch_all(&mut app.db_admin().await)
        .await
        .expect("addresses");
    assert_eq!(addresses, ["203.0.113.7", "198.51.100.9"]);
}

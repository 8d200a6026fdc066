//! The code besides the password.
use super::{Telephone, count, set_up, sign_in, signed_in};
use crate::kit::{Actor, Answer, PASSWORD, TestApp};
use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;

async fn give(actor: &Actor, code: &str) -> Answer {
    actor
        .post("/sign-in/code", &[("code", code), ("next", "/customers")])
        .await
}

/// A browser whose password was right and whose code is due.
async fn at_the_code(app: &TestApp, email: &str) -> Actor {
    let actor = app.visitor();
    let answer = sign_in(&actor, email).await.must(303);
    assert_eq!(answer.location(), "/sign-in/code?next=%2Fdashboard");
    actor
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_second_factor_the_password_alone_opens_nothing() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let (telephone, _) = set_up(&owner).await;
    app.advance(TimeDelta::seconds(30));
    let actor = at_the_code(&app, "owner@nord.test").await;
    let pending = actor.cookie("gantry_pending").expect("a pending sign-in");
    assert!(actor.session().is_none() && !signed_in(&actor).await);
    for cookie in ["gantry_session", "gantry_tablet"] {
        let replay = Request::get("/customers").header(header::COOKIE, format!("{cookie}={pending}"));
        app.visitor().send(replay, Body::empty()).await.must(401);
    }
    assert!(actor.get("/sign-in/code").await.must(200).shows("Your code"));
    let entered = give(&actor, &telephone.code(&app)).await.must(303);
    assert_eq!(entered.location(), "/customers");
    assert!(signed_in(&actor).await && actor.cookie("gantry_pending").is_none());
    assert_ne!(actor.session(), Some(pending));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_once_in_its_own_step_and_one_to_each_side() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (telephone, _) = set_up(&owner).await;
    let email = "owner@nord.test";
    let used = telephone.code(&app);
    assert!(
        give(&at_the_code(&app, email).await, &used)
            .await
            .must(422)
            .shows("already used"),
        "it confirmed the factor"
    );
    app.advance(TimeDelta::seconds(120));
    give(&at_the_code(&app, email).await, &telephone.at(&app, -2))
        .await
        .must(422);
    give(&at_the_code(&app, email).await, &telephone.at(&app, 2))
        .await
        .must(422);
    give(&at_the_code(&app, email).await, &telephone.at(&app, -1))
        .await
        .must(303);
    give(&at_the_code(&app, email).await, &telephone.at(&app, -1))
        .await
        .must(422);
    give(&at_the_code(&app, email).await, &telephone.at(&app, 1))
        .await
        .must(303);
    app.advance(TimeDelta::seconds(30));
    let again = give(&at_the_code(&app, email).await, &telephone.code(&app)).await;
    again.must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_uses_of_one_code_at_once_one_counts() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (telephone, _) = set_up(&owner).await;
    app.advance(TimeDelta::seconds(60));
    let code = telephone.code(&app);
    let actor = at_the_code(&app, "owner@nord.test").await;
    let uses = (0..5).map(|_| {
        let (app, cookies, code) = (app.clone(), actor.cookie_header(), code.clone());
        async move {
            let request = Request::post("/sign-in/code")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, cookies)
                .header("sec-fetch-site", "same-origin");
            let answer = app
                .visitor()
                .send(request, Body::from(format!("code={code}")))
                .await;
            answer.location() == "/dashboard"
        }
    });
    let entered = futures::future::join_all(uses).await;
    assert_eq!(entered.into_iter().filter(|entered| *entered).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_uses_of_one_recovery_code_at_once_one_counts() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (_, codes) = set_up(&owner).await;
    assert_eq!(codes.len(), 10);
    let mut actors = Vec::new();
    for _ in 0..20 {
        actors.push(at_the_code(&app, "owner@nord.test").await);
    }
    let uses = actors.iter().map(|actor| give(actor, &codes[0]));
    let answers = futures::future::join_all(uses).await;
    let entered = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(
        entered,
        1,
        "{:?}",
        answers.iter().map(|a| a.status).collect::<Vec<_>>()
    );
    let used = "select count(*) from auth.recovery_codes where used_at is not null";
    assert_eq!(count(&app, used).await, 1);
    app.advance(TimeDelta::minutes(16));
    let actor = at_the_code(&app, "owner@nord.test").await;
    give(&actor, &codes[0]).await.must(422);
    give(&actor, &codes[1].to_uppercase().replace('-', " "))
        .await
        .must(303);
}

/// Below the limit of wrong codes, which lets five of them through at most.
#[tokio::test(flavor = "multi_thread")]
async fn the_statement_that_uses_a_code_up_lets_one_of_twenty_through() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    set_up(&owner).await;
    let uses = (0..20).map(|_| async {
        let query = "select auth.use_code(c.user_id, null, c.code_hash, now()) from (select * from auth.recovery_codes order by code_hash limit 1) c";
        let counted: bool = sqlx::query_scalar(query)
            .fetch_one(&mut app.db_admin().await)
            .await
            .expect("an answer");
        counted
    });
    let counted = futures::future::join_all(uses).await;
    assert_eq!(counted.into_iter().filter(|counted| *counted).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_codes_make_everybody_wait_a_quarter_of_an_hour() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (telephone, codes) = set_up(&owner).await;
    app.advance(TimeDelta::seconds(60));
    let actor = at_the_code(&app, "owner@nord.test").await;
    for wrong in ["000000", "abc", "", "00000-00000", "1"] {
        give(&actor, wrong).await.must(422);
    }
    let other = at_the_code(&app, "owner@nord.test").await;
    for (actor, code) in [(&actor, telephone.code(&app)), (&other, codes[0].clone())] {
        let refused = give(actor, &code).await.must(429);
        assert_eq!(refused.header("retry-after"), "900");
    }
    assert!(signed_in(&owner).await, "whoever is in stays in");
    app.advance(TimeDelta::minutes(15));
    let actor = at_the_code(&app, "owner@nord.test").await;
    give(&actor, &telephone.code(&app)).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_waits_ten_minutes_for_its_code() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (telephone, _) = set_up(&owner).await;
    let actor = at_the_code(&app, "owner@nord.test").await;
    app.advance(TimeDelta::minutes(10) + TimeDelta::seconds(5));
    assert_eq!(
        give(&actor, &telephone.code(&app)).await.must(303).location(),
        "/sign-in"
    );
    assert!(!signed_in(&actor).await);
    assert_eq!(
        app.visitor().get("/sign-in/code").await.must(303).location(),
        "/sign-in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn setting_one_up_ends_other_sessions_turns_the_token_and_is_told() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (here, elsewhere) = (nord.owner().await, nord.owner().await);
    let before = here.session();
    here.post("/account/second-factor/begin", &[]).await.must(303);
    let page = here.get("/account/second-factor").await.must(200);
    assert!(page.text().contains("<svg") && page.text().contains("<path"));
    let refused = here
        .post("/account/second-factor/confirm", &[("code", "000000")])
        .await;
    refused.must(422);
    assert!(here.get("/account").await.shows("Off."));
    let telephone = Telephone::with_key_of(&here.get("/account/second-factor").await);
    let done = here
        .post(
            "/account/second-factor/confirm",
            &[("code", &telephone.code(&app))],
        )
        .await
        .must(200);
    assert_eq!(done.header("cache-control"), "no-store");
    assert!(signed_in(&here).await && !signed_in(&elsewhere).await);
    assert_ne!(here.session(), before);
    let page = here.get("/account/second-factor").await.must(200);
    assert!(
        page.shows("10 recovery codes left.") && !page.text().contains("<path d=\"M4"),
        "neither key nor codes come back"
    );
    assert_eq!(
        app.letter_to("owner@nord.test").await.subject,
        "Second factor turned on"
    );
    assert_eq!(
        count(
            &app,
            "select count(*) from audit_events where action = 'second_factor.added'"
        )
        .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_it_away_needs_the_password_and_a_code() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (_, codes) = set_up(&owner).await;
    let remove = |password: &'static str, code: String| {
        let owner = owner.clone();
        async move {
            let fields = [("password", password), ("code", &code)];
            owner.post("/account/second-factor/remove", &fields).await
        }
    };
    assert!(
        remove("wrong wrong wrong", codes[0].clone())
            .await
            .must(422)
            .shows("Wrong password.")
    );
    assert!(
        remove(PASSWORD, "000000".to_owned())
            .await
            .must(422)
            .shows("Wrong code, or already used")
    );
    remove(PASSWORD, codes[0].clone()).await.must(303);
    assert_eq!(
        app.letter_to("owner@nord.test").await.subject,
        "Second factor removed"
    );
    assert_eq!(
        count(
            &app,
            "select count(*) from audit_events where action = 'second_factor.removed'"
        )
        .await,
        1
    );
    assert_eq!(count(&app, "select count(*) from auth.second_factors").await, 0);
    assert_eq!(
        sign_in(&app.visitor(), "owner@nord.test")
            .await
            .must(303)
            .location(),
        "/dashboard"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_needs_one_is_led_to_set_it_up_before_anything_else() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, manager, rita) = (
        nord.owner().await,
        nord.manager().await,
        nord.receptionist().await,
    );
    owner
        .post("/settings/roles/second-factor", &[("role[]", "manager")])
        .await
        .must(303);
    for path in ["/dashboard", "/customers", "/settings"] {
        assert_eq!(
            manager.get(path).await.must(303).location(),
            "/account/second-factor",
            "{path}"
        );
    }
    let write = manager
        .post("/customers/new", &[("kind", "person"), ("name", "Ada")])
        .await;
    assert_eq!(write.must(303).location(), "/account/second-factor");
    assert!(signed_in(&rita).await && signed_in(&owner).await);
    assert!(
        manager
            .get("/account/second-factor")
            .await
            .must(200)
            .shows("Your workshop requires a second factor")
    );
    set_up(&manager).await;
    assert!(signed_in(&manager).await);
    manager
        .post("/settings/roles/second-factor", &[("role[]", "owner")])
        .await
        .must(403);
    owner.post("/settings/roles/second-factor", &[]).await.must(303);
    assert_eq!(
        count(
            &app,
            "select count(*) from audit_events where action = 'role.second_factor_changed'"
        )
        .await,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seed_that_does_not_open_leaves_the_recovery_codes() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (telephone, codes) = set_up(&owner).await;
    sqlx::query("update auth.second_factors set sealed = '\\x0102'::bytea || substr(sealed, 3)")
        .execute(&mut app.db_admin().await)
        .await
        .expect("a damaged seed");
    app.advance(TimeDelta::seconds(60));
    let actor = at_the_code(&app, "owner@nord.test").await;
    let refused = give(&actor, &telephone.code(&app)).await.must(422);
    assert!(refused.shows("Use one of your recovery codes"));
    give(&actor, &codes[0]).await.must(303);
    assert!(signed_in(&actor).await);
    // In the account, too, and it goes so that a new one can be set up.
    actor.get("/account/second-factor").await.must(200);
    let wrong = [("password", PASSWORD), ("code", "123456")];
    let refused = actor
        .post("/account/second-factor/remove", &wrong)
        .await
        .must(422);
    assert!(refused.shows("Use one of your recovery codes"));
    let right = [("password", PASSWORD), ("code", codes[1].as_str())];
    actor
        .post("/account/second-factor/remove", &right)
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_begun_seed_that_does_not_open_is_begun_anew() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    owner.post("/account/second-factor/begin", &[]).await.must(303);
    sqlx::query("update auth.second_factors set sealed = '\\x0102'::bytea || substr(sealed, 3)")
        .execute(&mut app.db_admin().await)
        .await
        .expect("a damaged seed");
    let page = owner.get("/account/second-factor").await.must(200);
    assert!(page.text().contains("/account/second-factor/begin"));
    let confirmed = owner
        .post("/account/second-factor/confirm", &[("code", "123456")])
        .await;
    confirmed.must(422);
    set_up(&owner).await;
}

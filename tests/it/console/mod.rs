//! The console of our own people, and that it reads no workshop's rows.
mod acts;
mod examples;

use crate::kit::bulk::{self, Size};
use crate::kit::make::platform::{EMAIL, PASSWORD, db_admin_account, petra, sign_in};
use crate::kit::rows::{fingerprints, tables};
use crate::kit::{Actor, Answer, TestApp, Violations, Workshop, connect};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::app::product;
use gantry::kernel::OrgId;
use gantry::server::app::RouteInfo;
use gantry::server::platform_admin;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

fn path(of: &Workshop, act: &str) -> String {
    format!("/platform/organizations/{}{act}", of.org)
}

fn at(route: &RouteInfo, org: OrgId) -> String {
    route.path.replace("{org}", &org.to_string())
}

async fn ask(actor: &Actor, route: &RouteInfo, org: OrgId) -> Answer {
    let request = Request::builder()
        .method(route.method)
        .uri(at(route, org))
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    actor.send(request, Body::empty()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_us_signs_in_at_a_door_of_our_own_and_sees_how_workshops_stand() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let owner = nord.owner().await;
    nord.db_ready_order().await;
    sued.db_paid_until(app.now() - chrono::TimeDelta::days(8)).await;
    let petra = petra(&app).await;
    assert!(petra.get("/platform").await.must(200).shows("Not measured yet"));
    assert_eq!(app.measure().await, 2);
    assert_eq!(app.measure().await, 0, "both were measured today");
    let list = petra.get("/platform").await.must(200);
    assert!(!list.shows("Not measured yet") && list.shows(" kB"));
    assert!(list.shows("Workshop nord") && list.shows("Workshop sued") && list.shows("Read-only"));
    let found = petra.get("/platform?q=SUED").await.must(200);
    assert!(found.shows("Workshop sued") && !found.shows("Workshop nord"));
    let one = petra.get(&path(&nord, "")).await.must(200);
    assert!(one.shows("Standard, Never") && one.shows("2 Mar 2026, 09:00"));
    petra
        .get(&format!(
            "/platform/organizations/{}",
            OrgId::new(uuid::Uuid::from_u128(7))
        ))
        .await
        .must(404);
    for page in ["/", "/dashboard", "/settings", "/account", "/standing"] {
        assert!(
            !owner.get(page).await.text().contains("/platform"),
            "{page} leads to the console"
        );
    }
    petra.post("/platform/sign-out", &[]).await.must(303);
    assert_eq!(
        petra.get("/platform").await.must(303).location(),
        "/platform/sign-in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_many_workshops_reads_a_page() {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    let statement = "insert into auth.organizations (id, name, slug, state, created_at) select gen_random_uuid(), 'Shop ' || n, 'shop-' || n, 'active', $1 + n * interval '1 minute'
                       from generate_series(1, 60) n";
    sqlx::query(statement)
        .bind(app.now())
        .execute(&mut db)
        .await
        .expect("workshops");
    let petra = petra(&app).await;
    let first = petra.get("/platform").await.must(200);
    assert!(first.shows("Shop 60") && first.shows("Shop 11") && !first.text().contains(">Shop 10<"));
    let (_, rest) = first
        .text()
        .split_once("/platform?before=")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("another page");
    let next = format!("/platform?before={}", rest.split('"').next().expect("a link"));
    let second = petra.get(&next).await.must(200);
    assert!(second.shows("Shop 10") && second.shows("Shop 1") && !second.text().contains(">Shop 11<"));
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_our_passwords_are_slowed_like_all_others() {
    let app = TestApp::new().await;
    db_admin_account(&app).await;
    let stranger = app.visitor();
    for _ in 0..5 {
        let wrong = sign_in(&stranger, "not the password").await.must(422);
        assert!(wrong.shows("Wrong e-mail or password."));
    }
    let slowed = sign_in(&stranger, PASSWORD).await.must(429);
    assert!(!slowed.header("retry-after").is_empty());
    app.advance(chrono::TimeDelta::minutes(16));
    sign_in(&stranger, PASSWORD).await.must(303);
    app.advance(chrono::TimeDelta::hours(8));
    assert_eq!(
        stranger.get("/platform").await.must(303).location(),
        "/platform/sign-in",
        "a shift is over"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_or_leaving_ends_every_session() {
    let app = TestApp::new().await;
    let petra = petra(&app).await;
    db_admin_account(&app).await;
    petra.get("/platform").await.must(303);
    sign_in(&petra, PASSWORD).await.must(303);
    let (clock, owner) = (app.state().clock.clone(), &app.database().owner_url);
    platform_admin::remove(owner, "PETRA@gantry.test", &*clock)
        .await
        .expect("gone");
    petra.get("/platform").await.must(303);
    sign_in(&petra, PASSWORD).await.must(422);
    assert!(platform_admin::remove(owner, EMAIL, &*clock).await.is_err());
    assert!(
        platform_admin::create(owner, EMAIL, None, Some("short".to_owned()), &*clock)
            .await
            .is_err()
    );
    let message = platform_admin::create(owner, EMAIL, None, None, &*clock)
        .await
        .expect("an account");
    let (_, made) = message.split_once("shown this once: ").expect("a password");
    sign_in(&petra, made).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_reaches_the_console_and_it_answers_to_our_own_pages_only() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    let mut admin = app.db_admin().await;
    let before = fingerprints(&mut admin).await;
    let mut violations = Violations::default();
    let routes = product(false).app.platform_routes();
    assert!(routes.len() > 8);
    for route in routes.iter().filter(|route| route.right != "public") {
        for (who, actor) in [("a visitor", &app.visitor()), ("an owner", &owner)] {
            let answer = ask(actor, route, nord.org).await;
            let sent_away = answer.status == 303 && answer.location() == "/platform/sign-in";
            violations.unless(sent_away, || {
                format!("{} {} for {who}: {}", route.method, route.path, answer.status)
            });
        }
        assert!(
            product(false)
                .app
                .routes()
                .iter()
                .all(|other| other.path != route.path),
            "{}",
            route.path
        );
        let foreign = Request::builder()
            .method("POST")
            .uri(at(route, nord.org))
            .header("sec-fetch-site", "same-site");
        let answer = petra.send(foreign, Body::empty()).await;
        violations.unless(matches!(answer.status.as_u16(), 403 | 405), || {
            format!("{} from elsewhere: {}", route.path, answer.status)
        });
        if route.method == "GET" {
            let answer = ask(&petra, route, nord.org).await.must(200);
            violations.unless(answer.header("cache-control") == "no-store", || {
                format!("{} is stored", route.path)
            });
        }
    }
    violations.none();
    assert_eq!(fingerprints(&mut admin).await, before);
    // Her session opens no workshop.
    for route in product(false)
        .app
        .routes()
        .iter()
        .filter(|route| route.right != "public" && route.params.is_empty() && route.method == "GET")
    {
        let answer = ask(&petra, route, nord.org).await;
        assert!(
            answer.location().starts_with("/sign-in"),
            "{}: {}",
            route.path,
            answer.status
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_the_console_shows_a_workshops_rows() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    bulk::fill(&nord, Size::PAGES).await;
    nord.owner()
        .await
        .make_customer(&[("name", "Canary of Nord")])
        .await;
    let petra = petra(&app).await;
    let names: Vec<String> = sqlx::query_scalar("select name from customers where org_id = $1 union select plate from assets where org_id = $1 and plate <> ''")
        .bind(nord.org.uuid())
        .fetch_all(&mut nord.db().await)
        .await
        .expect("names");
    assert!(names.len() > 10);
    for route in product(false)
        .app
        .platform_routes()
        .iter()
        .filter(|route| route.method == "GET")
    {
        let text = ask(&petra, route, nord.org).await.text();
        let shown = names
            .iter()
            .find(|name| name.len() > 4 && text.contains(name.as_str()));
        assert_eq!(shown, None, "{}", route.path);
    }
}

/// Runs statements as the console's role, in a transaction that is taken back; the code of a refusal.
async fn as_platform(db: &mut PgConnection, setup: &str, statement: &str) -> Result<u64, String> {
    let mut tx = db.begin().await.expect("a transaction");
    tx.execute(sqlx::raw_sql(AssertSqlSafe(setup.to_owned())))
        .await
        .expect("a setup");
    let outcome = match sqlx::query(AssertSqlSafe(statement.to_owned()))
        .fetch_all(&mut *tx)
        .await
    {
        Ok(rows) => Ok(rows.len() as u64),
        Err(sqlx::Error::Database(error)) => Err(error.code().unwrap_or_default().into_owned()),
        Err(error) => panic!("{statement}: {error}"),
    };
    tx.rollback().await.expect("a rollback");
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn the_consoles_role_is_refused_every_table_by_the_database() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_ready_order().await;
    let petra = petra(&app).await;
    petra.get("/platform").await.must(200);
    let mut db = connect(&app.database().app_url).await;
    let mut admin = app.db_admin().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from auth.platform_admins")
        .fetch_one(&mut admin)
        .await
        .expect("one of us");
    let setup = format!(
        "set local app.platform_admin = '{id}'; set local app.org_id = '{}'; set local app.branches = 'all'; set local role gantry_platform",
        nord.org.uuid()
    );
    let mut refused = 0;
    for table in tables(&mut admin).await {
        for statement in [
            format!("select * from public.{}", table.name),
            format!("delete from public.{}", table.name),
            format!("update public.{} set org_id = org_id", table.name),
        ] {
            assert_eq!(
                as_platform(&mut db, &setup, &statement).await,
                Err("42501".to_owned()),
                "{statement}"
            );
            refused += 1;
        }
    }
    for table in [
        "auth.users",
        "auth.sessions",
        "auth.organizations",
        "auth.platform_admins",
        "search.entries",
    ] {
        let statement = format!("select * from {table}");
        assert_eq!(
            as_platform(&mut db, &setup, &statement).await,
            Err("42501".to_owned()),
            "{statement}"
        );
    }
    assert!(refused > 90);
    // Teeth: with the same setting its own function answers, and without somebody of us it does not.
    let list = "select * from auth.platform_organizations('', now(), 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 10)";
    assert_eq!(as_platform(&mut db, &setup, list).await, Ok(1));
    let nobody = setup.replace(&id.to_string(), "");
    assert_eq!(as_platform(&mut db, &nobody, list).await, Ok(0));
    assert_eq!(
        as_platform(&mut db, "set local role gantry_tenant", list).await,
        Err("42501".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_we_did_is_never_changed() {
    let app = TestApp::new().await;
    petra(&app).await;
    let mut admin = app.db_admin().await;
    for statement in [
        "update auth.platform_events set summary = 'nothing'",
        "delete from auth.platform_events",
        "truncate auth.platform_events",
    ] {
        let refused = admin.execute(statement).await.expect_err(statement);
        assert_eq!(
            refused
                .as_database_error()
                .and_then(|error| error.code())
                .as_deref(),
            Some("GA001")
        );
    }
}

//! What every answer carries, and what no answer gives away.
use crate::kit::{Actor, Answer, TestApp};
use axum::body::Body;
use axum::http::{Method, Request, header};
use axum::response::IntoResponse;
use gantry::app::product;
use gantry::server::http::errors::panicked;
use gantry::server::http::router::router;
use gantry::server::state::Settings;
use std::collections::HashSet;
use std::sync::Arc;
use tower::ServiceExt;

const FIXED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// A route's path with an id that is nobody's.
fn concrete(path: &str) -> String {
    path.split('/')
        .map(|part| match part.starts_with('{') {
            true => "018f0000-0000-7000-8000-000000000000",
            false => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn pages() -> Vec<String> {
    let list = product(true)
        .app
        .routes()
        .into_iter()
        .filter(|route| route.method == "GET");
    list.map(|route| concrete(&route.path)).collect()
}

fn writes() -> Vec<String> {
    let list = product(true)
        .app
        .routes()
        .into_iter()
        .filter(|route| route.method == "POST");
    list.map(|route| concrete(&route.path)).collect()
}

fn assert_secured(what: &str, answer: &Answer) {
    for (name, value) in FIXED {
        assert_eq!(answer.header(name), value, "{what}");
    }
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"),
        "{what}: {policy}"
    );
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("unsafe-eval'  "),
        "{what}: {policy}"
    );
    assert_eq!(answer.header("x-request-id").len(), 16, "{what}");
    assert!(!answer.header("cache-control").is_empty(), "{what}");
}

/// Nothing of the machine's inside: no SQL, no names of tables, functions, crates or files.
fn assert_discreet(what: &str, answer: &Answer) {
    let text = answer.text().to_lowercase();
    for word in [
        "sqlx",
        "from auth.",
        "insert into",
        "violates",
        "constraint",
        "gantry_app",
        "gantry_tenant",
        "panicked",
        "src/",
        ".rs:",
        "auth.enter",
    ] {
        assert!(!text.contains(word), "{what} says {word}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_headers_whoever_asks() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let visitor = app.visitor();
    let own = [
        "/nowhere",
        "/livez",
        "/readyz",
        "/robots.txt",
        "/pkg/gantry.1.css",
        "/pkg/none.css",
        "/api/none",
        "/%00",
        "/%ff",
    ];
    for path in pages().iter().map(String::as_str).chain(own) {
        for (who, actor) in [("owner", &owner), ("visitor", &visitor)] {
            let answer = actor.get(path).await;
            let what = format!("GET {path} by {who}: {}", answer.status);
            assert_secured(&what, &answer);
            assert!(answer.status.as_u16() < 500, "{what}");
            if answer.status.is_client_error() {
                assert_discreet(&what, &answer);
            }
        }
    }
    for path in writes() {
        assert_secured(&path, &visitor.post(&path, &[]).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_behind_the_sign_in_are_never_kept() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    for route in product(false).app.routes() {
        if route.method == "GET" && route.right != "public" {
            let answer = owner.get(&concrete(&route.path)).await;
            assert!(
                answer.header("cache-control").contains("no-store"),
                "{}",
                route.path
            );
        }
    }
    assert_eq!(owner.get("/nowhere").await.header("cache-control"), "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_answers_share_a_nonce_or_an_id() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let (mut nonces, mut ids) = (HashSet::new(), HashSet::new());
    for _ in 0..200 {
        let answer = visitor.get("/sign-in").await;
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .expect("a nonce")
            .to_owned();
        assert!(nonce.len() >= 22 && answer.text().contains(&nonce));
        assert_eq!(
            policy.replace(&nonce, "N"),
            "default-src 'none'; script-src 'nonce-N' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
             font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        );
        assert!(nonces.insert(nonce) && ids.insert(answer.header("x-request-id").to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_our_own_pages_write() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let foreign: [&[(&str, &str)]; 9] = [
        &[],
        &[("origin", "https://evil.test")],
        &[("origin", "null")],
        &[("origin", "http://nord.127.0.0.1:3000")],
        &[("origin", "http://127.0.0.1:3000.evil.test")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://127.0.0.1:3000"),
        ],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("referer", "http://127.0.0.1:3000/customers")],
    ];
    let before = fingerprint(&app).await;
    for path in writes() {
        for kind in [
            "application/x-www-form-urlencoded",
            "text/plain",
            "application/json",
            "multipart/form-data; boundary=x",
        ] {
            for headers in foreign {
                let mut request = Request::post(&path).header(header::CONTENT_TYPE, kind);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let answer = owner.send(request, Body::from("name=Eve&kind=person")).await;
                assert_eq!(answer.status, 403, "{path} {kind} {headers:?}");
            }
        }
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        owner.ask(method, "/customers").await.must(403);
    }
    assert_eq!(fingerprint(&app).await, before);
    assert!(owner.session().is_some());
    let ours = Request::post("/session/theme")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, "http://127.0.0.1:3000");
    owner.send(ours, Body::from("theme=dark")).await.must(303);
}

/// What the writes of this test could change.
async fn fingerprint(app: &TestApp) -> String {
    sqlx::query_scalar(
        "select md5(string_agg(t, ',')) from (select customers::text t from customers union all select audit_events::text from audit_events
          union all select users::text from auth.users union all select organizations::text from auth.organizations order by 1) x",
    )
    .fetch_one(&mut app.db_admin().await)
    .await
    .expect("rows")
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_never_writes() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    owner.make_customer(&[]).await;
    let before = fingerprint(&app).await;
    for path in pages() {
        owner.get(&path).await;
        owner.ask(Method::HEAD, &path).await;
    }
    assert_eq!(fingerprint(&app).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_404_and_what_is_asked_wrongly_405() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let page = owner.get("/nowhere").await.must(404);
    assert!(
        page.shows("Page not found") && page.shows("Workshop nord"),
        "inside the frame of whoever is signed in"
    );
    let page = app.visitor().get("/nowhere").await.must(404);
    assert!(page.shows("Page not found") && page.shows("Sign in"));
    assert!(page.shows(page.header("x-request-id")), "the number to tell us");
    for method in ["OPTIONS", "TRACE", "BREW", "PUT", "DELETE"] {
        let request = Request::builder()
            .method(method)
            .uri("/sign-in")
            .header("sec-fetch-site", "same-origin");
        let answer = owner.send(request, Body::empty()).await.must(405);
        assert_eq!(answer.header("allow"), "GET,HEAD,POST");
        assert_secured(method, &answer);
    }
    owner.post("/api/none", &[]).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_refused_and_says_nothing_of_the_inside() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let bodies: [&[u8]; 6] = [
        b"\xff\xfe",
        b"email=%00&password=%00",
        b"%zz=%",
        b"email[]=a&email=b",
        b"{\"email\":",
        b"a=b=c&&&=&",
    ];
    for path in writes() {
        for body in bodies {
            for kind in [
                "application/x-www-form-urlencoded",
                "application/json",
                "text/plain",
            ] {
                let request = Request::post(&path)
                    .header(header::CONTENT_TYPE, kind)
                    .header("sec-fetch-site", "same-origin");
                let visitor = app.visitor();
                let actor: &Actor = if path.starts_with("/session") {
                    &owner
                } else {
                    &visitor
                };
                let answer = actor.send(request, Body::from(body)).await;
                let what = format!("{path} {kind} {body:?}: {}", answer.status);
                assert!(answer.status.as_u16() < 500, "{what}");
                assert_discreet(&what, &answer);
                assert_secured(&what, &answer);
            }
        }
    }
    let head = Request::get("/").header("x-large", "x".repeat(40 * 1024));
    assert_secured("a large head", &owner.send(head, Body::empty()).await.must(431));
    let large = vec![b'x'; 2 * 1024 * 1024];
    let request = Request::post("/sign-in")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html");
    assert!(
        owner
            .send(request, Body::from(large))
            .await
            .must(413)
            .shows("Too large")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_an_incident_with_a_code_and_nothing_else() {
    let answer = Answer::read(panicked(Box::new("secret state of things")).into_response())
        .await
        .must(500);
    assert!(answer.text().starts_with("{\"Internal\":\"") && !answer.text().contains("secret"));
    assert_discreet("a panic", &answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_domain_other_hosts_are_misdirected_and_a_workshop_s_host_is_its_own() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    app.workshop("sued").await;
    let mut state = app.state().clone();
    let settings = Settings::new("http://gantry.example.com", false).under(Some("example.com".to_owned()));
    state.settings = Arc::new(settings);
    let site = crate::kit::tmp_dir().join("site");
    let router = router(product(true).router, state, &site);
    let cookies = owner.cookie_header();
    let ask = |host: &'static str, path: &'static str| {
        let request = Request::get(path)
            .header(header::HOST, host)
            .header("x-forwarded-host", "nord.example.com")
            .header(header::COOKIE, &cookies)
            .body(Body::empty())
            .expect("a request");
        let router = router.clone();
        async move { Answer::read(router.oneshot(request).await.expect("an answer")).await }
    };
    for path in ["/", "/customers", "/pkg/gantry.1.css", "/nowhere"] {
        for host in [
            "evil.test",
            "example.com.evil.test",
            "www.example.com",
            "127.0.0.1",
        ] {
            assert_secured(host, &ask(host, path).await.must(421));
        }
    }
    ask("evil.test", "/livez").await.must(200);
    ask("gantry.example.com", "/customers").await.must(200);
    ask("nord.example.com", "/customers").await.must(200);
    ask("sued.example.com", "/customers").await.must(404);
    ask("nord.example.com", "/sign-up").await.must(404);
    let two = Request::get("/")
        .header(header::HOST, "gantry.example.com")
        .header(header::HOST, "evil.test");
    let answer = router
        .clone()
        .oneshot(two.body(Body::empty()).expect("a request"))
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 421);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_typed_never_ends_the_text_area_it_stands_in() {
    const TYPED: &str = "</textarea><i>typed</i>";
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let customer = owner.make_customer(&[("notes", TYPED)]).await;
    let order: gantry::kernel::WorkOrderId = owner.check_in(&[("concerns", TYPED)]).await.must(303).id();
    owner.make_job(order, "Brakes", "100.00").await;
    sqlx::query("update lines set description = $1")
        .bind(TYPED)
        .execute(&mut nord.db().await)
        .await
        .expect("a description");
    for page in [
        format!("/customers/{customer}/edit"),
        format!("/work-orders/{order}"),
    ] {
        let text = owner.get(&page).await.must(200).text();
        assert!(
            text.contains("&lt;/textarea>&lt;i>typed"),
            "{page} does not show it"
        );
        assert!(!text.contains("<i>typed"), "{page}");
    }
    let refused = owner.announce(&[("title", ""), ("body", TYPED)]).await.must(422);
    assert!(!refused.text().contains("<i>typed"));
}

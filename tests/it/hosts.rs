//! A workshop at its own address.
use crate::kit::{Actor, PASSWORD, TestApp, Workshop};
use axum::body::Body;
use axum::http::{Method, Request, header};
use chrono::TimeDelta;

/// Two workshops, and a server that knows them by host.
async fn town() -> (TestApp, Workshop, Workshop) {
    let base = TestApp::new().await;
    let (nord, sued) = (base.workshop("nord").await, base.workshop("sued").await);
    // Owners come to be when they first sign in.
    let _ = (nord.owner().await, sued.owner().await);
    (base.under("gantry.test"), nord, sued)
}

async fn at(app: &TestApp, slug: &str) -> Actor {
    app.visitor().at(&format!("{slug}.gantry.test:3000"))
}

async fn sign_in(actor: &Actor, email: &str) -> crate::kit::Answer {
    actor
        .post("/sign-in", &[("email", email), ("password", PASSWORD)])
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_names_the_workshop_and_an_unknown_one_is_nothing() {
    let (app, nord, _) = town().await;
    let email = nord.email("owner");
    let visitor = at(&app, "nord").await;
    assert_eq!(visitor.get("/").await.must(303).location(), "/dashboard");
    visitor.get("/sign-up").await.must(404);
    sign_in(&visitor, &email).await.must(303);
    assert!(visitor.get("/dashboard").await.must(200).shows("Workshop nord"));

    for path in ["/", "/sign-in", "/dashboard", "/api/find"] {
        let nobody = at(&app, "nowhere").await;
        nobody.get(path).await.must(404);
    }
    let elsewhere = app.visitor().at("evil.test");
    elsewhere.get("/sign-in").await.must(421);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_session_crosses_from_one_workshops_host_to_anothers() {
    let (app, nord, sued) = town().await;
    let owner = at(&app, "nord").await;
    sign_in(&owner, &nord.email("owner")).await.must(303);
    let customer: gantry::kernel::CustomerId = owner.make_customer(&[("name", "Ada")]).await;
    let stolen = owner.carried_to("sued.gantry.test:3000");
    stolen.get("/dashboard").await.must(404);
    stolen.get(&format!("/customers/{customer}")).await.must(404);
    stolen
        .post("/customers/new", &[("kind", "person"), ("name", "Eve")])
        .await
        .must(404);
    // Nor does a password: whoever works elsewhere is unknown here.
    let here = at(&app, "sued").await;
    let refused = sign_in(&here, &nord.email("owner")).await;
    assert_ne!(refused.status, 303);
    sign_in(&here, &sued.email("owner")).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_that_moves_is_found_at_its_old_address() {
    let (app, nord, _) = town().await;
    let owner = at(&app, "nord").await;
    sign_in(&owner, &nord.email("owner")).await.must(303);
    assert!(
        owner
            .get("/settings/workshop")
            .await
            .must(200)
            .shows(".gantry.test")
    );
    for (slug, words) in [
        ("sued", "Another workshop has this address"),
        ("5ued", "or a similar one"),
        ("s-ued", "or a similar one"),
        ("adm1n", "This name is reserved"),
        ("x", "3 to 40 characters"),
        ("nord--wind", "single hyphens"),
    ] {
        let refused = owner
            .post("/settings/workshop/address", &[("slug", slug)])
            .await
            .must(422);
        assert!(refused.shows(words), "{slug}: {}", refused.text());
        assert_eq!(refused.field("slug").as_deref(), Some(slug));
    }
    owner
        .post("/settings/workshop/address", &[("slug", "NordWind")])
        .await
        .must(303);
    app.advance(TimeDelta::minutes(1));
    let old = at(&app, "nord").await;
    let moved = old.get("/work-orders?show=all").await.must(308);
    assert_eq!(
        moved.location(),
        "http://nordwind.gantry.test:3000/work-orders?show=all"
    );
    let form = Request::builder()
        .method(Method::POST)
        .uri("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let sent = old.send(form, Body::from("email=a")).await.must(303);
    assert_eq!(sent.location(), "http://nordwind.gantry.test:3000/");
    let new = at(&app, "nordwind").await;
    sign_in(&new, &nord.email("owner")).await.must(303);

    // The workshop may go back.
    new.post("/settings/workshop/address", &[("slug", "nord")])
        .await
        .must(303);
    app.advance(TimeDelta::minutes(1));
    at(&app, "nord").await.get("/sign-in").await.must(200);
    assert_eq!(
        at(&app, "nordwind")
            .await
            .get("/sign-in")
            .await
            .must(308)
            .location(),
        "http://nord.gantry.test:3000/sign-in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_address_stays_its_workshops_and_a_namesake_gets_another() {
    let (app, nord, sued) = town().await;
    let owner = at(&app, "nord").await;
    sign_in(&owner, &nord.email("owner")).await.must(303);
    owner
        .post("/settings/workshop/address", &[("slug", "westwind")])
        .await
        .must(303);
    let other = at(&app, "sued").await;
    sign_in(&other, &sued.email("owner")).await.must(303);
    for slug in ["nord", "n0rd", "westwind", "vvestwind"] {
        other
            .post("/settings/workshop/address", &[("slug", slug)])
            .await
            .must(422);
    }
    let newcomer = app.visitor().at("gantry.test:3000");
    newcomer
        .post(
            "/sign-up",
            &[
                ("workshop", "N0rd"),
                ("assets", "vehicle"),
                ("country", "DE"),
                ("city", "Kiel"),
                ("name", "Nils Nord"),
                ("email", "nils@nord.test"),
                ("password", PASSWORD),
            ],
        )
        .await
        .must(303);
    let slugs: Vec<String> =
        sqlx::query_scalar("select slug from auth.organizations order by created_at desc, slug")
            .fetch_all(&mut app.db_admin().await)
            .await
            .expect("names");
    assert!(slugs.contains(&"n0rd-2".to_owned()), "{slugs:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_and_the_database_see_the_same_likeness() {
    let app = TestApp::new().await;
    let mut admin = app.db_admin().await;
    for slug in ["nord", "n0rd-1i", "a5b8", "vv-rn", "r-n", "v-v-v", "www-5"] {
        let theirs: String = sqlx::query_scalar("select auth.skeleton($1)")
            .bind(slug)
            .fetch_one(&mut admin)
            .await
            .expect("a skeleton");
        assert_eq!(theirs, gantry::server::slug::skeleton(slug), "{slug}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hyphen_more_or_less_is_the_same_workshop_and_few_old_addresses_are_kept() {
    let (app, nord, _) = town().await;
    let mut now = "nord";
    let names = ["no-rd", "eins", "zwei", "drei", "vier", "fuenf", "sechs"];
    for name in names {
        let owner = at(&app, now).await;
        sign_in(&owner, &nord.email("owner")).await.must(303);
        owner
            .post("/settings/workshop/address", &[("slug", name)])
            .await
            .must(303);
        app.advance(TimeDelta::minutes(1));
        let old = at(&app, now).await.get("/sign-in").await.must(308);
        assert_eq!(old.location(), format!("http://{name}.gantry.test:3000/sign-in"));
        now = name;
    }
    at(&app, "no-rd").await.get("/sign-in").await.must(404);
    at(&app, "eins").await.get("/sign-in").await.must(308);
}

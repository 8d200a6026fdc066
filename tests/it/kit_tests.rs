//! The kit itself: if these fail, look at nothing else.
use crate::kit::TestApp;
use chrono::TimeDelta;
use gantry::kernel::Role;
use sqlx::Row;

#[tokio::test(flavor = "multi_thread")]
async fn everybody_signs_in_and_sees_a_page() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    for actor in [
        nord.owner().await,
        nord.manager().await,
        nord.receptionist().await,
        nord.accountant().await,
    ] {
        actor.get("/customers").await.must(200);
    }
    nord.technician("tomas").await.get("/customers").await.must(403);
    let turned_away = app.visitor().get("/customers").await.must(303);
    assert_eq!(turned_away.location(), "/sign-in?next=%2Fcustomers");
    let form = app.visitor().get(turned_away.location()).await.must(200);
    assert_eq!(form.field("next").as_deref(), Some("/customers"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_leads_on_with_a_word_and_the_page_shows_it_once() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let saved = rita
        .post(
            "/customers/new",
            &[("kind", "person"), ("name", "Ada <Lovelace>")],
        )
        .await
        .must(303);
    let word = saved.flash().expect("a word");
    let page = rita.get("/customers").await.must(200);
    assert!(page.shows("Ada <Lovelace>") && !page.text().contains("Ada <Lovelace>"));
    assert!(page.shows(&word));
    assert!(!rita.get("/customers").await.shows(&word));
    let (statements, trips) = page.effort();
    assert!(statements >= 4 && trips >= 2, "{statements} {trips}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_read_by_its_rows_columns_and_links() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    for (name, city) in [("Ada <Lovelace>", "Kiel"), ("Grace Hopper", "Bremen")] {
        let fields = [("kind", "person"), ("name", name), ("city", city)];
        rita.post("/customers/new", &fields).await.must(303);
    }
    let answer = rita.get("/customers").await.must(200);
    let (leads, next) = {
        let page = answer.page();
        assert_eq!(page.each("h1"), ["Customers"]);
        assert_eq!(page.link("New customer"), "/customers/new");
        assert_eq!(page.rows().len(), 2);
        assert_eq!(page.row("Hopper").cell("City"), "Bremen");
        let ada = page.row("Ada <Lovelace>");
        assert_eq!(ada.cell("City"), "Kiel");
        assert!(!ada.words().contains("Bremen"));
        (ada.href(), page.next())
    };
    assert_eq!(next, None, "two customers are one page");
    assert!(rita.get(&leads).await.must(200).shows("Ada <Lovelace>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_apps_share_nothing_and_run_as_the_unprivileged_role() {
    let (one, two) = (TestApp::new().await, TestApp::new().await);
    one.workshop("nord").await.owner().await.make_customer(&[]).await;
    let nord = two.workshop("nord").await;
    assert!(!nord.owner().await.get("/customers").await.shows("Ada"));
    let mut db = crate::kit::connect(&two.database().app_url).await;
    let row = sqlx::query("select count(*) from public.customers")
        .fetch_one(&mut db)
        .await;
    assert_eq!(
        row.err()
            .and_then(|e| Some(e.as_database_error()?.code()?.into_owned()))
            .as_deref(),
        Some("42501")
    );
    let role = sqlx::query("select current_user::text")
        .fetch_one(&mut db)
        .await
        .expect("a role");
    assert_eq!(role.get::<String, _>(0), "gantry_app");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_port_answers_too() {
    let app = TestApp::in_real_time().await;
    let address = app.listen().await;
    let answer = reqwest::get(format!("http://{address}/livez"))
        .await
        .expect("an answer");
    assert_eq!(answer.text().await.expect("a body"), "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn time_passes_only_by_hand_and_ends_a_session() {
    let app = TestApp::new().await;
    let olga = app.workshop("nord").await.owner().await;
    let before = app.now();
    app.advance(TimeDelta::hours(11));
    olga.get("/customers").await.must(200);
    app.advance(TimeDelta::hours(13));
    assert_eq!(app.now() - before, TimeDelta::hours(24));
    olga.get("/customers").await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn members_keep_to_their_branches_and_the_switches_of_their_workshop() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let tomas = nord.technician("tomas").await;
    nord.db_member("wanda", Role::Manager, &[west.id]).await;
    tomas.get("/customers").await.must(403);
    nord.db_switch("technicians_create", true).await;
    let page = tomas.get("/customers").await.must(200);
    assert!(page.shows(&nord.main.code) || !page.shows(&west.code));
    assert_ne!(tomas.member(), nord.owner().await.member());
}

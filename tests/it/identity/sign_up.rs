//! A workshop of one's own.
use super::shape;
use crate::kit::{Actor, Answer, TestApp};
use sqlx::Row;

const PASSWORD: &str = "orange tractor lamp";

fn form<'a>(own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("workshop", "Nowak & Söhne"),
        ("assets", "vehicle"),
        ("country", "DE"),
        ("city", "Berlin"),
        ("name", "Ana Nowak"),
        ("email", "ana@example.com"),
        ("password", PASSWORD),
    ];
    let kept = usual
        .into_iter()
        .filter(|(name, _)| !own.iter().any(|(other, _)| other == name));
    kept.chain(own.iter().copied()).collect()
}

async fn sign_up(actor: &Actor, own: &[(&str, &str)]) -> Answer {
    actor.post("/sign-up", &form(own)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_opens_a_workshop_and_signs_its_owner_in() {
    let app = TestApp::new().await;
    let ana = app.visitor();
    ana.get("/sign-up").await.must(200);
    let opened = sign_up(&ana, &[]).await.must(303);
    assert_eq!(opened.location(), "/dashboard");
    assert_eq!(
        opened.flash().as_deref(),
        Some("Welcome to Gantry. Your workshop is ready.")
    );
    let page = ana.get("/customers").await.must(200);
    assert!(page.shows("Nowak & Söhne") && page.shows("Ana Nowak") && page.shows("Owner"));
    let mut db = app.db_admin().await;
    let row = sqlx::query(
        "select o.slug, s.currency, s.distance_unit, b.name, b.code, b.time_zone, string_agg(t.name || ' ' || t.basis_points, ', ' order by t.position)
           from auth.organizations o join organization_settings s on s.org_id = o.id join branches b on b.org_id = o.id join tax_rates t on t.org_id = o.id
          group by 1, 2, 3, 4, 5, 6",
    )
    .fetch_one(&mut db)
    .await
    .expect("a workshop");
    let got: Vec<String> = (0..7).map(|i| row.get(i)).collect();
    assert_eq!(
        got,
        [
            "nowak-soehne",
            "EUR",
            "km",
            "Berlin",
            "BER",
            "Europe/Berlin",
            "VAT 1900, VAT reduced 700, Untaxed 0"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_usual_in_a_country_can_be_said_otherwise() {
    let app = TestApp::new().await;
    let own = [
        ("country", "US"),
        ("tax_rate", "8.875"),
        ("time_zone", "America/Chicago"),
        ("branch", "Loop"),
        ("city", "Chicago"),
    ];
    let refused = sign_up(&app.visitor(), &own).await.must(422);
    assert!(refused.shows("Example: 19 or 7.5"));
    let own = [
        ("country", "US"),
        ("tax_rate", "8.87"),
        ("time_zone", "America/Chicago"),
        ("branch", "Loop"),
        ("city", "Chicago"),
    ];
    sign_up(&app.visitor(), &own).await.must(303);
    let row = sqlx::query(
        "select s.country || ' ' || s.currency || ' ' || s.distance_unit || ' ' || b.name || ' ' || b.time_zone || ' ' || t.basis_points
           from organization_settings s join branches b on b.org_id = s.org_id join tax_rates t on t.org_id = s.org_id and t.is_default",
    )
    .fetch_one(&mut app.db_admin().await)
    .await
    .expect("a workshop");
    assert_eq!(row.get::<String, _>(0), "US USD mi Loop America/Chicago 887");
}

/// A shop in Portland got New York's time, and sales tax of nothing without a word.
#[tokio::test(flavor = "multi_thread")]
async fn a_country_with_several_time_zones_and_no_tax_of_its_own_is_asked_for_both() {
    let app = TestApp::new().await;
    let portland = [("country", "US"), ("city", "Portland")];
    let refused = sign_up(&app.visitor(), &portland).await.must(422);
    assert!(refused.shows("Choose the time zone: this country has several."));
    assert!(refused.shows("Enter the rate of your sales tax; 0 if you charge none."));
    assert!(refused.shows("America/Los Angeles") && !refused.shows("Europe/Berlin"));
    let with_script = [
        ("country", "US"),
        ("city", "Portland"),
        ("tax_rate", "0"),
        ("browser_zone", "America/Los_Angeles"),
    ];
    sign_up(&app.visitor(), &with_script).await.must(303);
    let row = sqlx::query("select b.time_zone || ' ' || s.country from organization_settings s join branches b on b.org_id = s.org_id")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a workshop");
    assert_eq!(row.get::<String, _>(0), "America/Los_Angeles US");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_elsewhere_does_not_decide_where_the_workshop_is() {
    let app = TestApp::new().await;
    let abroad = [("browser_zone", "America/Los_Angeles")];
    sign_up(&app.visitor(), &abroad).await.must(303);
    let row = sqlx::query("select time_zone from branches")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a branch");
    assert_eq!(row.get::<String, _>(0), "Europe/Berlin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_up_keeps_what_was_typed_and_names_every_problem() {
    let app = TestApp::new().await;
    let own = [
        ("email", "ana@"),
        ("country", ""),
        ("password", "short"),
        ("tax_rate", "lots"),
        ("branch", "Mitte <1>"),
    ];
    let page = sign_up(&app.visitor(), &own).await.must(422);
    for sentence in [
        "Please fix 4 fields",
        "Check the format. Example: ana@example.com",
        "Choose the country.",
        "Use at least 12 characters.",
        "Check the format. Example: 19 or 7.5",
    ] {
        assert!(page.shows(sentence), "{sentence}");
    }
    assert_eq!(page.field("workshop").as_deref(), Some("Nowak &amp; Söhne"));
    assert_eq!(page.field("branch").as_deref(), Some("Mitte &lt;1&gt;"));
    assert_eq!(page.field("email").as_deref(), Some("ana@"));
    assert!(page.field("password").is_none(), "a password never comes back");
    let text = page.text();
    let (_, folded) = text.split_once("<details").expect("the rare fields");
    assert!(
        folded.split('>').next().is_some_and(|tag| tag.contains("open")),
        "what is wrong is not folded away"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_easy_password_is_refused_at_its_field() {
    let app = TestApp::new().await;
    for (password, sentence) in [
        ("nowak & söhne", "too easy to guess"),
        ("aaaaaaaaaaaaaa", "too easy to guess"),
        ("gantrygantry", "too easy to guess"),
        ("", "Enter the password."),
        (&"long ".repeat(26), "at most 128"),
    ] {
        let page = sign_up(&app.visitor(), &[("password", password)]).await.must(422);
        assert!(page.shows(sentence), "{password}");
    }
    let long = "grün 🔧 lampe ".repeat(9);
    sign_up(&app.visitor(), &[("password", &long)]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_is_answered_like_a_fresh_one_and_makes_nothing() {
    let app = TestApp::new().await;
    let fresh = sign_up(&app.visitor(), &[]).await.must(303);
    let again = app.visitor();
    let own = [
        ("email", "ANA@example.com"),
        ("workshop", "Other"),
        ("password", "somebody else's words"),
    ];
    let taken = sign_up(&again, &own).await.must(303);
    assert_eq!(shape(&fresh), shape(&taken));
    assert_eq!(fresh.body, taken.body);
    let count: i64 = sqlx::query_scalar("select count(*) from auth.organizations")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a count");
    assert_eq!(count, 1);
    let page = again.get("/customers").await.must(303);
    assert!(page.location().starts_with("/sign-in?"));
    assert!(
        again
            .get(page.location())
            .await
            .shows("If you already had an account")
    );
    let first = again
        .post(
            "/sign-in",
            &[("email", "ana@example.com"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(first.must(303).location(), "/dashboard");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_opens_one_workshop_and_leads_into_it() {
    let app = TestApp::in_real_time().await;
    let ana = app.visitor();
    let (one, two) = tokio::join!(sign_up(&ana, &[]), sign_up(&ana, &[]));
    for answer in [one.must(303), two.must(303)] {
        assert_eq!(answer.location(), "/dashboard");
    }
    ana.get("/customers").await.must(200);
    let again = app.visitor();
    sign_up(&again, &[("workshop", "Forgotten")]).await.must(303);
    assert!(again.get("/customers").await.must(200).shows("Nowak & Söhne"));
    let count: i64 = sqlx::query_scalar("select count(*) from auth.organizations")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a count");
    assert_eq!(count, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_up_is_no_way_around_the_limit_of_guesses() {
    let app = TestApp::new().await;
    sign_up(&app.visitor(), &[]).await.must(303);
    for n in 0..5 {
        let guess = format!("another guess {n}");
        sign_up(&app.visitor(), &[("password", &guess)]).await.must(303);
    }
    sign_up(&app.visitor(), &[]).await.must(429);
}

#[tokio::test(flavor = "multi_thread")]
async fn namesakes_get_addresses_of_their_own_and_ours_are_not_given_away() {
    let app = TestApp::new().await;
    for email in ["a@example.com", "b@example.com", "c@example.com"] {
        sign_up(&app.visitor(), &[("email", email)]).await.must(303);
    }
    let slugs: Vec<String> = sqlx::query_scalar("select slug from auth.organizations order by slug")
        .fetch_all(&mut app.db_admin().await)
        .await
        .expect("slugs");
    assert_eq!(slugs, ["nowak-soehne", "nowak-soehne-2", "nowak-soehne-3"]);
    for name in ["Admin", "www", "A.P.I."] {
        let page = sign_up(&app.visitor(), &[("workshop", name)]).await.must(422);
        assert!(page.shows("This name is reserved"), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_workshops_an_hour_are_enough_for_one_address() {
    let app = TestApp::new().await;
    sqlx::query(
        "insert into auth.sign_up_attempts (address, at) select '127.0.0.1', $1 from generate_series(1, 60)",
    )
    .bind(app.now())
    .execute(&mut app.db_admin().await)
    .await
    .expect("attempts");
    let refused = sign_up(&app.visitor(), &[]).await.must(429);
    assert_eq!(refused.header("retry-after"), "3600");
    assert!(refused.shows("Wait 60 minutes") && refused.field("city").as_deref() == Some("Berlin"));
}

//! A copied database: whatever stands in it, nobody comes in with it.
use super::{Telephone, set_up, sign_in};
use crate::kit::make::platform::petra;
use crate::kit::{Actor, TestApp};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::Value;
use std::collections::BTreeSet;
use totp_rs::Builder;

/// Every text, number and run of bytes in schema auth, bytes as hexadecimal digits.
async fn everything(app: &TestApp) -> BTreeSet<String> {
    let mut db = app.db_admin().await;
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'auth' order by 1")
            .fetch_all(&mut db)
            .await
            .expect("tables");
    assert!(tables.len() >= 13, "{tables:?}");
    let mut found = BTreeSet::new();
    for table in tables {
        let query = format!("select to_jsonb(t) from auth.{table} t");
        let rows: Vec<Value> = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .fetch_all(&mut db)
            .await
            .expect("rows");
        assert!(
            !rows.is_empty() || ["sign_up_attempts", "key_check", "former_slugs"].contains(&table.as_str()),
            "{table} is empty: it proves nothing"
        );
        rows.iter().for_each(|row| leaves(row, &mut found));
    }
    found
}

fn leaves(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| leaves(value, found)),
        Value::Array(values) => values.iter().for_each(|value| leaves(value, found)),
        Value::String(text) => {
            found.insert(text.strip_prefix("\\x").unwrap_or(text).to_owned());
            found.extend(text.split(['/', '$', ' ']).map(ToOwned::to_owned));
        }
        Value::Number(number) => {
            found.insert(number.to_string());
        }
        _ => {}
    }
}

async fn with_cookie(app: &TestApp, path: &str, cookie: &str, value: &str) -> crate::kit::Answer {
    let request = Request::get(path)
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, format!("{cookie}={value}"));
    app.visitor().send(request, Body::empty()).await
}

/// Somebody with everything that can be stolen: sessions, links, a second factor, a PIN, a tablet, a code that is due; and one of us who looks.
async fn somebody(app: &TestApp) -> (Actor, Actor) {
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    owner.post("/account/pin", &[("pin", "2580")]).await.must(303);
    let branch = nord.main.id.to_string();
    owner
        .post("/settings/tablets", &[("name", "Bay"), ("branch", &branch)])
        .await
        .must(303);
    owner.post("/settings/members/code", &[]).await.must(303);
    let guess = [("code", "AAAA-2222"), ("name", "Eve"), ("email", "eve@new.test")];
    app.visitor().post("/join", &guess).await.must(422);
    owner
        .post("/settings/support", &[("span", "day")])
        .await
        .must(303);
    let look = format!("/platform/organizations/{}/look", nord.org);
    petra(app).await.post(&look, &[]).await.must(303);
    set_up(&owner).await;
    app.visitor()
        .post("/forgot", &[("email", "owner@nord.test")])
        .await
        .must(200);
    app.letters().await;
    app.measure().await;
    let due = app.visitor();
    sign_in(&due, "owner@nord.test").await.must(303);
    (owner, due)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_value_of_the_database_is_a_session_a_link_or_a_tablet() {
    let app = TestApp::new().await;
    let (owner, _) = somebody(&app).await;
    let stolen = everything(&app).await;
    let tokens: Vec<&String> = stolen
        .iter()
        .filter(|value| value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()))
        .collect();
    assert!(
        tokens.len() >= 15,
        "only {} values look like secrets",
        tokens.len()
    );
    for value in tokens {
        for cookie in [
            "gantry_session",
            "gantry_device",
            "gantry_pending",
            "gantry_tablet",
        ] {
            let answer = with_cookie(&app, "/customers", cookie, value).await.must(303);
            assert!(answer.location().contains("next="), "{cookie}={value}");
        }
        assert!(
            with_cookie(&app, "/switch", "gantry_tablet", value)
                .await
                .shows("No shared tablet"),
            "{value}"
        );
        let console = with_cookie(&app, "/platform", "gantry_platform", value)
            .await
            .must(303);
        assert_eq!(console.location(), "/platform/sign-in", "{value}");
        app.visitor().get(&format!("/invite/{value}")).await.must(404);
        for page in ["/verify", "/reset"] {
            app.visitor().get(&format!("{page}/{value}")).await.must(404);
            app.visitor()
                .post(&format!("{page}/{value}"), &[("new", "three unrelated words")])
                .await
                .must(404);
        }
    }
    // The teeth: the secrets themselves do open.
    let session = owner.session().expect("a session");
    assert!(!stolen.contains(&session));
    with_cookie(&app, "/customers", "gantry_session", &session)
        .await
        .must(200);
    let tablet = owner.cookie("gantry_tablet").expect("a tablet");
    assert!(
        with_cookie(&app, "/switch", "gantry_tablet", &tablet)
            .await
            .shows("Who is working?")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_value_of_the_database_is_a_code_a_recovery_code_or_a_pin() {
    let app = TestApp::new().await;
    let (owner, due) = somebody(&app).await;
    let mut db = app.db_admin().await;
    let mut tries: BTreeSet<String> = everything(&app)
        .await
        .into_iter()
        .filter(|value| value.len() <= 64)
        .collect();
    // The sealed seed as if it were one, whole and without what sealing adds.
    let sealed: Vec<u8> = sqlx::query_scalar("select sealed from auth.second_factors")
        .fetch_one(&mut db)
        .await
        .expect("a seed");
    for seed in [&sealed[..], &sealed[25..], &sealed[25..45]] {
        let totp = Builder::new().with_secret(seed.to_vec()).build().expect("an app");
        let telephone = Telephone(totp);
        tries.extend((-1..=1).map(|steps| telephone.at(&app, steps)));
    }
    for value in &tries {
        // The limit would hide what counts.
        sqlx::query("delete from auth.turns")
            .execute(&mut db)
            .await
            .expect("turns");
        let answer = due.post("/sign-in/code", &[("code", value)]).await;
        assert_eq!(answer.status, 422, "{value}");
        let member = owner.member().to_string();
        if value.len() <= 20 {
            let answer = owner
                .post("/switch", &[("member", &member), ("pin", value)])
                .await;
            assert_eq!(answer.status, 422, "{value}");
        }
    }
    let owners: String = sqlx::query_scalar("select pin_hash from auth.pins")
        .fetch_one(&mut db)
        .await
        .expect("a PIN");
    for pin in ["2580", "1111"] {
        let found = app
            .state()
            .hasher
            .verify(pin, Some(&owners))
            .await
            .expect("a core");
        assert!(!found, "without the key the hash of {pin} says nothing");
    }
    let fields = [("member", owner.member().to_string()), ("pin", "2580".to_owned())];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    owner.post("/switch", &fields).await.must(303);
}

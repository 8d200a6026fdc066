//! One customer of a provider has 2^64 addresses of version 6: limits count them together.
use super::guess_from;
use crate::kit::{Actor, Answer, TestApp};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use std::net::{Ipv6Addr, SocketAddr};

/// An address of the customer whose network is 2001:db8:1:`network`::/64.
fn address(network: u16, host: u16) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 0xdb8, 1, network, host, 0, 0, host)
}

async fn post_from(actor: &Actor, address: Ipv6Addr, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = Request::post(path)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(SocketAddr::new(address.into(), 40_000)));
    let form = serde_urlencoded::to_string(fields).expect("a form");
    actor.send(request, Body::from(form)).await
}

/// Earlier tries from other addresses of network 2.
async fn tried(app: &TestApp, insert: &'static str, count: i64) {
    sqlx::query(insert)
        .bind(app.now())
        .bind(count)
        .execute(&mut app.db_admin().await)
        .await
        .expect("earlier tries");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_guesses_thirty_times_a_minute_from_whatever_addresses() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let mut verified = 0;
    for host in 1..=40 {
        let email = format!("person{host}@nord.test");
        let answer = guess_from(&app.visitor(), address(2, host), &email, "wrong wrong", &[]).await;
        verified += u32::from(answer.status == 422);
    }
    assert_eq!(verified, 30);
    guess_from(&app.visitor(), address(3, 1), "person1@nord.test", "wrong", &[])
        .await
        .must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn version_4_written_as_version_6_is_the_address_itself() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let mapped = |last| std::net::Ipv4Addr::new(203, 0, 113, last).to_ipv6_mapped();
    for n in 0..35 {
        let email = format!("person{n}@nord.test");
        guess_from(&app.visitor(), mapped(n), &email, "wrong wrong", &[])
            .await
            .must(422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_door_counts_a_network_as_one_client_too() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let visitor = app.visitor();
    tried(
        &app,
        "insert into auth.sign_in_attempts (email_hash, address, at, outcome)
        select sha256(n::text::bytea), '2001:db8:1:2::' || n, $1, 'wrong' from generate_series(1, $2) n",
        30,
    )
    .await;
    tried(&app, "insert into auth.sign_up_attempts (address, at) select '2001:db8:1:2::' || n, $1 from generate_series(1, $2) n", 60)
        .await;
    tried(&app, "insert into auth.join_attempts (address, at) select '2001:db8:1:2::' || n, $1 from generate_series(1, $2) n", 20)
        .await;
    for host in 1..=20 {
        post_from(
            &visitor,
            address(2, host),
            "/forgot",
            &[("email", "eve@new.test")],
        )
        .await
        .must(200);
    }
    let console = [("email", "ops@gantry.test"), ("password", "wrong wrong")];
    let sign_up = [
        ("workshop", "Eve and sons"),
        ("assets", "vehicle"),
        ("country", "DE"),
        ("city", "Berlin"),
        ("name", "Eve"),
        ("email", "eve@new.test"),
        ("password", "three plain words 7"),
    ];
    let join = [("code", "AAAA-AAAA"), ("name", "Eve"), ("email", "eve@new.test")];
    let doors: [(&str, &[(&str, &str)]); 4] = [
        ("/platform/sign-in", &console),
        ("/sign-up", &sign_up),
        ("/join", &join),
        ("/forgot", &[("email", "eve@new.test")]),
    ];
    for (door, form) in doors {
        let refused = post_from(&visitor, address(2, 999), door, form).await;
        assert_eq!(refused.status, 429, "{door}");
        let neighbour = post_from(&app.visitor(), address(3, 999), door, form).await;
        assert_ne!(neighbour.status, 429, "{door}");
    }
}

//! Somebody saved meanwhile: both versions are shown, and what was typed stays.
use crate::kit::make::with;
use crate::kit::{Answer, TestApp};

/// Both versions stand on the page, and saving again is a decision.
#[track_caller]
fn shows_both(answer: &Answer, theirs: &str, mine: &str) {
    assert!(
        answer.shows("while you were editing") && answer.shows(theirs),
        "theirs: {}",
        answer.text()
    );
    assert!(answer.text().contains(mine), "mine: {}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_somebody_changed_meanwhile_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let path = format!("/settings/branches/{}", nord.main.id);
    let version = owner.get(&path).await.field("version").expect("a version");
    let base = [
        ("name", "Main"),
        ("code", "MAIN"),
        ("time_zone", "Europe/Berlin"),
        ("fiscal_year_start", "1"),
        ("version", version.as_str()),
    ];
    owner
        .post(
            &path,
            &with(
                &base,
                &[
                    ("phone", "030 11111"),
                    ("opens_1", "08:00"),
                    ("closes_1", "17:00"),
                ],
            ),
        )
        .await
        .must(303);
    let late = owner
        .post(
            &path,
            &with(&base, &[("name", "Mainstreet"), ("phone", "030 22222")]),
        )
        .await
        .must(409);
    shows_both(&late, "030 11111", "value=\"030 22222\"");
    assert!(late.text().contains("value=\"Mainstreet\""));
    assert!(late.shows("08:00"), "their hours are shown too");
    let version = late.field("version").expect("a version");
    let again = [("name", "Mainstreet"), ("version", version.as_str())];
    owner.post(&path, &with(&base, &again)).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn workshop_settings_that_somebody_changed_meanwhile_keep_what_was_typed() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let path = "/settings/workshop";
    let version = owner.get(path).await.field("version").expect("a version");
    let base = [
        ("name", "nord"),
        ("currency", "EUR"),
        ("distance_unit", "km"),
        ("payment_terms_days", "14"),
        ("version", version.as_str()),
    ];
    owner
        .post(path, &with(&base, &[("payment_terms_days", "21")]))
        .await
        .must(303);
    let late = owner
        .post(
            path,
            &with(&base, &[("name", "Nordlicht"), ("payment_terms_days", "30")]),
        )
        .await
        .must(409);
    shows_both(&late, "21", "value=\"Nordlicht\"");
    assert!(late.text().contains("value=\"30\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_whom_somebody_changed_meanwhile_keeps_what_was_chosen() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let member = nord.receptionist().await.member();
    let path = format!("/settings/members/{member}");
    let version = owner.get(&path).await.field("version").expect("a version");
    let (main, west) = (nord.main.id.to_string(), nord.branch("WEST").await.id.to_string());
    let grant = |role: &'static str, branch: &str| {
        [
            ("role".to_owned(), role.to_owned()),
            ("reach".to_owned(), "chosen".to_owned()),
            ("branches[]".to_owned(), branch.to_owned()),
            ("version".to_owned(), version.clone()),
        ]
    };
    let borrowed = |fields: &[(String, String)]| -> Vec<(String, String)> { fields.to_vec() };
    let send = |fields: Vec<(String, String)>| {
        let (owner, path) = (owner.clone(), path.clone());
        async move {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            owner.post(&path, &fields).await
        }
    };
    send(borrowed(&grant("accountant", &main))).await.must(303);
    let late = send(borrowed(&grant("manager", &west))).await.must(409);
    shows_both(&late, "Accountant", "value=\"manager\" selected");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_somebody_changed_meanwhile_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    let version = rita.version(order).await;
    let details = |tag: &'static str| [("version", version.clone()), ("key_tag", tag.to_owned())];
    let send = |tag| {
        let (rita, fields) = (rita.clone(), details(tag));
        async move {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            rita.on_order(order, "details", &fields).await
        }
    };
    send("A 17").await.must(303);
    let late = send("B 4").await.must(409);
    shows_both(&late, "A 17", "value=\"B 4\"");
}

//! Customers through the front door.
mod examples;

use crate::kit::TestApp;
use crate::kit::tables::db_order;
use gantry::kernel::CustomerId;

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_listed_found_and_shown() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let ada = rita
        .make_customer(&[("email", "ada@example.com"), ("city", "Köln")])
        .await;
    let list = rita.get("/customers").await.must(200);
    assert!(list.shows("Ada Lovelace") && list.shows("ada@example.com"));
    assert!(
        rita.get("/customers?q=lovelace")
            .await
            .must(200)
            .shows("Ada Lovelace")
    );
    assert!(
        rita.get("/customers?q=koln")
            .await
            .must(200)
            .shows("Ada Lovelace")
    );
    assert!(
        rita.get("/customers?q=nobody")
            .await
            .must(200)
            .shows("No customers found")
    );
    let page = rita.get(&format!("/customers/{ada}")).await.must(200);
    assert!(
        page.text().contains("href=\"tel:0301234567\"")
            && page.text().contains("href=\"mailto:ada@example.com\"")
    );
    assert!(page.shows("Created customer Ada Lovelace"));
    let (statements, trips) = page.effort();
    assert!(statements <= 12 && trips <= 6, "{statements} {trips}");
    nord.technician("tomas")
        .await
        .get(&format!("/customers/{ada}"))
        .await
        .must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_on_by_key_and_repeats_nobody() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    for i in 0..27 {
        rita.make_customer(&[("name", &format!("Number {i:02}"))]).await;
    }
    let first = rita.get("/customers").await.must(200);
    assert!(first.shows("Number 26") && !first.shows("Number 01"));
    let next = first.page().next().expect("an older page");
    let second = rita.get(&next).await.must(200);
    assert!(second.shows("Number 01") && second.shows("Number 00") && !second.shows("Number 02"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_creates_one_customer() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let key = rita.get("/customers/new").await.field("key").expect("a key");
    let fields = [
        ("kind", "person"),
        ("name", "Once Only"),
        ("phone", "030 77777"),
        ("key", &key),
    ];
    let (one, two) = tokio::join!(
        rita.post("/customers/new", &fields),
        rita.post("/customers/new", &fields)
    );
    let (one, two) = (one.must(303), two.must(303));
    assert_eq!(one.id::<CustomerId>(), two.id::<CustomerId>());
    let list = rita.get("/customers").await.text();
    assert_eq!(list.matches("Once Only").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_phone_number_is_asked_about_and_saved_when_meant() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let ada = rita.make_customer(&[("email", "family@example.com")]).await;
    let child = [
        ("kind", "person"),
        ("name", "Byron"),
        ("phone", "+49 1"),
        ("email", "Family@example.com"),
    ];
    let refused = rita.post("/customers/new", &child).await.must(422);
    assert!(refused.shows("At most") || refused.shows("Check the format"));
    let child = [
        ("kind", "person"),
        ("name", "Byron"),
        ("email", "Family@example.com"),
    ];
    let asked = rita.post("/customers/new", &child).await.must(422);
    assert!(asked.shows("Already a customer?") && asked.text().contains(&format!("/customers/{ada}")));
    assert_eq!(asked.field("name").as_deref(), Some("Byron"));
    assert_eq!(asked.field("anyway").as_deref(), Some("yes"));
    let same_number = [("kind", "person"), ("name", "Cyril"), ("phone", "(030) 12345-67")];
    rita.post("/customers/new", &same_number).await.must(422);
    let meant: Vec<(&str, &str)> = child.into_iter().chain([("anyway", "yes")]).collect();
    rita.post("/customers/new", &meant).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_nothing_and_a_question_with_control_characters_finds_nobody() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    for name in ["\u{200b}", "\u{202e} \u{200b}"] {
        let fields = [("kind", "person"), ("name", name)];
        let refused = rita.post("/customers/new", &fields).await.must(422);
        assert!(refused.shows("Enter a name."), "{name:?}");
    }
    for list in ["/customers", "/vehicles", "/work-orders", "/search"] {
        rita.get(&format!("{list}?q=%00%ff%E2%80%AE")).await.must(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_in_error_is_told_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let wrong = [
        ("kind", "company"),
        ("name", ""),
        ("email", "nowhere"),
        ("phone", "call me"),
        ("tax_id", "DE 1"),
    ];
    let page = rita.post("/customers/new", &wrong).await.must(422);
    assert!(page.shows("Please fix 3 fields"));
    assert_eq!(page.field("email").as_deref(), Some("nowhere"));
    assert_eq!(page.field("tax_id").as_deref(), Some("DE 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_conflict_is_told_not_overwritten() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (rita, olga) = (nord.receptionist().await, nord.owner().await);
    let ada = rita.make_customer(&[]).await;
    let edit = format!("/customers/{ada}/edit");
    let version = rita
        .get(&edit)
        .await
        .must(200)
        .field("version")
        .expect("a version");
    let form = |phone: &'static str, version: &str| {
        [
            ("kind", "person".to_owned()),
            ("name", "Ada Lovelace".to_owned()),
            ("phone", phone.to_owned()),
            ("version", version.to_owned()),
        ]
    };
    let post = async |who: &crate::kit::Actor, fields: [(&str, String); 4]| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        who.post(&edit, &fields).await
    };
    post(&olga, form("030 111111", &version)).await.must(303);
    let refused = post(&rita, form("030 222222", &version)).await.must(409);
    assert!(refused.shows("Someone else saved this customer") && refused.shows("030 111111"));
    assert_eq!(refused.field("phone").as_deref(), Some("030 222222"));
    assert!(rita.get(&format!("/customers/{ada}")).await.shows("030 111111"));
    let version = refused.field("version").expect("the new version");
    post(&rita, form("030 222222", &version)).await.must(303);
    let page = rita.get(&format!("/customers/{ada}")).await;
    assert!(page.shows("030 222222") && page.shows("Changed customer Ada Lovelace: phone"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_customer_leaves_the_lists_and_comes_back() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let href = format!("/customers/{ada}");
    let unsaid = rita
        .post(&format!("{href}/archive"), &[("reason", " ")])
        .await
        .must(422);
    assert!(unsaid.shows("Enter a reason."));
    rita.post(&format!("{href}/archive"), &[("reason", "Moved to Spain")])
        .await
        .must(303);
    assert!(!rita.get("/customers").await.text().contains(&href));
    assert!(!rita.get("/search?q=lovelace").await.text().contains(&href));
    assert!(rita.get("/customers?view=archived").await.text().contains(&href));
    assert!(rita.get(&href).await.must(200).shows("Moved to Spain"));
    rita.get(&format!("/vehicles/new?customer={ada}")).await.must(404);
    rita.post(&format!("{href}/restore"), &[]).await.must(303);
    assert!(rita.get("/customers").await.text().contains(&href));
    assert!(rita.get("/search?q=lovelace").await.text().contains(&href));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_with_an_open_order_is_not_archived() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    db_order(&nord, &nord.main, ada, car, 7).await;
    let refused = rita
        .post(&format!("/customers/{ada}/archive"), &[("reason", "Moved")])
        .await
        .must(409);
    assert!(refused.shows("open work order"));
    let page = rita.get(&format!("/customers/{ada}")).await.must(200);
    assert!(page.shows("Open work orders") && page.shows("MAIN-7") && !page.shows("Moved"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workshops_customer_is_not_found() {
    let app = TestApp::new().await;
    let (nord, west) = (app.workshop("nord").await, app.workshop("west").await);
    let ada = nord.receptionist().await.make_customer(&[]).await;
    let stranger = west.owner().await;
    for path in ["", "/edit"] {
        stranger.get(&format!("/customers/{ada}{path}")).await.must(404);
    }
    stranger
        .post(
            &format!("/customers/{ada}/edit"),
            &[("kind", "person"), ("name", "Mine now"), ("version", "1")],
        )
        .await
        .must(404);
    stranger
        .post(&format!("/customers/{ada}/archive"), &[("reason", "Mine now")])
        .await
        .must(404);
    stranger
        .post(&format!("/customers/{ada}/restore"), &[])
        .await
        .must(404);
    assert!(!stranger.get("/customers").await.shows("Ada"));
    assert!(
        !nord
            .owner()
            .await
            .get(&format!("/customers/{ada}"))
            .await
            .shows("Mine now")
    );
}

/// "030 1" and "+49 30 1" were two customers.
#[tokio::test(flavor = "multi_thread")]
async fn two_spellings_of_a_telephone_number_are_one_customer() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let settings = "update organization_settings set country = 'DE'";
    sqlx::Executor::execute(&mut nord.db().await, settings)
        .await
        .expect("a country");
    let rita = nord.receptionist().await;
    rita.make_customer(&[("phone", "030 1234567")]).await;
    let again = [
        ("kind", "person"),
        ("name", "Ada L."),
        ("phone", "+49 30 1234567"),
    ];
    let refused = rita.post("/customers/new", &again).await.must(422);
    assert!(refused.shows("This phone number or e-mail is already on file:"));
    // A row from before telephone numbers were made international.
    let before = "update customers set phone = '0171 7654321', phone_norm = '01717654321'";
    sqlx::Executor::execute(&mut nord.db().await, before)
        .await
        .expect("an old row");
    let old = [
        ("kind", "person"),
        ("name", "Ada L."),
        ("phone", "+49 171 7654321"),
    ];
    rita.post("/customers/new", &old).await.must(422);
    let other = [
        ("kind", "person"),
        ("name", "Ada L."),
        ("phone", "+44 171 7654321"),
    ];
    rita.post("/customers/new", &other).await.must(303);
}

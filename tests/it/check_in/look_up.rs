//! What the front desk is told while it types: similar marks, the first thing to mend, times that can be kept.
use super::counts;
use crate::kit::{Answer, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_transposed_plate_offers_the_similar_vehicle_before_a_new_one() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let golf = [
        ("plate", "HH-GR 1234"),
        ("vin", "WVWZZZ1JZXW123457"),
        ("name", "Ada Byron"),
    ];
    rita.check_in(&golf).await.must(303);

    for typed in [
        "HH-RG 1234",
        "hh gr 1243",
        "HH-GR 1Z34",
        "W123475",
        "WVWZZZ1JZXW123475",
    ] {
        let asked = rita
            .look_up(&[("plate", typed), ("concerns", "Rattles")])
            .await
            .must(200);
        assert!(
            asked.shows("Did you mean ")
                && asked.shows("Choose HH-GR 1234 – Volkswagen Golf, Ada Byron")
                && asked.shows("New vehicle"),
            "{typed}: {}",
            asked.text()
        );
        assert!(
            !asked.shows("New vehicle: fill in") && asked.shows("Rattles"),
            "{typed}"
        );
    }
    assert!(
        !rita
            .look_up(&[("plate", "HH-GR 9876")])
            .await
            .must(200)
            .shows("Did you mean")
    );

    // Nobody looked: asked first, with everything typed still there.
    let other = [
        ("plate", "HH-RG 1234"),
        ("name", "Grace Hopper"),
        ("phone", "030 555"),
    ];
    let refused = rita.check_in(&other).await.must(422);
    assert!(refused.shows("Did you mean") && refused.shows("A similar one is on file"));
    assert_eq!(refused.field("name").as_deref(), Some("Grace Hopper"));

    let page = rita.look_up(&[("plate", "HH-RG 1234")]).await.must(200);
    let vehicle = format!(
        "ast_{}",
        page.text()
            .split("value=\"ast_")
            .nth(1)
            .expect("one to choose")
            .split('"')
            .next()
            .expect("its id")
    );
    let chosen = rita
        .look_up(&[("plate", "HH-RG 1234"), ("choose", &vehicle)])
        .await
        .must(200);
    assert!(
        chosen.shows("Ada Byron") && chosen.shows("Already in the shop") && !chosen.shows("Did you mean")
    );

    let new = rita
        .look_up(&[("plate", "HH-RG 1234"), ("new_here", "HHRG1234")])
        .await
        .must(200);
    assert!(new.shows("New vehicle: fill in") && !new.shows("Did you mean"));
    assert_eq!(new.field("new_here").as_deref(), Some("HHRG1234"), "kept");
    // It was said of this plate, not of any.
    let stale = [
        other.as_slice(),
        &[("plate", "HH-GR 1243"), ("new_here", "HHRG1234")],
    ]
    .concat();
    rita.check_in(&stale).await.must(422);
    let confirmed = [other.as_slice(), &[("new_here", "HHRG1234")]].concat();
    rita.check_in(&confirmed).await.must(303);
    assert_eq!(counts(&nord).await, [2, 2, 2, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_never_gets_into_an_address() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let page = rita
        .get("/check-in?name=Grace+Hopper&plate=B-AB+1")
        .await
        .must(200);
    assert!(!page.shows("Grace Hopper") && !page.shows("B-AB 1\""));
    assert!(!page.text().contains("formmethod"));
    // Reloading the answer sends the same again; its bare address is the empty form.
    let typed = [
        ("name", "Grace Hopper"),
        ("concerns", "Rattles"),
        ("key_tag", "7"),
    ];
    for _ in 0..2 {
        let page = rita.look_up(&typed).await.must(200);
        assert!(page.shows("Rattles") && page.field("name").as_deref() == Some("Grace Hopper"));
        assert_eq!(page.field("key_tag").as_deref(), Some("7"));
    }
    rita.get("/check-in/look-up").await.must(200);
}

/// The field that takes the focus, by its name.
fn focused(page: &Answer) -> Vec<String> {
    let text = page.text();
    let tags = text.split('<').filter(|tag| {
        tag.split('>')
            .next()
            .is_some_and(|tag| tag.contains(" autofocus"))
    });
    let name = |tag: &str| {
        tag.split("name=\"")
            .nth(1)?
            .split('"')
            .next()
            .map(ToOwned::to_owned)
    };
    tags.filter_map(name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_goes_on_at_its_first_problem() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    assert_eq!(focused(&rita.get("/check-in").await.must(200)), ["plate"]);
    let reason = "Why is it lower than last time?";
    for (wrong, field) in [
        (&[("name", "")][..], "name"),
        (&[("concerns", ""), ("promise", "")], "concerns"),
        (&[("promise", "")], "promise"),
        (&[("promise", "other"), ("promised_at", "")], "promised_at"),
        (&[("odometer_in", "many"), ("name", "")], "odometer_in"),
        (&[("email", "nowhere"), ("concerns", "")], "email"),
        (&[("plate", "B"), ("name", "")], "plate"),
    ] {
        let page = rita.check_in(wrong).await.must(422);
        assert_eq!(focused(&page), [field], "{wrong:?}");
        assert!(!page.shows(reason), "{wrong:?}");
    }
    rita.check_in(&[]).await.must(303);
    let golf = rita
        .look_up(&[("plate", "B-AB 1234")])
        .await
        .field("vehicle")
        .expect("its id");
    let lower = rita
        .check_in(&[("vehicle", &golf), ("odometer_in", "1 200")])
        .await
        .must(422);
    assert_eq!(focused(&lower), ["odometer_reason"]);
    assert!(lower.shows(reason));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_offered_only_while_the_branch_is_open() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    // The clock stands at Monday, 2 March 2026, at ten.
    assert!(rita.get("/check-in").await.must(200).shows("Today 17:00"));
    nord.db_hours(&[(1, 420, 660), (3, 540, 1_140)]).await;
    let page = rita.get("/check-in").await.must(200);
    for label in ["Wednesday 12:00", "Wednesday 19:00"] {
        assert!(page.shows(label), "{label}");
    }
    for label in ["17:00", "Tomorrow"] {
        assert!(!page.shows(label), "{label}");
    }
}

/// What the button that says so posts.
fn new_here(page: &Answer) -> String {
    let value = page.fields("new_here");
    assert!(page.shows("New vehicle") && value.len() == 1, "{value:?}");
    let text = page.text();
    let button = text
        .split("name=\"new_here\" value=\"")
        .last()
        .expect("the button");
    button.split('"').next().expect("its value").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vin_typed_as_the_mark_is_kept_when_it_is_said_to_be_new() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let golf = [
        ("plate", "HH-GR 1234"),
        ("vin", "WVWZZZ1JZXW123457"),
        ("name", "Ada Byron"),
    ];
    rita.check_in(&golf).await.must(303);
    let typed = "WVWZZZ1JZXW123475";
    let asked = rita.look_up(&[("plate", typed)]).await.must(200);
    let held = |page: &Answer, name: &str| page.field(name).unwrap_or_default();
    let (plate, vin, confirmed) = (held(&asked, "plate"), held(&asked, "vin"), new_here(&asked));
    assert_eq!(
        (plate.as_str(), vin.as_str(), confirmed.as_str()),
        ("", typed, typed)
    );
    let new = rita
        .look_up(&[("plate", &plate), ("vin", &vin), ("new_here", &confirmed)])
        .await
        .must(200);
    assert!(new.shows("New vehicle: fill in") && !new.shows("Did you mean"));
    assert_eq!(held(&new, "vin"), typed);
    let fields = [
        ("plate", ""),
        ("vin", typed),
        ("new_here", confirmed.as_str()),
        ("name", "Grace Hopper"),
    ];
    rita.check_in(&fields).await.must(303);
    assert_eq!(counts(&nord).await, [2, 2, 2, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_mark_is_asked_about_and_the_first_one_not_again() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let golf = [("plate", "HH-GR 1234"), ("name", "Ada Byron")];
    rita.check_in(&golf).await.must(303);
    let polo = [
        ("plate", "B-XY 77"),
        ("vin", "WVWZZZ1JZXW123457"),
        ("name", "Alan Turing"),
    ];
    rita.check_in(&polo).await.must(303);
    // The plate was said to be new; its VIN is like nobody's.
    let fields = [
        ("plate", "HH-RG 1234"),
        ("vin", "1HGCM82633A004352"),
        ("new_here", "HHRG1234"),
        ("name", "Grace Hopper"),
    ];
    assert!(!rita.look_up(&fields).await.must(200).shows("Did you mean"));
    // This one is nearly the Polo's, and of the Golf nobody is asked again.
    let near = [fields.as_slice(), &[("vin", "WVWZZZ1JZXW123475")]].concat();
    let asked = rita.check_in(&near).await.must(422);
    assert!(asked.shows("Did you mean") && asked.shows("Alan Turing") && !asked.shows("Ada Byron"));
    assert_eq!(new_here(&asked), "HHRG1234 WVWZZZ1JZXW123475");
    rita.check_in(&fields).await.must(303);
    assert_eq!(counts(&nord).await, [3, 3, 3, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_in_the_form_open_beside_what_was_typed() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let order: gantry::kernel::WorkOrderId = rita.check_in(&[]).await.must(303).id();
    let page = rita.look_up(&[("plate", "B-AB 1234")]).await.must(200).text();
    let link = format!("<a href=\"/work-orders/{order}\" target=\"_blank\" rel=\"noopener\"");
    assert!(page.contains(&link), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_vehicle_comes_in_for_its_owner_or_for_nobody() {
    let app = TestApp::new().await;
    let (nord, west) = (app.workshop("nord").await, app.workshop("west").await);
    let rita = nord.receptionist().await;
    let (ada, bo) = (
        rita.make_customer(&[]).await,
        rita.make_customer(&[("name", "Bo"), ("phone", "040 99")]).await,
    );
    let golf = rita.make_vehicle(ada, &[]).await.to_string();
    let theirs = west.receptionist().await.make_customer(&[]).await.to_string();
    let nobody = gantry::kernel::CustomerId::new(app.state().clock.new_uuid()).to_string();
    let (ada, bo) = (ada.to_string(), bo.to_string());
    let arrives = |customer| {
        [
            ("vehicle", golf.as_str()),
            ("customer", customer),
            ("name", ""),
            ("make", ""),
        ]
    };
    for stranger in [theirs.as_str(), nobody.as_str(), "x"] {
        rita.check_in(&arrives(stranger)).await.must(404);
    }
    let refused = rita.check_in(&arrives(&bo)).await.must(422);
    assert!(
        refused.shows("belongs to another customer than the one chosen") && refused.shows("Ada Lovelace")
    );
    assert_eq!(
        refused.field("customer").as_deref(),
        Some(""),
        "the page shows the owner and means them"
    );
    rita.check_in(&arrives(&ada)).await.must(303);
    rita.check_in(&arrives("")).await.must(303);
}

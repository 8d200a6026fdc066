//! A fleet's drivers: on the company's page, at check-in, on papers and in the search.
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::{CustomerId, DriverId, WorkOrderId};

async fn fleet(actor: &Actor) -> CustomerId {
    actor
        .make_customer(&[
            ("kind", "company"),
            ("name", "Hanse Kurier"),
            ("phone", "040 5550210"),
        ])
        .await
}

async fn driver(actor: &Actor, nord: &Workshop, company: CustomerId, name: &str, phone: &str) -> DriverId {
    let path = format!("/customers/{company}/drivers/new");
    let fields = [
        ("name", name),
        ("phone", phone),
        ("email", "jo@hanse.example"),
        ("licence", "B072RRE2I55"),
    ];
    actor.post(&path, &fields).await.must(303);
    let id: uuid::Uuid = sqlx::query_scalar("select id from drivers where customer_id = $1 and name = $2")
        .bind(company.uuid())
        .bind(name)
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a driver");
    DriverId::new(id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_has_drivers_and_a_person_has_none() {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let company = fleet(&rita).await;
    driver(&rita, &nord, company, "Jo Weber", "0171 2345678").await;
    let page = rita.get(&format!("/customers/{company}")).await.must(200);
    for words in [
        "Drivers",
        "Jo Weber",
        "0171 2345678",
        "jo@hanse.example",
        "Licence B072RRE2I55",
        "Added driver Jo Weber to Hanse Kurier",
    ] {
        assert!(page.shows(words), "{words}");
    }
    let ada = rita.make_customer(&[]).await;
    assert!(
        !rita
            .get(&format!("/customers/{ada}"))
            .await
            .must(200)
            .shows("Drivers")
    );
    let refused = rita
        .post(&format!("/customers/{ada}/drivers/new"), &[("name", "Jo")])
        .await
        .must(409);
    assert!(refused.shows("Only a company has drivers."));
    // Whoever only looks sees them and changes nothing.
    let viewer = nord.viewer().await;
    let page = viewer.get(&format!("/customers/{company}")).await.must(200);
    assert!(page.shows("Jo Weber") && !page.shows("Add a driver"));
    viewer
        .post(&format!("/customers/{company}/drivers/new"), &[("name", "Eve")])
        .await
        .must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn check_in_writes_down_which_driver_brought_the_vehicle() {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let company = fleet(&rita).await;
    let jo = driver(&rita, &nord, company, "Jo Weber", "0171 2345678")
        .await
        .to_string();
    let van = rita
        .make_vehicle(company, &[("plate", "HH-HK 1")])
        .await
        .to_string();
    let arrived = rita.look_up(&[("plate", "HH-HK 1")]).await.must(200);
    assert!(arrived.shows("Brought by") && arrived.shows("Jo Weber · 0171 2345678"));
    let other = fleet(&nord.owner().await).await;
    let eve = driver(&rita, &nord, other, "Eve Moll", "").await.to_string();
    let fields = |driver| [("vehicle", van.as_str()), ("plate", ""), ("driver", driver)];
    let refused = rita.check_in(&fields(&eve)).await.must(422);
    assert!(refused.shows("This driver is not with this customer any more."));
    let order: WorkOrderId = rita.check_in(&fields(&jo)).await.must(303).id();
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Brought by") && page.shows("Jo Weber"));
    let sheet = format!("/work-orders/{order}/check-in-sheet");
    let sheet = rita.get(&sheet).await.must(200);
    assert!(sheet.shows("Brought by") && sheet.shows("Jo Weber"));
    // Whoever drives for them no longer is offered no more, and stays on the order.
    let leave = format!("/customers/{company}/drivers/{jo}/archive");
    rita.post(&leave, &[("reason", "Left")]).await.must(303);
    assert!(
        !rita
            .look_up(&[("plate", "HH-HK 1")])
            .await
            .must(200)
            .shows("Jo Weber")
    );
    rita.check_in(&fields(&jo)).await.must(422);
    assert!(
        rita.get(&format!("/work-orders/{order}"))
            .await
            .must(200)
            .shows("Jo Weber")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_found_by_its_drivers_name_and_number() {
    let nord = TestApp::new().await.workshop("nord").await;
    // There `0171` and `+49 171` are one telephone.
    sqlx::query("update organization_settings set country = 'DE'")
        .execute(&mut nord.db().await)
        .await
        .expect("a country");
    let rita = nord.receptionist().await;
    let company = fleet(&rita).await;
    let jo = driver(&rita, &nord, company, "Jocasta Weber", "0171 2345678").await;
    for query in ["jocasta", "01712345678", "jocasta weber"] {
        let page = rita
            .get(&format!("/search?q={}", query.replace(' ', "+")))
            .await
            .must(200);
        assert!(page.shows("Hanse Kurier"), "{query}");
    }
    let arrived = rita
        .look_up(&[("plate", "X-NEW 1"), ("phone", "+49 171 2345678")])
        .await
        .must(200);
    assert!(arrived.shows("Hanse Kurier") && arrived.shows("Driver: Jocasta Weber"));
    // The one whose number was typed is chosen then.
    let id = company.to_string();
    let chosen = [("customer", id.as_str()), ("phone", "+49 171 2345678")];
    let arrived = rita.look_up(&chosen).await.must(200);
    assert!(arrived.text().contains(&format!("value=\"{jo}\" selected")));
    let path = format!("/customers/{company}/drivers/{jo}");
    rita.post(
        &format!("{path}/edit"),
        &[("name", "Petronella Weber"), ("version", "1")],
    )
    .await
    .must(303);
    assert!(
        !rita
            .get("/search?q=jocasta")
            .await
            .must(200)
            .shows("Hanse Kurier")
    );
    assert!(
        rita.get("/search?q=petronella")
            .await
            .must(200)
            .shows("Hanse Kurier")
    );
    rita.post(&format!("{path}/archive"), &[("reason", "Left")])
        .await
        .must(303);
    assert!(
        !rita
            .get("/search?q=petronella")
            .await
            .must(200)
            .shows("Hanse Kurier")
    );
    rita.post(&format!("{path}/restore"), &[]).await.must(303);
    assert!(
        rita.get("/search?q=petronella")
            .await
            .must(200)
            .shows("Hanse Kurier")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_driver_form_keeps_what_was_typed_and_a_stale_one_shows_both() {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let company = fleet(&rita).await;
    let jo = driver(&rita, &nord, company, "Jo Weber", "0171 2345678").await;
    let path = format!("/customers/{company}/drivers/{jo}");
    let edit = format!("{path}/edit");
    let wrong = [("name", "Jo King"), ("phone", "call me"), ("version", "1")];
    let refused = rita.post(&edit, &wrong).await.must(422);
    assert_eq!(refused.field("name").as_deref(), Some("Jo King"));
    assert_eq!(refused.field("phone").as_deref(), Some("call me"));
    rita.post(&edit, &[("name", "Jo King"), ("version", "1")])
        .await
        .must(303);
    let stale = rita
        .post(&edit, &[("name", "Jo Kong"), ("version", "1")])
        .await
        .must(409);
    assert!(stale.shows("Jo King"));
    assert_eq!(stale.field("name").as_deref(), Some("Jo Kong"));
    let refused = rita
        .post(&format!("{path}/archive"), &[("reason", " ")])
        .await
        .must(422);
    assert!(refused.shows("Enter a reason."));
}

#[tokio::test(flavor = "multi_thread")]
async fn drivers_are_seen_where_their_company_is() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let rita = nord.receptionist().await;
    let company = fleet(&rita).await;
    let jo = driver(&rita, &nord, company, "Jo Weber", "0171 2345678").await;
    let edit = format!("/customers/{company}/drivers/{jo}/edit");
    let sam = sued.receptionist().await;
    sam.get(&edit).await.must(404);
    sam.post(&edit, &[("name", "Mine"), ("version", "1")])
        .await
        .must(404);
    let west = nord.branch("WEST").await;
    let wim = nord
        .member("wim", gantry::kernel::Role::Manager, &[west.id])
        .await;
    wim.get(&edit).await.must(200);
    nord.db_switch("share_customers", false).await;
    wim.get(&edit).await.must(404);
    rita.get(&edit).await.must(200);
    // Another company's page does not lead to them either.
    let other = fleet(&nord.owner().await).await;
    rita.get(&format!("/customers/{other}/drivers/{jo}/edit"))
        .await
        .must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_driver_of_another_company_on_an_order_is_found() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let company = fleet(&rita).await;
    let jo = driver(&rita, &nord, company, "Jo Weber", "").await;
    let order = nord.db_order("received", &[]).await;
    let owner = &app.database().owner_url;
    let sound = gantry::app::verify_invariants(owner).await.expect("a report");
    sqlx::query("update work_orders set driver_id = $2 where id = $1")
        .bind(order.uuid())
        .bind(jo.uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a driver");
    let broken = gantry::app::verify_invariants(owner).await.expect("a report");
    let fresh = broken
        .breaches
        .iter()
        .filter(|breach| !sound.breaches.contains(breach));
    let breaches: Vec<String> = fresh.map(ToString::to_string).collect();
    assert!(
        breaches
            .iter()
            .any(|breaches| breaches.contains("brought by a driver of another company")),
        "{breaches:?}"
    );
}

/// Phones have no drivers; a company that has some keeps them.
#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_for_devices_does_not_ask_who_drives() {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let (with, without) = (fleet(&rita).await, fleet(&nord.owner().await).await);
    driver(&rita, &nord, with, "Jo Weber", "").await;
    sqlx::query("update organization_settings set asset_word = 'device'")
        .execute(&mut nord.db().await)
        .await
        .expect("a trade");
    for (company, shown) in [(with, true), (without, false)] {
        let page = rita.get(&format!("/customers/{company}")).await.must(200);
        assert_eq!(page.shows("Drivers"), shown);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_is_spelled_as_the_country_does_also_where_somebody_was_faster_and_in_the_trail() {
    let app = TestApp::new().await;
    for (slug, country, words) in [
        ("nord", "DE", "Driving licence"),
        ("west", "US", "Driver's license"),
    ] {
        let place = app.workshop(slug).await;
        place.db_country(country, "EUR", "km").await;
        let rita = place.receptionist().await;
        let company = rita
            .make_customer(&[("kind", "company"), ("name", "Fleet")])
            .await;
        let driver = [("name", "Dee"), ("licence", "A1")];
        rita.post(&format!("/customers/{company}/drivers/new"), &driver)
            .await
            .must(303);
        let id = sqlx::query_scalar("select id from drivers where customer_id = $1")
            .bind(company.uuid())
            .fetch_one(&mut place.db().await)
            .await
            .map(gantry::kernel::DriverId::new)
            .expect("a driver");
        let path = format!("/customers/{company}/drivers/{id}/edit");
        let version = rita.get(&path).await.field("version").expect("one");
        let renewed = |licence: &'static str| [("name", "Dee"), ("licence", licence), ("version", &version)];
        rita.post(&path, &renewed("B2")).await.must(303);
        let late = rita.post(&path, &renewed("C3")).await.must(409);
        let text = late.text();
        let (_, saved) = text.split_once("The saved version has:").expect("both versions");
        let (saved, _) = saved.split_once("</ul>").expect("a list");
        assert!(saved.replace("&#x27;", "'").contains(words), "{country}: {saved}");
        let trail = place.owner().await.get("/trail").await.must(200);
        assert!(trail.shows(words), "{country}: {}", trail.text());
    }
}

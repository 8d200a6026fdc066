//! The words of a workshop's trade and country on every page that its owner can reach.
use crate::kit::{Actor, TestApp, Workshop};
use gantry::seed::{self, Plan, Seeded};
use gantry::server::clock::ManualClock;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Pages of one shape that are looked at: `/work-orders/…` is one shape.
const OF_A_SHAPE: usize = 4;

/// What a person reads: text, and the attributes that are shown or spoken.
fn read(html: &str) -> String {
    const READ: [&str; 5] = [
        "placeholder=\"",
        "aria-label=\"",
        "title=\"",
        "alt=\"",
        "data-label=\"",
    ];
    let (_, body) = html.split_once("<body").expect("a body");
    let mut words = String::new();
    let mut script = false;
    for tag in body.split('<') {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        script = tag.starts_with("script") || script && !tag.starts_with("/script");
        for attribute in READ {
            let value = tag
                .split_once(attribute)
                .and_then(|(_, rest)| rest.split('"').next());
            words.push_str(value.unwrap_or_default());
            words.push(' ');
        }
        if !script {
            words.push_str(text);
            words.push(' ');
        }
    }
    words
}

/// Those of the words that stand in a text as words of their own.
fn among(text: &str, words: &[&str]) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let own: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    words
        .iter()
        .filter(|word| own.contains(*word))
        .map(|word| (*word).to_owned())
        .collect()
}

/// `/work-orders/…/print` of any work order.
fn shape(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let parts = path
        .split('/')
        .map(|part| if part.contains('_') { "…" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Every page that links lead to from the first one, a few of each shape, with the words that are found on it.
async fn crawl(owner: &Actor, words: &[&str]) -> (usize, BTreeMap<String, BTreeSet<String>>) {
    let mut found = BTreeMap::new();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeSet::from(["/dashboard".to_owned()]);
    let mut waiting = VecDeque::from(["/dashboard".to_owned()]);
    let mut pages = 0;
    while let Some(path) = waiting.pop_front() {
        let count = shapes.entry(shape(&path)).or_default();
        *count += 1;
        if *count > OF_A_SHAPE {
            continue;
        }
        let answer = owner.get(&path).await;
        if answer.status != 200 || !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        pages += 1;
        let html = answer.text();
        let there = among(&read(&html), words);
        if !there.is_empty() {
            found.insert(path, there);
        }
        let links = html
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        for link in links {
            let link = link.split('#').next().unwrap_or(link).replace("&amp;", "&");
            // The sales page speaks to every trade.
            if link.starts_with('/') && link != "/" && !link.starts_with("//") && seen.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    (pages, found)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_shop_never_reads_of_cars() {
    let app = TestApp::new().await;
    let clock = ManualClock::at(app.now());
    let seeded = seed::plant(&app.database().owner_url, Plan::DEMO, &*clock)
        .await
        .expect("workshops");
    let Seeded::Planted(workshops) = seeded else {
        panic!("nothing planted")
    };
    let mut logins = workshops.into_iter().flat_map(|(_, logins)| logins);
    let mut owner = logins
        .by_ref()
        .filter(|(role, email)| *role == "owner" && email.contains("pixelfix"));
    let (_, email) = owner.next().expect("its owner");
    let owner = app.visitor();
    owner
        .post("/sign-in", &[("email", &email), ("password", seed::PASSWORD)])
        .await
        .must(303);
    let words = [
        "vehicle",
        "vehicles",
        "car",
        "cars",
        "brake",
        "brakes",
        "braking",
        "key",
        "keys",
        "plate",
        "plates",
        "odometer",
        "odometers",
        "mileage",
        "kilometres",
        "kilometers",
        "miles",
        "km",
        "vin",
        "tyre",
        "tyres",
        "tire",
        "tires",
        "engine",
        "driver",
        "mot",
        "garage",
    ];
    let (pages, found) = crawl(&owner, &words).await;
    assert!(pages > 40, "only {pages} pages");
    assert_eq!(found, BTreeMap::new());
    let (_, there) = crawl(&owner, &["device", "serial"]).await;
    assert!(there.len() > 10, "the crawl reads what is on a page: {there:?}");
}

async fn in_the_united_states(app: &TestApp) -> Workshop {
    let nord = app.workshop("nord").await;
    sqlx::query("update organization_settings set country = 'US', currency = 'USD', distance_unit = 'mi' where org_id = $1")
        .bind(nord.org.uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a setting");
    nord
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_in_the_united_states_reads_no_british_english() {
    let app = TestApp::new().await;
    let nord = in_the_united_states(&app).await;
    let (owner, ana) = (nord.owner().await, nord.accountant().await);
    owner.check_in(&[]).await.must(303);
    let paid = ana.make_invoice(nord.db_ready_order().await).await;
    ana.pay(paid, &[("amount", "50.00"), ("method", "cheque")])
        .await
        .must(303);
    ana.make_invoice(nord.db_ready_order().await).await;
    let words = [
        "cheque",
        "cheques",
        "labour",
        "colour",
        "colours",
        "kilometre",
        "kilometres",
        "litre",
        "litres",
        "centre",
        "centres",
        "tyre",
        "tyres",
        "postcode",
        "organisation",
        "authorise",
        "authorised",
        "licence",
    ];
    let (pages, found) = crawl(&owner, &words).await;
    assert!(pages > 25, "only {pages} pages");
    assert_eq!(found, BTreeMap::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_chooses_its_words_and_every_page_uses_them() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let page = owner.get("/settings/workshop").await.must(200);
    let (version, currency) = (page.field("version").expect("a version"), "EUR");
    let fields = |terms: [&'static str; 3]| {
        vec![
            ("name", "Workshop nord"),
            ("currency", currency),
            ("distance_unit", "km"),
            ("payment_terms_days", "14"),
            ("version", version.as_str()),
            ("asset_term", terms[0]),
            ("technician_term", terms[1]),
            ("work_order_term", terms[2]),
        ]
    };
    for odd in [
        ["phone", "technician", "work_order"],
        ["car", "plumber", "work_order"],
        ["car", "technician", "ticket"],
    ] {
        owner.post("/settings/workshop", &fields(odd)).await.must(422);
    }
    owner
        .post(
            "/settings/workshop",
            &fields(["motorcycle", "engineer", "job_card"]),
        )
        .await
        .must(303);
    let rita = nord.receptionist().await;
    rita.check_in(&[]).await.must(303);
    let (_, mut found) = crawl(&owner, &["vehicle", "vehicles"]).await;
    // Where the words are chosen, the list offers it.
    found.remove("/settings/workshop");
    // And the trail says which word it was before.
    let was = BTreeSet::from(["vehicles".to_owned()]);
    assert_eq!(found.remove("/trail"), Some(was));
    assert!(owner.get("/trail").await.shows("Motorcycles"));
    assert_eq!(found, BTreeMap::new());
    let page = owner.get("/work-orders").await.must(200);
    assert!(page.shows("Job cards") && page.shows("Engineers") && !page.shows("ork orders"));
    assert!(
        owner.get("/vehicles").await.shows("Add the first motorcycle")
            || owner.get("/vehicles").await.shows("Motorcycles")
    );
    assert!(owner.get("/trail").await.shows("Who repairs it"));
}

#[test]
fn the_crawl_reads_what_a_person_reads() {
    let html = "<body class=\"car\"><script>car</script><a href=\"/cars\" title=\"A vehicle\">Keyboard</a><input name=\"key\" placeholder=\"Plate, key\"></body>";
    let words = ["car", "cars", "vehicle", "key", "plate", "keyboard"];
    let found: Vec<String> = among(&read(html), &words).into_iter().collect();
    assert_eq!(found, ["key", "keyboard", "plate", "vehicle"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_called_as_the_workshop_calls_its_people_wherever_it_stands() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let tomas = nord.technician("tomas").await;
    nord.invite("new@example.com", "technician").await.must(303);
    let order = owner.make_order(&nord).await;
    owner.make_job(order, "Brakes", "100.00").await;
    sqlx::query("update organization_settings set technician_term = 'mechanic'")
        .execute(&mut nord.db().await)
        .await
        .expect("a setting");
    let named = [("name", "Mechanic"), ("base", "technician")];
    let taken = owner.post("/settings/roles/new", &named).await.must(422);
    assert!(taken.shows("A role with this name already exists."));
    let named = [("name", "Foreman"), ("base", "technician")];
    owner.post("/settings/roles/new", &named).await.must(303);
    let (_, mut found) = crawl(&owner, &["technician", "technicians"]).await;
    // The list of words to choose from, and what the trail said then.
    assert!(found.remove("/settings/workshop").is_some());
    found.remove("/trail");
    assert_eq!(found, BTreeMap::new());
    for (page, words) in [
        ("/settings/members".to_owned(), "Mechanic"),
        (format!("/settings/members/{}", tomas.member()), "Mechanic"),
        ("/settings/roles".to_owned(), "Based on Mechanic"),
        (format!("/work-orders/{order}"), "tomas · Mechanic"),
        ("/announcements/new".to_owned(), "Mechanics"),
    ] {
        let shown = owner.get(&page).await.must(200);
        assert!(shown.shows(words), "{page}: {}", shown.text());
    }
    assert!(tomas.get("/account").await.must(200).shows("Mechanic at"));
}

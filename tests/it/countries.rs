//! A workshop reads dates, times, money, addresses and words as its country writes them.
use crate::kit::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn an_american_invoice_is_in_american() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_country("US", "USD", "mi").await;
    let ana = nord.accountant().await;
    let job = ("customer", "approved", "finished", 103_739, 1_900);
    let invoice = ana.make_invoice(nord.db_order("ready", &[job]).await).await;
    ana.pay(invoice, &[("method", "cheque")]).await.must(303);
    let page = ana.get(&format!("/invoices/{invoice}")).await.must(200);
    for words in ["3/2/2026", "$1,234.49", "Check", "Subtotal"] {
        assert!(page.shows(words), "{words}");
    }
    let paper = ana.get(&format!("/invoices/{invoice}/print")).await.must(200);
    for words in [
        "Date of service",
        "3/2/2026",
        "Sales tax 19 % on $1,037.39",
        "Berlin 10115",
        "Paid on 3/2/2026, check",
    ] {
        assert!(paper.shows(words), "{words}");
    }
    assert!(!paper.shows("Mar 2026") && !paper.shows("Date of supply"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_american_desk_reads_its_own_clock_and_forms() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_country("US", "USD", "mi").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    rita.make_job(order, "Brakes", "$1,234.50").await;
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    for words in [
        "Today, 10:00 AM",
        "$1,234.50",
        "At most $500.00, call before more",
    ] {
        assert!(page.shows(words), "{words}");
    }
    let form = rita.get("/customers/new").await.must(200);
    let (city, zip) = (
        form.text().find("name=\"city\""),
        form.text().find("name=\"postal_code\""),
    );
    assert!(
        form.shows("ZIP code") && city < zip,
        "city first: {city:?} {zip:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_indian_workshop_types_and_reads_lakhs() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_country("IN", "INR", "km").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    rita.make_job(order, "Gearbox", "1,00,000").await;
    assert_eq!(nord.db_total(order).await, 11_900_000);
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("₹1,19,000.00") && page.shows("Today, 10:00 AM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_workshop_reads_what_it_always_did() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_country("DE", "EUR", "km").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    let paper = ana.get(&format!("/invoices/{invoice}/print")).await.must(200);
    for words in [
        "2 Mar 2026",
        "€119.00",
        "Date of supply",
        "10115 Berlin",
        "Tax 19 % on €100.00",
    ] {
        assert!(paper.shows(words), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_in_another_country_reads_writes_and_prints_as_that_one_does() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_country("DE", "EUR", "km").await;
    let (owner, ana) = (nord.owner().await, nord.accountant().await);
    let abroad = [
        ("name", "Portland"),
        ("code", "PDX"),
        ("address", "1 Oak St"),
        ("tax_id", "12-3456789"),
        ("time_zone", "America/Los_Angeles"),
        ("fiscal_year_start", "1"),
        ("agreed", "yes"),
    ];
    let nowhere = [&abroad[..], &[("country", "XX")]].concat();
    owner.post("/settings/branches/new", &nowhere).await.must(422);
    let american = [&abroad[..], &[("country", "US")]].concat();
    owner.post("/settings/branches/new", &american).await.must(303);
    let here: uuid::Uuid = sqlx::query_scalar("select id from branches where code = 'PDX'")
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a branch");
    let branch = gantry::kernel::BranchId::new(here);
    let page = owner.get(&format!("/settings/branches/{branch}")).await.must(200);
    assert!(page.text().contains("value=\"US\" selected"), "{}", page.text());
    let home = owner.get("/customers/new").await.must(200);
    assert!(home.shows("Postal code") && home.text().contains("placeholder=\"+49 30 1234567\""));
    owner
        .post("/session/branch", &[("branch", &branch.to_string())])
        .await
        .must(303);
    let form = owner.get("/customers/new").await.must(200);
    assert!(form.shows("ZIP code") && form.text().contains("placeholder=\"(503) 555-0123\""));
    let customer = owner.make_customer(&[("phone", "(503) 555-0123")]).await;
    let kept: String = sqlx::query_scalar("select phone_norm from customers where id = $1")
        .bind(customer.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a number");
    assert_eq!(kept, "15035550123");
    let ready = nord
        .db_order_at(
            branch,
            "ready",
            &[("customer", "approved", "finished", 10_000, 1_900)],
        )
        .await;
    sqlx::query("insert into member_branches (org_id, member_id, branch_id) values ($1, $2, $3)")
        .bind(nord.org.uuid())
        .bind(ana.member().uuid())
        .bind(here)
        .execute(&mut nord.db().await)
        .await
        .expect("a workplace");
    let invoice = ana.make_invoice(ready).await;
    let paper = ana.get(&format!("/invoices/{invoice}/print")).await.must(200);
    for words in ["Date of service", "3/2/2026", "Berlin 10115"] {
        assert!(paper.shows(words), "{words}: {}", paper.text());
    }
    let at_home = ana.make_invoice(nord.db_ready_order().await).await;
    let paper = ana.get(&format!("/invoices/{at_home}/print")).await.must(200);
    assert!(paper.shows("Date of supply") && paper.shows("2 Mar 2026"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plate_is_kept_as_the_country_writes_it_and_a_foreign_one_is_welcome() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_country("GB", "GBP", "mi").await;
    let rita = nord.receptionist().await;
    let form = rita.get("/check-in").await.must(200);
    assert!(
        form.text().contains("placeholder=\"AB12 CDE\""),
        "{}",
        form.text()
    );
    let odd = [("kind", "person"), ("name", "Ada"), ("phone", "call me")];
    let refused = rita.post("/customers/new", &odd).await.must(422);
    assert!(refused.shows("Example: 020 7946 0123"), "{}", refused.text());
    let customer = rita.make_customer(&[]).await;
    let owned = customer.to_string();
    let odd = [("customer", owned.as_str()), ("plate", "!")];
    let refused = rita.post("/vehicles/new", &odd).await.must(422);
    assert!(refused.shows("Example: AB12 CDE"), "{}", refused.text());
    for (typed, kept) in [("ab12cde", "AB12 CDE"), ("b-ab 1234", "B-AB 1234")] {
        let vehicle = rita.make_vehicle(customer, &[("plate", typed)]).await;
        let page = rita.get(&format!("/vehicles/{vehicle}")).await.must(200);
        assert!(page.shows(kept), "{kept}: {}", page.text());
    }
    rita.check_in(&[("plate", "xy34zzz")]).await.must(303);
    let plates: Vec<String> = sqlx::query_scalar("select plate from assets order by plate")
        .fetch_all(&mut nord.db().await)
        .await
        .expect("plates");
    assert_eq!(plates, ["AB12 CDE", "B-AB 1234", "XY34 ZZZ"]);
}

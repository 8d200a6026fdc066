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

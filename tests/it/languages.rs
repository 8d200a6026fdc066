//! What customers read comes in their language, or the workshop's; what was posted stays in the one that it was posted in.
use crate::kit::{Actor, Answer, PASSWORD, TestApp};
use gantry::kernel::{AssetId, CustomerId, WorkOrderId};

async fn writes_in(owner: &Actor, language: &str, more: &[(&str, &str)]) -> Answer {
    let page = owner.get("/settings/workshop").await.must(200);
    let version = page.field("version").expect("a version");
    let fields = [
        ("name", "Workshop nord"),
        ("currency", "EUR"),
        ("distance_unit", "km"),
        ("payment_terms_days", "14"),
        ("version", &version),
        ("language", language),
    ];
    owner
        .post("/settings/workshop", &[&fields[..], more].concat())
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_in_the_workshops_language_and_keeps_its_words_once_posted() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, ana) = (nord.owner().await, nord.accountant().await);
    writes_in(&owner, "xx", &[]).await.must(422);
    writes_in(&owner, "de", &[("country", "DE")]).await.must(303);
    let german = ana.make_invoice(nord.db_ready_order().await).await;
    let read = async |invoice| {
        let print = ana.get(&format!("/invoices/{invoice}/print")).await.must(200);
        let paper = print
            .text()
            .split_once("<article")
            .expect("a document")
            .1
            .to_owned();
        paper.split_once("</article>").expect("its end").0.to_owned()
    };
    let posted = read(german).await;
    for words in [
        "Rechnung",
        "Leistungsdatum",
        "Gesamt",
        "02.03.2026",
        "Bitte zahlen Sie",
        "Auftrag",
    ] {
        assert!(posted.contains(words), "{words}: {posted}");
    }
    assert!(!posted.contains("Billed to") && !posted.contains("Mar 2026"));
    let another = [
        ("country", "US"),
        ("work_order_term", "job_card"),
        ("asset_term", "car"),
    ];
    writes_in(&owner, "en", &another).await.must(303);
    assert_eq!(read(german).await, posted, "what was posted does not change");
    let english = ana.make_invoice(nord.db_ready_order().await).await;
    let shown = read(english).await;
    for words in ["Date of service", "Job card", "3/2/2026"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("Leistungsdatum"));
    // What corrects a document is written as the document is.
    ana.post(
        &format!("/invoices/{german}/void"),
        &[("reason", "Wrong customer")],
    )
    .await
    .must(303);
    let credit: gantry::kernel::InvoiceId =
        sqlx::query_scalar::<_, uuid::Uuid>("select id from invoices where kind = 'credit_note'")
            .fetch_one(&mut nord.db().await)
            .await
            .map(gantry::kernel::InvoiceId::new)
            .expect("a credit note");
    assert!(read(credit).await.contains("Gutschrift"));
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_and_the_check_in_sheet_are_in_the_workshops_language_and_screens_are_not() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    writes_in(&owner, "de", &[]).await.must(303);
    let order = rita.check_in(&[]).await.must(303).id::<WorkOrderId>();
    let sheet = rita
        .get(&format!("/work-orders/{order}/check-in-sheet"))
        .await
        .must(200);
    for words in ["Annahme", "Fahrzeug", "Ich beauftrage die Diagnose."] {
        assert!(sheet.shows(words), "{words}: {}", sheet.text());
    }
    nord.invite("neu@example.com", "manager").await.must(303);
    let letter = app.letter_to("neu@example.com").await;
    assert!(letter.subject.ends_with("lädt Sie ein"), "{}", letter.subject);
    assert!(owner.get("/settings/members").await.shows("Send invitation"));
    let trail = owner.get("/trail").await.must(200);
    assert!(
        trail.shows("Language of letters and documents"),
        "{}",
        trail.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_has_a_language_of_their_own_or_the_workshops() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (ana, rita) = (nord.accountant().await, nord.receptionist().await);
    let odd = [("kind", "person"), ("name", "Ada"), ("language", "xx")];
    rita.post("/customers/new", &odd).await.must(422);
    let ada = rita.make_customer(&[("name", "Ada"), ("language", "de")]).await;
    assert!(
        rita.get(&format!("/customers/{ada}"))
            .await
            .must(200)
            .shows("Deutsch")
    );
    let order = rita.check_in(&[]).await.must(303).id::<WorkOrderId>();
    let ready = nord.db_ready_order().await;
    sqlx::query("update customers set language = 'de'")
        .execute(&mut nord.db().await)
        .await
        .expect("a language");
    let sheet = rita.get(&format!("/work-orders/{order}/check-in-sheet")).await;
    assert!(sheet.must(200).shows("Annahme"));
    let invoice = ana.make_draft(ready).await;
    let print = format!("/invoices/{invoice}/print");
    assert!(ana.get(&print).await.must(200).shows("Entwurf"));
    ana.post(&format!("/invoices/{invoice}/post"), &[])
        .await
        .must(303);
    sqlx::query("update customers set language = ''")
        .execute(&mut nord.db().await)
        .await
        .expect("no language");
    assert!(
        ana.get(&print).await.must(200).shows("Rechnung"),
        "posted in theirs"
    );
    let sheet = rita.get(&format!("/work-orders/{order}/check-in-sheet")).await;
    assert!(sheet.must(200).shows("Check-in"), "the workshop's from now on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_history_is_in_the_customers_language_or_the_workshops() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let order = rita.check_in(&[]).await.must(303).id::<WorkOrderId>();
    let ids: (uuid::Uuid, uuid::Uuid) =
        sqlx::query_as("select customer_id, asset_id from work_orders where id = $1")
            .bind(order.uuid())
            .fetch_one(&mut nord.db().await)
            .await
            .expect("an order");
    let pages = [
        format!("/customers/{}/history", CustomerId::new(ids.0)),
        format!("/vehicles/{}/history", AssetId::new(ids.1)),
    ];
    let read = async |german: bool| {
        for page in &pages {
            let sheet = rita.get(page).await.must(200);
            let (shown, other) = if german {
                (
                    ["Servicehistorie", "Angenommen", "02.03.2026"],
                    "Service history</h1>",
                )
            } else {
                (["Service history", "Received", "2 Mar 2026"], "Servicehistorie")
            };
            for words in shown {
                assert!(sheet.shows(words), "{words} on {page}: {}", sheet.text());
            }
            assert!(!sheet.text().contains(other), "{other} on {page}");
            assert_eq!(sheet.text().contains("lang=\"de\""), german, "{page}");
        }
    };
    read(false).await;
    writes_in(&owner, "de", &[]).await.must(303);
    read(true).await;
    sqlx::query("update customers set language = 'en'")
        .execute(&mut nord.db().await)
        .await
        .expect("a language");
    read(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_about_an_account_are_in_the_language_of_the_workshop_that_its_person_works_in() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    writes_in(&owner, "de", &[]).await.must(303);
    nord.invite("neu@example.com", "receptionist").await.must(303);
    let invitation = app.letter_to("neu@example.com").await;
    for words in ["Ihre Rolle: Annahme", "Einladung annehmen", "sieben Tage"] {
        assert!(invitation.text.contains(words), "{words}: {}", invitation.text);
    }
    // From a browser that is new to the account.
    nord.owner().await;
    let alarm = app.letter_to("owner@nord.test").await;
    assert_eq!(alarm.subject, "Neue Anmeldung an Ihrem Konto");
    assert!(
        alarm.text.contains("Wann: 02.03.2026 um 09:00 Uhr (UTC)"),
        "{}",
        alarm.text
    );
    let forgotten = [("email", "owner@nord.test")];
    app.visitor().post("/forgot", &forgotten).await.must(200);
    let reset = app.letter_to("owner@nord.test").await;
    assert_eq!(reset.subject, "Neues Passwort festlegen");
    let change = [("current", PASSWORD), ("new", "a quite different sentence")];
    owner.post("/account/password", &change).await.must(303);
    let changed = app.letter_to("owner@nord.test").await;
    assert_eq!(changed.subject, "Ihr Passwort wurde geändert");
}

//! An invoice says who sells, and when the work was done: until the branch says the former, nothing is posted.
use super::run;
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::InvoiceId;

/// A branch that says nothing of itself, as after signing up.
async fn nameless() -> (Workshop, Actor) {
    let nord = TestApp::new().await.workshop("nord").await;
    tell(&nord, "address = '', tax_id = ''").await;
    let owner = nord.owner().await;
    (nord, owner)
}

async fn tell(nord: &Workshop, what: &str) {
    let statement = format!("update branches set {what} where id = $1");
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(nord.main.id.uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a branch");
}

async fn draft(nord: &Workshop, owner: &Actor) -> InvoiceId {
    owner.make_draft(nord.db_ready_order().await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_without_the_seller_s_address_and_tax_number_is_not_posted() {
    let (nord, owner) = nameless().await;
    let draft = draft(&nord, &owner).await;
    let (path, branch) = (format!("/invoices/{draft}"), nord.main.id);
    let page = owner.get(&path).await.must(200);
    let refused = owner.post(&format!("{path}/post"), &[]).await.must(409);
    for (what, field) in [("address", "address"), ("tax number", "tax_id")] {
        let (words, link) = (
            format!("Add the {what} of nord MAIN"),
            format!("href=\"/settings/branches/{branch}#f-{field}\""),
        );
        assert!(page.shows(&words) && refused.shows(&words), "{words}");
        assert!(
            page.text().contains(&link) && refused.text().contains(&link),
            "{link}"
        );
        let mended = owner.get(&format!("/settings/branches/{branch}")).await.must(200);
        assert!(
            mended.text().contains(&format!("id=\"f-{field}\"")),
            "the link leads there"
        );
    }
    assert!(page.shows("Before this can be posted") && !page.shows("Post invoice"));
    let copies = page.text().matches("/refresh\"").count();
    assert_eq!(copies, 1, "in the menu only: the lines are not what is wrong");
    assert_eq!(nord.db_number(draft).await, None);

    tell(&nord, "address = 'Werkstraße 1'").await;
    let refused = owner.post(&format!("{path}/post"), &[]).await.must(409);
    assert!(!refused.shows("the address") && refused.shows("the tax number"));
    tell(&nord, "tax_id = 'DE 1'").await;
    assert!(owner.get(&path).await.must(200).shows("Post invoice"));
    owner.post(&format!("{path}/post"), &[]).await.must(303);
    assert!(nord.db_number(draft).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_change_branches_is_told_who_does() {
    let (nord, _) = nameless().await;
    let ana = nord.accountant().await;
    let draft = draft(&nord, &ana).await;
    let page = ana.get(&format!("/invoices/{draft}")).await.must(200);
    assert!(page.shows("An owner can do that under Settings, Branches"));
    assert!(
        !page.text().contains("/settings/branches/"),
        "no door that stays shut"
    );
    let refused = ana.post(&format!("/invoices/{draft}/post"), &[]).await.must(409);
    assert!(refused.shows("Add the address of nord MAIN"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tax_number_is_asked_for_only_where_the_invoice_charges_such_a_tax() {
    let (nord, owner) = nameless().await;
    tell(&nord, "address = 'Werkstraße 1'").await;
    let untaxed = nord
        .db_order("ready", &[("customer", "approved", "finished", 10_000, 0)])
        .await;
    owner.make_invoice(untaxed).await;

    let (south, owner) = nameless().await;
    tell(&south, "address = '12 Main Street'").await;
    sqlx::query("update organization_settings set currency = 'USD' where org_id = $1")
        .bind(south.org.uuid())
        .execute(&mut south.db().await)
        .await
        .expect("a currency");
    owner.make_invoice(south.db_ready_order().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_says_when_its_work_was_finished() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let order = nord.db_ready_order().await;
    // Just after midnight where the branch is.
    run(&nord, "update jobs set finished_at = '2026-02-26T23:30:00Z'").await;
    let invoice = ana.make_invoice(order).await;
    run(&nord, "update jobs set finished_at = '2026-02-20T12:00:00Z'").await;
    let print = ana.get(&format!("/invoices/{invoice}/print")).await.must(200);
    let text = print.text();
    let (_, supplied) = text.split_once("Date of supply").expect("the day");
    assert!(
        supplied
            .split("<dt>")
            .next()
            .is_some_and(|day| day.contains("27 Feb 2026")),
        "{supplied:.120}"
    );
    let credit = ana.void(invoice).await;
    let print = ana.get(&format!("/invoices/{credit}/print")).await.must(200);
    assert!(!print.shows("Date of supply"), "nothing was supplied");
}

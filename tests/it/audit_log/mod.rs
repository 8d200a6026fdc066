//! Activity log: the pages, and what keeps their rows honest.
mod chain;
mod examples;
mod exports;
mod plans;
mod prints;
mod sign_ins;
mod states;

use crate::kit::{Actor, TestApp, Workshop};
use chrono::TimeDelta;
use gantry::kernel::Role;
use std::collections::HashSet;

/// Rows of nobody: `n` of them, a minute apart, the last one now.
async fn db_tell(nord: &Workshop, n: i32) {
    sqlx::query(
        "insert into audit_events (id, at, member_name, action, entity, entity_id, summary)
         select gen_random_uuid(), $2 - make_interval(mins => $1 - i), 'nobody', 'test.told', 'customer', gen_random_uuid(), 'Told number ' || i || '.'
           from generate_series(1, $1) i",
    )
    .bind(n)
    .bind(nord.app().now())
    .execute(&mut nord.db().await)
    .await
    .expect("rows");
}

async fn db_give_right(nord: &Workshop, role: Role, right: &str) {
    sqlx::query("insert into role_rights (role, right_name, granted) values ($1, $2, true)")
        .bind(role.name())
        .bind(right)
        .execute(&mut nord.db().await)
        .await
        .expect("a right");
}

/// The numbers told on a page, in its order.
fn numbers_on(html: &str) -> Vec<u32> {
    let pieces = html.split("Told number ").skip(1);
    pieces
        .filter_map(|rest| rest.split('.').next()?.parse().ok())
        .collect()
}

/// Without the marks that separate texts.
fn plain(html: &str) -> String {
    html.replace("<!>", "").replace("<!---->", "")
}

fn older(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("rel=\"next\" href=\"")?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_owner_and_whom_they_let_reads_the_trails_and_never_somebody_of_one_branch() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, mona) = (nord.owner().await, nord.manager().await);
    let all = nord.member("mira", Role::Manager, &[]).await;
    for path in ["/trail", "/trail/sign-ins", "/trail/exports"] {
        owner.get(path).await.must(200);
        mona.get(path).await.must(403);
        all.get(path).await.must(403);
    }
    assert!(owner.get("/settings").await.text().contains("href=\"/trail\""));
    db_give_right(&nord, Role::Manager, "ViewTrails").await;
    for path in ["/trail", "/trail/sign-ins", "/trail/exports"] {
        let refused = mona.get(path).await.must(403);
        assert!(refused.shows("see other branches' activity"));
        all.get(path).await.must(200);
    }
    assert!(!mona.get("/settings").await.text().contains("href=\"/trail\""));
    assert!(all.get("/settings").await.text().contains("href=\"/trail\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_tells_who_changed_what_from_what_to_what_and_where_to_look() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let ada = rita.make_customer(&[("phone", "030 1234567")]).await;
    let edit = [
        ("kind", "person"),
        ("name", "Ada Lovelace"),
        ("phone", "040 7654321"),
        ("version", "1"),
    ];
    let changed = rita
        .post(&format!("/customers/{ada}/edit"), &edit)
        .await
        .must(303);
    let order = owner.make_order(&nord).await;
    owner.make_job(order, "Brakes", "100.00").await;
    sqlx::query("update branches set time_zone = 'America/New_York' where id = $1")
        .bind(nord.main.id.uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a zone");
    let page = owner.get("/trail").await.must(200);
    assert!(page.shows("Changed customer Ada Lovelace: phone") && page.shows("receptionist"));
    let text = plain(&page.text());
    assert!(
        text.contains("<del class=\"text-muted\">030 1234567</del>")
            && text.contains("<span>040 7654321</span>")
    );
    assert!(page.shows(changed.header("x-request-id")));
    assert!(
        text.contains(&format!("href=\"/customers/{ada}\""))
            && text.contains(&format!("href=\"/work-orders/{order}\""))
    );
    // 09:00 in UTC.
    assert!(page.shows("2 Mar 2026, 04:00"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workshops_events_are_not_listed() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (ours, theirs) = (nord.owner().await, sued.owner().await);
    theirs.make_customer(&[("name", "Zoe Secret")]).await;
    db_tell(&sued, 3).await;
    for path in ["/trail", "/trail?q=zoe", "/trail?kind=customer"] {
        let page = ours.get(path).await.must(200);
        assert!(
            !page.shows("Zoe Secret") && numbers_on(&page.text()).is_empty(),
            "{path}"
        );
    }
    let stranger = format!("/trail?person={}", theirs.member());
    assert!(
        ours.get(&stranger)
            .await
            .must(200)
            .shows("Nothing matches these filters.")
    );
    assert!(theirs.get("/trail?q=ZOE").await.must(200).shows("Zoe Secret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_the_trail_to_a_person_a_kind_a_period_and_words() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[("name", "Ada Early")]).await;
    app.advance(TimeDelta::days(2));
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    rita.make_vehicle(ada, &[("plate", "B-RI 1")]).await;
    owner.make_customer(&[("name", "Ada Late")]).await;
    let rows = [
        ("Created customer Ada Early", 0),
        ("B-RI 1", 1),
        ("Created customer Ada Late", 2),
    ];
    let (rita, boss) = (rita.member(), owner.member());
    for (query, shown) in [
        (String::new(), vec![0, 1, 2]),
        (format!("person={rita}"), vec![0, 1]),
        (format!("person={boss}"), vec![2]),
        ("kind=customer".to_owned(), vec![0, 2]),
        ("kind=asset".to_owned(), vec![1]),
        ("kind=garbage".to_owned(), vec![0, 1, 2]),
        (format!("person={rita}&kind=customer"), vec![0]),
        (format!("customer={ada}"), vec![0, 1]),
        (format!("customer={ada}&kind=asset"), vec![1]),
        ("from=2026-03-03".to_owned(), vec![1, 2]),
        ("to=2026-03-03".to_owned(), vec![0]),
        ("to=2026-03-02".to_owned(), vec![0]),
        ("from=2026-03-03&to=2026-03-03".to_owned(), vec![]),
        ("from=2026-03-04&to=2026-03-04&kind=customer".to_owned(), vec![2]),
        ("from=yesterday".to_owned(), vec![0, 1, 2]),
        ("q=ada+LATE".to_owned(), vec![2]),
        ("q=%25".to_owned(), vec![]),
        ("q=%00".to_owned(), vec![0, 1, 2]),
    ] {
        let page = owner.get(&format!("/trail?{query}")).await.must(200);
        for (words, row) in &rows {
            assert_eq!(page.shows(words), shown.contains(row), "{query}: {words}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn paging_lists_every_event_once_newest_first_and_keeps_the_filters() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    app.advance(TimeDelta::days(1));
    let owner = nord.owner().await;
    db_tell(&nord, 120).await;
    let mut pages = 0;
    let mut all = Vec::new();
    let mut next = Some("/trail?kind=customer&q=told".to_owned());
    while let Some(path) = next {
        assert!(
            path.contains("kind=customer") && path.contains("q=told"),
            "{path}"
        );
        let page = owner.get(&path).await.must(200).text();
        all.extend(numbers_on(&page));
        pages += 1;
        next = older(&page);
        assert!(pages < 5);
    }
    assert_eq!(all, (1..=120).rev().collect::<Vec<u32>>());
    assert_eq!(pages, 3);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 120);
}

async fn customer_page(actor: &Actor, path: &str) -> String {
    actor.get(path).await.must(200).text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_page_tells_what_the_reader_may_know() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita, tomas) = (
        nord.owner().await,
        nord.receptionist().await,
        nord.technician("tomas").await,
    );
    let order = nord.db_ready_order().await;
    owner.make_invoice(order).await;
    let customer: uuid::Uuid = sqlx::query_scalar("select customer_id from work_orders where id = $1")
        .bind(order.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a customer");
    let path = format!("/customers/{}", gantry::kernel::CustomerId::new(customer));
    let everything = "Full activity";
    let page = customer_page(&owner, &path).await;
    assert!(page.contains("Posted invoice") && page.contains(everything));
    let page = customer_page(&rita, &path).await;
    assert!(page.contains("Posted invoice") && !page.contains(everything));
    db_give_right(&nord, Role::Technician, "ViewCustomers").await;
    nord.db_assign(order, tomas.member()).await;
    let page = customer_page(&tomas, &path).await;
    assert!(!page.contains("Posted invoice"), "no prices at the bay");
}

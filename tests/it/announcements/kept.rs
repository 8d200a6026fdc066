//! What was announced is taken back, never changed; and what the database itself refuses.
use super::{RECEIPTS, a_workshop, at, calls};
use crate::kit::{TestApp, Workshop, connect};
use gantry::kernel::AnnouncementId;
use sqlx::{AssertSqlSafe, Connection, Executor};

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_one_is_gone_for_its_readers_and_kept_for_its_writers() {
    let app = TestApp::new().await;
    let (nord, owner, rita, tomas) = a_workshop(&app).await;
    let announcement: AnnouncementId = owner.announce(&[]).await.must(303).id();
    let (read, withdraw) = (
        format!("{}/read", at(announcement)),
        format!("{}/withdraw", at(announcement)),
    );
    rita.post(&read, &[]).await.must(303);
    owner.post(&withdraw, &[]).await.must(303);
    owner.post(&withdraw, &[]).await.must(303);
    assert!(!calls(&tomas, "/dashboard", "Closed on Friday").await);
    assert!(
        !tomas
            .get("/announcements")
            .await
            .must(200)
            .shows("Closed on Friday")
    );
    tomas.get(&at(announcement)).await.must(404);
    // Their tab was open: they are told, and nothing is noted.
    let late = tomas.post(&read, &[("next", "/my-jobs")]).await.must(303);
    assert_eq!(
        late.flash().as_deref(),
        Some("This announcement has been withdrawn.")
    );
    assert_eq!(nord.db_told(RECEIPTS).await, 1);

    let page = owner.get(&at(announcement)).await.must(200);
    assert!(
        page.shows("By owner, Today, 10:00.")
            && page.shows("Read by 1 of 2.")
            && !page.shows("Withdraw this")
    );
    assert!(
        owner
            .get("/announcements?show=all")
            .await
            .must(200)
            .shows("Withdrawn")
    );
    assert!(
        !owner
            .get("/announcements")
            .await
            .must(200)
            .shows("Closed on Friday")
    );
    let count = "select count(*) from audit_events where org_id = $1 and action = 'announcement.withdrawn'";
    assert_eq!(nord.db_told(count).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_read_it_stays_known_when_they_left() {
    let app = TestApp::new().await;
    let (_, owner, rita, _) = a_workshop(&app).await;
    let announcement: AnnouncementId = owner.announce(&[]).await.must(303).id();
    rita.post(&format!("{}/read", at(announcement)), &[])
        .await
        .must(303);
    let leave = format!("/settings/members/{}/deactivate", rita.member());
    owner.post(&leave, &[("reason", "Moved")]).await.must(303);
    let page = owner.get(&at(announcement)).await.must(200);
    assert!(page.shows("Read by 1 of 2.") && page.shows("No longer here"));
}

/// The code with which the database answers a superuser.
async fn refusal(nord: &Workshop, statement: &'static str) -> String {
    let refused = nord.db().await.execute(statement).await;
    match refused {
        Err(sqlx::Error::Database(error)) => error.code().unwrap_or_default().into_owned(),
        other => format!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_published_is_ever_changed_not_even_by_the_tables_owner() {
    let app = TestApp::new().await;
    let (nord, owner, rita, _) = a_workshop(&app).await;
    let announcement: AnnouncementId = owner.announce(&[]).await.must(303).id();
    rita.post(&format!("{}/read", at(announcement)), &[])
        .await
        .must(303);
    for statement in [
        "update announcements set title = 'Open on Friday'",
        "update announcements set body = 'x', withdrawn_at = now(), withdrawn_by = member_id",
        "delete from announcements",
        "update announcement_receipts set at = now()",
        "delete from announcement_receipts",
    ] {
        assert_eq!(refusal(&nord, statement).await, "GA001", "{statement}");
    }
    owner
        .post(&format!("{}/withdraw", at(announcement)), &[])
        .await
        .must(303);
    for statement in [
        "update announcements set withdrawn_at = null, withdrawn_by = null",
        "update announcements set withdrawn_at = now()",
    ] {
        assert_eq!(refusal(&nord, statement).await, "GA001", "{statement}");
    }
}

/// How many rows a statement touches for a member who works in the main branch only, or why it may not; taken back.
async fn as_bound(nord: &Workshop, statement: &str) -> Result<u64, String> {
    let mut db = connect(&nord.app().database().app_url).await;
    let mut tx = db.begin().await.expect("a transaction");
    let setup = format!(
        "set local role gantry_tenant; set local app.org_id = '{}'; set local app.branches = '{}'",
        nord.org.uuid(),
        nord.main.id.uuid()
    );
    tx.execute(sqlx::raw_sql(AssertSqlSafe(setup)))
        .await
        .expect("a branch");
    let outcome = match tx.execute(AssertSqlSafe(statement.to_owned())).await {
        Ok(done) => Ok(done.rows_affected()),
        Err(sqlx::Error::Database(error)) => Err(error.code().unwrap_or_default().into_owned()),
        Err(error) => panic!("{statement}: {error}"),
    };
    tx.rollback().await.expect("a rollback");
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn row_security_knows_the_branches_of_an_announcement() {
    let app = TestApp::new().await;
    let (nord, owner, ..) = a_workshop(&app).await;
    let west = nord.branch("WEST").await.id;
    let (main_id, west_id) = (nord.main.id.to_string(), west.to_string());
    for branches in [&[&*main_id][..], &[&west_id], &[&main_id, &west_id]] {
        let mut fields = vec![("title", "Ladder"), ("body", "By the door"), ("reach", "chosen")];
        fields.extend(branches.iter().map(|branch| ("branches[]", *branch)));
        owner.post("/announcements/new", &fields).await.must(303);
    }
    owner.announce(&[]).await.must(303);
    let (main, west, member) = (nord.main.id.uuid(), west.uuid(), owner.member().uuid());
    let take_back = "update announcements set withdrawn_at = now()";
    let write = |branches: &str| {
        format!(
            "insert into announcements (id, title, body, until_on, branch_ids, member_id, at)
             values (gen_random_uuid(), 'x', 'x', current_date, '{branches}', '{member}', now())"
        )
    };
    let refused = Err("42501".to_owned());
    for (statement, outcome) in [
        ("select from announcements".to_owned(), Ok(3)),
        ("select from announcement_addresses".to_owned(), Ok(3)),
        (take_back.to_owned(), Ok(1)),
        (write(&format!("{{{main}}}")), Ok(1)),
        (write(&format!("{{{main},{west}}}")), refused.clone()),
        (write("{}"), refused.clone()),
        ("update announcements set title = 'x'".to_owned(), refused.clone()),
        ("delete from announcements".to_owned(), refused),
    ] {
        assert_eq!(as_bound(&nord, &statement).await, outcome, "{statement}");
    }
}

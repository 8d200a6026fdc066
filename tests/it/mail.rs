//! Letters on their way.
use crate::kit::{Smtp, TestApp, connect, site_dir};
use axum::http::{Request, header};
use chrono::TimeDelta;
use gantry::app::product;
use gantry::server::clock::{Clock, SystemClock};
use gantry::server::db::mail::queue_ours;
use gantry::server::http::{files, router::router};
use gantry::server::mail::{Letter, Target, outbox};
use gantry::server::state::Settings;
use sqlx::{Connection, Row};
use std::collections::HashSet;
use std::sync::Arc;
use tower::ServiceExt;

fn letter() -> Letter {
    Letter::of("Nord & Söhne", "Your car is ready")
        .say("Grüße from the workshop.")
        .button("Look at it", Target::Page("/account".to_owned()))
}

async fn queue(app: &TestApp, recipient: &str) {
    let (state, id) = (app.state(), app.state().clock.new_uuid());
    queue_ours(&state.db, id, recipient, &letter(), app.now())
        .await
        .expect("a place in the queue");
}

async fn sent(app: &TestApp) -> usize {
    app.run_jobs().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_leaves_only_when_its_transaction_commits() {
    let app = TestApp::new().await;
    let mut db = connect(&app.database().app_url).await;
    for (commits, expected) in [(false, 0), (true, 1)] {
        let mut tx = db.begin().await.expect("a transaction");
        sqlx::query("select auth.queue_mail($1, 'ada@nord.test', 'Hello', $2, $3)")
            .bind(app.state().clock.new_uuid())
            .bind(serde_json::to_value(letter()).expect("a letter"))
            .bind(app.now())
            .execute(&mut *tx)
            .await
            .expect("a letter");
        assert_eq!(sent(&app).await, 0, "nothing leaves before the end");
        if commits {
            tx.commit().await.expect("a commit");
        } else {
            tx.rollback().await.expect("a rollback");
        }
        assert_eq!(sent(&app).await, expected);
        assert_eq!(app.letters().await.len(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_arrives_through_a_mail_server_in_both_forms() {
    let smtp = Smtp::start().await;
    let app = TestApp::new().await.with_mail_server(&smtp.url);
    queue(&app, "ada@nord.test").await;
    assert_eq!((sent(&app).await, sent(&app).await), (1, 0));
    let [caught] = &smtp.caught()[..] else {
        panic!("one mail, not {:?}", smtp.caught());
    };
    assert_eq!(caught.from, "no-reply@gantry.local");
    assert_eq!(caught.to, ["ada@nord.test"]);
    for part in [
        "multipart/alternative",
        "text/plain",
        "text/html",
        "http://127.0.0.1:3000/account",
    ] {
        assert!(caught.data.contains(part), "{part}: {}", caught.data);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_letter_is_tried_later_and_later_and_given_up_after_a_day() {
    let smtp = Smtp::start().await;
    let app = TestApp::new().await.with_mail_server(&smtp.url);
    smtp.refuse(true);
    queue(&app, "ada@nord.test").await;
    assert_eq!(sent(&app).await, 1);
    for minutes in [1, 5, 15, 60, 180, 480, 720] {
        // The queue's clock goes on by itself meanwhile, at most for seconds.
        app.advance(TimeDelta::minutes(minutes) - TimeDelta::seconds(30));
        assert_eq!(sent(&app).await, 0, "before {minutes} minutes");
        app.advance(TimeDelta::seconds(30));
        assert_eq!(sent(&app).await, 1, "after {minutes} minutes");
    }
    smtp.refuse(false);
    app.advance(TimeDelta::days(3));
    assert_eq!(sent(&app).await, 0);
    let row = sqlx::query("select state, attempts, error from auth.mails")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("the mail");
    assert_eq!((row.get::<&str, _>(0), row.get::<i32, _>(1)), ("failed", 8));
    assert!(row.get::<&str, _>(2).contains("451"), "{}", row.get::<&str, _>(2));
    assert!(smtp.caught().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_was_refused_once_arrives_once() {
    let smtp = Smtp::start().await;
    let app = TestApp::new().await.with_mail_server(&smtp.url);
    smtp.refuse(true);
    queue(&app, "ada@nord.test").await;
    sent(&app).await;
    smtp.refuse(false);
    app.advance(TimeDelta::minutes(1));
    assert_eq!((sent(&app).await, sent(&app).await), (1, 0));
    assert_eq!(smtp.caught().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_send_a_letter_once() {
    let smtp = Smtp::start().await;
    let one = TestApp::in_real_time().await.with_mail_server(&smtp.url);
    let two = one.with_mail_server(&smtp.url);
    for n in 0..40 {
        queue(&one, &format!("person{n}@nord.test")).await;
    }
    let all = |app: TestApp| async move { while sent(&app).await > 0 {} };
    tokio::join!(all(one.clone()), all(two), all(one));
    let caught = smtp.caught();
    let to: HashSet<&String> = caught.iter().flat_map(|mail| &mail.to).collect();
    assert_eq!((caught.len(), to.len()), (40, 40));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_a_developer_reads_the_letters_and_follows_their_links() {
    let app = TestApp::new().await;
    for recipient in ["ada@nord.test", "bob@nord.test"] {
        queue(&app, recipient).await;
    }
    let letters = app.letters().await;
    assert!(letters[0].recipient == "bob@nord.test" && letters[1].recipient == "ada@nord.test");
    let visitor = app.visitor();
    let list = visitor.get("/mail").await.must(200);
    let at = |name: &str| {
        list.text()
            .find(name)
            .unwrap_or_else(|| panic!("{name} is not listed"))
    };
    assert!(at("bob@nord.test") < at("ada@nord.test"), "newest first");
    let one = visitor
        .get(&format!("/mail?letter={}", letters[1].id))
        .await
        .must(200);
    assert!(one.shows("Grüße from the workshop.") && one.text().contains("href=\"/account\""));
    visitor.get("/mail?letter=../../etc/passwd").await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_letters_where_it_is_not_development() {
    let app = TestApp::new().await;
    let mut state = app.state().clone();
    state.settings = Arc::new(Settings::new("http://127.0.0.1:3000", false));
    let request = Request::get("/mail").header(header::HOST, "127.0.0.1:3000");
    let answer = router(product(false).router, state, site_dir())
        .oneshot(request.body(axum::body::Body::empty()).expect("a request"))
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_on_disk_are_this_user_s_only_and_go_when_their_links_are_over() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::new().await;
    let folder = app.state().mailer.folder().expect("a folder").to_owned();
    // As an earlier version left it.
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("its mode");
    queue(&app, "ada@nord.test").await;
    let old = app.letter_to("ada@nord.test").await;
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for kind in ["txt", "eml"] {
        assert_eq!(mode(&folder.join(format!("{}.{kind}", old.id))), 0o600, "{kind}");
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7 * 24 * 3600 + 60);
    let kept = folder.join("notes.txt");
    std::fs::write(&kept, "not ours").expect("a file");
    for file in [
        folder.join(format!("{}.txt", old.id)),
        folder.join(format!("{}.eml", old.id)),
        kept.clone(),
    ] {
        let file = std::fs::File::options().write(true).open(file).expect("a file");
        file.set_modified(long_ago).expect("its time");
    }
    queue(&app, "bob@nord.test").await;
    app.letters().await;
    assert_eq!(
        outbox::forget_old(&folder, SystemClock.now())
            .await
            .expect("the folder"),
        2
    );
    let left: Vec<String> = app
        .letters()
        .await
        .into_iter()
        .map(|letter| letter.recipient)
        .collect();
    assert_eq!(left, ["bob@nord.test"]);
    assert!(kept.exists(), "what is no letter stays");
}

#[tokio::test]
async fn whatever_stands_among_the_browser_s_files_the_server_starts_or_says_what_is_in_its_way() {
    let site = tempfile::tempdir().expect("a directory");
    assert!(files::check(site.path(), &product(true).app).is_ok());
    std::fs::create_dir(site.path().join("pkg")).expect("a directory");
    assert!(files::check(site.path(), &product(true).app).is_ok());
    let app = TestApp::new().await;
    for name in ["api", "customers", "livez", "platform", "{odd}", "*", ":a", "a b"] {
        let entry = site.path().join(name);
        for is_directory in [true, false] {
            if is_directory {
                std::fs::create_dir(&entry).expect("a directory");
            } else {
                std::fs::write(&entry, "").expect("a file");
            }
            let refused = files::check(site.path(), &product(true).app)
                .expect_err(name)
                .to_string();
            assert!(
                refused.contains(&format!("/{name} is in the way")) && refused.lines().count() == 1,
                "{refused}"
            );
            // Made all the same it serves everything else.
            drop(router(product(true).router, app.state().clone(), site.path()));
            if is_directory {
                std::fs::remove_dir(&entry).expect("gone");
            } else {
                std::fs::remove_file(&entry).expect("gone");
            }
        }
    }
}

//! My jobs: the technician's screen.
mod examples;

use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::{JobId, WorkOrderId};

/// A workshop, its manager, and a technician with one approved job on an order.
async fn at_the_bay(app: &TestApp) -> (Workshop, Actor, Actor, WorkOrderId, JobId) {
    let nord = app.workshop("nord").await;
    let (mia, tom) = (nord.manager().await, nord.technician("tom").await);
    let order: WorkOrderId = mia.check_in(&[("waiting", "on")]).await.must(303).id();
    let job = mia.make_job(order, "Front brakes", "123.45").await;
    assign(&mia, order, job, &tom).await;
    mia.decide(order, job, "approved").await.must(303);
    (nord, mia, tom, order, job)
}

async fn assign(manager: &Actor, order: WorkOrderId, job: JobId, technician: &Actor) {
    let (job, member) = (job.to_string(), technician.member().to_string());
    manager
        .on_order(order, "assignments", &[("job", &job), ("member", &member)])
        .await
        .must(303);
}

async fn phase(workshop: &Workshop, order: WorkOrderId) -> String {
    sqlx::query_scalar("select phase from work_orders where id = $1")
        .bind(order.uuid())
        .fetch_one(&mut workshop.db().await)
        .await
        .expect("a phase")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_sees_only_their_jobs() {
    let app = TestApp::new().await;
    let (nord, mia, tom, order, job) = at_the_bay(&app).await;
    let nina = nord.technician("nina").await;
    let other: WorkOrderId = mia
        .check_in(&[("plate", "HH-N 7"), ("name", "Bo")])
        .await
        .must(303)
        .id();
    let hers = mia.make_job(other, "Timing belt", "500.00").await;
    assign(&mia, other, hers, &nina).await;

    let page = tom.get("/my-jobs").await.must(200);
    assert!(
        page.shows("Front brakes")
            && page.shows("B-AB 1234")
            && page.shows("Waiting</span>")
            && page.shows("Oil leak")
    );
    assert!(!page.shows("Timing belt") && !page.shows("HH-N 7"));
    assert!(
        !page.shows("123.45") && !page.shows("146.91"),
        "no prices at the bay"
    );
    let (statements, trips) = page.effort();
    assert!(statements <= 12 && trips <= 6, "{statements} {trips}");
    assert!(nina.get("/my-jobs").await.must(200).shows("Timing belt"));
    assert!(mia.get("/my-jobs").await.must(200).shows("No jobs assigned"));

    tom.post(&format!("/my-jobs/{other}/jobs/{hers}/start"), &[])
        .await
        .must(404);
    tom.post(&format!("/my-jobs/{order}/jobs/{hers}/start"), &[])
        .await
        .must(404);
    nina.post(&format!("/my-jobs/{order}/jobs/{job}/start"), &[])
        .await
        .must(404);
    nina.post(&format!("/my-jobs/{order}/notes"), &[("body", "Mine?")])
        .await
        .must(404);
    nord.receptionist().await.get("/my-jobs").await.must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn unapproved_work_cannot_be_started() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (mia, tom) = (nord.manager().await, nord.technician("tom").await);
    let order: WorkOrderId = mia.check_in(&[]).await.must(303).id();
    let job = mia.make_job(order, "Front brakes", "100.00").await;
    assign(&mia, order, job, &tom).await;

    let page = tom.get("/my-jobs").await.must(200);
    assert!(page.shows("Waiting for approval") && !page.text().contains(&format!("{job}/start")));
    tom.post(&format!("/my-jobs/{order}/jobs/{job}/start"), &[])
        .await
        .must(409);
    mia.decide(order, job, "approved").await.must(303);
    tom.post(&format!("/my-jobs/{order}/jobs/{job}/start"), &[])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_moves_the_order_and_a_slip_is_undone() {
    let app = TestApp::new().await;
    let (nord, mia, tom, order, job) = at_the_bay(&app).await;
    mia.move_order(order, "approved").await.must(303);
    let path = format!("/my-jobs/{order}/jobs/{job}");

    tom.post(&format!("{path}/finish"), &[]).await.must(409);
    let started = tom.post(&format!("{path}/start"), &[]).await.must(303);
    assert_eq!(started.location(), format!("/my-jobs#{order}"));
    assert_eq!(phase(&nord, order).await, "in_progress");
    assert!(tom.get("/my-jobs").await.shows("Running since"));
    tom.post(&format!("{path}/finish"), &[]).await.must(303);
    assert_eq!(phase(&nord, order).await, "quality_check");
    let page = tom.get("/my-jobs").await.must(200);
    assert!(page.shows("Finished today (1)") && page.shows("Reopen") && page.shows("No jobs assigned"));
    tom.post(&format!("{path}/start"), &[]).await.must(303);
    assert_eq!(phase(&nord, order).await, "in_progress", "taken up again");
    assert!(!tom.get("/my-jobs").await.shows("Finished today"));
    tom.post(&format!("{path}/finish"), &[]).await.must(303);
    app.advance(chrono::TimeDelta::hours(24));
    assert!(
        !tom.get("/my-jobs").await.shows("Finished today"),
        "that was yesterday"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_stays_marked_until_it_is_seen() {
    let app = TestApp::new().await;
    let (_, mia, tom, order, _) = at_the_bay(&app).await;
    assert!(tom.get("/my-jobs").await.must(200).shows("New for you"));
    tom.post(&format!("/my-jobs/{order}/seen"), &[]).await.must(303);
    assert!(!tom.get("/my-jobs").await.must(200).shows("New for you"));

    app.advance(chrono::TimeDelta::minutes(5));
    mia.on_order(order, "concerns", &[("concern", "Wipers smear")])
        .await
        .must(303);
    let page = tom.get("/my-jobs").await.must(200);
    assert!(page.shows("Changed") && page.shows("Added the concern “Wipers smear”"));
    tom.post(&format!("/my-jobs/{order}/seen"), &[]).await.must(303);
    assert!(!tom.get("/my-jobs").await.must(200).shows("Added the concern"));
    mia.post(&format!("/my-jobs/{order}/seen"), &[]).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_words_are_not_written_over() {
    let app = TestApp::new().await;
    let (_, mia, tom, order, _) = at_the_bay(&app).await;
    let text = tom.get("/my-jobs").await.text();
    let (_, rest) = text
        .split_once(&format!("/my-jobs/{order}/concerns/"))
        .expect("a form");
    let path = format!(
        "/my-jobs/{order}/concerns/{}",
        rest.split('"').next().expect("an id")
    );

    mia.post(&path, &[("cause", "Worn pads")]).await.must(303);
    let refused = tom
        .post(&path, &[("cause", "Rust"), ("correction", "Cleaned")])
        .await
        .must(422);
    assert!(refused.shows("Worn pads") && refused.shows("Rust") && refused.shows("A colleague changed this"));
    let both = [
        ("cause", "Worn pads, rust"),
        ("correction", "Cleaned"),
        ("was_cause", "Worn pads"),
    ];
    tom.post(&path, &both).await.must(303);
    assert!(tom.get("/my-jobs").await.shows("Worn pads, rust"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_once_and_never_empty() {
    let app = TestApp::new().await;
    let (nord, _, tom, order, _) = at_the_bay(&app).await;
    let path = format!("/my-jobs/{order}/notes");
    assert!(
        tom.post(&path, &[("body", " ")])
            .await
            .must(422)
            .shows("Enter a text.")
    );
    let key = app.state().clock.new_uuid().to_string();
    for _ in 0..2 {
        tom.post(&path, &[("body", "Key in box 4"), ("key", &key)])
            .await
            .must(303);
    }
    assert_eq!(nord.db_count("notes", order).await, 1);
    assert!(tom.get("/my-jobs").await.shows("Key in box 4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_nobody_has_is_taken_once() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (mia, tom, nina) = (
        nord.manager().await,
        nord.technician("tom").await,
        nord.technician("nina").await,
    );
    let order: WorkOrderId = mia
        .check_in(&[("urgent", "on"), ("key_tag", "K 9")])
        .await
        .must(303)
        .id();
    let job = mia.make_job(order, "Front brakes", "123.45").await;
    assert!(
        !tom.get("/my-jobs").await.shows("Front brakes"),
        "not approved yet"
    );
    mia.decide(order, job, "approved").await.must(303);
    mia.move_order(order, "approved").await.must(303);

    let page = tom.get("/my-jobs").await.must(200);
    assert!(page.shows("Available jobs (1)") && page.shows("Front brakes") && page.shows("K 9"));
    assert!(page.shows("Urgent") && !page.shows("Ada Lovelace") && !page.shows("123.45"));
    tom.get(&format!("/work-orders/{order}")).await.must(404);

    let take = format!("/my-jobs/{order}/jobs/{job}/take");
    let sud = app.workshop("sud").await.technician("sam").await;
    sud.post(&take, &[]).await.must(404);
    nord.receptionist().await.post(&take, &[]).await.must(403);
    let (one, other) = tokio::join!(tom.post(&take, &[]), nina.post(&take, &[]));
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 404], "one of two is quicker");
    let slower = if one.status == 404 { one } else { other };
    assert!(slower.shows("This job is taken") && slower.shows("Someone else may have taken it"));
    mia.post(&take, &[]).await.must(409);
    assert_eq!(nord.db_count("job_technicians", order).await, 1);
    let (toms, ninas) = (tom.get("/my-jobs").await, nina.get("/my-jobs").await);
    assert!(toms.shows("Front brakes") != ninas.shows("Front brakes"));
    assert!(!toms.shows("Available jobs") && !ninas.shows("Available jobs"));
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_of_another_branch_are_not_free_here() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let (mia, willi) = (
        nord.manager().await,
        nord.member("willi", gantry::kernel::Role::Technician, &[west.id])
            .await,
    );
    let order: WorkOrderId = mia
        .check_in(&[("promise", "2026-03-02T17:00")])
        .await
        .must(303)
        .id();
    let job = mia.make_job(order, "Front brakes", "1.00").await;
    mia.decide(order, job, "approved").await.must(303);
    assert!(
        nord.technician("tom")
            .await
            .get("/my-jobs")
            .await
            .shows("Available jobs (1)"),
        "promised for today"
    );
    assert!(!willi.get("/my-jobs").await.shows("Available jobs"));
    willi
        .post(&format!("/my-jobs/{order}/jobs/{job}/take"), &[])
        .await
        .must(404);
}

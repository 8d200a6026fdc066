//! Seeded workshops: alive on any day, the same for the same seed, and sound.
use crate::kit::TestApp;
use chrono::{DateTime, TimeDelta, Utc};
use gantry::seed::{self, Plan, Seeded, Size};
use gantry::server::clock::ManualClock;
use sqlx::Row;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

async fn planted(plan: Plan, now: DateTime<Utc>) -> TestApp {
    let app = TestApp::new().await;
    let clock = ManualClock::at(now);
    let seeded = seed::plant(&app.database().owner_url, plan, &*clock)
        .await
        .expect("workshops");
    assert!(matches!(seeded, Seeded::Planted(_)));
    app
}

async fn breaches(app: &TestApp) -> Vec<String> {
    let report = gantry::app::verify_invariants(&app.database().owner_url)
        .await
        .expect("a report");
    assert!(report.organizations > 0 && report.rules >= 15);
    report.breaches.iter().map(ToString::to_string).collect()
}

async fn count(app: &TestApp, what: &str) -> i64 {
    let statement = sqlx::AssertSqlSafe(format!("select count(*) from {what}"));
    sqlx::query_scalar(statement)
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_is_alive_and_sound_whatever_day_it_is() {
    // A working day, a Sunday at night, the first of January, the day of a leap year that has no next year's.
    for now in [
        "2026-11-20T10:30:00Z",
        "2027-03-28T01:10:00Z",
        "2027-01-01T00:05:00Z",
        "2028-02-29T22:59:00Z",
    ] {
        let app = planted(Plan::DEMO, at(now)).await;
        assert_eq!(breaches(&app).await, Vec::<String>::new(), "{now}");
        for open in [
            "received",
            "diagnosing",
            "awaiting_approval",
            "approved",
            "waiting_for_parts",
            "in_progress",
            "quality_check",
            "ready",
        ] {
            assert!(
                count(&app, &format!("work_orders where phase = '{open}'")).await > 0,
                "{open} {now}"
            );
        }
        let promised = |span: &str| format!("work_orders where closed_at is null and promised_at {span}");
        assert!(
            count(&app, &promised(&format!("< '{now}'"))).await > 0,
            "overdue {now}"
        );
        let soon = at(now) + TimeDelta::hours(1);
        assert!(
            count(&app, &promised(&format!("between '{now}' and '{soon}'"))).await > 0,
            "soon {now}"
        );
        let far = at(now) + TimeDelta::hours(2);
        let shut = format!(
            "work_orders w join branches b on b.id = w.branch_id, lateral (select w.promised_at at time zone b.time_zone as local) l
              where promised_at > '{far}' and (extract(hour from local) not between 8 and 17 or extract(isodow from local) = 7)"
        );
        assert_eq!(count(&app, &shut).await, 0, "promised while it is shut, {now}");
        for late in ["created_at", "phase_since", "closed_at"] {
            assert_eq!(
                count(&app, &format!("work_orders where {late} > '{now}'")).await,
                0,
                "{late} {now}"
            );
        }
        assert_eq!(count(&app, &format!("payments where at > '{now}'")).await, 0);
        assert_eq!(
            count(
                &app,
                &format!("invoices where created_at > '{now}' or posted_at > '{now}'")
            )
            .await,
            0
        );
        assert_eq!(count(&app, &format!("audit_events where at > '{now}'")).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_with_workshops_is_left_alone() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let again = seed::plant(
        &app.database().owner_url,
        Plan::DEMO,
        &*ManualClock::at(app.now()),
    )
    .await
    .expect("an answer");
    assert!(matches!(again, Seeded::NotEmpty(_)));
    assert!(again.to_string().contains("nothing was seeded"));
    assert_eq!(count(&app, "auth.organizations").await, 1);
    assert_eq!(count(&app, "customers").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_makes_the_same_workshop() {
    let now = at("2026-06-09T08:00:00Z");
    let sums = "select md5(string_agg(w::text || a.plate || a.vin || c.phone, '|' order by w.org_id, w.id))
                  from work_orders w join assets a on a.id = w.asset_id join customers c on c.id = w.customer_id";
    let mut answers = Vec::new();
    for seed in [5, 5, 6] {
        let app = planted(Plan { seed, ..Plan::DEMO }, now).await;
        let row = sqlx::query(sums)
            .fetch_one(&mut app.db_admin().await)
            .await
            .expect("a sum");
        answers.push(row.get::<String, _>(0));
    }
    assert_eq!(answers[0], answers[1]);
    assert_ne!(answers[0], answers[2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_the_demonstration_signs_in() {
    let app = TestApp::new().await;
    let clock = ManualClock::at(app.now());
    let seeded = seed::plant(&app.database().owner_url, Plan::DEMO, &*clock)
        .await
        .expect("workshops");
    let Seeded::Planted(workshops) = &seeded else {
        panic!("nothing planted")
    };
    assert_eq!(workshops.len(), 2);
    for (_, logins) in workshops {
        for role in ["owner", "manager", "receptionist", "technician", "accountant"] {
            let (_, email) = logins
                .iter()
                .find(|(known, _)| *known == role)
                .expect("a member of the role");
            let answer = app
                .visitor()
                .post("/sign-in", &[("email", email), ("password", seed::PASSWORD)])
                .await;
            answer.must(303);
            assert!(seeded.to_string().contains(email));
        }
    }
    let again = seed::plant(&app.database().owner_url, Plan::DEMO, &*clock)
        .await
        .expect("an answer");
    assert_eq!(again.to_string(), seeded.to_string(), "told at every start");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drawn_year_is_sound() {
    let plan = Plan {
        seed: 3,
        orgs: 1,
        size: Size::Year,
    };
    let app = planted(plan, at("2026-11-20T10:30:00Z")).await;
    assert_eq!(count(&app, "customers").await, 1_000);
    assert_eq!(count(&app, "assets").await, 1_500);
    assert_eq!(count(&app, "work_orders").await, 5_000);
    assert!(count(&app, "work_orders where closed_at is null").await > 10);
    assert_eq!(count(&app, "search.entries").await, 7_500);
    assert_eq!(breaches(&app).await, Vec::<String>::new());
}

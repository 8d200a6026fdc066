//! How a workshop stands with us: what the dates make of it, what everybody sees, leaving and coming back.
mod ends;
mod examples;

use crate::kit::{Actor, PASSWORD, TestApp, Workshop};
use chrono::{DateTime, TimeDelta, Utc};
use gantry::kernel::OrgState;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

const ADA: &[(&str, &str)] = &[("kind", "person"), ("name", "Ada")];

/// Seconds of the dates; none are none.
#[derive(Clone, Debug)]
struct Dates {
    trial: bool,
    expires: Option<i64>,
    cancelled: Option<i64>,
    suspended: Option<i64>,
    at: i64,
}

const DAY: i64 = 86_400;

fn dates() -> impl Strategy<Value = Dates> {
    // Whole days and their edges are what rules trip over.
    let moment = || (0_i64..200, -1_i64..=1).prop_map(|(day, edge)| day * DAY + edge);
    let maybe = || proptest::option::of(moment());
    (
        any::<bool>(),
        maybe(),
        maybe(),
        proptest::option::weighted(0.2, moment()),
        moment(),
    )
        .prop_map(|(trial, expires, cancelled, suspended, at)| Dates {
            expires: expires.or(trial.then_some(30 * DAY)),
            trial,
            cancelled,
            suspended,
            at,
        })
}

fn moment(second: Option<i64>) -> Option<DateTime<Utc>> {
    second.and_then(|second| DateTime::from_timestamp(second, 0))
}

/// What the database makes of many.
async fn standings(app: &TestApp, cases: &[Dates]) -> Vec<(OrgState, Option<i64>)> {
    let column =
        |of: fn(&Dates) -> Option<i64>| cases.iter().map(|case| moment(of(case))).collect::<Vec<_>>();
    let plans: Vec<&str> = cases
        .iter()
        .map(|case| if case.trial { "trial" } else { "active" })
        .collect();
    let rows: Vec<(String, Option<DateTime<Utc>>)> = sqlx::query_as(
        "select s.state, s.until from unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
           with ordinality c (plan, expires, cancelled, suspended, at, n), auth.standing(c.plan, c.expires, c.cancelled, c.suspended, c.at) s order by c.n",
    )
    .bind(plans)
    .bind(column(|case| case.expires))
    .bind(column(|case| case.cancelled))
    .bind(column(|case| case.suspended))
    .bind(column(|case| Some(case.at)))
    .fetch_all(&mut app.db_admin().await)
    .await
    .expect("standings");
    let read = |(state, until): (String, Option<DateTime<Utc>>)| {
        (
            OrgState::parse(&state).expect("a state"),
            until.map(|until| until.timestamp()),
        )
    };
    rows.into_iter().map(read).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_dates_a_workshop_only_gets_worse_and_changes_exactly_when_it_says() {
    let app = TestApp::new().await;
    let mut runner = TestRunner::deterministic();
    let drawn = proptest::collection::vec(dates(), 3000..3001).new_tree(&mut runner);
    let cases = drawn.expect("cases").current();
    let found = standings(&app, &cases).await;
    let later: Vec<Dates> = cases
        .iter()
        .map(|case| Dates {
            at: case.at + DAY,
            ..case.clone()
        })
        .collect();
    let later = standings(&app, &later).await;
    let at_end = |before: i64| {
        let ends = cases.iter().zip(&found).map(move |(case, (_, until))| Dates {
            at: until.map_or(case.at, |until| until - before),
            ..case.clone()
        });
        ends.collect::<Vec<_>>()
    };
    let (just_before, at_last) = (
        standings(&app, &at_end(1)).await,
        standings(&app, &at_end(0)).await,
    );
    for (n, case) in cases.iter().enumerate() {
        let (state, until) = found[n];
        assert_eq!(
            state == OrgState::Suspended,
            case.suspended.is_some_and(|at| at <= case.at),
            "{case:?}"
        );
        let unpaid = case.expires.map_or(-1, |end| case.at - end);
        let left = case.cancelled.map_or(-1, |at| case.at - at);
        let plain = match () {
            () if unpaid >= 67 * DAY || left >= 30 * DAY => OrgState::Locked,
            () if unpaid >= 7 * DAY || left >= 0 => OrgState::ReadOnly,
            () if unpaid >= 0 => OrgState::PastDue,
            () if case.trial => OrgState::Trial,
            () => OrgState::Active,
        };
        assert!(
            state == plain || state == OrgState::Suspended,
            "{case:?}: {state:?}, not {plain:?}"
        );
        let worse = |one: OrgState, other: OrgState| {
            other >= one || (one == OrgState::Trial && other == OrgState::Trial)
        };
        assert!(
            worse(state, later[n].0),
            "{case:?}: {state:?} then {:?}",
            later[n].0
        );
        assert!(until.is_none_or(|until| until > case.at), "{case:?}: {until:?}");
        if until.is_some() {
            assert_eq!(just_before[n].0, state, "{case:?}: changed before it said");
            assert!(at_last[n].0 > state, "{case:?}: did not change when it said");
        }
    }
    for state in OrgState::ALL {
        assert!(
            found.iter().any(|(found, _)| *found == state),
            "{state:?} was never drawn"
        );
    }
}

/// Signs up through the form; the owner is in.
async fn founded(app: &TestApp) -> Actor {
    let owner = app.visitor();
    let form = [
        ("workshop", "Nowak"),
        ("assets", "vehicle"),
        ("country", "DE"),
        ("city", "Berlin"),
        ("name", "Ana Nowak"),
        ("email", "ana@example.com"),
        ("password", PASSWORD),
    ];
    owner.post("/sign-up", &form).await.must(303);
    owner
}

/// Anew, because sessions end sooner than trials.
async fn again(app: &TestApp) -> Actor {
    let owner = app.visitor();
    let fields = [("email", "ana@example.com"), ("password", PASSWORD)];
    owner.post("/sign-in", &fields).await.must(303);
    owner
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_lasts_thirty_days_then_warns_a_week_then_reads_for_sixty_days_then_locks() {
    let app = TestApp::new().await;
    let owner = founded(&app).await;
    let page = owner.get("/customers").await.must(200);
    assert!(!page.shows("Your trial ends"), "it is no news yet");
    app.advance(TimeDelta::days(24));
    let owner = again(&app).await;
    assert!(
        owner
            .get("/customers")
            .await
            .must(200)
            .shows("Your trial ends on 1 Apr 2026.")
    );
    app.advance(TimeDelta::days(6));
    let owner = again(&app).await;
    let page = owner.get("/customers").await.must(200);
    assert!(page.shows("Your trial has ended. The workshop becomes read-only on 8 Apr 2026."));
    owner.post("/customers/new", ADA).await.must(303);
    app.advance(TimeDelta::days(7));
    let owner = again(&app).await;
    let page = owner.get("/customers").await.must(200);
    assert!(page.shows("read-only: nothing can be saved. It locks on 7 Jun 2026."));
    assert!(page.shows("Ada"));
    let refused = owner.post("/customers/new", ADA).await.must(409);
    assert!(refused.shows("This workshop is read-only, so nothing was saved."));
    app.advance(TimeDelta::days(60));
    let owner = again(&app).await;
    assert_eq!(owner.get("/customers").await.must(303).location(), "/standing");
    let page = owner.get("/standing").await.must(200);
    assert!(page.shows("The workshop is locked") && page.text().contains("href=\"/settings/data\""));
    assert!(
        !page.text().contains("href=\"/customers\""),
        "the menu leads nowhere"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_until_a_day_goes_the_same_way_and_paying_opens_it_again() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let says = async |days: i64| {
        nord.db_paid_until(app.now() - TimeDelta::days(days)).await;
        owner.get("/standing").await.must(200)
    };
    assert!(says(-1).await.shows("Active"));
    assert!(says(0).await.shows("A payment is overdue"));
    assert!(says(6).await.shows("A payment is overdue"));
    assert!(says(7).await.shows("The workshop is read-only"));
    assert!(says(66).await.shows("The workshop is read-only"));
    assert!(says(67).await.shows("The workshop is locked"));
    nord.db_paid_until(app.now() + TimeDelta::days(30)).await;
    owner.post("/customers/new", ADA).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_read_only_workshop_ones_own_account_and_view_still_change() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let owner = nord.owner().await;
    nord.db_paid_until(app.now() - TimeDelta::days(8)).await;
    let branch = west.id.to_string();
    owner
        .post("/session/branch", &[("branch", &branch)])
        .await
        .must(303);
    owner.post("/session/theme", &[("theme", "dark")]).await.must(303);
    let fields = [("current", PASSWORD), ("new", "orange tractor lamp")];
    owner.post("/account/password", &fields).await.must(303);
    owner.post("/settings/data/download", &[]).await.must(200);
    let rita = nord.receptionist().await;
    // Whoever lacks a right is told so first.
    rita.post("/settings/branches/new", &[]).await.must(403);
    rita.post("/sign-out", &[]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_workshop_tells_its_people_on_one_page_and_lets_its_owner_take_everything_along() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    nord.db_paid_until(app.now() - TimeDelta::days(100)).await;
    assert_eq!(rita.get("/dashboard").await.must(303).location(), "/standing");
    let page = rita.get("/standing").await.must(200);
    assert!(page.shows("The workshop is locked") && page.shows("Ask an owner of the workshop."));
    assert!(!page.text().contains("/settings/data"));
    rita.post("/settings/data/download", &[]).await.must(403);
    owner.get("/settings/data").await.must(200);
    owner.get("/settings/leave").await.must(200);
    let taken = owner.post("/settings/data/download", &[]).await.must(200);
    assert_eq!(taken.header("content-type"), "application/zip");
    // Signing in goes on, also for those who only learn that it is closed.
    nord.manager().await.get("/standing").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_workshop_ends_its_streams_and_says_whom_to_ask() {
    let app = TestApp::in_real_time().await;
    app.state().events.start(app.state().db.clone());
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    rita.stream_ends_with(async || {
        nord.db_suspend().await;
    })
    .await;
    assert_eq!(rita.get("/board").await.must(303).location(), "/standing");
    let page = rita.get("/standing").await.must(200);
    assert!(page.shows("The workshop was suspended") && page.shows("Contact your Gantry administrator."));
    assert!(!page.shows("Chargeback"), "the reason is ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_works_elsewhere_too_gets_out_of_a_suspended_workshop() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let rita = nord.receptionist().await;
    sued.invite("receptionist@nord.test", "manager").await.must(303);
    let (_, link) = sued.db_invite("receptionist@nord.test").await;
    app.visitor()
        .post(&link, &[("password", PASSWORD)])
        .await
        .must(303);
    nord.db_suspend().await;
    assert!(rita.get("/standing").await.must(200).shows("Go to Workshop sued"));
    let org = sued.org.to_string();
    rita.post("/session/workshop", &[("workshop", &org)])
        .await
        .must(303);
    rita.get("/customers").await.must(200);
}

async fn left(nord: &Workshop) -> Actor {
    let owner = nord.owner().await;
    let page = owner.get("/settings/leave").await.must(200);
    assert!(page.shows("Until 1 Apr 2026 you can come back with one click"));
    owner.post("/settings/leave", &[("sure", "yes")]).await.must(303);
    owner
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_leaves_with_two_clicks_and_comes_back_with_one() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let partner = nord.member("partner", gantry::kernel::Role::Owner, &[]).await;
    let owner = left(&nord).await;
    for who in ["owner", "partner"] {
        let letter = app.letter_to(&nord.email(who)).await;
        assert!(letter.subject == "Workshop nord left Gantry" && letter.text.contains("Until 1 Apr 2026"));
    }
    assert!(
        partner
            .get("/customers")
            .await
            .must(200)
            .shows("This workshop left Gantry and is read-only.")
    );
    partner.post("/customers/new", ADA).await.must(409);
    owner.post("/settings/leave", &[("sure", "yes")]).await.must(409);
    partner.post("/settings/come-back", &[]).await.must(303);
    partner.post("/customers/new", ADA).await.must(303);
    assert_eq!(
        app.letter_to(&nord.email("owner")).await.subject,
        "Workshop nord is back"
    );
    let trail = owner.get("/trail?kind=organization").await.must(200);
    assert!(
        trail.shows("Left Gantry. The workshop is read-only, and locked on 1 Apr 2026")
            && trail.shows("Came back to Gantry")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_thirty_days_there_is_no_way_back_and_nobody_but_an_owner_leaves() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.manager()
        .await
        .post("/settings/leave", &[("sure", "yes")])
        .await
        .must(403);
    // A link that somebody followed is no word.
    let owner = nord.owner().await;
    owner.post("/settings/leave", &[]).await.must(303);
    owner.post("/customers/new", ADA).await.must(303);
    left(&nord).await;
    app.advance(TimeDelta::days(30));
    let owner = nord.owner().await;
    assert!(
        owner
            .get("/standing")
            .await
            .must(200)
            .shows("The workshop is locked")
    );
    owner.post("/settings/come-back", &[]).await.must(409);
}

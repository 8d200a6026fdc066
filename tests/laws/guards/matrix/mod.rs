//! Who gets what, as a file that a person can read: every route of the product is really asked as everybody, and what happens has to be
//! what `matrix.txt` says. A route without a line fails, a cell that changed fails, and so does a cell that the table of rights contradicts.
//! `GANTRY_REWRITE=1 cargo test --features ssr --test laws -- matrix` writes the files anew: their diff is what a reviewer reads.
mod columns;
mod sheet;
mod table;

use super::strangers::difference;
use super::town::Town;
use super::{ask, nobodys, parameters, routes};
use crate::Violations;
use crate::features::routes_of;
use crate::kit::rows::fingerprints;
use crate::kit::{Answer, TestApp, apart};
use columns::{Column, Whose};
use gantry::kernel::AppError;
use gantry::kernel::permission::{OrgPolicy, Right};
use gantry::server::app::RouteInfo;
use gantry::server::auth::prove::FIELD;
use sheet::{Line, Sheet};
use sqlx::Executor;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

const PLACE: &str = "tests/laws/matrix.txt";

/// As a new workshop has them.
const SWITCHES: OrgPolicy = OrgPolicy {
    technicians_create: false,
    receptionists_take_payments: true,
};

/// With the trail full no write is kept: everybody is asked about the same workshop.
const FULL: &str = "create function public.full() returns trigger language plpgsql as
                      $$ begin raise exception 'the trail is full' using errcode = '53100'; end $$;
                    create trigger full_trail before insert on audit_events for each row when (new.action <> 'support.looked')
                      execute function public.full()";

/// What happened, in a word.
fn word(route: &RouteInfo, answer: &Answer) -> String {
    let asked_in = answer.location().starts_with("/sign-in") && route.right != "public";
    match answer.status.as_u16() {
        401 => "in",
        303 if asked_in => "in",
        303 if answer.location() == "/account/second-factor" && route.right != "KeepAccount" => "setup",
        303 if answer.location() == "/standing" && route.right != "public" => "shut",
        403 if answer.text().contains(&format!("name=\"{FIELD}\"")) => "ask",
        403 if answer.text().contains("/standing\"") || answer.text().contains("\"Closed\"") => "shut",
        409 if answer
            .text()
            .contains("This workshop is read-only, so nothing was saved")
            || answer.text().contains("\"ReadOnly\"") =>
        {
            "kept"
        }
        303 if route.method == "GET" => "on",
        // A form that is shown again, or refused for what stands there now, was heard; 503: only the trail was in its way.
        200 | 303 | 409 | 422 => "yes",
        503 if route.writes => "yes",
        other => return other.to_string(),
    }
    .to_owned()
}

/// Last, because they change the session that asks.
fn order(route: &RouteInfo) -> (bool, bool, bool) {
    let ends = route.path == "/sign-out";
    (ends, route.path.starts_with("/session/"), route.writes)
}

async fn fill_column(
    column: &Column,
    app: &TestApp,
    asked: &[RouteInfo],
    lines: &mut [Line],
    violations: &mut Violations,
) {
    app.advance(column.after);
    let (none, actor) = (nobodys(), column.actor.copied_to(app));
    for route in asked {
        let rows = vec![&column.rows; parameters(route).len()];
        let answer = ask(&actor, route, &rows).await;
        if answer.flash().is_some() {
            // Its word would stand on the next page.
            actor.get("/account").await;
        }
        let word = word(route, &answer);
        let what = format!("{} {} for {}", route.method, route.path, column.name);
        violations.extend(contradiction(column, route, &word).map(|differs| {
            format!(
                "{what}: {differs}; the handler's `Scope<{}>` and src/kernel/permission.rs have to agree",
                route.right
            )
        }));
        let hidden = match column.whose {
            Whose::Own => false,
            Whose::OtherBranch => word == "404",
            Whose::OtherOrganization => true,
        };
        if hidden && !rows.is_empty() {
            let nobodys = vec![&none; rows.len()];
            let nowhere = ask(&actor, route, &nobodys).await;
            let differs = difference(route, (&answer, &rows), (&nowhere, &nobodys));
            violations.extend(differs.map(|piece| format!("{what}: {piece}")));
            let in_path = column.whose == Whose::OtherOrganization && !route.params.is_empty();
            violations.unless(!in_path || word == "404", || {
                format!("{what}: {word} instead of 404")
            });
        }
        let line = lines.iter_mut().find(|line| line.is_of(route)).expect("a line");
        line.words.push(word);
    }
}

/// What the table of rights says against a cell.
fn contradiction(column: &Column, route: &RouteInfo, word: &str) -> Option<String> {
    let (role, departures) = column.holds.as_ref()?;
    let right = Right::find(route.right)?;
    let held = right.held_by(*role, SWITCHES, departures);
    match (column.state.admit(route.right, route.writes, *role), word) {
        (Ok(()), "shut" | "kept") => return Some(format!("{word} although the workshop admits it")),
        (Err(AppError::Closed(_)), word) if word != "shut" => {
            return Some(format!("{word} although the workshop is closed"));
        }
        (Err(AppError::Conflict(_)), word) if word != "kept" => {
            return Some(format!("{word} although the workshop is read-only"));
        }
        (Err(_), _) => return None,
        (Ok(()), _) => {}
    }
    let narrower = super::rights::NARROWER.contains(&(*role, route.path.as_str()));
    match (held, word) {
        (true, "403") if !narrower => Some(format!("refused although {} is held", right.name)),
        (true, "in") => Some("asked to sign in".to_owned()),
        (false, word) if word != "403" => Some(format!("{word} although {} is not held", right.name)),
        _ => None,
    }
}

/// Everybody who asks, and the server that is copied for each feature: with a trail that is full.
struct Crowd {
    app: TestApp,
    columns: Vec<Column>,
}

impl Crowd {
    fn made() -> &'static Self {
        static MADE: OnceLock<Crowd> = OnceLock::new();
        MADE.get_or_init(|| apart(Self::build))
    }

    async fn build() -> Self {
        let town = Town::copy().await;
        let columns = columns::all(&town).await;
        let mut admin = town.app.db_admin().await;
        admin.execute(sqlx::raw_sql(FULL)).await.expect("a full trail");
        Self {
            app: town.app,
            columns,
        }
    }
}

async fn measured(feature: &'static str) -> Sheet {
    let crowd = Crowd::made();
    let app = crowd.app.copy().await;
    let mut admin = app.db_admin().await;
    let mut before = fingerprints(&mut admin).await;
    let mut asked = routes_of(feature);
    asked.sort_by_key(order);
    let mut lines: Vec<Line> = asked.iter().map(Line::of).collect();
    let mut violations = Violations::of(feature);
    for column in &crowd.columns {
        // Nobody pays for the guesses of those who asked before.
        let forgive = "truncate auth.sign_in_attempts, auth.sign_up_attempts, auth.join_attempts";
        admin.execute(forgive).await.expect("no guesses");
        fill_column(column, &app, &asked, &mut lines, &mut violations).await;
    }
    let mut after = fingerprints(&mut admin).await;
    for prints in [&mut before, &mut after] {
        // What our support looked at is told in the trail.
        prints.retain(|table, _| table.starts_with("public.") && !table.starts_with("public.audit_"));
    }
    violations.unless(before == after, || {
        "asking changed the workshop although its trail was full; a service calls `audit::record` before it commits"
            .to_owned()
    });
    violations.none();
    let names = crowd.columns.iter().map(|column| column.name.to_owned());
    Sheet::new(names.collect(), lines)
}

/// What a file of ours holds; nothing where it is missing.
fn kept(place: &str) -> String {
    std::fs::read_to_string(path(place)).unwrap_or_default()
}

fn path(place: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(place)
}

/// Writes the file anew where that is wished for.
fn rewritten(place: &str, text: &str) -> bool {
    let wished = std::env::var_os("GANTRY_REWRITE").is_some();
    if wished {
        std::fs::write(path(place), text).expect("a file");
    }
    wished
}

#[track_caller]
fn must_agree(place: &str, differs: &[String]) {
    assert!(
        differs.is_empty(),
        "{place} and the product disagree; `GANTRY_REWRITE=1 cargo test --features ssr --test laws -- matrix` writes it anew, for a reviewer to read:\n  {}",
        differs.join("\n  ")
    );
}

/// The lines of one feature.
pub(crate) async fn everybody_gets_what_the_matrix_says(feature: &'static str) {
    static FILE: Mutex<()> = Mutex::new(());
    if routes_of(feature).is_empty() {
        return;
    }
    let is = measured(feature).await;
    let _one_at_a_time = FILE.lock();
    let file = Sheet::parse(&kept(PLACE));
    let known: Vec<Line> = routes().iter().map(Line::of).collect();
    if !rewritten(PLACE, &file.with(&is, &known).to_string()) {
        must_agree(PLACE, &file.only(&is).against(&is));
    }
}

#[test]
fn the_matrix_has_no_line_without_a_route() {
    let known: Vec<Line> = routes().iter().map(Line::of).collect();
    let file = Sheet::parse(&kept(PLACE));
    must_agree(PLACE, &file.beside(&known));
}

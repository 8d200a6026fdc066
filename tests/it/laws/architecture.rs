//! The shape of the sources: what may stand where. Read as text, so that a law sees what the compiler lets pass.
use std::fs;
use std::path::{Path, PathBuf};

/// One line of code, without its comment.
struct Line {
    /// From the project's root: `src/kernel/ids.rs`.
    file: String,
    number: usize,
    code: String,
}

fn files(directory: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(directory)];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).expect("a directory").flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "no {extension} files in {directory}");
    found.sort();
    found
}

fn name(path: &Path) -> String {
    let inside = path
        .strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .expect("a file of ours");
    inside.to_string_lossy().into_owned()
}

fn code() -> Vec<Line> {
    let mut lines = Vec::new();
    for path in files("src", "rs") {
        let text = fs::read_to_string(&path).expect("a source file");
        for (index, line) in text.lines().enumerate() {
            let trimmed = line.trim_start();
            let code = if trimmed.starts_with("//") {
                ""
            } else {
                line.split(" // ").next().unwrap_or(line)
            };
            lines.push(Line {
                file: name(&path),
                number: index + 1,
                code: code.to_owned(),
            });
        }
    }
    lines
}

/// Every line with `words` stands in a place that `allowed` knows.
#[track_caller]
fn only(words: &[&str], allowed: impl Fn(&Line) -> bool, law: &str) {
    let sinners: Vec<String> = code()
        .into_iter()
        .filter(|line| words.iter().any(|word| line.code.contains(word)) && !allowed(line))
        .map(|line| format!("{}:{}: {}", line.file, line.number, line.code.trim()))
        .collect();
    assert!(sinners.is_empty(), "{law}:\n  {}", sinners.join("\n  "));
}

/// `src/features/x/service.rs`, `src/features/x/service/moves.rs` and their like.
fn is_part(file: &str, parts: &[&str]) -> bool {
    file.strip_prefix("src/features/")
        .and_then(|rest| rest.split('/').nth(1))
        .is_some_and(|part| parts.contains(&part.trim_end_matches(".rs")))
}

fn is_under(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| file.starts_with(place))
}

#[test]
fn statements_stand_only_in_selectors_services_jobs_and_the_database_layer() {
    let places = [
        "src/server/audit_chain",
        "src/server/db/",
        "src/server/auth/",
        "src/server/seed",
        "src/server/embedded/",
        "src/server/invariants",
        "src/server/doctor",
        "src/server/bench",
    ];
    only(
        &["sqlx::", ".conn()"],
        |line| {
            is_part(&line.file, &["selectors", "service", "jobs"])
                || is_under(&line.file, &places)
                // What a value is in the database, not a statement.
                || line.code.contains("cfg_attr(feature = \"ssr\", derive(sqlx::Type)")
                || is_part(&line.file, &["model"]) && line.code.contains("derive(")
                // Reading a connection string.
                || line.file == "src/server/config.rs" && line.code.contains("PgConnectOptions")
        },
        "a statement outside selectors, services, jobs and server/db",
    );
}

#[test]
fn text_becomes_a_statement_only_where_it_is_ours() {
    only(
        &["AssertSqlSafe"],
        |line| {
            is_under(
                &line.file,
                &[
                    "src/server/db/",
                    "src/server/embedded/",
                    "src/server/invariants",
                    "src/server/seed",
                ],
            )
        },
        "a statement made from text",
    );
}

#[test]
fn features_are_switched_only_where_modules_are_declared() {
    let lines = code();
    for (index, line) in lines.iter().enumerate() {
        if !line.code.contains("cfg(") || !line.code.contains("feature =") || line.file == "src/lib.rs" {
            continue;
        }
        let next = lines[index + 1..]
            .iter()
            .find(|l| !l.code.trim().is_empty() && !l.code.trim().starts_with("#["));
        let switched = next.map_or("", |l| l.code.trim());
        let declares = [
            "mod ",
            "pub mod ",
            "pub(crate) mod ",
            "use ",
            "pub use ",
            "pub(crate) use ",
        ];
        let file = line.file.rsplit('/').next().unwrap_or_default();
        let fits = match file {
            "mod.rs" => declares
                .iter()
                .any(|word| after_visibility(switched).starts_with(word)),
            "api.rs" => switched.starts_with("use "),
            // What only a browser can do, with a twin for the server.
            _ if line.file.contains("/islands/") => {
                switched.starts_with("fn ") && line.code.contains("hydrate")
            }
            _ => false,
        };
        assert!(
            fits,
            "{}:{}: {} before {switched}",
            line.file,
            line.number,
            line.code.trim()
        );
    }
    only(
        &["cfg_attr(feature"],
        |line| is_under(&line.file, &["src/kernel/"]) || is_part(&line.file, &["model"]),
        "a derive that differs between server and browser, outside kernel and models",
    );
}

#[test]
fn time_chance_and_settings_have_one_source_each() {
    only(
        &["Utc::now", "Local::now", "now_v7", "new_v4"],
        |line| line.file == "src/server/clock.rs",
        "a clock or id source of its own",
    );
    only(&["SystemTime::now"], |_| false, "a clock of its own");
    only(
        &["std::env", "env::var"],
        |line| ["src/server/config.rs", "src/server/cli.rs"].contains(&line.file.as_str()),
        "a setting read on the side",
    );
}

#[test]
fn the_kernel_knows_neither_framework_nor_database() {
    only(
        &[
            "leptos",
            "axum",
            "tokio",
            "sqlx",
            "crate::server",
            "crate::features",
            "crate::ui",
        ],
        |line| {
            !is_under(&line.file, &["src/kernel/"])
                || line.file == "src/kernel/error.rs" && line.code.contains("leptos::server_fn")
                || line
                    .code
                    .contains("cfg_attr(feature = \"ssr\", derive(sqlx::Type)")
        },
        "something in the kernel that is not language",
    );
}

#[test]
fn the_design_system_knows_no_feature_and_no_server() {
    only(
        &["crate::server", "crate::features"],
        |line| !is_under(&line.file, &["src/ui/"]),
        "something in the design system that is not looks",
    );
}

#[test]
fn features_use_each_others_models_services_and_selectors_only() {
    let inner = ["pages", "parts", "routes", "form", "forms"];
    for line in code() {
        let Some((_, path)) = line.code.split_once("crate::features::") else {
            continue;
        };
        let mut segments = path
            .split([':', ';', ',', '{', '}', ' '])
            .filter(|segment| !segment.is_empty());
        let (feature, part) = (
            segments.next().unwrap_or_default(),
            segments.next().unwrap_or_default(),
        );
        let own = line.file.starts_with(&format!("src/features/{feature}/"));
        assert!(
            own || !inner.contains(&part),
            "{}:{}: {}",
            line.file,
            line.number,
            line.code.trim()
        );
    }
}

#[test]
fn no_page_styles_or_scripts_inline() {
    only(
        &[
            "style=",
            "style:",
            "onclick=",
            "onsubmit=",
            "onchange=",
            "javascript:",
        ],
        |line| line.code.contains("!html.contains("),
        "something inline that the content security policy forbids",
    );
}

#[test]
fn writes_are_never_encoded_in_an_address() {
    only(
        &["GetUrl", "GetCbor", "GetJson", "input = Get"],
        |_| false,
        "a server function by GET",
    );
}

#[test]
fn nothing_is_left_for_later_or_swept_aside() {
    only(
        &[
            "todo!",
            "unimplemented!",
            "dbg!",
            "#[allow",
            "#![allow",
            "eprintln!(\"DEBUG",
        ],
        |_| false,
        "something unfinished",
    );
    for directory in ["src", "tests", "migrations"] {
        let kind = if directory == "migrations" { "sql" } else { "rs" };
        for path in files(directory, kind) {
            let text = fs::read_to_string(&path).expect("a source file");
            // Put together, so that this file does not name them.
            for word in [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"]].map(|halves| halves.concat()) {
                assert!(!text.contains(&word), "{}: {word}", name(&path));
            }
        }
    }
}

#[test]
fn files_are_short_enough_to_read() {
    for directory in ["src", "tests"] {
        for path in files(directory, "rs") {
            let lines = fs::read_to_string(&path).expect("a source file").lines().count();
            assert!(lines <= 400, "{}: {lines} lines", name(&path));
        }
    }
}

#[test]
fn every_migration_says_what_it_is_for() {
    for path in files("migrations", "sql") {
        let text = fs::read_to_string(&path).expect("a migration");
        assert!(
            text.starts_with("-- ") && text.lines().next().is_some_and(|line| line.len() > 20),
            "{}",
            name(&path)
        );
    }
}

#[test]
fn server_functions_are_thin() {
    for path in files("src", "rs").iter().filter(|path| path.ends_with("api.rs")) {
        let text = fs::read_to_string(path).expect("a source file");
        for function in text.split("#[server").skip(1) {
            let body = function.split("\n}").next().unwrap_or_default();
            let statements = body.lines().filter(|line| line.ends_with(';')).count();
            assert!(
                statements <= 8,
                "{}: {statements} statements: {}",
                name(path),
                body.lines().nth(1).unwrap_or_default()
            );
        }
    }
}

/// `use x` of `pub(super) use x`.
fn after_visibility(code: &str) -> &str {
    let Some(rest) = code.strip_prefix("pub") else {
        return code;
    };
    rest.strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map_or(rest, |(_, rest)| rest)
        .trim_start()
}

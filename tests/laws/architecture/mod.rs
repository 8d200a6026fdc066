//! The shape of the sources: what may stand where. Read as text, so that a law sees what the compiler lets pass.
mod directions;
mod forms;
mod migrations;
mod owners;
mod services;
pub(crate) mod sources;

use sources::{Line, code, files, is_part, is_under, lines_of, name, only};
use std::fs;

#[test]
fn statements_stand_only_in_selectors_services_jobs_and_the_database_layer() {
    let places = [
        "src/server/audit_chain",
        "src/server/db/",
        "src/server/auth/",
        "src/seed",
        "src/server/embedded/",
        "src/server/invariants",
        "src/server/doctor",
        "src/bench",
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
        &[
            (
                "src/features/customers/pages/list.rs",
                "sqlx::query!(\"select 1\")",
            ),
            (
                "src/features/customers/model.rs",
                "let pool: sqlx::PgPool = pool;",
            ),
            ("src/server/http/page.rs", "let conn = tx.conn();"),
            ("src/server/config.rs", "sqlx::query(text)"),
        ],
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
                    "src/seed",
                ],
            )
        },
        "a statement made from text",
        &[(
            "src/features/customers/selectors.rs",
            "sqlx::query(AssertSqlSafe(text))",
        )],
    );
}

/// Switches by feature that stand before something else than a declaration.
fn misplaced_switches(lines: &[Line]) -> Vec<String> {
    const DECLARES: [&str; 2] = ["mod ", "use "];
    let mut violations = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if !line.code.contains("cfg(") || !line.code.contains("feature =") || line.file == "src/lib.rs" {
            continue;
        }
        let next = lines[index + 1..]
            .iter()
            .find(|l| !l.code.trim().is_empty() && !l.code.trim().starts_with("#["));
        let switched = next.map_or("", |l| l.code.trim());
        let fits = match line.file.rsplit('/').next().unwrap_or_default() {
            "mod.rs" => DECLARES
                .iter()
                .any(|word| after_visibility(switched).starts_with(word)),
            "api.rs" => switched.starts_with("use "),
            // What only a browser can do, with a twin for the server.
            _ if line.file.contains("/islands/") => {
                switched.starts_with("fn ") && line.code.contains("hydrate")
            }
            _ => false,
        };
        if !fits {
            violations.push(format!(
                "{}:{}: {} before {switched}",
                line.file,
                line.number,
                line.code.trim()
            ));
        }
    }
    violations
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

#[test]
fn features_are_switched_only_where_modules_are_declared() {
    assert_eq!(misplaced_switches(&code()), Vec::<String>::new());
    for (file, breach) in [
        (
            "src/features/board/mod.rs",
            "#[cfg(feature = \"ssr\")]\nfn only_here() {}",
        ),
        (
            "src/features/board/api.rs",
            "#[cfg(feature = \"ssr\")]\nfn only_here() {}",
        ),
        (
            "src/features/board/islands/card.rs",
            "#[cfg(feature = \"ssr\")]\nfn only_here() {}",
        ),
        (
            "src/features/board/model.rs",
            "#[cfg(feature = \"ssr\")]\nuse sqlx::Type;",
        ),
    ] {
        assert_eq!(
            misplaced_switches(&lines_of(file, breach)).len(),
            1,
            "{file}: {breach}"
        );
    }
    only(
        &["cfg_attr(feature"],
        |line| is_under(&line.file, &["src/kernel/", "src/domain/"]) || is_part(&line.file, &["model"]),
        "a derive that differs between server and browser, outside kernel, domain and models",
        &[(
            "src/features/customers/parts/list.rs",
            "#[cfg_attr(feature = \"ssr\", derive(Debug))]",
        )],
    );
}

#[test]
fn time_chance_and_settings_have_one_source_each() {
    only(
        &["Utc::now", "Local::now", "now_v7", "new_v4"],
        |line| line.file == "src/server/clock.rs",
        "a clock or id source of its own",
        &[
            ("src/features/customers/service.rs", "let now = Utc::now();"),
            ("src/seed/dice.rs", "Uuid::new_v4()"),
        ],
    );
    only(
        &["SystemTime::now"],
        |_| false,
        "a clock of its own",
        &[("src/server/clock.rs", "SystemTime::now()")],
    );
    only(
        &["std::env", "env::var"],
        |line| ["src/server/config.rs", "src/cli.rs"].contains(&line.file.as_str()),
        "a setting read on the side",
        &[("src/server/serve.rs", "std::env::var(\"PORT\")")],
    );
}

#[test]
fn dates_times_and_numbers_are_written_in_one_place() {
    only(
        &[".format(\"%", ".format(form)"],
        |line| {
            is_under(&line.file, &["src/kernel/locale.rs", "src/kernel/time.rs"])
                // Made-up texts of the demo.
                || is_under(&line.file, &["src/seed/"])
        },
        "a date or time that knows no country (kernel::Locale writes them, kernel::time for fields and links)",
        &[
            ("src/features/board/selectors.rs", "at.format(\"%H:%M\")"),
            ("src/ui/data/timeline.rs", "day.format(\"%-d %b\")"),
        ],
    );
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
        // A mail program reads no stylesheet of ours.
        |line| line.file == "src/server/mail/letter.rs" || line.code.contains("!html.contains("),
        "something inline that the content security policy forbids",
        &[
            ("src/features/board/pages.rs", "<div style=\"color:red\">"),
            ("src/ui/form/button.rs", "<button onclick=\"go()\">"),
        ],
    );
}

#[test]
fn what_somebody_typed_is_never_a_text_areas_child() {
    only(
        &["</textarea>"],
        // Its children are printed unescaped, so its text is an escaped `inner_html`.
        |line| line.code.contains("></textarea>") && !line.code.contains("}></textarea>"),
        "a text area whose text could end it",
        &[("src/features/board/pages.rs", "<textarea>{text}</textarea>")],
    );
}

#[test]
fn writes_are_never_encoded_in_an_address() {
    only(
        &["GetUrl", "GetCbor", "GetJson", "input = Get"],
        |_| false,
        "a server function by GET",
        &[("src/features/search/api.rs", "#[server(input = GetUrl)]")],
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
        &[
            ("src/features/board/pages.rs", "todo!()"),
            ("src/cli.rs", "#[allow(dead_code)]"),
            ("src/kernel/money.rs", "dbg!(amount)"),
        ],
    );
    for directory in ["src", "tests", "migrations"] {
        let kind = if directory == "migrations" { "sql" } else { "rs" };
        for path in files(directory, kind) {
            let text = fs::read_to_string(&path).expect("a source file");
            assert_eq!(left_for_later(&text), None, "{}", name(&path));
        }
    }
    let words = ["TO", "DO"].concat();
    assert_eq!(left_for_later(&format!("-- {words}: later")), Some(words));
}

/// The word by which people remind themselves; put together, so that this file does not hold it.
fn left_for_later(text: &str) -> Option<String> {
    let mut words = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"]]
        .map(|halves| halves.concat())
        .into_iter();
    words.find(|word| text.contains(word))
}

#[test]
fn files_are_short_enough_to_read() {
    for (directory, kind) in [("src", "rs"), ("tests", "rs"), ("migrations", "sql")] {
        for path in files(directory, kind) {
            let text = fs::read_to_string(&path).expect("a source file");
            // The former steps are kept as they were, in one file.
            let short = is_short(&text) || name(&path).starts_with("migrations/former/");
            assert!(short, "{}: {} lines", name(&path), text.lines().count());
        }
    }
    assert!(is_short(&"x\n".repeat(400)) && !is_short(&"x\n".repeat(401)));
}

fn is_short(text: &str) -> bool {
    text.lines().count() <= 400
}

#[test]
fn server_functions_are_thin() {
    for path in files("src", "rs").iter().filter(|path| path.ends_with("api.rs")) {
        let text = fs::read_to_string(path).expect("a source file");
        assert_eq!(thick_functions(&text), Vec::<String>::new(), "{}", name(path));
    }
    let body = "    let x = 1;\n".repeat(9);
    let thick = format!("#[server]\npub async fn work() -> AppResult<()> {{\n{body}}}\n");
    assert_eq!(
        thick_functions(&thick),
        ["pub async fn work() -> AppResult<()> {"]
    );
}

/// Server functions of more than eight statements: what they do belongs into a service.
fn thick_functions(text: &str) -> Vec<String> {
    let bodies = text
        .split("#[server")
        .skip(1)
        .map(|function| function.split("\n}").next().unwrap_or_default());
    let thick = bodies.filter(|body| body.lines().filter(|line| line.ends_with(';')).count() > 8);
    thick
        .map(|body| body.lines().nth(1).unwrap_or_default().to_owned())
        .collect()
}

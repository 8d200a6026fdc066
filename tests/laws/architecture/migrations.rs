//! What stands where among the files of the schema.
use super::sources::{files, name};
use std::collections::BTreeMap;
use std::fs;

#[test]
fn every_migration_says_what_it_is_for() {
    for path in files("migrations", "sql") {
        let text = fs::read_to_string(&path).expect("a migration");
        assert!(says_why(&text), "{}", name(&path));
    }
    assert!(!says_why("create table leaflets ();") && !says_why("-- Leaflets\ncreate table leaflets ();"));
}

#[test]
fn a_function_is_written_once_and_by_no_migration() {
    let mut found = BTreeMap::new();
    for path in files("migrations", "sql") {
        let file = name(&path);
        let repeats = file.starts_with("migrations/functions/") || file.starts_with("migrations/views/");
        let text = fs::read_to_string(&path).expect("a migration");
        for function in made(&text) {
            assert!(
                repeats || file.starts_with("migrations/former/"),
                "{file} makes {function}: it belongs into migrations/functions"
            );
            let other = repeats
                .then(|| found.insert(function.clone(), file.clone()))
                .flatten();
            assert_eq!(other, None, "{function} stands in {file} too");
        }
    }
    assert!(found.len() > 180, "only {} functions", found.len());
    let text = "create or replace function app.a(b int)\ncreate view app.v as\n  create procedure app.p()";
    assert_eq!(made(text), ["app.a", "app.v"]);
}

/// The functions, procedures and views that a file makes.
fn made(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("create "));
    let things = lines.filter_map(|line| {
        let line = line.strip_prefix("or replace ").unwrap_or(line);
        let (kind, rest) = line.split_once(' ')?;
        ["function", "procedure", "view"].contains(&kind).then_some(rest)
    });
    things
        .filter_map(|rest| rest.split(['(', ' ']).next())
        .map(str::to_owned)
        .collect()
}

fn says_why(migration: &str) -> bool {
    migration.starts_with("-- ") && migration.lines().next().is_some_and(|line| line.len() > 20)
}

#[test]
fn an_alter_table_does_one_thing() {
    for path in files("migrations", "sql") {
        let file = name(&path);
        let text = fs::read_to_string(&path).expect("a migration");
        let older =
            file.starts_with("migrations/former/") || file == "migrations/0420_drop_the_mails_own_queue.sql";
        for statement in with_several(&text) {
            assert!(
                older,
                "{file}: one statement for each, so that the next server of another kind can run it: {statement}"
            );
        }
    }
    let sinner =
        "alter table notes\n  add column a int default app.of(1, 2), -- why, and what\n  drop column b;";
    assert_eq!(with_several(sinner).len(), 1);
    let fine = "alter table notes add constraint a check (b in (1, 2)); create index c on notes (d, e);";
    assert_eq!(with_several(fine), Vec::<String>::new());
}

/// Statements that alter a table in several ways at once.
fn with_several(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter_map(|line| line.split("--").next()).collect();
    let code = code.join("\n").to_lowercase();
    let alters = code
        .split(';')
        .map(str::trim)
        .filter(|statement| statement.starts_with("alter table"));
    let several = alters.filter(|statement| {
        let mut depth = 0;
        let commas = statement.chars().filter(|c| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            *c == ',' && depth == 0
        });
        commas.count() > 0
    });
    several.map(str::to_owned).collect()
}

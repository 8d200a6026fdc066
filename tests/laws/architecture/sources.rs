//! The sources as text, line by line, and the two ways to look for what may not stand there.
use std::fs;
use std::path::{Path, PathBuf};

/// One line of code, without its comment.
pub(crate) struct Line {
    /// From the project's root: `src/kernel/ids.rs`.
    pub file: String,
    pub number: usize,
    pub code: String,
}

pub(crate) fn files(directory: &str, extension: &str) -> Vec<PathBuf> {
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

pub(crate) fn name(path: &Path) -> String {
    let inside = path
        .strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .expect("a file of ours");
    inside.to_string_lossy().into_owned()
}

pub(crate) fn code() -> Vec<Line> {
    let mut lines = Vec::new();
    for path in files("src", "rs") {
        let text = fs::read_to_string(&path).expect("a source file");
        lines.extend(lines_of(&name(&path), &text));
    }
    lines
}

pub(crate) fn lines_of(file: &str, text: &str) -> Vec<Line> {
    let code = |line: &str| match line.trim_start().starts_with("//") {
        true => String::new(),
        false => line.split(" // ").next().unwrap_or(line).to_owned(),
    };
    let lines = text.lines().enumerate().map(|(index, line)| Line {
        file: file.to_owned(),
        number: index + 1,
        code: code(line),
    });
    lines.collect()
}

/// A line that breaks a law, to show that the law would see it: where it stands, and the code.
pub(crate) type Breach = (&'static str, &'static str);

/// Every line with `words` stands in a place that `allowed` knows.
#[track_caller]
pub(crate) fn only(words: &[&str], allowed: impl Fn(&Line) -> bool, law: &str, breaches: &[Breach]) {
    let breaks = |line: &Line| words.iter().any(|word| line.code.contains(word)) && !allowed(line);
    nowhere(law, &breaks, breaches);
}

/// No line of ours breaks it; those that do on purpose are seen.
#[track_caller]
pub(crate) fn nowhere(law: &str, breaks: &dyn Fn(&Line) -> bool, breaches: &[Breach]) {
    let lines = code();
    let violations: Vec<String> = lines
        .iter()
        .filter(|line| breaks(line))
        .map(|line| format!("{}:{}: {}", line.file, line.number, line.code.trim()))
        .collect();
    assert!(violations.is_empty(), "{law}:\n  {}", violations.join("\n  "));
    for (file, code) in breaches {
        let seen = lines_of(file, code).iter().any(breaks);
        assert!(seen, "{law}: {code} in {file} was not seen");
    }
}

/// `src/features/x/service.rs`, `src/features/x/service/moves.rs` and their like.
pub(crate) fn is_part(file: &str, parts: &[&str]) -> bool {
    file.strip_prefix("src/features/")
        .and_then(|rest| rest.split('/').nth(1))
        .is_some_and(|part| parts.contains(&part.trim_end_matches(".rs")))
}

pub(crate) fn is_under(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| file.starts_with(place))
}

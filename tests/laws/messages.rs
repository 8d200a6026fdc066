//! The catalogues of messages: what the code asks for is there in every language with the values that it gives, and
//! nothing is kept that nobody asks for.
use super::architecture::sources::{files, name};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Keys with the values that their messages name.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

/// A key in the code, and the values given where they stand beside it.
type Asked = (String, Option<BTreeSet<String>>);

fn is_key_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_'
}

/// The messages of one file's text, `{ other-message }` followed.
fn read(text: &str, into: &mut Catalogue) {
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((start, _)) = line.split_once(" =")
            && start.chars().all(is_key_char)
        {
            start.clone_into(&mut key);
            into.entry(key.clone()).or_default();
        }
        for part in line.split('{').skip(1) {
            let inside: String = part
                .trim()
                .chars()
                .take_while(|c| is_key_char(*c) || *c == '$')
                .collect();
            if !inside.is_empty() {
                into.entry(key.clone()).or_default().insert(inside);
            }
        }
    }
}

/// Messages that another message of the same language takes in.
fn taken_in(catalogue: &Catalogue) -> BTreeSet<String> {
    let all = catalogue.values().flatten();
    all.filter(|inside| !inside.starts_with('$')).cloned().collect()
}

/// What a message needs, with what those it takes in need.
fn needs(catalogue: &Catalogue, key: &str) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for inside in catalogue.get(key).into_iter().flatten() {
        match inside.strip_prefix('$') {
            Some(value) => {
                values.insert(value.to_owned());
            }
            None => values.extend(needs(catalogue, inside)),
        }
    }
    values
}

fn catalogues() -> BTreeMap<String, Catalogue> {
    let mut all: BTreeMap<String, Catalogue> = BTreeMap::new();
    for path in files("src/locales", "ftl") {
        let name = name(&path);
        let language = name.split('/').nth(2).expect("a language's folder").to_owned();
        let text = fs::read_to_string(&path).expect("a catalogue");
        read(&text, all.entry(language).or_default());
    }
    all
}

/// What the code asks for: `.word("key")` and `.phrase("key", [("value", …)])`.
fn asked(code: &str, into: &mut Vec<Asked>) {
    for (call, has_values) in [(".word(", false), (".phrase(", true)] {
        for (at, _) in code.match_indices(call) {
            // `locale().word(…)` is a word's spelling by country.
            if code[..at].trim_end().ends_with("locale()") || code[..at].ends_with("locale") {
                continue;
            }
            let rest = code[at + call.len()..].trim_start();
            let Some((key, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
                continue;
            };
            let list = rest.trim_start_matches([',', ' ', '\n']).strip_prefix('[');
            let values = match (has_values, list) {
                (false, _) => Some(BTreeSet::new()),
                (true, None) => None,
                (true, Some(list)) => {
                    let list = list.split_once(']').map_or(list, |(inside, _)| inside);
                    let names = list.split("(\"").skip(1).filter_map(|part| part.split_once('"'));
                    Some(names.map(|(name, _)| name.to_owned()).collect())
                }
            };
            into.push((key.to_owned(), values));
        }
    }
}

fn violations(catalogues: &BTreeMap<String, Catalogue>, asked: &[Asked]) -> Vec<String> {
    let mut found = Vec::new();
    let keys: BTreeSet<&String> = catalogues.values().flat_map(Catalogue::keys).collect();
    for (language, catalogue) in catalogues {
        let missing = |key: &&String| !catalogue.contains_key(*key);
        let wanted = keys.iter().copied().chain(asked.iter().map(|(key, _)| key));
        let wanted: BTreeSet<&String> = wanted.filter(missing).collect();
        found.extend(wanted.iter().map(|key| format!("{language}: add {key}")));
        for (key, given) in asked {
            let (Some(given), true) = (given, catalogue.contains_key(key)) else {
                continue;
            };
            let needed = needs(catalogue, key);
            // Every message is given the country.
            for value in needed.difference(given).filter(|value| *value != "country") {
                found.push(format!(
                    "{language}: {key} names {value}, which the code does not give"
                ));
            }
        }
        let used: BTreeSet<&String> = asked.iter().map(|(key, _)| key).collect();
        let taken_in = taken_in(catalogue);
        let idle = |key: &&String| !used.contains(*key) && !taken_in.contains(*key);
        found.extend(
            catalogue
                .keys()
                .filter(idle)
                .map(|key| format!("{language}: remove {key}, nobody asks for it")),
        );
    }
    found
}

#[test]
fn every_message_is_in_every_language_and_none_is_left_over() {
    let mut calls = Vec::new();
    // The kernel's own words are spellings of one word by country, no messages.
    let says = |path: &std::path::PathBuf| !name(path).starts_with("src/kernel/locale");
    for path in files("src", "rs").into_iter().filter(says) {
        asked(&fs::read_to_string(&path).expect("a source file"), &mut calls);
    }
    let all = catalogues();
    assert!(
        all.len() > 1 && calls.len() > 50,
        "{} languages, {} calls",
        all.len(),
        calls.len()
    );
    let found = violations(&all, &calls);
    assert!(
        found.is_empty(),
        "messages under src/locales:\n  {}",
        found.join("\n  ")
    );
}

#[test]
fn the_law_of_messages_sees_what_is_missing_left_over_or_without_its_value() {
    let of = |text: &str| {
        let mut catalogue = Catalogue::new();
        read(text, &mut catalogue);
        catalogue
    };
    let all = BTreeMap::from([
        (
            "en".to_owned(),
            of(
                "hours = { $n ->\n  [one] an hour\n *[other] { $n } hours\n}\nhello = Hello { $who }, { hours }\nidle = Idle",
            ),
        ),
        ("xx".to_owned(), of("hours = { $n }\nhello = { $whom }")),
    ]);
    let mut calls = Vec::new();
    asked(
        "words.phrase(\n    \"hello\",\n    [(\"who\", a.into()), (\"n\", 1.into())],\n) + words.word(\"gone\")",
        &mut calls,
    );
    assert_eq!(
        violations(&all, &calls),
        [
            "en: add gone",
            "en: remove idle, nobody asks for it",
            "xx: add gone",
            "xx: add idle",
            "xx: hello names whom, which the code does not give",
            "xx: remove hours, nobody asks for it",
        ]
    );
}

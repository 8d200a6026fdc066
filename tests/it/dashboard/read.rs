//! What a person reads on the dashboard and on the lists behind it.
use crate::kit::{Actor, Answer};
use std::collections::{BTreeMap, BTreeSet};

/// A tile or a bar.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub name: String,
    pub value: String,
    pub href: String,
    pub note: String,
}

/// What stands between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end).map_or(rest, |(inside, _)| inside))
}

/// What a person reads of a piece of HTML.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&amp;", "&").trim().to_owned()
}

/// Every figure with a link: a tile, a bar of a phase, a bar of a month.
pub(super) fn figures(page: &Answer) -> Vec<Figure> {
    const KINDS: [(&str, &str, &str); 3] = [
        ("card stat", "stat-label", "stat-value"),
        ("phase-bar", "phase-name", "phase-count"),
        ("month-bar", "month-amount", "month-amount"),
    ];
    let text = page.text();
    let mut found = Vec::new();
    for link in text.split("<a ").skip(1) {
        let (tag, rest) = link.split_once('>').unwrap_or((link, ""));
        let inside = rest.split("</a>").next().unwrap_or_default();
        let class = between(tag, "class=\"", "\"").unwrap_or_default();
        let Some((_, name, value)) = KINDS
            .iter()
            .find(|(kind, ..)| class == *kind || class.starts_with(&format!("{kind} ")))
        else {
            continue;
        };
        let part = |class: &str| {
            let inner = between(inside, &format!("class=\"{class}\">"), "</span>");
            words(inner.unwrap_or_default())
        };
        let href = between(tag, "href=\"", "\"")
            .expect("an address")
            .replace("&amp;", "&");
        found.push(Figure {
            name: if class.starts_with("month-bar") {
                href.clone()
            } else {
                part(name)
            },
            value: part(value),
            note: words(between(inside, "<small>", "</small>").unwrap_or_default()),
            href,
        });
    }
    found
}

/// Rows of a list by the heads of their columns; `Main` is the first cell.
pub(super) type Row = BTreeMap<String, String>;

fn rows(page: &Answer) -> Vec<Row> {
    let text = page.text();
    let body = between(&text, "<tbody>", "</tbody>").unwrap_or_default();
    let cells = |row: &str| {
        row.split("<td")
            .skip(1)
            .map(|cell| {
                let (tag, inside) = cell.split_once('>').unwrap_or((cell, ""));
                let label = between(tag, "data-label=\"", "\"").unwrap_or("Main");
                (label.to_owned(), words(inside))
            })
            .collect()
    };
    body.split("<tr").skip(1).map(cells).collect()
}

/// All rows behind a link, page after page.
pub(super) async fn behind(actor: &Actor, href: &str) -> Vec<Row> {
    let (mut all, mut next) = (Vec::new(), Some(href.to_owned()));
    let mut seen = BTreeSet::new();
    while let Some(path) = next {
        assert!(seen.insert(path.clone()), "{path} leads to itself");
        let page = actor.get(&path).await.must(200);
        all.extend(rows(&page));
        next = page.page().next();
    }
    all
}

/// An amount in cents, as the pages write it: `-€1,234.50`.
pub(super) fn cents(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let amount: i64 = if digits.is_empty() {
        0
    } else {
        digits.parse().expect("an amount")
    };
    if text.contains(['-', '−']) {
        -amount
    } else {
        amount
    }
}

/// Which column an amount adds up.
pub(super) fn column(href: &str) -> &'static str {
    match href {
        href if href.starts_with("/payments?month=") => "Amount",
        href if href.starts_with("/invoices?month=") => "Total",
        "/invoices?state=open" | "/invoices?state=overdue" => "Open",
        other => panic!("which column of {other} does the figure add up?"),
    }
}

//! Who may know whom: kernel ← domain ← ui ← server ← features, and features among themselves without circles.
use super::sources::{Line, code, is_under, lines_of, nowhere, only};
use gantry::app::product;
use std::collections::{BTreeMap, BTreeSet};

/// A line that says what something is in the database, which both builds compile.
fn is_column_type(line: &Line) -> bool {
    ["derive(sqlx::Type)", "sqlx(rename"]
        .iter()
        .any(|what| line.code.contains(&format!("cfg_attr(feature = \"ssr\", {what}")))
}

#[test]
fn the_kernel_knows_neither_framework_nor_database() {
    only(
        &[
            "leptos",
            "axum",
            "tokio",
            "sqlx",
            "crate::domain",
            "crate::server",
            "crate::features",
            "crate::ui",
            "crate::app",
        ],
        |line| {
            !is_under(&line.file, &["src/kernel/"])
                || line.file == "src/kernel/error.rs" && line.code.contains("leptos::server_fn")
                || is_column_type(line)
        },
        "something in the kernel that is not language; what the business decides belongs into src/domain, the rest into its feature",
        &[
            ("src/kernel/ids.rs", "use leptos::prelude::*;"),
            ("src/kernel/money.rs", "use crate::domain::billing::Kind;"),
            ("src/kernel/time.rs", "use crate::domain::order::Phase;"),
            ("src/kernel/text.rs", "sqlx::query!()"),
        ],
    );
}

#[test]
fn the_domain_knows_the_kernel_only() {
    only(
        &[
            "leptos",
            "axum",
            "tokio",
            "sqlx",
            "crate::server",
            "crate::features",
            "crate::ui",
            "crate::app",
        ],
        |line| !is_under(&line.file, &["src/domain/"]) || is_column_type(line),
        "something in the domain that is no pure rule; colours belong into src/ui/looks.rs, reads and writes into the feature that owns the table",
        &[
            ("src/domain/order.rs", "use crate::ui::tone::Tone;"),
            (
                "src/domain/billing.rs",
                "use crate::features::invoices::Document;",
            ),
            ("src/domain/totals.rs", "sqlx::query!()"),
        ],
    );
}

#[test]
fn the_design_system_knows_no_feature_and_no_server() {
    only(
        &["crate::server", "crate::features", "crate::app"],
        |line| !is_under(&line.file, &["src/ui/"]),
        "something in the design system that is not looks; hand it plain values as properties instead",
        &[
            (
                "src/ui/data/table.rs",
                "use crate::features::customers::Customer;",
            ),
            ("src/ui/icon.rs", "use crate::server::state::AppState;"),
        ],
    );
}

#[test]
fn the_server_knows_no_feature() {
    only(
        &[
            "features::",
            "crate::app",
            "crate::cli",
            "crate::seed",
            "crate::bench",
        ],
        |line| !is_under(&line.file, &["src/server/"]),
        "the server names a feature; let the feature hand it in with its manifest (server::feature::Feature) instead",
        &[
            ("src/server/http/shell.rs", "crate::features::support::banner()"),
            (
                "src/server/state.rs",
                "use crate::{features::data_export, kernel::OrgId};",
            ),
            ("src/server/http/router.rs", "crate::app::routes(dev)"),
        ],
    );
}

/// Whether a line reaches into another feature further than its `mod.rs` lets the product.
fn reaches_inside(line: &Line) -> bool {
    const INNER: [&str; 7] = ["pages", "parts", "routes", "manifest", "form", "forms", "islands"];
    let Some((_, path)) = line.code.split_once("crate::features::") else {
        return false;
    };
    let mut segments = path
        .split([':', ';', ',', '{', '}', ' '])
        .filter(|segment| !segment.is_empty());
    let feature = segments.next().unwrap_or_default();
    let part = segments.next().unwrap_or_default();
    INNER.contains(&part) && !line.file.starts_with(&format!("src/features/{feature}/"))
}

#[test]
fn features_use_each_others_models_services_and_selectors_only() {
    nowhere(
        "one feature inside another; what others may use is re-exported by its mod.rs, what several show belongs into src/ui",
        &reaches_inside,
        &[
            (
                "src/features/board/pages.rs",
                "use crate::features::invoices::parts::Balance;",
            ),
            ("src/cli.rs", "crate::features::search::pages::show"),
        ],
    );
}

#[test]
fn every_feature_hands_itself_in() {
    let lines = code();
    let folders = lines.iter().filter_map(|line| {
        let (feature, _) = line.file.strip_prefix("src/features/")?.split_once('/')?;
        Some(feature)
    });
    let product = product(true);
    let listed = product.features.iter().map(|feature| feature.name);
    assert_eq!(
        folders.collect::<BTreeSet<_>>(),
        listed.collect::<BTreeSet<_>>(),
        "folders under src/features, and the features that src/features/mod.rs lists by the names in their manifests: add the missing line"
    );
}

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Which features each feature names, from lines such as `use crate::features::{people, roles::RoleKey};`.
fn graph(lines: &[Line]) -> Graph {
    let mut graph = Graph::new();
    for line in lines {
        let Some(from) = line.file.strip_prefix("src/features/") else {
            continue;
        };
        let Some((from, _)) = from.split_once('/') else {
            continue;
        };
        for (_, path) in line
            .code
            .match_indices("crate::features::")
            .map(|(at, word)| line.code.split_at(at + word.len()))
        {
            let named = match path.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
                None => vec![path],
            };
            let feature = |path: &str| -> String {
                let name = path.trim().split(|c: char| c != '_' && !c.is_ascii_lowercase());
                name.take(1).collect()
            };
            let others = named
                .into_iter()
                .map(feature)
                .filter(|to| to != from && !to.is_empty());
            graph.entry(from.to_owned()).or_default().extend(others);
        }
    }
    graph
}

/// The way from a feature back to itself, if there is one.
fn circle<'a>(graph: &'a Graph, start: &'a str) -> Option<Vec<&'a str>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in graph.get(way[way.len() - 1]).into_iter().flatten() {
            let longer = [way.as_slice(), &[next.as_str()]].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next.as_str()) {
                ways.push(longer);
            }
        }
    }
    None
}

fn circles(graph: &Graph) -> Vec<String> {
    let found = graph.keys().filter_map(|start| circle(graph, start));
    found.map(|way| way.join(" → ")).collect()
}

#[test]
fn features_know_each_other_without_circles() {
    let found = circles(&graph(&code()));
    assert!(
        found.is_empty(),
        "features that know each other in a circle:\n  {}\n\
         Move the rule that both need into src/domain, the component into src/ui, or the write into the service of the table's owner.",
        found.join("\n  ")
    );
    let breaches = [
        ("src/features/invoices/pages.rs", "use crate::features::payments;"),
        (
            "src/features/payments/service.rs",
            "use crate::features::{board, invoices::Kind};",
        ),
        (
            "src/features/board/pages.rs",
            "use crate::features::events::on_change;",
        ),
    ];
    let lines: Vec<Line> = breaches
        .iter()
        .flat_map(|(file, breach)| lines_of(file, breach))
        .collect();
    assert_eq!(
        circles(&graph(&lines)),
        ["invoices → payments → invoices", "payments → invoices → payments"]
    );
}

//! The file: a line for each route, a word for each of those who ask.
use gantry::server::app::RouteInfo;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

const LEGEND: &str = "\
# Who gets what. Written by the test that asks every route as everybody (laws/guards/matrix): do not edit, read.
#
# yes      shown, or heard: a form that is refused for what was typed was heard
# on       sent on to another page
# in       asked to sign in
# ask      asked for the password again, which was given too long ago
# setup    led to setting up a second factor
# shut     sent to where it says how the workshop stands, or told so
# kept     refused because the workshop is read-only
# 403      has no right to it, and is told so
# 404      does not exist for them, byte for byte what an id gives that nobody has; or there is nothing of the kind now, as nothing archived to restore
#
# bare     a role of the workshop's own from which every right was taken that can be taken
# branch   a manager of another branch, asking for rows of this one
# split    a receptionist here who is a manager in another branch, asking for rows of this one
# other    an owner of another workshop, asking for rows of this one
# left     a member who was deactivated while they were signed in
# overdue, readonly, locked: owners of workshops whose subscription came to that; shut: one of a workshop that we suspended
# support  one of our own people, while the owner lets our support look
# factor   a receptionist who has to set up a second factor first
# unsure   an owner who gave their password more than ten minutes ago
";

/// What a line is about: path and method.
type Key = (String, String);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    key: Key,
    right: String,
    pub words: Vec<String>,
}

impl Line {
    pub(super) fn of(route: &RouteInfo) -> Self {
        Self {
            key: key(route),
            right: route.right.to_owned(),
            words: Vec::new(),
        }
    }
    pub(super) fn is_of(&self, route: &RouteInfo) -> bool {
        self.key == key(route)
    }
    fn name(&self) -> String {
        format!("{} {}", self.key.1, self.key.0)
    }
}

/// Functions carry a hash of where they stand, which moves with the code.
fn key(route: &RouteInfo) -> Key {
    let path = match route.path.strip_prefix("/api/") {
        Some(function) => format!("/api/{}", function.trim_end_matches(|c: char| c.is_ascii_digit())),
        None => route.path.clone(),
    };
    (path, route.method.to_owned())
}

#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    columns: Vec<String>,
    lines: Vec<Line>,
}

impl Sheet {
    pub(super) fn new(columns: Vec<String>, mut lines: Vec<Line>) -> Self {
        lines.sort_by(|a, b| a.key.cmp(&b.key));
        Self { columns, lines }
    }

    /// Reads what [`Sheet::to_string`] wrote; what is no line of it is passed over.
    pub(super) fn parse(text: &str) -> Self {
        let mut sheet = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
            match words.as_slice() {
                [path, method, right, columns @ ..]
                    if path == "path" && method == "method" && right == "right" =>
                {
                    sheet.columns = columns.to_vec();
                }
                [path, method, right, words @ ..] => sheet.lines.push(Line {
                    key: (path.clone(), method.clone()),
                    right: right.clone(),
                    words: words.to_vec(),
                }),
                _ => {}
            }
        }
        sheet
    }

    /// Where this, the file, says something else than what is.
    pub(super) fn against(&self, is: &Self) -> Vec<String> {
        if self.columns != is.columns {
            return vec![format!(
                "the columns are {}, not {}",
                is.columns.join(" "),
                self.columns.join(" ")
            )];
        }
        let (mut problems, own) = (Vec::new(), self.by_key());
        for line in &is.lines {
            let Some(known) = own.get(&line.key) else {
                problems.push(format!(
                    "{}: no line ({}: {})",
                    line.name(),
                    line.right,
                    line.words.join(" ")
                ));
                continue;
            };
            if known.right != line.right {
                problems.push(format!(
                    "{}: asks for {}, not {}",
                    line.name(),
                    line.right,
                    known.right
                ));
            }
            let pairs = known.words.iter().zip(&line.words).zip(&is.columns);
            let changed = pairs.filter(|((was, is), _)| was != is);
            problems.extend(
                changed.map(|((was, is), who)| format!("{}: {who} gets {is}, not {was}", line.name())),
            );
            if known.words.len() != line.words.len() {
                problems.push(format!("{}: {} cells", line.name(), known.words.len()));
            }
        }
        let real: BTreeSet<&Key> = is.lines.iter().map(|line| &line.key).collect();
        let gone = self.lines.iter().filter(|line| !real.contains(&line.key));
        problems.extend(gone.map(|line| format!("{}: a line without a route", line.name())));
        problems
    }

    /// The lines that another one has, too.
    pub(super) fn only(&self, other: &Self) -> Self {
        let has = |line: &&Line| other.lines.iter().any(|known| known.key == line.key);
        Self::new(
            self.columns.clone(),
            self.lines.iter().filter(has).cloned().collect(),
        )
    }

    /// Its lines that are known, with those of `newer` in place of its own.
    pub(super) fn with(&self, newer: &Self, known: &[Line]) -> Self {
        let is_known = |line: &&Line| known.iter().any(|known| known.key == line.key);
        let is_older = |line: &&Line| newer.lines.iter().all(|other| other.key != line.key);
        let kept = self.lines.iter().filter(is_known).filter(is_older);
        let kept = kept.filter(|_| self.columns == newer.columns).cloned();
        Self::new(
            newer.columns.clone(),
            kept.chain(newer.lines.iter().cloned()).collect(),
        )
    }

    /// Lines of nothing that is known.
    pub(super) fn beside(&self, known: &[Line]) -> Vec<String> {
        let is_known = |line: &&Line| known.iter().any(|known| known.key == line.key);
        let strange = self.lines.iter().filter(|line| !is_known(line));
        strange
            .map(|line| format!("{}: a line without a route", line.name()))
            .collect()
    }

    fn by_key(&self) -> BTreeMap<&Key, &Line> {
        self.lines.iter().map(|line| (&line.key, line)).collect()
    }
}

impl Sheet {
    /// A line of text with its cells under their columns.
    fn row(
        &self,
        widths: (usize, usize),
        (path, method, right): (&str, &str, &str),
        words: &[String],
    ) -> String {
        let mut text = format!("{path:0$} {method:6} {right:1$}", widths.0, widths.1);
        for (word, column) in words.iter().zip(&self.columns) {
            text.push_str(&format!(" {word:0$}", column.len()));
        }
        text.trim_end().to_owned()
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = |of: fn(&Line) -> usize| self.lines.iter().map(of).max().unwrap_or_default();
        let widths = (widest(|line| line.key.0.len()), widest(|line| line.right.len()));
        f.write_str(LEGEND)?;
        let mut part = None;
        for line in &self.lines {
            let own = line.key.0.split('/').nth(1);
            // The heads again over each part of the product.
            if part != Some(own) {
                part = Some(own);
                writeln!(
                    f,
                    "\n{}",
                    self.row(widths, ("path", "method", "right"), &self.columns)
                )?;
            }
            let cells = self.row(widths, (&line.key.0, &line.key.1, &line.right), &line.words);
            writeln!(f, "{cells}")?;
        }
        Ok(())
    }
}

mod teeth {
    use super::*;

    fn line(path: &str, right: &str, words: &[&str]) -> Line {
        Line {
            key: (path.to_owned(), "GET".to_owned()),
            right: right.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    fn sheet(lines: Vec<Line>) -> Sheet {
        Sheet::new(vec!["owner".to_owned(), "technician".to_owned()], lines)
    }

    #[test]
    fn what_was_written_is_read_again() {
        let is = sheet(vec![
            line("/board", "ViewWorkOrders", &["yes", "yes"]),
            line("/invoices/{invoice}", "ViewInvoices", &["yes", "403"]),
        ]);
        let read = Sheet::parse(&is.to_string());
        assert_eq!((&read.columns, &read.lines), (&is.columns, &is.lines));
        assert_eq!(read.against(&is), Vec::<String>::new());
    }

    #[test]
    fn one_features_lines_are_read_and_written_by_themselves() {
        let (board, gone) = (
            line("/board", "ViewWorkOrders", &["yes", "yes"]),
            line("/gone", "A", &["yes", "yes"]),
        );
        let invoices = line("/invoices", "ViewInvoices", &["yes", "403"]);
        let file = sheet(vec![board.clone(), invoices.clone(), gone]);
        let is = sheet(vec![line("/board", "ViewWorkOrders", &["yes", "404"])]);
        assert_eq!(file.only(&is).lines, std::slice::from_ref(&board));
        let known = [board, invoices.clone()];
        assert_eq!(file.with(&is, &known).lines, [is.lines[0].clone(), invoices]);
        assert_eq!(file.beside(&known), ["GET /gone: a line without a route"]);
    }

    #[test]
    fn a_changed_cell_another_right_a_new_route_and_a_lost_one_are_told() {
        let was = sheet(vec![
            line("/board", "ViewWorkOrders", &["yes", "yes"]),
            line("/invoices", "ViewInvoices", &["yes", "403"]),
            line("/gone", "UseWorkshop", &["yes", "yes"]),
        ]);
        let is = sheet(vec![
            line("/board", "ViewWorkOrders", &["yes", "404"]),
            line("/invoices", "UseWorkshop", &["yes", "403"]),
            line("/new", "UseWorkshop", &["yes", "yes"]),
        ]);
        assert_eq!(
            was.against(&is),
            [
                "GET /board: technician gets 404, not yes",
                "GET /invoices: asks for UseWorkshop, not ViewInvoices",
                "GET /new: no line (UseWorkshop: yes yes)",
                "GET /gone: a line without a route",
            ]
        );
    }
}

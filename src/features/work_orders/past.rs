//! What was done on past work orders, with its lines: in the history of a vehicle or a customer, on screen and on paper.
use super::model::{LineKind, Payer, Phase};
use super::totals::LineAmounts;
use crate::kernel::{BasisPoints, Currency, Money as Amount, Quantity};
use crate::ui::locale::locale;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::Deserialize;

/// A job that was not declined; in SQL: `app.work_done`.
#[derive(Clone, Debug, Deserialize)]
pub struct PastJob {
    pub title: String,
    pub payer: Payer,
    pub lines: Vec<PastLine>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct PastLine {
    pub kind: LineKind,
    pub description: String,
    pub part_number: String,
    pub quantity: Quantity,
    pub unit_price: Amount,
    pub tax_rate: BasisPoints,
}

impl PastLine {
    fn net(&self) -> Amount {
        let amounts = LineAmounts {
            kind: self.kind,
            quantity: self.quantity,
            unit_price: self.unit_price,
            tax_rate: self.tax_rate,
            declined: false,
        };
        amounts.net()
    }
    /// `2 × Brake pads (5Q0 615)`, and what it came to for who sees prices.
    fn words(&self, prices: Option<Currency>) -> String {
        let mut words = self.description.clone();
        if !self.part_number.is_empty() {
            words = format!("{words} ({})", self.part_number);
        }
        if self.kind == LineKind::Text {
            return words;
        }
        words = format!("{} × {words}", self.quantity);
        prices.map_or(words.clone(), |currency| {
            format!("{words} · {}", currency.show(self.net()))
        })
    }
}

/// The titles of what was done.
pub fn titles(jobs: &[PastJob]) -> String {
    let titles: Vec<&str> = jobs.iter().map(|job| job.title.as_str()).collect();
    titles.join(", ")
}

/// Folded under a visit in a list: its jobs and their lines.
#[component]
pub fn PastWork(jobs: Vec<PastJob>, prices: Option<Currency>) -> AnyView {
    if jobs.is_empty() {
        return ().into_any();
    }
    view! {
        <details class="past-work">
            <summary class="link text-sm">"What was done"</summary>
            <PastJobs jobs prices/>
        </details>
    }
    .into_any()
}

#[component]
fn PastJobs(jobs: Vec<PastJob>, prices: Option<Currency>) -> AnyView {
    let jobs = jobs.into_iter().map(|job| {
        let paid = (job.payer != Payer::Customer).then(|| format!(" ({})", job.payer.label().to_lowercase()));
        let lines = job
            .lines
            .iter()
            .map(|line| view! { <li>{line.words(prices)}</li> });
        let lines = (!job.lines.is_empty()).then(|| view! { <ul>{lines.collect_view()}</ul> });
        view! { <li><p class="font-medium">{job.title}{paid}</p>{lines}</li> }
    });
    view! { <ul class="past-jobs">{jobs.collect_view()}</ul> }.into_any()
}

/// One visit on paper.
#[derive(Clone, Debug)]
pub struct PastVisit {
    pub number: String,
    /// Where the member may open it.
    pub href: Option<String>,
    pub branch: String,
    pub phase: Phase,
    pub received: NaiveDate,
    /// What it was about and what its meter showed, as far as the page's head does not say it.
    pub about: String,
    pub total: Amount,
    pub jobs: Vec<PastJob>,
}

/// A history on paper: whose or of what, and every visit with its lines.
#[component]
pub fn HistorySheet(
    /// Whose, or of what.
    title: String,
    /// Who prints it and when.
    origin: String,
    /// What else identifies it.
    facts: Vec<String>,
    visits: Vec<PastVisit>,
    prices: Option<Currency>,
) -> AnyView {
    let facts = facts.into_iter().filter(|fact| !fact.is_empty());
    let facts = facts.map(|fact| view! { <span>{fact}</span> }).collect_view();
    let empty = visits
        .is_empty()
        .then(|| view! { <p class="text-muted">"Not here before."</p> });
    let visits = visits
        .into_iter()
        .map(|visit| view! { <VisitOnPaper visit prices/> })
        .collect_view();
    view! {
        <article class="doc">
            <header class="doc-head">
                <div class="doc-address"><strong class="doc-seller">{title}</strong>{facts}</div>
                <div class="doc-title"><h1>"Service history"</h1><p>{origin}</p></div>
            </header>
            {empty}
            {visits}
        </article>
    }
    .into_any()
}

#[component]
fn VisitOnPaper(visit: PastVisit, prices: Option<Currency>) -> AnyView {
    let received = locale().day(visit.received);
    let total = prices.map(|currency| currency.show(visit.total));
    let facts: Vec<String> = [
        Some(received),
        Some(visit.branch),
        Some(visit.phase.label().to_owned()),
        Some(visit.about),
        total,
    ]
    .into_iter()
    .flatten()
    .filter(|fact| !fact.is_empty())
    .collect();
    let number = match visit.href {
        Some(href) => view! { <a href=href>{visit.number}</a> }.into_any(),
        None => visit.number.into_any(),
    };
    view! {
        <section class="past-visit">
            <h2>{number}</h2>
            <p class="text-muted">{facts.join(" · ")}</p>
            <PastJobs jobs=visit.jobs prices/>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_line_says_how_much_of_what_and_the_price_only_where_it_is_seen() {
        let pads = PastLine {
            kind: LineKind::Part,
            description: "Pads".into(),
            part_number: "5Q0".into(),
            quantity: Quantity(2_000),
            unit_price: Amount(5_000),
            tax_rate: BasisPoints(1_900),
        };
        assert_eq!(pads.words(None), "2 × Pads (5Q0)");
        assert_eq!(pads.words(Currency::parse("EUR")), "2 × Pads (5Q0) · €100.00");
        let words = PastLine {
            kind: LineKind::Text,
            ..pads
        };
        assert_eq!(words.words(Currency::parse("EUR")), "Pads (5Q0)");
    }
}

//! What was done on past work orders: in the history of a vehicle or a customer, on screen and on paper.
use crate::domain::order::{Payer, Phase};
use crate::domain::past::PastJob;
use crate::kernel::{Currency, Money};
use crate::ui::locale::locale;
use chrono::NaiveDate;
use leptos::prelude::*;

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
    pub total: Money,
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

//! What was done on past work orders: in the history of a vehicle or a customer, on screen and on paper.
use crate::domain::order::Payer;
use crate::domain::past::PastJob;
use crate::kernel::{Currency, Money};
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
            <PastJobs jobs prices words=HistoryWords::english()/>
        </details>
    }
    .into_any()
}

#[component]
fn PastJobs(jobs: Vec<PastJob>, prices: Option<Currency>, words: HistoryWords) -> AnyView {
    let jobs = jobs.into_iter().map(|job| {
        let paid = words.payer(job.payer).map(|payer| format!(" ({payer})"));
        let lines = job
            .lines
            .iter()
            .map(|line| view! { <li>{line.words(prices)}</li> });
        let lines = (!job.lines.is_empty()).then(|| view! { <ul>{lines.collect_view()}</ul> });
        view! { <li><p class="font-medium">{job.title}{paid}</p>{lines}</li> }
    });
    view! { <ul class="past-jobs">{jobs.collect_view()}</ul> }.into_any()
}

/// What a history says beside its visits, in the language of its reader.
#[derive(Clone, Debug)]
pub struct HistoryWords {
    /// The language's code.
    pub language: String,
    pub title: String,
    /// Where there was no visit.
    pub empty: String,
    /// Work that the workshop paid for.
    pub internal: String,
    /// Work under warranty.
    pub warranty: String,
}

impl HistoryWords {
    /// Those of the screens.
    fn english() -> Self {
        Self {
            language: "en".to_owned(),
            title: "Service history".to_owned(),
            empty: "Not here before.".to_owned(),
            internal: Payer::Internal.label().to_lowercase(),
            warranty: Payer::Warranty.label().to_lowercase(),
        }
    }

    /// Who pays, where it is not the customer.
    fn payer(&self, payer: Payer) -> Option<&str> {
        match payer {
            Payer::Customer => None,
            Payer::Internal => Some(&self.internal),
            Payer::Warranty => Some(&self.warranty),
        }
    }
}

/// One visit on paper.
#[derive(Clone, Debug)]
pub struct PastVisit {
    pub number: String,
    /// Where the member may open it.
    pub href: Option<String>,
    /// When and where it was, how it ended, what it was about and what its meter showed; empty ones are left out.
    pub facts: Vec<String>,
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
    words: HistoryWords,
) -> AnyView {
    let facts = facts.into_iter().filter(|fact| !fact.is_empty());
    let facts = facts.map(|fact| view! { <span>{fact}</span> }).collect_view();
    let empty = visits
        .is_empty()
        .then(|| view! { <p class="text-muted">{words.empty.clone()}</p> });
    let visits = visits
        .into_iter()
        .map(|visit| view! { <VisitOnPaper visit prices words=words.clone()/> })
        .collect_view();
    view! {
        <article class="doc" lang=words.language>
            <header class="doc-head">
                <div class="doc-address"><strong class="doc-seller">{title}</strong>{facts}</div>
                <div class="doc-title"><h1>{words.title}</h1><p>{origin}</p></div>
            </header>
            {empty}
            {visits}
        </article>
    }
    .into_any()
}

#[component]
fn VisitOnPaper(visit: PastVisit, prices: Option<Currency>, words: HistoryWords) -> AnyView {
    let total = prices.map(|currency| currency.show(visit.total));
    let facts = visit.facts.into_iter().chain(total);
    let facts: Vec<String> = facts.filter(|fact| !fact.is_empty()).collect();
    let number = match visit.href {
        Some(href) => view! { <a href=href>{visit.number}</a> }.into_any(),
        None => visit.number.into_any(),
    };
    view! {
        <section class="past-visit">
            <h2>{number}</h2>
            <p class="text-muted">{facts.join(" · ")}</p>
            <PastJobs jobs=visit.jobs prices words/>
        </section>
    }
    .into_any()
}

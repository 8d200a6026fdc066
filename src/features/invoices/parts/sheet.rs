//! The document as it goes to the customer.
use super::super::model::{Buyer, Cover, Document, InvoiceState, Kind, Seller};
use super::lines::{LinesTable, SumList};
use crate::features::payments::InvoicePayment;
use crate::kernel::Money;
use crate::kernel::text::grouped;
use crate::kernel::time::day_words;
use crate::ui::prelude::Unbroken;
use leptos::prelude::*;

/// Everything on the paper.
#[component]
pub(in crate::features::invoices) fn Sheet(
    document: Document,
    payments: Vec<InvoicePayment>,
) -> impl IntoView {
    let head = document.title();
    let subject = document.subject.clone();
    let covers = document.covers.clone();
    view! {
        <article class="doc">
            <Marks document=document.clone()/>
            <header class="doc-head">
                <From seller=document.seller.clone()/>
                <Title document=document.clone()/>
            </header>
            <div class="doc-parties">
                <To buyer=document.buyer.clone() kind=document.kind/>
                <div>{covers.into_iter().map(|cover| view! { <Covered cover/> }).collect_view()}</div>
            </div>
            {(!subject.is_empty()).then(|| view! { <h2 class="doc-subject">{subject}</h2> })}
            <LinesTable lines=document.lines.clone() currency=document.currency head/>
            <div class="doc-end">
                <SumList document=document.clone()/>
                <Settled document=document.clone() payments/>
                <Terms document/>
            </div>
        </article>
    }
}

/// What a reader must not overlook.
#[component]
fn Marks(document: Document) -> impl IntoView {
    let text = match (document.state, document.voided_by, document.corrects) {
        (InvoiceState::Draft, ..) => "Draft. This is not an invoice.".to_owned(),
        (_, Some(credit), _) => format!("Void. Corrected by credit note {}.", credit.number),
        (_, _, Some(invoice)) => format!("Corrects invoice {}: {}", invoice.number, document.reason),
        _ => return ().into_any(),
    };
    view! { <p class="doc-mark">{text}</p> }.into_any()
}

/// Lines of an address, empty ones left out.
fn address(lines: impl IntoIterator<Item = String>) -> impl IntoView {
    lines
        .into_iter()
        .flat_map(|text| text.lines().map(ToOwned::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <span>{line}</span> })
        .collect_view()
}

/// A value with its name, or nothing.
fn named(label: &str, value: &str) -> String {
    if value.is_empty() {
        String::new()
    } else {
        format!("{label} {value}")
    }
}

#[component]
fn From(seller: Seller) -> impl IntoView {
    // A workshop with one branch often gives both the same name.
    let branch = if seller.branch == seller.organization {
        String::new()
    } else {
        seller.branch
    };
    let tax = named("Tax ID", &seller.tax_id);
    view! {
        <address class="doc-address">
            <strong class="doc-seller">{seller.organization}</strong>
            {address([branch, seller.address, seller.phone, seller.email, tax])}
        </address>
    }
}

#[component]
fn Title(document: Document) -> impl IntoView {
    let due = document
        .due_on
        .filter(|_| document.kind == Kind::Invoice && !document.is_draft());
    // Asked for on invoices by article 226 (7) of directive 2006/112/EC; what was posted before it was kept says the day of issue.
    let supplied = document
        .covers
        .iter()
        .filter_map(|cover| cover.supplied_on)
        .max()
        .or(document.issued_on)
        // A credit note supplies nothing: it names the invoice that it corrects.
        .filter(|_| document.kind == Kind::Invoice);
    let number = document.number.clone().unwrap_or_else(|| "Draft".to_owned());
    view! {
        <div class="doc-title">
            <h1>{document.kind.label()}</h1>
            <dl>
                <dt>"Number"</dt>
                <dd>{number}</dd>
                {document.issued_on.map(|day| view! { <dt>"Date of issue"</dt><dd>{day_words(day)}</dd> })}
                {supplied.map(|day| view! { <dt>"Date of supply"</dt><dd>{day_words(day)}</dd> })}
                {due.map(|day| view! { <dt>"Due"</dt><dd>{day_words(day)}</dd> })}
            </dl>
        </div>
    }
}

#[component]
fn To(buyer: Buyer, kind: Kind) -> impl IntoView {
    let label = match kind {
        Kind::Invoice => "Billed to",
        Kind::CreditNote => "Credited to",
    };
    let contact = named("Attn.", &buyer.contact_name);
    let place = format!("{} {}", buyer.postal_code, buyer.city).trim().to_owned();
    let tax = named("Tax ID", &buyer.tax_id);
    view! {
        <address class="doc-address">
            <span class="doc-label">{label}</span>
            <strong>{buyer.name}</strong>
            {address([contact, buyer.street, place, tax])}
        </address>
    }
}

#[component]
fn Covered(cover: Cover) -> impl IntoView {
    let odometer = cover.odometer.map(grouped).unwrap_or_default();
    let serial = if cover.vehicle {
        String::new()
    } else {
        named("Serial no.", &cover.serial)
    };
    let plate = (!cover.plate.is_empty())
        .then(|| view! { <span>"Plate "<Unbroken text=cover.plate.clone()/></span> });
    let facts = [serial, named("VIN", &cover.vin), named("Odometer", &odometer)];
    view! {
        <div class="doc-address">
            <span class="doc-label">{format!("Work order {}", cover.number)}</span>
            <strong>{cover.name()}</strong>
            {plate}
            {address(facts)}
        </div>
    }
}

/// What was paid until now, and what is left.
#[component]
fn Settled(document: Document, payments: Vec<InvoicePayment>) -> impl IntoView {
    let paid: Vec<_> = payments
        .into_iter()
        .filter(|payment| payment.allocated > Money::ZERO)
        .collect();
    if document.is_draft() || document.kind == Kind::CreditNote || paid.is_empty() {
        return ().into_any();
    }
    let rows = paid
        .into_iter()
        .map(|payment| {
            let method = payment.method.label().to_lowercase();
            let label = format!("Paid on {}, {method}", day_words(payment.received_on));
            view! { <dt>{label}</dt><dd>{document.show(-payment.allocated)}</dd> }
        })
        .collect_view();
    view! {
        <dl class="doc-sums">
            {rows}
            <dt class="doc-total">"Open"</dt>
            <dd class="doc-total">{document.show(document.open)}</dd>
        </dl>
    }
    .into_any()
}

#[component]
fn Terms(document: Document) -> impl IntoView {
    let ask = match (&document.number, document.due_on) {
        (Some(number), Some(due)) if document.is_owed() => Some(format!(
            "Please pay {} by {}, quoting {number}.",
            document.show(document.open),
            day_words(due)
        )),
        (Some(_), _) if document.state == InvoiceState::Paid => Some("Paid. Thank you.".to_owned()),
        _ => None,
    };
    view! {
        <footer class="doc-terms">
            {ask.map(|text| view! { <p><strong>{text}</strong></p> })}
            <p>{format!("All amounts in {}. Tax is rounded on each line.", document.currency.code())}</p>
        </footer>
    }
}

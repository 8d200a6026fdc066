//! The document as it goes to the customer.
use super::super::model::{BilledOrder, Buyer, Document, Seller};
use super::lines::{LinesTable, sum_list_view};
use crate::domain::billing::{InvoiceState, Kind};
use crate::features::payments::InvoicePayment;
use crate::kernel::Money;
use crate::server::messages::Words;
use crate::ui::prelude::{Unbroken, terms};
use fluent_bundle::FluentValue;
use leptos::prelude::*;

/// Everything on the paper.
pub(in crate::features::invoices) fn sheet_view(
    document: Document,
    payments: Vec<InvoicePayment>,
    words: Words,
) -> impl IntoView {
    let lang = words.language().to_owned();
    let head = match &document.number {
        Some(number) => format!("{} {number}", kind(document.kind, &words)),
        None => words.word("draft-number"),
    };
    let subject = document.subject.clone();
    let covers = document.covers.clone().into_iter();
    let term = document.seller.term(terms()).to_owned();
    let covers = covers
        .map(|cover| covered_view(cover, term.clone(), words.clone()))
        .collect_view();
    view! {
        <article class="doc" lang=lang>
            {marks_view(document.clone(), words.clone())}
            <header class="doc-head">
                {from_view(document.seller.clone(), words.clone())}
                {title_view(document.clone(), words.clone())}
            </header>
            <div class="doc-parties">
                {to_view(document.buyer.clone(), document.kind, words.clone())}
                <div>{covers}</div>
            </div>
            {(!subject.is_empty()).then(|| view! { <h2 class="doc-subject">{subject}</h2> })}
            <LinesTable lines=document.lines.clone() currency=document.currency words=words.clone() head/>
            <div class="doc-end">
                {sum_list_view(document.clone(), words.clone())}
                {settled_view(document.clone(), payments, words.clone())}
                <Terms document words/>
            </div>
        </article>
    }
}

fn kind(kind: Kind, words: &Words) -> String {
    match kind {
        Kind::Invoice => words.word("invoice"),
        Kind::CreditNote => words.word("credit-note"),
    }
}

/// What a reader must not overlook.
fn marks_view(document: Document, words: Words) -> impl IntoView {
    let text = match (document.state, document.voided_by, document.corrects) {
        (InvoiceState::Draft, ..) => words.word("mark-draft"),
        (_, Some(credit), _) => words.phrase("mark-void", [("number", credit.number.into())]),
        (_, _, Some(invoice)) => words.phrase(
            "mark-corrects",
            [
                ("number", invoice.number.into()),
                ("reason", document.reason.into()),
            ],
        ),
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
fn named(value: String, name: impl FnOnce(FluentValue<'static>) -> String) -> String {
    if value.is_empty() {
        value
    } else {
        name(value.into())
    }
}

fn from_view(seller: Seller, words: Words) -> impl IntoView {
    // A workshop with one branch often gives both the same name.
    let branch = if seller.branch == seller.organization {
        String::new()
    } else {
        seller.branch
    };
    let tax = named(seller.tax_id, |value| words.phrase("tax-id", [("value", value)]));
    view! {
        <address class="doc-address">
            <strong class="doc-seller">{seller.organization}</strong>
            {address([branch, seller.address, seller.phone, seller.email, tax])}
        </address>
    }
}

fn title_view(document: Document, words: Words) -> impl IntoView {
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
    let number = document
        .number
        .clone()
        .unwrap_or_else(|| words.word("draft-number"));
    view! {
        <div class="doc-title">
            <h1>{kind(document.kind, &words)}</h1>
            <dl>
                <dt>{words.word("number")}</dt>
                <dd>{number}</dd>
                {document.issued_on.map(|day| view! { <dt>{words.word("date-of-issue")}</dt><dd>{words.day(day)}</dd> })}
                {supplied.map(|day| view! { <dt>{words.word("date-of-supply")}</dt><dd>{words.day(day)}</dd> })}
                {due.map(|day| view! { <dt>{words.word("due")}</dt><dd>{words.day(day)}</dd> })}
            </dl>
        </div>
    }
}

fn to_view(buyer: Buyer, kind: Kind, words: Words) -> impl IntoView {
    let label = match kind {
        Kind::Invoice => words.word("billed-to"),
        Kind::CreditNote => words.word("credited-to"),
    };
    let contact = named(buyer.contact_name, |value| {
        words.phrase("attention", [("value", value)])
    });
    let place = words.locale().town(&buyer.postal_code, &buyer.city);
    let tax = named(buyer.tax_id, |value| words.phrase("tax-id", [("value", value)]));
    view! {
        <address class="doc-address">
            <span class="doc-label">{label}</span>
            <strong>{buyer.name}</strong>
            {address([contact, buyer.street, place, tax])}
        </address>
    }
}

fn covered_view(cover: BilledOrder, term: String, words: Words) -> impl IntoView {
    let odometer = cover
        .odometer
        .map(|value| words.locale().count(i64::from(value)))
        .unwrap_or_default();
    let serial = if cover.vehicle {
        String::new()
    } else {
        named(cover.serial.clone(), |value| {
            words.phrase("serial", [("value", value)])
        })
    };
    let plate = (!cover.plate.is_empty())
        .then(|| view! { <span>{words.word("plate")}" "<Unbroken text=cover.plate.clone()/></span> });
    let facts = [
        serial,
        named(cover.vin.clone(), |value| words.phrase("vin", [("value", value)])),
        named(odometer, |value| words.phrase("odometer", [("value", value)])),
    ];
    let number = cover.number.clone().into();
    let covers = words.phrase("covers", [("term", term.into()), ("number", number)]);
    view! {
        <div class="doc-address">
            <span class="doc-label">{covers}</span>
            <strong>{cover.name()}</strong>
            {plate}
            {address(facts)}
        </div>
    }
}

/// What was paid until now, and what is left.
fn settled_view(document: Document, payments: Vec<InvoicePayment>, words: Words) -> impl IntoView {
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
            let label = words.phrase(
                "paid-on",
                [
                    ("method", payment.method.name().into()),
                    ("day", words.day(payment.received_on).into()),
                ],
            );
            view! { <dt>{label}</dt><dd>{document.show(-payment.allocated)}</dd> }
        })
        .collect_view();
    view! {
        <dl class="doc-sums">
            {rows}
            <dt class="doc-total">{words.word("balance-due")}</dt>
            <dd class="doc-total">{document.show(document.open)}</dd>
        </dl>
    }
    .into_any()
}

#[component]
fn Terms(document: Document, words: Words) -> impl IntoView {
    let ask = match (&document.number, document.due_on) {
        (Some(number), Some(due)) if document.is_owed() => Some(words.phrase(
            "please-pay",
            [
                ("amount", document.show(document.open).into()),
                ("day", words.day(due).into()),
                ("number", number.as_str().into()),
            ],
        )),
        (Some(_), _) if document.state == InvoiceState::Paid => Some(words.word("paid-thanks")),
        _ => None,
    };
    view! {
        <footer class="doc-terms">
            {ask.map(|text| view! { <p><strong>{text}</strong></p> })}
            <p>{words.phrase("rounding", [("currency", document.currency.code().into())])}</p>
        </footer>
    }
}

//! Beside the document: what is owed, who pays it, what was paid.
use super::super::model::Document;
use crate::domain::billing::Kind;
use crate::features::payments::InvoicePayment;
use crate::kernel::text::joined;
use crate::kernel::{Currency, Money, WorkOrderId};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// Total, paid, open.
pub(in crate::features::invoices) fn balance_view(
    document: Document,
    credit: Money,
    may_pay: bool,
) -> impl IntoView {
    let (currency, total, open) = (document.currency, document.total, document.open);
    let show = move |amount: Money| currency.show(amount);
    let takes = document.is_owed() && may_pay;
    let rows = [("Credited", -document.credited), ("Paid", -document.paid)]
        .into_iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(label, amount)| view! { <dt>{label}</dt><dd>{show(amount)}</dd> })
        .collect_view();
    let apply = (takes && credit > Money::ZERO).then(|| {
        let label = format!("Apply {}", show(credit.min(open)));
        let action = format!("/invoices/{}/credit", document.id);
        view! {
            <Alert tone=Tone::Info title=format!("Customer credit: {}", show(credit))>
                <div class="mt-2"><PostButton action label size=Size::Small/></div>
            </Alert>
        }
    });
    let pay = takes.then(|| {
        view! { <Button label="Record payment" opens="pay" variant=Variant::Primary icon="credit-card"/> }
    });
    view! {
        <Card title="Balance">
            <div class="stack">
                <dl class="doc-sums doc-sums-wide">
                    <dt>"Total"</dt>
                    <dd>{show(total)}</dd>
                    {rows}
                    <dt class="doc-total">"Open"</dt>
                    <dd class="doc-total">{show(open)}</dd>
                </dl>
                {apply}
                {pay}
            </div>
        </Card>
    }
}

/// Who, what and when.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in crate::features::invoices) fn Facts(document: Document, due: String) -> impl IntoView {
    let due = (document.kind == Kind::Invoice).then(|| {
        let text = document.due_on.map_or(due, |day| locale().day(day));
        view! { <Fact label="Due">{text}</Fact> }
    });
    let orders = document
        .covers
        .into_iter()
        .map(|cover| {
            let href = cover
                .order
                .map(|id| format!("/work-orders/{}", WorkOrderId::new(id)));
            let vehicle = joined(" · ", [cover.name(), cover.plate]);
            view! {
                <Fact label=terms().work_order().title()>{linked_view(href, cover.number)}</Fact>
                <Fact label=terms().asset().title()>{vehicle}</Fact>
            }
        })
        .collect_view();
    let customer = Some(format!("/customers/{}", document.customer));
    view! {
        <Card title="About">
            <DescriptionList>
                <Fact label="Customer">{linked_view(customer, document.buyer.name.clone())}</Fact>
                {orders}
                <Fact label="Branch">{document.seller.branch.clone()}</Fact>
                {document.issued_on.map(|day| view! { <Fact label="Issued">{locale().day(day)}</Fact> })}
                {due}
                {document.posted_by.map(|name| view! { <Fact label="Posted by">{name}</Fact> })}
            </DescriptionList>
        </Card>
    }
}

fn linked_view(href: Option<String>, text: String) -> impl IntoView {
    match href {
        Some(href) => view! { <a class="link" href=href>{text}</a> }.into_any(),
        None => text.into_any(),
    }
}

/// What was paid, by whom it was taken, and what was taken back.
pub(in crate::features::invoices) fn payments_view(
    document: Document,
    payments: Vec<InvoicePayment>,
    may_reverse: bool,
) -> impl IntoView {
    if payments.is_empty() {
        return ().into_any();
    }
    let currency = document.currency;
    let items = payments
        .into_iter()
        .enumerate()
        .map(|(at, payment)| view! { <Payment at payment currency may_reverse/> })
        .collect_view();
    view! {
        <Card title="Payments">
            <ul class="doc-payments">{items}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Payment(at: usize, payment: InvoicePayment, currency: Currency, may_reverse: bool) -> impl IntoView {
    let meta = joined(
        " · ",
        [
            locale().day(payment.received_on),
            payment.reference.clone(),
            payment.member.clone(),
        ],
    );
    let note = note(&payment, currency);
    let reversed = payment.reversed_on.is_some();
    let undo = (may_reverse && !reversed).then(|| {
        let opens = format!("reverse-{at}");
        view! { <Button label="Reverse" opens variant=Variant::Ghost size=Size::Small icon="undo"/> }
    });
    view! {
        <li class=reversed.then_some("is-reversed")>
            <div>
                <p class="font-medium">{payment.method.word(locale())}</p>
                <p class="hint">{meta}</p>
                {note.map(|text| view! { <p class="hint">{text}</p> })}
            </div>
            <div class="text-right">
                <p class="money">{currency.show(payment.amount)}</p>
                {undo}
            </div>
        </li>
    }
}

/// Where a payment does not simply pay this invoice, what became of it.
fn note(payment: &InvoicePayment, currency: Currency) -> Option<String> {
    match (payment.reversed_on, &payment.reversed_because) {
        (Some(day), because) => Some(format!(
            "Reversed on {}: {}",
            locale().day(day),
            because.as_deref().unwrap_or_default()
        )),
        (None, _) if payment.allocated.is_zero() => Some("Kept as customer credit".to_owned()),
        (None, _) if payment.allocated < payment.amount => Some(format!(
            "{} of it pays this invoice",
            currency.show(payment.allocated)
        )),
        _ => None,
    }
}

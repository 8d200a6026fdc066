//! The lines of a document, grouped by job, and what they add up to.
use super::super::model::{Document, DocumentLine, by_job, by_rate};
use crate::domain::billing::Kind;
use crate::domain::order::LineKind;
use crate::kernel::{Currency, Money};
use crate::server::messages::Words;
use crate::ui::prelude::{Cell, Column, Row, Table};
use leptos::prelude::*;

/// The lines: a table on paper and on wide screens.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in crate::features::invoices) fn LinesTable(
    lines: Vec<DocumentLine>,
    currency: Currency,
    words: Words,
    /// Over the first column; stands on every page of paper.
    #[prop(default = "Description".to_owned())]
    head: String,
) -> impl IntoView {
    let columns = vec![
        Column::new(head),
        Column::num(words.word("quantity")),
        Column::num(words.word("unit-price")),
        Column::num(words.word("tax")),
        Column::num(words.word("net")),
    ];
    let jobs = by_job(&lines);
    view! {
        <Table caption=words.word("lines-caption") columns>
            {jobs.into_iter().map(|(title, lines)| view! { <JobLines title lines currency words=words.clone()/> }).collect_view()}
        </Table>
    }
}

#[component]
fn JobLines(title: String, lines: Vec<DocumentLine>, currency: Currency, words: Words) -> impl IntoView {
    let net: Money = lines.iter().map(|line| line.net).sum();
    view! {
        <tr class="doc-job">
            <th scope="rowgroup" colspan="4">{title}</th>
            <td class="num">{currency.show(net)}</td>
        </tr>
        {lines.into_iter().map(|line| view! { <Line line currency words=words.clone()/> }).collect_view()}
    }
}

#[component]
fn Line(line: DocumentLine, currency: Currency, words: Words) -> impl IntoView {
    let part = (!line.part_number.is_empty()).then(|| {
        view! { <span class="sub">{words.phrase("part-number", [("value", line.part_number.as_str().into())])}</span> }
    });
    if line.kind == LineKind::Text {
        return view! {
            <tr>
                <td class="cell-main text-muted" colspan="5">{line.description}{part}</td>
            </tr>
        }
        .into_any();
    }
    view! {
        <Row>
            <td class="cell-main">{line.description}{part}</td>
            <Cell label=words.word("quantity") num=true>{line.quantity.to_string()}</Cell>
            <Cell label=words.word("unit-price") num=true>{currency.show(line.unit_price)}</Cell>
            <Cell label=words.word("tax") num=true>{line.tax_rate.to_string()}</Cell>
            <Cell label=words.word("net") num=true>{currency.show(line.net)}</Cell>
        </Row>
    }
    .into_any()
}

/// Net, tax by rate, total.
pub(in crate::features::invoices) fn sum_list_view(document: Document, words: Words) -> impl IntoView {
    let show = |amount: Money| document.currency.show(amount);
    let rates = by_rate(&document.lines)
        .into_iter()
        .map(|rate| {
            let label = words.phrase(
                "tax-on",
                [
                    ("rate", rate.rate.to_string().into()),
                    ("net", show(rate.net).into()),
                ],
            );
            view! { <dt>{label}</dt><dd>{show(rate.tax)}</dd> }
        })
        .collect_view();
    let total = match document.kind {
        Kind::Invoice => words.word("total"),
        Kind::CreditNote => words.word("total-credited"),
    };
    view! {
        <dl class="doc-sums">
            <dt>{words.word("subtotal")}</dt>
            <dd>{show(document.net)}</dd>
            {rates}
            <dt class="doc-total">{total}</dt>
            <dd class="doc-total">{show(document.total)}</dd>
        </dl>
    }
}

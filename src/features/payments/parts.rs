//! Pieces of the list.
use super::model::{MethodSum, PaymentRow};
use crate::kernel::{Currency, Money};
use crate::ui::prelude::locale;
use crate::ui::prelude::{Badge, Cell, Column, MainCell, Row, Stat, StatRow, Table, Tone};
use leptos::prelude::*;

/// What a month brought, by method.
pub(super) fn method_sums_view(sums: Vec<MethodSum>, currency: Currency) -> impl IntoView {
    (!sums.is_empty()).then(|| {
        let tiles = sums
            .into_iter()
            .map(|sum| {
                let note = if sum.payments == 1 {
                    "1 entry".to_owned()
                } else {
                    format!("{} entries", sum.payments)
                };
                view! { <Stat label=sum.method.word(locale()) value=currency.show(sum.amount) note/> }
            })
            .collect_view();
        view! { <div class="pb-4"><StatRow>{tiles}</StatRow></div> }
    })
}

pub(super) fn payment_table_view(
    rows: Vec<PaymentRow>,
    heads: [Column; 2],
    sums: Vec<MethodSum>,
    currency: Currency,
) -> impl IntoView {
    let [received, amount] = heads;
    let columns = vec![
        Column::new("Customer"),
        received,
        Column::new("Method"),
        Column::new("Reference"),
        Column::new("Taken by"),
        amount,
    ];
    let foot = move || (!sums.is_empty()).then(|| sum_row_view(sums, currency));
    view! {
        <Table caption="Payments and reversals" columns foot>
            {rows.into_iter().map(|row| view! { <Line row/> }).collect_view()}
        </Table>
    }
}

/// The sum of all pages of the month, not only of the rows above it.
fn sum_row_view(sums: Vec<MethodSum>, currency: Currency) -> impl IntoView {
    let count: i64 = sums.iter().map(|sum| sum.payments).sum();
    let amount: Money = sums.iter().map(|sum| sum.amount).sum();
    let label = if count == 1 {
        "Total of 1 entry".to_owned()
    } else {
        format!("Total of {count} entries")
    };
    view! {
        <tr>
            <th scope="row" colspan="5">{label}</th>
            <td class="num" data-label="Amount">{currency.show(amount)}</td>
        </tr>
    }
}

#[component]
fn Line(row: PaymentRow) -> impl IntoView {
    let currency = Currency::stored(&row.currency).unwrap_or(Currency::EUR);
    let href = row.invoice.map(|id| format!("/invoices/{id}"));
    let note = match (row.reverses, row.invoice_number) {
        (Some(_), number) => format!(
            "Reversal{}: {}",
            number.map(|n| format!(", {n}")).unwrap_or_default(),
            row.reason
        ),
        (None, number) => number.map(|n| format!("For {n}")).unwrap_or_default(),
    };
    let mark = row
        .reversed
        .then(|| view! { <Badge label="Reversed" tone=Tone::Neutral/> });
    view! {
        <Row>
            <MainCell text=row.customer href sub=note>{mark}</MainCell>
            <Cell label="Received" date=true>{locale().day(row.received_on)}</Cell>
            <Cell label="Method">{row.method.word(locale())}</Cell>
            <Cell label="Reference">{(!row.reference.is_empty()).then_some(row.reference)}</Cell>
            <Cell label="Taken by">{row.member}</Cell>
            <Cell label="Amount" num=true>{currency.show(row.amount)}</Cell>
        </Row>
    }
}

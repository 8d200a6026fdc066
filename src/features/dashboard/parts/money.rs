//! How the month goes, for those who may see the workshop's figures.
use super::super::model::{Figures, Sum};
use crate::kernel::time::Month;
use crate::kernel::{Currency, Money};
use crate::ui::prelude::locale;
use crate::ui::prelude::{Card, EmptyState, Section, Stat, StatRow, Tone};
use leptos::prelude::*;

/// Four tiles and the last months.
pub(in super::super) fn money_part_view(figures: Figures, currency: Currency) -> impl IntoView {
    let month = figures.month;
    let show = move |sum: Sum| currency.show(sum.amount);
    let overdue_tone = if figures.overdue.count > 0 {
        Tone::Danger
    } else {
        Tone::Success
    };
    let (invoiced, collected, open, overdue) = (
        figures.this_month(),
        figures.collected,
        figures.open,
        figures.overdue,
    );
    view! {
        <Section title=locale().month(month)>
            <StatRow>
                <Stat label="Invoiced" value=show(invoiced) href=format!("/invoices?month={month}") icon="receipt" tone=Tone::Accent
                    note="invoice date, net of credit notes, incl. tax"/>
                <Stat label="Collected" value=show(collected) href=format!("/payments?month={month}") icon="wallet" tone=Tone::Success
                    note="payment date, net of reversals"/>
                <Stat label="Owed to you" value=show(open) href="/invoices?state=open" icon="clock" tone=Tone::Info
                    note=format!("{} unpaid as of today", documents(open.count))/>
                <Stat label="Overdue" value=show(overdue) href="/invoices?state=overdue" icon="alert-circle" tone=overdue_tone
                    note=format!("{} past the due date", documents(overdue.count))/>
            </StatRow>
            {months_view(figures.invoiced, currency)}
        </Section>
    }
}

fn documents(count: i64) -> String {
    match count {
        1 => "1 invoice".to_owned(),
        count => format!("{count} invoices"),
    }
}

/// A bar for each month; each leads to its invoices.
fn months_view(months: Vec<(Month, Sum)>, currency: Currency) -> impl IntoView {
    // A new workshop has no months before its first invoice.
    let months: Vec<_> = months.into_iter().skip_while(|(_, sum)| sum.count == 0).collect();
    if months.is_empty() {
        return view! {
            <Card title="Invoiced by month">
                <EmptyState icon="receipt" title="Nothing invoiced yet" text="Your months show here after the first invoice."/>
            </Card>
        }
        .into_any();
    }
    let most = months
        .iter()
        .map(|(_, sum)| sum.amount.0)
        .max()
        .unwrap_or(0)
        .max(1);
    let last = months.len().saturating_sub(1);
    let bars = months
        .into_iter()
        .enumerate()
        .map(|(at, (month, sum))| view! { <Bar month amount=sum.amount most now=at == last currency/> })
        .collect_view();
    view! {
        <Card title="Invoiced by month" subtitle="Invoice date, net of credit notes, incl. tax">
            <ul class="month-bars">{bars}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Bar(month: Month, amount: Money, most: i64, now: bool, currency: Currency) -> impl IntoView {
    let share = i128::from(amount.0.max(0)) * 100 / i128::from(most);
    let height = i64::try_from(share).unwrap_or(0);
    let name = locale().month_of_year(month);
    view! {
        <li>
            <a class="month-bar" href=format!("/invoices?month={month}") aria-current=now.then_some("date")>
                <span class="month-amount">{currency.show(amount)}</span>
                <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
                    <rect width="10" y=100 - height height=height/>
                </svg>
                <span>{name}</span>
            </a>
        </li>
    }
}

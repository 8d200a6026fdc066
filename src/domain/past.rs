//! What was done on past work orders, with its lines.
use super::order::{LineKind, Payer};
use super::totals::LineAmounts;
use crate::kernel::{BasisPoints, Currency, Money, Quantity};
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
    pub unit_price: Money,
    pub tax_rate: BasisPoints,
}

impl PastLine {
    fn net(&self) -> Money {
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
    pub fn words(&self, prices: Option<Currency>) -> String {
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
            unit_price: Money(5_000),
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

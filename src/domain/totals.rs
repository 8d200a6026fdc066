//! The one way to add up lines: the page, the service, the invoice and the browser's part all call [`totals`].
use super::order::LineKind;
use crate::kernel::{BasisPoints, Money, Quantity};
use serde::{Deserialize, Serialize};

/// What of a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAmounts {
    pub kind: LineKind,
    pub quantity: Quantity,
    pub unit_price: Money,
    pub tax_rate: BasisPoints,
    /// A line of a declined job counts nowhere.
    pub declined: bool,
}

impl LineAmounts {
    /// Unit price × quantity, rounded half away from zero; a discount is negative, a text nothing.
    pub fn net(&self) -> Money {
        match self.kind {
            LineKind::Text => Money::ZERO,
            LineKind::Discount => -self.unit_price.times(self.quantity),
            _ => self.unit_price.times(self.quantity),
        }
    }

    /// The tax on [`Self::net`], rounded per line.
    pub fn tax(&self) -> Money {
        self.net().percent(self.tax_rate)
    }
}

/// What was taxed at one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateTotal {
    pub rate: BasisPoints,
    pub net: Money,
    pub tax: Money,
}

/// The sums of some lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub net: Money,
    pub tax: Money,
    pub gross: Money,
    /// By rate, the lowest first; rates of text lines are not listed.
    pub by_rate: Vec<RateTotal>,
}

/// Adds up: per line rounded, then summed. Declined lines count nowhere.
pub fn totals(lines: &[LineAmounts]) -> Totals {
    let mut sums = Totals::default();
    for line in lines.iter().filter(|line| !line.declined) {
        let (net, tax) = (line.net(), line.tax());
        sums.net = plus(sums.net, net);
        sums.tax = plus(sums.tax, tax);
        if line.kind != LineKind::Text {
            add_at_rate(&mut sums.by_rate, line.tax_rate, net, tax);
        }
    }
    sums.gross = plus(sums.net, sums.tax);
    sums
}

fn add_at_rate(by_rate: &mut Vec<RateTotal>, rate: BasisPoints, net: Money, tax: Money) {
    match by_rate.binary_search_by_key(&rate, |total| total.rate) {
        Ok(at) => {
            by_rate[at].net = plus(by_rate[at].net, net);
            by_rate[at].tax = plus(by_rate[at].tax, tax);
        }
        Err(at) => by_rate.insert(at, RateTotal { rate, net, tax }),
    }
}

/// A browser must not stop at an absurd sum; the service refuses lines long before.
fn plus(a: Money, b: Money) -> Money {
    Money(a.0.saturating_add(b.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = LineAmounts> {
        (
            prop::sample::select(LineKind::ALL.to_vec()),
            0i64..=1_000_000,
            0i64..=100_000_000,
            prop::sample::select(vec![0, 700, 1_900, 2_000, 10_000]),
            any::<bool>(),
        )
            .prop_map(|(kind, quantity, price, rate, declined)| LineAmounts {
                kind,
                quantity: Quantity(quantity),
                unit_price: Money(price),
                tax_rate: BasisPoints(rate),
                declined,
            })
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_its_lines(lines in prop::collection::vec(line(), 0..40)) {
            let sums = totals(&lines);
            let counted = || lines.iter().filter(|l| !l.declined);
            prop_assert_eq!(sums.net, counted().map(LineAmounts::net).sum());
            prop_assert_eq!(sums.tax, counted().map(LineAmounts::tax).sum());
            prop_assert_eq!(sums.gross, sums.net + sums.tax);
            prop_assert_eq!(sums.net, sums.by_rate.iter().map(|r| r.net).sum());
            prop_assert_eq!(sums.tax, sums.by_rate.iter().map(|r| r.tax).sum());
        }

        #[test]
        fn the_order_of_lines_changes_nothing(mut lines in prop::collection::vec(line(), 0..20)) {
            let before = totals(&lines);
            lines.reverse();
            prop_assert_eq!(totals(&lines), before);
        }

        #[test]
        fn tax_is_never_more_than_half_a_unit_a_line_off(lines in prop::collection::vec(line(), 0..40)) {
            for rate in totals(&lines).by_rate {
                let exact = i128::from(rate.net.0) * i128::from(rate.rate.0);
                let count = lines.iter().filter(|l| l.tax_rate == rate.rate).count() as i128;
                prop_assert!((exact - i128::from(rate.tax.0) * 10_000).abs() <= 5_000 * count);
            }
        }

        #[test]
        fn the_largest_lines_of_the_schema_do_not_overflow(count in 0usize..200) {
            let most = LineAmounts {
                kind: LineKind::Fee, quantity: Quantity(1_000_000_000), unit_price: Money(100_000_000_000),
                tax_rate: BasisPoints(10_000), declined: false,
            };
            let sums = totals(&vec![most; count]);
            prop_assert!(sums.gross >= sums.net);
        }
    }

    #[test]
    fn a_discount_takes_off_and_a_text_costs_nothing() {
        let line = |kind, price| LineAmounts {
            kind,
            quantity: Quantity::ONE,
            unit_price: Money(price),
            tax_rate: BasisPoints(1_900),
            declined: false,
        };
        let sums = totals(&[
            line(LineKind::Part, 10_000),
            line(LineKind::Discount, 1_000),
            line(LineKind::Text, 5),
        ]);
        assert_eq!(
            (sums.net, sums.tax, sums.gross),
            (Money(9_000), Money(1_710), Money(10_710))
        );
    }
}

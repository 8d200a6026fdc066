//! What a line may hold, and what it costs as typed: the same in the browser and on the server.
use super::order::LineKind;
use super::totals::LineAmounts;
use crate::kernel::{BasisPoints, Currency, Money, Problem, Quantity};

/// No single line may cost more: ten billion units of a currency with two decimals.
const MOST: Money = Money(1_000_000_000_000);

/// What a line costs as typed so far, if it can be read. The tax is in basis points.
pub fn amounts(
    kind: &str,
    quantity: &str,
    unit_price: &str,
    tax: &str,
    currency: Currency,
) -> Option<LineAmounts> {
    Some(LineAmounts {
        kind: LineKind::parse(kind)?,
        quantity: Quantity::parse(quantity).ok()?,
        unit_price: Money::parse(unit_price, currency).ok()?,
        tax_rate: BasisPoints(tax.parse().ok()?),
        declined: false,
    })
}

/// # Errors
/// The sentence to show at the field.
pub fn quantity(raw: &str) -> Result<Quantity, Problem> {
    let quantity = Quantity::parse(raw)?;
    if (1..=1_000_000_000).contains(&quantity.0) {
        Ok(quantity)
    } else {
        Err(Problem::OutOfRange("more than 0 and at most 1,000,000".into()))
    }
}

/// Whether one unit may cost this.
///
/// # Errors
/// The sentence to show at the field.
pub fn price(price: &Money) -> Result<(), Problem> {
    if price.0 < 0 {
        Err(Problem::other(
            "Enter it without a minus; use the kind Discount for a deduction.",
        ))
    } else if price.0 > 100_000_000_000 {
        Err(Problem::OutOfRange("a smaller price".into()))
    } else {
        Ok(())
    }
}

/// Whether one line may cost so much.
///
/// # Errors
/// The sentence to show at the price.
pub fn costs(price: Money, quantity: Quantity) -> Result<(), Problem> {
    if price.times(quantity) > MOST {
        return Err(Problem::OutOfRange("a smaller amount per line".into()));
    }
    Ok(())
}

/// # Errors
/// The sentence to show at the field.
pub fn tax(raw: &str) -> Result<BasisPoints, Problem> {
    raw.parse()
        .ok()
        .filter(|rate| (0..=10_000).contains(rate))
        .map(BasisPoints)
        .ok_or_else(|| Problem::other("Choose a tax rate."))
}

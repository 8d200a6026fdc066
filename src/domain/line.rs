//! A line as typed, and the rule that makes it one: the same in the browser and on the server.
use super::order::LineKind;
use super::totals::LineAmounts;
use crate::kernel::{BasisPoints, Checker, Currency, FieldErrors, Money, Problem, Quantity, text};
use serde::{Deserialize, Serialize};

/// A line's fields as strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineFields {
    /// The line's id; empty for a new one.
    pub id: String,
    pub kind: String,
    pub description: String,
    pub part_number: String,
    pub quantity: String,
    pub unit_price: String,
    /// In basis points, as the select posts it.
    pub tax: String,
}

/// A valid line, about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineInput {
    pub kind: LineKind,
    pub description: String,
    pub part_number: String,
    pub quantity: Quantity,
    pub unit_price: Money,
    pub tax_rate: BasisPoints,
}

impl LineInput {
    /// What it costs.
    pub fn amounts(&self) -> LineAmounts {
        LineAmounts {
            kind: self.kind,
            quantity: self.quantity,
            unit_price: self.unit_price,
            tax_rate: self.tax_rate,
            declined: false,
        }
    }
}

/// No single line may cost more: ten billion units of a currency with two decimals.
const MOST: Money = Money(1_000_000_000_000);

impl LineFields {
    /// An empty row for the next line.
    pub fn blank(tax: BasisPoints) -> Self {
        Self {
            kind: LineKind::Labor.name().into(),
            quantity: "1".into(),
            tax: tax.0.to_string(),
            ..Self::default()
        }
    }

    /// A row for a new line that nobody typed anything into.
    pub fn is_blank(&self) -> bool {
        self.id.is_empty()
            && self.description.trim().is_empty()
            && self.part_number.trim().is_empty()
            && self.unit_price.trim().is_empty()
    }

    /// What the line costs as typed so far, if it can be read.
    pub fn amounts(&self, currency: Currency) -> Option<LineAmounts> {
        Some(LineAmounts {
            kind: LineKind::parse(&self.kind)?,
            quantity: Quantity::parse(&self.quantity).ok()?,
            unit_price: Money::parse(&self.unit_price, currency).ok()?,
            tax_rate: BasisPoints(self.tax.parse().ok()?),
            declined: false,
        })
    }

    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, currency: Currency) -> Result<LineInput, FieldErrors> {
        let mut check = Checker::new();
        let kind = check.check("kind", LineKind::parse(&self.kind).ok_or(Problem::Missing));
        let description = check.check("description", text::required(&self.description, 500));
        let part_number = check.check("part_number", text::optional(&self.part_number, 60));
        let words_only = kind == Some(LineKind::Text);
        let quantity = check.check(
            "quantity",
            if words_only {
                Ok(Quantity::ONE)
            } else {
                quantity(&self.quantity)
            },
        );
        let unit_price = check.check(
            "unit_price",
            if words_only {
                Ok(Money::ZERO)
            } else {
                price(&self.unit_price, currency)
            },
        );
        let tax_rate = check.check("tax", tax(&self.tax));
        if let (Some(price), Some(quantity)) = (unit_price, quantity)
            && price.times(quantity) > MOST
        {
            check.refuse(
                "unit_price",
                Problem::OutOfRange("a smaller amount per line".into()),
            );
        }
        let value = (|| {
            Some(LineInput {
                kind: kind?,
                description: description?,
                part_number: part_number?,
                quantity: quantity?,
                unit_price: unit_price?,
                tax_rate: tax_rate?,
            })
        })();
        check.finish(value)
    }
}

fn quantity(raw: &str) -> Result<Quantity, Problem> {
    let quantity = Quantity::parse(raw)?;
    if (1..=1_000_000_000).contains(&quantity.0) {
        Ok(quantity)
    } else {
        Err(Problem::OutOfRange("more than 0 and at most 1,000,000".into()))
    }
}

fn price(raw: &str, currency: Currency) -> Result<Money, Problem> {
    let price = Money::parse(raw, currency)?;
    if price.0 < 0 {
        Err(Problem::other(
            "Enter it without a minus; use the kind Discount for a deduction.",
        ))
    } else if price.0 > 100_000_000_000 {
        Err(Problem::OutOfRange("a smaller price".into()))
    } else {
        Ok(price)
    }
}

fn tax(raw: &str) -> Result<BasisPoints, Problem> {
    raw.parse()
        .ok()
        .filter(|rate| (0..=10_000).contains(rate))
        .map(BasisPoints)
        .ok_or_else(|| Problem::other("Choose a tax rate."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(kind: &str, quantity: &str, price: &str) -> LineFields {
        LineFields {
            kind: kind.into(),
            description: "Brake pads".into(),
            quantity: quantity.into(),
            unit_price: price.into(),
            tax: "1900".into(),
            ..LineFields::default()
        }
    }

    #[test]
    fn what_is_shown_while_typing_is_what_will_be_saved() {
        let fields = typed("part", "1,5", "1.234,50");
        let (live, saved) = (fields.amounts(Currency::EUR), fields.validate(Currency::EUR).ok());
        assert_eq!(live.map(|l| l.net()), Some(Money(185_175)));
        assert_eq!(
            saved.map(|l| l.unit_price.times(l.quantity)),
            Some(Money(185_175))
        );
    }

    #[test]
    fn every_bad_field_is_told_at_once() {
        let errors = LineFields::default()
            .validate(Currency::EUR)
            .expect_err("nothing typed");
        for field in ["kind", "description", "quantity", "unit_price", "tax"] {
            assert!(errors.at(field).is_some(), "{field}");
        }
        assert!(typed("discount", "1", "-5").validate(Currency::EUR).is_err());
        assert!(typed("part", "0", "5").validate(Currency::EUR).is_err());
        assert!(
            typed("part", "1000000", "999999999")
                .validate(Currency::EUR)
                .is_err()
        );
    }

    #[test]
    fn words_need_no_price() {
        assert!(typed("text", "", "").validate(Currency::EUR).is_ok());
    }
}

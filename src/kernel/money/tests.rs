//! Amounts are rounded, read and shown; the list of currencies is the published one.
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn half_a_cent_rounds_away_from_zero() {
    assert_eq!(Money(50).percent(BasisPoints(100)), Money(1));
    assert_eq!(Money(-50).percent(BasisPoints(100)), Money(-1));
    assert_eq!(Money(49).percent(BasisPoints(100)), Money(0));
    assert_eq!(Money(333).times(Quantity(1_500)), Money(500));
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let rupee = Currency::parse("INR").expect("a currency");
    let cases = [
        ("12", Currency::EUR, 1_200),
        ("1.234,50", Currency::EUR, 123_450),
        ("€ 12.50", Currency::EUR, 1_250),
        ("12,50 EUR", Currency::EUR, 1_250),
        ("−€3", Currency::EUR, -300),
        ("₹1,00,000", rupee, 10_000_000),
        ("1,00,000.00", rupee, 10_000_000),
    ];
    for (raw, currency, minor) in cases {
        assert_eq!(Money::parse(raw, currency), Ok(Money(minor)), "{raw}");
    }
    for raw in ["$12", "12 USD", "€", "€€1", "EUR 1 EUR", "1,00,000"] {
        assert!(Money::parse(raw, Currency::EUR).is_err(), "{raw}");
    }
}

#[test]
fn figures_below_zero_read_well_too() {
    assert_eq!(Currency::EUR.show(Money(-123_450)), "−€1,234.50");
    assert_eq!(Quantity(1_500).to_string(), "1.5");
    assert_eq!(Quantity(-500).to_string(), "-0.5");
    assert_eq!(Quantity(-12_000).to_string(), "-12");
    assert_eq!(BasisPoints(1_900).to_string(), "19 %");
    assert_eq!(BasisPoints(-750).to_string(), "-7.5 %");
    assert_eq!(BasisPoints(-5).to_string(), "-0.05 %");
}

#[test]
fn currencies_and_their_decimals_are_those_of_iso_4217() {
    let all = <iso_currency::Currency as iso_currency::IntoEnumIterator>::iter();
    let published: BTreeSet<String> = all
        .filter(|currency| {
            currency.exponent().is_some() && !currency.is_fund() && currency.is_superseded().is_none()
        })
        .map(|currency| currency.code().to_owned())
        .collect();
    let ours: BTreeSet<String> = CODES.split(' ').map(ToOwned::to_owned).collect();
    assert_eq!(ours, published);
    for code in published {
        let exponent = iso_currency::Currency::from_code(&code).and_then(|currency| currency.exponent());
        let own = Currency::parse(&code).map(Currency::exponent);
        assert_eq!(own, exponent.map(u32::from), "{code}");
    }
    for unknown in ["ZZZ", "XYZ", "eur", "EURO", "", "E R", "XXX"] {
        assert_eq!(Currency::parse(unknown), None, "{unknown}");
    }
}

proptest! {
    #[test]
    fn an_amount_is_read_back_from_what_is_shown(minor in -999_999_999_999i64..=999_999_999_999, which in 0usize..170) {
        let code = CODES.split(' ').nth(which % CODES.split(' ').count()).unwrap_or("EUR");
        let currency = Currency::parse(code).expect("a currency");
        prop_assert_eq!(Money::parse(&currency.show(Money(minor)), currency), Ok(Money(minor)));
        prop_assert_eq!(Money::parse(&currency.plain(Money(minor)), currency), Ok(Money(minor)));
    }

    #[test]
    fn quantities_and_rates_are_read_back_from_what_is_shown(value in -999_999_999i64..=999_999_999, rate in -100_000i32..=100_000) {
        prop_assert_eq!(Quantity::parse(&Quantity(value).to_string()), Ok(Quantity(value)));
        prop_assert_eq!(BasisPoints::parse(&BasisPoints(rate).to_string()), Ok(BasisPoints(rate)));
    }
}

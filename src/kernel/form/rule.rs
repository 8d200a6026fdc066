//! The kinds of fields that forms are made of: each parses what was typed, writes a value as its control holds it, and says how a person
//! reads it.
pub use super::field::Kind;
use super::field::{Spec, Word};
use super::{FormContext, Problem};
use crate::kernel::money::{BasisPoints, Money, Quantity};
use crate::kernel::{text, time};
use chrono::NaiveDate;
use std::str::FromStr;

/// A kind of field with its label and bounds.
pub trait Rule {
    type Value: Clone + PartialEq;

    fn spec(&self) -> Spec;
    /// The value of what was typed.
    ///
    /// # Errors
    /// The problem to show at the field.
    fn parse(&self, raw: &str, context: &FormContext) -> Result<Self::Value, Problem>;
    /// A value as the control holds it.
    fn format(&self, value: &Self::Value, context: &FormContext) -> String;
    /// A value as a person reads it, in what two versions differ.
    fn describe(&self, value: &Self::Value, context: &FormContext) -> String {
        self.format(value, context)
    }
}

/// How a control parses: most rules know the field's declaration, a feature's own need the text only.
enum Parse<T> {
    Declared(fn(&Spec, &str, &FormContext) -> Result<T, Problem>),
    Plain(fn(&str) -> Result<T, Problem>),
}

/// A rule made of three functions.
pub struct Control<T> {
    spec: Spec,
    parse: Parse<T>,
    check: fn(&T) -> Result<(), Problem>,
    format: fn(&T, &FormContext) -> String,
    describe: fn(&T, &FormContext) -> String,
}

impl<T: Clone + PartialEq> Rule for Control<T> {
    type Value = T;

    fn spec(&self) -> Spec {
        self.spec
    }
    fn parse(&self, raw: &str, context: &FormContext) -> Result<T, Problem> {
        let value = match self.parse {
            Parse::Declared(parse) => parse(&self.spec, raw, context),
            Parse::Plain(parse) => parse(raw),
        }?;
        (self.check)(&value)?;
        Ok(value)
    }
    fn format(&self, value: &T, context: &FormContext) -> String {
        (self.format)(value, context)
    }
    fn describe(&self, value: &T, context: &FormContext) -> String {
        (self.describe)(value, context)
    }
}

impl<T> Control<T> {
    fn new(
        label: &'static str,
        kind: Kind,
        parse: fn(&Spec, &str, &FormContext) -> Result<T, Problem>,
        format: fn(&T, &FormContext) -> String,
    ) -> Self {
        let spec = Spec {
            label,
            kind,
            ..Spec::default()
        };
        Self {
            spec,
            parse: Parse::Declared(parse),
            check: |_| Ok(()),
            format,
            describe: format,
        }
    }
    /// Its control takes no longer text.
    #[must_use]
    pub const fn most(mut self, most: u32) -> Self {
        self.spec.most = Some(most);
        self
    }
    /// Its smallest and largest number.
    #[must_use]
    pub const fn between(mut self, least: i64, most: i64) -> Self {
        self.spec.range = Some((least, most));
        self
    }
    /// Empty is refused by the browser, too.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.spec.required = true;
        self
    }
    /// What an empty one asks for, where "Enter the …" does not do.
    #[must_use]
    pub const fn asks(mut self, sentence: &'static str) -> Self {
        self.spec.ask = Some(sentence);
        self
    }
    /// Refuses some of its values, with a rule of one feature.
    #[must_use]
    pub const fn checked(mut self, check: fn(&T) -> Result<(), Problem>) -> Self {
        self.check = check;
        self
    }
    /// How a person reads it.
    #[must_use]
    pub fn described(mut self, describe: fn(&T, &FormContext) -> String) -> Self {
        self.describe = describe;
        self
    }
    /// Nothing typed is no value.
    #[must_use]
    pub const fn optional(self) -> Optional<Self> {
        Optional(self)
    }
}

/// Nothing typed is `None`.
pub struct Optional<R>(R);

impl<R: Rule> Rule for Optional<R> {
    type Value = Option<R::Value>;

    fn spec(&self) -> Spec {
        Spec {
            required: false,
            ..self.0.spec()
        }
    }
    fn parse(&self, raw: &str, context: &FormContext) -> Result<Self::Value, Problem> {
        if raw.trim().is_empty() {
            return Ok(None);
        }
        self.0.parse(raw, context).map(Some)
    }
    fn format(&self, value: &Self::Value, context: &FormContext) -> String {
        value
            .as_ref()
            .map(|value| self.0.format(value, context))
            .unwrap_or_default()
    }
    fn describe(&self, value: &Self::Value, context: &FormContext) -> String {
        value
            .as_ref()
            .map(|value| self.0.describe(value, context))
            .unwrap_or_default()
    }
}

#[expect(clippy::ptr_arg, reason = "a rule describes the type that it parses")]
fn as_is(value: &String, _: &FormContext) -> String {
    value.clone()
}

fn to_text<T: ToString>(value: &T, _: &FormContext) -> String {
    value.to_string()
}

fn most(spec: &Spec) -> u32 {
    spec.most.unwrap_or(u32::MAX)
}

/// Empty is fine unless the field is required; blanks and what nobody can see are empty.
fn filled(spec: &Spec, text: String) -> Result<String, Problem> {
    if spec.required {
        text::require_visible(text)
    } else {
        Ok(text)
    }
}

/// One line of text.
pub fn line(label: &'static str, longest: u32) -> Control<String> {
    Control::new(
        label,
        Kind::Text,
        |spec, raw, _| text::optional(raw, most(spec)).and_then(|text| filled(spec, text)),
        as_is,
    )
    .most(longest)
}

/// Several lines of text.
pub fn long(label: &'static str, longest: u32) -> Control<String> {
    Control::new(
        label,
        Kind::Long,
        |spec, raw, _| text::long(raw, most(spec)).and_then(|text| filled(spec, text)),
        as_is,
    )
    .most(longest)
}

/// A telephone number.
pub fn phone(label: &'static str) -> Control<String> {
    Control::new(
        label,
        Kind::Phone,
        |spec, raw, context| {
            let example = context.locale.phone_example();
            text::phone(raw, example).and_then(|text| filled(spec, text))
        },
        as_is,
    )
    .most(32)
}

/// A number plate. One of the country's own is written as there; a foreign one is as good.
pub fn plate(label: &'static str) -> Control<String> {
    let parse = |_: &Spec, raw: &str, context: &FormContext| {
        let locale = context.locale;
        text::plate(raw, locale.plate_example()).map(|plate| locale.plate(&plate))
    };
    Control::new(label, Kind::Text, parse, as_is).most(16)
}

/// A line of text with a spelling of its own: a plate, a VIN, a code.
pub fn spelled(
    label: &'static str,
    longest: u32,
    parse: fn(&str) -> Result<String, Problem>,
) -> Control<String> {
    own(label, Kind::Text, parse, as_is).most(longest)
}

/// A rule of one feature's own.
pub fn own<T>(
    label: &'static str,
    kind: Kind,
    parse: fn(&str) -> Result<T, Problem>,
    format: fn(&T, &FormContext) -> String,
) -> Control<T> {
    let spec = Spec {
        label,
        kind,
        ..Spec::default()
    };
    Control {
        spec,
        parse: Parse::Plain(parse),
        check: |_| Ok(()),
        format,
        describe: format,
    }
}

/// What a meter shows.
pub fn odometer(label: &'static str) -> Control<i32> {
    let parse = |raw: &str| text::odometer(raw)?.ok_or(Problem::Missing);
    own(label, Kind::Number, parse, to_text)
        .described(|value, context| context.locale.count((*value).into()))
        .most(12)
        .required()
}

/// Taken as it is: what it means is another's to say.
pub fn as_typed(label: &'static str, kind: Kind) -> Control<String> {
    own(label, kind, |raw| Ok(raw.to_owned()), as_is)
}

/// A password or a PIN: taken as it is, and never sent back.
pub fn secret(label: &'static str) -> Control<String> {
    let parse = |spec: &Spec, raw: &str, _: &FormContext| match raw {
        "" if spec.required => Err(Problem::Missing),
        raw => Ok(raw.to_owned()),
    };
    Control::new(label, Kind::Password, parse, as_is).described(|_, _| String::new())
}

/// A whole number.
pub fn number(label: &'static str, least: i32, largest: i32) -> Control<i32> {
    Control::new(label, Kind::Number, whole, to_text)
        .between(least.into(), largest.into())
        .required()
}

fn whole(spec: &Spec, raw: &str, _: &FormContext) -> Result<i32, Problem> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err(Problem::Missing);
    }
    let (least, largest) = spec.range.unwrap_or((i32::MIN.into(), i32::MAX.into()));
    raw.parse()
        .ok()
        .filter(|value| (least..=largest).contains(&i64::from(*value)))
        .ok_or_else(|| Problem::OutOfRange(format!("between {least} and {largest}")))
}

/// An amount of the organization's money.
pub fn money(label: &'static str) -> Control<Money> {
    let parse = |_: &Spec, raw: &str, context: &FormContext| Money::parse(raw, context.currency);
    Control::new(label, Kind::Decimal, parse, |value, context| {
        context.currency.plain(*value)
    })
    .described(|value, context| context.currency.show(*value))
    .most(20)
    .required()
}

/// How many, with up to three decimals.
pub fn quantity(label: &'static str) -> Control<Quantity> {
    let parse = |_: &Spec, raw: &str, _: &FormContext| Quantity::parse(raw);
    Control::new(label, Kind::Decimal, parse, to_text)
        .most(20)
        .required()
}

/// A percentage of up to a hundred.
pub fn rate(label: &'static str) -> Control<BasisPoints> {
    let parse = |_: &Spec, raw: &str, _: &FormContext| {
        let rate = BasisPoints::parse(raw)?;
        if (0..=10_000).contains(&rate.0) {
            Ok(rate)
        } else {
            Err(Problem::malformed("19 or 7.5"))
        }
    };
    Control::new(label, Kind::Decimal, parse, to_text).required()
}

/// A calendar day.
pub fn date(label: &'static str) -> Control<NaiveDate> {
    let parse = |_: &Spec, raw: &str, _: &FormContext| match raw.trim() {
        "" => Err(Problem::Missing),
        raw => time::day(raw),
    };
    Control::new(label, Kind::Date, parse, |day, _| time::day_input(*day))
        .described(|day, context| context.locale.day(*day))
        .required()
}

/// A date and time on the clock of the context's zone.
pub fn moment(label: &'static str) -> Control<chrono::DateTime<chrono::Utc>> {
    use chrono::{TimeZone, Utc};
    let parse = |_: &Spec, raw: &str, context: &FormContext| {
        let local = time::local_minute(raw)?.ok_or(Problem::Missing)?;
        let at = context.zone.from_local_datetime(&local).earliest();
        at.map(|at| at.with_timezone(&Utc))
            .ok_or_else(|| Problem::other("The clocks are put forward at that time. Choose another."))
    };
    Control::new(label, Kind::Moment, parse, |at, context| {
        time::minute_input(at.with_timezone(&context.zone).naive_local())
    })
    .described(|at, context| context.locale.moment(*at, &context.zone))
    .required()
}

/// One of an enum's words.
pub fn choice<T: Word>(label: &'static str) -> Control<T> {
    let parse = |_: &Spec, raw: &str, _: &FormContext| {
        let named = T::all().iter().find(|word| word.name() == raw);
        named.copied().ok_or(Problem::Missing)
    };
    let mut rule = Control::new(label, Kind::Choice, parse, |value, _| value.name().to_owned());
    rule.spec.options = Some(T::choices);
    rule.described(|value, _| value.label().to_owned()).required()
}

/// One row of a list that the page offers, by its id.
pub fn id<T: FromStr + ToString + Clone + PartialEq>(label: &'static str) -> Control<T> {
    let parse = |_: &Spec, raw: &str, _: &FormContext| raw.trim().parse().map_err(|_| Problem::Missing);
    Control::new(label, Kind::Choice, parse, to_text).required()
}

/// A box to tick.
pub fn tick(label: &'static str) -> Control<bool> {
    let parse = |_: &Spec, raw: &str, _: &FormContext| Ok(!raw.is_empty());
    let format = |on: &bool, _: &FormContext| if *on { "on" } else { "" }.to_owned();
    Control::new(label, Kind::Tick, parse, format)
        .described(|on, _| if *on { "Yes" } else { "No" }.to_owned())
}

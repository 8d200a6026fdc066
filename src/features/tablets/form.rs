//! What is typed about tablets and PINs.
use crate::kernel::{FieldErrors, Problem, text};
use serde::Deserialize;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SwitchForm {
    pub member: String,
    pub pin: String,
    /// A path of ours to go to afterwards.
    pub next: String,
}

/// A browser that becomes a tablet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EnrolForm {
    pub name: String,
    pub branch: String,
}

impl EnrolForm {
    /// # Errors
    /// At `name`.
    pub fn name(&self) -> Result<String, FieldErrors> {
        text::required(&self.name, 40).map_err(|problem| FieldErrors::one("name", problem))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RetireForm {
    pub tablet: String,
}

/// 4 to 8 digits that nobody tries first.
///
/// # Errors
/// The sentence to show at the field.
pub fn pin(raw: &str) -> Result<String, Problem> {
    let pin = raw.trim();
    let digits = pin.as_bytes();
    if digits.is_empty() {
        return Err(Problem::Missing);
    }
    if !(4..=8).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Problem::other("A PIN has 4 to 8 digits."));
    }
    let steps = |by: i16| {
        digits
            .windows(2)
            .all(|two| i16::from(two[1]) - i16::from(two[0]) == by)
    };
    let in_pairs = digits.len().is_multiple_of(2) && digits.chunks(2).all(|two| two == &digits[..2]);
    if steps(0) || steps(1) || steps(-1) || in_pairs {
        return Err(Problem::other(
            "This PIN is too easy to guess. Choose one without a pattern.",
        ));
    }
    Ok(pin.to_owned())
}

#[cfg(test)]
mod tests {
    use super::pin;

    #[test]
    fn a_pin_has_four_to_eight_digits_and_no_pattern() {
        for good in ["2580", "19842", "73105846"] {
            assert_eq!(pin(good).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "123",
            "0000",
            "1234",
            "4321",
            "87654321",
            "1212",
            "12a4",
            "123456789",
            "٣٤٥٦",
            "77777777",
        ] {
            assert!(pin(bad).is_err(), "{bad}");
        }
    }
}

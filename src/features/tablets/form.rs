//! What is typed about tablets and PINs.
use crate::form;
use crate::kernel::{BranchId, MemberId, Problem, TabletId};

form! {
    /// A name touched, and a PIN as typed.
    pub(super) struct SwitchForm shows SwitchFields;
    /// Who wants to work.
    #[derive(Clone)]
    pub struct Switching {
        member: MemberId = id::<MemberId>("Name"),
        pin: String = secret("PIN").most(8).required(),
    }
    with {
        /// A path of ours to go to afterwards.
        next,
    }
}

form! {
    /// A browser that becomes a tablet, as typed.
    pub(super) struct EnrolForm shows EnrolFields;
    /// A browser that becomes a tablet.
    #[derive(Clone, Debug)]
    pub struct Enrolment {
        name: String = line("Name", 40).required().asks("Enter a name."),
        branch: BranchId = id::<BranchId>("Branch"),
    }
}

form! {
    /// Which tablet.
    pub(super) struct RetireForm shows RetireFields;
    /// Which tablet becomes a browser like any other.
    #[derive(Clone, Debug)]
    pub(super) struct Retirement {
        tablet: TabletId = id::<TabletId>("Tablet"),
    }
}

form! {
    /// One's own PIN, as typed.
    pub struct PinForm shows PinFields;
    /// One's own PIN.
    #[derive(Clone)]
    pub struct NewPin {
        pin: String = own("New PIN", Kind::Password, pin, |_, _| String::new()).most(8).required().asks("Enter the PIN."),
    }
}

/// 4 to 8 digits that nobody tries first.
///
/// # Errors
/// The sentence to show at the field.
pub(super) fn pin(raw: &str) -> Result<String, Problem> {
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

//! Codes: the app's, which follow from a sealed seed and the time, and the ten on paper.
use crate::kernel::{AppError, AppResult, Problem, UserId};
use crate::server::db::constraint::incident;
use crate::server::db::factor::Code;
use crate::server::secrets::Keys;
use chrono::{DateTime, Utc};
use totp_rs::{Algorithm, Builder, Totp};

/// As many as fit on a slip of paper.
pub(super) const RECOVERY_CODES: usize = 10;
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A seed, opened for its person.
pub(super) struct Seed(Vec<u8>);

impl Seed {
    pub(super) fn generate() -> Self {
        Self(rand::random::<[u8; 20]>().to_vec())
    }

    /// For the database: opens for the same person only.
    pub(super) fn seal(&self, keys: &Keys, user: UserId) -> AppResult<Vec<u8>> {
        keys.seal(&place(user), &self.0).map_err(|error| incident(&error))
    }

    /// None when it was damaged, or sealed with another key: then the app's codes cannot be checked, and only those on paper count.
    pub(super) fn open(keys: &Keys, user: UserId, sealed: &[u8]) -> Option<Self> {
        let seed = keys.open(&place(user), sealed).map(Self);
        if seed.is_none() {
            tracing::error!(user = %user.uuid(), "A second factor does not open with this key");
        }
        seed
    }

    fn totp(&self, account: &str) -> AppResult<Totp> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(30)
            .with_secret(self.0.clone())
            .with_account_name(account.replace(':', " "))
            .with_issuer(Some("Gantry"))
            .build()
            .map_err(|error| incident(&error))
    }

    /// What an app reads from the picture.
    pub(super) fn address(&self, account: &str) -> AppResult<String> {
        self.totp(account)?.to_url().map_err(|error| incident(&error))
    }

    /// What is typed into an app without a camera, in groups of four.
    pub(super) fn text(&self) -> String {
        let text = totp_rs::Secret::from(self.0.clone()).to_base32();
        let groups: Vec<String> = text
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        groups.join(" ")
    }

    /// The step of a code that is right now, or was a moment ago, or will be in one.
    pub(super) fn step(&self, typed: &str, now: DateTime<Utc>) -> AppResult<Option<i64>> {
        let now = u64::try_from(now.timestamp()).unwrap_or_default();
        let step = self.totp("account")?.check(typed, now);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }
}

/// What somebody typed as a code. What is neither kind is a code that never counts.
///
/// # Errors
/// `Invalid` at `code` for a code of an app whose seed does not open.
pub(super) fn read(
    keys: &Keys,
    user: UserId,
    sealed: &[u8],
    typed: &str,
    now: DateTime<Utc>,
) -> AppResult<Code> {
    let plain = plain(typed);
    if plain.len() == RECOVERY_LENGTH {
        return Ok(Code::Recovery(hash(keys, user, &plain)));
    }
    let seed = Seed::open(keys, user, sealed).ok_or_else(unreadable)?;
    Ok(Code::Step(seed.step(&plain, now)?.unwrap_or(0)))
}

/// For whoever can do nothing about it but take a recovery code.
pub(super) fn unreadable() -> AppError {
    let sentence = "Codes from your app cannot be checked at the moment. Use one of your recovery codes, then set up the app again.";
    AppError::field("code", Problem::other(sentence))
}

fn place(user: UserId) -> String {
    format!("second_factors|sealed|{}", user.uuid())
}

const RECOVERY_LENGTH: usize = 10;

/// Fresh recovery codes as people see them, and their hashes.
pub(super) fn recovery(keys: &Keys, user: UserId) -> (Vec<String>, Vec<Vec<u8>>) {
    let one = |_| {
        let code: String = rand::random::<[u8; RECOVERY_LENGTH]>()
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
            .collect();
        let hashed = hash(keys, user, &code).to_vec();
        (format!("{}-{}", &code[..5], &code[5..]), hashed)
    };
    (0..RECOVERY_CODES).map(one).unzip()
}

fn hash(keys: &Keys, user: UserId, code: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    // The pepper is 64 hexadecimal digits by construction.
    let _ = hex::decode_to_slice(keys.pepper("recovery_code", user.uuid(), code), &mut hash);
    hash
}

/// Without gaps and dashes; letters that look like digits are digits.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn keys() -> Keys {
        Keys::parse(&"a".repeat(64)).expect("a key")
    }

    #[test]
    fn a_code_is_right_for_its_step_and_one_on_each_side() {
        let seed = Seed(b"12345678901234567890".to_vec());
        // From RFC 6238, appendix B: 94287082 at second 59, of which six digits are used.
        for (second, right) in [
            (59, true),
            (29, true),
            (0, true),
            (89, true),
            (90, false),
            (120, false),
        ] {
            let at = DateTime::from_timestamp(second, 0).expect("a time");
            let step = seed.step("287082", at).expect("a seed");
            assert_eq!(step, right.then_some(1), "{second}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed_and_belongs_to_one_person() {
        let (ada, bob) = (UserId::new(Uuid::from_u128(1)), UserId::new(Uuid::from_u128(2)));
        let (codes, hashes) = recovery(&keys(), ada);
        assert_eq!((codes.len(), hashes.len()), (RECOVERY_CODES, RECOVERY_CODES));
        let now = DateTime::from_timestamp(0, 0).expect("a time");
        let typed = format!(" {} ", codes[0].to_uppercase().replace('0', "o"));
        // A code on paper needs no seed.
        let read = |user| super::read(&keys(), user, b"damaged", &typed, now).expect("a code");
        assert!(matches!(read(ada), Code::Recovery(hash) if hash[..] == hashes[0]));
        assert!(matches!(read(bob), Code::Recovery(hash) if hash[..] != hashes[0]));
    }
}

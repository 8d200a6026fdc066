//! The join code: eight characters that follow from a seed in the database and the server's key, so that an owner can look it up any
//! time and a copied database holds none.
use crate::server::secrets::Keys;
use uuid::Uuid;

/// No 0 and O, no 1 and I.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH: usize = 8;

/// The code of a seed.
pub(super) fn of_seed(keys: &Keys, seed: Uuid) -> String {
    let digest = hex::decode(keys.pepper("join code", seed, "")).unwrap_or_default();
    let letter = |byte: &u8| ALPHABET[usize::from(*byte % 32)] as char;
    digest.iter().take(LENGTH).map(letter).collect()
}

/// In two groups, as people read it out.
pub(super) fn grouped(code: &str) -> String {
    let (first, second) = code.split_at(code.len().min(LENGTH / 2));
    format!("{first}-{second}")
}

/// A code as typed, without what people put between its letters; `None` when it cannot be one.
pub(super) fn typed(raw: &str) -> Option<String> {
    let code: String = raw
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_uppercase)
        .collect();
    let fits = code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b));
    fits.then_some(code)
}

/// What finds the workshop of a code: useless without the key.
pub(super) fn lookup(keys: &Keys, code: &str) -> Vec<u8> {
    hex::decode(keys.pepper("join look-up", Uuid::nil(), code)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let keys = Keys::parse(&"a".repeat(64)).expect("a key");
        let code = of_seed(&keys, Uuid::from_u128(7));
        assert_eq!(code.len(), LENGTH);
        assert_ne!(code, of_seed(&keys, Uuid::from_u128(8)));
        let spoken = grouped(&code).to_lowercase().replace('-', " - ");
        assert_eq!(typed(&spoken), Some(code.clone()));
        assert_eq!(lookup(&keys, &code).len(), 32);
        for bad in ["", "ABCD", "ABCDEFG0", "ÄBCDEFGH", "ABCDEFGHJ"] {
            assert_eq!(typed(bad), None, "{bad}");
        }
    }
}

//! Passwords that are guessed first. The list is the one that Django keeps (its `common-passwords.txt`, BSD licence): the most frequent
//! of leaked passwords, in lower case.
use std::collections::HashSet;
use std::sync::LazyLock;

static LIST: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// What may stand around a common word and leaves it common: `password12345`, `!qwerty2024`.
const TRIMMINGS: usize = 8;
/// Shorter words say nothing of the password around them.
const SHORTEST_WORD: usize = 4;
/// What has to be left without the person's own words.
const LEAST_OF_OTHERS: usize = 6;

/// Whether the password, in lower case, is on the list, or is a word of it with digits and signs around it, repeated, or spelled with
/// digits for letters.
pub fn is_common(lower: &str) -> bool {
    [lower.to_owned(), spelled_out(lower)].iter().any(|spelling| {
        let word = spelling.trim_matches(|c: char| !c.is_alphabetic());
        let trimmed = spelling.chars().count() - word.chars().count();
        is_listed(spelling) || trimmed <= TRIMMINGS && word.len() >= SHORTEST_WORD && is_listed(word)
    })
}

/// Whether little is left of the password, in lower case, without the person's own words: whole, without gaps, or in their parts.
pub fn is_own(lower: &str, own_words: &[&str]) -> bool {
    let mut pieces: Vec<String> = Vec::new();
    for word in own_words {
        let word = word.trim().to_lowercase();
        let parts = word.split(|c: char| !c.is_alphanumeric());
        pieces.extend(parts.clone().map(ToOwned::to_owned));
        pieces.push(parts.collect());
        pieces.push(word);
    }
    pieces.retain(|piece| piece.chars().count() >= SHORTEST_WORD);
    // The longest first: "nordwind" is gone before "nord" takes a part of it.
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    let left = pieces
        .iter()
        .fold(lower.to_owned(), |left, piece| left.replace(piece.as_str(), ""));
    left.len() < lower.len() && left.chars().count() < LEAST_OF_OTHERS
}

fn is_listed(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let repeated = (SHORTEST_WORD..=chars.len() / 2)
        .filter(|length| chars.len().is_multiple_of(*length))
        .find(|length| chars.chunks(*length).all(|part| part == &chars[..*length]));
    match repeated {
        Some(length) => LIST.contains(chars[..length].iter().collect::<String>().as_str()),
        None => LIST.contains(text),
    }
}

/// `p@ssw0rd` as `password`; digits at the ends are digits.
fn spelled_out(text: &str) -> String {
    let core = text.trim_end_matches(|c: char| !c.is_alphabetic());
    let letters = core.chars().map(|c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    });
    letters.chain(text[core.len()..].chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::{LIST, is_common, is_own};

    #[test]
    fn ten_thousand_passwords_are_known_and_so_is_what_people_put_around_them() {
        assert!(LIST.len() > 10_000);
        for common in [
            "password12345",
            "qwerty123456",
            "iloveyou12345",
            "password1234!",
            "football12345",
            "jennifer2024!",
            "p@ssw0rd1234",
            "letmeinletmein",
            "!!monkey1234",
            "123456789012",
        ] {
            assert!(is_common(common), "{common}");
        }
        for fine in [
            "brake-fluid-and-lilac-7",
            "three plain words 7",
            "correct horse battery staple",
            "monkey 83015 wrench",
            "dragon4815162342108",
        ] {
            assert!(!is_common(fine), "{fine}");
        }
    }

    #[test]
    fn ones_own_address_name_and_workshop_are_no_password() {
        let own = ["Nordwind Garage", "Ada Lovelace", "ada.l@nordwind.test"];
        for easy in [
            "ada.l@nordwind.test",
            "ada.l@nordwind.test1",
            "adalovelace12",
            "lovelace-ada!",
            "nordwindgarage",
            "nordwind-nordwind",
        ] {
            assert!(is_own(easy, &own), "{easy}");
        }
        for fine in ["lilac and lovelace", "three plain words 7"] {
            assert!(!is_own(fine, &own), "{fine}");
        }
    }
}

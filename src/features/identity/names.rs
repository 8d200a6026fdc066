//! Short names made from long ones: a workshop's part of its address, a branch's letters in document numbers.
use crate::server::fold;

/// Latin letters without their marks, umlauts as two letters; what has no Latin letter is a gap.
fn folded(text: &str) -> String {
    let mut out = String::new();
    for letter in text.to_lowercase().chars() {
        match letter {
            'ä' => out.push_str("ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            '\'' | '’' | '.' => {}
            other => {
                let plain = fold::folded(other);
                let known = plain.bytes().all(|byte| byte.is_ascii_alphanumeric());
                out.push_str(if known { &plain } else { " " });
            }
        }
    }
    out
}

/// `Nowak & Söhne GmbH` is `nowak-soehne-gmbh`; room is left for a number that tells it from a namesake.
pub(super) fn slug(name: &str) -> String {
    let folded = folded(name);
    let mut slug = String::new();
    for word in folded.split_whitespace() {
        if !slug.is_empty() && slug.len() + word.len() >= 34 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word[..word.len().min(34)]);
    }
    if slug.is_empty() {
        "workshop".to_owned()
    } else {
        slug
    }
}

/// `München Süd` is `MUE`.
pub(super) fn branch_code(name: &str) -> String {
    let letters: String = folded(name).split_whitespace().collect();
    let code: String = letters.chars().take(3).collect::<String>().to_uppercase();
    if code.is_empty() { "A".to_owned() } else { code }
}

/// Browser and system of a user agent, as far as they are known.
pub(super) fn browser_parts(user_agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let first = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
}

/// `Firefox on Windows`: enough to know one's own tablet again.
pub fn browser(user_agent: &str) -> String {
    match browser_parts(user_agent) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address_that_can_be_typed() {
        for (name, expected) in [
            ("Nowak & Söhne GmbH", "nowak-soehne-gmbh"),
            ("Łukasz's Garage", "lukaszs-garage"),
            ("Мастерская", "workshop"),
            ("---", "workshop"),
            ("Internationale Kraftfahrzeugwerkstätten Mitte", "internationale"),
        ] {
            assert_eq!(slug(name), expected);
        }
        assert_eq!(slug(&"x".repeat(120)).len(), 34);
    }

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        let chrome = "Mozilla/5.0 (Linux; Android 14; SM-X210) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
        assert_eq!(browser(chrome), "Chrome on Android");
        assert_eq!(browser(""), "Unknown browser");
    }

    #[test]
    fn a_branch_has_letters_for_its_documents() {
        assert_eq!(branch_code("München Süd"), "MUE");
        assert_eq!(branch_code("東京"), "A");
    }
}

//! Letters without their marks. The search index does the same in SQL (`search.norm`).
use deunicode::deunicode_char;

/// A letter in ASCII; what is no Latin letter is itself.
pub fn folded(letter: char) -> String {
    let latin = matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    match deunicode_char(letter) {
        Some(ascii) if latin => ascii.to_owned(),
        _ => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn marks_go_and_other_scripts_stay() {
        for (letter, plain) in [
            ('é', "e"),
            ('ł', "l"),
            ('Ü', "U"),
            ('ß', "ss"),
            ('ő', "o"),
            ('M', "M"),
            ('М', "М"),
            ('東', "東"),
            ('7', "7"),
        ] {
            assert_eq!(folded(letter), plain, "{letter}");
        }
    }
}

//! `@Tomás` in a note: which colleague is meant. Capitals and accents do not matter, and a first name is enough where one person has it.
use crate::kernel::{MemberId, Problem};
use crate::server::fold::folded;

/// Everybody whom the text names behind an `@`, each once, in order. Words behind an `@` that are nobody's name are just words.
///
/// # Errors
/// When a first name is that of several.
pub(super) fn mentioned(text: &str, people: &[(MemberId, &str)]) -> Result<Vec<MemberId>, Problem> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = c == '@' && !before.is_alphanumeric() && !matches!(before, '.' | '_' | '-');
        before = c;
        if !starts {
            continue;
        }
        if let Some(member) = whom(&text[at + 1..], people)?
            && !found.contains(&member)
        {
            found.push(member);
        }
    }
    Ok(found)
}

fn whom(rest: &str, people: &[(MemberId, &str)]) -> Result<Option<MemberId>, Problem> {
    let whole = people
        .iter()
        .filter(|(_, name)| begins_with(rest, name))
        .max_by_key(|(_, name)| name.len());
    if let Some((member, _)) = whole {
        return Ok(Some(*member));
    }
    let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let mut called = people.iter().filter(|(_, name)| begins_with(rest, &first(name)));
    match (called.next(), called.next()) {
        (Some((_, name)), Some(_)) => Err(Problem::other(format!(
            "More than one person is called {}. Write the full name after the @.",
            first(name)
        ))),
        (one, _) => Ok(one.map(|(member, _)| *member)),
    }
}

/// Whether the text begins with these words and they end there.
fn begins_with(text: &str, words: &str) -> bool {
    let mut rest = text.chars();
    let same = !words.is_empty()
        && words
            .chars()
            .all(|word| rest.next().is_some_and(|typed| plain(typed) == plain(word)));
    same && !rest.next().is_some_and(char::is_alphanumeric)
}

/// A letter without case and accent.
fn plain(letter: char) -> String {
    letter.to_lowercase().map(folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn people() -> Vec<(MemberId, &'static str)> {
        ["Tomás Rivera", "Ana Ruiz", "Ana Lind", "Jo"]
            .into_iter()
            .enumerate()
            .map(|(at, name)| (MemberId::new(Uuid::from_u128(at as u128)), name))
            .collect()
    }

    #[test]
    fn a_first_name_is_enough_and_accents_do_not_matter() {
        let people = people();
        let tomas = people[0].0;
        for text in [
            "@tomas please look",
            "so (@Tomás).",
            "@TOMAS RIVERA!",
            "@Tomas @tomás",
        ] {
            assert_eq!(mentioned(text, &people), Ok(vec![tomas]), "{text}");
        }
    }

    #[test]
    fn two_of_one_first_name_need_the_whole_name() {
        let people = people();
        assert!(mentioned("@Ana, please", &people).is_err());
        assert_eq!(
            mentioned("@ana lind and @Jo", &people),
            Ok(vec![people[2].0, people[3].0])
        );
    }

    #[test]
    fn an_address_and_a_longer_word_name_nobody() {
        for text in ["tomas@ana.example", "@Jonas", "@ Jo", "@everybody", "@"] {
            assert_eq!(mentioned(text, &people()), Ok(vec![]), "{text}");
        }
    }
}

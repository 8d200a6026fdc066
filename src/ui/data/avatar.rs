//! People in a small circle.

use leptos::prelude::*;

use crate::ui::tone::Tone;

/// Initials of a name: first and last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The same person always has the same colour.
fn tone(name: &str) -> Tone {
    const TONES: [Tone; 6] = [
        Tone::Info,
        Tone::Violet,
        Tone::Teal,
        Tone::Pink,
        Tone::Success,
        Tone::Accent,
    ];
    // As wide on the server as in the browser.
    let sum = name
        .bytes()
        .fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    TONES[sum as usize % TONES.len()]
}

/// Initials in a circle; decoration beside a name.
#[component]
pub fn Avatar(
    /// Whose.
    #[prop(into)]
    name: String,
    /// In the head of a page.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let size = if large { " avatar-lg" } else { "" };
    view! {
        <span
            class=format!("avatar {}{size}", tone(&name).class())
            data-initials=initials(&name)
            aria-hidden="true"
        ></span>
    }
}

/// An avatar with its name.
#[component]
pub fn Person(
    /// Whose.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <span class="person">
            <Avatar name=name.clone() />
            <span>{name}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Marta de la Cruz"), "MC");
        assert_eq!(initials("émile"), "É");
        assert_eq!(initials(""), "");
    }
}

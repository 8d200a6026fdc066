//! What a mail says: paragraphs and at most one button, as HTML and as text from one source.
use crate::server::messages::Words;
use crate::server::secrets::Keys;
use html_escape::{encode_double_quoted_attribute as quoted, encode_text as escape};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A mail without its recipient. It is stored as it is, so it must not hold a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub subject: String,
    /// Who writes: the workshop's name, or ours.
    pub from: String,
    pub paragraphs: Vec<String>,
    pub button: Option<Button>,
    /// Small print under the button.
    pub note: String,
    /// The language it is written in; English where it is empty.
    #[serde(default)]
    pub language: String,
}

/// The one thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub label: String,
    pub target: Target,
}

/// Where a button leads, on the configured address only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A page of ours by its path: `/account`.
    Page(String),
    /// A page that takes a link's secret as its last part: `/invite` becomes `/invite/<secret>`.
    Link { page: String, link: Uuid },
}

impl Target {
    /// The whole address.
    pub fn address(&self, base_url: &str, keys: &Keys) -> String {
        match self {
            Self::Page(path) => format!("{base_url}{path}"),
            Self::Link { page, link } => format!("{base_url}{page}/{}", keys.link_token(*link)),
        }
    }
}

impl Letter {
    /// A letter of Gantry itself.
    pub fn ours(subject: impl Into<String>) -> Self {
        Self::of("Gantry", subject)
    }
    /// A letter of a workshop.
    pub fn of(from: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            from: from.into(),
            subject: subject.into(),
            ..Self::default()
        }
    }
    /// Names the language that it is written in, for screen readers and for the words around the button.
    #[must_use]
    pub(crate) fn written_in(mut self, words: &Words) -> Self {
        words.language().clone_into(&mut self.language);
        self
    }
    #[must_use]
    pub fn say(mut self, paragraph: impl Into<String>) -> Self {
        self.paragraphs.push(paragraph.into());
        self
    }
    #[must_use]
    pub fn button(mut self, label: impl Into<String>, target: Target) -> Self {
        self.button = Some(Button {
            label: label.into(),
            target,
        });
        self
    }
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    pub(crate) fn as_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The plain-text part.
    pub fn text(&self, base_url: &str, keys: &Keys) -> String {
        let mut parts = self.paragraphs.clone();
        if let Some(button) = &self.button {
            parts.push(format!(
                "{}:\n{}",
                button.label,
                button.target.address(base_url, keys)
            ));
        }
        if !self.note.is_empty() {
            parts.push(self.note.clone());
        }
        parts.push(format!("-- \n{}", self.from));
        parts.join("\n\n") + "\n"
    }

    /// The HTML part: one narrow column without images, for light and dark mail programs.
    pub fn html(&self, base_url: &str, keys: &Keys) -> String {
        let words = Words::of(&self.language);
        let mut body = format!("<p style=\"{BRAND}\">{}</p>", escape(&self.from));
        for paragraph in &self.paragraphs {
            body.push_str(&format!("<p style=\"{TEXT}\">{}</p>", escape(paragraph)));
        }
        if let Some(button) = &self.button {
            let address = button.target.address(base_url, keys);
            let (href, visible) = (quoted(&address), escape(&address));
            let label = escape(&button.label);
            body.push_str(&format!(
                "<p style=\"margin:28px 0\"><a href=\"{href}\" style=\"{BUTTON}\">{label}</a></p>"
            ));
            body.push_str(&format!(
                "<p style=\"{SMALL}\">{}<br>{visible}</p>",
                escape(&words.word("open-address"))
            ));
        }
        if !self.note.is_empty() {
            body.push_str(&format!("<p style=\"{SMALL}\">{}</p>", escape(&self.note)));
        }
        format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{}</title></head><body style=\"margin:0;padding:24px\"><div style=\"{COLUMN}\">{body}</div></body></html>",
            words.language(),
            escape(&self.subject)
        )
    }
}

const COLUMN: &str =
    "max-width:520px;margin:0 auto;font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif";
const BRAND: &str = "font-size:18px;font-weight:700;margin:0 0 24px";
const TEXT: &str = "font-size:16px;line-height:1.5;margin:0 0 16px;white-space:pre-line";
const SMALL: &str = "font-size:13px;line-height:1.5;margin:0 0 12px;opacity:.75;word-break:break-all";
const BUTTON: &str = "display:inline-block;padding:14px 22px;border-radius:8px;background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none";

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::parse(&"a".repeat(64)).expect("a key")
    }

    #[test]
    fn what_people_type_stays_text_in_a_mail() {
        let letter = Letter::of("<b>Nord</b>", "Hello").say("A & B <script>alert(1)</script>");
        let html = letter.html("https://gantry.test", &keys());
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
        assert!(html.contains("A &amp; B"));
    }

    #[test]
    fn an_address_reads_as_one_in_both_forms() {
        let letter = Letter::ours("Hello").button("Open", Target::Page("/account".to_owned()));
        let (text, html) = (
            letter.text("https://gantry.test", &keys()),
            letter.html("https://gantry.test", &keys()),
        );
        assert!(text.contains("\nhttps://gantry.test/account\n"), "{text}");
        assert!(html.contains("<a href=\"https://gantry.test/account\""), "{html}");
    }

    #[test]
    fn a_letter_names_its_language_and_says_the_words_of_ours_in_it() {
        let words = Words::of("de");
        let letter = Letter::ours("Hallo").button("Weiter", Target::Page("/account".to_owned()));
        let german = letter
            .clone()
            .written_in(&words)
            .html("https://gantry.test", &keys());
        assert!(
            german.contains("<html lang=\"de\">") && german.contains("Oder öffnen Sie diese Adresse:<br>")
        );
        let english = letter.html("https://gantry.test", &keys());
        assert!(english.contains("<html lang=\"en\">") && english.contains("Or open this address:<br>"));
    }

    #[test]
    fn a_stored_letter_holds_no_secret_of_its_link() {
        let link = Uuid::from_u128(9);
        let target = Target::Link {
            page: "/invite".to_owned(),
            link,
        };
        let letter = Letter::ours("Come in").button("Accept", target);
        let secret = keys().link_token(link);
        assert!(!letter.as_json().to_string().contains(&secret));
        assert!(
            letter
                .text("https://gantry.test", &keys())
                .contains(&format!("https://gantry.test/invite/{secret}"))
        );
    }
}

//! A text that a component can do without.

/// Text that may be missing. Empty text counts as missing, so a form can pass what it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(Option<String>);

impl MaybeText {
    /// The text, if there is any.
    pub fn get(self) -> Option<String> {
        self.0
    }

    /// The text without giving it up.
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Whether there is something to show.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The text as HTML, for elements whose children the framework prints as they are: `<textarea>`.
    pub fn escaped(self) -> String {
        self.or_empty().replace('&', "&amp;").replace('<', "&lt;")
    }

    /// The text, or nothing at all to print.
    pub fn or_empty(self) -> String {
        self.0.unwrap_or_default()
    }
}

impl From<String> for MaybeText {
    fn from(text: String) -> Self {
        Self((!text.is_empty()).then_some(text))
    }
}

impl From<&str> for MaybeText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for MaybeText {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl<T: Into<MaybeText>> From<Option<T>> for MaybeText {
    fn from(text: Option<T>) -> Self {
        text.map(Into::into).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_text_counts_as_missing_and_html_as_text() {
        assert_eq!(MaybeText::from("</p> & &lt;").escaped(), "&lt;/p> &amp; &amp;lt;");
        assert!(!MaybeText::from("").is_some());
        assert!(!MaybeText::from(None::<&str>).is_some());
        assert_eq!(MaybeText::from(Some("late".to_owned())).as_deref(), Some("late"));
    }
}

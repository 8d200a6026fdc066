//! What a form says about one field, in one place: the page's control is made of it, and the sentences that name it.
use serde::{Deserialize, Serialize};

/// Which control a field has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    /// Several lines.
    Long,
    Phone,
    Email,
    Password,
    /// A whole number.
    Number,
    /// A number with decimals: money, a quantity, a rate.
    Decimal,
    Date,
    /// Words to look for.
    Search,
    /// A time of day.
    Time,
    /// A local date and time.
    Moment,
    /// One of a few, or of a list.
    Choice,
    /// A box to tick.
    Tick,
    /// Not for people.
    Hidden,
}

impl Kind {
    /// The `type` of an `<input>`.
    pub const fn input(self) -> &'static str {
        match self {
            Self::Phone => "tel",
            Self::Email => "email",
            Self::Password => "password",
            Self::Date => "date",
            Self::Time => "time",
            Self::Moment => "datetime-local",
            Self::Search => "search",
            Self::Hidden => "hidden",
            _ => "text",
        }
    }
    /// Which keyboard a phone shows, where the type alone does not say it.
    pub const fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("numeric"),
            Self::Decimal => Some("decimal"),
            _ => None,
        }
    }
}

/// A word of the database with the label that a person reads.
pub trait Word: Copy + PartialEq + 'static {
    /// In the order in which a screen offers them.
    fn all() -> &'static [Self];
    /// As the database and forms write it.
    fn name(self) -> &'static str;
    /// As a person reads it.
    fn label(self) -> &'static str;
    /// Value and label of each, for a choice.
    fn choices() -> Vec<(String, String)> {
        let pair = |word: &Self| (word.name().to_owned(), word.label().to_owned());
        Self::all().iter().map(pair).collect()
    }
}

/// Value and label of each choice.
pub(super) type Choices = fn() -> Vec<(String, String)>;

/// A field as its form declares it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spec {
    pub label: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// The longest text, in characters.
    pub most: Option<u32>,
    /// What an empty one asks for, where "Enter the …" does not do.
    pub ask: Option<&'static str>,
    /// Smallest and largest number.
    pub range: Option<(i64, i64)>,
    /// Value and label of each choice, where they are always the same.
    pub options: Option<Choices>,
}

impl Spec {
    /// What an empty one asks for: "Enter the amount." Nothing without a label.
    pub fn ask(&self) -> String {
        if let Some(ask) = self.ask {
            return ask.to_owned();
        }
        if self.label.is_empty() {
            return String::new();
        }
        let verb = if self.kind == Kind::Choice {
            "Choose"
        } else {
            "Enter"
        };
        // Only abbreviations keep their capitals inside a sentence.
        let abbreviated = self.label.chars().nth(1).is_some_and(char::is_uppercase);
        if abbreviated {
            format!("{verb} the {}.", self.label)
        } else {
            format!("{verb} the {}.", self.label.to_lowercase())
        }
    }
}

/// A field as a page shows it: what the form declares, what it holds and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct FieldView {
    /// The name it is posted under, without the brackets of a list.
    pub name: String,
    pub label: String,
    /// One value, or all of a list.
    pub values: Vec<String>,
    pub error: Option<String>,
    pub spec: Spec,
}

impl FieldView {
    pub fn new(name: &str, spec: Spec, mut values: Vec<String>, error: Option<String>) -> Self {
        let (name, label) = (name.to_owned(), spec.label.to_owned());
        // A password is never sent back.
        if spec.kind == Kind::Password {
            values.clear();
        }
        Self {
            name,
            label,
            values,
            error,
            spec,
        }
    }
    /// A value that is sent along.
    pub fn hidden(name: &str, value: impl Into<String>) -> Self {
        let spec = Spec {
            kind: Kind::Hidden,
            ..Spec::default()
        };
        Self::new(name, spec, vec![value.into()], None)
    }
    /// A control of a list's address, or a sample.
    pub fn plain(name: &str, label: &'static str, value: impl Into<String>) -> Self {
        let spec = Spec {
            label,
            ..Spec::default()
        };
        Self::new(name, spec, vec![value.into()], None)
    }
    /// What it holds, where it is no list.
    pub fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }
    /// Whether it is ticked, or holds anything at all.
    pub fn is_set(&self) -> bool {
        !self.value().is_empty()
    }
    /// The choices that its form declares.
    pub fn options(&self) -> Vec<(String, String)> {
        self.spec.options.map(|options| options()).unwrap_or_default()
    }
    /// With another label, where a page calls it by the workshop's own word.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }
    /// Where the page says elsewhere what is wrong with it.
    #[must_use]
    pub fn without_error(mut self) -> Self {
        self.error = None;
        self
    }
    /// Holding this instead.
    #[must_use]
    pub fn holding(mut self, value: impl Into<String>) -> Self {
        self.values = vec![value.into()];
        self
    }
    /// Asked for by the browser, where this page needs it.
    #[must_use]
    pub fn demanded(mut self) -> Self {
        self.spec.required = true;
        self
    }
    /// As another control.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.spec.kind = kind;
        self
    }
    /// With this wrong with it.
    #[must_use]
    pub fn wrong(mut self, sentence: impl Into<String>) -> Self {
        self.error = Some(sentence.into());
        self
    }
    /// With room for another text than the declared one.
    #[must_use]
    pub fn at_most(mut self, most: u32) -> Self {
        self.spec.most = Some(most);
        self
    }
    /// Name and value, as a form that is one button posts it.
    pub fn posted(&self) -> (String, String) {
        (self.name.clone(), self.value().to_owned())
    }
    /// Not asked for by the browser: another button of the form may send it empty.
    #[must_use]
    pub fn lenient(mut self) -> Self {
        self.spec.required = false;
        self
    }
}

/// A field as an island shows it: what crosses to the browser of a [`FieldView`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub name: String,
    pub label: String,
    pub value: String,
    pub error: Option<String>,
    /// The longest text, in characters.
    pub most: Option<u32>,
}

impl From<FieldView> for Cell {
    fn from(field: FieldView) -> Self {
        let value = field.value().to_owned();
        let FieldView {
            name,
            label,
            error,
            spec,
            ..
        } = field;
        Self {
            name,
            label,
            value,
            error,
            most: spec.most,
        }
    }
}

//! What a browser sent: names and strings, of a form's body or of an address.
use std::collections::BTreeMap;

/// One value, or everything posted as `name[]`.
#[derive(Clone)]
enum Values {
    One(String),
    Many(Vec<String>),
}

/// Every field that was sent, by its name. Repeated names: the last wins, except that `name[]` collects all of them in a list.
#[derive(Clone, Default)]
pub struct Posted(BTreeMap<String, Values>);

/// What is made of the strings that were sent. A field that is missing is an empty one, and its rule says so.
pub trait FromPosted: Sized + Default {
    /// None where a list came instead of one value, or one value instead of a list: no page of ours sends that.
    fn from_posted(posted: &Posted) -> Option<Self>;
}

impl Posted {
    /// The only value under this name; none where a list came.
    pub fn one(&self, name: &str) -> Option<String> {
        match self.0.get(name) {
            None => Some(String::new()),
            Some(Values::One(value)) => Some(value.clone()),
            Some(Values::Many(_)) => None,
        }
    }
    /// All values under `name[]`; none where one value came without the brackets.
    pub fn many(&self, name: &str) -> Option<Vec<String>> {
        match self.0.get(name) {
            None => Some(Vec::new()),
            Some(Values::One(_)) => None,
            Some(Values::Many(values)) => Some(values.clone()),
        }
    }
    /// Everything under this name, however it was sent.
    pub fn all(&self, name: &str) -> &[String] {
        match self.0.get(name) {
            None => &[],
            Some(Values::One(value)) => std::slice::from_ref(value),
            Some(Values::Many(values)) => values,
        }
    }
    /// The fields whose names begin so, each with everything sent under it.
    pub fn beginning(&self, prefix: &str) -> impl Iterator<Item = (&str, &[String])> {
        let named = self.0.keys().filter(move |name| name.starts_with(prefix));
        named.map(|name| (name.as_str(), self.all(name)))
    }
}

impl FromIterator<(String, String)> for Posted {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let mut fields = BTreeMap::new();
        for (name, value) in pairs {
            match name.strip_suffix("[]") {
                Some(many) => {
                    let slot = fields
                        .entry(many.to_owned())
                        .or_insert_with(|| Values::Many(Vec::new()));
                    if let Values::Many(values) = slot {
                        values.push(value);
                    }
                }
                None => {
                    fields.insert(name, Values::One(value));
                }
            }
        }
        Self(fields)
    }
}

/// Declares what stands in an address that is no list's: strings, each named once.
///
/// ```ignore
/// query! {
///     /// Which letter.
///     pub(super) struct MailQuery { letter }
/// }
/// ```
#[macro_export]
macro_rules! query {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        $vis struct $name {
            $($(#[$field_meta])* pub $field: String,)*
        }

        impl $crate::kernel::form::FromPosted for $name {
            fn from_posted(posted: &$crate::kernel::form::Posted) -> Option<Self> {
                Some(Self { $($field: posted.one(stringify!($field))?),* })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::query! {
        struct Asked { who, what }
    }

    fn posted(pairs: &[(&str, &str)]) -> Posted {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn the_last_of_a_repeated_name_wins_and_a_list_keeps_all() {
        let sent = posted(&[("a", "1"), ("a", "2"), ("b[]", "x"), ("b[]", "y")]);
        assert_eq!(sent.one("a").as_deref(), Some("2"));
        assert_eq!(
            sent.many("b").as_deref(),
            Some(&["x".to_owned(), "y".to_owned()][..])
        );
        assert_eq!(
            (sent.one("c").as_deref(), sent.many("c")),
            (Some(""), Some(vec![]))
        );
        assert_eq!(
            (sent.one("b"), sent.many("a")),
            (None, None),
            "neither is the other"
        );
        assert_eq!(
            (sent.all("a").len(), sent.all("b").len(), sent.all("c").len()),
            (1, 2, 0)
        );
        let named: Vec<_> = sent.beginning("b").map(|(name, _)| name).collect();
        assert_eq!(named, ["b"]);
    }

    #[test]
    fn an_address_is_read_by_its_names() {
        let asked = Asked::from_posted(&posted(&[("who", "Ada"), ("else", "x")])).expect("strings");
        assert_eq!((asked.who.as_str(), asked.what.as_str()), ("Ada", ""));
        assert!(Asked::from_posted(&posted(&[("who[]", "Ada")])).is_none());
    }
}

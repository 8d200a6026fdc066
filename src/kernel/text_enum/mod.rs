//! A closed set of words, declared once: in forms, links and the database its name, on screen its label.
#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod registry;

#[cfg(not(feature = "ssr"))]
pub(crate) use browser::register;
#[cfg(feature = "ssr")]
pub(crate) use registry::register;
#[cfg(feature = "ssr")]
pub use registry::{Column, TextEnum, all};

/// ```ignore
/// text_enum! {
///     /// Who pays for a job.
///     pub enum Payer in { "jobs.payer" } {
///         Customer = "customer", "Customer";
///         Internal = "internal", "Internal";
///     }
/// }
/// ```
/// gives the enum with `ALL`, `name`, `label`, `parse`, `options`, serde and the text of the database. A column may lack some of the
/// words (`without [Internal]`) or have others besides (`with ["insurer"]`). A law compares every column with its check.
macro_rules! text_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident
        $(in { $($column:literal $(without [$($absent:ident),+])? $(with [$($other:literal),+])?),+ $(,)? })?
        { $($(#[$variant_meta:meta])* $variant:ident = $word:literal, $label:literal;)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text"))]
        $vis enum $name {
            $($(#[$variant_meta])* #[cfg_attr(feature = "ssr", sqlx(rename = $word))] $variant,)+
        }

        impl $name {
            /// In the order in which a screen offers them.
            $vis const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// As the database, forms and links write it.
            $vis const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// As a person reads it.
            $vis const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
            $vis fn parse(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|word| word.name() == name)
            }
            /// Value and label of each, for a select.
            $vis fn options() -> Vec<(String, String)> {
                Self::ALL.into_iter().map(|word| (word.name().to_owned(), word.label().to_owned())).collect()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Self::parse(&word).ok_or_else(|| serde::de::Error::custom("not one of the words"))
            }
        }

        impl $crate::kernel::form::Word for $name {
            fn all() -> &'static [Self] {
                &Self::ALL
            }
            fn name(self) -> &'static str {
                self.name()
            }
            fn label(self) -> &'static str {
                self.label()
            }
            fn choices() -> Vec<(String, String)> {
                Self::options()
            }
        }

        $crate::kernel::text_enum::register! {
            name: stringify!($name),
            words: &[$($word),+],
            columns: &[$($($crate::kernel::text_enum::Column {
                name: $column,
                without: &[$($($name::$absent.name()),+)?],
                with: &[$($($other),+)?],
            }),+)?],
        }
    };
}
pub(crate) use text_enum;

#[cfg(test)]
mod tests {
    text_enum! {
        /// Of this test.
        #[derive(Default)]
        enum Mood {
            #[default]
            Calm = "calm", "Calm";
            InAHurry = "in_a_hurry", "In a hurry";
        }
    }

    #[test]
    fn a_word_survives_its_name_and_its_json() {
        for mood in Mood::ALL {
            assert_eq!(Mood::parse(mood.name()), Some(mood));
            assert_eq!(serde_json::to_value(mood).expect("a word"), mood.name());
        }
        assert_eq!(Mood::parse("calmer"), None);
        assert_eq!(Mood::default().label(), "Calm");
        assert_eq!(
            Mood::options()[1],
            ("in_a_hurry".to_owned(), "In a hurry".to_owned())
        );
    }

    #[test]
    fn every_declaration_is_found() {
        let found = super::all()
            .find(|one| one.name == "Mood")
            .expect("declared above");
        assert_eq!(found.words, ["calm", "in_a_hurry"]);
        assert!(found.columns.is_empty());
    }
}

//! Words that people outside the workshop read: letters and printed documents, from the files under `src/locales`.
//! One folder is a language and one file a topic; a new folder is a new language.
use super::db::tenant::Session;
use crate::kernel::{Locale, Problem};
use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

mod past;

include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// The language whose catalogue every message is in; another one falls back to it.
pub const ENGLISH: &str = "en";

/// All files of one language.
struct Catalogue {
    language: String,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    fn read<'f>(language: &str, files: impl Iterator<Item = &'f str>) -> Self {
        let tag = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks around each value would end up in subjects and on paper.
        bundle.set_use_isolating(false);
        for file in files {
            // What does not parse is left out here and found by the law of the catalogues.
            let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self {
            language: language.to_owned(),
            bundle,
        }
    }

    fn say(&self, key: &str, args: &FluentArgs) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        for error in errors {
            tracing::warn!(key, %error, "A message has a gap");
        }
        Some(text.into_owned())
    }
}

static CATALOGUES: LazyLock<BTreeMap<&'static str, Arc<Catalogue>>> = LazyLock::new(|| {
    let mut languages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (language, text) in FILES {
        languages.entry(language).or_default().push(text);
    }
    languages
        .into_iter()
        .map(|(language, files)| (language, Arc::new(Catalogue::read(language, files.into_iter()))))
        .collect()
});

/// The languages that there are catalogues of.
pub fn languages() -> impl Iterator<Item = &'static str> {
    CATALOGUES.keys().copied()
}

/// Code and own name of each language.
pub fn choices() -> Vec<(String, String)> {
    let named = |code: &'static str| (code.to_owned(), Words::of(code).word("language"));
    languages().map(named).collect()
}

/// The code of a language that there is a catalogue of.
///
/// # Errors
/// `Missing` for any other.
pub fn known(code: &str) -> Result<String, Problem> {
    let found = languages().find(|language| *language == code);
    found.map(ToOwned::to_owned).ok_or(Problem::Missing)
}

/// The words of one language.
#[derive(Clone)]
pub struct Words {
    /// Given to every message as `$country`.
    country: Locale,
    own: Option<Arc<Catalogue>>,
    english: Option<Arc<Catalogue>>,
}

impl Words {
    /// Those of a language by its code; of English where there is no such catalogue.
    pub fn of(language: &str) -> Self {
        let find = |code: &str| CATALOGUES.get(code).cloned();
        Self {
            country: Locale::NEUTRAL,
            own: find(language),
            english: find(ENGLISH),
        }
    }

    pub fn english() -> Self {
        Self::of(ENGLISH)
    }

    /// Those that the workshop writes in, as its country says them.
    pub fn of_workshop(session: &Session) -> Self {
        Self::of(&session.settings.language).said_in(session.locale())
    }

    /// Those of a customer with this language; without one, the workshop's.
    pub fn of_customer(session: &Session, language: &str) -> Self {
        if language.is_empty() {
            Self::of_workshop(session)
        } else {
            Self::of(language).said_in(session.locale())
        }
    }

    /// Its code, as HTML names it.
    pub fn language(&self) -> &str {
        self.own.as_ref().map_or(ENGLISH, |own| &own.language)
    }

    /// How the country writes numbers and addresses.
    pub fn locale(&self) -> Locale {
        self.country
    }

    /// A day: in English as the country writes it, otherwise as the language does.
    pub fn day(&self, day: NaiveDate) -> String {
        let parts = [
            ("written", self.country.day(day).into()),
            ("day", format!("{:02}", day.day()).into()),
            ("month", format!("{:02}", day.month()).into()),
            ("year", day.year().to_string().into()),
        ];
        self.phrase("date", parts)
    }

    /// Day and time where it happened.
    pub fn moment<Zone: TimeZone>(&self, at: DateTime<Utc>, zone: &Zone) -> String {
        let day = self.day(at.with_timezone(zone).date_naive());
        format!("{day}, {}", self.country.time_at(at, zone))
    }

    /// Day and time for people of whom no place is known.
    pub fn utc(&self, at: DateTime<Utc>) -> String {
        let values = [
            ("written", Locale::utc(at).into()),
            ("day", self.day(at.date_naive()).into()),
            ("time", Locale::NEUTRAL.time_at(at, &Utc).into()),
        ];
        self.phrase("moment-utc", values)
    }

    /// As they are said in a country.
    #[must_use]
    pub fn said_in(mut self, country: Locale) -> Self {
        self.country = country;
        self
    }

    /// A message without values.
    pub fn word(&self, key: &str) -> String {
        self.phrase(key, [])
    }

    /// A message with its values, by their names; a number chooses a plural form.
    pub fn phrase<'v, const N: usize>(
        &self,
        key: &str,
        values: [(&'static str, FluentValue<'v>); N],
    ) -> String {
        let mut args: FluentArgs = values.into_iter().collect();
        args.set("country", self.country.country().to_owned());
        [&self.own, &self.english]
            .into_iter()
            .flatten()
            .find_map(|catalogue| catalogue.say(key, &args))
            .unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_well_formed_and_no_key_stands_twice() {
        let mut bundles = std::collections::BTreeMap::new();
        for (language, text) in FILES {
            let resource = FluentResource::try_new((*text).to_owned());
            let problems = resource
                .as_ref()
                .err()
                .map(|(_, problems)| format!("{problems:?}"));
            assert_eq!(problems, None, "{language}");
            let bundle: &mut FluentBundle<FluentResource> = bundles
                .entry(*language)
                .or_insert_with(|| FluentBundle::new_concurrent(Vec::new()));
            let twice = resource.map(|resource| bundle.add_resource(resource).is_err());
            assert_eq!(twice.ok(), Some(false), "{language}");
        }
        assert!(languages().any(|language| language == ENGLISH));
    }

    #[test]
    fn a_message_takes_its_values_and_its_plural_form_from_its_language() {
        let hours =
            |language: &str, hours: i64| Words::of(language).phrase("link-hours", [("hours", hours.into())]);
        assert_eq!(hours("en", 1), "The link works for one hour.");
        assert_eq!(hours("en", 48), "The link works for 48 hours.");
        assert_eq!(hours("de", 48), "Der Link gilt 48 Stunden.");
        assert_eq!(
            hours("xx", 48),
            "The link works for 48 hours.",
            "English stands in"
        );
    }
}

//! A workshop's name in its address: which names may be taken, and which workshop is behind one now.
use crate::kernel::{AppResult, Problem};
use crate::server::db::{Db, identity};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Names that are ours, so no workshop's: hosts that people expect something else behind.
const RESERVED: &[&str] = &[
    "about",
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "api",
    "app",
    "apps",
    "assets",
    "auth",
    "autodiscover",
    "beta",
    "billing",
    "blog",
    "cdn",
    "contact",
    "dashboard",
    "demo",
    "dev",
    "docs",
    "download",
    "email",
    "example",
    "files",
    "forum",
    "ftp",
    "gantry",
    "help",
    "host",
    "hostmaster",
    "id",
    "imap",
    "info",
    "internal",
    "legal",
    "localhost",
    "login",
    "mail",
    "media",
    "metrics",
    "mx",
    "news",
    "ns",
    "ns1",
    "ns2",
    "oauth",
    "official",
    "owner",
    "pay",
    "payments",
    "pop",
    "portal",
    "postmaster",
    "press",
    "pricing",
    "privacy",
    "proxy",
    "public",
    "root",
    "sales",
    "security",
    "shop",
    "sign-in",
    "sign-out",
    "sign-up",
    "signup",
    "smtp",
    "sso",
    "staging",
    "static",
    "status",
    "store",
    "support",
    "system",
    "team",
    "terms",
    "test",
    "webmail",
    "webmaster",
    "www",
];

/// Longer is no address that somebody types.
pub(super) const LONGEST: usize = 40;

/// What a hurried reader takes a name for; `auth.skeleton` in the database is the same.
pub fn skeleton(slug: &str) -> String {
    let plain = slug.chars().filter(|c| *c != '-').map(|c| match c {
        '0' => 'o',
        '1' | 'i' => 'l',
        '5' => 's',
        '8' => 'b',
        other => other,
    });
    let plain: String = plain.collect();
    plain.replace("rn", "m").replace("vv", "w")
}

/// What ours look like; every request on a workshop's address asks.
static LIKE_OURS: LazyLock<HashSet<String>> =
    LazyLock::new(|| RESERVED.iter().map(|name| skeleton(name)).collect());

/// Whether a name cannot be a workshop's: it is ours, or looks like one of ours.
pub fn reserved(slug: &str) -> bool {
    LIKE_OURS.contains(&skeleton(slug))
}

/// Whether nothing but letters, digits and hyphens stands in it.
pub(super) fn plain(slug: &str) -> bool {
    slug.bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A name as somebody typed it, as it stands in an address.
///
/// # Errors
/// What is wrong with it.
pub fn acceptable(typed: &str) -> Result<String, Problem> {
    let slug = typed.trim().to_ascii_lowercase();
    if slug.is_empty() {
        return Err(Problem::Missing);
    }
    if slug.len() < 3 || slug.len() > LONGEST {
        return Err(Problem::other(format!(
            "An address has 3 to {LONGEST} characters."
        )));
    }
    // Two hyphens in a row begin names in other scripts.
    if !plain(&slug) || slug.starts_with('-') || slug.ends_with('-') || slug.contains("--") {
        return Err(Problem::other(
            "Letters a to z, digits and single hyphens between them.",
        ));
    }
    if reserved(&slug) {
        return Err(Problem::other(
            "This name is reserved. Add a word, for example your city.",
        ));
    }
    Ok(slug)
}

/// Which names lead where, remembered for a moment: every request on a workshop's address asks.
#[derive(Clone, Debug, Default)]
pub struct Slugs(Arc<Mutex<HashMap<String, Known>>>);

type Known = (DateTime<Utc>, Option<String>);

/// How long a name is remembered: a workshop that moves is found late by as much.
const MEMORY: TimeDelta = TimeDelta::seconds(20);
/// Somebody who tries names must not fill the memory.
const MOST: usize = 10_000;

impl Slugs {
    /// The present name of the workshop that has or had this one.
    pub async fn present(&self, db: &Db, slug: &str, now: DateTime<Utc>) -> AppResult<Option<String>> {
        if let Some(known) = self.recall(slug, now) {
            return Ok(known);
        }
        let found = identity::find_workshop(db, slug).await?;
        self.remember(slug, found.clone(), now);
        Ok(found)
    }

    /// What was learnt is doubtful now.
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn recall(&self, slug: &str, now: DateTime<Utc>) -> Option<Option<String>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, present) = known.get(slug)?;
        (now - *since < MEMORY).then(|| present.clone())
    }

    fn remember(&self, slug: &str, present: Option<String>, now: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(slug.to_owned(), (now, present));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_ours_is_ours() {
        for taken in [
            "admin", "adm1n", "supp0rt", "s-upport", "5upport", "www", "vvvvvv", "b1ll1ng",
        ] {
            assert!(reserved(taken), "{taken}");
        }
        for free in ["nord", "autohaus-ada", "admins-garage"] {
            assert!(!reserved(free), "{free}");
        }
    }

    #[test]
    fn an_address_is_what_can_be_read_out() {
        assert_eq!(acceptable(" Nord-Wind "), Ok("nord-wind".to_owned()));
        for bad in [
            "",
            "ab",
            "-nord",
            "nord-",
            "no--rd",
            "xn--nrd-5qa",
            "nörd",
            "no rd",
            "no.rd",
            "admin",
            &"x".repeat(41),
        ] {
            assert!(acceptable(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_remembered_for_a_moment_and_never_too_many() {
        let (slugs, now) = (Slugs::default(), DateTime::<Utc>::MIN_UTC);
        slugs.remember("nord", Some("nord".to_owned()), now);
        assert_eq!(slugs.recall("nord", now), Some(Some("nord".to_owned())));
        assert_eq!(slugs.recall("nord", now + MEMORY), None);
        for n in 0..=MOST {
            slugs.remember(&n.to_string(), None, now);
        }
        assert!(slugs.0.lock().expect("the memory").len() <= MOST);
    }
}

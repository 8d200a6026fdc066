//! A grant, how long it may be, and what every page says while somebody looks.
use crate::kernel::SupportGrantId;
use crate::server::db::tenant::Session;
use crate::ui::layout::Banner;
use crate::ui::tone::Tone;
use chrono::{DateTime, TimeDelta, Utc};

/// What a workshop allowed.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: SupportGrantId,
    pub who: String,
    pub granted_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl Grant {
    pub fn runs(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

/// Words of the form, of the page, and how long.
pub(super) const SPANS: [(&str, &str, TimeDelta); 3] = [
    ("hour", "1 hour", TimeDelta::hours(1)),
    ("day", "1 day", TimeDelta::hours(24)),
    ("week", "1 week", TimeDelta::hours(168)),
];

/// The line above every page that one of us looks at.
pub(super) fn banner(session: &Session, _now: DateTime<Utc>) -> Option<Banner> {
    let until = session.locale().moment(session.support_until?, &session.zone());
    Some(Banner {
        tone: Tone::Danger,
        text: format!("Gantry support can see this workshop until {until}."),
        action: None,
        post: Some(("/sign-out".to_owned(), "End access".to_owned())),
    })
}

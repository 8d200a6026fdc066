//! What stands above pages until somebody confirmed their address.
use crate::server::db::tenant::Session;
use crate::ui::layout::Banner;
use crate::ui::tone::Tone;
use chrono::{DateTime, Utc};

/// For a new owner who did not follow the link in our letter yet.
pub(super) fn unconfirmed(session: &Session, _now: DateTime<Utc>) -> Option<Banner> {
    session.unverified.then(|| Banner {
        tone: Tone::Warning,
        text: format!("Confirm your e-mail: we sent a link to {}.", session.login),
        action: None,
        post: Some(("/account/confirm-address".to_owned(), "Send again".to_owned())),
    })
}

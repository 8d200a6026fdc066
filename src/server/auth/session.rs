//! Sessions: a random token in the cookie, only its hash in the database.
use crate::server::settings::Settings;
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

/// Browsers cap a cookie's lifetime at 400 days.
pub const YEAR_S: i64 = 365 * 24 * 3600;

/// 256 random bits as 64 hexadecimal digits. Never logged, never stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn generate() -> Self {
        Self(hex::encode(rand::random::<[u8; 32]>()))
    }
    /// The token that a cookie holds, if it has the form of one.
    pub fn from_cookie(headers: &HeaderMap, name: &str) -> Option<Self> {
        cookie(headers, name)
            .filter(|v| well_formed(v))
            .map(|v| Self(v.to_owned()))
    }
    /// The cookie's value, for a client that is not a browser.
    pub fn expose(&self) -> &str {
        &self.0
    }
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
    /// The Set-Cookie value that keeps this token for as long as a session lasts.
    pub fn session_cookie(&self, settings: &Settings) -> HeaderValue {
        let lifetime = settings.session_lifetime.num_seconds();
        set_cookie(settings, settings.session_cookie(), &self.0, lifetime)
    }
    /// The Set-Cookie value that keeps this token while a code is due.
    pub fn pending_cookie(&self, settings: &Settings) -> HeaderValue {
        set_cookie(settings, settings.pending_cookie(), &self.0, 600)
    }
    /// The Set-Cookie value that makes the browser a tablet of a branch.
    pub fn tablet_cookie(&self, settings: &Settings) -> HeaderValue {
        set_cookie(settings, settings.tablet_cookie(), &self.0, YEAR_S)
    }
    /// The Set-Cookie value that keeps this token as the browser's own, for a year.
    pub fn device_cookie(&self, settings: &Settings) -> HeaderValue {
        set_cookie(settings, settings.device_cookie(), &self.0, YEAR_S)
    }
}

/// In a path: what has another form is no secret of ours.
impl std::str::FromStr for Token {
    type Err = crate::kernel::NotAnId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        well_formed(text)
            .then(|| Self(text.to_owned()))
            .ok_or(crate::kernel::NotAnId)
    }
}

fn well_formed(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(hidden)")
    }
}

/// The value of a cookie by name.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A cookie that scripts cannot read and other sites' requests do not carry. `max_age_s` 0 removes it.
pub fn set_cookie(settings: &Settings, name: &str, value: &str, max_age_s: i64) -> HeaderValue {
    let secure = if settings.secure() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

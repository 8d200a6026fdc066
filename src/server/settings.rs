//! The part of the configuration that requests depend on.
use super::proxies::Proxies;

/// How this server is reached, and by whom it is believed.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Links in mail and the Secure attribute of cookies follow it: `http://127.0.0.1:3000`.
    pub base_url: String,
    /// Shows the design page and the database's share of each answer.
    pub dev: bool,
    /// The domain whose subdomains are workshops; other hosts are refused then.
    pub base_domain: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Proxies,
    /// Our support's address, shown to people who are stuck.
    pub support_email: Option<String>,
    /// How long a session may idle, and how long it lasts at most.
    pub session_idle: chrono::TimeDelta,
    pub session_lifetime: chrono::TimeDelta,
}

impl Settings {
    pub fn new(base_url: impl Into<String>, dev: bool) -> Self {
        Self {
            base_url: base_url.into(),
            dev,
            base_domain: None,
            trusted_proxies: Proxies::default(),
            support_email: None,
            session_idle: chrono::TimeDelta::hours(12),
            session_lifetime: chrono::TimeDelta::hours(16),
        }
    }
    /// Serves this domain and its subdomains only.
    #[must_use]
    pub fn under(mut self, base_domain: Option<String>) -> Self {
        self.base_domain = base_domain;
        self
    }
    /// Ends sessions after that long.
    #[must_use]
    pub fn lasting(mut self, idle: chrono::TimeDelta, lifetime: chrono::TimeDelta) -> Self {
        self.session_idle = idle;
        self.session_lifetime = lifetime;
        self
    }
    /// Names the address of our support.
    #[must_use]
    pub fn asking(mut self, support_email: Option<String>) -> Self {
        self.support_email = support_email;
        self
    }
    /// Believes these proxies about their clients' addresses.
    #[must_use]
    pub fn behind(mut self, proxies: Proxies) -> Self {
        self.trusted_proxies = proxies;
        self
    }
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
    /// `__Host-` binds the cookie to this host over TLS; plain HTTP (a tablet in the workshop's network) cannot use it.
    pub fn session_cookie(&self) -> &'static str {
        if self.secure() {
            "__Host-gantry"
        } else {
            "gantry_session"
        }
    }
    /// Keeps the place of somebody whose code is still due.
    pub fn pending_cookie(&self) -> &'static str {
        if self.secure() {
            "__Host-gantry-pending"
        } else {
            "gantry_pending"
        }
    }
    /// The session of one of our own people.
    pub fn platform_cookie(&self) -> &'static str {
        if self.secure() {
            "__Host-gantry-platform"
        } else {
            "gantry_platform"
        }
    }
    /// Names a browser that a branch shares.
    pub fn tablet_cookie(&self) -> &'static str {
        if self.secure() {
            "__Host-gantry-tablet"
        } else {
            "gantry_tablet"
        }
    }
    /// A word for the next page.
    pub fn flash_cookie(&self) -> &'static str {
        if self.secure() {
            "__Host-gantry-flash"
        } else {
            "flash"
        }
    }
    /// Names a browser that somebody signed in with before.
    pub fn device_cookie(&self) -> &'static str {
        if self.secure() {
            "__Host-gantry-device"
        } else {
            "gantry_device"
        }
    }
}

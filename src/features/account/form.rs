//! What people type about their own account.
use serde::Deserialize;

/// Which of one's sessions to end.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SessionForm {
    pub session: String,
}

/// Where a question for the password came from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NextForm {
    pub next: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct PinForm {
    pub pin: String,
}

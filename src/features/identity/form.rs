//! What the forms hold.
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
    /// A path of ours to go to afterwards.
    pub next: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInSearch {
    pub next: String,
}

//! What is typed about codes.
use serde::Deserialize;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    pub code: String,
    /// A path of ours to go to afterwards.
    pub next: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct RemoveForm {
    pub password: String,
    pub code: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PolicyForm {
    /// The presets whose members need one.
    pub role: Vec<String>,
}

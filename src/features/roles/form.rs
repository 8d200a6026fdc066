//! What an owner ticks and types.
use super::model::RoleKey;
use crate::kernel::permission::Right;
use crate::kernel::{Checker, FieldErrors, Problem, Role, text};
use serde::Deserialize;
use std::collections::HashMap;

/// The whole table: the roles it showed, and the rights ticked for each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RightsForm {
    shown: Vec<String>,
    #[serde(flatten)]
    ticked: HashMap<String, Vec<String>>,
}

impl RightsForm {
    /// Each role shown, with the switchable rights that were ticked for it; what it does not know it passes over.
    pub fn wishes(&self) -> Vec<(RoleKey, Vec<&'static str>)> {
        let wish = |key: &String| {
            let ticked = self.ticked.get(key).map(Vec::as_slice).unwrap_or_default();
            let rights = ticked.iter().filter_map(|name| Right::find(name));
            let names = rights.filter(|right| right.switchable()).map(|right| right.name);
            Some((key.parse().ok()?, names.collect()))
        };
        self.shown.iter().filter_map(wish).collect()
    }
}

/// A role of the workshop's own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    pub name: String,
    pub base: String,
}

impl RoleForm {
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self) -> Result<(String, Role), FieldErrors> {
        let mut check = Checker::new();
        let name = check.check("name", text::required(&self.name, 40).and_then(free_name));
        let base = Role::parse(&self.base).filter(|role| *role != Role::Owner);
        let base = check.check(
            "base",
            base.ok_or(Problem::other("Choose the role it is based on.")),
        );
        check.finish(name.zip(base))
    }
}

/// A preset's name means the preset.
fn free_name(name: String) -> Result<String, Problem> {
    let taken = Role::ALL
        .iter()
        .any(|role| role.label().eq_ignore_ascii_case(&name));
    if taken {
        return Err(Problem::other("A role with this name already exists."));
    }
    Ok(name)
}

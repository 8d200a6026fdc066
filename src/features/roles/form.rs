//! What an owner ticks and types.
use super::model::RoleRights;
use crate::form;
use crate::kernel::permission::Right;
use crate::kernel::{Problem, Role, text};
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
    pub fn parse(&self) -> Vec<RoleRights> {
        let wish = |key: &String| {
            let ticked = self.ticked.get(key).map(Vec::as_slice).unwrap_or_default();
            let rights = ticked.iter().filter_map(|name| Right::find(name));
            let names = rights.filter(|right| right.switchable()).map(|right| right.name);
            Some(RoleRights {
                key: key.parse().ok()?,
                rights: names.collect(),
            })
        };
        self.shown.iter().filter_map(wish).collect()
    }
}

form! {
    /// A role of the workshop's own, as typed.
    pub struct RoleForm shows RoleFields;
    /// A role of the workshop's own, about to be written.
    #[derive(Clone, Debug)]
    pub struct NewRole {
        name: String = spelled("Name", 40, free_name).required().asks("Enter a name."),
        /// The preset whose rights it starts with.
        base: Role = own("Based on", Kind::Choice, base, |role, _| role.name().to_owned()).required(),
    }
}

fn base(raw: &str) -> Result<Role, Problem> {
    Role::parse(raw)
        .filter(|role| *role != Role::Owner)
        .ok_or_else(|| Problem::other("Choose the role it is based on."))
}

/// A preset's name means the preset.
fn free_name(raw: &str) -> Result<String, Problem> {
    let name = text::required(raw, 40)?;
    let taken = Role::ALL
        .iter()
        .any(|role| role.label().eq_ignore_ascii_case(&name));
    if taken {
        return Err(Problem::other("A role with this name already exists."));
    }
    Ok(name)
}

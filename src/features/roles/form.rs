//! What an owner ticks and types.
use super::model::{RoleKey, RoleRights};
use crate::form;
use crate::kernel::form::FieldKey;
use crate::kernel::permission::Right;
use crate::kernel::{Problem, Role, text};

impl FieldKey for RoleKey {}

form! {
    /// The whole table, as ticked: the roles it showed, and the rights ticked for each.
    pub(super) struct RightsForm shows RightsFields;
    /// The whole table: what it does not know it passes over.
    #[derive(Clone, Debug)]
    pub(super) struct RightsTable {
        /// The role, where it is one.
        shown[]: Vec<Option<RoleKey>> = own("Roles", Kind::Hidden, |raw| Ok(raw.parse().ok()), |key: &Option<RoleKey>, _| key.map(|key| key.to_string()).unwrap_or_default()),
        /// A role and the rights that were ticked when the page was made.
        was[]: Vec<Option<WasShown>> = own("Rights shown", Kind::Hidden, |raw| Ok(was_shown(raw)), |was, _| was.as_ref().map(WasShown::to_string).unwrap_or_default()),
    }
    each {
        /// Under the role's own key.
        ticked[] "" by RoleKey: Vec<Option<&'static str>> = own("Rights", Kind::Choice, |raw| Ok(switchable(raw)), |right: &Option<&'static str>, _| right.unwrap_or_default().to_owned()),
    }
}

fn switchable(raw: &str) -> Option<&'static str> {
    let right = Right::find(raw).filter(|right| right.switchable());
    right.map(|right| right.name)
}

/// A role's rights as the table showed them: `technician ViewBoard RecordWork`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WasShown {
    pub key: RoleKey,
    pub rights: Vec<&'static str>,
}

impl std::fmt::Display for WasShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.key, self.rights.join(" "))
    }
}

fn was_shown(raw: &str) -> Option<WasShown> {
    let mut words = raw.split_whitespace();
    Some(WasShown {
        key: words.next()?.parse().ok()?,
        rights: words.filter_map(switchable).collect(),
    })
}

impl RightsTable {
    /// Each role shown, with the switchable rights that were ticked for it.
    pub(super) fn wishes(&self) -> Vec<RoleRights> {
        let wish = |key: &RoleKey| {
            let ticked = self.ticked.iter().filter(|(of, _)| of == key);
            RoleRights {
                key: *key,
                shown: self
                    .was
                    .iter()
                    .flatten()
                    .find(|was| was.key == *key)
                    .map(|was| was.rights.clone()),
                rights: ticked.flat_map(|(_, rights)| rights).flatten().copied().collect(),
            }
        };
        self.shown.iter().flatten().map(wish).collect()
    }
}

form! {
    /// A role of the workshop's own, as typed.
    pub(super) struct RoleForm shows RoleFields;
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

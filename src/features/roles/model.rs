//! A role of a workshop: a preset, or the workshop's own on top of one.
use crate::kernel::permission::{OrgPolicy, RightOverrides, rights_of};
use crate::kernel::{CustomRoleId, Role};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Names one role: `technician`, or the id of the workshop's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKey {
    Preset(Role),
    Own(CustomRoleId),
}

impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preset(role) => f.write_str(role.name()),
            Self::Own(id) => id.fmt(f),
        }
    }
}

impl FromStr for RoleKey {
    type Err = crate::kernel::NotAnId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match Role::parse(text) {
            Some(role) => Ok(Self::Preset(role)),
            None => text.parse().map(Self::Own),
        }
    }
}

/// A role with what it may do.
#[derive(Clone, Debug)]
pub struct RoleOf {
    pub key: RoleKey,
    /// As people call it.
    pub name: String,
    pub base: Role,
    pub departures: RightOverrides,
    /// Active members who have it.
    pub members: i64,
}

impl RoleOf {
    /// The names of the rights it holds.
    pub fn rights(&self, switches: OrgPolicy) -> BTreeSet<&'static str> {
        rights_of(self.base, switches, &self.departures)
    }
    pub fn custom(&self) -> Option<CustomRoleId> {
        match self.key {
            RoleKey::Own(id) => Some(id),
            RoleKey::Preset(_) => None,
        }
    }
}

/// The switchable rights that a role shall hold.
#[derive(Clone, Debug)]
pub struct RoleRights {
    pub key: RoleKey,
    /// What the table showed as held; without it, what is held now.
    pub shown: Option<Vec<&'static str>>,
    pub rights: Vec<&'static str>,
}

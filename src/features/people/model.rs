//! Who works here, who was invited, who asks to come in.
use crate::features::roles::RoleKey;
use crate::kernel::{BranchId, CustomRoleId, InviteId, JoinRequestId, MemberId, Role};
use crate::server::messages::Words;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BranchAccess {
    /// All branches, also those that open later.
    All,
    Chosen(Vec<BranchId>),
}

impl BranchAccess {
    pub fn is_all(&self) -> bool {
        *self == Self::All
    }
    /// The chosen ones; none where it is all.
    pub fn ids(&self) -> Vec<Uuid> {
        match self {
            Self::All => Vec::new(),
            Self::Chosen(branches) => branches.iter().map(|branch| branch.uuid()).collect(),
        }
    }
    pub fn has(&self, branch: BranchId) -> bool {
        match self {
            Self::All => true,
            Self::Chosen(chosen) => chosen.contains(&branch),
        }
    }
}

/// Another role in one branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchRole {
    pub branch: BranchId,
    pub role: Role,
    pub custom: Option<CustomRoleId>,
    /// The role as people call it.
    pub label: String,
}

impl BranchRole {
    pub fn key(&self) -> RoleKey {
        self.custom.map_or(RoleKey::Preset(self.role), RoleKey::Own)
    }
}

/// A role and where it holds: what is given with an invitation, an approval or a change.
#[derive(Clone, Debug)]
pub struct Grant {
    pub role: Role,
    pub custom: Option<CustomRoleId>,
    /// The role as people call it.
    pub label: String,
    pub reach: BranchAccess,
    /// Branches in which the role is another one.
    pub branch_roles: Vec<BranchRole>,
}

impl Grant {
    pub fn key(&self) -> RoleKey {
        self.custom.map_or(RoleKey::Preset(self.role), RoleKey::Own)
    }
    /// The role in a letter's language; one of the workshop's own keeps the name that it was given there.
    pub(super) fn named(&self, words: &Words) -> String {
        let role = if self.custom.is_some() {
            "own"
        } else {
            self.role.name()
        };
        words.phrase(
            "role",
            [("role", role.into()), ("label", self.label.as_str().into())],
        )
    }
    /// Every role that it gives.
    pub fn keys(&self) -> impl Iterator<Item = (Role, RoleKey)> {
        let own = self.branch_roles.iter().map(|own| (own.role, own.key()));
        std::iter::once((self.role, self.key())).chain(own)
    }
    /// For the trail.
    pub fn detail(&self) -> serde_json::Value {
        let own = self.branch_roles.iter();
        let own = own.map(|own| serde_json::json!({ "branch": own.branch.uuid(), "role": own.label }));
        serde_json::json!({
            "role": self.label,
            "all_branches": self.reach.is_all(),
            "branches": self.reach.ids(),
            "branch_roles": own.collect::<Vec<_>>(),
        })
    }
    /// "All branches", or the names, with the role where it is another one.
    pub fn places(&self, branches: &[(BranchId, String)]) -> String {
        let named = |id: BranchId, name: &str| {
            let own = self.branch_roles.iter().find(|own| own.branch == id);
            own.map_or_else(|| name.to_owned(), |own| format!("{name} ({})", own.label))
        };
        let all = self.reach.is_all();
        let listed = branches.iter().filter(|(id, _)| {
            self.reach.has(*id) && (!all || self.branch_roles.iter().any(|own| own.branch == *id))
        });
        let names: Vec<String> = listed.map(|(id, name)| named(*id, name)).collect();
        match (all, names.is_empty()) {
            (true, true) => "All branches".to_owned(),
            (true, false) => format!("All branches, {}", names.join(", ")),
            (false, true) => "No branch".to_owned(),
            (false, false) => names.join(", "),
        }
    }
}

/// A member.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub grant: Grant,
    pub created_at: DateTime<Utc>,
    pub last_seen: Option<DateTime<Utc>>,
    pub deactivated_at: Option<DateTime<Utc>>,
    pub deactivated_reason: String,
    pub version: i32,
}

impl Member {
    pub fn active(&self) -> bool {
        self.deactivated_at.is_none()
    }
}

/// An invitation that nobody accepted yet.
#[derive(Clone, Debug)]
pub struct Invite {
    pub id: InviteId,
    pub link: Uuid,
    pub email: String,
    pub grant: Grant,
    pub invited_by: String,
    pub expires_at: DateTime<Utc>,
}

/// Somebody who came with the code and waits.
#[derive(Clone, Debug)]
pub struct JoinRequest {
    pub id: JoinRequestId,
    pub name: String,
    pub email: String,
    /// Signed in when asking: approved, they are in; anybody else gets an invitation.
    pub known: bool,
    pub created_at: DateTime<Utc>,
}

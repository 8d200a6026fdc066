//! Who works here, who was invited, who asks to come in.
use crate::features::roles::RoleKey;
use crate::kernel::{BranchId, CustomRoleId, InviteId, JoinRequestId, MemberId, Role};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All branches, also those that open later.
    All,
    Chosen(Vec<BranchId>),
}

impl Reach {
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
    /// "All branches", or the names.
    pub fn words(&self, branches: &[(BranchId, String)]) -> String {
        match self {
            Self::All => "All branches".to_owned(),
            Self::Chosen(chosen) => {
                let names = branches.iter().filter(|(id, _)| chosen.contains(id));
                let names: Vec<&str> = names.map(|(_, name)| name.as_str()).collect();
                if names.is_empty() {
                    "No branch".to_owned()
                } else {
                    names.join(", ")
                }
            }
        }
    }
}

/// A role and where it holds: what is given with an invitation, an approval or a change.
#[derive(Clone, Debug)]
pub struct Grant {
    pub role: Role,
    pub custom: Option<CustomRoleId>,
    /// The role as people call it.
    pub label: String,
    pub reach: Reach,
}

impl Grant {
    pub fn key(&self) -> RoleKey {
        self.custom.map_or(RoleKey::Preset(self.role), RoleKey::Own)
    }
    /// For the trail.
    pub fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "role": self.label, "all_branches": self.reach.is_all(), "branches": self.reach.ids() })
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

//! What the forms hold.
use super::model::{BranchAccess, Grant};
use crate::kernel::{Checker, FieldErrors, Problem, text};
use crate::server::auth::password;
use crate::server::contact;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// A role, and all branches or chosen ones.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GrantForm {
    pub role: String,
    /// `all` or `chosen`.
    pub reach: String,
    pub branches: Vec<String>,
    /// Under `role_in_` and a branch: the role there, where it is another one.
    #[serde(flatten)]
    pub(super) others: HashMap<String, Value>,
}

/// Under which the form asks for the role in one branch.
pub fn role_in(branch: &str) -> String {
    format!("role_in_{branch}")
}

impl GrantForm {
    /// The key of the role in this branch; empty where it is the membership's.
    pub fn role_in(&self, branch: &str) -> &str {
        let given = self.others.get(&role_in(branch)).and_then(Value::as_str);
        given.unwrap_or_default()
    }
    /// The field and the key of each branch that is given another role.
    pub fn roles_by_branch(&self) -> BTreeMap<&str, &str> {
        let given = self.others.iter();
        let given = given.filter_map(|(name, key)| Some((name.as_str(), key.as_str()?)));
        given
            .filter(|(name, key)| name.starts_with(&role_in("")) && !key.is_empty())
            .collect()
    }

    /// What is given, as the form shows it.
    pub fn of(grant: &Grant) -> Self {
        let branches = match &grant.reach {
            BranchAccess::All => Vec::new(),
            BranchAccess::Chosen(branches) => branches.iter().map(ToString::to_string).collect(),
        };
        Self {
            role: grant.key().to_string(),
            reach: if grant.reach.is_all() { "all" } else { "chosen" }.to_owned(),
            branches,
            others: grant
                .branch_roles
                .iter()
                .map(|own| (role_in(&own.branch.to_string()), own.key().to_string().into()))
                .collect(),
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    pub email: String,
    #[serde(flatten)]
    pub grant: GrantForm,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MemberForm {
    /// What the page was rendered for.
    pub version: String,
    #[serde(flatten)]
    pub grant: GrantForm,
}

/// Accepting an invitation: a name and a new password, or the account's own password.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct AcceptForm {
    pub name: String,
    pub password: String,
}

impl AcceptForm {
    /// For somebody new: the name.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, email: &str, workshop: &str) -> Result<String, FieldErrors> {
        let mut check = Checker::new();
        let name = check.check("name", text::required(&self.name, 120));
        let chosen = if self.password.is_empty() {
            Err(Problem::Missing)
        } else {
            password::acceptable(&self.password, &[&self.name, email, workshop, "gantry"])
        };
        check.check("password", chosen);
        check.finish(name)
    }
}

/// A code, and who asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JoinForm {
    pub code: String,
    pub name: String,
    pub email: String,
}

impl JoinForm {
    /// Name and address of somebody who is not signed in.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub fn person(&self) -> Result<(String, String), FieldErrors> {
        let mut check = Checker::new();
        if self.code.trim().is_empty() {
            check.refuse("code", Problem::Missing);
        }
        let name = check.check("name", text::required(&self.name, 120));
        let email = check.check("email", contact::email(&self.email));
        check.finish(name.zip(email))
    }
}

//! What the forms hold.
use super::model::{BranchAccess, Grant};
use crate::features::identity::{address, not_own_words};
use crate::features::roles::RoleKey;
use crate::form;
use crate::kernel::form::FieldKey;
use crate::kernel::{BranchId, Checker, FieldErrors, Form, FormContext, Problem};
use crate::server::db::joining::Invitation;
use crate::server::db::tenant::Session;

impl FieldKey for BranchId {}

form! {
    /// A role, and all branches or chosen ones, as typed.
    pub struct GrantForm shows GrantFields;
    /// A role, and all branches or chosen ones: what somebody wants to give.
    #[derive(Clone, Debug)]
    pub struct NewGrant {
        role: RoleKey = own("Role", Kind::Choice, role_key, |key: &RoleKey, _| key.to_string()).required(),
        /// Whether it holds in all branches.
        reach: bool = own("Works in", Kind::Choice, |raw| Ok(raw == "all"), |all, _| reach(*all).to_owned()),
        branches[]: Vec<BranchId> = own("Branches", Kind::Choice, branch, |id, _| id.to_string()),
    }
    each {
        /// The role in one branch, where it is another one.
        branch_roles "role_in_" by BranchId: RoleKey = own("Role", Kind::Choice, role_key, |key: &RoleKey, _| key.to_string()),
    }
    checked by refused_at_both;
}

/// Whether the branches that are left do is the service's to know; whoever is refused for the role hears of both at once.
fn refused_at_both(form: &GrantForm, _: Option<&mut NewGrant>, check: &mut Checker, _: &FormContext) {
    if role_key(&form.role).is_err() && form.reach != reach(true) && form.branches.is_empty() {
        check.refuse("branches", Problem::other(NOWHERE));
    }
}

/// What a grant lacks that holds in no branch.
pub(super) const NOWHERE: &str = "Choose at least one branch, or all branches.";

/// As the form sends whether it is for all branches.
const fn reach(all: bool) -> &'static str {
    if all { "all" } else { "chosen" }
}

fn role_key(raw: &str) -> Result<RoleKey, Problem> {
    raw.parse().map_err(|_| Problem::other("Choose a role."))
}

fn branch(raw: &str) -> Result<BranchId, Problem> {
    raw.parse()
        .map_err(|_| Problem::other("Choose from your own branches."))
}

/// The field of the role in one branch.
pub(super) fn role_in(branch: BranchId) -> String {
    format!("role_in_{branch}")
}

impl GrantForm {
    /// Nothing chosen yet.
    pub fn blank() -> Self {
        Self {
            reach: reach(false).to_owned(),
            ..Self::default()
        }
    }
}

impl From<&Grant> for NewGrant {
    /// What is given.
    fn from(grant: &Grant) -> Self {
        let own = grant.branch_roles.iter();
        Self {
            role: grant.key(),
            reach: grant.reach.is_all(),
            branches: match &grant.reach {
                BranchAccess::All => Vec::new(),
                BranchAccess::Chosen(branches) => branches.clone(),
            },
            branch_roles: own.map(|own| (own.branch, own.key())).collect(),
        }
    }
}

form! {
    /// An invitation as typed.
    pub(super) struct InviteForm shows InviteFields;
    /// An invitation, about to be sent.
    #[derive(Clone, Debug)]
    pub struct NewInvite {
        email: String = address("E-mail"),
    }
    parts { grant: GrantForm }
}

form! {
    /// A member's role and branches, as typed.
    pub(super) struct MemberForm shows MemberFields;
    /// A member's role and branches.
    #[derive(Clone, Debug)]
    pub struct MemberChange {}
    with {
        /// What the page was rendered for.
        version,
    }
    parts { grant: GrantForm }
}

form! {
    /// Accepting an invitation, as typed: a name and a new password, or the account's own password.
    pub(super) struct AcceptForm shows AcceptFields;
    /// Whoever accepts: somebody new with a name, or the owner of an account with none.
    #[derive(Clone)]
    pub struct Acceptance {
        name: String = line("Your name", 120).required().asks("Enter a name."),
        password: String = secret("Choose a password").most(128).required().asks("Enter the password."),
    }
}

impl AcceptForm {
    /// What is asked of whoever is invited: an account's owner for their password, which is tried as it is; somebody new for a name and a
    /// password that is not made of their own words.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub(super) fn of_invited(&self, invitation: &Invitation) -> Result<Acceptance, FieldErrors> {
        if invitation.account.is_some() {
            return Ok(Acceptance {
                name: String::new(),
                password: self.password.clone(),
            });
        }
        let own_words = [&self.name, &invitation.email, &invitation.org_name];
        let mut check = Checker::new();
        let new = check.absorb(self.parse(&FormContext::PUBLIC));
        check.check(
            "password",
            not_own_words(&self.password, &own_words.map(String::as_str)),
        );
        check.finish(new)
    }
}

form! {
    /// A code, and who asks, as typed.
    pub(super) struct JoinForm shows JoinFields;
    /// Who asks to join, and where.
    #[derive(Clone, Debug)]
    pub struct Asking {
        code: String = line("Code", 20).required(),
        name: String = line("Your name", 120).required().asks("Enter a name."),
        email: String = address("E-mail"),
    }
}

impl JoinForm {
    /// Whoever is signed in is asked for the code alone. It is tried as it is: what cannot be a code is a wrong guess.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub(super) fn asked_by(&self, session: Option<&Session>) -> Result<Asking, FieldErrors> {
        match session {
            Some(session) => Ok(Asking {
                code: self.code.clone(),
                name: session.name.clone(),
                email: session.email.clone(),
            }),
            None => self.parse(&FormContext::PUBLIC),
        }
    }
}

//! What is typed about codes.
use crate::form;
use crate::kernel::{Problem, Role};

form! {
    /// A code as typed.
    pub(super) struct CodeForm shows CodeFields;
    /// A code of an app, or a recovery code.
    #[derive(Clone)]
    pub(super) struct Code {
        code: String = as_typed("Code", Kind::Text).most(20).required(),
    }
    with {
        /// A path of ours to go to afterwards.
        next,
    }
}

form! {
    /// What it takes to remove a second factor, as typed.
    pub(super) struct RemoveForm shows RemoveFields;
    /// What it takes to remove a second factor.
    #[derive(Clone)]
    pub struct Removal {
        password: String = secret("Password").required(),
        code: String = as_typed("Code, or a recovery code", Kind::Text).most(20).required(),
    }
}

form! {
    /// The roles ticked.
    pub(super) struct PolicyForm shows PolicyFields;
    /// The presets whose members need one.
    #[derive(Clone, Debug)]
    pub struct Policy {
        role[]: Vec<Role> = own("Needed for", Kind::Choice, role, |role, _| role.name().to_owned()),
    }
}

fn role(raw: &str) -> Result<Role, Problem> {
    Role::parse(raw).ok_or(Problem::Missing)
}

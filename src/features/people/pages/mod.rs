//! Handlers: the owner's lists and forms, and the doors for those who come in.
pub(super) mod invite;
pub(super) mod join;
pub(super) mod list;
pub(super) mod member;
pub(super) mod request;

use super::parts::grant::GrantChoices;
use super::{selectors, service};
use crate::server::prelude::*;

/// What the member may give: roles, and their own branches.
async fn choices(tx: &mut TenantTx) -> AppResult<GrantChoices> {
    let roles = service::roles_to_give(tx).await?;
    let session = tx.session();
    Ok(GrantChoices {
        roles: roles
            .into_iter()
            .map(|(key, name)| (key.to_string(), name))
            .collect(),
        branches: session
            .branches()
            .into_iter()
            .map(|branch| (branch.id, branch.name))
            .collect(),
        everywhere: session.all_branches,
    })
}

/// The way back to the list.
fn crumbs() -> Vec<(String, String)> {
    vec![
        ("/settings".to_owned(), "Settings".to_owned()),
        ("/settings/members".to_owned(), "People".to_owned()),
    ]
}

/// Every branch by its name, for reading.
async fn branch_names(tx: &mut TenantTx) -> AppResult<Vec<(BranchId, String)>> {
    Ok(selectors::branches(tx).await?.0)
}

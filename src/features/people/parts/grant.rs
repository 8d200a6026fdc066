//! A role and branches, as one group of fields.
use super::super::form::GrantFields;
use crate::features::roles::RoleKey;
use crate::kernel::{BranchId, Role};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What may be given.
#[derive(Clone, Debug)]
pub(crate) struct GrantChoices {
    /// Key and name.
    pub roles: Vec<(String, String)>,
    pub branches: Vec<(BranchId, String)>,
    /// Whether "all branches" may be given.
    pub everywhere: bool,
}

/// Role, reach and branches.
pub(crate) fn grant_inputs_view(choices: GrantChoices, fields: GrantFields) -> AnyView {
    let all = fields.reach.value() == "all";
    let mut reach = options([("chosen", "Chosen branches")]);
    if choices.everywhere || all {
        reach.insert(
            0,
            ("all".to_owned(), "All branches, including new ones".to_owned()),
        );
    }
    let selected = if all { "all" } else { "chosen" };
    let by_branch = (choices.branches.len() > 1).then(|| by_branch_view(choices.clone(), fields.clone()));
    let offered = options(
        choices
            .branches
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone())),
    );
    let mut branches = fields.branches;
    if let ([only], true) = (choices.branches.as_slice(), branches.values.is_empty()) {
        branches = branches.holding(only.0.to_string());
    }
    view! {
        <div class="form group">
            <Select of=fields.role options=choices.roles prompt="Choose…"
                hint="An owner works in all branches. A viewer sees what a manager sees and changes nothing."/>
            <Segmented of=fields.reach.holding(selected) options=reach span=Span::Full/>
            // Needed for chosen ones only: shown by what is chosen above, without a script.
            <div class="group-has-[[value=all]:checked]:hidden">
                <CheckboxGroup of=branches options=offered/>
            </div>
            {by_branch}
        </div>
    }
    .into_any()
}

/// A role for each branch; open where one is given or refused.
fn by_branch_view(choices: GrantChoices, fields: GrantFields) -> AnyView {
    let open = fields.branch_roles.is_set();
    let owner = RoleKey::Preset(Role::Owner).to_string();
    let roles = choices.roles.into_iter().filter(|(key, _)| *key != owner);
    let roles: Vec<_> = roles.collect();
    let selects = choices.branches.into_iter().map(|(id, name)| {
        let field = fields.branch_roles.at(&id).label(format!("Role in {name}"));
        view! { <Select of=field options=roles.clone() prompt="Same as above"/> }
    });
    let selects = selects.collect_view();
    view! {
        <details class="more-fields" open=open>
            <summary>"Another role in a branch"<Icon name="chevron-down"/></summary>
            <FormGrid>{selects}</FormGrid>
        </details>
    }
    .into_any()
}

//! A role and branches, as one group of fields.
use super::super::form::{GrantForm, role_in};
use crate::features::roles::RoleKey;
use crate::kernel::{FieldErrors, Role};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What may be given.
#[derive(Clone, Debug)]
pub struct GrantChoices {
    /// Key and name.
    pub roles: Vec<(String, String)>,
    /// Id and name.
    pub branches: Vec<(String, String)>,
    /// Whether "all branches" may be given.
    pub everywhere: bool,
}

/// Role, reach and branches.
#[component]
pub fn GrantFields(choices: GrantChoices, form: GrantForm, errors: FieldErrors) -> AnyView {
    let all = form.reach == "all";
    let mut reach = options([("chosen", "Chosen branches")]);
    if choices.everywhere || all {
        reach.insert(
            0,
            ("all".to_owned(), "All branches, including new ones".to_owned()),
        );
    }
    let selected = if all { "all" } else { "chosen" };
    let by_branch = (choices.branches.len() > 1)
        .then(|| view! { <ByBranch choices=choices.clone() form=form.clone() errors=errors.clone()/> });
    let ticked = match choices.branches.as_slice() {
        [(only, _)] if form.branches.is_empty() => vec![only.clone()],
        _ => form.branches,
    };
    view! {
        <div class="form group">
            <Select label="Role" name="role" options=choices.roles selected=form.role prompt="Choose…" error=errors.at("role")
                hint="An owner works in all branches. A viewer sees what a manager sees and changes nothing." required=true/>
            <Segmented label="Works in" name="reach" options=reach selected=selected error=errors.at("reach") span=Span::Full/>
            // Needed for chosen ones only: shown by what is chosen above, without a script.
            <div class="group-has-[[value=all]:checked]:hidden">
                <CheckboxGroup label="Branches" name="branches" options=choices.branches selected=ticked error=errors.at("branches")/>
            </div>
            {by_branch}
        </div>
    }
    .into_any()
}

/// A role for each branch; open where one is given or refused.
#[component]
fn ByBranch(choices: GrantChoices, form: GrantForm, errors: FieldErrors) -> AnyView {
    let refused = |(id, _): &(String, String)| errors.at(&role_in(id)).is_some();
    let open = !form.roles_by_branch().is_empty() || choices.branches.iter().any(refused);
    let owner = RoleKey::Preset(Role::Owner).to_string();
    let roles = choices.roles.into_iter().filter(|(key, _)| *key != owner);
    let roles: Vec<_> = roles.collect();
    let fields = choices.branches.into_iter().map(|(id, name)| {
        let (field, selected) = (role_in(&id), form.role_in(&id).to_owned());
        let error = errors.at(&field);
        view! { <Select label=format!("Role in {name}") name=field options=roles.clone() selected prompt="Same as above" error/> }
    });
    let fields = fields.collect_view();
    view! {
        <details class="more-fields" open=open>
            <summary>"Another role in a branch"<Icon name="chevron-down"/></summary>
            <FormGrid>{fields}</FormGrid>
        </details>
    }
    .into_any()
}

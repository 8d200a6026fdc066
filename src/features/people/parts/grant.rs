//! A role and branches, as one group of fields.
use super::super::form::GrantForm;
use crate::kernel::FieldErrors;
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
    let ticked = match choices.branches.as_slice() {
        [(only, _)] if form.branches.is_empty() => vec![only.clone()],
        _ => form.branches,
    };
    view! {
        <div class="form group">
            <Select label="Role" name="role" options=choices.roles selected=form.role prompt="Choose…" error=errors.at("role")
                hint="An owner works in all branches." required=true/>
            <Segmented label="Works in" name="reach" options=reach selected=selected error=errors.at("reach") span=Span::Full/>
            // Needed for chosen ones only: shown by what is chosen above, without a script.
            <div class="group-has-[[value=all]:checked]:hidden">
                <CheckboxGroup label="Branches" name="branches" options=choices.branches selected=ticked error=errors.at("branches")/>
            </div>
        </div>
    }
    .into_any()
}

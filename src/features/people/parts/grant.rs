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
        reach.insert(0, ("all".to_owned(), "All branches, also later ones".to_owned()));
    }
    let selected = if all { "all" } else { "chosen" };
    view! {
        <div class="form group">
            <Select label="Role" name="role" options=choices.roles selected=form.role prompt="Choose…" error=errors.at("role")
                hint="An owner works in all branches." required=true/>
            <Segmented label="Works in" name="reach" options=reach selected=selected error=errors.at("reach") span=Span::Full/>
            // Needed for chosen ones only: shown by what is chosen above, without a script.
            <div class="group-has-[[value=all]:checked]:hidden">
                <Branches branches=choices.branches chosen=form.branches error=errors.at("branches")/>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Branches(branches: Vec<(String, String)>, chosen: Vec<String>, error: Option<String>) -> impl IntoView {
    let single = branches.len() == 1;
    let wrong = error.is_some();
    let boxes = branches.into_iter().enumerate().map(|(at, (id, name))| {
        let checked = single && chosen.is_empty() || chosen.contains(&id);
        let anchor = (at == 0).then(|| field_id("branches"));
        view! {
            <label class="check">
                <input type="checkbox" id=anchor name="branches[]" value=id checked=checked/>
                <span>{name}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let told = error.map(|text| {
        view! { <p class="field-error" id="f-branches-error"><Icon name="alert-circle"/>{text}</p> }
    });
    view! {
        <fieldset class="field span-full" aria-describedby=wrong.then_some("f-branches-error")>
            <legend class="legend">"Branches"</legend>
            <div class="choices">{boxes}</div>
            {told}
        </fieldset>
    }
}

//! Writing an announcement: what, until when, for whom.
use super::super::form::AnnouncementForm;
use super::super::model::many;
use crate::kernel::{BranchId, FieldErrors, Role};
use crate::ui::prelude::*;
use chrono::NaiveDate;
use leptos::prelude::*;

/// What the form shows.
pub(in super::super) struct FormView {
    pub form: AnnouncementForm,
    pub errors: FieldErrors,
    /// The writer's own.
    pub branches: Vec<(BranchId, String)>,
    /// Whether the writer may tell all branches, also later ones.
    pub everywhere: bool,
    pub today: NaiveDate,
}

#[component]
pub(in super::super) fn Write(view: FormView) -> AnyView {
    let FormView {
        form,
        errors,
        branches,
        everywhere,
        today,
    } = view;
    let crumbs = vec![("/announcements".to_owned(), "Announcements".to_owned())];
    let roles = Role::ALL.map(|role| (role.name().to_owned(), many(role)));
    let (chosen, told) = (form.roles.clone(), errors.at("roles"));
    let (title, body, until) = (errors.at("title"), errors.at("body"), errors.at("until"));
    let typed = form.clone();
    view! {
        <PageHeader title="New announcement" crumbs/>
        <form class="form max-w-form" method="post" action="/announcements/new">
            <FormErrors errors=errors.summary()/>
            <Hidden name="key" value=typed.key/>
            <Card>
                <FormGrid>
                    <Field label="Title" name="title" value=typed.title error=title maxlength=120u32 required=true autocomplete="off" span=Span::Full/>
                    <TextArea label="Text" name="body" value=typed.body error=body maxlength=10_000u32 rows=8 required=true
                        hint="Shown as typed, with line breaks. It cannot be changed later, only withdrawn."/>
                    <Field label="Show until" name="until" kind="date" value=typed.until error=until min=today.to_string()
                        hint="Leave empty for one year. People who join before then see it too."/>
                </FormGrid>
            </Card>
            <Card title="Who sees it">
                <div class="form group">
                    <Where form errors branches everywhere/>
                    <CheckboxGroup label="Roles" name="roles" options=roles.to_vec() selected=chosen error=told hint="None selected: everyone."/>
                </div>
            </Card>
            <FormActions>
                <SubmitButton label="Announce" icon="megaphone"/>
                <ButtonLink href="/announcements" label="Cancel" variant=Variant::Ghost/>
            </FormActions>
        </form>
    }
    .into_any()
}

/// Which branches; no question where there is only one.
#[component]
fn Where(
    form: AnnouncementForm,
    errors: FieldErrors,
    branches: Vec<(BranchId, String)>,
    everywhere: bool,
) -> AnyView {
    if everywhere && branches.len() < 2 {
        return view! { <Hidden name="reach" value="all"/> }.into_any();
    }
    let reach = if everywhere {
        let both = options([
            ("all", "All branches, including new ones"),
            ("chosen", "Chosen branches"),
        ]);
        let selected = if form.reach == "all" { "all" } else { "chosen" };
        view! { <Segmented label="Branches" name="reach" options=both selected=selected error=errors.at("reach") span=Span::Full/> }.into_any()
    } else {
        view! { <Hidden name="reach" value="chosen"/> }.into_any()
    };
    let single = branches.len() == 1 && form.branches.is_empty();
    let ticked: Vec<String> = if single {
        branches.iter().map(|(id, _)| id.to_string()).collect()
    } else {
        form.branches
    };
    let boxes: Vec<(String, String)> = branches
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    view! {
        {reach}
        // Needed for chosen ones only: shown by what is chosen above, without a script.
        <div class="group-has-[[value=all]:checked]:hidden">
            <CheckboxGroup label="Branches" name="branches" options=boxes selected=ticked error=errors.at("branches")/>
        </div>
    }
    .into_any()
}

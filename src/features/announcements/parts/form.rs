//! Writing an announcement: what, until when, for whom.
use super::super::form::AnnouncementForm;
use super::super::model::many;
use crate::kernel::form::FieldView;
use crate::kernel::{BranchId, Filled, Role};
use crate::ui::prelude::*;
use chrono::NaiveDate;
use leptos::prelude::*;

/// What the form shows.
pub(in super::super) struct FormView {
    pub filled: Filled<AnnouncementForm>,
    /// The writer's own.
    pub branches: Vec<(BranchId, String)>,
    /// Whether the writer may tell all branches, also later ones.
    pub everywhere: bool,
    pub today: NaiveDate,
}

pub(in super::super) fn write_view(view: FormView) -> AnyView {
    let FormView {
        filled,
        branches,
        everywhere,
        today,
    } = view;
    let crumbs = vec![("/announcements".to_owned(), "Announcements".to_owned())];
    let roles = Role::ALL.map(|role| (role.name().to_owned(), many(role)));
    let (head, fields) = (filled.head(), filled.fields());
    let (reach, chosen) = (fields.reach, fields.branches);
    view! {
        <PageHeader title="New announcement" crumbs/>
        <form class="form max-w-form" method="post" action="/announcements/new">
            <FormHead of=head thing="announcement"/>
            <Hidden of=fields.key/>
            <Card>
                <FormGrid>
                    <Field of=fields.title span=Span::Full/>
                    <TextArea of=fields.body rows=8
                        hint="Shown as typed, with line breaks. It cannot be changed later, only withdrawn."/>
                    <Field of=fields.until min=today.to_string()
                        hint="Leave empty for one year. People who join before then see it too."/>
                </FormGrid>
            </Card>
            <Card title="Who sees it">
                <div class="form group">
                    {where_view(reach, chosen, branches, everywhere)}
                    <CheckboxGroup of=fields.roles options=roles.to_vec() hint="None selected: everyone."/>
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
fn where_view(
    reach: FieldView,
    mut chosen: FieldView,
    branches: Vec<(BranchId, String)>,
    everywhere: bool,
) -> AnyView {
    if everywhere && branches.len() < 2 {
        return view! { <Hidden of=reach.holding("all")/> }.into_any();
    }
    let reach = if everywhere {
        let both = options([
            ("all", "All branches, including new ones"),
            ("chosen", "Chosen branches"),
        ]);
        view! { <Segmented of=reach options=both span=Span::Full/> }.into_any()
    } else {
        view! { <Hidden of=reach.holding("chosen")/> }.into_any()
    };
    if branches.len() == 1 && chosen.values.is_empty() {
        chosen.values = branches.iter().map(|(id, _)| id.to_string()).collect();
    }
    let boxes = options(branches.into_iter().map(|(id, name)| (id.to_string(), name)));
    view! {
        {reach}
        // Needed for chosen ones only: shown by what is chosen above, without a script.
        <div class="group-has-[[value=all]:checked]:hidden">
            <CheckboxGroup of=chosen options=boxes/>
        </div>
    }
    .into_any()
}

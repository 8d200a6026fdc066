//! The table of rights, and the workshop's own roles.
use super::form::{RightsForm, RoleForm, WasShown};
use super::model::{RoleKey, RoleOf};
use crate::kernel::form::NamedFields;
use crate::kernel::permission::{OrgPolicy, RIGHTS, Right};
use crate::kernel::text;
use crate::kernel::{FieldErrors, Filled, Form, Role};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// A row for each right, a column for each role, one form for all of it.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn RightsTable(roles: Vec<RoleOf>, switches: OrgPolicy) -> impl IntoView {
    let heads = roles.iter().map(|role| Column::new(role.name.clone()));
    let columns = std::iter::once(Column::new("May"))
        .chain(heads)
        .collect::<Vec<_>>();
    let fields = RightsForm::default().fields(&FieldErrors::default());
    let shown = roles
        .iter()
        .map(|role| {
            let held = role
                .rights(switches)
                .into_iter()
                .filter(|name| Right::find(name).is_some_and(Right::switchable));
            let was = WasShown {
                key: role.key,
                rights: held.collect(),
            };
            view! {
                <input type="hidden" name=format!("{}[]", fields.shown.name) value=role.key.to_string()/>
                <input type="hidden" name=format!("{}[]", fields.was.name) value=was.to_string()/>
            }
        })
        .collect_view();
    let rows = RIGHTS
        .iter()
        .filter(|right| right.switchable())
        .map(|right| right_row(right, &roles, switches, &fields.ticked))
        .collect_view();
    view! {
        <form method="post" action="/settings/roles">
            {shown}
            <Card title="Rights" flush=true foot=|| view! { <SubmitButton label="Save rights"/> }>
                <Table caption="Rights by role" columns>{rows}</Table>
            </Card>
        </form>
    }
    .into_any()
}

fn right_row(right: &'static Right, roles: &[RoleOf], switches: OrgPolicy, ticked: &NamedFields) -> AnyView {
    let mut cells = Vec::with_capacity(roles.len());
    for role in roles {
        let held = right.held_by(role.base, switches, &role.departures);
        cells.push(right_cell_view(
            right,
            role.name.clone(),
            ticked.at(&role.key).name,
            held,
            held != (right.granted_to)(role.base, switches),
        ));
    }
    view! { <Row><MainCell text=text::capital(&terms().say(right.action))/>{cells}</Row> }.into_any()
}

fn right_cell_view(
    right: &'static Right,
    role: String,
    name: String,
    held: bool,
    changed: bool,
) -> impl IntoView {
    let label = format!("{role} may {}", terms().say(right.action));
    view! {
        <Cell label=role>
            <label class="inline-flex min-h-11 min-w-11 items-center gap-2">
                <input type="checkbox" name=format!("{name}[]") value=right.name checked=held aria-label=label/>
                {changed.then(|| view! { <Badge label="changed" tone=Tone::Info/> })}
            </label>
        </Cell>
    }
}

/// The workshop's own roles, which can go when nobody has them.
pub(super) fn own_roles_view(roles: Vec<RoleOf>) -> impl IntoView {
    let own: Vec<RoleOf> = roles.into_iter().filter(|role| role.custom().is_some()).collect();
    if own.is_empty() {
        return ().into_any();
    }
    let rows = own.into_iter().map(|role| {
        let who = match role.members {
            0 => "None".to_owned(),
            1 => "1 member".to_owned(),
            many => format!("{many} members"),
        };
        let action = format!("/settings/roles/{}/archive", role.key);
        let archive = (role.members == 0).then(|| view! { <PostButton action label="Archive"/> });
        view! {
            <Row>
                <MainCell text=role.name.clone() sub=format!("Based on {}", terms().role(role.base))/>
                <Cell label="Held by">{who}</Cell>
                <Cell>{archive}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title="Custom roles" flush=true>
            <Table caption="Roles of this workshop" columns=vec!["Role".into(), "Held by".into(), Column::silent("Actions")]>{rows}</Table>
        </Card>
    }
    .into_any()
}

/// The form for another one.
pub(super) fn add_role_view(filled: Filled<RoleForm>) -> impl IntoView {
    let fields = filled.fields();
    let presets = Role::ALL.into_iter().filter(|role| *role != Role::Owner);
    // Nobody becomes a manager because nothing was chosen.
    let options = std::iter::once((String::new(), "Choose…".to_owned()))
        .chain(presets.map(|role| (RoleKey::Preset(role).to_string(), terms().role(role))))
        .collect::<Vec<_>>();
    view! {
        <Card title="New custom role" subtitle="It starts with the rights of another role; then change what differs.">
            <form class="form" method="post" action="/settings/roles/new">
                <FormGrid>
                    <Field of=fields.name hint="For example: Foreman"/>
                    <Select of=fields.base options/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Add role"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

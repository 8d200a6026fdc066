//! Names to touch, a field for the PIN, and the list of tablets.
use super::form::{EnrolForm, SwitchFields};
use super::selectors::TabletRow;
use crate::kernel::Filled;
use crate::server::db::tablet::Tablet;
use crate::server::db::tenant::Branch;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

/// For a browser that is none.
pub(super) fn no_tablet_view() -> impl IntoView {
    view! {
        <AuthFrame title="No shared tablet" lead="An owner or manager sets one up under Settings, Shared tablets.">
            <div class="form-actions"><ButtonLink href="/sign-in" label="Sign in with a password" variant=Variant::Primary/></div>
        </AuthFrame>
    }
}

/// A tile for everybody of the branch who has a PIN.
pub(super) fn people_view(tablet: Tablet, next: String) -> impl IntoView {
    let lead = format!("{} · {} · {}", tablet.workshop, tablet.branch, tablet.name);
    let (with, without): (Vec<_>, Vec<_>) = tablet.people.into_iter().partition(|person| person.has_pin);
    let tiles = with.into_iter().map(|person| {
        let query =
            serde_urlencoded::to_string([("member", person.id().to_string().as_str()), ("next", &next)])
                .unwrap_or_default();
        view! {
            <li>
                <a class="card flex min-h-14 items-center gap-4 p-4" href=format!("/switch?{query}")>
                    <Avatar name=person.name.clone() large=true/>
                    <span class="font-semibold">{person.name.clone()}</span>
                </a>
            </li>
        }
    });
    let tiles = tiles.collect_view();
    let missing = (!without.is_empty()).then(|| {
        let names: Vec<String> = without.into_iter().map(|person| person.name).collect();
        view! { <p class="text-muted">{format!("No PIN yet: {}. Set one under Your account.", names.join(", "))}</p> }
    });
    view! {
        <PublicFrame actions=|| view! { <ButtonLink href="/sign-in" label="Sign in with a password"/> }>
            <div class="bay stack mx-auto w-full max-w-page p-gutter">
                <div>
                    <h1 class="text-2xl font-semibold">"Who is working?"</h1>
                    <p class="text-muted">{lead}</p>
                </div>
                <ul class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{tiles}</ul>
                {missing}
            </div>
        </PublicFrame>
    }
}

/// One field, large.
pub(super) fn pin_pad_view(fields: SwitchFields, next: String) -> impl IntoView {
    view! {
        <form class="form bay" method="post" action="/switch">
            <Hidden of=fields.member/>
            <Hidden of=fields.next.holding(next)/>
            <Field of=fields.pin inputmode="numeric" autocomplete="off" class="input-code" autofocus=true span=Span::Full/>
            <SubmitButton label="Sign in" size=Size::Bay/>
        </form>
    }
}

/// The tablets of the member's branches.
pub(super) fn tablets_view(tablets: Vec<TabletRow>, zone: Tz, may_retire: bool) -> impl IntoView {
    if tablets.is_empty() {
        return view! {
            <Card>
                <EmptyState icon="smartphone" title="No shared tablet yet" text="Open this page on the tablet itself, then set it up below."/>
            </Card>
        }
        .into_any();
    }
    let day = move |at| locale().day_at(at, &zone);
    let rows = tablets.into_iter().map(|tablet| {
        let fields = vec![("tablet".to_owned(), tablet.id.to_string())];
        let used = tablet.last_used_at.map_or_else(|| "Never".to_owned(), day);
        view! {
            <Row>
                <MainCell text=tablet.name sub=format!("By {} on {}", tablet.enrolled_by, day(tablet.enrolled_at))/>
                <Cell label="Branch">{tablet.branch}</Cell>
                <Cell label="Last sign-in" num=true>{used}</Cell>
                <Cell>{may_retire.then(|| view! { <PostButton action="/settings/tablets/retire" label="Remove" fields size=Size::Small/> })}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        "Tablet".into(),
        "Branch".into(),
        Column::num("Last sign-in"),
        Column::silent("Actions"),
    ];
    view! {
        <Card title="Tablets" flush=true>
            <Table caption="Shared tablets" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

/// Makes the browser in front of one a tablet.
pub(super) fn enrol_view(filled: Filled<EnrolForm>, branches: Vec<Branch>, shared: bool) -> impl IntoView {
    let fields = filled.fields();
    let options: Vec<(String, String)> = branches
        .into_iter()
        .map(|branch| (branch.id.to_string(), branch.name))
        .collect();
    let already = shared.then(|| {
        view! { <Alert tone=Tone::Info>"This browser is already a shared tablet. Setting it up again replaces it."</Alert> }
    });
    view! {
        <Card title="Set up this browser as a shared tablet" subtitle="Do this on the tablet itself. Everyone at the branch with a PIN can sign in here.">
            <form class="form" method="post" action="/settings/tablets">
                {already}
                <FormGrid>
                    <Field of=fields.name hint="For example: Bay 2"/>
                    <Select of=fields.branch.lenient() options/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Set up this tablet"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

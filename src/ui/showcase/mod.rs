//! Every component in all its states, on sample data. Mounted at `/design` in development; `?view=` picks a frame.

mod components;
mod forms;
mod frames;
mod lists;
mod workshop;

use leptos::prelude::*;

use crate::kernel::form::FieldView;
use crate::ui::prelude::*;

/// The views and their names.
const VIEWS: [(&str, &str); 7] = [
    ("", "Components"),
    ("forms", "Forms"),
    ("lists", "Lists"),
    ("workshop", "Workshop"),
    ("auth", "Sign-in frame"),
    ("public", "Public frame"),
    ("print", "Print frame"),
];

/// The showcase, one view of it.
#[component]
pub fn Showcase(
    /// Which view: one of the names after `?view=`.
    #[prop(optional, into)]
    view: MaybeText,
    /// The chosen theme, for the menu.
    #[prop(optional)]
    theme: Theme,
) -> impl IntoView {
    let view = view.or_empty();
    match view.as_str() {
        "auth" => view! { <frames::Auth /> }.into_any(),
        "public" => view! { <frames::Public /> }.into_any(),
        "print" => view! { <frames::Print /> }.into_any(),
        _ => view! { <Inside view theme /> }.into_any(),
    }
}

/// The views inside the frame of a signed-in page.
#[component]
fn Inside(view: String, theme: Theme) -> impl IntoView {
    let tabs = VIEWS
        .map(|(name, label)| Tab::new(format!("/design?view={name}"), label, name == view))
        .to_vec();
    let body = match view.as_str() {
        "forms" => view! { <forms::Forms /> }.into_any(),
        "lists" => view! { <lists::Lists /> }.into_any(),
        "workshop" => view! { <workshop::Workshop /> }.into_any(),
        _ => view! { <components::Components /> }.into_any(),
    };
    view! {
        <AppFrame frame=sample_frame(theme) header_actions=|| view! { <NewWorkOrder /> }>
            <PageHeader title="Design system" subtitle="What Gantry is made of, in all its states">
                <ButtonLink href="/design?view=print" label="Print view" icon="printer" />
                <Button label="Open dialog" variant=Variant::Primary icon="plus" opens="sample-dialog" />
            </PageHeader>
            <Tabs label="Views" items=tabs />
            <div class="stack gap-6">{body}</div>
            <SampleDialog />
        </AppFrame>
    }
}

#[component]
fn NewWorkOrder() -> impl IntoView {
    view! {
        <a class="btn btn-primary max-sm:hidden" href="/work-orders/new">
            <Icon name="plus" />
            "Work order"
        </a>
    }
}

#[component]
fn SampleDialog() -> impl IntoView {
    view! {
        <Dialog id="sample-dialog" title="Record a payment">
            <form class="form" method="post" action="/design">
                <FormGrid>
                    <MoneyField of=FieldView::plain("amount", "Amount", "412,80").demanded() currency="€" span=Span::Full />
                    <Segmented of=FieldView::plain("method", "Paid by", "card") span=Span::Full options=options([("card", "Card"), ("cash", "Cash"), ("transfer", "Transfer")]) />
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Record payment" />
                    <Button label="Not now" opens="sample-dialog" />
                </FormActions>
            </form>
        </Dialog>
    }
}

fn sample_frame(theme: Theme) -> FrameData {
    FrameData {
        title: "Design system".to_owned(),
        user_name: "Marta Kowalska".to_owned(),
        role_label: "Manager".to_owned(),
        org_name: "Kowalska Motors".to_owned(),
        org: "o1".to_owned(),
        workshops: options([("o1", "Kowalska Motors"), ("o2", "Riverside Devices")]),
        branches: options([("b1", "Riverside"), ("b2", "North Gate"), ("b3", "Airport")]),
        current_branch: Some("b1".to_owned()),
        all_branches: true,
        shared: false,
        nav: sample_nav(),
        closed: false,
        banners: vec![Banner {
            tone: Tone::Info,
            text: "Your trial ends in 9 days.".to_owned(),
            action: Some(("/settings/subscription".to_owned(), "Choose a plan".to_owned())),
            post: None,
        }],
        flash: Some(Flash::success("Work order WO-1042 is ready for hand-over.")),
        search: String::new(),
        theme,
    }
}

fn sample_nav() -> Vec<NavItem> {
    vec![
        NavItem::new("/design", "Today", "gauge").active(true),
        NavItem::new("/work-orders", "Work orders", "wrench").badge(14),
        NavItem::new("/board", "Board", "kanban"),
        NavItem::new("/appointments", "Appointments", "calendar"),
        NavItem::new("/inbox", "Attention", "inbox").badge(3),
        NavItem::new("/customers", "Customers", "users").group("People and things"),
        NavItem::new("/assets", "Vehicles", "car"),
        NavItem::new("/parts", "Parts", "package"),
        NavItem::new("/invoices", "Invoices", "receipt").group("Money"),
        NavItem::new("/payments", "Payments", "wallet"),
        NavItem::new("/reports", "Reports", "bar-chart"),
        NavItem::new("/settings", "Settings", "settings").group("Workshop"),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::{fs, path::Path};

    use super::*;

    const SHELL: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Design</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><link rel="stylesheet" href="/gantry.css"></head><body>"#;

    fn html(view: &'static str) -> String {
        let owner = Owner::new();
        owner.with(|| view! { <Showcase view /> }.to_html())
    }

    /// Also leaves the views in `target/showcase`, where a person can look at them.
    #[test]
    fn no_view_needs_inline_styles_or_repeats_an_id() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/showcase");
        fs::create_dir_all(&folder).unwrap();
        for (view, _) in VIEWS {
            let html = html(view);
            assert!(!html.contains("style=\""), "inline style in {view}");
            let mut seen = HashSet::new();
            for id in html
                .split(" id=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
            {
                assert!(seen.insert(id.to_owned()), "id {id} twice in {view}");
            }
            let name = if view.is_empty() { "index" } else { view };
            fs::write(
                folder.join(format!("{name}.html")),
                format!("{SHELL}{html}</body></html>"),
            )
            .unwrap();
        }
    }
}

//! The head of a page: where it is, what it is, what can be done.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// A step on the way to the page: address and name.
pub type Crumb = (String, String);

/// Title, subtitle, the way back; the children are the page's actions, the most important one last.
#[component]
pub fn PageHeader(
    /// What the page is about.
    #[prop(into)]
    title: String,
    /// One line under it.
    #[prop(optional, into)]
    subtitle: MaybeText,
    /// The pages above this one, outermost first.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Badges beside the title.
    #[prop(optional, into)]
    badges: Option<ViewFnOnce>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <div class="page-title">
                <Crumbs crumbs />
                <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <h1>{title}</h1>
                    {badges.map(|badges| badges.run())}
                </div>
                {subtitle.get().map(|text| view! { <p>{text}</p> })}
            </div>
            {children.map(|actions| view! { <div class="page-actions">{actions()}</div> })}
        </div>
    }
}

/// One crumb is a way back, several are a path.
#[component]
fn Crumbs(crumbs: Vec<Crumb>) -> impl IntoView {
    let single = crumbs.len() == 1;
    let steps = crumbs
        .into_iter()
        .enumerate()
        .map(|(i, (href, name))| {
            let between = (i > 0).then(|| view! { <Icon name="chevron-right" /> });
            let back = single.then(|| view! { <Icon name="arrow-left" /> });
            view! {
                {between}
                <a href=href>{back} {name}</a>
            }
        })
        .collect::<Vec<_>>();
    (!steps.is_empty()).then(|| {
        view! {
            <nav class="crumbs" aria-label="Breadcrumb">
                {steps}
            </nav>
        }
    })
}

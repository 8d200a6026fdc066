//! Whose is it? The question before a new vehicle or device.
use super::super::model::Owner;
use crate::kernel::text::joined;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the question shows.
pub(in super::super) struct PickView {
    pub owners: Vec<Owner>,
    pub query: String,
    /// Nobody was chosen and it was sent all the same.
    pub error: Option<String>,
}

pub(in super::super) fn owner_pick_view(view: PickView) -> AnyView {
    let crumbs = vec![("/vehicles".to_owned(), terms().asset().titles())];
    let refused = view
        .error
        .map(|error| view! { <Alert tone=Tone::Danger title="Not saved">{error}</Alert> });
    let subtitle = if view.query.is_empty() {
        "Newest customers"
    } else {
        "Customers found"
    };
    let found = view.owners.into_iter().map(choice).collect_view();
    let nobody = view! {
        <EmptyState icon="users" title="No customers found" text="Try another spelling, or add the customer first.">
            <ButtonLink href="/customers/new" label="New customer" icon="user-plus" />
        </EmptyState>
    };
    let list = if found.is_empty() {
        nobody.into_any()
    } else {
        view! { <ul class="divide-y divide-line">{found}</ul> }.into_any()
    };
    view! {
        <PageHeader title=format!("New {}", terms().asset().one) subtitle="Choose the owner first." crumbs>
            <ButtonLink href="/customers/new" label="New customer" icon="user-plus" />
        </PageHeader>
        <div class="stack max-w-form">
            {refused}
            <Card title="Owner" subtitle flush=true>
                <form class="filters flex-nowrap border-b border-line p-3" method="get" action="/vehicles/new" role="search">
                    <input class="input min-w-0 grow" type="search" name="q" value=view.query placeholder="Name, phone, e-mail or city"
                        aria-label="Find the owner" autocomplete="off" autofocus=true enterkeyhint="search" />
                    <Button label="Find" icon="search" />
                </form>
                {list}
            </Card>
        </div>
    }
    .into_any()
}

fn choice(owner: Owner) -> AnyView {
    let sub = joined(" · ", [owner.phone, owner.city]);
    view! {
        <li>
            <a class="flex min-h-control items-center gap-3 px-4 py-2.5 hover:bg-hover" href=format!("/vehicles/new?customer={}", owner.id)>
                <Avatar name=owner.name.clone() />
                <span class="min-w-0 flex-1">
                    <span class="block break-words font-medium">{owner.name}</span>
                    <span class="block text-sm text-muted">{sub}</span>
                </span>
                <Icon name="chevron-right" class="icon-sm text-faint" />
            </a>
        </li>
    }
    .into_any()
}

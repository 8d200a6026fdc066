//! A customer's page.
use super::super::drivers::drivers_card_view;
use super::super::model::OrderSummary;
use super::facts::{archived_view, contact_view, feed_view, notes_view};
use super::history::{HISTORY, Orders, assets_view, invoices_view};
use super::view::ShowView;
use crate::kernel::text::dialled;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in super::super) fn customer_page_view(view: ShowView) -> AnyView {
    let (open, past): (Vec<OrderSummary>, Vec<OrderSummary>) = view
        .whole
        .orders
        .clone()
        .into_iter()
        .partition(|order| order.phase.is_open());
    let busy = !open.is_empty();
    let older = view.older().then(|| {
        view! { <a class="link text-sm" href=format!("{}/history", view.href())>"Older visits"</a> }
    });
    view! {
        <Head view=view.clone() />
        {archived_view(view.clone())}
        <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_21rem]">
            <div class="stack">
                {busy.then(|| view! { <Orders title=terms().say("Open work orders") orders=open view=view.clone() /> })}
                {assets_view(view.clone())}
                <Orders title=HISTORY.to_owned() orders=past view=view.clone() />
                {older}
                {view.money.then(|| invoices_view(view.clone()))}
            </div>
            <div class="grid grid-cols-1 items-start gap-4 md:max-xl:grid-cols-2">
                {contact_view(view.clone())}
                {view.drivers.clone().map(drivers_card_view)}
                {notes_view(view.clone())}
                {feed_view(view.clone())}
            </div>
        </div>
        {view.may_edit.then(|| archive_dialog_view(view, busy))}
    }
    .into_any()
}

#[component]
fn Head(view: ShowView) -> AnyView {
    let customer = &view.whole.customer;
    let (href, archived) = (view.href(), view.archived());
    let kind = customer.data.kind;
    let badges = move || {
        view! {
            <Badge label=kind.label() />
            {archived.then(|| view! { <Badge label="Archived" tone=Tone::Warning icon="archive" /> })}
        }
    };
    let data = customer.data.clone();
    let call = (!data.phone.is_empty()).then(
        || view! { <IconLink href=format!("tel:{}", dialled(&data.phone)) label="Call" icon="phone" /> },
    );
    let mail = (!data.email.is_empty())
        .then(|| view! { <IconLink href=format!("mailto:{}", data.email) label="E-mail" icon="mail" /> });
    let check_in = (view.may_open && !archived).then(|| {
        let to = format!("/check-in?customer={}", customer.id);
        view! { <ButtonLink href=to label=terms().say("New work order") icon="plus" variant=Variant::Primary /> }
    });
    let menu = view.may_edit.then(|| {
        let leave = (!archived).then(
            || view! { <MenuPost opens="archive-customer" label="Archive…" icon="archive" danger=true /> },
        );
        view! {
            <ButtonLink href=format!("{href}/edit") label="Edit" icon="pencil" />
            {leave.map(|leave| view! { <Menu id="customer-menu" label="More" quiet=true>{leave}</Menu> })}
        }
    });
    view! {
        <PageHeader
            title=customer.data.name.clone()
            subtitle=customer.data.contact_name.clone()
            crumbs=vec![("/customers".into(), "Customers".into())]
            badges
        >
            // Far down on a small screen, the contact card is too far for a call.
            <span class="flex xl:hidden">{call}{mail}</span>
            {menu}
            {check_in}
        </PageHeader>
    }
    .into_any()
}

fn archive_dialog_view(view: ShowView, busy: bool) -> AnyView {
    const TITLE: &str = "Archive this customer?";
    let href = view.href();
    if busy {
        return view! {
            <Dialog id="archive-customer" title=TITLE open=view.archive.is_refused() close_href=href>
                <p class="text-muted">{terms().say("This customer has an open work order, here or at another branch. Deliver or cancel it first.")}</p>
            </Dialog>
        }
        .into_any();
    }
    view! {
        <ReasonDialog
            id="archive-customer"
            title=TITLE
            text=terms().say("The customer is removed from lists and search. Page, vehicles and documents stay, and you can restore them at any time.")
            action=format!("{href}/archive")
            label="Archive customer"
            placeholder="Moved away"
            of=view.archive
            close_href=href
        />
    }
    .into_any()
}

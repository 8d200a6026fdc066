//! An asset's page.
use super::history::{Facts, History, owner_card_view};
use super::odometer::odometer_view;
use super::view::ShowView;
use crate::kernel::AssetKind;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in super::super) fn asset_page_view(view: ShowView) -> AnyView {
    let vehicle = view.kind() == AssetKind::Vehicle;
    let metered = vehicle || !view.whole.readings.is_empty();
    let busy = view.whole.visits.iter().any(|visit| visit.phase.is_open());
    // An archived one has no form to say it at.
    let refused = view.reading.conflict.clone().filter(|_| view.archived());
    view! {
        <Head view=view.clone() />
        {archived_view(view.clone())}
        <FormConflict of=refused />
        <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_21rem]">
            <div class="stack">
                <History view=view.clone() />
                {metered.then(|| odometer_view(view.clone()))}
            </div>
            <div class="grid grid-cols-1 items-start gap-4 md:max-xl:grid-cols-2">
                {owner_card_view(view.clone())}
                <Facts view=view.clone() />
            </div>
        </div>
        {view.may_edit.then(|| archive_dialog_view(view, busy))}
    }
    .into_any()
}

#[component]
fn Head(view: ShowView) -> AnyView {
    let (href, archived) = (view.href(), view.archived());
    let data = view.whole.asset.data.clone();
    let name = crate::kernel::text::joined(" ", [&data.make, &data.model]);
    let title = if name.is_empty() { data.label() } else { name };
    let plate = data.plate.clone();
    let badges = move || {
        view! {
            {(!plate.is_empty()).then(|| view! { <Plate text=plate large=true /> })}
            {archived.then(|| view! { <Badge label="Archived" tone=Tone::Warning icon="archive" /> })}
        }
    };
    let check_in = (view.may_open && !archived && !view.whole.asset.owner_archived).then(|| {
        let to = format!("/check-in?vehicle={}", view.whole.asset.id);
        view! { <ButtonLink href=to label=terms().say("New work order") icon="plus" variant=Variant::Primary /> }
    });
    let menu = view.may_edit.then(|| {
        let leave = (!archived).then(|| {
            view! {
                <Menu id="asset-menu" label="More" quiet=true>
                    <MenuPost opens="archive-asset" label="Archive…" icon="archive" danger=true />
                </Menu>
            }
        });
        view! {
            <ButtonLink href=format!("{href}/edit") label="Edit" icon="pencil" />
            {leave}
        }
    });
    view! {
        <PageHeader title crumbs=vec![("/vehicles".into(), terms().asset().titles())] badges>
            {menu}
            {check_in}
        </PageHeader>
    }
    .into_any()
}

/// Says that it left, why, and the way back.
fn archived_view(view: ShowView) -> impl IntoView {
    let asset = &view.whole.asset;
    let since = locale().day_at(asset.archived_at?, &view.zone);
    let reason = asset.archived_reason.clone();
    let back = view
        .may_edit
        .then(|| view! { <PostButton action=format!("{}/restore", view.href()) label="Restore" size=Size::Small icon="undo" /> });
    Some(
        view! {
            <Alert tone=Tone::Warning title=format!("Archived since {since}")>
                <p>{reason}</p>
                {back}
            </Alert>
        }
        .into_any(),
    )
}

fn archive_dialog_view(view: ShowView, busy: bool) -> AnyView {
    let (href, word) = (view.href(), terms().asset().one);
    let title = format!("Archive this {word}?");
    if busy {
        return view! {
            <Dialog id="archive-asset" title open=view.archive.is_refused() close_href=href>
                <p class="text-muted">{terms().say("It has an open work order, here or at another branch. Deliver or cancel it first.")}</p>
            </Dialog>
        }
        .into_any();
    }
    view! {
        <ReasonDialog
            id="archive-asset"
            title
            text="It is removed from lists and search. Its page and history stay, and you can restore it at any time."
            action=format!("{href}/archive")
            label=format!("Archive {word}")
            placeholder=terms().examples().archive_reason
            of=view.archive
            close_href=href
        />
    }
    .into_any()
}

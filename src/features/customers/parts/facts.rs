//! Beside the history: how to reach the customer, what to know, what happened.
use super::view::ShowView;
use crate::kernel::text::dialled;
use crate::server::messages::Words;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// Says that the customer left, why, and the way back.
pub(super) fn archived_view(view: ShowView) -> impl IntoView {
    let customer = &view.whole.customer;
    let since = locale().day_at(customer.archived_at?, &view.zone);
    let reason = customer.archived_reason.clone();
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

pub(super) fn contact_view(view: ShowView) -> AnyView {
    let data = view.whole.customer.data.clone();
    let address = locale().address(&data.street, &data.postal_code, &data.city);
    let phone = (!data.phone.is_empty()).then(|| {
        let href = format!("tel:{}", dialled(&data.phone));
        view! { <ButtonLink href label=data.phone.clone() icon="phone" /> }
    });
    let email = (!data.email.is_empty()).then(|| {
        let href = format!("mailto:{}", data.email);
        view! { <a class=button_class(Variant::Plain, Size::Normal) href=href><Icon name="mail" /><span class="truncate">{data.email.clone()}</span></a> }
    });
    let language = match data.language.as_str() {
        "" => String::new(),
        code => Words::of(code).word("language"),
    };
    let reachable = phone.is_some() || email.is_some();
    let since = locale().day(
        view.whole
            .customer
            .created_at
            .with_timezone(&view.zone)
            .date_naive(),
    );
    let balance = view.money.then(|| {
        let open = view.whole.customer.open;
        view! { <Fact label="Open balance"><Amount text=view.currency.show(open) /></Fact> }
    });
    let credit = (view.money && view.whole.customer.credit.0 > 0).then(|| {
        let credit = view.currency.show(view.whole.customer.credit);
        view! { <Fact label="Credit"><Amount text=credit />" "<span class="text-sm text-muted">"Ready to use on the next invoice"</span></Fact> }
    });
    view! {
        <Card title="Contact">
            <div class="grid grid-cols-1 gap-4">
                {if reachable {
                    view! { <div class="grid grid-cols-1 gap-2">{phone}{email}</div> }.into_any()
                } else {
                    view! { <p class="text-muted">"No phone number or e-mail yet."</p> }.into_any()
                }}
                <DescriptionList>
                    {optional("Address", address)}
                    {optional("Tax number", data.tax_id)}
                    {optional("Language", language)}
                    {balance}
                    {credit}
                    <Fact label="Home branch">{view.whole.customer.branch.clone()}</Fact>
                    <Fact label="Since">{since}</Fact>
                </DescriptionList>
            </div>
        </Card>
    }
    .into_any()
}

/// A fact that may be missing.
fn optional(label: &'static str, value: String) -> impl IntoView {
    (!value.is_empty()).then(|| view! { <Fact label>{value}</Fact> }.into_any())
}

pub(super) fn notes_view(view: ShowView) -> impl IntoView {
    let notes = view.whole.customer.data.notes;
    (!notes.is_empty()).then(|| {
        view! {
            <Card title="Notes">
                <p class="whitespace-pre-line break-words">{notes}</p>
            </Card>
        }
        .into_any()
    })
}

pub(super) fn feed_view(view: ShowView) -> AnyView {
    let zone = view.zone;
    let items = view
        .whole
        .feed
        .clone()
        .into_iter()
        .map(|line| {
            let meta = format!("{} · {}", locale().moment(line.at, &zone), line.who);
            let icon = icon_of(&line.action);
            let order = line.order.zip(line.number).map(|(id, number)| {
                view! { <a class="link text-sm" href=format!("/work-orders/{id}")>{number}</a> }
            });
            view! { <TimelineItem title=line.summary meta icon>{order}</TimelineItem> }
        })
        .collect_view();
    let all = view.trail.then(|| {
        let href = format!("/trail?customer={}", view.whole.customer.id);
        view! { <a class="link mt-3 inline-block text-sm" href=href>"Full activity"</a> }
    });
    view! {
        <Card title="Activity">
            <Timeline>{items}</Timeline>
            {all}
        </Card>
    }
    .into_any()
}

fn icon_of(action: &str) -> &'static str {
    match action.split_once('.') {
        Some((_, "created" | "added")) => "plus",
        Some((_, "archived")) => "archive",
        Some((_, "restored")) => "undo",
        Some(("customer" | "asset" | "driver", _)) => "pencil",
        Some(("invoice", _)) => "receipt",
        Some(("payment", _)) => "banknote",
        Some(("work_order", "decided")) => "hand",
        Some(("work_order", _)) => "wrench",
        _ => "circle-dot",
    }
}

//! Who and what is recognised, and who may be meant. Links that lead away open beside the form: what was typed stays.
use super::super::model::{AssetChoice, KnownAsset, KnownCustomer, LOOK_UP, OpenOrder, Similar};
use crate::features::customers::drivers::DriverChoice;
use crate::kernel::form::FieldView;
use crate::server::contact;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) fn known_vehicle_card_view(known: KnownAsset) -> impl IntoView {
    let mark = if known.plated {
        view! { <Plate text=known.mark large=true/> }.into_any()
    } else {
        view! { <strong class="font-mono">{known.mark}</strong> }.into_any()
    };
    let visit = if known.last_visit.is_empty() {
        "First visit".to_owned()
    } else {
        known.last_visit
    };
    view! {
        <div class="known tone-success">
            <div class="known-head">
                {mark}
                <Badge label="Known" tone=Tone::Success icon="check-circle"/>
                <button class="btn btn-sm btn-ghost ml-auto" type="submit" formaction=LOOK_UP formnovalidate=true name="clear" value="vehicle">
                    "Change"
                </button>
            </div>
            <p class="known-name">{known.name}</p>
            <p class="known-line"><Icon name="history"/>{visit}</p>
        </div>
        {already_here_view(known.open)}
    }
}

fn already_here_view(open: Vec<OpenOrder>) -> impl IntoView {
    let orders = open
        .into_iter()
        .map(|order| {
            let text = format!("{} · {}", order.number, order.phase);
            if order.href.is_empty() {
                view! { <li>{text}" (another branch)"</li> }.into_any()
            } else {
                view! { <li><a href=order.href target="_blank" rel="noopener">{text}</a></li> }.into_any()
            }
        })
        .collect::<Vec<_>>();
    (!orders.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning title="Already in the shop">
                {terms().say("Open it, or continue with a second work order.")}
                <ul>{orders}</ul>
            </Alert>
        }
    })
}

pub(super) fn known_customer_card_view(known: KnownCustomer, chosen: bool) -> impl IntoView {
    let owes = (!known.owes.is_empty()).then(|| {
        let (href, text) = (
            format!("/customers/{}", known.id),
            format!("Owes {} from earlier invoices. ", known.owes),
        );
        view! { <Alert tone=Tone::Warning>{text}<a href=href target="_blank" rel="noopener">"Show"</a></Alert> }
    });
    let change = chosen.then(|| {
            view! {
                <button class="btn btn-sm btn-ghost ml-auto" type="submit" formaction=LOOK_UP formnovalidate=true name="clear" value="customer">
                    "Someone else"
                </button>
            }
    });
    view! {
        <div class="known tone-success">
            <div class="known-head">
                <Avatar name=known.name.clone()/>
                <strong class="known-name">{known.name}</strong>
                {change}
            </div>
            {(!known.note.is_empty()).then(|| view! { <p class="known-line"><Icon name="user"/>{known.note}</p> })}
            {(!known.phone.is_empty()).then(|| view! { <p class="known-line"><Icon name="phone"/><a href=format!("tel:{}", known.phone.replace(' ', ""))>{known.phone.clone()}</a></p> })}
            {(!known.email.is_empty()).then(|| view! { <p class="known-line"><Icon name="mail"/><a href=format!("mailto:{}", known.email)><EmailText text=known.email.clone()/></a></p> })}
        </div>
        {owes}
    }
}

/// Which of a company's drivers is here: the chosen one, or the one whose number was typed.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn BroughtBy(
    drivers: Vec<DriverChoice>,
    /// The telephone number that was typed.
    phone: String,
    field: FieldView,
) -> impl IntoView {
    let typed = contact::phone_norms(&phone, locale());
    let theirs = |driver: &&DriverChoice| {
        let norms = contact::phone_norms(&driver.phone, locale());
        norms.iter().any(|norm| !norm.is_empty() && typed.contains(norm))
    };
    let by_number = drivers.iter().find(theirs).map(|driver| driver.id.clone());
    let field = match by_number {
        Some(theirs) if !field.is_set() => field.holding(theirs),
        _ => field,
    };
    let choices: Vec<_> = drivers
        .iter()
        .map(|driver| (driver.id.clone(), driver.label()))
        .collect();
    (!choices.is_empty()).then(|| {
        view! { <Select of=field options=choices prompt="Somebody else"/> }
    })
}

/// Those whose mark is nearly what was typed, before anybody writes one down a second time.
pub(super) fn did_you_mean_view(similar: Vec<Similar>, typed: String) -> impl IntoView {
    let title = match similar.as_slice() {
        [] => return ().into_any(),
        [one] => {
            let (mark, name) = (one.mark.clone(), one.name.clone());
            view! { "Did you mean "<Unbroken text=mark/>" – "{name}"?" }.into_any()
        }
        _ => "Did you mean one of these?".into_any(),
    };
    let rows = similar.into_iter().map(similar_row_view).collect_view();
    view! {
        <section class="pick-list tone-warning" aria-label="Similar entries">
            <h3>{title}</h3>
            <ul>{rows}</ul>
            <button class="btn mt-2" type="submit" formaction=LOOK_UP formnovalidate=true name="new_here" value=typed>
                <Icon name="plus"/>
                {format!("New {}", terms().asset().one)}
            </button>
        </section>
    }
    .into_any()
}

fn similar_row_view(similar: Similar) -> impl IntoView {
    let label = format!("Choose {}", similar.label());
    let Similar {
        id,
        mark,
        plated,
        name,
    } = similar;
    let mark = if plated {
        view! { <Plate text=mark/> }.into_any()
    } else {
        view! { <strong class="font-mono">{mark}</strong> }.into_any()
    };
    view! {
        <li>
            <span>{mark}" "{name}</span>
            <button class="btn btn-sm" type="submit" formaction=LOOK_UP formnovalidate=true name="choose" value=id aria-label=label>
                "Use this"
            </button>
        </li>
    }
}

/// What a chosen customer has brought before.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn Choices(choices: Vec<AssetChoice>) -> impl IntoView {
    (!choices.is_empty()).then(|| {
        let rows = choices.into_iter().map(choice_row_view).collect_view();
        view! {
            <section class="pick-list" aria-label=terms().say("This customer's vehicles")>
                <h3>"Choose one, or enter a new one in"</h3>
                <ul>{rows}</ul>
            </section>
        }
    })
}

fn choice_row_view(choice: AssetChoice) -> impl IntoView {
    let AssetChoice { id, mark, name } = choice;
    let between = if mark.is_empty() || name.is_empty() {
        ""
    } else {
        " · "
    };
    let label = format!("{mark}{between}{name}");
    view! {
        <li>
            <span><Unbroken text=mark/>{between}{name}</span>
            <button class="btn btn-sm" type="submit" formaction=LOOK_UP formnovalidate=true name="choose" value=id aria-label=format!("Choose {label}")>
                "Choose"
            </button>
        </li>
    }
}

/// Customers who may be the one being typed: nobody is here twice by accident.
pub(super) fn perhaps_view(perhaps: Vec<KnownCustomer>, field: FieldView) -> impl IntoView {
    let same = perhaps.iter().any(|customer| customer.same_contact);
    let rows = perhaps.into_iter().map(perhaps_row_view).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="pick-list" aria-label="Already a customer?">
                <h3>"Already a customer?"</h3>
                <ul>{rows}</ul>
                {same.then(|| view! { <Checkbox of=field/> })}
            </section>
        }
    })
}

fn perhaps_row_view(customer: KnownCustomer) -> impl IntoView {
    let KnownCustomer {
        id,
        name,
        phone,
        note,
        ..
    } = customer;
    let facts = [phone, note]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li>
            <span><strong>{name.clone()}</strong>" "<small>{facts}</small></span>
            <button class="btn btn-sm" type="submit" formaction=LOOK_UP formnovalidate=true name="customer" value=id aria-label=format!("Use {name}")>
                "Use"
            </button>
        </li>
    }
}

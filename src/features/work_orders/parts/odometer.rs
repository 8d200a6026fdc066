//! The meter on arrival and departure.
use super::Ctx;
use crate::domain::order::OdometerPoint;
use crate::kernel::permission::MoveWorkOrders;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(in crate::features::work_orders) fn Odometer(ctx: Ctx) -> impl IntoView {
    if !ctx.order.asset.is_vehicle {
        return ().into_any();
    }
    let (came_in, went_out) = (
        reading(&ctx, ctx.order.odometer_in),
        reading(&ctx, ctx.order.odometer_out),
    );
    view! {
        <Card title="Odometer" id="odometer">
            <DescriptionList>
                <Fact label="In">{came_in}</Fact>
                <Fact label="Out">{went_out}</Fact>
            </DescriptionList>
            {ctx.can::<MoveWorkOrders>().then(|| view! { <Read ctx/> })}
        </Card>
    }
    .into_any()
}

fn reading(ctx: &Ctx, value: Option<i32>) -> AnyView {
    match value {
        Some(value) => {
            view! { <span class="num">{locale().count(i64::from(value))}" "{ctx.session.settings.distance_unit.clone()}</span> }
                .into_any()
        }
        None => view! { <span class="text-muted">"Not read"</span> }.into_any(),
    }
}

#[component]
fn Read(ctx: Ctx) -> impl IntoView {
    let (order, draft) = (&ctx.order, &ctx.draft);
    let point = if order.odometer_in.is_none() {
        OdometerPoint::In
    } else {
        OdometerPoint::Out
    };
    let lower = draft.is("odometer") && !draft.errors.is_empty();
    let reason = lower.then(|| {
        view! {
            <Field label="Why is it lower? (if it is)" name="odometer_reason" span=Span::Full maxlength=300u32
                value=draft.value("odometer", "odometer_reason", "") error=draft.error("odometer", "odometer_reason")/>
        }
    });
    let last = order
        .asset
        .odometer
        .map(|last| format!("Last known: {}", locale().count(i64::from(last))));
    view! {
        <form class="side-form" method="post" action=ctx.action("odometer")>
            <Segmented label="Reading" name="point" options=OdometerPoint::options() span=Span::Full
                selected=draft.value("odometer", "point", point.name()) error=draft.error("odometer", "point")/>
            <Field label="Value" name="value" inputmode="numeric" class="input-number" suffix=ctx.session.settings.distance_unit.clone() span=Span::Full
                autocomplete="off" maxlength=12u32 hint=last value=draft.value("odometer", "value", "") error=draft.error("odometer", "value")/>
            {reason}
            <Button label="Save reading" icon="gauge"/>
        </form>
    }
    .into_any()
}

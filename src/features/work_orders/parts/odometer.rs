//! The meter on arrival and departure.
use super::Ctx;
use crate::domain::order::OdometerPoint;
use crate::features::work_orders::form::ReadingForm;
use crate::kernel::permission::MoveWorkOrders;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn odometer_view(ctx: Ctx) -> impl IntoView {
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
            {ctx.can::<MoveWorkOrders>().then(|| read_view(ctx))}
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

fn read_view(ctx: Ctx) -> impl IntoView {
    let order = &ctx.order;
    let point = if order.odometer_in.is_none() {
        OdometerPoint::In
    } else {
        OdometerPoint::Out
    };
    let form = ReadingForm {
        point: point.name().to_owned(),
        ..ReadingForm::default()
    };
    let filled = ctx.filled("odometer", form);
    let fields = filled.fields();
    let reason =
        (!filled.errors.is_empty()).then(|| view! { <Field of=fields.odometer_reason span=Span::Full/> });
    let last = order
        .asset
        .odometer
        .map(|last| format!("Last known: {}", locale().count(i64::from(last))));
    view! {
        <form class="side-form" method="post" action=ctx.action("odometer")>
            <Hidden of=fields.key/>
            <Segmented of=fields.point span=Span::Full/>
            <Field of=fields.value.lenient() class="input-number" suffix=ctx.session.settings.distance_unit.clone() span=Span::Full hint=last/>
            {reason}
            <Button label="Save reading" icon="gauge"/>
        </form>
    }
    .into_any()
}

//! The detail page.
use crate::features::work_orders::form::RejectedForm;
use crate::features::work_orders::parts::*;
use crate::features::work_orders::selectors;
use crate::features::work_orders::view::WorkOrderView;
use crate::kernel::permission::ViewWorkOrders;
use crate::server::orders::{self, OrderPart, OrderRef, Place};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

/// `/work-orders/{order}`
pub(in crate::features::work_orders) async fn show(
    mut scope: Scope<ViewWorkOrders>,
    Id(id): Id<WorkOrderId>,
) -> PageResult {
    let order = read(&mut scope, id).await?;
    Ok(render(scope, order, RejectedForm::none(), 200))
}

/// The order, and what other features put on its page.
async fn read(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<(WorkOrderView, Vec<OrderPart>)> {
    let order = selectors::show(tx, id).await?;
    let reference = OrderRef {
        id: order.id,
        branch: order.branch,
        customer: order.customer.id,
        number: order.number.clone(),
        phase: order.phase,
    };
    let parts = orders::on_page(tx, &reference).await?;
    Ok((order, parts))
}

/// After a write: on to the order, at the place that changed; or the page again with what was typed and why not.
pub(in crate::features::work_orders) async fn answer<P: Permission, T>(
    scope: Scope<P>,
    id: WorkOrderId,
    result: AppResult<T>,
    draft: RejectedForm,
    (anchor, flash): (&str, &str),
) -> PageResult {
    let done = |_| (format!("/work-orders/{id}#{anchor}"), flash);
    let again = async |mut scope: Scope<P>, refused: Refused| {
        let order = read(&mut scope, id).await?;
        let status = refused.status();
        Ok(render(scope, order, draft.refused(refused), status))
    };
    scope.answer(result, done, again).await
}

/// The same for another feature's form about an order; `part` names the form, as the last word of its address does.
///
/// # Errors
/// What is not about the form: somebody else's row, a lost connection.
pub async fn answer_for<P: Permission, F: Form + Send + Sync + 'static>(
    scope: Scope<P>,
    id: WorkOrderId,
    result: AppResult<()>,
    (part, form): (&'static str, F),
    flash: &str,
) -> PageResult {
    answer(scope, id, result, RejectedForm::of(part, form), ("main", flash)).await
}

fn render<P: Permission>(
    scope: Scope<P>,
    order: (WorkOrderView, Vec<OrderPart>),
    draft: RejectedForm,
    status: u16,
) -> Response {
    let title = format!("{} · {}", order.0.number, order.0.customer.name);
    let ctx = Ctx::new(order, scope.session().clone(), draft, scope.state.clock.clone());
    let page = Page::new(title)
        .nav("/work-orders")
        .islands()
        .news_of(ctx.order.id)
        .status(status);
    scope.page(page, move || detail_view(ctx))
}

/// The work on the left, the facts about it on the right.
fn detail_view(ctx: Ctx) -> impl IntoView {
    let closed = (!ctx.order.is_open()).then(|| {
        let phase = ctx.order.phase.label().to_lowercase();
        let when = ctx.order.closed_at.map(|at| ctx.moment(at)).unwrap_or_default();
        view! { <Alert title=format!("{} {phase} and closed ({when}).", terms().say("This work order is"))>"It can no longer be changed; corrections need new documents."</Alert> }
    });
    view! {
        {header_view(ctx.clone())}
        <div class="stack">
            {next_step_view(ctx.clone())}
            {closed}
            <Facts ctx=ctx.clone()/>
            <div class="order-split">
                <div class="stack order-work">
                    {hand_over_card_view(ctx.clone())}
                    {concerns_view(ctx.clone())}
                    {jobs_view(ctx.clone())}
                    {decisions_view(ctx.clone())}
                </div>
                <div class="stack order-side">
                    {money_box_view(ctx.clone())}
                    {technicians_view(ctx.clone())}
                    {ctx.parts(Place::Side)}
                    {odometer_view(ctx.clone())}
                    {notes_view(ctx.clone())}
                </div>
                <div class="order-past"><History ctx/></div>
            </div>
        </div>
    }
    .into_any()
}

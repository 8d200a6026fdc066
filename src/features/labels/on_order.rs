//! The label on an order's page: what it carries, and what it can carry instead.
use super::form::SetForm;
use super::model::Choice;
use super::{selectors, service};
use crate::features::work_orders;
use crate::kernel::permission::MoveWorkOrders;
use crate::server::orders::{OrderPart, OrderRef, Place};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// `POST /work-orders/{order}/label`
pub(super) async fn set(
    mut scope: Scope<MoveWorkOrders>,
    Id(order): Id<WorkOrderId>,
    FormBody(form): FormBody<SetForm>,
) -> PageResult {
    let saved = match form.parse(&scope.form_context()) {
        Ok(wish) => service::set(&mut scope, order, &wish).await,
        Err(errors) => Err(errors.into()),
    };
    work_orders::answer_for(scope, order, saved, ("label", form), "Label saved").await
}

/// Beside the phase. Nothing where the phase has no labels, or only others may choose.
pub(super) async fn parts(tx: &mut TenantTx, order: &OrderRef) -> AppResult<Vec<OrderPart>> {
    if !order.phase.is_open() {
        return Ok(Vec::new());
    }
    let choices = selectors::choices(tx, order).await?;
    let may_choose = tx.session().allows::<MoveWorkOrders>();
    let (action, phase) = (format!("{}/label", order.path()), order.phase.name());
    let view = move || order_label_view(choices.clone(), may_choose, action.clone(), phase);
    Ok(vec![OrderPart {
        place: Place::Head,
        view: view.into(),
    }])
}

fn order_label_view(choices: Vec<Choice>, may_choose: bool, action: String, phase: &'static str) -> AnyView {
    let carried: Vec<Chip> = choices
        .iter()
        .filter(|choice| choice.chosen)
        .map(|choice| choice.chip.clone())
        .collect();
    let (has, offers) = (!carried.is_empty(), !choices.is_empty());
    let menu = (may_choose && offers).then(|| {
        let entry = |label: String, id: String, chosen: bool| {
            let fields = options([("label", id), ("phase", phase.to_owned())]);
            let icon = if chosen { "check" } else { "tag" };
            view! { <MenuPost action=action.clone() label icon fields/> }
        };
        let entries = choices
            .into_iter()
            .map(|choice| entry(choice.chip.label, choice.id.to_string(), choice.chosen))
            .collect_view();
        let none = has.then(|| entry("No label".to_owned(), String::new(), false));
        let label = if has { "Change label" } else { "Add label" };
        view! { <Menu id="label" label quiet=has icon="tag">{entries}{none}</Menu> }
    });
    view! { <Chips of=carried/>{menu} }.into_any()
}

//! Forms about the order itself: moves, promise, people, meter, notes, hand-over.
use super::answer;
use crate::domain::order::{OdometerPoint, Phase};
use crate::features::work_orders::form::{DetailsForm, Fields, RejectedForm};
use crate::features::work_orders::service::{self, Move, Reading};
use crate::kernel::permission::{
    AssignTechnicians, EditWorkOrders, HandOver, MoveWorkOrders, ViewWorkOrders, WriteNotes,
};
use crate::kernel::text;
use crate::server::http::page::own_path;
use crate::server::prelude::*;

/// `POST …/moves`
pub(in crate::features::work_orders) async fn move_order(
    mut scope: Scope<MoveWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let Some(to) = Phase::parse(form.get("to")) else {
        // Whose order it is comes before what the form lacks.
        service::zone_of(&mut scope, id).await?;
        return Err(AppError::BadRequest("where to move".into()));
    };
    let wish = Move {
        to,
        from: Phase::parse(form.get("from")),
        reason: form.get("reason").to_owned(),
        overriding: form.is_on("override"),
        key: form.get("key").to_owned(),
    };
    let result = service::move_to(&mut scope, id, &wish).await;
    let draft = RejectedForm::of(format!("move:{}", to.name()), &form);
    let flash = format!("Moved to {}", to.label());
    answer(scope, id, result, draft, ("main", &flash)).await
}

/// `POST …/details`
pub(in crate::features::work_orders) async fn change_details(
    mut scope: Scope<EditWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<DetailsForm>,
) -> PageResult {
    let saved = save_details(&mut scope, id, &form).await;
    answer(
        scope,
        id,
        saved,
        RejectedForm::typed("details", form),
        ("main", "Saved"),
    )
    .await
}

async fn save_details(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    form: &DetailsForm,
) -> AppResult<()> {
    let zone = service::zone_of(scope, id).await?;
    let context = FormContext {
        zone,
        ..scope.form_context()
    };
    let details = form.parse(&context)?;
    service::change_details(scope, id, &details, &form.version).await
}

/// `POST …/assignments`: puts somebody on a job, or takes them off.
pub(in crate::features::work_orders) async fn assign(
    mut scope: Scope<AssignTechnicians>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let ids = form
        .id::<MemberId>("member")
        .and_then(|member| Ok((member.ok_or(Problem::Missing)?, form.id("job")?)));
    let result = match ids {
        Ok((member, Some(job))) if form.is_on("remove") => {
            service::unassign(&mut scope, id, job, member).await
        }
        Ok((member, job)) => service::assign(&mut scope, id, job, member).await,
        Err(problem) => Err(AppError::field("member", problem)),
    };
    let flash = if form.is_on("remove") {
        "Removed from the job"
    } else {
        "Assigned"
    };
    answer(
        scope,
        id,
        result,
        RejectedForm::of("assign", &form),
        ("technicians", flash),
    )
    .await
}

/// `POST …/odometer`
pub(in crate::features::work_orders) async fn read_odometer(
    mut scope: Scope<MoveWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let result = match reading(&form) {
        Ok(reading) => service::record_odometer(&mut scope, id, &reading).await,
        Err(errors) => Err(errors.into()),
    };
    answer(
        scope,
        id,
        result,
        RejectedForm::of("odometer", &form),
        ("odometer", "Reading saved"),
    )
    .await
}

fn reading(form: &Fields) -> Result<Reading, FieldErrors> {
    let mut check = Checker::new();
    let point = check.check(
        "point",
        OdometerPoint::parse(form.get("point")).ok_or(Problem::Missing),
    );
    let value = check.check(
        "value",
        text::odometer(form.get("value")).and_then(|value| value.ok_or(Problem::Missing)),
    );
    let reason = check.check(
        "odometer_reason",
        text::optional(form.get("odometer_reason"), 300),
    );
    let value = point.zip(value).zip(reason);
    check.finish(value.map(|((point, value), reason)| Reading { point, value, reason }))
}

/// `POST …/notes`
pub(in crate::features::work_orders) async fn add_note(
    mut scope: Scope<WriteNotes>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let note = service::NewNote {
        audience: form.get("audience"),
        body: form.get("body"),
        attention: form.is_on("attention"),
        mentions: form.all("mention"),
        key: form.get("key"),
    };
    let result = service::add_note(&mut scope, id, note).await;
    answer(
        scope,
        id,
        result,
        RejectedForm::of("note", &form),
        ("notes", "Note added"),
    )
    .await
}

/// `POST …/attention`: somebody took care.
pub(in crate::features::work_orders) async fn clear_attention(
    mut scope: Scope<WriteNotes>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let result = service::clear_attention(&mut scope, id, form.get("note")).await;
    let draft = RejectedForm::of("attention", &form);
    answer(scope, id, result, draft, ("notes", "Resolved")).await
}

/// `POST …/mentions/seen`, from the order or from a page that lists them.
pub(in crate::features::work_orders) async fn see_mentions(
    mut scope: Scope<ViewWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    service::see_mentions(&mut scope, id, &form.all("note")).await?;
    let order = format!("/work-orders/{id}#notes");
    let next = own_path(form.get("next")).map_or(order, ToOwned::to_owned);
    scope.done(next, "").await
}

/// `POST …/hand-over`
pub(in crate::features::work_orders) async fn hand_over(
    mut scope: Scope<HandOver>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let wish = service::HandOver {
        collected_by: form.get("collected_by").to_owned(),
        typed: form.get("typed").to_owned(),
        drawn: form.get("drawn").to_owned(),
        overriding: form.is_on("override"),
        reason: form.get("reason").to_owned(),
        key: form.get("key").to_owned(),
    };
    let result = service::hand_over(&mut scope, id, &wish).await;
    answer(
        scope,
        id,
        result,
        RejectedForm::of("hand-over", &form),
        ("hand-over", "Handed over and closed"),
    )
    .await
}

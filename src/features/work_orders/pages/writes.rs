//! Forms about the order itself: moves, promise, people, meter, notes, hand-over.
use super::answer;
use crate::features::work_orders::form::{
    AssignForm, Assignment, AttentionForm, DetailsForm, HandOverForm, MoveForm, NoteForm, ReadingForm,
    RejectedForm, SeenForm,
};
use crate::features::work_orders::service;
use crate::kernel::permission::{
    AssignTechnicians, EditWorkOrders, HandOver, MoveWorkOrders, ViewWorkOrders, WriteNotes,
};
use crate::server::http::page::own_path;
use crate::server::prelude::*;

/// `POST …/moves`
pub(in crate::features::work_orders) async fn move_order(
    mut scope: Scope<MoveWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<MoveForm>,
) -> PageResult {
    let wish = form.parse(&scope.form_context());
    if wish.as_ref().is_err_and(|errors| errors.at("to").is_some()) {
        // Whose order it is comes before what the form lacks.
        service::zone_of(&mut scope, id).await?;
        return Err(AppError::BadRequest("where to move".into()));
    }
    let flash = wish
        .as_ref()
        .map_or_else(|_| String::new(), |wish| format!("Moved to {}", wish.to.label()));
    let result = match wish {
        Ok(wish) => service::move_to(&mut scope, id, &wish, &form.key).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let draft = RejectedForm::of(format!("move:{}", form.to), form);
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
        RejectedForm::of("details", form),
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
    FormBody(form): FormBody<AssignForm>,
) -> PageResult {
    let removes = !form.remove.is_empty();
    let result = match form.parse(&scope.form_context()) {
        Ok(Assignment {
            member,
            job: Some(job),
        }) if removes => service::unassign(&mut scope, id, job, member).await,
        Ok(Assignment { member, job }) => service::assign(&mut scope, id, job, member).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let flash = if removes {
        "Removed from the job"
    } else {
        "Assigned"
    };
    let draft = RejectedForm::of("assign", form);
    answer(scope, id, result, draft, ("technicians", flash)).await
}

/// `POST …/odometer`
pub(in crate::features::work_orders) async fn read_odometer(
    mut scope: Scope<MoveWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<ReadingForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(reading) => service::record_odometer(&mut scope, id, &reading, &form.key).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let draft = RejectedForm::of("odometer", form);
    answer(scope, id, result, draft, ("odometer", "Reading saved")).await
}

/// `POST …/notes`
pub(in crate::features::work_orders) async fn add_note(
    mut scope: Scope<WriteNotes>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<NoteForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(note) => service::add_note(&mut scope, id, &note, &form.key).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let draft = RejectedForm::of("note", form);
    answer(scope, id, result, draft, ("notes", "Note added")).await
}

/// `POST …/attention`: somebody took care.
pub(in crate::features::work_orders) async fn clear_attention(
    mut scope: Scope<WriteNotes>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<AttentionForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(seen) => service::clear_attention(&mut scope, id, seen.note).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let draft = RejectedForm::of("attention", form);
    answer(scope, id, result, draft, ("notes", "Resolved")).await
}

/// `POST …/mentions/seen`, from the order or from a page that lists them.
pub(in crate::features::work_orders) async fn see_mentions(
    mut scope: Scope<ViewWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<SeenForm>,
) -> PageResult {
    let seen = form.parse(&scope.form_context())?;
    let notes: Vec<NoteId> = seen.note.into_iter().flatten().collect();
    service::see_mentions(&mut scope, id, &notes).await?;
    let order = format!("/work-orders/{id}#notes");
    let next = own_path(&form.next).map_or(order, ToOwned::to_owned);
    scope.done(next, "").await
}

/// `POST …/hand-over`
pub(in crate::features::work_orders) async fn hand_over(
    mut scope: Scope<HandOver>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<HandOverForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(wish) => service::hand_over(&mut scope, id, &wish, &form.key).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let draft = RejectedForm::of("hand-over", form);
    answer(scope, id, result, draft, ("hand-over", "Handed over and closed")).await
}

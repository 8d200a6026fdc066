//! Forms about what the customer buys: concerns, jobs, lines, decisions.
use super::answer;
use crate::domain::order::Phase;
use crate::features::work_orders::form::{
    ConcernChangeForm, ConcernForm, DecisionForm, FindingForm, JobForm, LinesForm, RejectedForm, Step, Work,
    WorkForm,
};
use crate::features::work_orders::service;
use crate::kernel::permission::{EditWorkOrders, RecordDecisions, RecordWork};
use crate::server::prelude::*;

/// `POST …/concerns`
pub(in crate::features::work_orders) async fn add_concern(
    mut scope: Scope<EditWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<ConcernForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(new) => service::add_concern(&mut scope, id, &new, &form.key).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    answer(
        scope,
        id,
        result,
        RejectedForm::of("concern", form),
        ("concerns", "Concern added"),
    )
    .await
}

/// `POST …/concerns/{concern}`
pub(in crate::features::work_orders) async fn change_concern(
    mut scope: Scope<EditWorkOrders>,
    Ids(id, concern): Ids<WorkOrderId, ConcernId>,
    FormBody(form): FormBody<ConcernChangeForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(new) => service::change_concern(&mut scope, id, concern, &new, &form.was).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let draft = RejectedForm::of(format!("concern:{concern}"), form);
    answer(scope, id, result, draft, ("concerns", "Concern saved")).await
}

/// `POST …/concerns/{concern}/finding`
pub(in crate::features::work_orders) async fn record_finding(
    mut scope: Scope<RecordWork>,
    Ids(id, concern): Ids<WorkOrderId, ConcernId>,
    FormBody(form): FormBody<FindingForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(new) => {
            let was = (form.was_cause.as_str(), form.was_correction.as_str());
            service::record_finding(&mut scope, id, concern, &new, was).await
        }
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let draft = RejectedForm::of(format!("finding:{concern}"), form);
    answer(scope, id, result, draft, ("concerns", "Findings saved")).await
}

/// `POST …/jobs`
pub(in crate::features::work_orders) async fn add_job(
    mut scope: Scope<EditWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<JobForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(new) => service::add_job(&mut scope, id, &new, &form.key).await,
        Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
    };
    let anchor = result
        .as_ref()
        .map_or_else(|_| "jobs".to_owned(), ToString::to_string);
    answer(
        scope,
        id,
        result,
        RejectedForm::of("job", form),
        (&anchor, "Job added"),
    )
    .await
}

/// `POST …/jobs/{job}`: renames it, or takes it away.
pub(in crate::features::work_orders) async fn change_job(
    mut scope: Scope<EditWorkOrders>,
    Ids(id, job): Ids<WorkOrderId, JobId>,
    FormBody(form): FormBody<JobForm>,
) -> PageResult {
    let removes = !form.remove.is_empty();
    let result = if removes {
        service::remove_job(&mut scope, id, job, &form.version).await
    } else {
        match form.parse(&scope.form_context()) {
            Ok(new) => service::change_job(&mut scope, id, job, &new, &form.version).await,
            Err(errors) => Err(service::refuse(&mut scope, id, None, errors).await),
        }
    };
    let flash = if removes { "Job removed" } else { "Job saved" };
    let draft = RejectedForm::of(format!("job:{job}"), form);
    answer(scope, id, result, draft, ("jobs", flash)).await
}

/// `POST …/jobs/{job}/lines`
pub(in crate::features::work_orders) async fn save_lines(
    mut scope: Scope<EditWorkOrders>,
    Ids(id, job): Ids<WorkOrderId, JobId>,
    FormBody(form): FormBody<LinesForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(lines) => service::save_lines(&mut scope, id, job, &lines, (&form.version, &form.key)).await,
        Err(errors) => Err(service::refuse(&mut scope, id, Some(&form.version), errors).await),
    };
    let flash = match result {
        Ok(true) => "Lines saved. The job needs a new decision.",
        _ => "Lines saved",
    };
    let draft = RejectedForm::of(format!("lines:{job}"), form);
    answer(scope, id, result, draft, (&job.to_string(), flash)).await
}

/// `POST …/jobs/{job}/work`
pub(in crate::features::work_orders) async fn work(
    mut scope: Scope<RecordWork>,
    Ids(id, job): Ids<WorkOrderId, JobId>,
    FormBody(form): FormBody<WorkForm>,
) -> PageResult {
    let (result, flash) = match form.parse(&scope.form_context()) {
        Ok(Work { r#do: Step::Start }) => (service::start_job(&mut scope, id, job).await, "Work started"),
        Ok(Work { r#do: Step::Finish }) => match service::finish_job(&mut scope, id, job).await {
            Ok(true) => (Ok(()), "All work is finished: moved to quality check"),
            done => (done.map(|_| ()), "Work finished"),
        },
        Err(_) => (Err(AppError::BadRequest("start or finish".into())), ""),
    };
    let draft = RejectedForm::of(format!("work:{job}"), form);
    answer(scope, id, result, draft, (&job.to_string(), flash)).await
}

/// `POST …/decisions`
pub(in crate::features::work_orders) async fn decide(
    mut scope: Scope<RecordDecisions>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<DecisionForm>,
) -> PageResult {
    let result = match form.parse(&scope.form_context()) {
        Ok(wish) => service::decide(&mut scope, id, &wish, &form.version, &form.key).await,
        Err(errors) => Err(service::refuse(&mut scope, id, Some(&form.version), errors).await),
    };
    let flash = match result {
        Ok(Some(Phase::Approved)) => "Decision recorded: approved",
        Ok(Some(Phase::InProgress)) => "Decision recorded: work continues",
        Ok(Some(_)) => "Decision recorded: moved to quality check",
        _ => "Decision recorded",
    };
    let draft = RejectedForm::of("decision", form);
    answer(scope, id, result, draft, ("decisions", flash)).await
}

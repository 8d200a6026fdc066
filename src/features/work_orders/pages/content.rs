//! Forms about what the customer buys: concerns, jobs, lines, decisions.
use super::answer;
use crate::domain::order::{DecisionMethod, JobDecision, Phase};
use crate::features::work_orders::form::{Fields, JobForm, RejectedForm};
use crate::features::work_orders::service::{self, Decide, LinesChange};
use crate::kernel::permission::{EditWorkOrders, RecordDecisions, RecordWork};
use crate::server::prelude::*;

/// `POST …/concerns`
pub(in crate::features::work_orders) async fn add_concern(
    mut scope: Scope<EditWorkOrders>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let result = service::add_concern(&mut scope, id, form.get("concern"), form.get("key")).await;
    answer(
        scope,
        id,
        result,
        RejectedForm::of("concern", &form),
        ("concerns", "Concern added"),
    )
    .await
}

/// `POST …/concerns/{concern}`
pub(in crate::features::work_orders) async fn change_concern(
    mut scope: Scope<EditWorkOrders>,
    Ids(id, concern): Ids<WorkOrderId, ConcernId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let result = service::change_concern(&mut scope, id, concern, form.get("concern"), form.get("was")).await;
    let draft = RejectedForm::of(format!("concern:{concern}"), &form);
    answer(scope, id, result, draft, ("concerns", "Concern saved")).await
}

/// `POST …/concerns/{concern}/finding`
pub(in crate::features::work_orders) async fn record_finding(
    mut scope: Scope<RecordWork>,
    Ids(id, concern): Ids<WorkOrderId, ConcernId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let new = (form.get("cause"), form.get("correction"));
    let was = (form.get("was_cause"), form.get("was_correction"));
    let result = service::record_finding(&mut scope, id, concern, new, was).await;
    let draft = RejectedForm::of(format!("finding:{concern}"), &form);
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
        Err(errors) => Err(errors.into()),
    };
    let anchor = result
        .as_ref()
        .map_or_else(|_| "jobs".to_owned(), ToString::to_string);
    answer(
        scope,
        id,
        result,
        RejectedForm::typed("job", form),
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
            Err(errors) => Err(errors.into()),
        }
    };
    let flash = if removes { "Job removed" } else { "Job saved" };
    let draft = RejectedForm::typed(format!("job:{job}"), form);
    answer(scope, id, result, draft, ("jobs", flash)).await
}

/// `POST …/jobs/{job}/lines`
pub(in crate::features::work_orders) async fn save_lines(
    mut scope: Scope<EditWorkOrders>,
    Ids(id, job): Ids<WorkOrderId, JobId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let change = LinesChange {
        rows: form.lines(),
        remove: form.all("remove"),
        seen: form.get("version").to_owned(),
        key: form.get("key").to_owned(),
    };
    let result = service::save_lines(&mut scope, id, job, &change).await;
    let flash = match result {
        Ok(true) => "Lines saved. The job needs a new decision.",
        _ => "Lines saved",
    };
    let draft = RejectedForm::of(format!("lines:{job}"), &form);
    answer(scope, id, result, draft, (&job.to_string(), flash)).await
}

/// `POST …/jobs/{job}/work`
pub(in crate::features::work_orders) async fn work(
    mut scope: Scope<RecordWork>,
    Ids(id, job): Ids<WorkOrderId, JobId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let (result, flash) = match form.get("do") {
        "start" => (service::start_job(&mut scope, id, job).await, "Work started"),
        "finish" => match service::finish_job(&mut scope, id, job).await {
            Ok(true) => (Ok(()), "All work is finished: moved to quality check"),
            done => (done.map(|_| ()), "Work finished"),
        },
        _ => (Err(AppError::BadRequest("start or finish".into())), ""),
    };
    let draft = RejectedForm::of(format!("work:{job}"), &form);
    answer(scope, id, result, draft, (&job.to_string(), flash)).await
}

/// `POST …/decisions`
pub(in crate::features::work_orders) async fn decide(
    mut scope: Scope<RecordDecisions>,
    Id(id): Id<WorkOrderId>,
    FormBody(form): FormBody<Fields>,
) -> PageResult {
    let result = match read_decision(&form) {
        Ok(wish) => service::decide(&mut scope, id, &wish).await,
        Err(error) => Err(error),
    };
    let flash = match result {
        Ok(Some(Phase::Approved)) => "Decision recorded: approved",
        Ok(Some(Phase::InProgress)) => "Decision recorded: work continues",
        Ok(Some(_)) => "Decision recorded: moved to quality check",
        _ => "Decision recorded",
    };
    let draft = RejectedForm::of("decision", &form);
    answer(scope, id, result, draft, ("decisions", flash)).await
}

fn read_decision(form: &Fields) -> AppResult<Decide> {
    let method = DecisionMethod::parse(form.get("method"))
        .ok_or_else(|| AppError::field("method", Problem::Missing))?;
    let decided = |(job, word): (JobId, String)| {
        let decision = JobDecision::parse(&word).filter(|d| *d != JobDecision::Open)?;
        Some((job, decision))
    };
    Ok(Decide {
        jobs: form.by_id().into_iter().filter_map(decided).collect(),
        method,
        contact_name: form.get("contact_name").to_owned(),
        note: form.get("note").to_owned(),
        seen: form.get("version").to_owned(),
        key: form.get("key").to_owned(),
    })
}

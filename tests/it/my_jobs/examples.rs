//! The forms at the bay.
use gantry::kernel::{ConcernId, JobId, WorkOrderId};
use kit::example::{AGREED, Fixture, Given, RUNNING};

kit::examples! {
    "POST /my-jobs/{order}/jobs/{job}/start", "", given an_agreed_job;
    "POST /my-jobs/{order}/jobs/{job}/finish", "", given a_running_job;
    "POST /my-jobs/{order}/jobs/{job}/take", "", given a_free_job;
    "POST /my-jobs/{order}/seen", "", given an_agreed_job;
    "POST /my-jobs/{order}/notes", "body=Key+in+box+4", given an_agreed_job, filled;
    "POST /my-jobs/{order}/concerns/{concern}", "cause=Worn+pads", given an_agreed_job;
}

async fn at_the_bay(of: &Fixture, (order, job): (WorkOrderId, JobId)) -> Given {
    let concern = "select id from concerns where work_order_id = $1";
    let concern = ConcernId::new(of.id(concern, order.uuid()).await);
    Given::by(&of.tomas)
        .with("order", order)
        .with("job", job)
        .with("concern", concern)
}

async fn an_agreed_job(of: &Fixture) -> Given {
    at_the_bay(of, of.order("approved", AGREED).await).await
}

async fn a_running_job(of: &Fixture) -> Given {
    at_the_bay(of, of.order("in_progress", RUNNING).await).await
}

async fn a_free_job(of: &Fixture) -> Given {
    at_the_bay(of, of.unassigned("approved", AGREED).await).await
}

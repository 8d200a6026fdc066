//! The forms of a work order.
use gantry::kernel::{ConcernId, LineId, NoteId, WorkOrderId};
use kit::example::{AGREED, ASKED, Fixture, Given};
use kit::make::billing::{Job, USUAL};

kit::examples! {
    "POST /work-orders/{order}/moves", "to=diagnosing", given a_received_order, filled;
    "POST /work-orders/{order}/details", "advisor={member}&waiting=on", given another_advisor;
    "POST /work-orders/{order}/assignments", "member={member}&job={job}", given another_technician;
    "POST /work-orders/{order}/odometer", "point=in&value=20", given a_received_order;
    "POST /work-orders/{order}/notes", "audience=internal&body=Seen&mention[]={member}", given a_received_order;
    "POST /work-orders/{order}/attention", "note={note}", given a_call_for_attention;
    "POST /work-orders/{order}/mentions/seen", "note[]={note}", given a_mention;
    "POST /work-orders/{order}/hand-over", "collected_by=Ada&typed=Ada&override=on&reason=Invoice+follows", given a_ready_order;
    "POST /work-orders/{order}/concerns", "concern=It+squeaks", given a_received_order;
    "POST /work-orders/{order}/concerns/{concern}", "concern=It+squeaks&was=It+rattles", given a_received_order;
    "POST /work-orders/{order}/concerns/{concern}/finding", "cause=Rust&correction=Oil", given a_received_order;
    "POST /work-orders/{order}/jobs", "title=Brakes", given a_received_order;
    "POST /work-orders/{order}/jobs/{job}", "version=<version>&title=Brakes&payer=customer", given a_received_order, filled;
    "POST /work-orders/{order}/jobs/{job}/lines",
        "version=<version>&line[]={line}&kind[]=labor&description[]=Work&part_number[]=&quantity[]=1&unit_price[]=10&tax[]=1900",
        given a_received_order;
    "POST /work-orders/{order}/jobs/{job}/work", "do=start", given an_order_in_progress, filled;
    "POST /work-orders/{order}/decisions", "version=<version>&{job}=approved&method=phone&contact_name=Ada", given an_offer;
}

kit::columns! {
    "authorizations.shown",
        r#"{"number":1,"version":1,"currency":"EUR","asked":{"jobs":[],"totals":{"net":0,"tax":0,"gross":0,"by_rate":[]}},"jobs":[],"totals":{"net":0,"tax":0,"gross":0,"by_rate":[]}}"#;
}

async fn an_order(of: &Fixture, phase: &str, job: Job<'_>) -> Given {
    let (order, job) = of.order(phase, job).await;
    let concern = "select id from concerns where work_order_id = $1";
    let line = "select id from lines where work_order_id = $1";
    Given::by(&of.owner)
        .with("order", order)
        .with("job", job)
        .with("concern", ConcernId::new(of.id(concern, order.uuid()).await))
        .with("line", LineId::new(of.id(line, order.uuid()).await))
        .with("member", of.tomas.member())
        .with("version", of.owner.version(order).await)
}

async fn a_received_order(of: &Fixture) -> Given {
    an_order(of, "received", ASKED).await
}

async fn an_offer(of: &Fixture) -> Given {
    an_order(of, "awaiting_approval", ASKED).await
}

async fn an_order_in_progress(of: &Fixture) -> Given {
    an_order(of, "in_progress", AGREED).await
}

async fn a_ready_order(of: &Fixture) -> Given {
    an_order(of, "ready", USUAL).await
}

async fn another_technician(of: &Fixture) -> Given {
    let (order, job) = of.order("received", ASKED).await;
    Given::by(&of.owner)
        .with("order", order)
        .with("job", job)
        .with("member", of.owner.member())
}

async fn another_advisor(of: &Fixture) -> Given {
    let (order, _) = of.order("received", ASKED).await;
    Given::by(&of.owner)
        .with("order", order)
        .with("member", of.owner.member())
}

/// A colleague's note, and what it calls for.
async fn called(of: &Fixture, colleague: &str, call: (&str, &str)) -> Given {
    let (order, _): (WorkOrderId, _) = of.order("received", ASKED).await;
    let fields = [("audience", "internal"), ("body", "Look"), call];
    let colleague = of.somebody(colleague).await;
    colleague.on_order(order, "notes", &fields).await.must(303);
    let note = "select id from notes where work_order_id = $1 order by at desc limit 1";
    Given::by(&of.owner)
        .with("order", order)
        .with("note", NoteId::new(of.id(note, order.uuid()).await))
}

async fn a_call_for_attention(of: &Fixture) -> Given {
    called(of, "anna", ("attention", "on")).await
}

async fn a_mention(of: &Fixture) -> Given {
    let owner = of.owner.member().to_string();
    called(of, "mona", ("mention[]", &owner)).await
}

//! The forms of labels.
use gantry::kernel::LabelId;
use kit::example::{AGREED, Fixture, Given};

kit::examples! {
    "POST /settings/labels/new", "phase=ready&name=Call&color=blue";
    "POST /settings/labels/{label}", "phase=received&name=<name>&color=red&version=1", given a_label, filled;
    "POST /settings/labels/{label}/position", "to=up", given the_second_of_a_phase;
    "POST /settings/labels/{label}/default", "to=on", given a_label;
    "POST /settings/labels/{label}/archive", "", given a_label;
    "POST /settings/labels/{label}/restore", "", given an_archived_one;
    "POST /work-orders/{order}/label", "label={label}", given an_order_without_one;
}

async fn make(of: &Fixture) -> LabelId {
    let name = &of.new_name()[..30];
    let fields = [("phase", "received"), ("name", name), ("color", "blue")];
    of.owner.post("/settings/labels/new", &fields).await.must(303);
    let query =
        "select id from labels where org_id = $1 and phase = 'received' order by position desc limit 1";
    LabelId::new(of.id(query, of.nord.org.uuid()).await)
}

async fn a_label(of: &Fixture) -> Given {
    Given::by(&of.owner)
        .with("label", make(of).await)
        .with("name", &of.new_name()[..30])
}

async fn the_second_of_a_phase(of: &Fixture) -> Given {
    make(of).await;
    a_label(of).await
}

async fn an_archived_one(of: &Fixture) -> Given {
    let label = make(of).await;
    let path = format!("/settings/labels/{label}/archive");
    of.owner.post(&path, &[]).await.must(303);
    Given::by(&of.owner).with("label", label)
}

async fn an_order_without_one(of: &Fixture) -> Given {
    let (order, _) = of.order("received", AGREED).await;
    Given::by(&of.owner)
        .with("order", order)
        .with("label", make(of).await)
}

//! What the board sends.
use kit::example::{ASKED, Fixture, Given};

kit::examples! {
    "read_board", "";
    "move_card", "order={order}&from=received&to=diagnosing", given a_received_order;
    "POST /board/moves", "order={order}&from=received&to=diagnosing", given a_received_order;
}

async fn a_received_order(of: &Fixture) -> Given {
    let (order, _) = of.order("received", ASKED).await;
    Given::by(&of.owner).with("order", order)
}

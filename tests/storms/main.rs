//! Storms: many people at once, deaths at any moment, senders who leave in the middle. The weather is random (from a fixed seed),
//! what is asserted afterwards is not. `make storms` plays them in the size that their names say; otherwise they are a tenth of it, and
//! assert the same.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on fails where it stands"
)]

extern crate kit;

mod cuts;
mod invoices;
mod kills;

use rand::rngs::SmallRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

kit::stops_its_cluster!();

/// How much of something there is: all, or a tenth.
fn size(full: usize) -> usize {
    let whole = std::env::var_os("STORMS").is_some_and(|size| size == "full");
    if whole { full } else { full / 10 }
}

/// Chance that can be repeated.
struct Dice(SmallRng);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(SmallRng::seed_from_u64(seed))
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0.random_range(0..limit)
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        things.shuffle(&mut self.0);
    }
}

/// What `gantry verify-invariants` looks at, all of it.
async fn sound(owner_url: &str) {
    let report = gantry::app::verify_invariants(owner_url).await.expect("a report");
    assert!(report.organizations > 0 && report.rules >= 15);
    assert_eq!(report.breaches, vec![]);
}

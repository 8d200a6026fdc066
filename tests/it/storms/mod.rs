//! Storms: many people at once, deaths at any moment, senders who leave in the middle. The weather is random (from a fixed seed),
//! what is asserted afterwards is not.
mod cuts;
mod invoices;
mod kills;

use gantry::server::invariants;

/// Chance that can be repeated: splitmix64.
struct Dice(u64);

impl Dice {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let limit = u64::try_from(limit).expect("a small number");
        usize::try_from((mixed ^ (mixed >> 31)) % limit).expect("a small number")
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

/// What `gantry verify-invariants` looks at, all of it.
async fn sound(owner_url: &str) {
    let report = invariants::verify(owner_url).await.expect("a report");
    assert!(report.organizations > 0 && report.rules >= 15);
    assert_eq!(report.breaches, vec![]);
}

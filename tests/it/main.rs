//! Tests that go through the front door: see `kit` for how to write one.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on fails where it stands"
)]

mod check_in;
mod assets;
mod customers;
mod embedded;
mod identity;
mod invariants;
mod invoices;
mod kit;
mod kit_tests;
mod my_jobs;
mod search;
mod payments;
mod seed;
mod web_security;
mod work_orders;
mod laws;
mod laws;
mod seed;
mod web_security;

//! Tests that go through the front door.

mod embedded;

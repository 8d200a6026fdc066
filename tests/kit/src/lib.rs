//! What feature tests are made of: a database of their own, the whole product in front of it, and people who use it.
//!
//! ```ignore
//! #[tokio::test(flavor = "multi_thread")]
//! async fn a_receptionist_adds_a_customer() {
//!     let app = TestApp::new().await;
//!     let nord = app.workshop("nord").await;
//!     let rita = nord.receptionist().await;
//!     rita.post("/customers/new", &[("kind", "person"), ("name", "Ada")]).await.must(303);
//!     assert!(rita.get("/customers").await.must(200).shows("Ada"));
//! }
//! ```
//!
//! - [`TestApp`] is one server on one fresh database; its clock moves only by hand ([`TestApp::advance`]).
//! - [`Workshop`] is an organization with branches and members; everyone else's rows are a second workshop.
//! - [`Actor`] is a person's browser: it keeps cookies, `get`s, `post`s forms and `call`s server functions.
//! - `make_*` adds the usual things through the forms. Each feature keeps its own in `make/<feature>.rs`, as
//!   `impl Actor`, with defaults that the caller overrides field by field.
//! - [`example`] says how each form is used: the laws take their examples from there.
//! - [`Answer::page`] reads a page as a person does: `page.row("Ada").cell("Phone")`, `page.link("Older")`.
//! - What starts with `db_` goes around the product, straight into the database.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on fails where it stands"
)]

mod actor;
mod answer;
mod app;
pub mod bulk;
pub mod cluster;
pub mod example;
mod law;
pub mod make;
mod page;
pub mod rows;
mod smtp;
mod stream;
pub mod tables;
mod workshop;

pub use actor::Actor;
pub use answer::Answer;
pub use inventory;

pub use app::{TestApp, apart, connect, site_dir, tmp_dir};
pub use law::{Violations, is_function};
pub use page::{Page, Row};
pub use smtp::Smtp;
pub use workshop::{BranchOf, Workshop};

/// The password of everybody whom the kit makes.
pub const PASSWORD: &str = "brake-fluid-and-lilac-7";

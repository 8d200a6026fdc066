//! The features put together.
use crate::features;
use crate::server::db;
use crate::server::feature::Product;
use crate::server::invariants::{self, Report};

/// The product. `dev` adds the design system's page and the folder of letters.
pub fn product(dev: bool) -> Product {
    Product::new(features::list::all(dev))
}

/// Brings the database up to date for every feature, as its owner.
///
/// # Errors
/// When the database does not answer or a migration fails.
pub async fn migrate(owner_url: &str) -> anyhow::Result<()> {
    db::migrate(owner_url, product(false).app.jobs()).await
}

/// Checks what must always hold, by the server's rules and the features'.
///
/// # Errors
/// When the database does not answer.
pub async fn verify_invariants(owner_url: &str) -> anyhow::Result<Report> {
    let product = product(false);
    let rules: Vec<_> = product
        .features
        .iter()
        .flat_map(|feature| feature.rules)
        .copied()
        .collect();
    Ok(invariants::verify(owner_url, &rules).await?)
}

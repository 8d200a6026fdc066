//! The product's features, one line each, in the order of the menu and of the settings page.
use crate::features::*;
use crate::server::db;
use crate::server::feature::Product;

/// The product. `dev` adds the design system's page and the folder of letters.
pub fn product(dev: bool) -> Product {
    let mut features = vec![
        landing::FEATURE,
        dashboard::FEATURE,
        board::FEATURE,
        my_jobs::FEATURE,
        check_in::FEATURE,
        work_orders::FEATURE,
        customers::FEATURE,
        assets::FEATURE,
        invoices::FEATURE,
        payments::FEATURE,
        announcements::FEATURE,
        settings::FEATURE,
        people::FEATURE,
        roles::FEATURE,
        branches::FEATURE,
        workshop::FEATURE,
        tablets::FEATURE,
        trail::FEATURE,
        takeout::FEATURE,
        support::FEATURE,
        standing::FEATURE,
        account::FEATURE,
        identity::FEATURE,
        second_factor::FEATURE,
        search::FEATURE,
        live::FEATURE,
        platform::FEATURE,
    ];
    if dev {
        features.extend([design::FEATURE, mailbox::FEATURE]);
    }
    Product::new(features)
}

/// Brings the database up to date for every feature, as its owner.
///
/// # Errors
/// When the database does not answer or a migration fails.
pub async fn migrate(owner_url: &str) -> anyhow::Result<()> {
    db::migrate(owner_url, product(false).app.jobs()).await
}

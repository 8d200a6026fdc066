//! The product. One folder is one feature and everything about it.
//!
//! Both lists are here: the modules, and the features in the order of the menu and of the settings page. A feature whose every part
//! stays on the server says so in its own first lines (`#![cfg(feature = "ssr")]`); one with islands switches inside.
pub mod account;
pub mod announcements;
pub mod assets;
pub mod board;
pub mod branches;
pub mod check_in;
pub mod customers;
pub mod dashboard;
pub mod design;
pub mod identity;
pub mod invoices;
pub mod landing;
pub mod live;
pub mod mailbox;
pub mod my_jobs;
pub mod payments;
pub mod people;
pub mod platform;
pub mod roles;
pub mod search;
pub mod second_factor;
pub mod settings;
pub mod standing;
pub mod support;
pub mod tablets;
pub mod takeout;
pub mod trail;
pub mod work_orders;
pub mod workshop;

#[cfg(feature = "ssr")]
pub(crate) mod list {
    use super::*;
    use crate::server::feature::Feature;

    /// Every feature's manifest. `dev` adds the design system's page and the folder of letters.
    pub(crate) fn all(dev: bool) -> Vec<Feature> {
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
        features
    }
}

//! The product. One folder is one feature and everything about it.
//!
//! Both lists are here: the modules, and the features in the order of the menu and of the settings page. A feature whose every part
//! stays on the server says so in its own first lines (`#![cfg(feature = "ssr")]`); one with islands switches inside.
pub mod account;
pub mod announcements;
pub mod assets;
pub mod audit_log;
pub mod board;
pub mod branches;
pub mod check_in;
pub mod console;
pub mod customers;
pub mod dashboard;
pub mod data_export;
pub mod design;
pub mod events;
pub mod identity;
pub mod invoices;
pub mod labels;
pub mod landing;
pub mod mailbox;
pub mod my_jobs;
pub mod payments;
pub mod people;
pub mod roles;
pub mod search;
pub mod second_factor;
pub mod settings;
pub mod subscription;
pub mod support;
pub mod tablets;
pub mod work_orders;
pub mod workshop;

/// Hands the features' names to a macro, in the order of the menu and of the settings page; behind the semicolon those that are there in
/// development only. The laws take the same list.
#[macro_export]
macro_rules! every_feature {
    ($then:ident) => {
        $then! {
            landing
            dashboard
            board
            my_jobs
            check_in
            work_orders
            customers
            assets
            invoices
            payments
            announcements
            settings
            people
            roles
            branches
            workshop
            labels
            tablets
            audit_log
            data_export
            support
            subscription
            account
            identity
            second_factor
            search
            events
            console
            ; design mailbox
        }
    };
}

#[cfg(feature = "ssr")]
pub(crate) mod list {
    use super::*;
    use crate::server::feature::Feature;

    macro_rules! manifests {
        ($($feature:ident)*; $($in_development:ident)*) => {
            (vec![$($feature::FEATURE),*], [$($in_development::FEATURE),*])
        };
    }

    /// Every feature's manifest. `dev` adds the design system's page and the folder of letters.
    pub(crate) fn all(dev: bool) -> Vec<Feature> {
        let (mut features, in_development) = every_feature!(manifests);
        if dev {
            features.extend(in_development);
        }
        features
    }
}

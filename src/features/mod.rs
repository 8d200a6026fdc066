//! The product, in the order of the main menu. One folder is one feature and everything about it.
pub mod assets;
pub mod board;
pub mod check_in;
pub mod customers;
pub mod dashboard;
pub mod identity;
pub mod invoices;
pub mod landing;
pub mod live;
pub mod my_jobs;
pub mod payments;
pub mod roles;
pub mod search;
pub mod settings;
pub mod trail;
pub mod work_orders;

//! Tests that go through the front door: see the crate `kit` for how to write one.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on fails where it stands"
)]

extern crate kit;

mod access;
mod announcements;
mod answers;
mod archiving;
mod assets;
mod audit_log;
mod backup;
mod board;
mod check_in;
mod connections;
mod console;
mod countries;
mod customers;
mod dashboard;
mod data_export;
mod doctor;
mod drivers;
mod embedded;
mod events;
mod first_look;
mod forms;
mod history;
mod hosts;
mod identity;
mod in_place;
mod invariants;
mod invoices;
mod jobs;
mod kit_tests;
mod labels;
mod languages;
mod limits;
mod log_hygiene;
mod mail;
mod mailed_sheets;
mod my_jobs;
mod payments;
mod people;
mod roles;
mod search;
mod seed;
mod sorting;
mod subscription;
mod support;
mod terms;
mod web_security;
mod work_orders;

// Features whose behaviour other modules test: what the laws send to them.
mod account {
    mod examples;
}
mod branches {
    mod examples;
}
mod landing {
    mod examples;
}
mod second_factor {
    mod examples;
}
mod settings {
    mod examples;
}
mod tablets {
    mod examples;
}
mod workshop {
    mod examples;
}

kit::stops_its_cluster!();

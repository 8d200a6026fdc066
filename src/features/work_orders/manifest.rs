use super::pages;
use crate::server::db::tenant::Session;
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &[
        "work_orders",
        "concerns",
        "jobs",
        "job_technicians",
        "lines",
        "authorizations",
        "hand_overs",
        "notes",
        "note_mentions",
        "work_order_moves",
    ],
    audit_kinds: &[("work_order", "Work orders")],
    ..Feature::new("work_orders", routes)
};

/// `/work-orders` and below.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/work-orders", pages::list)
        .menu(Menu::by(words))
        .page("/work-orders/{order}", pages::show)
        .form("/work-orders/{order}/moves", pages::move_order)
        .form("/work-orders/{order}/details", pages::change_details)
        .form("/work-orders/{order}/assignments", pages::assign)
        .form("/work-orders/{order}/odometer", pages::read_odometer)
        .form("/work-orders/{order}/notes", pages::add_note)
        .form("/work-orders/{order}/attention", pages::clear_attention)
        .form("/work-orders/{order}/mentions/seen", pages::see_mentions)
        .form("/work-orders/{order}/hand-over", pages::hand_over)
        .form("/work-orders/{order}/concerns", pages::add_concern)
        .form("/work-orders/{order}/concerns/{concern}", pages::change_concern)
        .form(
            "/work-orders/{order}/concerns/{concern}/finding",
            pages::record_finding,
        )
        .form("/work-orders/{order}/jobs", pages::add_job)
        .form("/work-orders/{order}/jobs/{job}", pages::change_job)
        .form("/work-orders/{order}/jobs/{job}/lines", pages::save_lines)
        .form("/work-orders/{order}/jobs/{job}/work", pages::work)
        .form("/work-orders/{order}/decisions", pages::decide)
        .page("/work-orders/{order}/decisions/{authorization}", pages::shown)
}

/// What a workshop calls its work orders.
fn words(session: &Session) -> (String, &'static str) {
    (session.terms().work_order().titles(), "file-text")
}

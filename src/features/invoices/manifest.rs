use super::pages::{actions, list, money, print, show};
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &[
        "invoices",
        "invoice_lines",
        "invoice_work_orders",
        "invoiced_jobs",
    ],
    audit_kinds: &[("invoice", "Invoices")],
    ..Feature::new("invoices", routes)
};

/// `/invoices` and below, the button of a work order, and what takes a payment back.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/invoices", list::list)
        .menu(Menu::new("Invoices", "receipt"))
        .form("/work-orders/{order}/invoice", actions::create)
        .page("/invoices/{invoice}", show::show)
        .page("/invoices/{invoice}/print", print::print)
        .form("/invoices/{invoice}/print", print::record)
        .form("/invoices/{invoice}/edit", actions::edit)
        .form("/invoices/{invoice}/refresh", actions::refresh)
        .form("/invoices/{invoice}/delete", actions::delete)
        .form("/invoices/{invoice}/post", actions::post)
        .form("/invoices/{invoice}/void", actions::void)
        .form("/invoices/{invoice}/payments", money::record)
        .form("/invoices/{invoice}/credit", money::apply_credit)
        .form("/payments/{payment}/reverse", money::reverse)
}

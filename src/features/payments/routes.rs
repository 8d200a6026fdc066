use super::pages;
use crate::server::http::registry::Routes;

/// `/payments`, and the forms of an invoice that take or give back money.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/payments", pages::list)
        .form("/invoices/{invoice}/payments", pages::record)
        .form("/invoices/{invoice}/credit", pages::apply_credit)
        .form("/payments/{payment}/reverse", pages::reverse)
}

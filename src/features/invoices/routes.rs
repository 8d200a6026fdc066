use super::pages::{actions, list, print, show};
use crate::server::http::registry::Routes;

/// `/invoices` and below, and the button of a work order.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/invoices", list::list)
        .form("/work-orders/{order}/invoice", actions::create)
        .page("/invoices/{invoice}", show::show)
        .page("/invoices/{invoice}/print", print::print)
        .form("/invoices/{invoice}/print", print::record)
        .form("/invoices/{invoice}/edit", actions::edit)
        .form("/invoices/{invoice}/refresh", actions::refresh)
        .form("/invoices/{invoice}/delete", actions::delete)
        .form("/invoices/{invoice}/post", actions::post)
        .form("/invoices/{invoice}/void", actions::void)
}

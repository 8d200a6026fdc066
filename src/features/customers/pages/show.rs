//! A customer's page, and the way out of the lists and back.
use super::super::form::ArchiveForm;
use super::super::parts::show::{CustomerPage, ShowView};
use super::super::{selectors, service};
use crate::features::trail;
use crate::kernel::permission::{CreateWorkOrders, EditCustomers, ViewCustomers, ViewInvoices};
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(mut scope: Scope<ViewCustomers>, Id(id): Id<CustomerId>) -> PageResult {
    render(&mut scope, id).await.map(|view| page(scope, view, 200))
}

pub(crate) async fn archive(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<CustomerId>,
    FormBody(form): FormBody<ArchiveForm>,
) -> PageResult {
    match field_errors(service::archive(&mut scope, id, &form).await)? {
        Ok(()) => scope.done(format!("/customers/{id}"), "Customer archived").await,
        Err(errors) => {
            let mut scope = scope.start_over().await?;
            let mut view = render(&mut scope, id).await?;
            view.archive_refused = errors.at("reason");
            Ok(page(scope, view, 422))
        }
    }
}

pub(crate) async fn restore(mut scope: Scope<EditCustomers>, Id(id): Id<CustomerId>) -> PageResult {
    service::restore(&mut scope, id).await?;
    scope.done(format!("/customers/{id}"), "Customer restored").await
}

async fn render<P: Permission>(scope: &mut Scope<P>, id: CustomerId) -> AppResult<ShowView> {
    let whole = selectors::whole(scope, id).await?;
    let session = scope.session();
    Ok(ShowView {
        whole,
        today: scope.now().with_timezone(&session.zone()).date_naive(),
        zone: session.zone(),
        currency: session.settings.currency,
        devices: session.settings.asset_word == "device",
        unit: session.settings.distance_unit.clone(),
        may_edit: session.allows::<EditCustomers>(),
        may_open: session.allows::<CreateWorkOrders>(),
        money: session.allows::<ViewInvoices>(),
        trail: trail::may_read(session),
        archive_refused: None,
    })
}

fn page<P: Permission>(scope: Scope<P>, view: ShowView, status: u16) -> Response {
    let page = Page::new(view.whole.customer.data.name.clone())
        .nav("/customers")
        .status(status);
    scope.page(page, move || view! { <CustomerPage view /> })
}

//! A customer's page, and the way out of the lists and back.
use super::super::drivers::DriversView;
use super::super::parts::ShowView;
use super::super::parts::show::customer_page_view;
use super::super::{selectors, service};
use crate::domain::customer::CustomerKind;
use crate::features::audit_log;
use crate::kernel::form::ReasonForm;
use crate::kernel::permission::{
    CreateWorkOrders, EditCustomers, EditWorkOrders, ViewCustomers, ViewInvoices,
};
use crate::server::prelude::*;
use axum::response::Response;

pub(crate) async fn show(mut scope: Scope<ViewCustomers>, Id(id): Id<CustomerId>) -> PageResult {
    render(&mut scope, id).await.map(|view| page(scope, view))
}

pub(crate) async fn archive(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<CustomerId>,
    FormBody(form): FormBody<ReasonForm>,
) -> PageResult {
    let archived = match form.parse(&scope.form_context()) {
        Ok(why) => service::archive(&mut scope, id, &why).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| (format!("/customers/{id}"), "Customer archived");
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let mut view = render(&mut scope, id).await?;
        view.archive = Filled::again(form, refused);
        Ok(page(scope, view))
    };
    scope.answer(archived, done, again).await
}

pub(crate) async fn restore(mut scope: Scope<EditCustomers>, Id(id): Id<CustomerId>) -> PageResult {
    service::restore(&mut scope, id).await?;
    scope.done(format!("/customers/{id}"), "Customer restored").await
}

async fn render<P: Permission>(scope: &mut Scope<P>, id: CustomerId) -> AppResult<ShowView> {
    let whole = selectors::whole(scope, id).await?;
    let drivers = whole.customer.drivers.clone();
    let session = scope.session();
    let has_drivers = whole.customer.data.kind == CustomerKind::Company && !session.terms().devices()
        || !drivers.is_empty();
    Ok(ShowView {
        whole,
        zone: session.zone(),
        currency: session.settings.currency,
        unit: session.settings.distance_unit.clone(),
        may_edit: session.allows::<EditCustomers>(),
        may_open: session.opens::<CreateWorkOrders>(),
        money: session.allows::<ViewInvoices>(),
        own_branches: session.branches().iter().map(|branch| branch.id).collect(),
        sees_prices: session.allows::<EditWorkOrders>() || session.allows::<ViewInvoices>(),
        trail: audit_log::may_read(session),
        drivers: has_drivers.then(|| DriversView {
            customer: id,
            drivers,
            may_edit: session.allows::<EditCustomers>(),
        }),
        archive: Filled::default(),
    })
}

fn page<P: Permission>(scope: Scope<P>, view: ShowView) -> Response {
    let page = Page::new(view.whole.customer.data.name.clone())
        .nav("/customers")
        .news_of_orders()
        .status(view.archive.status());
    scope.page(page, move || customer_page_view(view))
}

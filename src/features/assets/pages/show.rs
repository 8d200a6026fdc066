//! An asset's page, its odometer, and the way out of the lists and back.
use super::super::form::OdometerForm;
use super::super::parts::ShowView;
use super::super::parts::show::asset_page_view;
use super::super::{selectors, service};
use crate::kernel::form::ReasonForm;
use crate::kernel::permission::{
    CreateWorkOrders, EditCustomers, EditWorkOrders, ViewCustomers, ViewInvoices,
};
use crate::server::prelude::*;
use axum::response::Response;

pub(crate) async fn show(mut scope: Scope<ViewCustomers>, Id(id): Id<AssetId>) -> PageResult {
    let view = read(&mut scope, id).await?;
    Ok(page(scope, view, 200))
}

pub(crate) async fn read_odometer(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<AssetId>,
    FormBody(form): FormBody<OdometerForm>,
) -> PageResult {
    let saved = match form.parse(&scope.form_context()) {
        Ok(reading) => service::read_odometer(&mut scope, id, &reading, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| (format!("/vehicles/{id}#odometer"), "Reading saved");
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let status = refused.status();
        let view = ShowView {
            reading: Filled::again(form, refused),
            ..read(&mut scope, id).await?
        };
        Ok(page(scope, view, status))
    };
    scope.answer(saved, done, again).await
}

pub(crate) async fn archive(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<AssetId>,
    FormBody(form): FormBody<ReasonForm>,
) -> PageResult {
    let archived = match form.parse(&scope.form_context()) {
        Ok(why) => service::archive(&mut scope, id, &why).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| (format!("/vehicles/{id}"), "Archived");
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let status = refused.status();
        let view = ShowView {
            archive: Filled::again(form, refused),
            ..read(&mut scope, id).await?
        };
        Ok(page(scope, view, status))
    };
    scope.answer(archived, done, again).await
}

pub(crate) async fn restore(mut scope: Scope<EditCustomers>, Id(id): Id<AssetId>) -> PageResult {
    service::restore(&mut scope, id).await?;
    scope.done(format!("/vehicles/{id}"), "Restored").await
}

async fn read<P: Permission>(scope: &mut Scope<P>, id: AssetId) -> AppResult<ShowView> {
    let whole = selectors::whole(scope, id).await?;
    let session = scope.session();
    let own = session.branches().iter().map(|branch| branch.id).collect();
    Ok(ShowView {
        whole,
        own_branches: own,
        sees_prices: session.allows::<EditWorkOrders>() || session.allows::<ViewInvoices>(),
        zone: session.zone(),
        currency: session.settings.currency,
        unit: session.settings.distance_unit.clone(),
        may_edit: session.allows::<EditCustomers>(),
        may_open: session.opens::<CreateWorkOrders>(),
        reading: Filled::new(OdometerForm::default().keyed(&idempotency::fresh(scope))),
        archive: Filled::default(),
    })
}

fn page<P: Permission>(scope: Scope<P>, view: ShowView, status: u16) -> Response {
    let title = view.whole.asset.data.label();
    let page = Page::new(title).nav("/vehicles").news_of_orders().status(status);
    scope.page(page, move || asset_page_view(view))
}

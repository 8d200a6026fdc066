//! An asset's page, its odometer, and the way out of the lists and back.
use super::super::form::{ArchiveForm, OdometerForm};
use super::super::parts::show::{AssetPage, ShowView};
use super::super::{selectors, service};
use crate::kernel::permission::{CreateWorkOrders, EditCustomers, ViewCustomers};
use crate::server::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(mut scope: Scope<ViewCustomers>, Id(id): Id<AssetId>) -> PageResult {
    let view = read(&mut scope, id).await?;
    Ok(page(scope, view, 200))
}

pub(crate) async fn read_odometer(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<AssetId>,
    FormBody(form): FormBody<OdometerForm>,
) -> PageResult {
    match service::read_odometer(&mut scope, id, &form).await {
        Ok(()) => {
            scope
                .done(format!("/vehicles/{id}#odometer"), "Reading saved")
                .await
        }
        Err(AppError::Invalid(errors)) => {
            let mut scope = scope.start_over().await?;
            let view = ShowView {
                reading: form,
                errors,
                ..read(&mut scope, id).await?
            };
            Ok(page(scope, view, 422))
        }
        Err(other) => Err(other),
    }
}

pub(crate) async fn archive(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<AssetId>,
    FormBody(form): FormBody<ArchiveForm>,
) -> PageResult {
    match service::archive(&mut scope, id, &form).await {
        Ok(()) => scope.done(format!("/vehicles/{id}"), "Archived").await,
        Err(AppError::Invalid(errors)) => {
            let mut scope = scope.start_over().await?;
            let view = ShowView {
                archive_refused: errors.at("reason"),
                ..read(&mut scope, id).await?
            };
            Ok(page(scope, view, 422))
        }
        Err(other) => Err(other),
    }
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
        zone: session.zone(),
        currency: session.settings.currency,
        unit: session.settings.distance_unit.clone(),
        may_edit: session.allows::<EditCustomers>(),
        may_open: session.allows::<CreateWorkOrders>(),
        reading: OdometerForm {
            key: idempotency::fresh(scope),
            ..OdometerForm::default()
        },
        errors: FieldErrors::default(),
        archive_refused: None,
    })
}

fn page<P: Permission>(scope: Scope<P>, view: ShowView, status: u16) -> Response {
    let title = view.whole.asset.data.label();
    let page = Page::new(title).nav("/vehicles").status(status);
    scope.page(page, move || view! { <AssetPage view /> })
}

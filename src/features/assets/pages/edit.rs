//! Adding an asset to its owner, and changing it.
use super::super::form::AssetForm;
use super::super::model::{Asset, AssetKind, AssetRef, Owner};
use super::super::parts::form::{AssetFormPage, FormView};
use super::super::parts::owner::{OwnerPick, PickView};
use super::super::{selectors, service};
use crate::kernel::permission::EditCustomers;
use crate::kernel::text;
use crate::server::prelude::*;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NewSearch {
    customer: String,
    /// Who is looked for as long as nobody is chosen.
    #[serde(deserialize_with = "crate::kernel::text::asked")]
    q: String,
}

pub(crate) async fn new(mut scope: Scope<EditCustomers>, Search(search): Search<NewSearch>) -> PageResult {
    if search.customer.is_empty() {
        return pick(scope, search.q, None, 200).await;
    }
    let id = search.customer.parse().map_err(|_| AppError::NotFound)?;
    let owner = selectors::owner(&mut scope, id).await?;
    let kind = AssetKind::of_word(&scope.session().settings.asset_word);
    let form = AssetForm::blank(id, idempotency::fresh(&scope));
    Ok(show(scope, FormView::new(kind, owner, form), 200))
}

pub(crate) async fn create(
    mut scope: Scope<EditCustomers>,
    FormBody(form): FormBody<AssetForm>,
) -> PageResult {
    let errors = match service::add(&mut scope, &form).await {
        Ok(id) => return scope.done(format!("/vehicles/{id}"), "Saved").await,
        Err(AppError::Invalid(errors)) => errors,
        Err(other) => return Err(other),
    };
    let mut scope = scope.start_over().await?;
    if let Some(error) = errors.at("customer") {
        return pick(scope, String::new(), Some(error), 422).await;
    }
    let id = form.customer.parse().map_err(|_| AppError::NotFound)?;
    let owner = selectors::owner(&mut scope, id).await?;
    let kind = AssetKind::of_word(&scope.session().settings.asset_word);
    let known = known(&mut scope, &form, &errors).await?;
    let view = FormView {
        errors,
        known,
        ..FormView::new(kind, owner, form)
    };
    Ok(show(scope, view, 422))
}

/// Nobody is chosen yet: whose is it?
async fn pick(
    mut scope: Scope<EditCustomers>,
    query: String,
    error: Option<String>,
    status: u16,
) -> PageResult {
    let owners = selectors::owners(&mut scope, query.trim()).await?;
    let kind = AssetKind::of_word(&scope.session().settings.asset_word);
    let view = PickView {
        owners,
        query,
        kind,
        error,
    };
    let page = Page::new(format!("New {}", kind.word()))
        .nav("/vehicles")
        .status(status);
    Ok(scope.page(page, move || view! { <OwnerPick view /> }))
}

pub(crate) async fn edit(mut scope: Scope<EditCustomers>, Id(id): Id<AssetId>) -> PageResult {
    let asset = selectors::get(&mut scope, id).await?;
    let form = AssetForm::of(&asset);
    Ok(show(scope, FormView::of(&asset, form), 200))
}

pub(crate) async fn change(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<AssetId>,
    FormBody(form): FormBody<AssetForm>,
) -> PageResult {
    match service::change(&mut scope, id, &form).await {
        Ok(()) => scope.done(format!("/vehicles/{id}"), "Changes saved").await,
        Err(AppError::Invalid(errors)) => {
            let mut scope = scope.start_over().await?;
            let asset = selectors::get(&mut scope, id).await?;
            let known = known(&mut scope, &form, &errors).await?;
            let view = FormView {
                errors,
                known,
                ..FormView::of(&asset, form)
            };
            Ok(show(scope, view, 422))
        }
        Err(AppError::Conflict(Conflict::ChangedMeanwhile)) => {
            let mut scope = scope.start_over().await?;
            let asset = selectors::get(&mut scope, id).await?;
            Ok(show(scope, told(&asset, form), 409))
        }
        Err(other) => Err(other),
    }
}

/// The other vehicle when the plate was refused: a way to it is better than a riddle.
async fn known(tx: &mut TenantTx, form: &AssetForm, errors: &FieldErrors) -> AppResult<Option<AssetRef>> {
    if errors.at("plate").is_none() {
        return Ok(None);
    }
    selectors::by_plate(tx, &text::plate_norm(&form.plate)).await
}

/// Somebody saved meanwhile: what was typed stays, what they wrote stands beside it, and saving again is a decision.
fn told(asset: &Asset, mut form: AssetForm) -> FormView {
    let theirs = form
        .validate(asset.data.kind)
        .map(|ours| ours.differences(&asset.data))
        .unwrap_or_default();
    form.version = asset.version.to_string();
    FormView {
        theirs: Some(theirs),
        ..FormView::of(asset, form)
    }
}

fn show(scope: Scope<EditCustomers>, view: FormView, status: u16) -> Response {
    let page = Page::new(view.title()).nav("/vehicles").status(status);
    scope.page(page, move || view! { <AssetFormPage view /> })
}

impl FormView {
    fn of(asset: &Asset, form: AssetForm) -> Self {
        let owner = Owner {
            id: asset.owner,
            name: asset.owner_name.clone(),
            phone: asset.owner_phone.clone(),
            city: String::new(),
        };
        Self {
            of: Some((format!("/vehicles/{}", asset.id), asset.data.label())),
            ..Self::new(asset.data.kind, owner, form)
        }
    }
}

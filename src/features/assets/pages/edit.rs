//! Adding an asset to its owner, and changing it.
use super::super::form::AssetForm;
use super::super::model::{Asset, AssetRef, Owner};
use super::super::parts::form::{FormView, asset_form_page_view};
use super::super::parts::owner::{PickView, owner_pick_view};
use super::super::{selectors, service};
use crate::kernel::permission::EditCustomers;
use crate::kernel::text;
use crate::query;
use crate::server::prelude::*;
use axum::response::Response;

query! {
    pub(crate) struct NewSearch {
        customer,
        /// Who is looked for as long as nobody is chosen.
        q,
    }
}

pub(crate) async fn new(mut scope: Scope<EditCustomers>, Search(search): Search<NewSearch>) -> PageResult {
    if search.customer.is_empty() {
        return pick(scope, search.q, None, 200).await;
    }
    let id = search.customer.parse().map_err(|_| AppError::NotFound)?;
    let owner = selectors::owner(&mut scope, id).await?;
    let kind = scope.session().terms().kind;
    let form = AssetForm {
        customer: id.to_string(),
        key: idempotency::fresh(&scope),
        ..AssetForm::default()
    };
    Ok(show(scope, FormView::new(kind, owner, Filled::new(form))))
}

pub(crate) async fn create(
    mut scope: Scope<EditCustomers>,
    FormBody(form): FormBody<AssetForm>,
) -> PageResult {
    let kind = scope.session().terms().kind;
    let form = form.of_kind(kind);
    let saved = add(&mut scope, &form).await;
    let done = |id| (format!("/vehicles/{id}"), "Saved");
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        if let Some(error) = refused.errors.at("customer") {
            return pick(scope, String::new(), Some(error), 422).await;
        }
        let id = form.customer.parse().map_err(|_| AppError::NotFound)?;
        let owner = selectors::owner(&mut scope, id).await?;
        let known = known(&mut scope, &form, &refused.errors).await?;
        let view = FormView::new(kind, owner, Filled::again(form, refused));
        Ok(show(scope, FormView { known, ..view }))
    };
    scope.answer(saved, done, again).await
}

async fn add(scope: &mut Scope<EditCustomers>, form: &AssetForm) -> AppResult<AssetId> {
    if form.customer.is_empty() {
        let nobody = Problem::other("Choose the owner.");
        return Err(AppError::field("customer", nobody));
    }
    let owner = form.customer.parse().map_err(|_| AppError::NotFound)?;
    let new = form.parse(&scope.form_context())?;
    service::add(scope, owner, &new, &form.key).await
}

/// Nobody is chosen yet: whose is it?
async fn pick(
    mut scope: Scope<EditCustomers>,
    query: String,
    error: Option<String>,
    status: u16,
) -> PageResult {
    let owners = selectors::owners(&mut scope, query.trim()).await?;
    let view = PickView { owners, query, error };
    let page = Page::new(format!("New {}", scope.session().terms().asset().one))
        .nav("/vehicles")
        .status(status);
    Ok(scope.page(page, move || owner_pick_view(view)))
}

pub(crate) async fn edit(mut scope: Scope<EditCustomers>, Id(id): Id<AssetId>) -> PageResult {
    let asset = selectors::get(&mut scope, id).await?;
    let form = AssetForm::of(&asset.data, &scope.form_context()).versioned(asset.version);
    Ok(show(scope, FormView::of(&asset, Filled::new(form))))
}

pub(crate) async fn change(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<AssetId>,
    FormBody(form): FormBody<AssetForm>,
) -> PageResult {
    let form = form.of_kind(selectors::get(&mut scope, id).await?.data.kind);
    let saved = save(&mut scope, id, &form).await;
    let done = |()| (format!("/vehicles/{id}"), "Changes saved");
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let asset = selectors::get(&mut scope, id).await?;
        let known = known(&mut scope, &form, &refused.errors).await?;
        let context = scope.form_context();
        let filled = Filled::again(form, refused).beside(&asset.data, asset.version, &context);
        let view = FormView::of(&asset, filled);
        Ok(show(scope, FormView { known, ..view }))
    };
    scope.answer(saved, done, again).await
}

async fn save(scope: &mut Scope<EditCustomers>, id: AssetId, form: &AssetForm) -> AppResult<()> {
    let new = form.parse(&scope.form_context())?;
    service::change(scope, id, &new, form::version(&form.version)).await
}

/// The other vehicle when the plate was refused: a way to it is better than a riddle.
async fn known(tx: &mut TenantTx, form: &AssetForm, errors: &FieldErrors) -> AppResult<Option<AssetRef>> {
    if errors.at("plate").is_none() {
        return Ok(None);
    }
    selectors::by_plate(tx, &text::plate_norm(&form.plate)).await
}

fn show(scope: Scope<EditCustomers>, view: FormView) -> Response {
    let title = view.title(scope.session().terms());
    let page = Page::new(title).nav("/vehicles").status(view.filled.status());
    scope.page(page, move || asset_form_page_view(view))
}

impl FormView {
    fn of(asset: &Asset, filled: Filled<AssetForm>) -> Self {
        let owner = Owner {
            id: asset.owner,
            name: asset.owner_name.clone(),
            phone: asset.owner_phone.clone(),
            city: String::new(),
        };
        Self {
            of: Some((format!("/vehicles/{}", asset.id), asset.data.label())),
            ..Self::new(asset.data.kind, owner, filled)
        }
    }
}

//! The list, a new one, one being changed.
use super::form::BranchForm;
use super::model::Branch;
use super::parts::{BranchFields, BranchList, Numbers, Price};
use super::{selectors, service};
use crate::kernel::permission::ManageBranches;
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(super) async fn list(mut scope: Scope<ManageBranches>) -> PageResult {
    let branches = selectors::list(&mut scope).await?;
    Ok(scope.page(Page::new("Branches").nav("/settings"), move || {
        view! {
            <PageHeader title="Branches" crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]>
                <ButtonLink href="/settings/branches/new" label="Add branch" icon="plus" variant=Variant::Primary/>
            </PageHeader>
            <BranchList branches/>
        }
    }))
}

pub(super) async fn new(scope: Scope<ManageBranches>) -> PageResult {
    // The clock and the year of the other branches are the best guess.
    let zone = scope.session().zone().name().to_owned();
    let form = BranchForm {
        time_zone: zone,
        fiscal_year_start: "1".to_owned(),
        key: idempotency::fresh(&scope),
        hours: (1..=5)
            .flat_map(|day| {
                [("opens", "08:00"), ("closes", "17:00")]
                    .map(|(name, time)| (format!("{name}_{day}"), time.to_owned()))
            })
            .collect(),
        ..BranchForm::default()
    };
    opening(scope, form, 200, FieldErrors::default()).await
}

pub(super) async fn create(
    mut scope: Scope<ManageBranches>,
    FormBody(form): FormBody<BranchForm>,
) -> PageResult {
    match field_errors(service::open(&mut scope, &form).await)? {
        Ok(_) => {
            let said = format!(
                "{} is open. People who work in all branches see it already.",
                form.name.trim()
            );
            scope.done("/settings/branches", &said).await
        }
        Err(errors) => opening(scope.start_over().await?, form, 422, errors).await,
    }
}

pub(super) async fn edit(mut scope: Scope<ManageBranches>, Id(id): Id<BranchId>) -> PageResult {
    let branch = selectors::get(&mut scope, id).await?;
    let form = BranchForm::of(&branch);
    Ok(changing(scope, branch, form, 200, FieldErrors::default()))
}

pub(super) async fn change(
    mut scope: Scope<ManageBranches>,
    Id(id): Id<BranchId>,
    FormBody(form): FormBody<BranchForm>,
) -> PageResult {
    match field_errors(service::change(&mut scope, id, &form).await)? {
        Ok(()) => scope.done("/settings/branches", "Branch saved").await,
        Err(errors) => {
            let mut scope = scope.start_over().await?;
            let branch = selectors::get(&mut scope, id).await?;
            Ok(changing(scope, branch, form, 422, errors))
        }
    }
}

fn crumbs() -> Vec<(String, String)> {
    vec![
        ("/settings".to_owned(), "Settings".to_owned()),
        ("/settings/branches".to_owned(), "Branches".to_owned()),
    ]
}

async fn opening(
    mut scope: Scope<ManageBranches>,
    form: BranchForm,
    status: u16,
    errors: FieldErrors,
) -> AppResult<Response> {
    let branches = selectors::count(&mut scope).await?;
    let page = Page::new("Add branch").nav("/settings").status(status);
    Ok(scope.page(page, move || {
        let (key, agreed) = (form.key.clone(), form.agreed == "yes");
        let unread = errors.at("agreed");
        view! {
            <PageHeader title="Add branch" crumbs=crumbs()/>
            <form class="form max-w-form" method="post" action="/settings/branches/new">
                <FormErrors errors=errors.summary()/>
                <Hidden name="key" value=key/>
                <Price branches agreed error=unread/>
                <BranchFields form errors code_stands=false year_stands=false/>
                <FormActions>
                    <SubmitButton label="Add branch"/>
                    <ButtonLink href="/settings/branches" label="Cancel" variant=Variant::Ghost/>
                </FormActions>
            </form>
        }
    }))
}

fn changing(
    scope: Scope<ManageBranches>,
    branch: Branch,
    form: BranchForm,
    status: u16,
    errors: FieldErrors,
) -> Response {
    let page = Page::new(branch.data.name.clone())
        .nav("/settings")
        .status(status);
    scope.page(page, move || {
        let (code_stands, year_stands) = (branch.code_stands(), branch.year_stands());
        view! {
            <PageHeader title=branch.data.name.clone() crumbs=crumbs()/>
            <div class="stack max-w-form">
                <form class="form" method="post" action=format!("/settings/branches/{}", branch.id)>
                    <FormErrors errors=errors.summary()/>
                    <Hidden name="version" value=form.version.clone()/>
                    <BranchFields form errors code_stands year_stands/>
                    <FormActions>
                        <SubmitButton label="Save branch"/>
                        <ButtonLink href="/settings/branches" label="Cancel" variant=Variant::Ghost/>
                    </FormActions>
                </form>
                <Numbers code=branch.data.code series=branch.series/>
            </div>
        }
    })
}

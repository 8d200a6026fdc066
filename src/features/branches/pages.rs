//! The list, a new one, one being changed.
use super::form::{BranchForm, OpeningForm, WeekForm};
use super::model::Branch;
use super::parts::{branch_inputs_view, branch_list_view, numbers_view, price_view};
use super::{selectors, service};
use crate::kernel::form::version;
use crate::kernel::permission::ManageBranches;
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
            {branch_list_view(branches)}
        }
    }))
}

pub(super) async fn new(scope: Scope<ManageBranches>) -> PageResult {
    // The clock and the year of the other branches are the best guess.
    let form = BranchForm {
        time_zone: scope.session().zone().name().to_owned(),
        fiscal_year_start: "1".to_owned(),
        key: idempotency::fresh(&scope),
        week: WeekForm::usual(),
        ..BranchForm::default()
    };
    let form = OpeningForm {
        branch: form,
        ..OpeningForm::default()
    };
    opening(scope, Filled::new(form)).await
}

pub(super) async fn create(
    mut scope: Scope<ManageBranches>,
    FormBody(form): FormBody<OpeningForm>,
) -> PageResult {
    let opened = match form.parse(&scope.form_context()) {
        Ok(new) => service::open(&mut scope, &new.branch, &form.branch.key).await,
        Err(errors) => Err(errors.into()),
    };
    let message = format!(
        "{} is open. People who work in all branches see it already.",
        form.branch.name.trim()
    );
    let again = async |scope, refused| opening(scope, Filled::again(form, refused)).await;
    scope
        .answer(opened, |_| ("/settings/branches", message), again)
        .await
}

pub(super) async fn edit(mut scope: Scope<ManageBranches>, Id(id): Id<BranchId>) -> PageResult {
    let branch = selectors::get(&mut scope, id).await?;
    let form = BranchForm::of(&branch.data, &scope.form_context()).versioned(branch.version);
    Ok(changing(scope, branch, Filled::new(form)))
}

pub(super) async fn change(
    mut scope: Scope<ManageBranches>,
    Id(id): Id<BranchId>,
    FormBody(form): FormBody<BranchForm>,
) -> PageResult {
    let saved = match form.parse(&scope.form_context()) {
        Ok(data) => service::change(&mut scope, id, &data, version(&form.version)).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |mut scope: Scope<ManageBranches>, refused: Refused| {
        let branch = selectors::get(&mut scope, id).await?;
        let context = scope.form_context();
        let filled = Filled::again(form, refused).beside(&branch.data, branch.version, &context);
        Ok(changing(scope, branch, filled))
    };
    scope
        .answer(saved, |()| ("/settings/branches", "Branch saved"), again)
        .await
}

fn crumbs() -> Vec<(String, String)> {
    vec![
        ("/settings".to_owned(), "Settings".to_owned()),
        ("/settings/branches".to_owned(), "Branches".to_owned()),
    ]
}

async fn opening(mut scope: Scope<ManageBranches>, filled: Filled<OpeningForm>) -> AppResult<Response> {
    let branches = selectors::count(&mut scope).await?;
    let page = Page::new("Add branch").nav("/settings").shows(&filled);
    Ok(scope.page(page, move || {
        let (head, fields) = (filled.head(), filled.fields());
        let branch = fields.branch;
        view! {
            <PageHeader title="Add branch" crumbs=crumbs()/>
            <form class="form max-w-form" method="post" action="/settings/branches/new">
                <FormHead of=head thing="branch"/>
                <Hidden of=branch.key.clone()/>
                {price_view(branches, fields.agreed)}
                {branch_inputs_view(branch, false, false)}
                <FormActions>
                    <SubmitButton label="Add branch"/>
                    <ButtonLink href="/settings/branches" label="Cancel" variant=Variant::Ghost/>
                </FormActions>
            </form>
        }
    }))
}

fn changing(scope: Scope<ManageBranches>, branch: Branch, filled: Filled<BranchForm>) -> Response {
    let page = Page::new(branch.data.name.clone())
        .nav("/settings")
        .status(filled.status());
    scope.page(page, move || {
        let (code_stands, year_stands) = (branch.code_stands(), branch.year_stands());
        let (head, fields) = (filled.head(), filled.fields());
        view! {
            <PageHeader title=branch.data.name.clone() crumbs=crumbs()/>
            <div class="stack max-w-form">
                <form class="form" method="post" action=format!("/settings/branches/{}", branch.id)>
                    <FormHead of=head thing="branch"/>
                    <Hidden of=fields.version.clone()/>
                    {branch_inputs_view(fields, code_stands, year_stands)}
                    <FormActions>
                        <SubmitButton label="Save branch"/>
                        <ButtonLink href="/settings/branches" label="Cancel" variant=Variant::Ghost/>
                    </FormActions>
                </form>
                {numbers_view(branch.data.code, branch.series)}
            </div>
        }
    })
}

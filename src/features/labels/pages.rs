//! The labels phase by phase, a new one, one being changed.
use super::form::{ButtonForm, LabelForm};
use super::model::{Label, LabelColor};
use super::parts::{label_inputs_view, labels_view};
use super::{selectors, service};
use crate::domain::order::Phase;
use crate::kernel::form::version;
use crate::kernel::permission::ManageLabels;
use crate::query;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

const LIST: &str = "/settings/labels";

pub(super) async fn list(scope: Scope<ManageLabels>) -> PageResult {
    listing(scope, None).await
}

async fn listing(mut scope: Scope<ManageLabels>, refused: Option<Refused>) -> PageResult {
    let labels = selectors::all(&mut scope).await?;
    let status = refused.as_ref().map_or(200, Refused::status);
    let conflict = refused.and_then(|refused| refused.conflict);
    let page = Page::new("Labels").nav("/settings").status(status);
    Ok(scope.page(page, move || {
        let about = terms().say("Where a work order stands within its phase. The default label is set when a work order enters the phase.");
        view! {
            <PageHeader title="Labels" subtitle=about crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]>
                <ButtonLink href="/settings/labels/new" label="Add label" icon="plus" variant=Variant::Primary/>
            </PageHeader>
            <div class="stack">
                <FormConflict of=conflict/>
                {labels_view(labels)}
            </div>
        }
    }))
}

query! {
    /// The phase whose button was pressed.
    pub(super) struct NewQuery {
        phase,
    }
}

pub(super) async fn new(scope: Scope<ManageLabels>, Search(query): Search<NewQuery>) -> PageResult {
    let phase = Phase::parse(&query.phase).unwrap_or(Phase::Received);
    let form = LabelForm {
        phase: phase.name().to_owned(),
        color: LabelColor::Blue.name().to_owned(),
        key: idempotency::fresh(&scope),
        ..LabelForm::default()
    };
    Ok(form_page(scope, None, Filled::new(form)))
}

pub(super) async fn add(mut scope: Scope<ManageLabels>, FormBody(form): FormBody<LabelForm>) -> PageResult {
    let added = match form.parse(&scope.form_context()) {
        Ok(data) => service::add(&mut scope, &data, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |scope, refused| Ok(form_page(scope, None, Filled::again(form, refused)));
    scope.answer(added, |()| (LIST, "Label added"), again).await
}

pub(super) async fn edit(mut scope: Scope<ManageLabels>, Id(id): Id<LabelId>) -> PageResult {
    let label = selectors::get(&mut scope, id).await?;
    let form = LabelForm::of(&label.data, &scope.form_context()).versioned(label.version);
    Ok(form_page(scope, Some(label), Filled::new(form)))
}

pub(super) async fn change(
    mut scope: Scope<ManageLabels>,
    Id(id): Id<LabelId>,
    FormBody(form): FormBody<LabelForm>,
) -> PageResult {
    let saved = match form.parse(&scope.form_context()) {
        Ok(data) => service::change(&mut scope, id, &data, version(&form.version)).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |mut scope: Scope<ManageLabels>, refused: Refused| {
        let label = selectors::get(&mut scope, id).await?;
        let context = scope.form_context();
        let filled = Filled::again(form, refused).beside(&label.data, label.version, &context);
        Ok(form_page(scope, Some(label), filled))
    };
    scope.answer(saved, |()| (LIST, "Label saved"), again).await
}

/// `to` is `up` or `down`.
pub(super) async fn reorder(
    mut scope: Scope<ManageLabels>,
    Id(id): Id<LabelId>,
    FormBody(form): FormBody<ButtonForm>,
) -> PageResult {
    service::reorder(&mut scope, id, form.to == "up").await?;
    scope.done(LIST, "").await
}

/// `to` is `on`, or nothing for a phase without one.
pub(super) async fn choose_default(
    mut scope: Scope<ManageLabels>,
    Id(id): Id<LabelId>,
    FormBody(form): FormBody<ButtonForm>,
) -> PageResult {
    service::choose_default(&mut scope, id, form.to == "on").await?;
    scope.done(LIST, "Default saved").await
}

pub(super) async fn archive(mut scope: Scope<ManageLabels>, Id(id): Id<LabelId>) -> PageResult {
    service::archive(&mut scope, id).await?;
    scope.done(LIST, "Label archived").await
}

pub(super) async fn restore(mut scope: Scope<ManageLabels>, Id(id): Id<LabelId>) -> PageResult {
    let restored = service::restore(&mut scope, id).await;
    scope
        .answer(
            restored,
            |()| (LIST, "Label restored"),
            async |scope, refused| listing(scope, Some(refused)).await,
        )
        .await
}

fn form_page(scope: Scope<ManageLabels>, label: Option<Label>, filled: Filled<LabelForm>) -> Response {
    let (title, action) = match &label {
        Some(label) => ("Edit label", format!("{LIST}/{}", label.id)),
        None => ("Add label", format!("{LIST}/new")),
    };
    let page = Page::new(title).nav("/settings").shows(&filled);
    scope.page(page, move || {
        let (head, fields) = (filled.head(), filled.fields());
        let crumbs = vec![
            ("/settings".to_owned(), "Settings".to_owned()),
            (LIST.to_owned(), "Labels".to_owned()),
        ];
        let save = if label.is_some() {
            "Save label"
        } else {
            "Add label"
        };
        let phase = label.map(|label| label.data.phase);
        view! {
            <PageHeader title crumbs/>
            <form class="stack" method="post" action=action>
                <FormHead of=head thing="label"/>
                <Hidden of=fields.key.clone()/>
                <Hidden of=fields.version.clone()/>
                {label_inputs_view(fields, phase)}
                <FormActions>
                    <SubmitButton label=save/>
                    <ButtonLink href=LIST label="Cancel" variant=Variant::Ghost/>
                </FormActions>
            </form>
        }
    })
}

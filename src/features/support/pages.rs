//! `/settings/support`.
use super::model::{Grant, SPANS};
use super::{selectors, service};
use crate::form;
use crate::kernel::permission::GrantSupport;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

form! {
    /// How long, as chosen.
    pub(super) struct SpanForm shows SpanFields;
    /// How long our support may look.
    #[derive(Clone, Debug)]
    pub(super) struct Lasting {
        span: TimeDelta = own("For how long?", Kind::Choice, span, |_, _| String::new()).asks("Choose how long."),
    }
}

fn span(raw: &str) -> Result<TimeDelta, Problem> {
    let chosen = SPANS.iter().find(|(name, ..)| *name == raw);
    chosen.map(|(.., span)| *span).ok_or(Problem::Missing)
}

pub(super) async fn show(scope: Scope<GrantSupport>) -> PageResult {
    let form = SpanForm {
        span: "hour".to_owned(),
    };
    render(scope, Filled::new(form)).await
}

async fn render(mut scope: Scope<GrantSupport>, filled: Filled<SpanForm>) -> PageResult {
    let grants = selectors::grants(&mut scope).await?;
    let (zone, now) = (scope.session().zone(), scope.now());
    let page = Page::new("Support access").nav("/settings").shows(&filled);
    Ok(scope.page(page, move || {
        let spans = SPANS.iter().map(|(value, label, _)| ((*value).to_owned(), (*label).to_owned())).collect();
        view! {
            <PageHeader title="Support access" crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <Card title="Give access" subtitle="No one at Gantry sees your data unless you allow it here.">
                <form class="form" method="post" action="/settings/support">
                    <p>"Our support then sees what you see, but cannot change or download anything. Every page they open is in your \
                        activity log, and you can end access at any time."</p>
                    <RadioGroup of=filled.fields().span options=spans/>
                    <FormActions>
                        <SubmitButton label="Allow"/>
                    </FormActions>
                </form>
            </Card>
            {grants_view(grants, zone, now)}
        }
    }))
}

fn grants_view(grants: Vec<Grant>, zone: Tz, now: DateTime<Utc>) -> AnyView {
    if grants.is_empty() {
        return ().into_any();
    }
    let rows = grants.into_iter().map(|grant| {
        let runs = grant.runs(now);
        let end = runs.then(|| view! { <PostButton action=format!("/settings/support/{}/end", grant.id) label="End now" variant=Variant::Danger/> });
        let (label, tone) = if runs { ("Active", Tone::Warning) } else { ("Ended", Tone::default()) };
        let until = locale().moment(grant.ended_at.unwrap_or(grant.expires_at), &zone);
        view! {
            <Row>
                <MainCell text=locale().moment(grant.granted_at, &zone)/>
                <Cell label="Until" date=true>{until}</Cell>
                <Cell label="Allowed by">{grant.who}</Cell>
                <Cell label="State"><Badge label tone/></Cell>
                <Cell>{end}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        "Since".into(),
        "Until".into(),
        "Allowed by".into(),
        "State".into(),
        Column::silent("Actions"),
    ];
    view! {
        <Card title="Access you gave" flush=true>
            <Table caption="Support access" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

pub(super) async fn grant(mut scope: Scope<GrantSupport>, FormBody(form): FormBody<SpanForm>) -> PageResult {
    let granted = match form.parse(&scope.form_context()) {
        Ok(chosen) => service::grant(&mut scope, chosen.span).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| ("/settings/support", "Support access is on.");
    let again = async |scope, refused| render(scope, Filled::again(form, refused)).await;
    scope.answer(granted, done, again).await
}

pub(super) async fn end(mut scope: Scope<GrantSupport>, Id(id): Id<SupportGrantId>) -> PageResult {
    service::end(&mut scope, id).await?;
    scope.done("/settings/support", "Support access ended.").await
}

//! What a customer saw when they decided: kept, whatever changed since.
use crate::domain::order::LineKind;
use crate::features::work_orders::selectors;
use crate::features::work_orders::view::{ShownJob, ShownVersion};
use crate::kernel::permission::{EditWorkOrders, ViewInvoices, ViewWorkOrders};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// `/work-orders/{order}/decisions/{authorization}`
pub(in crate::features::work_orders) async fn shown(
    mut scope: Scope<ViewWorkOrders>,
    Ids(order, id): Ids<WorkOrderId, AuthorizationId>,
) -> PageResult {
    let kept = selectors::shown(&mut scope, order, id).await?;
    if !scope.allows::<EditWorkOrders>() && !scope.allows::<ViewInvoices>() {
        return Err(AppError::Forbidden("see prices".into()));
    }
    let currency = kept
        .version
        .as_ref()
        .map_or(scope.session().settings.currency, |version| version.currency);
    let when = scope.session().locale().near(kept.at, scope.now(), &kept.zone);
    let page = Page::new(format!("{} · what was shown", kept.number)).nav("/work-orders");
    Ok(scope.page(page, move || {
        let subtitle = format!(
            "{}, {} · {when} · recorded by {}",
            kept.contact_name,
            kept.method.label().to_lowercase(),
            kept.by
        );
        let amount = currency.show(kept.amount);
        let decision = kept.decision;
        let crumbs = vec![
            ("/work-orders".to_owned(), terms().work_order().titles()),
            (format!("/work-orders/{order}#decisions"), kept.number.clone()),
        ];
        let badges = move || view! { <Badge label=decision.label() tone=decision.tone()/> };
        view! {
            <PageHeader title=format!("{amount}: what was shown") subtitle crumbs badges/>
            <div class="stack">
                {(!kept.note.is_empty()).then(|| view! { <Alert>"“"{kept.note.clone()}"”"</Alert> })}
                {match kept.version {
                    Some(version) => version_view(version).into_any(),
                    None => view! { <Alert tone=Tone::Warning title="The lines cannot be shown">"They were saved in an older format. The amount, time and note above are as recorded."</Alert> }.into_any(),
                }}
            </div>
        }
    }))
}

fn version_view(version: ShownVersion) -> impl IntoView {
    let currency = version.currency;
    let asked = version.asked.jobs;
    let jobs = version
        .jobs
        .into_iter()
        .filter(|job| asked.contains(&job.id))
        .map(|job| job_shown_view(job, currency))
        .collect_view();
    let sums = version.asked.totals;
    view! {
        {jobs}
        <Card title="Total">
            <dl class="sums">
                <div><dt>{locale().net()}</dt><dd>{currency.show(sums.net)}</dd></div>
                <div><dt>{locale().tax()}</dt><dd>{currency.show(sums.tax)}</dd></div>
                <div class="is-total"><dt>"Total"</dt><dd>{currency.show(sums.gross)}</dd></div>
            </dl>
        </Card>
    }
    .into_any()
}

fn job_shown_view(job: ShownJob, currency: Currency) -> impl IntoView {
    let rows = job
        .lines
        .into_iter()
        .map(|line| {
            let words = line.amounts.kind == LineKind::Text;
            let cell = move |text: String| if words { String::new() } else { text };
            view! {
                <Row>
                    <MainCell text=line.description sub=line.part_number/>
                    <Cell label="Quantity" num=true>{cell(line.amounts.quantity.to_string())}</Cell>
                    <Cell label="Unit price" num=true>{cell(currency.show(line.amounts.unit_price))}</Cell>
                    <Cell label="Tax" num=true>{cell(line.amounts.tax_rate.to_string())}</Cell>
                    <Cell label=locale().line_net() num=true>{cell(currency.show(line.net))}</Cell>
                </Row>
            }
        })
        .collect_view();
    let columns = vec![
        Column::new("Line"),
        Column::num("Quantity"),
        Column::num("Unit price"),
        Column::num("Tax"),
        Column::num(locale().line_net()),
    ];
    let total = currency.show(job.totals.gross);
    view! {
        <Card title=job.title.clone() flush=true actions=move || view! { <b class="money">{total}</b> }>
            <Table caption=format!("Lines of {}", job.title) columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

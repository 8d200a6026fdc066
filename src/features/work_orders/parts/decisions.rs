//! The customer's word: asking for it, and everything that was said.
use super::Ctx;
use crate::domain::order::{DecisionMethod, JobDecision, Payer, WorkState};
use crate::features::work_orders::form::DecisionForm;
use crate::features::work_orders::view::{Authorization, Job};
use crate::kernel::form::FieldView;
use crate::kernel::permission::RecordDecisions;
use crate::kernel::{Form, Money};
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn decisions_view(ctx: Ctx) -> impl IntoView {
    let jobs: Vec<Job> = ctx
        .order
        .jobs
        .iter()
        .filter(|job| job.data.payer == Payer::Customer)
        .cloned()
        .collect();
    let decisions = ctx.order.authorizations.clone();
    if jobs.is_empty() && decisions.is_empty() {
        return ().into_any();
    }
    let open = jobs.iter().filter(|job| job.undecided()).count();
    let subtitle = match open {
        0 => "All jobs are decided.".to_owned(),
        1 => "1 job is waiting for approval.".to_owned(),
        n => format!("{n} jobs are waiting for approval."),
    };
    let log = decisions
        .into_iter()
        .map(|decision| past_decision_view(ctx.clone(), decision))
        .collect_view();
    let ask = (ctx.can::<RecordDecisions>() && !jobs.is_empty()).then(|| {
        // What is decided can be decided anew, but does not ask for it.
        let quiet = open == 0 && !ctx.draft.is("decision");
        let form = view! { <Ask ctx=ctx.clone() jobs/> };
        if quiet { view! { <details class="ask-again"><summary class="link">"Record another decision"</summary>{form}</details> }.into_any() } else { form.into_any() }
    });
    view! {
        <Card title="Approval" subtitle id="decisions" flush=true>
            {ask}
            <ol class="said">{log}</ol>
        </Card>
    }
    .into_any()
}

/// The form: a word per job, who said it and how.
#[component]
fn Ask(ctx: Ctx, jobs: Vec<Job>) -> impl IntoView {
    let customer = &ctx.order.customer;
    let contact = if customer.contact_name.is_empty() {
        &customer.name
    } else {
        &customer.contact_name
    };
    let limit = Money(500 * 10i64.pow(ctx.session.settings.currency.exponent()));
    let limit = format!("At most {}, call before more", ctx.money(limit));
    let form = DecisionForm {
        method: DecisionMethod::Phone.name().to_owned(),
        contact_name: contact.clone(),
        ..DecisionForm::default()
    };
    let version = ctx.order.version.to_string();
    let filled = ctx
        .filled("decision", form.versioned(ctx.order.version))
        .going_by("version", &version);
    let problem = filled
        .errors
        .at("jobs")
        .map(|text| view! { <p class="field-error" role="alert"><Icon name="alert-circle"/>{text}</p> });
    let fields = filled.fields();
    let rows = jobs
        .into_iter()
        .map(|job| {
            let field = fields.jobs.at(&job.id);
            ask_row_view(ctx.clone(), job, field)
        })
        .collect_view();
    view! {
        <form class="ask" method="post" action=ctx.action("decisions")>
            <Hidden of=fields.version/>
            <Hidden of=fields.key/>
            <div class="ask-jobs">{rows}</div>
            {problem}
            <div class="form-grid">
                <Select of=fields.method span=Span::Third/>
                <Field of=fields.contact_name span=Span::Third/>
                <Field of=fields.note span=Span::Third placeholder=limit/>
            </div>
            <FormActions><SubmitButton label="Record decision" variant=Variant::Plain icon="check-circle"/></FormActions>
        </form>
    }
    .into_any()
}

fn ask_row_view(ctx: Ctx, job: Job, field: FieldView) -> impl IntoView {
    let chosen = field.value().to_owned();
    let amount = ctx.money(job.totals().gross);
    let state = view! { <Badge label=job.decision.label() tone=job.decision.tone()/> };
    let mut choices = vec![
        (JobDecision::Approved, "Approve"),
        (JobDecision::Declined, "Decline"),
    ];
    if job.work_state != WorkState::NotStarted {
        choices.truncate(1);
    }
    let radios = choices
        .into_iter()
        .map(|(decision, label)| (decision.name(), label))
        .chain([("", "Undecided")])
        .map(|(value, label)| {
            let checked = chosen == value;
            view! { <label><input type="radio" name=field.name.clone() value=value checked=checked/><span>{label}</span></label> }
        })
        .collect_view();
    view! {
        <fieldset class="ask-row">
            <legend class="sr-only">{format!("Decision on {}", job.data.title)}</legend>
            <span class="ask-title">{job.data.title} {state}</span>
            <span class="money">{amount}</span>
            <div class="seg">{radios}</div>
        </fieldset>
    }
    .into_any()
}

/// One authorization, with what the same jobs cost now.
fn past_decision_view(ctx: Ctx, decision: Authorization) -> impl IntoView {
    let now = ctx.order.totals_of(|job| decision.jobs.contains(&job.id)).gross;
    let prices = ctx.sees_prices();
    let changed = (prices && now != decision.amount).then(|| format!("now {}", ctx.money(now)));
    let amount = prices.then(|| view! { <b class="money">{ctx.money(decision.amount)}</b>" " });
    let how = format!(
        "{}, {}",
        decision.contact_name,
        decision.method.label().to_lowercase()
    );
    let meta = format!("{} · recorded by {}", ctx.moment(decision.at), decision.by);
    let href = ctx.action(&format!("decisions/{}", decision.id));
    let titles: Vec<String> = decision.titles.iter().map(|title| format!("“{title}”")).collect();
    view! {
        <li>
            <Badge label=decision.decision.label() tone=decision.decision.tone()/>
            <div class="said-text">
                {(!titles.is_empty()).then(|| view! { <p>{titles.join(", ")}</p> })}
                <p>{amount}{how} {changed.map(|text| view! { " " <Badge label=text tone=Tone::Warning/> })}</p>
                {(!decision.note.is_empty()).then(|| view! { <p>"“"{decision.note}"”"</p> })}
                <p class="sub">{meta}</p>
            </div>
            {prices.then(|| view! { <a class="link" href=href>"What was shown"</a> })}
        </li>
    }
    .into_any()
}

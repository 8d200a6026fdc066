//! The customer's word: asking for it, and everything that was said.
use super::Ctx;
use crate::domain::order::{DecisionMethod, JobDecision, Payer, WorkState};
use crate::features::work_orders::view::{Authorization, Job};
use crate::kernel::Money;
use crate::kernel::permission::RecordDecisions;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(in crate::features::work_orders) fn Decisions(ctx: Ctx) -> impl IntoView {
    let jobs: Vec<Job> = ctx
        .order
        .jobs
        .iter()
        .filter(|job| job.payer == Payer::Customer)
        .cloned()
        .collect();
    let said = ctx.order.authorizations.clone();
    if jobs.is_empty() && said.is_empty() {
        return ().into_any();
    }
    let open = jobs.iter().filter(|job| job.undecided()).count();
    let subtitle = match open {
        0 => "All jobs are decided.".to_owned(),
        1 => "1 job is waiting for approval.".to_owned(),
        n => format!("{n} jobs are waiting for approval."),
    };
    let log = said
        .into_iter()
        .map(|said| view! { <Said ctx=ctx.clone() said/> })
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
    let draft = &ctx.draft;
    let customer = &ctx.order.customer;
    let contact = if customer.contact_name.is_empty() {
        &customer.name
    } else {
        &customer.contact_name
    };
    let limit = Money(500 * 10i64.pow(ctx.session.settings.currency.exponent()));
    let limit = format!("At most {}, call before more", ctx.money(limit));
    let rows = jobs
        .into_iter()
        .map(|job| view! { <AskRow ctx=ctx.clone() job/> })
        .collect_view();
    let problem = draft
        .error("decision", "jobs")
        .map(|text| view! { <p class="field-error" role="alert"><Icon name="alert-circle"/>{text}</p> });
    view! {
        <form class="ask" method="post" action=ctx.action("decisions")>
            <Hidden name="version" value=ctx.order.version.to_string()/>
            <Hidden name="key" value=ctx.key()/>
            <div class="ask-jobs">{rows}</div>
            {problem}
            <div class="form-grid">
                <Select label="How" name="method" options=DecisionMethod::options() span=Span::Third
                    selected=draft.value("decision", "method", "phone") error=draft.error("decision", "method")/>
                <Field label="Approved by" name="contact_name" required=true maxlength=120u32 span=Span::Third autocomplete="off"
                    value=draft.value("decision", "contact_name", contact) error=draft.error("decision", "contact_name")/>
                <Field label="Note" name="note" maxlength=1000u32 span=Span::Third autocomplete="off" placeholder=limit
                    value=draft.value("decision", "note", "") error=draft.error("decision", "note")/>
            </div>
            <FormActions><SubmitButton label="Record decision" variant=Variant::Plain icon="check-circle"/></FormActions>
        </form>
    }
    .into_any()
}

#[component]
fn AskRow(ctx: Ctx, job: Job) -> impl IntoView {
    let name = job.id.to_string();
    let chosen = ctx.draft.value("decision", &name, "");
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
            view! { <label><input type="radio" name=name.clone() value=value checked=checked/><span>{label}</span></label> }
        })
        .collect_view();
    view! {
        <fieldset class="ask-row">
            <legend class="sr-only">{format!("Decision on {}", job.title)}</legend>
            <span class="ask-title">{job.title} {state}</span>
            <span class="money">{amount}</span>
            <div class="seg">{radios}</div>
        </fieldset>
    }
    .into_any()
}

/// One authorization, with what the same jobs cost now.
#[component]
fn Said(ctx: Ctx, said: Authorization) -> impl IntoView {
    let now = ctx.order.totals_of(|job| said.jobs.contains(&job.id)).gross;
    let prices = ctx.sees_prices();
    let changed = (prices && now != said.amount).then(|| format!("now {}", ctx.money(now)));
    let amount = prices.then(|| view! { <b class="money">{ctx.money(said.amount)}</b>" " });
    let how = format!("{}, {}", said.contact_name, said.method.label().to_lowercase());
    let meta = format!("{} · recorded by {}", ctx.moment(said.at), said.by);
    let href = ctx.action(&format!("decisions/{}", said.id));
    let titles: Vec<String> = said.titles.iter().map(|title| format!("“{title}”")).collect();
    view! {
        <li>
            <Badge label=said.decision.label() tone=said.decision.tone()/>
            <div class="said-text">
                {(!titles.is_empty()).then(|| view! { <p>{titles.join(", ")}</p> })}
                <p>{amount}{how} {changed.map(|text| view! { " " <Badge label=text tone=Tone::Warning/> })}</p>
                {(!said.note.is_empty()).then(|| view! { <p>"“"{said.note}"”"</p> })}
                <p class="sub">{meta}</p>
            </div>
            {prices.then(|| view! { <a class="link" href=href>"What was shown"</a> })}
        </li>
    }
    .into_any()
}

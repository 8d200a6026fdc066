//! A work order's card at the bay: what it is, what the customer says, what to do, with buttons for gloves.
use super::form::RejectedForm;
use super::model::{Change, Concern, Finished, Job, Line, Note, Work};
use crate::domain::order::{Audience, LineKind};
use crate::features::work_orders::service::Finding as SavedFinding;
use crate::features::work_orders::{FindingForm, flag_badges_view, format};
use crate::kernel::{Filled, Quantity, WorkOrderId};
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// One order to show, with what its forms need.
#[derive(Clone, Debug)]
pub(super) struct JobCard {
    pub work: Work,
    pub now: DateTime<Utc>,
    /// For the note's form.
    pub key: String,
    pub draft: Option<RejectedForm>,
}

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn Day(title: &'static str, sheets: Vec<JobCard>) -> impl IntoView {
    let cards = sheets.into_iter().map(work_card_view).collect::<Vec<_>>();
    (!cards.is_empty()).then(|| {
        view! {
            <section class="stack" aria-label=title>
                <h2 class="work-day">{title}</h2>
                <div class="work-cards">{cards}</div>
            </section>
        }
    })
}

fn work_card_view(sheet: JobCard) -> impl IntoView {
    let JobCard {
        work,
        now,
        key,
        draft,
    } = sheet;
    let (order, zone) = (work.order, work.zone);
    let idle = !work.jobs.iter().any(Job::running);
    let class = if idle { "card work" } else { "card work is-running" };
    let concerns = work
        .concerns
        .clone()
        .into_iter()
        .map(|concern| concern_item_view(order, concern, draft.clone()))
        .collect_view();
    let jobs = work
        .jobs
        .clone()
        .into_iter()
        .map(|job| job_item_view(order, job, idle, now, zone))
        .collect_view();
    view! {
        <article class=class id=order.to_string() aria-label=format!("{} {}", work.mark, work.asset)>
            {work_head_view(work.clone(), now)}
            {news_view(order, work.new, work.changes, now, zone)}
            <ul class="work-jobs">{jobs}</ul>
            {(!work.concerns.is_empty()).then(|| view! { <section><h3 class="work-label">"Customer says"</h3><ul>{concerns}</ul></section> })}
            {notes_view(work.notes, now, zone)}
            {add_note_view(order, key, draft)}
        </article>
    }
}

fn work_head_view(work: Work, now: DateTime<Utc>) -> impl IntoView {
    let promise = format::promise(work.promised_at, true, now, locale(), work.zone)
        .map(|(tone, text)| view! { <span class=format!("work-promise {}", tone.class())><Icon name="clock"/>{text}</span> });
    let mark = if work.plated {
        view! { <Plate text=work.mark large=true/> }.into_any()
    } else {
        view! { <strong class="font-mono text-lg">{work.mark}</strong> }.into_any()
    };
    view! {
        <header class="work-head">
            {mark}
            {work.attention.then(|| view! { <a class="work-promise tone-danger" href=format!("/work-orders/{}#attention", work.order)><Icon name="alert-triangle"/>"Needs attention"</a> })}
            {work.waiting.then(|| view! { <span class="work-promise tone-info"><Icon name="user"/>"Waiting"</span> })}
            {promise}
            {flag_badges_view(work.flags)}
            <p class="work-asset">{work.asset}</p>
            <p class="work-order">
                <a class="link" href=format!("/work-orders/{}", work.order)>{work.number}</a>
                <PhaseBadge label=work.phase.label() tone=work.phase.tone()/>
            </p>
        </header>
    }
}

/// What is new or changed, until they say that they saw it.
fn news_view(
    order: WorkOrderId,
    new: bool,
    changes: Vec<Change>,
    now: DateTime<Utc>,
    zone: Tz,
) -> impl IntoView {
    if !new && changes.is_empty() {
        return ().into_any();
    }
    let title = if new { "New for you" } else { "Changed" };
    let tone = if new { Tone::Accent } else { Tone::Warning };
    let lines = changes
        .into_iter()
        .map(|change| {
            let meta = format!("{}, {}", change.by, locale().near(change.at, now, &zone));
            view! { <li>{change.what}" "<span class="work-meta">{meta}</span></li> }
        })
        .collect_view();
    view! {
        <div class=format!("work-news {}", tone.class())>
            <div>
                <strong>{title}</strong>
                <ul>{lines}</ul>
            </div>
            <PostButton action=format!("/my-jobs/{order}/seen") label="Seen" size=Size::Bay icon="eye"/>
        </div>
    }
    .into_any()
}

fn job_item_view(order: WorkOrderId, job: Job, idle: bool, now: DateTime<Utc>, zone: Tz) -> impl IntoView {
    let locked = !job.authorized();
    let class = if locked { "work-job is-locked" } else { "work-job" };
    let since = job
        .started_at
        .filter(|_| job.running())
        .map(|at| format!("Running since {}", locale().near(at, now, &zone)));
    let mates = (!job.mates.is_empty()).then(|| format!("With {}", job.mates.join(", ")));
    let action = format!("/my-jobs/{order}/jobs/{}", job.id());
    let lines = job.lines.into_iter().map(line_item_view).collect::<Vec<_>>();
    let button = if locked {
        view! { <p class="work-locked"><Icon name="lock"/>"Waiting for approval"</p> }.into_any()
    } else if since.is_some() {
        view! { <PostButton action=format!("{action}/finish") label="Finish" variant=Variant::Primary size=Size::Bay icon="check"/> }.into_any()
    } else {
        let variant = if idle { Variant::Primary } else { Variant::Plain };
        view! { <PostButton action=format!("{action}/start") label="Start" size=Size::Bay icon="play" variant/> }.into_any()
    };
    view! {
        <li class=class>
            <h3>{job.title}</h3>
            {since.map(|text| view! { <p class="work-running"><Icon name="timer"/>{text}</p> })}
            {mates.map(|text| view! { <p class="text-muted">{text}</p> })}
            {(!lines.is_empty()).then(|| view! { <ul class="work-lines">{lines}</ul> })}
            <div class="work-go">{button}</div>
        </li>
    }
}

/// What to do or to fit. Prices are the front desk's.
fn line_item_view(line: Line) -> impl IntoView {
    let amount = match line.kind {
        LineKind::Part => format!("{} ×", Quantity(line.quantity_milli)),
        LineKind::Labor => format!("{} h", Quantity(line.quantity_milli)),
        _ => String::new(),
    };
    let icon = match line.kind {
        LineKind::Part => "package",
        LineKind::Labor => "wrench",
        LineKind::Sublet => "truck",
        _ => "info",
    };
    let number = (!line.part_number.is_empty()).then(|| view! { <code>{line.part_number}</code> });
    view! {
        <li>
            <Icon name=icon/>
            <span class="work-amount">{amount}</span>
            <span class="work-what">{line.description}" "{number}</span>
        </li>
    }
}

/// The whole row opens the answer's form: nobody hits a small link with gloves.
fn concern_item_view(order: WorkOrderId, concern: Concern, draft: Option<RejectedForm>) -> impl IntoView {
    let typed = match draft {
        Some(RejectedForm::Finding(id, filled)) if id == concern.id() => Some(filled),
        _ => None,
    };
    let open = typed.is_some();
    let label = if concern.answered() {
        "Edit findings"
    } else {
        "Add findings"
    };
    let answers = [
        ("Cause", concern.cause.clone()),
        ("Correction", concern.correction.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(word, text)| view! { <span class="work-answer"><b>{word}</b>" "{text}</span> })
    .collect_view();
    view! {
        <li>
            <details class="work-form" open=open>
                <summary class="work-row">
                    <span class="work-what">
                        <span class="work-concern">{concern.concern.clone()}</span>
                        {answers}
                    </span>
                    <span class="work-row-do"><Icon name="pencil"/>{label}</span>
                </summary>
                <Finding order concern typed/>
            </details>
        </li>
    }
}

/// Cause and correction; what was shown goes along, so that a colleague's words are not written over.
#[component]
fn Finding(order: WorkOrderId, concern: Concern, typed: Option<Filled<FindingForm>>) -> impl IntoView {
    let id = concern.id();
    let saved = SavedFinding {
        cause: concern.cause,
        correction: concern.correction,
    };
    let filled = typed.unwrap_or_else(|| Filled::new(FindingForm::showing(&saved)));
    let fields = filled.fields();
    view! {
        <form class="form" method="post" action=format!("/my-jobs/{order}/concerns/{id}")>
            <Hidden of=fields.was_cause.holding(saved.cause)/>
            <Hidden of=fields.was_correction.holding(saved.correction)/>
            <TextArea of=fields.cause.label("Cause: what did you find?") id=format!("cause-{id}")/>
            <TextArea of=fields.correction.label("Correction: what did you do?") id=format!("correction-{id}")/>
            <SubmitButton label="Save" size=Size::Bay icon="check"/>
        </form>
    }
}

fn notes_view(notes: Vec<Note>, now: DateTime<Utc>, zone: Tz) -> impl IntoView {
    let items = notes
        .into_iter()
        .map(|note| {
            let meta = format!("{}, {}", note.by, locale().near(note.at, now, &zone));
            let public = (note.audience == Audience::Customer)
                .then(|| view! { <Badge label="Visible to customer" tone=Tone::Info/> });
            let calls = note
                .attention
                .then(|| view! { <Badge label="Needs attention" tone=Tone::Danger/> });
            view! { <li><p>{note.body}</p><p class="work-meta">{meta}" "{public}{calls}</p></li> }
        })
        .collect::<Vec<_>>();
    (!items.is_empty())
        .then(|| view! { <section><h3 class="work-label">"Notes"</h3><ul class="work-notes">{items}</ul></section> })
}

fn add_note_view(order: WorkOrderId, key: String, draft: Option<RejectedForm>) -> impl IntoView {
    let typed = match draft {
        Some(RejectedForm::Note(id, filled)) if id == order => Some(filled),
        _ => None,
    };
    let open = typed.is_some();
    let filled = typed.unwrap_or_else(|| Filled::default().keyed(&key));
    let (wrong, fields) = (filled.errors.at("audience"), filled.fields());
    view! {
        <details class="work-form work-note" open=open>
            <summary class="work-row"><span class="work-row-do"><Icon name="message-square"/>"Add a note"</span></summary>
            <form class="form" method="post" action=format!("/my-jobs/{order}/notes")>
                <Hidden of=fields.key/>
                <TextArea of=fields.body id=format!("note-{order}")/>
                <Checkbox of=fields.for_customer id=format!("for-customer-{order}")/>
                <Checkbox of=fields.attention id=format!("attention-{order}")/>
                {wrong.map(|text| view! { <p class="field-error"><Icon name="alert-circle"/>{text}</p> })}
                <SubmitButton label="Save note" size=Size::Bay icon="check"/>
            </form>
        </details>
    }
}

/// Closed by default: it is done.
pub(super) fn finished_today_view(finished: Vec<Finished>) -> impl IntoView {
    let count = finished.len();
    let rows = finished.into_iter().map(finished_row_view).collect::<Vec<_>>();
    (count > 0).then(|| {
        view! {
            <details class="card work-finished">
                <summary><Icon name="check-circle"/>{format!("Finished today ({count})")}<Icon name="chevron-down"/></summary>
                <ul>{rows}</ul>
            </details>
        }
    })
}

/// A slip of the finger is undone here.
fn finished_row_view(job: Finished) -> impl IntoView {
    let at = locale().time_at(job.finished_at, &job.zone);
    let again = job.resumable.then(|| {
        view! { <PostButton action=format!("/my-jobs/{}/jobs/{}/start", job.order, job.job) label="Reopen" size=Size::Bay icon="undo"/> }
    });
    view! {
        <li>
            <span class="work-meta">{at}</span>
            <span class="work-what"><strong>{job.title}</strong><span class="work-meta"><Unbroken text=job.mark/>" · "{job.number}</span></span>
            {again}
        </li>
    }
}

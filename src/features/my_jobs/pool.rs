//! The pool: approved work that nobody has, for whoever has a hand free.
use super::model::Free;
use super::selectors::MOST;
use crate::features::work_orders::{flag_badges_view, format};
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

pub(super) fn pool_view(pool: Vec<Free>, now: DateTime<Utc>) -> impl IntoView {
    let (count, more) = (pool.len(), pool.len() > MOST);
    let title = if more {
        format!("Available jobs (the {MOST} most urgent)")
    } else {
        format!("Available jobs ({count})")
    };
    let rows = pool
        .into_iter()
        .take(MOST)
        .map(|job| free_job_view(job, now))
        .collect::<Vec<_>>();
    (count > 0).then(|| {
        view! {
            <section class="stack" aria-label="Available jobs" id="free">
                <h2 class="work-day">{title}</h2>
                <ul class="card work-pool">{rows}</ul>
            </section>
        }
    })
}

fn free_job_view(job: Free, now: DateTime<Utc>) -> impl IntoView {
    let promise = format::promise(job.promised_at, true, now, locale(), job.zone)
        .map(|(tone, text)| view! { <Badge label=text tone icon="clock"/> });
    let mark = if job.plated {
        view! { <Plate text=job.mark/> }.into_any()
    } else {
        view! { <strong class="font-mono">{job.mark}</strong> }.into_any()
    };
    let action = format!("/my-jobs/{}/jobs/{}/take", job.order, job.job);
    view! {
        <li>
            <div class="work-what">
                <strong>{job.title}</strong>
                <span class="work-free">{mark}<span class="work-meta">{format!("{} · {}", job.asset, job.number)}</span></span>
                <span class="work-free">
                    {promise}
                    {job.waiting.then(|| view! { <Badge label="Waiting" tone=Tone::Info icon="user"/> })}
                    {flag_badges_view(job.flags)}
                </span>
            </div>
            <PostButton action label="Take" size=Size::Bay icon="hand"/>
        </li>
    }
}

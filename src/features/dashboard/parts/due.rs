//! Who is waited for next: everybody's promises, or a technician's own jobs.
use super::super::model::Due;
use crate::domain::order::{Phase, number_text};
use crate::kernel::Locale;
use crate::ui::prelude::{Badge, ButtonLink, Card, EmptyState, PhaseBadge, Plate, Tone, terms};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// A row, formatted at its branch's clock.
#[derive(Clone, Debug)]
pub(in super::super) struct DueRow {
    href: String,
    number: String,
    phase: Phase,
    waiting: bool,
    plate: String,
    asset: String,
    about: String,
    time: String,
    day: String,
    tone: Tone,
}

impl DueRow {
    pub(crate) fn new(due: Due, now: DateTime<Utc>, locale: Locale, zone: Tz) -> Self {
        let (time, day) = due.promised_at.map_or_else(
            || ("–".to_owned(), "no promise".to_owned()),
            |at| time_and_distance(at, now, locale, zone),
        );
        Self {
            href: format!("/work-orders/{}", due.id),
            number: number_text(&due.branch_code, due.number),
            tone: urgency(due.promised_at, due.phase, now),
            phase: due.phase,
            waiting: due.waiting,
            plate: due.plate,
            asset: due.asset,
            about: due.about,
            time,
            day,
        }
    }
}

/// `16:30` and how far away that is.
fn time_and_distance(at: DateTime<Utc>, now: DateTime<Utc>, locale: Locale, zone: Tz) -> (String, String) {
    let (day, today) = (
        at.with_timezone(&zone).date_naive(),
        now.with_timezone(&zone).date_naive(),
    );
    let away = at - now;
    let far = match (day - today).num_days() {
        _ if away < TimeDelta::zero() => format!("{} late", span(-away)),
        0 if away < TimeDelta::hours(6) => format!("in {}", span(away)),
        1 if away < TimeDelta::hours(2) => format!("in {}", span(away)),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..7 => locale.weekday(day),
        _ => locale.day_of_year(day),
    };
    (locale.time_at(at, &zone), far)
}

fn span(time: TimeDelta) -> String {
    match (time.num_days(), time.num_hours(), time.num_minutes()) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) if minutes % 60 == 0 || hours >= 3 => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {} min", minutes % 60),
        (1, ..) => "1 day".to_owned(),
        (days, ..) => format!("{days} days"),
    }
}

/// Red when late, amber within the hour.
fn urgency(at: Option<DateTime<Utc>>, phase: Phase, now: DateTime<Utc>) -> Tone {
    match at {
        Some(at) if at < now && phase != Phase::Ready => Tone::Danger,
        Some(at) if at - now <= TimeDelta::hours(1) && at >= now => Tone::Warning,
        _ => Tone::Neutral,
    }
}

/// The list, its way on, or why it is empty.
pub(in super::super) fn due_card_view(
    rows: Vec<DueRow>,
    mine: bool,
    open: i64,
    may_create: bool,
) -> impl IntoView {
    let title = if mine { "Your jobs" } else { "Due next" };
    if rows.is_empty() {
        return view! { <Card title=title><Nothing mine open may_create/></Card> }.into_any();
    }
    let (href, label) = if mine {
        ("/my-jobs", "All your jobs")
    } else {
        ("/board", "To the board")
    };
    let rows = rows.into_iter().map(|row| view! { <Item row/> }).collect_view();
    view! {
        <Card title=title flush=true actions=move || view! { <a class="link-quiet" href=href>{label}</a> }>
            <ul class="due-list">{rows}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Nothing(mine: bool, open: i64, may_create: bool) -> impl IntoView {
    if mine {
        return view! { <EmptyState icon="check-circle" title="No jobs assigned" text="Jobs assigned to you show here."/> }.into_any();
    }
    if open > 0 {
        return view! { <EmptyState icon="clock" title="Nothing due" text=terms().say("No open work order has a promised time.")/> }.into_any();
    }
    let start = may_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus"/> });
    view! { <EmptyState icon="clock" title="Nothing due" text=terms().say("Open work orders show here by promised time.")>{start}</EmptyState> }.into_any()
}

#[component]
fn Item(row: DueRow) -> impl IntoView {
    let sub = [row.number, row.asset, row.about]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li>
            <a class="due" href=row.href>
                <span class=format!("due-time {}", row.tone.class())>
                    <strong>{row.time}</strong>
                    <small>{row.day}</small>
                </span>
                <span class="due-what">
                    <span class="due-head">
                        <Plate text=row.plate/>
                        {row.waiting.then(|| view! { <Badge label="Waiting" tone=Tone::Info icon="user"/> })}
                    </span>
                    <small>{sub}</small>
                </span>
                <PhaseBadge label=row.phase.label() tone=row.phase.tone()/>
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_says_how_far_away_it_is() {
        let now: DateTime<Utc> = "2026-11-21T09:00:00Z".parse().expect("a time");
        let far = |minutes: i64| {
            time_and_distance(
                now + TimeDelta::minutes(minutes),
                now,
                Locale::NEUTRAL,
                chrono_tz::Europe::Berlin,
            )
            .1
        };
        assert_eq!(far(-130), "2 h 10 min late");
        assert_eq!(far(-2_900), "2 days late");
        assert_eq!(far(40), "in 40 min");
        assert_eq!(far(200), "in 3 h");
        assert_eq!(far(420), "today");
        assert_eq!(far(1_000), "tomorrow");
        assert_eq!(far(3_000), "Monday");
        assert_eq!(
            time_and_distance(now, now, Locale::NEUTRAL, chrono_tz::Europe::Berlin).0,
            "10:00"
        );
    }
}

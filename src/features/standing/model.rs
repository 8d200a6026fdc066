//! What people are told about how their workshop stands.
use crate::kernel::time::day_words;
use crate::kernel::{OrgState, Role};
use crate::server::db::tenant::Session;
use crate::ui::layout::{Banner, NavItem};
use crate::ui::tone::Tone;
use chrono::{DateTime, TimeDelta, Utc};

/// A trial is mentioned when it ends this soon.
const SOON: TimeDelta = TimeDelta::days(7);

/// `21 Nov 2026`, on the workshop's own calendar.
pub(super) fn day(session: &Session, at: DateTime<Utc>) -> String {
    day_words(at.with_timezone(&session.zone()).date_naive())
}

/// The line above every page, where there is something to say.
pub fn banner(session: &Session, now: DateTime<Utc>) -> Option<Banner> {
    let until = session.state_until.map(|at| day(session, at));
    let until = until.as_deref().unwrap_or("soon");
    let (tone, text) = match session.state {
        OrgState::Trial if session.state_until.is_some_and(|end| end - now <= SOON) => {
            (Tone::Info, format!("Your trial ends on {until}."))
        }
        OrgState::PastDue => {
            let what = if session.on_trial {
                "Your trial has ended"
            } else {
                "Your payment is overdue"
            };
            (
                Tone::Warning,
                format!("{what}. From {until} on, the workshop is read-only."),
            )
        }
        OrgState::ReadOnly if session.cancelled_at.is_some() => (
            Tone::Danger,
            format!("This workshop left Gantry and is read-only. It will be locked on {until}."),
        ),
        OrgState::ReadOnly => (
            Tone::Danger,
            format!("This workshop is read-only: nothing can be saved. It will be locked on {until}."),
        ),
        OrgState::Locked => (
            Tone::Danger,
            "This workshop is locked. You can still download everything.".to_owned(),
        ),
        _ => return None,
    };
    Some(Banner {
        tone,
        text,
        action: Some(("/standing".to_owned(), "Learn more".to_owned())),
        post: None,
    })
}

/// Where an owner can go in a locked workshop.
pub fn navigation(active: &str) -> Vec<NavItem> {
    [
        ("/standing", "Subscription", "info"),
        ("/settings/data", "Your data", "download"),
        ("/settings/leave", "Leave", "log-out"),
    ]
    .into_iter()
    .map(|(href, label, icon)| NavItem::new(href, label, icon).active(href == active))
    .collect()
}

/// Title and words of the page about it.
pub(super) fn words(session: &Session) -> (&'static str, Vec<String>) {
    let until = session.state_until.map(|at| day(session, at));
    let until = until.as_deref().unwrap_or("some later day");
    match session.state {
        OrgState::Trial => (
            "You are on trial",
            vec![
                format!("Everything works, free of charge, until {until}."),
                "Then a week follows in which everything still works, and after it sixty days in which everything can be read and downloaded."
                    .to_owned(),
            ],
        ),
        OrgState::Active => (
            "Active",
            match session.state_until {
                Some(_) => vec![format!("The workshop is paid for until {until}.")],
                None => vec!["The workshop is paid for.".to_owned()],
            },
        ),
        OrgState::PastDue => (
            if session.on_trial { "Your trial has ended" } else { "A payment is overdue" },
            vec![format!("Everything works until {until}. From then on the workshop is read-only: everything can be read and downloaded, nothing can be saved.")],
        ),
        OrgState::ReadOnly if session.cancelled_at.is_some() => (
            "This workshop left Gantry",
            vec![
                format!("Until {until} everybody can read everything, and an owner can download it or come back."),
                "Then the workshop is locked: only its owners get in, to download everything.".to_owned(),
            ],
        ),
        OrgState::ReadOnly => (
            "The workshop is read-only",
            vec![
                "It was not paid for. Everything can be read and downloaded, nothing can be saved.".to_owned(),
                format!("On {until} it will be locked: only its owners get in then, to download everything."),
            ],
        ),
        OrgState::Locked => (
            "The workshop is locked",
            vec![if session.role == Role::Owner {
                "Its data is kept. You can download all of it here.".to_owned()
            } else {
                "Its data is kept. Ask an owner of the workshop.".to_owned()
            }],
        ),
        OrgState::Suspended => (
            "The workshop was suspended",
            vec!["Nobody can work in it for the time being. Its data is kept.".to_owned()],
        ),
    }
}

/// The colour of a state.
pub(super) fn tone(state: OrgState) -> Tone {
    match state {
        OrgState::Trial => Tone::Info,
        OrgState::Active => Tone::Success,
        OrgState::PastDue => Tone::Warning,
        OrgState::ReadOnly | OrgState::Locked | OrgState::Suspended => Tone::Danger,
    }
}

//! The sentences about the state of a workshop's subscription.
use crate::kernel::OrgState;
use crate::server::db::tenant::Session;
use crate::ui::layout::Banner;
use crate::ui::tone::Tone;
use chrono::{DateTime, TimeDelta, Utc};

/// A trial is mentioned when it ends this soon.
const SOON: TimeDelta = TimeDelta::days(7);

/// On the workshop's own calendar.
pub(super) fn day(session: &Session, at: DateTime<Utc>) -> String {
    session.locale().day_at(at, &session.zone())
}

/// The line above every page, where there is something to say.
pub(super) fn banner(session: &Session, now: DateTime<Utc>) -> Option<Banner> {
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
                format!("{what}. The workshop becomes read-only on {until}."),
            )
        }
        OrgState::ReadOnly if session.cancelled_at.is_some() => (
            Tone::Danger,
            format!("This workshop left Gantry and is read-only. It locks on {until}."),
        ),
        OrgState::ReadOnly => (
            Tone::Danger,
            format!("This workshop is read-only: nothing can be saved. It locks on {until}."),
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

/// Title and words of the page about it.
pub(super) fn words(session: &Session) -> (&'static str, Vec<String>) {
    let until = session.state_until.map(|at| day(session, at));
    let until = until.as_deref().unwrap_or("a later date");
    match session.state {
        OrgState::Trial => (
            "You are on trial",
            vec![
                format!("Free until {until}."),
                "After that, everything still works for a week. Then the workshop is read-only for 60 days: you can view and download everything."
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
            vec![format!("Everything works until {until}. After that the workshop is read-only: you can view and download everything, but save nothing.")],
        ),
        OrgState::ReadOnly if session.cancelled_at.is_some() => (
            "This workshop left Gantry",
            vec![
                format!("Until {until} everyone can view everything, and an owner can download it or come back."),
                "After that the workshop is locked: only owners can sign in, to download everything.".to_owned(),
            ],
        ),
        OrgState::ReadOnly => (
            "The workshop is read-only",
            vec![
                "Payment is missing. You can view and download everything, but save nothing.".to_owned(),
                format!("It locks on {until}. After that only owners can sign in, to download everything."),
            ],
        ),
        OrgState::Locked => (
            "The workshop is locked",
            vec![if session.is_owner() {
                "Your data is kept. You can download all of it here.".to_owned()
            } else {
                "Your data is kept. Ask an owner of the workshop.".to_owned()
            }],
        ),
        OrgState::Suspended => (
            "The workshop was suspended",
            vec!["No one can work in it for now. Your data is kept.".to_owned()],
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

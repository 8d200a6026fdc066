//! What the trail keeps of a change: both states, by the names that people read.
use serde_json::Value;

/// Events whose sentence is all that there is to tell.
const WITHOUT_STATES: &[(&str, &str)] = &[
    ("data.exported", "something leaves, nothing changes"),
    ("document.printed", "something leaves, nothing changes"),
    ("work_order.sheet_mailed", "something leaves, nothing changes"),
    ("session.opened", "the log of sign-ins has where from and how"),
    ("session.closed", "the log of sign-ins has where from and how"),
    (
        "session.ended_elsewhere",
        "the log of sign-ins has where from and how",
    ),
    ("password.changed", "both states are secrets"),
    ("password.reset", "both states are secrets"),
];

/// What is missing of an event that has to hold both states.
pub(super) fn missing(action: &str, detail: Option<&Value>) -> Option<String> {
    let excused = WITHOUT_STATES.iter().any(|(known, _)| *known == action);
    let state = |name| detail?.get(name)?.as_object();
    let differ = state("before")
        .zip(state("after"))
        .is_some_and(|(before, after)| before != after);
    match (differ, excused) {
        (true, true) => Some(format!(
            "{action} holds both states: take it off `audit_coverage::states::WITHOUT_STATES`"
        )),
        (false, false) => Some(format!(
            "{action} does not say what was there before and after: give its event `field`, `changed` or `created`"
        )),
        _ => None,
    }
}

//! What every owner is told about leaving.
use crate::server::mail::{Letter, Target};

/// The workshop left; `locked_on` is the last day to come back, where it was not locked before.
pub(super) fn left(workshop: &str, who: &str, locked_on: Option<&str>) -> Letter {
    let after = match locked_on {
        Some(day) => format!(
            "Until {day} everyone in the workshop can still view everything, and every owner can download it or come back. \
             After that only owners can sign in, to download everything."
        ),
        None => "The workshop stays locked: only owners can sign in, to download everything.".to_owned(),
    };
    Letter::ours(format!("{workshop} left Gantry"))
        .say(format!(
            "{who} ended the subscription of {workshop}. You will not be charged again."
        ))
        .say(after)
        .button("Download everything", Target::Page("/settings/data".to_owned()))
}

/// It came back.
pub(super) fn came_back(workshop: &str, who: &str) -> Letter {
    Letter::ours(format!("{workshop} is back"))
        .say(format!(
            "{who} reactivated the subscription of {workshop}. Everything is as it was before."
        ))
        .button("Open the workshop", Target::Page("/dashboard".to_owned()))
}

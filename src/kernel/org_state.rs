//! How a workshop stands with us, and what that leaves of everybody's rights. When it stands how is decided by one function of the
//! database (`auth.standing`), which knows the dates.
use super::{AppError, Conflict, Role, text_enum};

text_enum! {
    /// From the best to the worst.
    pub enum OrgState {
        /// The first thirty days.
        Trial = "trial", "Trial";
        Active = "active", "Active";
        /// Not paid for a few days: everything works, with a warning.
        PastDue = "past_due", "Past due";
        /// Not paid for longer, or its owner left: everything is there to read and to take along.
        ReadOnly = "read_only", "Read-only";
        /// Not paid for long: its owner takes their data along, nobody else comes in.
        Locked = "locked", "Locked";
        /// Stopped by us.
        Suspended = "suspended", "Suspended";
    }
}

/// Rights that write where nothing else is written any more: one's own account, what is in view, putting people and tablets out, taking
/// along, leaving, ending the access of our support, and the log of prints.
const WHILE_READ_ONLY: [&str; 9] = [
    "DismissMembers",
    "RetireTablets",
    "SeeStanding",
    "KeepAccount",
    "MoveAround",
    "TakeData",
    "LeaveGantry",
    "GrantSupport",
    "PrintDocuments",
];
/// What is left to the owner of a locked workshop.
const WHILE_LOCKED: [&str; 4] = ["SeeStanding", "MoveAround", "TakeData", "LeaveGantry"];
/// What is left to everybody else, and to everybody when we suspended the workshop: the page that says so, and the way to another workshop.
const ALWAYS: [&str; 2] = ["SeeStanding", "MoveAround"];

impl OrgState {
    /// Whether a right may be used now: the one place that decides for every page, form and server function.
    ///
    /// # Errors
    /// `Closed` where the workshop cannot be entered for it, `ReadOnly` where it can, but not to write.
    pub fn admit(self, right: &str, writes: bool, role: Role) -> Result<(), AppError> {
        match self {
            Self::Trial | Self::Active | Self::PastDue => Ok(()),
            Self::ReadOnly if writes && !WHILE_READ_ONLY.contains(&right) => Err(Conflict::ReadOnly.into()),
            Self::ReadOnly => Ok(()),
            Self::Locked if role == Role::Owner && WHILE_LOCKED.contains(&right) => Ok(()),
            Self::Locked | Self::Suspended if ALWAYS.contains(&right) => Ok(()),
            Self::Locked | Self::Suspended => Err(AppError::Closed(self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::permission::RIGHTS;

    #[test]
    fn the_worse_a_workshop_stands_the_less_is_admitted() {
        for right in RIGHTS {
            for role in Role::ALL {
                for writes in [false, true] {
                    let admitted = OrgState::ALL.map(|state| state.admit(right.name, writes, role).is_ok());
                    let falls = admitted.windows(2).all(|pair| pair[0] || !pair[1]);
                    assert!(falls, "{} for {role:?}: {admitted:?}", right.name);
                }
            }
        }
    }

    #[test]
    fn every_excepted_right_is_one_of_the_matrix() {
        let names = WHILE_READ_ONLY.iter().chain(&WHILE_LOCKED).chain(&ALWAYS);
        for name in names {
            assert!(RIGHTS.iter().any(|right| right.name == *name), "{name}");
        }
    }
}

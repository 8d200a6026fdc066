//! The words of a work order, as the database, the screen and the browser's part share them.
use crate::ui::tone::Tone;
use serde::{Deserialize, Serialize};

/// An enum whose variants are words of the database, with the label a person reads.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text"))]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] #[cfg_attr(feature = "ssr", sqlx(rename = $word))] $variant,)+
        }

        impl $name {
            /// In the order in which a screen offers them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As the database and forms write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// As a person reads it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }
            /// Value and label of each, for a select.
            pub fn options() -> Vec<(String, String)> {
                Self::ALL.iter().map(|word| (word.name().to_owned(), word.label().to_owned())).collect()
            }
        }
    };
}

words! {
    /// Where a work order stands. It moves only along [`Phase::next`]; the database has the same table.
    Phase {
        Received "received" "Received";
        Diagnosing "diagnosing" "Diagnosing";
        AwaitingApproval "awaiting_approval" "Awaiting approval";
        Approved "approved" "Approved";
        WaitingForParts "waiting_for_parts" "Waiting for parts";
        InProgress "in_progress" "In progress";
        QualityCheck "quality_check" "Quality check";
        Ready "ready" "Ready";
        Delivered "delivered" "Delivered";
        Cancelled "cancelled" "Cancelled";
    }
}

impl Phase {
    /// Where it may go from here, the usual way first. Equal to the table `app.phase_moves` (a test compares).
    pub const fn next(self) -> &'static [Self] {
        use Phase::*;
        match self {
            Received => &[Diagnosing, AwaitingApproval, Approved, Cancelled],
            Diagnosing => &[AwaitingApproval, Approved, Cancelled],
            AwaitingApproval => &[Approved, Diagnosing, Ready, Cancelled],
            Approved => &[InProgress, WaitingForParts, Cancelled],
            InProgress => &[QualityCheck, Ready, WaitingForParts, AwaitingApproval],
            WaitingForParts => &[InProgress, AwaitingApproval, Cancelled],
            QualityCheck => &[Ready, InProgress],
            Ready => &[Delivered, InProgress],
            Delivered | Cancelled => &[],
        }
    }

    pub fn may_move(self, to: Self) -> bool {
        self.next().contains(&to)
    }

    /// Whether a move has to say why: a cancellation and a failed quality check.
    pub const fn needs_reason(self, to: Self) -> bool {
        matches!(
            (self, to),
            (_, Self::Cancelled) | (Self::QualityCheck, Self::InProgress)
        )
    }

    /// Whether the customer's word is all that an order waits for. A diagnosis goes on after its own approval.
    pub const fn waits_for_word(self) -> bool {
        matches!(self, Self::Received | Self::AwaitingApproval)
    }

    /// Delivered and cancelled are final.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Delivered | Self::Cancelled)
    }

    /// Whether a promised time can still be missed: ready is kept.
    pub const fn is_due(self) -> bool {
        self.is_open() && !matches!(self, Self::Ready)
    }

    /// The open phases, in the order of a board's columns.
    pub fn open() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|phase| phase.is_open())
    }

    pub const fn tone(self) -> Tone {
        match self {
            Self::Received | Self::Cancelled => Tone::Neutral,
            Self::Diagnosing | Self::InProgress => Tone::Info,
            Self::AwaitingApproval => Tone::Warning,
            Self::Approved => Tone::Teal,
            Self::WaitingForParts => Tone::Violet,
            Self::QualityCheck => Tone::Pink,
            Self::Ready => Tone::Success,
            Self::Delivered => Tone::Neutral,
        }
    }

    /// What a button that moves there says.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Received => "Receive",
            Self::Diagnosing => "Start diagnosis",
            Self::AwaitingApproval => "Ask for approval",
            Self::Approved => "Mark approved",
            Self::WaitingForParts => "Wait for parts",
            Self::InProgress => "Start work",
            Self::QualityCheck => "To quality check",
            Self::Ready => "Mark ready",
            Self::Delivered => "Hand over",
            Self::Cancelled => "Cancel work order",
        }
    }

    pub const fn icon(self) -> &'static str {
        match self {
            Self::Received => "inbox",
            Self::Diagnosing => "scan",
            Self::AwaitingApproval => "clock",
            Self::Approved => "check-circle",
            Self::WaitingForParts => "package",
            Self::InProgress => "wrench",
            Self::QualityCheck => "clipboard-check",
            Self::Ready => "flag",
            Self::Delivered => "key",
            Self::Cancelled => "ban",
        }
    }
}

words! {
    /// What a line sells.
    LineKind {
        Labor "labor" "Labor";
        Part "part" "Part";
        Sublet "sublet" "Sublet";
        Fee "fee" "Fee";
        /// Its amount is taken off.
        Discount "discount" "Discount";
        /// Words only: no amount.
        Text "text" "Text";
    }
}

words! {
    /// The customer's word on a job.
    JobDecision {
        Open "open" "Undecided";
        Approved "approved" "Approved";
        Declined "declined" "Declined";
    }
}

impl JobDecision {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Open => Tone::Warning,
            Self::Approved => Tone::Success,
            Self::Declined => Tone::Danger,
        }
    }
}

words! {
    /// How far a job's work is.
    WorkState {
        NotStarted "not_started" "Not started";
        Started "started" "Started";
        Finished "finished" "Finished";
    }
}

impl WorkState {
    pub const fn tone(self) -> Tone {
        match self {
            Self::NotStarted => Tone::Neutral,
            Self::Started => Tone::Info,
            Self::Finished => Tone::Success,
        }
    }
}

words! {
    /// Who pays for a job. Internal and warranty work needs no customer's approval.
    Payer {
        Customer "customer" "Customer";
        Internal "internal" "Internal";
        Warranty "warranty" "Warranty";
    }
}

words! {
    /// How the customer told the decision.
    DecisionMethod {
        Phone "phone" "By phone";
        InPerson "in_person" "In person";
        Text "text" "By text message";
        Email "email" "By e-mail";
    }
}

words! {
    /// Who may read a note.
    Audience {
        Internal "internal" "Internal";
        Customer "customer" "For the customer";
    }
}

words! {
    /// When on an order a meter was read.
    OdometerPoint {
        In "in" "In";
        Out "out" "Out";
    }
}

/// Whether a job may be worked on: approved, or paid by the workshop or a warranty.
pub const fn authorized(payer: Payer, decision: JobDecision) -> bool {
    match decision {
        JobDecision::Approved => true,
        JobDecision::Declined => false,
        JobDecision::Open => !matches!(payer, Payer::Customer),
    }
}

/// `B1-1042`: what people call a work order.
pub fn number_text(branch_code: &str, number: i64) -> String {
    format!("{branch_code}-{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_phases_lead_nowhere_and_every_other_leads_on() {
        for phase in Phase::ALL {
            assert_eq!(phase.next().is_empty(), !phase.is_open(), "{phase:?}");
            assert!(!phase.may_move(*phase), "{phase:?}");
        }
    }

    #[test]
    fn a_word_survives_its_name() {
        for phase in Phase::ALL {
            assert_eq!(Phase::parse(phase.name()), Some(*phase));
            assert_eq!(
                serde_json::to_string(phase).ok(),
                Some(format!("\"{}\"", phase.name()))
            );
        }
        assert_eq!(LineKind::parse("parts"), None);
    }

    #[test]
    fn only_the_customers_own_money_waits_for_the_customer() {
        assert!(!authorized(Payer::Customer, JobDecision::Open));
        assert!(authorized(Payer::Warranty, JobDecision::Open));
        assert!(!authorized(Payer::Internal, JobDecision::Declined));
    }
}

//! The colours and icons of the business's words.
use super::tone::Tone;
use crate::domain::billing::InvoiceState;
use crate::domain::order::{JobDecision, Phase, WorkState};

impl Phase {
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

impl JobDecision {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Open => Tone::Warning,
            Self::Approved => Tone::Success,
            Self::Declined => Tone::Danger,
        }
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

impl InvoiceState {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Draft | Self::Void => Tone::Neutral,
            Self::Open => Tone::Info,
            Self::PartPaid => Tone::Warning,
            Self::Overdue => Tone::Danger,
            Self::Paid => Tone::Success,
            Self::CreditNote => Tone::Violet,
        }
    }
}

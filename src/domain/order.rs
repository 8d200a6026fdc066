//! The words of a work order, as the database, the screen and the browser's part share them.
use crate::kernel::text_enum;

text_enum! {
    /// Where a work order stands. It moves only along [`Phase::next`]; the database has the same table.
    pub enum Phase {
        Received = "received", "Received";
        Diagnosing = "diagnosing", "Diagnosing";
        AwaitingApproval = "awaiting_approval", "Awaiting approval";
        Approved = "approved", "Approved";
        WaitingForParts = "waiting_for_parts", "Waiting for parts";
        InProgress = "in_progress", "In progress";
        QualityCheck = "quality_check", "Quality check";
        Ready = "ready", "Ready";
        Delivered = "delivered", "Delivered";
        Cancelled = "cancelled", "Cancelled";
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
        Self::ALL.into_iter().filter(|phase| phase.is_open())
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
}

text_enum! {
    /// What a line sells.
    pub enum LineKind in { "lines.kind", "invoice_lines.kind" } {
        Labor = "labor", "Labor";
        Part = "part", "Part";
        Sublet = "sublet", "Sublet";
        Fee = "fee", "Fee";
        /// Its amount is taken off.
        Discount = "discount", "Discount";
        /// Words only: no amount.
        Text = "text", "Text";
    }
}

text_enum! {
    /// The customer's word on a job.
    pub enum JobDecision in { "jobs.decision", "authorizations.decision" without [Open] } {
        Open = "open", "Undecided";
        Approved = "approved", "Approved";
        Declined = "declined", "Declined";
    }
}

text_enum! {
    /// How far a job's work is.
    pub enum WorkState in { "jobs.work_state" } {
        NotStarted = "not_started", "Not started";
        Started = "started", "Started";
        Finished = "finished", "Finished";
    }
}

text_enum! {
    /// Who pays for a job. Internal and warranty work needs no customer's approval.
    pub enum Payer in { "jobs.payer" } {
        Customer = "customer", "Customer";
        Internal = "internal", "Internal";
        Warranty = "warranty", "Warranty";
    }
}

text_enum! {
    /// How the customer told the decision.
    pub enum DecisionMethod in { "authorizations.method" } {
        Phone = "phone", "By phone";
        InPerson = "in_person", "In person";
        Text = "text", "By text message";
        Email = "email", "By e-mail";
    }
}

text_enum! {
    /// Who may read a note.
    pub enum Audience in { "notes.audience" } {
        Internal = "internal", "Internal";
        Customer = "customer", "For the customer";
    }
}

text_enum! {
    /// When on an order a meter was read.
    pub enum OdometerPoint {
        In = "in", "In";
        Out = "out", "Out";
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

/// Whether a job is the customer's to pay: approved, and nobody else pays for it. In SQL: `app.chargeable`.
pub const fn chargeable(payer: Payer, decision: JobDecision) -> bool {
    matches!((payer, decision), (Payer::Customer, JobDecision::Approved))
}

/// `B1-1042`: what people call a work order.
pub fn number_text(branch_code: &str, number: i64) -> String {
    format!("{branch_code}-{number}")
}

/// `“Brakes”, “Oil”`
pub fn named(titles: &[String]) -> String {
    let quoted: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_phases_lead_nowhere_and_every_other_leads_on() {
        for phase in Phase::ALL {
            assert_eq!(phase.next().is_empty(), !phase.is_open(), "{phase:?}");
            assert!(!phase.may_move(phase), "{phase:?}");
        }
    }

    #[test]
    fn a_word_survives_its_name() {
        for phase in Phase::ALL {
            assert_eq!(Phase::parse(phase.name()), Some(phase));
            assert_eq!(
                serde_json::to_string(&phase).ok(),
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

//! Who may do what: the whole matrix on one screen, used by the pages to hide and by the server to refuse.
use serde::{Deserialize, Serialize};

/// A member's role in one organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Manager,
    Receptionist,
    Technician,
    Accountant,
}

impl Role {
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::Manager,
        Self::Receptionist,
        Self::Technician,
        Self::Accountant,
    ];

    /// As the database and a person read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Receptionist => "receptionist",
            Self::Technician => "technician",
            Self::Accountant => "accountant",
        }
    }
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Manager => "Manager",
            Self::Receptionist => "Receptionist",
            Self::Technician => "Technician",
            Self::Accountant => "Accountant",
        }
    }
}

/// What an owner can switch per role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switches {
    pub technicians_create: bool,
    pub receptionists_take_payments: bool,
}

/// A right, as a type: holding `Scope<P>` proves that the member has it.
pub trait Permission: Send + Sync + 'static {
    const NAME: &'static str;
    /// "You do not have the right to …"
    const DEED: &'static str;
    fn granted_to(role: Role, switches: Switches) -> bool;
}

/// One line of the matrix, for screens and tests.
#[derive(Clone, Copy)]
pub struct Right {
    pub name: &'static str,
    pub deed: &'static str,
    pub granted_to: fn(Role, Switches) -> bool,
}

macro_rules! permissions {
    ($($name:ident $deed:literal => $($role:ident)|+ $(, $switched:ident if $switch:ident)?;)*) => {
        $(
            #[doc = concat!("The right to ", $deed, ".")]
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            impl Permission for $name {
                const NAME: &'static str = stringify!($name);
                const DEED: &'static str = $deed;
                fn granted_to(role: Role, switches: Switches) -> bool {
                    let _ = switches;
                    matches!(role, $(Role::$role)|+) $(|| (matches!(role, Role::$switched) && switches.$switch))?
                }
            }
        )*
        /// The matrix, in the order of the menu.
        pub const RIGHTS: &[Right] = &[$(Right { name: $name::NAME, deed: $name::DEED, granted_to: $name::granted_to }),*];
    };
}

permissions! {
    UseWorkshop      "use this workshop"                  => Owner | Manager | Receptionist | Technician | Accountant;
    ViewCustomers    "see customers and their vehicles"   => Owner | Manager | Receptionist | Accountant, Technician if technicians_create;
    EditCustomers    "create and edit customers"          => Owner | Manager | Receptionist, Technician if technicians_create;
    ViewWorkOrders   "see work orders"                    => Owner | Manager | Receptionist | Technician | Accountant;
    CreateWorkOrders "create work orders"                 => Owner | Manager | Receptionist, Technician if technicians_create;
    EditWorkOrders   "price and edit work orders"         => Owner | Manager | Receptionist;
    AssignTechnicians "assign technicians"                => Owner | Manager;
    RecordWork       "record diagnosis and work"          => Owner | Manager | Technician;
    WriteNotes       "write notes"                        => Owner | Manager | Receptionist | Technician;
    MoveWorkOrders   "move work orders"                   => Owner | Manager | Receptionist | Technician;
    OverridePhase    "override what a phase asks for"     => Owner | Manager;
    RecordDecisions  "record a customer's decision"       => Owner | Manager | Receptionist;
    HandOver         "hand vehicles over"                 => Owner | Manager | Receptionist;
    ViewInvoices     "see invoices and payments"          => Owner | Manager | Receptionist | Accountant;
    IssueInvoices    "create, post and credit invoices"   => Owner | Manager | Accountant;
    RecordPayments   "record payments"                    => Owner | Manager | Accountant, Receptionist if receptionists_take_payments;
    ReversePayments  "reverse payments"                   => Owner | Manager | Accountant;
    ViewFigures      "see the workshop's figures"         => Owner | Manager | Accountant;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_technician_never_bills_and_a_switch_opens_exactly_its_right() {
        let off = Switches::default();
        let on = Switches {
            technicians_create: true,
            receptionists_take_payments: true,
        };
        assert!(!IssueInvoices::granted_to(Role::Technician, on));
        assert!(!CreateWorkOrders::granted_to(Role::Technician, off));
        assert!(CreateWorkOrders::granted_to(Role::Technician, on));
        assert!(!RecordPayments::granted_to(Role::Receptionist, off));
        assert!(RecordPayments::granted_to(Role::Receptionist, on));
    }

    #[test]
    fn an_owner_has_every_right() {
        assert!(
            RIGHTS
                .iter()
                .all(|right| (right.granted_to)(Role::Owner, Switches::default()))
        );
    }
}

//! Who may do what: the whole matrix on one screen, used by the pages to hide and by the server to refuse.
use super::text_enum;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

text_enum! {
    /// A member's role in one organization.
    pub enum Role in {
        "members.role", "invites.role", "member_branches.role" without [Owner], "announcement_addresses.of_role", "custom_roles.base_role" without [Owner],
        "role_rights.role" without [Owner],
    } {
        Owner = "owner", "Owner";
        Manager = "manager", "Manager";
        Receptionist = "receptionist", "Receptionist";
        Technician = "technician", "Technician";
        Accountant = "accountant", "Accountant";
        /// Sees what a manager sees and changes nothing.
        Viewer = "viewer", "Viewer";
    }
}

/// What an owner can switch per role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgPolicy {
    pub technicians_create: bool,
    pub receptionists_take_payments: bool,
}

/// Where a role of a workshop departs from its preset, by the right's name.
pub type RightOverrides = BTreeMap<String, bool>;

/// Whether a right asks for the password again, unless it was given on this session a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepUp {
    /// Being signed in is enough.
    Never,
    /// To change something.
    Writes,
    /// Also to read: what leaves by a download.
    Always,
}

impl StepUp {
    pub fn asks(self, writes: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Writes => writes,
            Self::Always => true,
        }
    }
}

/// A right, as a type: holding `Scope<P>` proves that the member has it.
pub trait Permission: Send + Sync + 'static {
    const NAME: &'static str;
    /// "You do not have the right to …"
    const ACTION: &'static str;
    /// Sensitive rights want to know again who is there.
    const STEP_UP: StepUp = StepUp::Never;
    /// What the preset says.
    fn granted_to(role: Role, switches: OrgPolicy) -> bool;
    /// Its line of the matrix.
    const RIGHT: Right = Right {
        name: Self::NAME,
        action: Self::ACTION,
        granted_to: Self::granted_to,
    };
}

/// Rights that no switch touches: nobody could come in, keep their account or be told how things stand without the first four, the next
/// would let its holder take every other, and the rest is between the workshop's owner and us.
pub const FIXED: [&str; 8] = [
    "UseWorkshop",
    "KeepAccount",
    "SeeStanding",
    "MoveAround",
    "ManageRoles",
    "TakeData",
    "LeaveGantry",
    "GrantSupport",
];

/// Rights over what belongs to no branch: somebody whose role differs by branch has them where every one of their roles gives them. All
/// other rights hold for a row by the role in the row's branch.
pub const ORG_WIDE: [&str; 12] = [
    "ManageMembers",
    "DismissMembers",
    "ManageRoles",
    "ManageBranches",
    "ManageWorkshop",
    "ManageLabels",
    "ManageTablets",
    "RetireTablets",
    "ViewTrails",
    "TakeData",
    "LeaveGantry",
    "GrantSupport",
];

/// What one of us may do in a workshop that lets our support look: read, and nothing that leaves or that only an owner sees.
pub const SUPPORT: [&str; 8] = [
    "UseWorkshop",
    "SeeStanding",
    "MoveAround",
    "ViewCustomers",
    "ViewWorkOrders",
    "ViewAllOrders",
    "ViewInvoices",
    "ViewFigures",
];

/// Owners keep every right, fixed rights stay as they are, everything else is the owner's to decide.
fn holds(name: &str, preset: bool, role: Role, departures: &RightOverrides) -> bool {
    if role == Role::Owner || FIXED.contains(&name) {
        return preset;
    }
    departures.get(name).copied().unwrap_or(preset)
}

/// One line of the matrix, for screens and tests.
#[derive(Clone, Copy)]
pub struct Right {
    pub name: &'static str,
    pub action: &'static str,
    pub granted_to: fn(Role, OrgPolicy) -> bool,
}

impl Right {
    pub fn find(name: &str) -> Option<&'static Self> {
        RIGHTS.iter().find(|right| right.name == name)
    }
    /// Whether an owner may give or take it.
    pub fn switchable(&self) -> bool {
        !FIXED.contains(&self.name)
    }
    /// Whether it is about the organization rather than a branch's rows.
    pub fn is_org_wide(&self) -> bool {
        ORG_WIDE.contains(&self.name)
    }
    /// What the preset says unless the organization's owner decided otherwise.
    pub fn held_by(&self, role: Role, switches: OrgPolicy, departures: &RightOverrides) -> bool {
        holds(self.name, (self.granted_to)(role, switches), role, departures)
    }
    /// The same of somebody else, of whom only the owner's decision about this one right was read.
    pub fn held_with(&self, role: Role, switches: OrgPolicy, decided: Option<bool>) -> bool {
        let departures = decided.map(|granted| (self.name.to_owned(), granted));
        self.held_by(role, switches, &departures.into_iter().collect())
    }
}

/// The names of all rights that a role holds.
pub fn rights_of(role: Role, switches: OrgPolicy, departures: &RightOverrides) -> BTreeSet<&'static str> {
    RIGHTS
        .iter()
        .filter(|right| right.held_by(role, switches, departures))
        .map(|right| right.name)
        .collect()
}

macro_rules! permissions {
    ($($name:ident $action:literal $([$step:ident])? => $($role:ident)|+ $(, $switched:ident if $switch:ident)?;)*) => {
        $(
            #[doc = concat!("The right to ", $action, ".")]
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            impl Permission for $name {
                const NAME: &'static str = stringify!($name);
                const ACTION: &'static str = $action;
                $(const STEP_UP: StepUp = StepUp::$step;)?
                fn granted_to(role: Role, switches: OrgPolicy) -> bool {
                    let _ = switches;
                    matches!(role, $(Role::$role)|+) $(|| (matches!(role, Role::$switched) && switches.$switch))?
                }
            }
        )*
        /// The matrix, in the order of the menu.
        pub const RIGHTS: &[Right] = &[$($name::RIGHT),*];
    };
}

permissions! {
    UseWorkshop      "use this workshop"                  => Owner | Manager | Receptionist | Technician | Accountant | Viewer;
    KeepAccount      "manage one's own account"           => Owner | Manager | Receptionist | Technician | Accountant | Viewer;
    SeeStanding      "see the subscription"               => Owner | Manager | Receptionist | Technician | Accountant | Viewer;
    MoveAround       "choose the branch in view"          => Owner | Manager | Receptionist | Technician | Accountant | Viewer;
    ViewCustomers    "see customers and their vehicles"   => Owner | Manager | Receptionist | Accountant | Viewer, Technician if technicians_create;
    EditCustomers    "create and edit customers"          => Owner | Manager | Receptionist, Technician if technicians_create;
    ViewWorkOrders   "see work orders"                    => Owner | Manager | Receptionist | Technician | Accountant | Viewer;
    ViewAllOrders    "see all work orders, not only their own" => Owner | Manager | Receptionist | Accountant | Viewer;
    CreateWorkOrders "create work orders"                 => Owner | Manager | Receptionist, Technician if technicians_create;
    EditWorkOrders   "price and edit work orders"         => Owner | Manager | Receptionist;
    AssignTechnicians "assign technicians"                => Owner | Manager;
    RecordWork       "record diagnosis and work"          => Owner | Manager | Technician;
    WriteNotes       "write notes"                        => Owner | Manager | Receptionist | Technician;
    MoveWorkOrders   "move work orders"                   => Owner | Manager | Receptionist | Technician;
    OverridePhase    "override what a phase asks for"     => Owner | Manager;
    RecordDecisions  "record a customer's decision"       => Owner | Manager | Receptionist;
    HandOver         "hand vehicles over"                 => Owner | Manager | Receptionist;
    ViewInvoices     "see invoices and payments"          => Owner | Manager | Receptionist | Accountant | Viewer;
    IssueInvoices    "create and post invoices"           => Owner | Manager | Accountant;
    VoidInvoices     "void and credit posted invoices"    => Owner | Manager | Accountant;
    RecordPayments   "record payments"                    => Owner | Manager | Accountant, Receptionist if receptionists_take_payments;
    ReversePayments  "reverse payments"                   => Owner | Manager | Accountant;
    ViewFigures      "see the workshop's figures"         => Owner | Manager | Accountant | Viewer;
    PrintDocuments   "print documents"                    => Owner | Manager | Receptionist | Technician | Accountant;
    ManageMembers    "invite and manage members" [Writes] => Owner;
    DismissMembers   "deactivate people" [Writes]         => Owner;
    ManageRoles      "manage roles and rights" [Writes]    => Owner;
    ManageBranches   "open and change branches"           => Owner;
    ManageWorkshop   "change the workshop's settings"     => Owner;
    ManageLabels     "manage labels"                      => Owner | Manager;
    ManageTablets    "set up shared tablets"              => Owner | Manager;
    RetireTablets    "remove shared tablets"     => Owner | Manager;
    Announce         "make announcements"    => Owner | Manager;
    ViewTrails       "see the activity log and sign-ins" => Owner;
    TakeData         "download everything" [Writes]       => Owner;
    LeaveGantry      "leave Gantry" [Writes]              => Owner;
    GrantSupport     "give Gantry support access" [Writes]      => Owner;
    ExportData       "export the workshop's data" [Always] => Owner | Manager | Accountant;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_technician_never_bills_and_a_switch_opens_exactly_its_right() {
        let off = OrgPolicy::default();
        let on = OrgPolicy {
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
    fn a_departure_gives_or_takes_one_right_but_never_an_owners_or_a_fixed_one() {
        let off = OrgPolicy::default();
        let mut departures = RightOverrides::new();
        departures.insert("IssueInvoices".to_owned(), true);
        departures.insert("ViewCustomers".to_owned(), false);
        departures.insert("ManageRoles".to_owned(), true);
        departures.insert("UseWorkshop".to_owned(), false);
        assert!(IssueInvoices::RIGHT.held_by(Role::Receptionist, off, &departures));
        assert!(!ViewCustomers::RIGHT.held_by(Role::Receptionist, off, &departures));
        assert!(ViewCustomers::RIGHT.held_by(Role::Owner, off, &departures));
        assert!(!ManageRoles::RIGHT.held_by(Role::Manager, off, &departures));
        assert!(UseWorkshop::RIGHT.held_by(Role::Manager, off, &departures));
    }

    #[test]
    fn a_viewer_reads_what_a_manager_reads_of_the_daily_work_and_nothing_else() {
        let on = OrgPolicy {
            technicians_create: true,
            receptionists_take_payments: true,
        };
        let reads: BTreeSet<_> = RIGHTS
            .iter()
            .map(|right| right.name)
            .filter(|name| name.starts_with("View") && *name != "ViewTrails")
            .chain(["UseWorkshop", "KeepAccount", "SeeStanding", "MoveAround"])
            .collect();
        assert_eq!(rights_of(Role::Viewer, on, &RightOverrides::new()), reads);
        assert!(reads.is_subset(&rights_of(Role::Manager, on, &RightOverrides::new())));
    }

    #[test]
    fn every_named_right_is_one_of_the_matrix() {
        for name in FIXED.iter().chain(&ORG_WIDE).chain(&SUPPORT) {
            assert!(Right::find(name).is_some(), "{name}");
        }
    }

    #[test]
    fn an_owner_has_every_right() {
        assert!(
            RIGHTS
                .iter()
                .all(|right| (right.granted_to)(Role::Owner, OrgPolicy::default()))
        );
    }
}

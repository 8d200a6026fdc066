//! Who asks: a membership with its role in each branch, and the organization it belongs to.
use super::settings::Settings;
use crate::kernel::{
    AppError, AppResult, BranchId, Locale, MemberId, OrgId, OrgState, Role, Terms, UserId,
    permission::{OrgPolicy, RIGHTS, Right, RightOverrides},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who asks, for which workshop, with which branches: read again at every request.
#[derive(Clone, Debug, Deserialize)]
pub struct Session {
    user_id: Uuid,
    org_id: Uuid,
    member_id: Uuid,
    pub name: String,
    pub email: String,
    /// The address to sign in with, which may differ from the one that the workshop has.
    pub login: String,
    /// The membership's own role: what holds in a branch that gives no other, and what an owner is everywhere.
    #[serde(flatten)]
    held: HeldRole,
    pub org_name: String,
    pub org_slug: String,
    /// Subscription with us now, and until when if that changes by itself.
    #[serde(rename = "org_state")]
    pub state: OrgState,
    pub state_until: Option<DateTime<Utc>>,
    pub on_trial: bool,
    /// Of the trial, or of what is paid for.
    pub expires_at: Option<DateTime<Utc>>,
    /// When its owner left.
    pub cancelled_at: Option<DateTime<Utc>>,
    pub all_branches: bool,
    branch_id: Option<Uuid>,
    branches: Vec<BranchRow>,
    pub settings: Settings,
    /// Every workshop that the person is an active member of, by name.
    workshops: Vec<OtherWorkshop>,
    pub(crate) stale: bool,
    /// When the password was last given on this session.
    confirmed_at: Option<DateTime<Utc>>,
    /// Opened by a PIN on a shared tablet.
    pub by_pin: bool,
    /// Nobody followed the link to this address yet.
    pub unverified: bool,
    /// A support employee is viewing the workshop, until then.
    pub support_until: Option<DateTime<Utc>>,
    /// The role asks for a second factor, and there is none.
    pub factor_due: bool,
    /// The branches that the transaction sees, where that is less than the membership's.
    #[serde(skip)]
    view: Option<Vec<Uuid>>,
    /// The branch of the row that the request is about.
    #[serde(skip)]
    focus: Option<Uuid>,
}

/// A role as somebody has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct HeldRole {
    role: Role,
    /// The name of the workshop's own role, where it is one.
    custom_role: Option<String>,
    rights: RightOverrides,
}

#[derive(Clone, Debug, Deserialize)]
struct OtherWorkshop {
    id: Uuid,
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
struct BranchRow {
    id: Uuid,
    name: String,
    code: String,
    time_zone: String,
    /// Where it is another one than the organization's.
    country: String,
    /// The role here, where it is another than the membership's.
    own_role: Option<HeldRole>,
}

/// What a request may do with a right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BranchAccess {
    Nowhere,
    /// In every branch of the membership.
    Everywhere,
    Branches(Vec<Uuid>),
}

/// A branch that the member may work in.
#[derive(Clone, Debug)]
pub struct Branch {
    pub id: BranchId,
    pub name: String,
    pub code: String,
    pub time_zone: chrono_tz::Tz,
}

impl BranchRow {
    fn branch(&self) -> Branch {
        Branch {
            id: BranchId::new(self.id),
            name: self.name.clone(),
            code: self.code.clone(),
            time_zone: self.time_zone.parse().unwrap_or(chrono_tz::UTC),
        }
    }
}

impl Session {
    pub fn user(&self) -> UserId {
        UserId::new(self.user_id)
    }
    pub fn org(&self) -> OrgId {
        OrgId::new(self.org_id)
    }
    pub fn member(&self) -> MemberId {
        MemberId::new(self.member_id)
    }
    /// Whether the password was given on this session within the last ten minutes.
    pub fn confirmed_lately(&self, now: DateTime<Utc>) -> bool {
        self.confirmed_at
            .is_some_and(|at| now - at <= chrono::TimeDelta::minutes(10))
    }
    pub fn switches(&self) -> OrgPolicy {
        self.settings.switches()
    }
    /// The membership's own role.
    pub fn role(&self) -> Role {
        self.held.role
    }
    pub fn is_owner(&self) -> bool {
        self.held.role == Role::Owner
    }
    /// The role in this branch.
    pub fn role_in(&self, branch: Uuid) -> Role {
        self.held_in(branch).role
    }
    pub fn works_in(&self, branch: Uuid) -> bool {
        self.branches.iter().any(|row| row.id == branch)
    }
    /// Every role that the member has somewhere, each once.
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<Role> = self.every_role().map(|held| held.role).collect();
        roles.sort_by_key(|role| role.name());
        roles.dedup();
        roles
    }
    /// The role in the chosen branch; without one, the membership's.
    pub fn role_here(&self) -> Role {
        self.held_here().role
    }
    /// The same as people call it.
    pub fn role_label(&self) -> String {
        let held = self.held_here();
        let preset = || self.terms().role(held.role);
        held.custom_role.clone().unwrap_or_else(preset)
    }
    /// What the workshop calls things.
    pub fn terms(&self) -> Terms {
        self.settings.terms()
    }
    /// How the country writes dates, numbers and English: that of the one branch in view, or the organization's.
    pub fn locale(&self) -> Locale {
        let mut rows = self.in_view();
        let only = rows.next().filter(|_| rows.next().is_none());
        let chosen = self.in_view().find(|row| Some(row.id) == self.branch_id);
        self.locale_of(chosen.or(only).map_or("", |row| row.country.as_str()))
    }
    /// The same for a branch.
    pub fn locale_at(&self, branch: BranchId) -> Locale {
        let row = self.branches.iter().find(|row| row.id == branch.uuid());
        self.locale_of(row.map_or("", |row| row.country.as_str()))
    }
    fn locale_of(&self, own: &str) -> Locale {
        Locale::of(if own.is_empty() {
            &self.settings.country
        } else {
            own
        })
    }

    /// The branch of the switcher, while the membership has it.
    fn chosen(&self) -> Option<Uuid> {
        self.branch_id.filter(|id| self.works_in(*id))
    }
    fn held_here(&self) -> &HeldRole {
        self.chosen().map_or(&self.held, |branch| self.held_in(branch))
    }

    fn held_in(&self, branch: Uuid) -> &HeldRole {
        let row = self.branches.iter().find(|row| row.id == branch);
        row.and_then(|row| row.own_role.as_ref()).unwrap_or(&self.held)
    }
    /// The membership's role and those of single branches.
    fn every_role(&self) -> impl Iterator<Item = &HeldRole> {
        let own = self.branches.iter().filter_map(|row| row.own_role.as_ref());
        std::iter::once(&self.held).chain(own)
    }
    /// Whether the role differs by branch.
    pub(crate) fn is_mixed(&self) -> bool {
        self.branches.iter().any(|row| row.own_role.is_some())
    }
    fn gives(&self, held: &HeldRole, right: &Right) -> bool {
        right.held_by(held.role, self.switches(), &held.rights)
    }
    /// The names of the rights that every role of the member gives.
    pub fn rights_everywhere(&self) -> BTreeSet<&'static str> {
        let rights = RIGHTS.iter().filter(|right| self.holds_everywhere(right));
        rights.map(|right| right.name).collect()
    }
    /// Whether every role of the member gives this right.
    pub(crate) fn holds_everywhere(&self, right: &Right) -> bool {
        self.every_role().all(|held| self.gives(held, right))
    }
    /// Where a request of this right may act: in the chosen branch, or in every branch whose role gives it.
    pub(crate) fn reach(&self, right: &Right) -> BranchAccess {
        if !self.is_mixed() {
            let holds = self.gives(&self.held, right);
            return if holds {
                BranchAccess::Everywhere
            } else {
                BranchAccess::Nowhere
            };
        }
        if right.is_org_wide() {
            let holds = self.holds_everywhere(right);
            return if holds {
                BranchAccess::Everywhere
            } else {
                BranchAccess::Nowhere
            };
        }
        let chosen = self.chosen();
        let places = self.branches.iter().map(|row| row.id);
        let held: Vec<Uuid> = places
            .filter(|id| chosen.is_none_or(|chosen| chosen == *id))
            .filter(|id| self.gives(self.held_in(*id), right))
            .collect();
        match held.len() {
            0 => BranchAccess::Nowhere,
            all if all == self.branches.len() => BranchAccess::Everywhere,
            _ => BranchAccess::Branches(held),
        }
    }
    /// Whether the right holds for whatever the request shows: in the branch of the row that it is about, or in every branch in view.
    pub(crate) fn holds_in_view(&self, right: &Right) -> bool {
        if !self.is_mixed() {
            return self.gives(&self.held, right);
        }
        if right.is_org_wide() {
            return self.holds_everywhere(right);
        }
        match self.focus {
            Some(branch) => self.gives(self.held_in(branch), right),
            None => self.in_view().all(|row| self.gives(self.held_in(row.id), right)),
        }
    }
    /// From here on only these branches are in view.
    pub(super) fn narrow(&mut self, branches: Vec<Uuid>) {
        self.all_branches = false;
        self.view = Some(branches);
    }
    pub(super) fn focus(&mut self, branch: BranchId) {
        self.focus = Some(branch.uuid());
    }
    fn in_view(&self) -> impl Iterator<Item = &BranchRow> {
        let view = self.view.as_ref();
        let seen = move |row: &&BranchRow| view.is_none_or(|view| view.contains(&row.id));
        self.branches.iter().filter(seen)
    }
    /// Every workshop of the person, this one too, by name.
    pub fn workshops(&self) -> Vec<(OrgId, String)> {
        let named = |workshop: &OtherWorkshop| (OrgId::new(workshop.id), workshop.name.clone());
        self.workshops.iter().map(named).collect()
    }
    /// Whether both may do the same in the same branches.
    pub fn may_as(&self, other: &Self) -> bool {
        let places = |of: &Self| {
            let row = |row: &BranchRow| (row.id, row.own_role.clone());
            of.in_view().map(row).collect::<Vec<_>>()
        };
        self.held == other.held && places(self) == places(other)
    }
    /// The branches in view, by name: those of the membership in which the request's right holds.
    pub fn branches(&self) -> Vec<Branch> {
        self.in_view().map(BranchRow::branch).collect()
    }
    /// Every branch of the membership, by name: to choose one.
    pub fn branches_to_choose(&self) -> Vec<Branch> {
        self.branches.iter().map(BranchRow::branch).collect()
    }
    /// The branch chosen in the switcher; `None` means all of the member's.
    pub fn chosen_branch(&self) -> Option<Branch> {
        self.branches()
            .into_iter()
            .find(|branch| Some(branch.id.uuid()) == self.branch_id)
    }
    /// What lists filter by: the chosen branch, or all of the member's.
    pub fn branch_filter(&self) -> Vec<Uuid> {
        self.chosen_branch()
            .map_or_else(|| self.in_view().map(|b| b.id).collect(), |b| vec![b.id.uuid()])
    }
    /// Where new rows go: the chosen branch, or the first of the member's.
    pub fn working_branch(&self) -> AppResult<Branch> {
        self.chosen_branch()
            .or_else(|| self.branches().into_iter().next())
            .ok_or_else(|| AppError::refused("You are not a member of any branch yet. Ask an owner."))
    }
    /// The clock on the wall where the member works.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.working_branch()
            .map_or(chrono_tz::UTC, |branch| branch.time_zone)
    }
    pub fn branch(&self, id: BranchId) -> AppResult<Branch> {
        self.branches()
            .into_iter()
            .find(|branch| branch.id == id)
            .ok_or(AppError::NotFound)
    }
}

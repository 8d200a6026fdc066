//! An announcement, whom it is for, and who read it.
use crate::kernel::{AnnouncementId, BranchId, Problem, Role};
use crate::server::db::tenant::Session;
use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

/// An announcement as one member sees it.
#[derive(Clone, Debug)]
pub struct Announcement {
    pub id: AnnouncementId,
    pub title: String,
    /// The whole text, or how it begins.
    pub body: String,
    /// Whether there is more text than that.
    pub cut: bool,
    /// The last day on which it asks to be read.
    pub until_on: NaiveDate,
    /// None: every branch.
    pub branch_ids: Vec<Uuid>,
    /// None: every role.
    pub roles: Vec<String>,
    /// Who wrote it.
    pub by: String,
    /// Whether whoever looks wrote it.
    pub mine: bool,
    pub at: DateTime<Utc>,
    /// When whoever looks read it.
    pub read_at: Option<DateTime<Utc>>,
    /// How many read it.
    pub reads: i64,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_by: Option<String>,
}

impl Announcement {
    pub fn withdrawn(&self) -> bool {
        self.withdrawn_at.is_some()
    }
    /// Whether it was written for this member.
    pub fn is_for(&self, session: &Session) -> bool {
        let named = |role: Role| self.roles.is_empty() || self.roles.iter().any(|name| name == role.name());
        if self.branch_ids.is_empty() {
            return session.roles().into_iter().any(named);
        }
        let mut own = self.branch_ids.iter().filter(|id| session.works_in(**id));
        own.any(|branch| named(session.role_in(*branch)))
    }
    /// Whether it waits for this member to say that they read it.
    pub fn waits_for(&self, session: &Session) -> bool {
        !self.mine && self.read_at.is_none() && !self.withdrawn() && self.is_for(session)
    }
    /// Whether this member may take it back: nobody speaks beyond their own branches.
    pub fn within_reach_of(&self, session: &Session) -> bool {
        let branches = session.branches();
        let own = |id: &Uuid| branches.iter().any(|branch| branch.id.uuid() == *id);
        session.all_branches || !self.branch_ids.is_empty() && self.branch_ids.iter().all(own)
    }
    /// "Technicians in Hamburg": whom it is for, as far as whoever looks knows the branches.
    pub fn audience(&self, branches: &[(BranchId, String)]) -> String {
        let roles = self.roles.iter().filter_map(|name| Role::parse(name));
        let roles: Vec<String> = roles.map(many).collect();
        let who = if roles.is_empty() {
            "Everyone".to_owned()
        } else {
            roles.join(", ")
        };
        let known = branches
            .iter()
            .filter(|(id, _)| self.branch_ids.contains(&id.uuid()));
        let mut places: Vec<&str> = known.map(|(_, name)| name.as_str()).collect();
        if places.len() < self.branch_ids.len() {
            places.push("other branches");
        }
        match (places.is_empty(), branches.len()) {
            (false, _) => format!("{who} in {}", places.join(", ")),
            (true, 0 | 1) => who,
            (true, _) => format!("{who} in all branches"),
        }
    }
}

/// How long an announcement may ask to be read, and does unless a day is said.
const LONGEST: Days = Days::new(365);

/// The last day on which it may ask to be read.
pub(super) fn latest(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(LONGEST).unwrap_or(today)
}

/// Neither before it is written nor too long.
pub(super) fn readable_until(day: NaiveDate, today: NaiveDate) -> Result<(), Problem> {
    if day < today || day > latest(today) {
        return Err(Problem::OutOfRange(
            "a day from today on, within a year".to_owned(),
        ));
    }
    Ok(())
}

/// `Technicians`, as the workshop calls them.
pub fn many(role: Role) -> String {
    crate::ui::prelude::terms().say(&format!("{}s", role.label()))
}

/// What stands on a member's first page.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    /// The newest ones, whole pages of them are elsewhere.
    pub newest: Vec<Announcement>,
    /// Whether there are more.
    pub more: bool,
}

/// Somebody for whom an announcement is, or who read it.
#[derive(Clone, Debug)]
pub struct Reader {
    pub name: String,
    /// As people call it.
    pub role: String,
    pub read_at: Option<DateTime<Utc>>,
    /// Left the workshop since.
    pub left: bool,
}

/// Those readers whom a writer may see, those who did not read it first.
#[derive(Clone, Debug, Default)]
pub struct Readers {
    pub people: Vec<Reader>,
    /// Whether there are more people than a page shows.
    pub cut: bool,
}

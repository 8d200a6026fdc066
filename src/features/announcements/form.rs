//! What somebody writes, and for whom.
use crate::kernel::time;
use crate::kernel::{BranchId, Checker, FieldErrors, Problem, Role, text};
use crate::server::db::tenant::Session;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

/// How long an announcement may ask to be read, and does unless a day is said.
const LONGEST: Days = Days::new(365);

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnnouncementForm {
    pub title: String,
    pub body: String,
    /// A day, or nothing.
    pub until: String,
    /// `all` or `chosen`.
    pub reach: String,
    pub branches: Vec<String>,
    /// None ticked means everybody.
    pub roles: Vec<String>,
    /// Answers a double click once.
    pub key: String,
}

/// What the form says, checked.
#[derive(Clone, Debug)]
pub struct NewAnnouncement {
    pub title: String,
    pub body: String,
    pub until_on: NaiveDate,
    /// None: every branch.
    pub branches: Vec<BranchId>,
    /// None: every role.
    pub roles: Vec<Role>,
}

impl AnnouncementForm {
    /// `today` is the writer's.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, session: &Session, today: NaiveDate) -> Result<NewAnnouncement, FieldErrors> {
        let mut check = Checker::new();
        let title = check.check("title", text::required(&self.title, 120));
        let body = check.check("body", text::long_required(&self.body, 10_000));
        let until_on = check.check("until", self.last_day(today));
        let branches = self.branches(session, &mut check);
        let roles = check.check("roles", self.roles());
        let all = title.zip(body).zip(until_on).zip(branches).zip(roles);
        check.finish(
            all.map(|((((title, body), until_on), branches), roles)| NewAnnouncement {
                title,
                body,
                until_on,
                branches,
                roles,
            }),
        )
    }

    fn last_day(&self, today: NaiveDate) -> Result<NaiveDate, Problem> {
        let latest = today.checked_add_days(LONGEST).unwrap_or(today);
        if self.until.trim().is_empty() {
            return Ok(latest);
        }
        let day = time::day(&self.until)?;
        if day < today || day > latest {
            return Err(Problem::OutOfRange(
                "a day from today on, within a year".to_owned(),
            ));
        }
        Ok(day)
    }

    fn branches(&self, session: &Session, check: &mut Checker) -> Option<Vec<BranchId>> {
        if self.reach == "all" {
            if session.all_branches {
                return Some(Vec::new());
            }
            let narrow = "Only people who work in all branches can announce to all of them.";
            check.refuse("reach", Problem::other(narrow));
            return None;
        }
        let own: Vec<BranchId> = session.branches().into_iter().map(|branch| branch.id).collect();
        let mut chosen: Vec<BranchId> = self.branches.iter().filter_map(|id| id.parse().ok()).collect();
        chosen.sort_unstable();
        chosen.dedup();
        let problem = if chosen.len() < self.branches.len() || chosen.iter().any(|id| !own.contains(id)) {
            "Choose from your own branches."
        } else if chosen.is_empty() {
            "Choose at least one branch, or all branches."
        } else {
            return Some(chosen);
        };
        check.refuse("branches", Problem::other(problem));
        None
    }

    fn roles(&self) -> Result<Vec<Role>, Problem> {
        let unknown = || Problem::other("Choose from this workshop's roles.");
        let named: Option<Vec<Role>> = self.roles.iter().map(|name| Role::parse(name)).collect();
        let named = named.ok_or_else(unknown)?;
        let chosen: Vec<Role> = Role::ALL
            .into_iter()
            .filter(|role| named.contains(role))
            .collect();
        // All of them are everybody.
        Ok(if chosen.len() == Role::ALL.len() {
            Vec::new()
        } else {
            chosen
        })
    }
}

/// Where somebody was when they said that they read it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReadForm {
    pub next: String,
}

/// Which list, from where on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListSearch {
    /// `all` for writers, or nothing.
    pub show: String,
    pub before: Option<String>,
}

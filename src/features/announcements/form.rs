//! What somebody writes, and for whom.
use super::model::readable_until;
use crate::kernel::{BranchId, Checker, FormContext, Problem, Role, time};
use crate::{form, list_query};
use chrono::NaiveDate;

form! {
    /// An announcement as typed.
    pub(super) struct AnnouncementForm shows AnnouncementFields;
    /// A validated announcement, about to be written.
    #[derive(Clone, Debug)]
    pub struct NewAnnouncement {
        title: String = line("Title", 120).required(),
        body: String = long("Text", 10_000).required().asks("Enter a text."),
        /// Nothing is a year.
        until: Option<NaiveDate> = date("Show until").optional(),
        /// Whether it is for every branch, also later ones.
        reach: bool = own("Branches", Kind::Choice, |raw| Ok(raw == "all"), |all, _| reach(*all).to_owned()),
        /// Those it is for, unless it is for all.
        branches[]: Vec<BranchId> = own("Branches", Kind::Choice, branch, |id, _| id.to_string()),
        /// None: every role.
        roles[]: Vec<Role> = own("Roles", Kind::Choice, role, |role, _| role.name().to_owned()),
    }
    with {
        /// Answers a double click once.
        key,
    }
    checked by somewhere;
}

/// As the form sends whether it is for all branches.
pub(super) const fn reach(all: bool) -> &'static str {
    if all { "all" } else { "chosen" }
}

fn branch(raw: &str) -> Result<BranchId, Problem> {
    raw.parse()
        .map_err(|_| Problem::other("Choose from your own branches."))
}

fn role(raw: &str) -> Result<Role, Problem> {
    Role::parse(raw).ok_or_else(|| Problem::other("Choose from this workshop's roles."))
}

/// Somewhere it has to be read, and some day. All roles ticked are everybody.
fn somewhere(
    form: &AnnouncementForm,
    new: Option<&mut NewAnnouncement>,
    check: &mut Checker,
    context: &FormContext,
) {
    if let Ok(day) = time::day(&form.until)
        && let Err(problem) = readable_until(day, context.today)
    {
        check.refuse("until", problem);
    }
    let Some(new) = new else { return };
    if new.reach {
        new.branches.clear();
    } else if new.branches.is_empty() {
        let nowhere = "Choose at least one branch, or all branches.";
        check.refuse("branches", Problem::other(nowhere));
    }
    new.branches.sort_unstable();
    new.branches.dedup();
    new.roles = Role::ALL
        .into_iter()
        .filter(|role| new.roles.contains(role))
        .collect();
    if new.roles.len() == Role::ALL.len() {
        new.roles.clear();
    }
}

list_query! {
    /// `show` is `all` for writers, or nothing.
    pub(super) struct AnnouncementQuery shows AnnouncementControls at "/announcements" { tabs: [show: "List"], filters: [] }
}

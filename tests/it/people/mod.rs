//! People and branches: who works where as what, how they come in and leave, and what each branch keeps to itself.
mod branches;
mod by_branch;
mod doors;
mod examples;
mod invites;
mod join;
mod members;
mod sharing;
mod switch;

use crate::kit::make::people::{borrowed, grant};

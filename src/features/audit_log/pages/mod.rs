//! Handlers: only reading. The trails are written where things happen.
mod events;
mod exports;
mod sign_ins;

pub(super) use events::events;
pub(super) use exports::exports;
pub(super) use sign_ins::sign_ins;

use super::model::may_read;
use crate::kernel::permission::ViewTrails;
use crate::server::prelude::*;

/// The right alone is not enough for somebody who works in some branches only.
fn insist(scope: &Scope<ViewTrails>) -> AppResult<()> {
    if may_read(scope.session()) {
        Ok(())
    } else {
        Err(AppError::Forbidden("see other branches' activity".to_owned()))
    }
}

//! Downloads of everything read whole workshops: one of each workshop at a time, and few at once.
use crate::kernel::{AppError, AppResult};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The workshops whose data is being put together.
#[derive(Clone, Debug)]
pub struct Turns {
    running: Arc<Mutex<HashSet<Uuid>>>,
    most: usize,
}

/// Ends with its owner.
#[derive(Debug)]
pub struct Turn {
    turns: Turns,
    org: Uuid,
}

impl Turns {
    /// So many at once.
    pub fn of(most: usize) -> Self {
        Self {
            running: Arc::default(),
            most,
        }
    }

    /// # Errors
    /// Refused while this workshop has one, `Busy` when too many others have.
    pub fn turn(&self, org: Uuid) -> AppResult<Turn> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains(&org) {
            let sentence = "A download is already being prepared. Please wait until it is done.";
            return Err(AppError::refused(sentence));
        }
        if running.len() >= self.most {
            return Err(AppError::Busy);
        }
        running.insert(org);
        let turns = self.clone();
        Ok(Turn { turns, org })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut running = self.turns.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(&self.org);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workshop_has_one_turn_and_all_have_few() {
        let turns = Turns::of(2);
        let org = Uuid::from_u128;
        let first = turns.turn(org(1)).expect("a turn");
        assert!(matches!(turns.turn(org(1)), Err(AppError::Conflict(_))));
        let second = turns.turn(org(2)).expect("a turn");
        assert_eq!(turns.turn(org(3)).expect_err("too many"), AppError::Busy);
        drop(first);
        assert!(turns.turn(org(3)).is_ok() && matches!(turns.turn(org(2)), Err(AppError::Conflict(_))));
        drop(second);
        assert!(turns.turn(org(2)).is_ok());
    }
}

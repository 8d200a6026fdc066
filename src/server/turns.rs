//! Long work that reads whole workshops: one of each workshop at a time, and few at once.
use crate::kernel::AppError;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The workshops whose turn it is.
#[derive(Clone, Debug)]
pub struct ConcurrencyLimit {
    running: Arc<Mutex<HashSet<Uuid>>>,
    most: usize,
}

/// Ends with its owner.
#[derive(Debug)]
pub struct Turn {
    turns: ConcurrencyLimit,
    org: Uuid,
}

impl ConcurrencyLimit {
    /// So many at once.
    pub fn of(most: usize) -> Self {
        Self {
            running: Arc::default(),
            most,
        }
    }

    /// # Errors
    /// `already()` while this workshop has one, `Busy` when too many others have.
    pub fn turn(&self, org: Uuid, already: impl FnOnce() -> AppError) -> Result<Turn, AppError> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains(&org) {
            return Err(already());
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
        let turns = ConcurrencyLimit::of(2);
        let org = Uuid::from_u128;
        let turn = |of: u128| turns.turn(org(of), || AppError::NotFound);
        let first = turn(1).expect("a turn");
        assert_eq!(turn(1).expect_err("a second one"), AppError::NotFound);
        let second = turn(2).expect("a turn");
        assert_eq!(turn(3).expect_err("too many"), AppError::Busy);
        drop(first);
        assert!(turn(3).is_ok() && turn(2).is_err());
        drop(second);
        assert!(turn(2).is_ok());
    }
}

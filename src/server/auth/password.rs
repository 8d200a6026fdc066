//! Passwords: Argon2id with the parameters of OWASP's cheat sheet, off the async threads, as many at once as there are cores.
use super::common_passwords as common;
use crate::kernel::{AppError, AppResult, Problem};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// At most this many may wait for a core before we answer "busy".
const QUEUE: usize = 50;

#[derive(Clone)]
pub struct Hasher {
    /// Memory in KiB, and passes over it.
    cost: (u32, u32),
    cores: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

/// Verified when the account does not exist, so that both take the same time. Nobody knows a password that fits.
const DUMMY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$fBOnkhZNwe7iQoEZRkXv+A$UWu9vzFhP6yHHk/3zzfteIE27h7vDKvXl8iNufcr4XM";

fn argon((memory, passes): (u32, u32)) -> Argon2<'static> {
    let params = Params::new(memory, passes, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

impl Hasher {
    pub fn new() -> Self {
        Self::with_cost(19_456, 2)
    }

    /// One whose hashes cost so much memory in KiB and so many passes over it; what was hashed before costs what it cost then.
    pub fn with_cost(memory: u32, passes: u32) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            cost: (memory, passes),
            cores: Arc::new(Semaphore::new(cores)),
            waiting: Arc::new(Semaphore::new(QUEUE)),
        }
    }

    /// # Errors
    /// [`AppError::Busy`] when too many wait.
    pub async fn hash(&self, password: &str) -> AppResult<String> {
        let (password, cost) = (password.to_owned(), self.cost);
        self.run(move || {
            argon(cost)
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .ok()
        })
        .await?
        .ok_or_else(|| crate::server::db::constraint::incident(&"argon2 failed"))
    }

    /// Whether the password is the one; `None` as hash costs the same and is never right.
    ///
    /// # Errors
    /// [`AppError::Busy`] when too many wait.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> AppResult<bool> {
        let (cost, password, known, hash) = (
            self.cost,
            password.to_owned(),
            hash.is_some(),
            hash.unwrap_or(DUMMY).to_owned(),
        );
        let fits = self
            .run(move || {
                PasswordHash::new(&hash)
                    .is_ok_and(|parsed| argon(cost).verify_password(password.as_bytes(), &parsed).is_ok())
            })
            .await?;
        Ok(fits && known)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> AppResult<T> {
        let _queued = self
            .waiting
            .clone()
            .try_acquire_owned()
            .map_err(|_| AppError::Busy)?;
        let _core = self
            .cores
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| AppError::Busy)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| crate::server::db::constraint::incident(&error))
    }
}

/// 12 to 128 characters, not common, not made of the person's own words. No composition rules (NIST 800-63B).
///
/// # Errors
/// The sentence to show at the field.
pub fn acceptable(password: &str, own_words: &[&str]) -> Result<(), Problem> {
    let length = password.chars().count();
    if length < 12 {
        return Err(Problem::TooShort(12));
    }
    if length > 128 {
        return Err(Problem::TooLong(128));
    }
    let lower = password.to_lowercase();
    let distinct = lower.chars().collect::<std::collections::HashSet<_>>().len();
    if distinct < 5 || common::is_common(&lower) || common::is_own(&lower, own_words) {
        return Err(Problem::other(
            "This password is too easy to guess. Try three unrelated words.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_unknown_person_costs_what_a_known_one_costs() {
        let real = Hasher::new()
            .hash("a password of somebody")
            .await
            .expect("a hash");
        let settings = |hash: &str| hash.split('$').take(4).map(ToOwned::to_owned).collect::<Vec<_>>();
        assert_eq!(settings(DUMMY), settings(&real));
        assert!(PasswordHash::new(DUMMY).is_ok());
    }
}

//! The usual things, made through the forms. One small file per feature; see [`with`] for how defaults are overridden.
pub mod access;
mod announcements;
mod assets;
pub mod billing;
mod check_in;
mod countries;
mod customers;
pub mod people;
pub mod platform;
mod work_orders;

/// The defaults, with the caller's fields in place of those of the same name.
pub fn with<'a>(defaults: &[(&'a str, &'a str)], own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = defaults
        .iter()
        .filter(|(name, _)| !own.iter().any(|(other, _)| other == name));
    kept.chain(own).copied().collect()
}

//! The browser's part holds no register: only laws read it.
macro_rules! register {
    ($($declared:tt)*) => {};
}
pub(crate) use register;

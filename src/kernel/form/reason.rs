//! The one question before something is put away: why.
crate::form! {
    /// Why, as typed.
    pub struct ReasonForm shows ReasonFields;
    /// Why.
    #[derive(Clone, Debug)]
    pub struct Reason {
        reason: String = line("Reason", 300).required().asks("Enter a reason."),
    }
}

//! Forms that many pages have: why something is put away, and a button that acts once.
crate::form! {
    /// Why, as typed.
    pub struct ReasonForm shows ReasonFields;
    /// Why.
    #[derive(Clone, Debug)]
    pub struct Reason {
        reason: String = line("Reason", 300).required().asks("Enter a reason."),
    }
}

crate::form! {
    /// A button that acts once.
    pub struct KeyForm shows KeyFields;
    /// Nothing but the press of the button.
    #[derive(Clone, Debug)]
    pub struct Pressed {}
    with { key }
}

crate::form! {
    /// A button that leads back to where it was pressed.
    pub struct NextForm shows NextFields;
    /// Nothing but the press of the button.
    #[derive(Clone, Debug)]
    pub struct Followed {}
    with {
        /// A path of ours to go to afterwards.
        next,
    }
}

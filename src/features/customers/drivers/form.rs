//! The driver's form.
use crate::form;
use crate::server::contact::email_field;

form! {
    /// A driver as typed.
    pub(crate) struct DriverForm shows DriverFields;
    /// A validated driver, about to be written.
    #[derive(Clone, Debug)]
    pub struct NewDriver {
        name: String = line("Name", 120).required().asks("Enter a name."),
        phone: String = phone("Phone"),
        email: String = email_field("E-mail"),
        licence: String = line("Driver's license", 40),
        notes: String = long("Notes", 1000),
    }
    with {
        /// What the page was rendered for: another change meanwhile is shown, not overwritten.
        version,
        /// Answers a double click once.
        key,
    }
}

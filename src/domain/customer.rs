//! What customers are.
use crate::kernel::text_enum;

text_enum! {
    /// A person, or a company with a contact and a tax number.
    pub enum CustomerKind in { "customers.kind" } {
        Person = "person", "Person";
        Company = "company", "Company";
    }
}

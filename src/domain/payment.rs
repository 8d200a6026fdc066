//! How money comes in.
use crate::kernel::{Currency, Locale, text_enum};

text_enum! {
    /// How money came.
    pub enum Method in { "payments.method" } {
        Card = "card", "Card";
        Cash = "cash", "Cash";
        Transfer = "transfer", "Bank transfer";
        Upi = "upi", "UPI";
        Cheque = "cheque", "Check";
        Other = "other", "Other";
    }
}

impl Method {
    /// As the country says it.
    pub fn word(self, locale: Locale) -> &'static str {
        locale.word(self.label())
    }
    /// Value and label of each that is usual where this currency is, for a select.
    pub fn usual(currency: Currency, locale: Locale) -> Vec<(String, String)> {
        let usual = |method: &&Self| **method != Self::Upi || currency.code() == "INR";
        Self::ALL
            .iter()
            .filter(usual)
            .map(|m| (m.name().to_owned(), m.word(locale).to_owned()))
            .collect()
    }
}

//! Typed ids: a UUID that says what it names. `cus_` + 26 characters in links and logs, a plain UUID in the database.
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Crockford's base 32, lower case: no i, l, o, u to misread.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 128 bits as 26 characters, most significant first.
fn encode(id: Uuid) -> String {
    let bits = id.as_u128();
    (0..26)
        .rev()
        .map(|i| ALPHABET[((bits >> (i * 5)) & 31) as usize] as char)
        .collect()
}

/// The inverse of [`encode`]; `None` unless exactly 26 characters of the alphabet that fit 128 bits.
fn decode(text: &str) -> Option<Uuid> {
    let first_fits = text.as_bytes().first().is_some_and(|c| (b'0'..=b'7').contains(c));
    if text.len() != 26 || !first_fits {
        return None;
    }
    text.bytes()
        .try_fold(0u128, |bits, c| {
            Some((bits << 5) | ALPHABET.iter().position(|a| *a == c)? as u128)
        })
        .map(Uuid::from_u128)
}

/// The text is no id of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct NotAnId;

/// What the ids of one type name.
pub struct IdKind {
    /// `WorkOrderId`.
    pub name: &'static str,
    /// The table whose rows they are, with its schema unless that is `public`.
    pub table: &'static str,
    /// As a link writes one.
    pub write: fn(Uuid) -> String,
}

impl IdKind {
    /// As a parameter of a path is called: `work_order`.
    pub fn word(&self) -> String {
        let mut word = String::new();
        for c in self.name.trim_end_matches("Id").chars() {
            if c.is_ascii_uppercase() && !word.is_empty() {
                word.push('_');
            }
            word.push(c.to_ascii_lowercase());
        }
        word
    }
}

/// Declares types of ids: name, prefix in links, and the table whose rows they are.
macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal => $table:literal;)*) => {
    /// Every type of ids.
    pub const ID_KINDS: &[IdKind] = &[$(IdKind {
        name: stringify!($name),
        table: $table,
        write: |id| $name::new(id).to_string(),
    }),*];
    $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        pub struct $name(Uuid);

        impl $name {
            pub const fn new(id: Uuid) -> Self { Self(id) }
            /// For binding into a query.
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, concat!($prefix, "_{}"), encode(self.0)) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix(concat!($prefix, "_")).and_then(decode).map(Self).ok_or(NotAnId)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

typed_ids! {
    /// A workshop: the tenant.
    OrgId "org" => "auth.organizations";
    UserId "usr" => "auth.users";
    /// A person's membership in one organization.
    MemberId "mem" => "members";
    BranchId "brn" => "branches";
    CustomerId "cus" => "customers";
    /// Who drives for a company.
    DriverId "drv" => "drivers";
    /// A vehicle or device.
    AssetId "ast" => "assets";
    WorkOrderId "wo" => "work_orders";
    ConcernId "con" => "concerns";
    JobId "job" => "jobs";
    LineId "lin" => "lines";
    NoteId "not" => "notes";
    AuthorizationId "aut" => "authorizations";
    InvoiceId "inv" => "invoices";
    InvoiceLineId "inl" => "invoice_lines";
    PaymentId "pay" => "payments";
    TaxRateId "tax" => "tax_rates";
    CustomRoleId "rol" => "custom_roles";
    InviteId "ivt" => "invites";
    JoinRequestId "jrq" => "join_requests";
    /// One of the places where somebody is signed in.
    SessionId "ses" => "auth.sessions";
    /// A browser that a branch shares.
    TabletId "tab" => "auth.tablets";
    SupportGrantId "sup" => "support_grants";
    AnnouncementId "ann" => "announcements";
    LabelId "lab" => "labels";
    /// A recorded print of a document.
    PrintId "prt" => "export_events";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_and_refuses_another_kind() {
        let id = CustomerId::new(Uuid::from_u128(0x0192_f0c1_7b2e_7cc3_98c4_dc0c_0c07_398f));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().parse::<WorkOrderId>(), Err(NotAnId));
        for bad in [
            "cus_",
            "cus_zzzzzzzzzzzzzzzzzzzzzzzzzz",
            "cus_0",
            "",
            "cus_0i000000000000000000000000",
        ] {
            assert_eq!(bad.parse::<CustomerId>(), Err(NotAnId), "{bad}");
        }
    }
}

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

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
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
    OrgId "org";
    UserId "usr";
    /// A person's membership in one organization.
    MemberId "mem";
    BranchId "brn";
    CustomerId "cus";
    /// Who drives for a company.
    DriverId "drv";
    /// A vehicle or device.
    AssetId "ast";
    WorkOrderId "wo";
    ConcernId "con";
    JobId "job";
    LineId "lin";
    NoteId "not";
    AuthorizationId "aut";
    InvoiceId "inv";
    InvoiceLineId "inl";
    PaymentId "pay";
    TaxRateId "tax";
    CustomRoleId "rol";
    InviteId "ivt";
    JoinRequestId "jrq";
    /// One of the places where somebody is signed in.
    SessionId "ses";
    /// A browser that a branch shares.
    TabletId "tab";
    SupportGrantId "sup";
    AnnouncementId "ann";
    /// A recorded print of a document.
    PrintId "prt";
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

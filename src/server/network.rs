//! Who counts as one client in limits: an address of version 4, but of version 6 the whole /64 that a provider gives to each customer.
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The one function that says so; [`fmt::Display`] is what the database counts by.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            v4 @ IpAddr::V4(_) => Self(v4),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(v4) => write!(f, "{v4}"),
            IpAddr::V6(v6) => write!(f, "{v6}/64"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(address: &str) -> String {
        Network::of(address.parse().expect("an address")).to_string()
    }

    #[test]
    fn a_customer_of_version_6_is_one_client_whatever_address_they_take() {
        assert_eq!(named("2001:db8:1:2::1"), "2001:db8:1:2::/64");
        assert_eq!(named("2001:db8:1:2:ffff:1::9"), "2001:db8:1:2::/64");
        assert_eq!(named("2001:db8:1:3::1"), "2001:db8:1:3::/64");
        assert_eq!(named("203.0.113.7"), "203.0.113.7");
        assert_eq!(named("::ffff:203.0.113.7"), "203.0.113.7");
    }
}

//! Proxies whose X-Forwarded-For is trusted. Behind a proxy every connection comes from the proxy; the client's own address stands in
//! `X-Forwarded-For`, which anybody can send: it counts only from proxies that the operator names.
use axum::http::HeaderMap;
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;

/// Addresses and networks of proxies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

impl std::str::FromStr for Proxies {
    type Err = String;

    /// Addresses and networks, separated by commas; or the entry that is neither.
    fn from_str(list: &str) -> Result<Self, String> {
        list.split(',')
            .map(str::trim)
            .map(|entry| network(entry).ok_or_else(|| entry.to_owned()))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Proxies {
    /// Whether nobody's word is taken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether anybody's word is taken, of one family of addresses at least.
    pub fn trust_everybody(&self) -> bool {
        self.0.iter().any(|network| network.prefix_len() == 0)
    }

    pub(super) fn include(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client's address: the connection's own, or, from a proxy of ours, the last one in `X-Forwarded-For` that is not such a proxy.
    pub fn client(&self, connection: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = connection;
        if !self.include(client) {
            return client;
        }
        let values = headers.get_all("x-forwarded-for").iter();
        // A byte that is no text must not hide the addresses beside it.
        let forwarded = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect::<Vec<_>>()
            .join(",");
        for hop in forwarded.rsplit(',') {
            // What a proxy of ours did not write as an address leads no further.
            let Some(address) = address(hop.trim()) else {
                return client;
            };
            client = address;
            if !self.include(client) {
                return client;
            }
        }
        client
    }
}

/// An address is the network of itself; version 4 written as version 6 is version 4.
fn network(entry: &str) -> Option<IpNet> {
    let address = || entry.parse::<IpAddr>().ok().map(IpNet::from);
    match entry.parse::<IpNet>().ok().or_else(address)? {
        IpNet::V6(six) if six.prefix_len() >= 96 => {
            let Some(four) = six.addr().to_ipv4_mapped() else {
                return Some(IpNet::V6(six));
            };
            Ipv4Net::new(four, six.prefix_len() - 96).ok().map(IpNet::V4)
        }
        other => Some(other),
    }
}

/// `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::1` or `[2001:db8::1]:4711`.
fn address(hop: &str) -> Option<IpAddr> {
    let plain = hop.parse::<IpAddr>().ok();
    plain
        .or_else(|| hop.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_no_text_hides_no_address() {
        let proxies = "10.0.0.1".parse::<Proxies>().expect("proxies");
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.9".parse().expect("a value"));
        let odd = axum::http::HeaderValue::from_bytes(b"\xff, 203.0.113.7").expect("a value");
        headers.append("x-forwarded-for", odd);
        let client = proxies.client("10.0.0.1".parse().expect("an address"), &headers);
        assert_eq!(client.to_string(), "203.0.113.7");
    }

    fn client(proxies: &str, connection: &str, forwarded: &[&str]) -> String {
        let proxies = proxies.parse::<Proxies>().expect("proxies");
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("a value"));
        }
        proxies
            .client(connection.parse().expect("an address"), &headers)
            .to_string()
    }

    #[test]
    fn a_stranger_s_word_counts_for_nothing() {
        assert_eq!(
            client("127.0.0.1", "198.51.100.9", &["203.0.113.7"]),
            "198.51.100.9"
        );
    }

    #[test]
    fn behind_our_proxies_the_last_address_that_is_not_ours_counts() {
        let ours = "127.0.0.1, 10.0.0.0/8, fd00::/8";
        assert_eq!(client(ours, "127.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(
            client(ours, "127.0.0.1", &["1.1.1.1, 203.0.113.7, 10.1.2.3"]),
            "203.0.113.7"
        );
        assert_eq!(
            client(ours, "fd00::5", &["1.1.1.1", "[2001:db8::1]:443"]),
            "2001:db8::1"
        );
        assert_eq!(
            client(ours, "::ffff:127.0.0.1", &["203.0.113.7:80"]),
            "203.0.113.7"
        );
        assert_eq!(client(ours, "127.0.0.1", &["203.0.113.7, unknown"]), "127.0.0.1");
        assert_eq!(client(ours, "10.9.9.9", &[]), "10.9.9.9");
    }

    #[test]
    fn what_is_no_network_is_refused_by_name() {
        let read = |list: &str| list.parse::<Proxies>();
        assert_eq!(read("10.0.0.0/8, proxy"), Err("proxy".to_owned()));
        assert!(read("10.0.0.0/33").is_err() && read("").is_err());
        assert!(read("0.0.0.0/0").is_ok() && read("::/0").is_ok());
    }
}

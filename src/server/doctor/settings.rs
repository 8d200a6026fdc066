//! What can be checked without a database.
use super::Finding;
use crate::server::config::Config;
use crate::server::site::SiteFiles;
use axum::http::Uri;
use std::net::IpAddr;

/// Whether real customers are served: over https, or at an address that is not this machine's or its own network's.
pub(super) fn in_production(config: &Config) -> bool {
    config.base_url.starts_with("https://") || !near(&config.base_url)
}

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.base_url.starts_with("http://") && !near(&config.base_url) {
        findings.push(Finding::error(format!(
            "GANTRY_BASE_URL is {}: passwords would travel in the open. Put a proxy with a certificate before Gantry and give its https address.",
            config.base_url
        )));
    }
    if config.dev && in_production(config) {
        findings.push(Finding::error(
            "GANTRY_DEV is on: development conveniences do not belong on the internet. Unset it.",
        ));
    }
    if config.trusted_proxies.trust_everybody() {
        findings.push(Finding::grave_in_production(
            config,
            "GANTRY_TRUSTED_PROXIES trusts every address: whoever guesses passwords could give another address each time. Name your proxies only.",
        ));
    } else if config.base_url.starts_with("https://") && config.trusted_proxies.is_empty() {
        findings.push(Finding::warning(
            "GANTRY_TRUSTED_PROXIES is not set: behind a proxy everybody seems to come from its address, and one who guesses passwords slows all. Give the proxy's address.",
        ));
    }
    if let Err(error) = SiteFiles::read(&config.site_dir) {
        findings.push(Finding::error(format!(
            "The browser's files are missing: {error:#}"
        )));
    }
    findings
}

/// This machine or its own network.
fn near(base_url: &str) -> bool {
    let uri: Uri = base_url.parse().unwrap_or_default();
    let host = uri
        .host()
        .unwrap_or_default()
        .trim_start_matches('[')
        .trim_end_matches(']');
    match host.parse() {
        Ok(IpAddr::V4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified()
        }
        Err(_) => {
            host == "localhost"
                || host.ends_with(".localhost")
                || host.ends_with(".local")
                || !host.contains('.')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn the_workshops_own_network_is_near_and_the_internet_is_not() {
        for own in [
            "http://127.0.0.1:3000",
            "http://localhost:3000",
            "http://192.168.1.20:3000",
            "http://[::1]:3000",
            "http://tablet.local",
        ] {
            assert!(near(own), "{own}");
        }
        for far in [
            "http://gantry.example.com",
            "http://8.8.8.8",
            "http://[2001:db8::1]:80",
        ] {
            assert!(!near(far), "{far}");
        }
    }
}

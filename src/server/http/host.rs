//! Which address was asked: with a domain configured, only it and its workshops are served. Proxies' headers are not trusted.
use crate::kernel::AppError;
use crate::server::request::RequestInfo;
use crate::server::settings::Settings;
use crate::server::slug::{LONGEST, plain, reserved};
use crate::server::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The host of a request, as its only Host header or its target says; HTTP/2 has it in the target.
pub fn of(request: &Request) -> Option<&str> {
    let mut named = request.headers().get_all(header::HOST).iter();
    match (named.next(), named.next()) {
        (Some(host), None) => host.to_str().ok(),
        (None, _) => request.uri().authority().map(|a| a.as_str()),
        (Some(_), Some(_)) => None,
    }
}

/// Without port, final dot and capitals.
fn name(host: &str) -> String {
    let bare = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|b| b.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    bare.trim_end_matches('.').to_ascii_lowercase()
}

fn base_host(settings: &Settings) -> String {
    let uri = settings.base_url.parse::<Uri>().ok();
    uri.as_ref().and_then(Uri::host).map(name).unwrap_or_default()
}

/// The workshop that an address belongs to; none for the addresses of all.
pub fn workshop(host: Option<&str>, settings: &Settings) -> Option<String> {
    let (host, domain) = (name(host?), settings.base_domain.as_deref()?);
    let slug = host.strip_suffix(domain)?.strip_suffix('.')?;
    let fits = (1..=LONGEST).contains(&slug.len()) && plain(slug) && !reserved(slug);
    (fits && host != base_host(settings)).then(|| slug.to_owned())
}

fn served(host: Option<&str>, settings: &Settings) -> bool {
    let Some(domain) = settings.base_domain.as_deref() else {
        return true;
    };
    let Some(own) = host.map(name) else {
        return false;
    };
    own == domain || own == base_host(settings) || workshop(host, settings).is_some()
}

/// The path and query of a Referer that is a page of the same host.
pub fn sent_from(referer: &str, host: Option<&str>) -> Option<String> {
    let uri: Uri = referer.parse().ok()?;
    (uri.authority()?.as_str() == host?).then(|| uri.path_and_query().map(ToString::to_string))?
}

/// Refuses requests for hosts that are not served here.
pub async fn known(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if served(of(&request), &state.settings) {
        return next.run(request).await;
    }
    (
        StatusCode::MISDIRECTED_REQUEST,
        "This address is not served here.\n",
    )
        .into_response()
}

/// On a workshop's address: 404 where there is no workshop, a redirect where it has moved.
pub async fn resolve_org_host(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let info = request.extensions().get::<Arc<RequestInfo>>();
    let Some(slug) = info.and_then(|info| info.workshop.clone()) else {
        return next.run(request).await;
    };
    let now = state.clock.now();
    match state.slugs.present(&state.db, &slug, now).await {
        Ok(Some(present)) if present == slug => next.run(request).await,
        Ok(Some(present)) => moved(&state.settings, &present, &request),
        Ok(None) => AppError::NotFound.into_response(),
        Err(error) => error.into_response(),
    }
}

/// The same page at the workshop's present address. What a form held cannot be sent there: its start page is shown.
fn moved(settings: &Settings, slug: &str, request: &Request) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let address = address(settings, slug, of(request));
    let (status, address) = if reads {
        (StatusCode::PERMANENT_REDIRECT, format!("{address}{path}"))
    } else {
        (StatusCode::SEE_OTHER, format!("{address}/"))
    };
    match HeaderValue::from_str(&address) {
        // Browsers would keep it for ever, and the workshop may come back.
        Ok(to) => (
            status,
            [
                (header::LOCATION, to),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ],
        )
            .into_response(),
        Err(_) => AppError::NotFound.into_response(),
    }
}

/// Scheme, host and port of a workshop, as the domain is configured and the request came.
fn address(settings: &Settings, slug: &str, host: Option<&str>) -> String {
    let scheme = if settings.secure() { "https" } else { "http" };
    let domain = settings.base_domain.as_deref().unwrap_or_default();
    let port = host.and_then(|host| host.rsplit_once(':'));
    let port = port
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or_else(String::new, |(_, port)| format!(":{port}"));
    format!("{scheme}://{slug}.{domain}{port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::new("https://gantry.example.com", false).under(Some("example.com".into()))
    }

    #[test]
    fn a_subdomain_is_a_workshop_unless_it_is_ours() {
        assert_eq!(
            workshop(Some("acme.example.com:443"), &settings()).as_deref(),
            Some("acme")
        );
        for ours in [
            "example.com",
            "gantry.example.com",
            "www.example.com",
            "a.b.example.com",
            "acmeexample.com",
            "127.0.0.1",
        ] {
            assert_eq!(workshop(Some(ours), &settings()), None, "{ours}");
        }
    }

    #[test]
    fn with_a_domain_only_its_hosts_are_served() {
        for good in ["example.com", "Gantry.Example.com.", "acme.example.com:8443"] {
            assert!(served(Some(good), &settings()), "{good}");
        }
        for bad in [
            "evil.test",
            "example.com.evil.test",
            "www.example.com",
            "",
            "[::1]:3000",
        ] {
            assert!(!served(Some(bad), &settings()), "{bad}");
        }
        assert!(!served(None, &settings()));
        assert!(served(
            Some("192.168.1.5:3000"),
            &Settings::new("http://127.0.0.1:3000", false)
        ));
    }

    #[test]
    fn only_a_page_of_the_same_host_is_where_a_form_was_sent_from() {
        let own = sent_from("http://h:3000/board?x=1", Some("h:3000"));
        assert_eq!(own.as_deref(), Some("/board?x=1"));
        assert_eq!(sent_from("http://evil.test/board", Some("h:3000")), None);
        assert_eq!(sent_from("", Some("h:3000")), None);
    }
}

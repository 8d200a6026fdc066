//! Only our own pages may write: `Sec-Fetch-Site: same-origin`, or an `Origin` that is this host. A sibling
//! workshop's subdomain is same-site, not same-origin, so it is refused. GET never writes.
use super::host;
use crate::kernel::AppError;
use crate::server::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers(), host::of(&request), state.settings.secure()) {
        next.run(request).await
    } else {
        AppError::Forbidden("send this from another site".to_owned()).into_response()
    }
}

fn is_ours(headers: &HeaderMap, host: Option<&str>, secure: bool) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let origin = text(header::ORIGIN.as_str()).and_then(|o| o.split_once("://"));
    origin.is_some_and(|(scheme, named)| {
        (scheme == "https" || (scheme == "http" && !secure)) && Some(named) == host
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers: HeaderMap = pairs
            .iter()
            .map(|(k, v)| (k.parse().expect("name"), HeaderValue::from_static(v)))
            .collect();
        let host = headers.get("host").and_then(|v| v.to_str().ok());
        is_ours(&headers, host, false)
    }

    #[test]
    fn behind_tls_a_page_without_it_does_not_write() {
        let from = |origin| HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(origin))]);
        assert!(is_ours(&from("https://h"), Some("h"), true));
        assert!(!is_ours(&from("http://h"), Some("h"), true));
    }

    #[test]
    fn only_the_same_origin_writes() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        for refused in [
            &[("sec-fetch-site", "same-site")][..],
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://h"),
                ("host", "h"),
            ],
            &[("sec-fetch-site", "none")],
            &[("origin", "http://evil.test"), ("host", "h")],
            &[("origin", "null"), ("host", "h")],
            &[("host", "h")],
            &[],
        ] {
            assert!(!ours(refused), "{refused:?}");
        }
    }
}

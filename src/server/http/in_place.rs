//! Pages that change in place: the frame's script asks with a header of its own, and is told where a form leads instead of being sent
//! there. `fetch` would follow a redirect by itself and lose its fragment, and a failure on the way could not be told from one before.
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// What the script sends.
const ASKED: HeaderName = HeaderName::from_static("x-gantry-in-place");
/// Where the answer leads.
const TO: HeaderName = HeaderName::from_static("x-gantry-to");

/// A 303 becomes 204 and says where it leads. Cookies stay, and so does every other status.
pub(super) async fn lead(request: Request, next: Next) -> Response {
    let asked = request.headers().contains_key(&ASKED);
    let mut response = next.run(request).await;
    if response.status() != StatusCode::SEE_OTHER {
        return response;
    }
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_name(ASKED));
    if asked && let Some(to) = headers.remove(header::LOCATION) {
        headers.insert(TO, to);
        headers.remove(header::CONTENT_LENGTH);
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    response
}

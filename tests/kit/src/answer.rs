//! What came back.
use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode, header};
use futures::StreamExt;
use std::str::FromStr;

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let mut chunks = body.into_data_stream();
        let mut read = Vec::new();
        // An event stream has no end: its first word is enough.
        let endless = parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind == "text/event-stream");
        while let Some(chunk) = chunks.next().await {
            read.extend_from_slice(&chunk.expect("a body"));
            if endless {
                break;
            }
        }
        Self {
            status: parts.status,
            headers: parts.headers,
            body: read,
        }
    }

    /// Itself, if it has this status.
    #[track_caller]
    pub fn must(self, status: u16) -> Self {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{} {}",
            self.location(),
            self.text()
        );
        self
    }

    /// A header, empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a printable header"))
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether a person reads this on the page. As HTML it may be written with entities.
    pub fn shows(&self, words: &str) -> bool {
        let text = self.text();
        let plain = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        text.contains(words) || plain.contains(words) || without_marks(&plain).contains(words)
    }

    /// The word of confirmation that the next page shows.
    pub fn flash(&self) -> Option<String> {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter();
        let raw = cookies
            .filter_map(|value| value.to_str().ok()?.strip_prefix("flash="))
            .find_map(|rest| rest.split(['.', ';']).next().filter(|value| !value.is_empty()))?;
        String::from_utf8(hex::decode(raw).ok()?).ok()
    }

    /// The id of that kind in the address it leads to.
    #[track_caller]
    pub fn id<T: FromStr>(&self) -> T {
        self.location()
            .split(['/', '?', '#', '=', '&'])
            .find_map(|segment| segment.parse().ok())
            .unwrap_or_else(|| panic!("no such id in {:?} ({})", self.location(), self.status))
    }

    /// The value that a form on the page would send.
    pub fn field(&self, name: &str) -> Option<String> {
        self.fields(name).into_iter().next()
    }

    /// The values of every field of that name.
    pub fn fields(&self, name: &str) -> Vec<String> {
        let text = self.text();
        let needle = format!("name=\"{name}\"");
        let tags = text
            .split('<')
            .filter(|tag| tag.starts_with("input") && tag.contains(&needle));
        tags.filter_map(|tag| Some(tag.split_once("value=\"")?.1.split('"').next()?.to_owned()))
            .collect()
    }

    /// Statements and round trips of the database.
    pub fn effort(&self) -> (u32, u32) {
        let timing = self.header("server-timing").to_owned();
        let number = |name: &str| {
            let (_, rest) = timing.split_once(&format!("{name};desc=\""))?;
            rest.split('"').next()?.parse().ok()
        };
        (
            number("statements").expect("a number of statements"),
            number("trips").expect("a number of round trips"),
        )
    }
}

/// Leptos separates texts by comments; inside a sentence a person sees neither.
fn without_marks(html: &str) -> String {
    html.replace("<!>", "").replace("<!---->", "")
}

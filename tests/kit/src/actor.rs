//! A person's browser.
use super::{Answer, TestApp};
use axum::body::Body;
use axum::http::{Method, Request, header};
use axum::response::Response;
use gantry::kernel::{AppError, AppResult, MemberId};
use leptos::server_fn::{ContentType, Http, ServerFn};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// Keeps cookies like a browser. Clones share them.
#[derive(Clone)]
pub struct Actor {
    app: TestApp,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    /// Of whoever is signed in.
    member: Option<MemberId>,
    host: String,
}

impl Actor {
    pub(crate) fn new(app: TestApp) -> Self {
        Self {
            app,
            cookies: Arc::default(),
            member: None,
            host: "127.0.0.1:3000".to_owned(),
        }
    }

    /// The same browser at another host; like a browser, it shows no host the cookies of another, so they start empty.
    pub fn at(&self, host: &str) -> Self {
        Self {
            host: host.to_owned(),
            cookies: Arc::default(),
            ..self.clone()
        }
    }

    /// As [`Actor::at`], with the cookies: what a thief would do.
    pub fn carried_to(&self, host: &str) -> Self {
        Self {
            host: host.to_owned(),
            ..self.clone()
        }
    }

    /// Signs in through the form.
    pub(crate) async fn sign_in(app: &TestApp, email: &str, member: MemberId) -> Self {
        let mut actor = Self::new(app.clone());
        actor
            .post("/sign-in", &[("email", email), ("password", super::PASSWORD)])
            .await
            .must(303);
        assert!(actor.session().is_some(), "no session for {email}");
        actor.member = Some(member);
        actor
    }

    /// The same browser in front of another server of the same database.
    pub fn moved_to(&self, app: &TestApp) -> Self {
        Self {
            app: app.clone(),
            ..self.clone()
        }
    }

    /// A browser of its own with the same cookies, in front of a server of a copied database.
    pub fn copied_to(&self, app: &TestApp) -> Self {
        let cookies = self.cookies.lock().expect("cookies").clone();
        Self {
            app: app.clone(),
            cookies: Arc::new(Mutex::new(cookies)),
            ..self.clone()
        }
    }

    pub fn app(&self) -> &TestApp {
        &self.app
    }

    /// The member who is signed in.
    #[track_caller]
    pub fn member(&self) -> MemberId {
        self.member.expect("somebody signed in")
    }

    /// The session's token.
    pub fn session(&self) -> Option<String> {
        self.cookie(self.app.state().settings.session_cookie())
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("cookies").get(name).cloned()
    }

    /// All of them, as a request carries them.
    pub fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().expect("cookies");
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(
            Request::get(path).header(header::ACCEPT, "text/html"),
            Body::empty(),
        )
        .await
    }

    /// Sends a form as a page of ours does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(
            request,
            serde_urlencoded::to_string(fields).expect("a form").into(),
        )
        .await
    }

    /// Calls a server function as an island does: `rita.call(Search { query: "ada".into() }).await`.
    ///
    /// Arguments sent as a form (the default) have to be flat; nested ones need `input = Json`, as in the product.
    pub async fn call<F, I, O>(&self, function: F) -> AppResult<F::Output>
    where
        F: ServerFn<Protocol = Http<I, O>, Error = AppError> + Serialize,
        F::Output: DeserializeOwned,
        I: ContentType,
    {
        let body = if I::CONTENT_TYPE == "application/json" {
            serde_json::to_string(&function).expect("arguments")
        } else {
            serde_urlencoded::to_string(&function).expect("flat arguments")
        };
        let request = Request::post(F::PATH)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, I::CONTENT_TYPE)
            .header("sec-fetch-site", "same-origin");
        let answer = self.send(request, body.into()).await;
        if answer.status.is_success() {
            Ok(serde_json::from_slice(&answer.body).expect("the function's output"))
        } else {
            Err(serde_json::from_slice(&answer.body)
                .unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text())))
        }
    }

    /// Any request at all, with this browser's cookies and nothing else.
    pub async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let answer = Answer::read(self.open(request, body).await).await;
        self.keep(&answer);
        answer
    }

    /// As [`Actor::send`], for an answer that is read while it comes.
    pub(crate) async fn open(&self, request: axum::http::request::Builder, body: Body) -> Response {
        let mut request = request
            .header(header::HOST, &self.host)
            .body(body)
            .expect("a request");
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, cookies.parse().expect("cookies"));
        }
        self.app.router().oneshot(request).await.expect("an answer")
    }

    /// A request without a body: `method` may be what no form sends.
    pub async fn ask(&self, method: Method, path: &str) -> Answer {
        self.send(Request::builder().method(method).uri(path), Body::empty())
            .await
    }

    fn keep(&self, answer: &Answer) {
        let mut cookies = self.cookies.lock().expect("cookies");
        for value in answer.headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().expect("a cookie");
            let (name, rest) = text.split_once('=').expect("a name");
            let value = rest.split(';').next().unwrap_or_default();
            if value.is_empty() || rest.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

//! The document around every page: head, theme, the browser's part where a page holds islands, and the security headers.
use super::request::RequestInfo;
use super::shown_for;
use crate::kernel::permission::ViewWorkOrders;
use crate::kernel::{Filled, Form, OrgState, WorkOrderId};
use crate::server::app::App;
use crate::server::db::tenant::Session;
use crate::server::site::SiteFiles;
use crate::server::state::AppState;
use crate::ui::layout::{AppFrame, BannerLine, Flash, FrameData, HEAD};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// The frame around a page's own content.
#[derive(Clone, Debug)]
pub struct Page {
    pub(super) title: String,
    pub(super) nav: &'static str,
    pub(super) about: &'static str,
    pub(super) islands: bool,
    /// A document on paper, and whether its print is recorded.
    pub(super) prints: Option<bool>,
    pub(super) knows_zone: bool,
    pub(super) status: StatusCode,
    pub(super) retry_after: Option<u32>,
    pub(super) frame: FrameKind,
    pub(super) search: String,
    pub(super) news: String,
}

/// Which of the design system's frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// Side navigation, header, search: everybody who is signed in.
    App,
    /// No frame: public pages have one of their own.
    Bare,
}

impl Page {
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            nav: "",
            about: "",
            islands: false,
            prints: None,
            knows_zone: false,
            status: StatusCode::OK,
            retry_after: None,
            frame: FrameKind::App,
            search: String::new(),
            news: String::new(),
        }
    }
    /// The menu entry to mark, by its path: `/customers`.
    #[must_use]
    pub fn nav(mut self, href: &'static str) -> Self {
        self.nav = href;
        self
    }
    /// One sentence for search engines and link previews.
    #[must_use]
    pub fn about(mut self, sentence: &'static str) -> Self {
        self.about = sentence;
        self
    }
    /// Has islands of its own, so the bundle is fetched with the page. Others of the frame fetch it when somebody goes to the search box.
    #[must_use]
    pub fn islands(mut self) -> Self {
        self.islands = true;
        self
    }
    /// Its print button prints ([`crate::ui::layout::PrintAction`]); a recorded print asks for a printer at once.
    #[must_use]
    pub fn prints(mut self, recorded: bool) -> Self {
        self.prints = Some(recorded);
        self
    }
    /// A hidden field marked `data-zone` gets the browser's time zone.
    #[must_use]
    pub fn knows_zone(mut self) -> Self {
        self.knows_zone = true;
        self
    }
    /// What the search box holds.
    #[must_use]
    pub fn search(mut self, query: &str) -> Self {
        query.clone_into(&mut self.search);
        self
    }
    /// Shows work orders: it is read again when one changes.
    #[must_use]
    pub fn news_of_orders(mut self) -> Self {
        self.news = "*".to_owned();
        self
    }
    /// Shows this work order: it is read again when that changes.
    #[must_use]
    pub fn news_of(mut self, order: WorkOrderId) -> Self {
        self.news = order.to_string();
        self
    }
    /// 422 when a form is shown again.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        self
    }
    /// With the status of the form on it: 200 when it was just opened.
    #[must_use]
    pub fn shows<F: Form>(mut self, form: &Filled<F>) -> Self {
        self.retry_after = self.retry_after.or(form.retry_after());
        if form.is_refused() {
            return self.status(form.status());
        }
        self
    }
    /// No application frame around it (print views).
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.frame = FrameKind::Bare;
        self
    }
}

/// The whole HTML and the nonce of its scripts.
pub fn document<V: IntoView + 'static>(
    state: &AppState,
    request: &Arc<RequestInfo>,
    session: Option<Arc<Session>>,
    page: &Page,
    view: impl FnOnce() -> V,
) -> (String, String) {
    let nonce = hex::encode(rand::random::<[u8; 16]>());
    let org = session.as_ref().map(|session| session.org().to_string());
    // Who may not look at work orders is told of none.
    let session_hears = !page.news.is_empty()
        && session
            .as_ref()
            .is_some_and(|session| session.opens::<ViewWorkOrders>());
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let mut in_frame = false;
    let terms = session
        .as_ref()
        .map(|session| session.terms())
        .unwrap_or_default();
    let body = owner.with(|| {
        if let Some(session) = &session {
            provide_context(session.locale());
        }
        provide_context(terms);
        let content = view().into_any();
        match (page.frame, session) {
            (FrameKind::App, Some(session)) => {
                let data = frame_data(state, &session, request, page);
                in_frame = true;
                framed(&state.app, data, terms.devices(), content)
            }
            (_, Some(session)) => {
                let banners = state.app.banners(&session, state.clock.now(), false).into_iter();
                let lines = banners.map(|banner| view! { <BannerLine banner/> });
                view! { {lines.collect_view()}{content} }.into_any()
            }
            _ => content,
        }
        .to_html()
    });
    owner.unset();
    let body = match &org {
        Some(org) => shown_for::mark(&body, org),
        None => body,
    };
    let news = session_hears.then(|| format!(" data-at=\"{}\" data-news=\"{}\"", request.id, page.news));
    let org_attributes = org
        .map(|org| format!(" data-org=\"{org}\"{}", news.unwrap_or_default()))
        .unwrap_or_default();
    let prints = if page.prints == Some(true) {
        " data-prints"
    } else {
        ""
    };
    let theme = request
        .theme
        .data_theme()
        .map(|t| format!(" data-theme=\"{t}\""))
        .unwrap_or_default();
    let script = Script {
        reacts: in_frame || page.islands,
        needed: page.prints.is_some() || page.knows_zone,
    };
    let head = head(&state.site, page, script, &nonce);
    (
        format!(
            "<!DOCTYPE html><html lang=\"en\"{theme}{org_attributes}{prints}><head>{head}</head><body>{body}</body></html>"
        ),
        nonce,
    )
}

/// The frame, with the search box of the feature that has one.
fn framed(app: &App, frame: FrameData, devices: bool, content: AnyView) -> AnyView {
    match app.search_box(frame.search.clone(), devices) {
        Some(search) => view! { <AppFrame frame search=move || search>{content}</AppFrame> }.into_any(),
        None => view! { <AppFrame frame>{content}</AppFrame> }.into_any(),
    }
}

const SPECULATION_OPEN: &str = "<script type=\"speculationrules\" nonce=\"";
/// Outside the frame links are fetched when a pointer rests on them, so that a click only swaps documents. In the frame the script does it.
const SPECULATION: &str = "\">{\"prefetch\":[{\"where\":{\"and\":[{\"href_matches\":\"/*\"},{\"not\":{\"href_matches\":\"/events\"}},\
    {\"not\":{\"selector_matches\":\"[download]\"}}]},\"eagerness\":\"moderate\"}]}</script>";

/// What a page needs of the one script.
#[derive(Clone, Copy)]
struct Script {
    /// It may hold islands, now or after a change in place.
    reacts: bool,
    /// It prints, or tells the time zone.
    needed: bool,
}

fn head(site: &SiteFiles, page: &Page, script: Script, nonce: &str) -> String {
    let title = page.title.replace('&', "&amp;").replace('<', "&lt;");
    let SiteFiles {
        css,
        js,
        wasm,
        in_place,
    } = site;
    let about = match page.about {
        "" => String::new(),
        text => format!("<meta name=\"description\" content=\"{text}\">"),
    };
    let ahead = if page.islands {
        format!(
            "<link rel=\"modulepreload\" href=\"{js}\" nonce=\"{nonce}\"><link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
        )
    } else {
        String::new()
    };
    let bundle = if script.reacts {
        format!(" data-js=\"{js}\" data-wasm=\"{wasm}\"")
    } else {
        String::new()
    };
    let script = if !(script.reacts || script.needed) {
        format!("{SPECULATION_OPEN}{nonce}{SPECULATION}")
    } else {
        format!("<script type=\"module\" src=\"{in_place}\"{bundle} nonce=\"{nonce}\"></script>")
    };
    format!(
        "<meta charset=\"utf-8\"><title>{title} · Gantry</title>{about}{HEAD}<link rel=\"stylesheet\" href=\"{css}\">{ahead}{script}"
    )
}

fn frame_data(state: &AppState, session: &Session, request: &RequestInfo, page: &Page) -> FrameData {
    FrameData {
        title: page.title.clone(),
        user_name: session.name.clone(),
        role_label: session.role_label(),
        org_name: session.org_name.clone(),
        branches: session
            .branches_to_choose()
            .into_iter()
            .map(|b| (b.id.to_string(), b.name))
            .collect(),
        current_branch: session.chosen_branch().map(|b| b.id.to_string()),
        all_branches: session.branches_to_choose().len() > 1,
        workshops: if request.workshop.is_some() {
            Vec::new()
        } else {
            session
                .workshops()
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect()
        },
        org: session.org().to_string(),
        nav: if session.state == OrgState::Locked {
            state.app.locked_menu(page.nav)
        } else {
            state.app.menu(session, page.nav)
        },
        banners: state.app.banners(session, state.clock.now(), true),
        closed: session.state == OrgState::Locked,
        shared: request.tablet.is_some(),
        flash: request.flash.clone().map(Flash::success),
        search: page.search.clone(),
        theme: request.theme,
    }
}

/// Headers of every answer; `nonce` allows this document's own scripts and nothing else.
pub fn secure(headers: &mut HeaderMap, nonce: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Headers of every answer, page or not, unless its handler set them.
pub async fn common_headers(
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    const FIXED: [(HeaderName, &str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    let mut response = next.run(request).await;
    for (name, value) in FIXED {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
        .headers_mut()
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
    response
}

//! The document around every page: head, theme, the browser's part where a page holds islands, and the security headers.
use super::request::RequestInfo;
use super::shown_for::{self, SCRIPT as SHOWN_FOR};
use crate::kernel::{Filled, Form, OrgState};
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
    /// Loads the browser's part at once, for islands of its own. On other pages of the frame it comes when somebody goes to the search box.
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
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let mut searches = false;
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
                searches = !data.closed;
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
    let at = if page.islands {
        format!(" data-at=\"{}\"", request.id)
    } else {
        String::new()
    };
    let org_attributes = org
        .map(|org| format!(" data-org=\"{org}\"{at}"))
        .unwrap_or_default();
    let theme = request
        .theme
        .data_theme()
        .map(|t| format!(" data-theme=\"{t}\""))
        .unwrap_or_default();
    let part = match (page.islands, searches) {
        (true, _) => BrowserPart::AtOnce,
        (false, true) => BrowserPart::WithSearch,
        (false, false) => BrowserPart::Never,
    };
    let head = head(&state.site, page, part, &nonce);
    (
        format!(
            "<!DOCTYPE html><html lang=\"en\"{theme}{org_attributes}><head>{head}</head><body>{body}</body></html>"
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

/// When a page loads the browser's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BrowserPart {
    /// Something on it reacts.
    AtOnce,
    /// Only its search box does: when somebody goes there.
    WithSearch,
    Never,
}

fn head(site: &SiteFiles, page: &Page, part: BrowserPart, nonce: &str) -> String {
    let title = page.title.replace('&', "&amp;").replace('<', "&lt;");
    let css = &site.css;
    let about = match page.about {
        "" => String::new(),
        text => format!("<meta name=\"description\" content=\"{text}\">"),
    };
    let scripts = island_scripts(site, part, nonce) + &print_script(page, nonce) + &zone_script(page, nonce);
    format!(
        "<meta charset=\"utf-8\"><title>{title} · Gantry</title>{about}{HEAD}<link rel=\"stylesheet\" href=\"{css}\">{scripts}{SPECULATION_OPEN}{nonce}{SPECULATION}"
    )
}

const SPECULATION_OPEN: &str = "<script type=\"speculationrules\" nonce=\"";
/// Links are fetched when a pointer rests on them, so that a click only swaps documents.
const SPECULATION: &str = "\">{\"prefetch\":[{\"where\":{\"and\":[{\"href_matches\":\"/*\"},{\"not\":{\"href_matches\":\"/events\"}},\
    {\"not\":{\"selector_matches\":\"[download]\"}}]},\"eagerness\":\"moderate\"}]}</script>";

/// Loads the module and wakes each island where it stands. The walk follows Leptos' own: islands inside children know their parent's.
fn island_scripts(site: &SiteFiles, part: BrowserPart, nonce: &str) -> String {
    let (js, wasm) = (&site.js, &site.wasm);
    let (ahead, when) = match part {
        BrowserPart::Never => return String::new(),
        BrowserPart::AtOnce => (
            format!(
                "<link rel=\"modulepreload\" href=\"{js}\" nonce=\"{nonce}\"><link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
            ),
            "await wake()",
        ),
        BrowserPart::WithSearch => (String::new(), ON_SEARCH),
    };
    format!(
        "{ahead}<script type=\"module\" nonce=\"{nonce}\">const wake=async()=>{{const mod=await import(\"{js}\");{SHOWN_FOR}const up=[];\
         const walk=async n=>{{const t=n.localName;if(t===\"leptos-island\"){{const f=mod[n.dataset.component];if(f){{const c=up[up.length-1];if(c)c();await f(n)}}\
         for(const c of n.children)await walk(c)}}else if(t===\"leptos-children\"){{up.push(n.$$on_hydrate);for(const c of n.children)await walk(c);up.pop()}}\
         else for(const c of n.children)await walk(c)}};\
         await mod.default({{module_or_path:\"{wasm}\"}});mod.hydrate();await walk(document.body);document.documentElement.dataset.hydrated=\"\"}};{when}</script>"
    )
}

/// Text typed before the script has loaded is searched for then, unless the focus moved elsewhere meanwhile. If it never loads,
/// the box is still a form.
const ON_SEARCH: &str = "const box=document.querySelector(\".top-search input\"),\
    go=()=>wake().then(()=>{if(document.activeElement===box&&box.value!==box.defaultValue)box.dispatchEvent(new Event(\"input\",{bubbles:true}))});\
    if(box)document.activeElement===box?go():box.addEventListener(\"focus\",go,{once:true})";

/// What is recorded already is printed again by a button that is hidden where no script runs.
const ON_PAPER: &str = "for(const b of document.querySelectorAll(\"button[data-print]\")){b.hidden=false;b.addEventListener(\"click\",()=>print())}";

/// A page on paper needs no more than this.
fn print_script(page: &Page, nonce: &str) -> String {
    let at_once = match page.prints {
        None => return String::new(),
        Some(true) => "print()",
        Some(false) => "",
    };
    format!("<script type=\"module\" nonce=\"{nonce}\">{ON_PAPER}{at_once}</script>")
}

/// Where a form asks for the time zone, the browser's is the answer that is offered.
fn zone_script(page: &Page, nonce: &str) -> String {
    if !page.knows_zone {
        return String::new();
    }
    format!(
        "<script type=\"module\" nonce=\"{nonce}\">for(const i of document.querySelectorAll(\"[data-zone]\"))i.value=Intl.DateTimeFormat().resolvedOptions().timeZone</script>"
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

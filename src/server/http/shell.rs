//! The document around every page: head, theme, the browser's part where a page holds islands, and the security headers.
use super::page::{FrameKind, Page};
use super::request::RequestInfo;
use super::shown_for::{self, SCRIPT as SHOWN_FOR};
use crate::kernel::OrgState;
use crate::server::db::tenant::Session;
use crate::server::state::AppState;
use crate::ui::layout::{AppFrame, Banner, BannerLine, Flash, FrameData, HEAD, NavItem};
use crate::ui::tone::Tone;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use chrono::{DateTime, Utc};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

/// Where the built files are, by their hashed names.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SiteFiles {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

impl SiteFiles {
    /// Reads the bundle's manifest.
    ///
    /// # Errors
    /// When the bundle was not built.
    pub fn read(site_dir: &Path) -> anyhow::Result<Self> {
        let path = site_dir.join("manifest.json");
        let text = std::fs::read_to_string(&path)
            .map_err(|e| anyhow::anyhow!("{}: {e}. Build it with `make build`.", path.display()))?;
        Ok(serde_json::from_str(&text)?)
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
                let data = frame_data(&session, request, page, state.clock.now());
                searches = !data.closed;
                framed(data, terms.devices(), content)
            }
            (_, Some(session)) => match crate::features::support::banner(&session) {
                Some(banner) => view! { <BannerLine banner/>{content} }.into_any(),
                None => content,
            },
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
    let shown = org
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
            "<!DOCTYPE html><html lang=\"en\"{theme}{shown}><head>{head}</head><body>{body}</body></html>"
        ),
        nonce,
    )
}

/// The frame. Its search box finds while somebody types.
fn framed(frame: FrameData, devices: bool, content: AnyView) -> AnyView {
    let query = frame.search.clone();
    view! { <AppFrame frame search=move || crate::app::search_box(query, devices)>{content}</AppFrame> }
        .into_any()
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

/// What was typed until the browser's part is there is looked for then, unless somebody went elsewhere meanwhile. If it never comes,
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

fn frame_data(session: &Session, request: &RequestInfo, page: &Page, now: DateTime<Utc>) -> FrameData {
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
            crate::features::standing::navigation(page.nav)
        } else {
            navigation(session, page.nav)
        },
        banners: banners(session, now),
        closed: session.state == OrgState::Locked,
        shared: request.tablet.is_some(),
        flash: request.flash.clone().map(Flash::success),
        search: page.search.clone(),
        theme: request.theme,
    }
}

/// Subscription, then what is one's own.
fn banners(session: &Session, now: DateTime<Utc>) -> Vec<Banner> {
    let support = crate::features::support::banner(session);
    let standing = crate::features::standing::banner(session, now);
    support
        .into_iter()
        .chain(standing)
        .chain(unconfirmed(session))
        .collect()
}

/// For a new owner who did not follow the link in our letter yet.
fn unconfirmed(session: &Session) -> Option<Banner> {
    session.unverified.then(|| Banner {
        tone: Tone::Warning,
        text: format!("Confirm your e-mail: we sent a link to {}.", session.login),
        action: None,
        post: Some(("/account/confirm-address".to_owned(), "Send again".to_owned())),
    })
}

/// The menu, from the same table of rights that the server refuses by.
fn navigation(session: &Session, active: &str) -> Vec<NavItem> {
    use crate::kernel::permission::{
        CreateWorkOrders, RecordWork, ViewCustomers, ViewInvoices, ViewWorkOrders,
    };
    let terms = session.terms();
    let (assets, orders) = (terms.asset().titles(), terms.work_order().titles());
    let entries = [
        (true, "/dashboard", "Dashboard", "gauge"),
        (session.opens::<ViewWorkOrders>(), "/board", "Board", "kanban"),
        (session.opens::<RecordWork>(), "/my-jobs", "My jobs", "wrench"),
        (
            session.opens::<CreateWorkOrders>(),
            "/check-in",
            "Check-in",
            "clipboard-check",
        ),
        (
            session.opens::<ViewWorkOrders>(),
            "/work-orders",
            &orders,
            "file-text",
        ),
        (
            session.opens::<ViewCustomers>(),
            "/customers",
            "Customers",
            "users",
        ),
        (
            session.opens::<ViewCustomers>(),
            "/vehicles",
            &assets,
            terms.kind.icon(),
        ),
        (
            session.opens::<ViewInvoices>(),
            "/invoices",
            "Invoices",
            "receipt",
        ),
        (
            session.opens::<ViewInvoices>(),
            "/payments",
            "Payments",
            "credit-card",
        ),
        (true, "/announcements", "Announcements", "megaphone"),
        (
            crate::features::settings::may_settle_something(session),
            "/settings",
            "Settings",
            "settings",
        ),
    ];
    entries
        .into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, href, label, icon)| {
            let item = NavItem::new(href, label, icon).active(href == active);
            match href {
                "/announcements" => item.short("News"),
                _ => item,
            }
        })
        .collect()
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

/// What stands on every answer, pages or not, unless its handler said otherwise.
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

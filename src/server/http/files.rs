//! The browser's files.
use crate::server::app::App;
use crate::server::state::AppState;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tower_http::services::{ServeDir, ServeFile};

/// Serves the built files by routes of their own, so that no page's path is looked up on disk.
pub fn serve(router: Router<AppState>, app: &App, site_dir: &Path) -> Router<AppState> {
    let folder = |path: &Path| {
        ServeDir::new(path)
            .precompressed_br()
            .precompressed_gzip()
            .append_index_html_on_directories(false)
    };
    let mut router = router;
    for (name, path) in Entries::of(site_dir, app).servable {
        let address = format!("/{name}");
        router = if path.is_dir() {
            router.nest_service(&address, folder(&path))
        } else {
            let file = ServeFile::new(path).precompressed_br().precompressed_gzip();
            router.route_service(&address, file)
        };
    }
    router
}

/// Whether everything in the directory can be served.
///
/// # Errors
/// What is wrong, in one sentence.
pub fn check(site_dir: &Path, app: &App) -> anyhow::Result<()> {
    match Entries::of(site_dir, app).in_the_way.first() {
        None => Ok(()),
        Some(path) => anyhow::bail!(
            "{} is in the way: its name is an address of Gantry's own, or none. Take it out of the directory of the browser's files",
            path.display()
        ),
    }
}

/// What stands in the directory.
struct Entries {
    servable: Vec<(String, PathBuf)>,
    in_the_way: Vec<PathBuf>,
}

impl Entries {
    fn of(site_dir: &Path, app: &App) -> Self {
        let taken = first_segments(app);
        let (mut servable, mut in_the_way) = (Vec::new(), Vec::new());
        for entry in std::fs::read_dir(site_dir).into_iter().flatten().flatten() {
            let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
            // Compressed beside the file they are of, or for ourselves.
            if path.is_file() && (name.ends_with(".br") || name.ends_with(".gz") || name == "manifest.json") {
                continue;
            }
            if taken.contains(&name) || !is_plain(&name) {
                in_the_way.push(path);
            } else {
                servable.push((name, path));
            }
        }
        in_the_way.sort();
        Self { servable, in_the_way }
    }
}

/// The router reads braces, colons and asterisks as patterns.
fn is_plain(name: &str) -> bool {
    name.chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// What the addresses of pages, forms and server functions begin with.
fn first_segments(app: &App) -> HashSet<String> {
    let routes = [app.routes(), app.platform_routes()].concat();
    let first = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
    let own = ["api", "livez", "readyz"].map(ToOwned::to_owned);
    routes.iter().map(|route| first(&route.path)).chain(own).collect()
}

/// Files whose name holds their hash never change.
pub async fn cache_hashed(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/");
    let own = !request.uri().path().contains('.');
    let mut response = next.run(request).await;
    if hashed && response.status().is_success() {
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
    } else if !own && response.status().is_success() {
        response
            .headers_mut()
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("public, max-age=3600"));
    }
    response
}

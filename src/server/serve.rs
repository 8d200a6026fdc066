//! Serving: state, listener, graceful stop.
use super::app::App;
use super::auth::password::Hasher;
use super::clock::SystemClock;
use super::config::{Config, Databases, Secret};
use super::db::{Db, identity};
use super::events::Events;
use super::feature::Product;
use super::http::limits::{Limits, Rates};
use super::http::router::router;
use super::http::{connections, files};
use super::mail::Mailer;
use super::secrets::Keys;
use super::settings::Settings;
use super::site::SiteFiles;
use super::slug::Slugs;
use super::state::AppState;
use super::turns::ConcurrencyLimit;
use axum::Router;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// Connections per server: a few per core, PostgreSQL works on no more at once anyway.
const POOL: u32 = 12;
/// Each reads all tables of a workshop over a connection of its own.
const DATA_EXPORTS: usize = 2;
/// How long requests under way may take to end after a stop signal.
const DRAIN: Duration = Duration::from_secs(10);

/// Everything a request can reach, from the database's address as the unprivileged role.
///
/// # Errors
/// When the database does not answer or the bundle was not built.
pub async fn state(
    app: App,
    app_url: &str,
    settings: Settings,
    site_dir: &Path,
    keys: Keys,
    mailer: Mailer,
) -> anyhow::Result<AppState> {
    files::check(site_dir, &app)?;
    let db = Db::connect(app_url, POOL).await?;
    let events = Events::default();
    events.start(db.clone());
    Ok(AppState {
        app,
        db,
        clock: Arc::new(SystemClock),
        settings: Arc::new(settings),
        site: Arc::new(SiteFiles::read(site_dir)?),
        hasher: Hasher::new(),
        events,
        keys,
        mailer,
        slugs: Slugs::default(),
        limits: Limits::new(Rates::default()),
        data_exports: ConcurrencyLimit::of(DATA_EXPORTS),
    })
}

/// Serves until `stop` resolves, then lets requests under way end.
///
/// # Errors
/// When the address is taken.
pub async fn listen(
    addr: SocketAddr,
    features: Router<AppState>,
    state: AppState,
    site_dir: &Path,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(addr)
        .await
        .map_err(|e| anyhow::anyhow!("{addr}: {e}"))?;
    let (db, events) = (state.db.clone(), state.events.clone());
    let limits = connections::Limits::of_process(state.settings.trusted_proxies.clone());
    let service = router(features, state, site_dir);
    let (signal, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = connections::serve(listener, service, limits, async move {
        stop.await;
        events.stop();
        let _ = signal.send(());
    });
    let overdue = async move {
        let _ = stopped.await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        () = server => {}
        () = overdue => tracing::warn!("Stopped although requests were under way"),
    }
    db.close().await;
    Ok(())
}

/// Opens the state and serves at the configured address until asked to stop.
///
/// # Errors
/// When the database does not answer, the bundle was not built, or the address is taken.
pub async fn serve(product: Product, config: &Config, databases: &Databases) -> anyhow::Result<()> {
    let settings = Settings::new(config.base_url.clone(), config.dev)
        .under(config.base_domain.clone())
        .behind(config.trusted_proxies.clone())
        .lasting(config.session_idle, config.session_lifetime)
        .asking(config.support_email.clone());
    let keys = keys(config)?;
    let smtp = config.smtp_url.as_ref().map(Secret::expose);
    let mailer = Mailer::new(smtp, config.data_dir.join("mail"), &config.base_url, keys.clone())?;
    let state = state(
        product.app,
        databases.app_url.expose(),
        settings,
        &config.site_dir,
        keys,
        mailer,
    )
    .await?;
    anyhow::ensure!(
        identity::check_key(&state.db, &state.keys.fingerprint()).await?,
        "GANTRY_SECRET_KEY is not the key that this database was used with: links, second factors and PINs would not open"
    );
    super::jobs::start(state.clone());
    tracing::info!("Gantry is ready: {}", config.base_url);
    listen(
        config.addr,
        product.router,
        state,
        &config.site_dir,
        stop_requested()?,
    )
    .await
}

/// The key that was configured, or the one in the data directory.
fn keys(config: &Config) -> anyhow::Result<Keys> {
    match &config.secret_key {
        Some(key) => Keys::parse(key.expose()),
        None => {
            std::fs::create_dir_all(&config.data_dir)?;
            Keys::of_file(&config.data_dir.join("secret.key"))
        }
    }
}

/// Ends at the first SIGTERM or SIGINT.
fn stop_requested() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("Stopping");
    })
}

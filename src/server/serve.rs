//! Serving until asked to stop.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use sqlx::Connection;
use sqlx::postgres::PgConnection;
use tokio::signal::unix::{SignalKind, signal};

use super::config::{Config, Databases};

/// Serves until asked to stop.
pub async fn serve(config: Config, databases: &Databases) -> Result<()> {
    let url: Arc<str> = databases.app_url.expose().into();
    let router = Router::new().route("/health", get(move || health(Arc::clone(&url))));
    let listener = tokio::net::TcpListener::bind(config.addr).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", config.addr))?;
    tracing::info!("Gantry is ready: {}", config.base_url);
    axum::serve(listener, router)
        .with_graceful_shutdown(stop_requested()?)
        .await?;
    Ok(())
}

async fn health(url: Arc<str>) -> StatusCode {
    let ask = async { PgConnection::connect(&url).await?.ping().await };
    if ask.await.is_ok() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}

/// Ends at the first SIGTERM or SIGINT.
pub fn stop_requested() -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}

//! The log: lines for people or JSON for machines, on standard error so that standard output stays a command's answer.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::config::{Config, LogFormat};

/// Libraries that tell about every statement, request or job at `info`: only their warnings are wanted.
const QUIET: &str = "sqlx=warn,hyper=warn,tower_http=warn,graphile_worker=warn";

/// What is logged, by the operator's directives.
pub fn filter(directives: &str) -> EnvFilter {
    EnvFilter::new(format!("{QUIET},{directives}"))
}

/// Starts logging. A second call, as tests make it, changes nothing.
pub fn start(config: &Config) {
    let filter = filter(&config.log_filter);
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // The error means that somebody else has set up logging already.
    let _ = match config.log_format {
        LogFormat::Text => log
            .with_target(false)
            .with_ansi(std::io::stderr().is_terminal())
            .try_init(),
        LogFormat::Json => log
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .try_init(),
    };
}

//! The server's settings: read once from flags and environment, typed, and refused with their name when wrong.

use crate::server::contact;
use std::ffi::OsString;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use axum::http::Uri;
use chrono::TimeDelta;
use clap::Args;
use sqlx::postgres::PgConnectOptions;
use tracing_subscriber::EnvFilter;

use super::options::Options;
use super::proxies::Proxies;
use super::secrets::Keys;

/// The server's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the server listens.
    pub addr: SocketAddr,
    /// The embedded database, its log, files.
    pub data_dir: PathBuf,
    /// Scheme and host for links in messages, without a final slash.
    pub base_url: String,
    /// The domain whose subdomains are workshops.
    pub base_domain: Option<String>,
    /// Proxies whose X-Forwarded-For is trusted.
    pub trusted_proxies: Proxies,
    /// A PostgreSQL elsewhere; with `None`, the embedded one is used.
    pub databases: Option<Databases>,
    /// The mail server.
    pub smtp_url: Option<Secret>,
    /// What links, second factors and PINs depend on; several servers of one database share it.
    pub secret_key: Option<Secret>,
    /// How long a session may idle, and how long it lasts at most.
    pub session_idle: TimeDelta,
    pub session_lifetime: TimeDelta,
    /// Our support's address, shown to people who are stuck.
    pub support_email: Option<String>,
    /// The format of the log.
    pub log_format: LogFormat,
    /// `tracing` directives, known to be well formed.
    pub log_filter: String,
    /// Development conveniences are on.
    pub dev: bool,
    /// The browser's files.
    pub site_dir: PathBuf,
}

/// The connection strings of one database.
#[derive(Debug, Clone)]
pub struct Databases {
    /// The role that owns the tables; a server that never migrates can do without.
    pub owner_url: Option<Secret>,
    /// The role the application works with, which row level security binds.
    pub app_url: Secret,
}

impl Databases {
    /// The owner's connection string, or what to set.
    pub fn owner(&self) -> anyhow::Result<&str> {
        let owner = self.owner_url.as_ref().map(Secret::expose);
        owner.ok_or_else(|| {
            anyhow::anyhow!("DATABASE_OWNER_URL is not set: migrations need the role that owns the tables")
        })
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a value.
    pub fn new(value: String) -> Secret {
        Secret(value)
    }

    /// The value itself: for the one who connects with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

/// A setting that cannot be used, by name. Never shows the value of a secret.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    /// No such setting: most likely a typing error, which would otherwise go unnoticed.
    #[error("{0} is not a setting of Gantry (known: {1})")]
    Unknown(String, String),
    /// The value has the wrong form.
    #[error("{name} ({flag}): {problem}")]
    Malformed {
        /// The environment variable.
        name: &'static str,
        /// The same as a flag.
        flag: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl Config {
    /// Checks every option, and that the environment has no unknown `GANTRY_` variable.
    pub fn new(
        options: Options,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Config, ConfigError> {
        refuse_unknown(environment)?;
        let addr = addr(&options.addr)?;
        Ok(Config {
            addr,
            data_dir: data_dir(options.data_dir)?,
            base_url: given(options.base_url).map_or_else(|| Ok(format!("http://{addr}")), base_url)?,
            base_domain: given(options.base_domain).map(base_domain).transpose()?,
            trusted_proxies: given(options.trusted_proxies)
                .map_or_else(|| Ok(Proxies::default()), |list| proxies(&list))?,
            databases: databases(given(options.database_url), given(options.database_owner_url))?,
            smtp_url: given(options.smtp_url).map(smtp_url).transpose()?,
            secret_key: given(options.secret_key).map(secret_key).transpose()?,
            session_idle: hours(
                "GANTRY_SESSION_IDLE_HOURS",
                "--session-idle-hours",
                &options.session_idle_hours,
            )?,
            session_lifetime: hours("GANTRY_SESSION_HOURS", "--session-hours", &options.session_hours)?,
            support_email: given(options.support_email).map(support_email).transpose()?,
            log_format: log_format(&options.log)?,
            log_filter: log_filter(options.log_filter)?,
            dev: dev(&options.dev)?,
            site_dir: given(options.site_dir).map_or_else(default_site_dir, PathBuf::from),
        })
    }
}

/// Compose files set optional variables to nothing: that means not set.
fn given(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.is_empty())
}

fn refuse_unknown(environment: impl Iterator<Item = (OsString, OsString)>) -> Result<(), ConfigError> {
    let command = Options::augment_args(clap::Command::new("gantry"));
    let mut known: Vec<String> = Vec::new();
    known.extend(
        command
            .get_arguments()
            .filter_map(|arg| Some(arg.get_env()?.to_string_lossy().into_owned())),
    );
    known.retain(|name| name.starts_with("GANTRY_"));
    for (name, _) in environment {
        let name = name.to_string_lossy();
        if name.starts_with("GANTRY_") && !known.iter().any(|known| *known == name) {
            return Err(ConfigError::Unknown(name.into_owned(), known.join(", ")));
        }
    }
    Ok(())
}

fn malformed<T>(
    name: &'static str,
    flag: &'static str,
    problem: impl Into<String>,
) -> Result<T, ConfigError> {
    Err(ConfigError::Malformed {
        name,
        flag,
        problem: problem.into(),
    })
}

fn addr(value: &str) -> Result<SocketAddr, ConfigError> {
    value.parse().or_else(|_| {
        malformed(
            "GANTRY_ADDR",
            "--addr",
            format!("`{value}` is not an address and port such as 127.0.0.1:3000"),
        )
    })
}

fn data_dir(value: String) -> Result<PathBuf, ConfigError> {
    if value.is_empty() {
        return malformed("GANTRY_DATA_DIR", "--data-dir", "is empty");
    }
    Ok(PathBuf::from(value))
}

fn base_url(value: String) -> Result<String, ConfigError> {
    let good = value.parse::<Uri>().is_ok_and(|uri| {
        let web = matches!(uri.scheme_str(), Some("http" | "https"));
        let plain = uri
            .authority()
            .is_some_and(|authority| !authority.as_str().contains('@'));
        web && plain && uri.path() == "/" && uri.query().is_none()
    });
    if !good {
        let problem = format!("`{value}` is not a scheme and host such as https://gantry.example.com");
        return malformed("GANTRY_BASE_URL", "--base-url", problem);
    }
    Ok(value.trim_end_matches('/').to_owned())
}

fn base_domain(value: String) -> Result<String, ConfigError> {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    if value.len() > 200 || !value.split('.').all(label) {
        let problem = format!("`{value}` is not a domain such as example.com");
        return malformed("GANTRY_BASE_DOMAIN", "--base-domain", problem);
    }
    Ok(value.to_ascii_lowercase())
}

fn proxies(value: &str) -> Result<Proxies, ConfigError> {
    value.parse().or_else(|entry: String| {
        let problem = format!("`{entry}` is neither an address nor a network such as 10.0.0.0/8");
        malformed("GANTRY_TRUSTED_PROXIES", "--trusted-proxies", problem)
    })
}

fn databases(app: Option<String>, owner: Option<String>) -> Result<Option<Databases>, ConfigError> {
    let check = |value: &String| {
        let scheme = value.starts_with("postgres://") || value.starts_with("postgresql://");
        scheme && PgConnectOptions::from_str(value).is_ok()
    };
    let problem = "is not a connection string such as postgres://role:password@host/database";
    if app.as_ref().is_some_and(|value| !check(value)) {
        return malformed("DATABASE_URL", "--database-url", problem);
    }
    if owner.as_ref().is_some_and(|value| !check(value)) {
        return malformed("DATABASE_OWNER_URL", "--database-owner-url", problem);
    }
    match (app, owner) {
        (Some(app), owner) => Ok(Some(Databases {
            owner_url: owner.map(Secret),
            app_url: Secret(app),
        })),
        (None, Some(_)) => malformed(
            "DATABASE_OWNER_URL",
            "--database-owner-url",
            "is set, but DATABASE_URL is not",
        ),
        (None, None) => Ok(None),
    }
}

fn smtp_url(value: String) -> Result<Secret, ConfigError> {
    let good = value.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("smtp" | "smtps")) && uri.host().is_some_and(|host| !host.is_empty())
    });
    if !good {
        return malformed(
            "SMTP_URL",
            "--smtp-url",
            "is not an address such as smtp://user:password@host:587",
        );
    }
    Ok(Secret(value))
}

fn secret_key(value: String) -> Result<Secret, ConfigError> {
    if Keys::parse(&value).is_err() {
        return malformed(
            "GANTRY_SECRET_KEY",
            "--secret-key",
            "has not 64 hexadecimal digits",
        );
    }
    Ok(Secret(value))
}

/// At most two weeks.
fn hours(name: &'static str, flag: &'static str, value: &str) -> Result<TimeDelta, ConfigError> {
    match value.parse::<i64>() {
        Ok(hours @ 1..=336) => Ok(TimeDelta::hours(hours)),
        _ => malformed(
            name,
            flag,
            format!("`{value}` is not a number of hours from 1 to 336"),
        ),
    }
}

fn support_email(value: String) -> Result<String, ConfigError> {
    let problem = format!("`{value}` is not an e-mail address");
    contact::email(&value).or_else(|_| malformed("GANTRY_SUPPORT_EMAIL", "--support-email", problem))
}

fn log_format(value: &str) -> Result<LogFormat, ConfigError> {
    match value {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        other => malformed(
            "GANTRY_LOG",
            "--log",
            format!("`{other}` is neither text nor json"),
        ),
    }
}

fn log_filter(value: String) -> Result<String, ConfigError> {
    match EnvFilter::try_new(&value) {
        Ok(_) => Ok(value),
        Err(error) => malformed("GANTRY_LOG_FILTER", "--log-filter", format!("`{value}`: {error}")),
    }
}

fn dev(value: &str) -> Result<bool, ConfigError> {
    match value {
        "1" | "true" => Ok(true),
        "" | "0" | "false" => Ok(false),
        other => malformed("GANTRY_DEV", "--dev", format!("`{other}` is neither 1 nor 0")),
    }
}

/// This program, to be started again beside itself.
///
/// # Errors
/// When the system does not say.
pub fn own_program() -> std::io::Result<PathBuf> {
    std::env::current_exe()
}

/// An installed program has its files beside it; a built one in cargo's target directory.
fn default_site_dir() -> PathBuf {
    let beside = own_program()
        .ok()
        .and_then(|program| Some(program.parent()?.join("site")));
    beside
        .filter(|site| site.is_dir())
        .unwrap_or_else(|| Path::new("target/site").to_owned())
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;

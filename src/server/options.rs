//! The settings as flags and environment variables.
use clap::Args;

/// The settings as written, before anything is checked. Flags win over the environment.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
pub struct Options {
    /// Address and port to listen on
    #[arg(long, env = "GANTRY_ADDR", global = true, default_value = "127.0.0.1:3000")]
    pub(super) addr: String,
    /// Directory of everything the server keeps: the embedded database and its log, letters without a mail server, the key
    #[arg(long, env = "GANTRY_DATA_DIR", global = true, default_value = "./data")]
    pub(super) data_dir: String,
    /// Address of the server as browsers reach it; with https:// cookies are Secure [default: http://ADDR]
    #[arg(long, env = "GANTRY_BASE_URL", global = true)]
    pub(super) base_url: Option<String>,
    /// Domain whose subdomains are workshops: with example.com, acme.example.com is the workshop acme; other hosts are refused [default: none]
    #[arg(long, env = "GANTRY_BASE_DOMAIN", global = true)]
    pub(super) base_domain: Option<String>,
    /// Proxies whose X-Forwarded-For is believed, such as 127.0.0.1,10.0.0.0/8 [default: none]
    #[arg(long, env = "GANTRY_TRUSTED_PROXIES", global = true)]
    pub(super) trusted_proxies: Option<String>,
    /// PostgreSQL to use, as the application's role [default: the embedded one in the data directory]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub(super) database_url: Option<String>,
    /// The same database as the role that owns the tables, for migrations [default: none]
    #[arg(long, env = "DATABASE_OWNER_URL", hide_env_values = true, global = true)]
    pub(super) database_owner_url: Option<String>,
    /// Mail server, smtp://user:password@host:port or smtps:// [default: letters are kept in the folder mail of the data directory]
    #[arg(long, env = "SMTP_URL", hide_env_values = true, global = true)]
    pub(super) smtp_url: Option<String>,
    /// 64 hexadecimal digits that links, second factors and PINs depend on [default: made once, in secret.key of the data directory]
    #[arg(long, env = "GANTRY_SECRET_KEY", hide_env_values = true, global = true)]
    pub(super) secret_key: Option<String>,
    /// Hours after which a session ends that nobody uses
    #[arg(long, env = "GANTRY_SESSION_IDLE_HOURS", global = true, default_value = "12")]
    pub(super) session_idle_hours: String,
    /// Hours after which everybody signs in again
    #[arg(long, env = "GANTRY_SESSION_HOURS", global = true, default_value = "16")]
    pub(super) session_hours: String,
    /// Address of our support, shown to people who are stuck [default: none]
    #[arg(long, env = "GANTRY_SUPPORT_EMAIL", global = true)]
    pub(super) support_email: Option<String>,
    /// Format of the log: text or json
    #[arg(long, env = "GANTRY_LOG", global = true, default_value = "text")]
    pub(super) log: String,
    /// What is logged, such as info or warn,gantry=debug
    #[arg(long, env = "GANTRY_LOG_FILTER", global = true, default_value = "info")]
    pub(super) log_filter: String,
    /// Development (1 or 0): the design page at /design, the kept letters at /mail, and with each answer what it cost
    #[arg(long, env = "GANTRY_DEV", global = true, num_args = 0..=1, default_value = "0", default_missing_value = "1")]
    pub(super) dev: String,
    /// Directory of the browser's files [default: `site` beside the program, else target/site]
    #[arg(long, env = "GANTRY_SITE_DIR", global = true)]
    pub(super) site_dir: Option<String>,
}

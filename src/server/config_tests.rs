use clap::{Args, Command, FromArgMatches};

use super::*;

fn parse(flags: &[&str], environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    // Whatever the developer's own environment sets must not reach the tests.
    let command = Options::augment_args(Command::new("gantry")).mut_args(|arg| arg.env(None::<&str>));
    let matches = command
        .try_get_matches_from(std::iter::once(&"gantry").chain(flags))
        .unwrap();
    let options = Options::from_arg_matches(&matches).unwrap();
    Config::new(
        options,
        environment
            .iter()
            .map(|(name, value)| (name.into(), value.into())),
    )
}

fn refusal(flags: &[&str]) -> String {
    parse(flags, &[]).unwrap_err().to_string()
}

#[test]
fn without_settings_the_server_is_local_and_keeps_its_own_database() {
    let config = parse(&[], &[]).unwrap();
    assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.base_url, "http://127.0.0.1:3000");
    assert_eq!(config.data_dir, Path::new("./data"));
    assert!(config.databases.is_none() && config.smtp_url.is_none() && !config.dev);
}

#[test]
fn an_unknown_gantry_variable_is_refused_by_name() {
    let error = parse(&[], &[("GANTRY_ADR", "0.0.0.0:80")])
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("GANTRY_ADR is not a setting"), "{error}");
    assert!(error.contains("GANTRY_ADDR"), "{error}");
}

#[test]
fn other_programs_variables_and_known_ones_are_fine() {
    parse(
        &[],
        &[
            ("PATH", "/bin"),
            ("GANTRY_ADDR", "127.0.0.1:1"),
            ("LEPTOS_SITE_ROOT", "x"),
        ],
    )
    .unwrap();
}

#[test]
fn a_malformed_value_is_refused_with_its_name() {
    for (name, flag, value) in [
        ("GANTRY_ADDR", "--addr", "localhost"),
        ("GANTRY_ADDR", "--addr", ""),
        ("GANTRY_DATA_DIR", "--data-dir", ""),
        ("GANTRY_SUPPORT_EMAIL", "--support-email", "us"),
        ("GANTRY_TRUSTED_PROXIES", "--trusted-proxies", "10.0.0.0/8,nginx"),
        ("GANTRY_BASE_URL", "--base-url", "gantry.example.com"),
        ("GANTRY_BASE_URL", "--base-url", "https://example.com/app"),
        ("GANTRY_BASE_DOMAIN", "--base-domain", "https://example.com"),
        ("GANTRY_BASE_DOMAIN", "--base-domain", "a..b"),
        ("DATABASE_URL", "--database-url", "mysql://x"),
        (
            "DATABASE_OWNER_URL",
            "--database-owner-url",
            "postgres://owner@host/db",
        ),
        ("SMTP_URL", "--smtp-url", "mail.example.com"),
        ("GANTRY_LOG", "--log", "xml"),
        ("GANTRY_LOG_FILTER", "--log-filter", "gantry=loud"),
        ("GANTRY_DEV", "--dev", "maybe"),
    ] {
        let error = refusal(&[&format!("{flag}={value}")]);
        assert!(error.starts_with(&format!("{name} ({flag})")), "{error}");
    }
}

#[test]
fn a_secret_shows_neither_in_refusals_nor_in_debug_output() {
    assert!(!refusal(&["--database-url=postgres:/app:hunter2@host"]).contains("hunter2"));
    assert!(!refusal(&["--smtp-url=http://u:hunter2@host"]).contains("hunter2"));
    let config = parse(
        &[
            "--database-url=postgres://app:hunter2@host/db",
            "--smtp-url=smtp://u:hunter2@mail:587",
        ],
        &[],
    );
    assert!(!format!("{:?}", config.unwrap()).contains("hunter2"));
}

#[test]
fn an_empty_optional_setting_is_not_set() {
    let config = parse(&["--smtp-url=", "--database-url=", "--base-url="], &[]).unwrap();
    assert!(config.smtp_url.is_none() && config.databases.is_none());
    assert_eq!(config.base_url, "http://127.0.0.1:3000");
}

#[test]
fn a_database_without_its_owner_serves_but_does_not_migrate() {
    let config = parse(&["--database-url=postgres://app@host/db"], &[]).unwrap();
    let error = config.databases.unwrap().owner().unwrap_err().to_string();
    assert!(error.contains("DATABASE_OWNER_URL"), "{error}");
}

#[test]
fn the_readme_says_of_every_setting_what_help_says() {
    let (readme, mut rows) = (include_str!("../../README.md"), 0);
    for arg in Options::augment_args(Command::new("gantry")).get_arguments() {
        let (Some(name), Some(help)) = (arg.get_env(), arg.get_help()) else {
            continue;
        };
        let help = help.to_string();
        let value = arg
            .get_default_values()
            .first()
            .map(|value| format!("`{}`", value.display()));
        let (text, default) = match (help.split_once(" [default: "), value) {
            (Some((text, default)), _) => (text, default.trim_end_matches(']').to_owned()),
            (None, value) => (help.as_str(), value.unwrap_or_default()),
        };
        let row = format!("| `{}` | {default} | {text} |", name.display());
        assert!(readme.contains(&row), "README.md lacks\n{row}");
        rows += 1;
    }
    let section = readme.split("## Configuration").nth(1).unwrap_or_default();
    assert_eq!(
        rows,
        section.lines().filter(|line| line.starts_with("| `")).count()
    );
}

#[test]
fn a_session_lasts_a_working_day_unless_the_operator_says_otherwise() {
    let usual = parse(&[], &[]).unwrap();
    assert_eq!(usual.session_idle, TimeDelta::hours(12));
    assert_eq!(usual.session_lifetime, TimeDelta::hours(16));
    let strict = parse(&["--session-idle-hours", "1", "--session-hours", "8"], &[]).unwrap();
    assert_eq!(
        (strict.session_idle, strict.session_lifetime),
        (TimeDelta::hours(1), TimeDelta::hours(8))
    );
    for wrong in ["0", "337", "8h", ""] {
        let refused = refusal(&["--session-hours", wrong]);
        assert!(refused.starts_with("GANTRY_SESSION_HOURS"), "{refused}");
    }
}

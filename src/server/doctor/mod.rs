//! Is this installation fit to keep a workshop's books? Every problem in a sentence, with what to do.
mod roles;
mod schema;
mod server;
mod settings;

use super::clock::Clock;
use super::config::{Config, Databases};
use sqlx::{Connection, PgConnection};
use std::fmt;

/// A problem with the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The server refuses to start; otherwise it warns.
    pub hard: bool,
    pub sentence: String,
}

impl Finding {
    fn error(sentence: impl Into<String>) -> Self {
        Self {
            hard: true,
            sentence: sentence.into(),
        }
    }

    fn warning(sentence: impl Into<String>) -> Self {
        Self {
            hard: false,
            sentence: sentence.into(),
        }
    }

    /// An error where customers' data is, a warning where somebody tries the product out.
    fn grave_in_production(config: &Config, sentence: impl Into<String>) -> Self {
        Self {
            hard: settings::in_production(config),
            sentence: sentence.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.hard { "error" } else { "warning" };
        write!(f, "{kind}: {}", self.sentence)
    }
}

/// Looks at the settings, the browser's files, the database's server, roles and tables.
pub async fn examine(config: &Config, databases: &Databases, clock: &dyn Clock) -> Vec<Finding> {
    let mut findings = settings::examine(config);
    let url = databases.app_url.expose();
    match look(url, databases, config, clock).await {
        Ok(more) => findings.extend(more),
        Err(error) => findings.push(Finding::error(format!("The database does not answer: {error}."))),
    }
    findings
}

async fn look(
    url: &str,
    databases: &Databases,
    config: &Config,
    clock: &dyn Clock,
) -> sqlx::Result<Vec<Finding>> {
    let mut app = PgConnection::connect(url).await?;
    let mut findings = server::examine(&mut app, config, clock).await?;
    findings.extend(roles::powers(&mut app).await?);
    findings.extend(roles::limits(&mut app, config).await?);
    findings.extend(roles::owners(&mut app).await?);
    findings.extend(schema::examine(&mut app).await?);
    let place = server::place(&mut app).await?;
    app.close().await?;
    if let Some(owner) = &databases.owner_url {
        let mut owner = PgConnection::connect(owner.expose()).await?;
        findings.extend(server::owner(&mut owner, &place).await?);
        owner.close().await?;
    }
    Ok(findings)
}

/// For the start of the server: warnings go to the log, errors stop it, all of them at once.
///
/// # Errors
/// When there is a hard finding.
pub async fn insist(config: &Config, databases: &Databases, clock: &dyn Clock) -> anyhow::Result<()> {
    let (hard, soft): (Vec<_>, Vec<_>) = examine(config, databases, clock)
        .await
        .into_iter()
        .partition(|finding| finding.hard);
    for finding in soft {
        tracing::warn!("{}", finding.sentence);
    }
    if hard.is_empty() {
        return Ok(());
    }
    let sentences: Vec<_> = hard
        .iter()
        .map(|finding| format!("\n  - {}", finding.sentence))
        .collect();
    anyhow::bail!("Gantry does not start like this:{}", sentences.concat())
}

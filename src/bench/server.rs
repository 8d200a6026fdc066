//! The product under measurement: its own process on its own database with a year's data, on one core.
use super::procs::{Processes, can_pin, memory_mib};
use crate::seed::{self, Plan, Seeded, Size};
use crate::server::clock::SystemClock;
use crate::server::config::{Config, own_program};
use crate::server::embedded::{Cluster, EmbeddedOptions};
use anyhow::{Context, Result, bail};
use sqlx::{Connection, PgConnection};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server and its cluster.
pub(crate) struct Server {
    child: Killed,
    pub(crate) cluster: Cluster,
    pub(crate) address: SocketAddr,
    pub(crate) site_dir: PathBuf,
    pub(crate) log: PathBuf,
    /// From the start of the process to the first connection it takes.
    pub(crate) cold_start: Duration,
    /// Proportional memory before the first request, in MiB.
    pub(crate) idle_mib: f64,
    postmaster: u32,
}

/// Makes the data if it is not there yet, then starts the server.
pub(crate) async fn start(config: &Config, orgs: u32) -> Result<Server> {
    let data_dir = config.data_dir.join("bench");
    std::fs::create_dir_all(&data_dir)?;
    let cluster = Cluster::start(
        &data_dir,
        EmbeddedOptions {
            fast: false,
            adopt: true,
        },
    )
    .await?;
    match serve(config, orgs, &data_dir, &cluster).await {
        Ok((child, address, cold_start, postmaster)) => {
            tokio::time::sleep(Duration::from_millis(500)).await;
            Ok(Server {
                idle_mib: memory_mib(child.0.id()),
                child,
                cluster,
                address,
                site_dir: config.site_dir.clone(),
                log: data_dir.join("postgres.log"),
                cold_start,
                postmaster,
            })
        }
        Err(error) => {
            cluster.stop().await?;
            Err(error)
        }
    }
}

async fn serve(
    config: &Config,
    orgs: u32,
    data_dir: &std::path::Path,
    cluster: &Cluster,
) -> Result<(Killed, SocketAddr, Duration, u32)> {
    crate::app::migrate(&cluster.owner_url("gantry")).await?;
    println!("Data: {orgs} workshops with a year's work each (made once, some minutes the first time)");
    let plan = Plan {
        seed: 7,
        orgs: usize::try_from(orgs)?,
        size: Size::Year,
    };
    let begun = Instant::now();
    match seed::plant(&cluster.owner_url("gantry"), plan, &SystemClock).await? {
        Seeded::NotEmpty(_) => {}
        Seeded::Planted(_) => println!("Seeded in {:.0} s", begun.elapsed().as_secs_f64()),
    }
    enough_workshops(cluster, orgs).await?;
    let postmaster = postmaster(data_dir)?;
    if can_pin() {
        Command::new("taskset")
            .args(["-acp", "0", &postmaster.to_string()])
            .output()?;
    }
    let address: SocketAddr = free_address()?;
    let log = data_dir.join("server.log");
    let (child, cold_start) = spawn(config, data_dir, address, &log).await?;
    Ok((child, address, cold_start, postmaster))
}

/// A seed that was stopped half-way, or made for fewer workshops, would measure something else.
async fn enough_workshops(cluster: &Cluster, orgs: u32) -> Result<()> {
    let mut conn = PgConnection::connect(&cluster.superuser_url("gantry")).await?;
    let found: i64 = sqlx::query_scalar("select count(*) from auth.organizations")
        .fetch_one(&mut conn)
        .await?;
    conn.close().await?;
    anyhow::ensure!(
        found == i64::from(orgs),
        "the bench data has {found} workshops, not {orgs}: remove it, or say --orgs {found}"
    );
    Ok(())
}

impl Server {
    pub(crate) fn processes(&self) -> Processes {
        Processes {
            server: vec![self.child.0.id()],
            database: vec![self.postmaster],
        }
    }
    pub(crate) fn pid(&self) -> u32 {
        self.child.0.id()
    }
    pub(crate) async fn stop(self) -> Result<()> {
        let Self { child, cluster, .. } = self;
        drop(child);
        cluster.stop().await
    }
}

/// A server process that does not outlive its measurement, whatever ends that.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // Already gone is fine.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn postmaster(data_dir: &std::path::Path) -> Result<u32> {
    let file = data_dir.join("postgres").join("postmaster.pid");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    text.lines()
        .next()
        .and_then(|line| line.parse().ok())
        .context("no process in postmaster.pid")
}

async fn spawn(
    config: &Config,
    data_dir: &std::path::Path,
    address: SocketAddr,
    log: &std::path::Path,
) -> Result<(Killed, Duration)> {
    let program = own_program()?;
    let mut command = if can_pin() {
        let mut pinned = Command::new("taskset");
        pinned.args(["-c", "0"]).arg(program);
        pinned
    } else {
        Command::new(program)
    };
    let out = std::fs::File::create(log)?;
    command
        .args([
            "serve",
            "--dev",
            "1",
            "--log-filter",
            "warn",
            "--addr",
            &address.to_string(),
        ])
        .arg("--data-dir")
        .arg(data_dir)
        .arg("--site-dir")
        .arg(&config.site_dir);
    let started = Instant::now();
    let mut child = Killed(
        command
            .stdout(out.try_clone()?)
            .stderr(out)
            .stdin(Stdio::null())
            .spawn()?,
    );
    loop {
        if tokio::net::TcpStream::connect(address).await.is_ok() {
            return Ok((child, started.elapsed()));
        }
        if let Some(status) = child.0.try_wait()? {
            bail!("the server ended with {status}; see {}", log.display());
        }
        if started.elapsed() > Duration::from_secs(30) {
            bail!("the server did not start; see {}", log.display());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

//! A machine of its own for the real program: a data directory, a port, and processes that can be killed. Nothing of it is left
//! behind, however the test ends.
use crate::kit::site_dir;
use std::fs::{self, OpenOptions};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub(super) struct Machine {
    home: PathBuf,
    port: u16,
    server: Option<Child>,
}

impl Machine {
    pub(super) fn new() -> Self {
        // In /tmp, which every account can enter, unlike a developer's home.
        let home = PathBuf::from(format!("/tmp/gantry-it-storm-{}", std::process::id()));
        fs::create_dir(&home).expect("a directory");
        Self {
            home,
            port: free_port(),
            server: None,
        }
    }

    pub(super) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn gantry(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
        command
            .env_remove("DATABASE_URL")
            .env_remove("DATABASE_OWNER_URL")
            .env("GANTRY_DATA_DIR", self.data())
            .env("GANTRY_ADDR", format!("127.0.0.1:{}", self.port))
            .env("GANTRY_SITE_DIR", site_dir())
            .stdin(Stdio::null());
        command
    }

    pub(super) fn start(&mut self, more: &[&str]) {
        let mut options = OpenOptions::new();
        let log = options.create(true).append(true).open(self.home.join("log"));
        let log = log.expect("a log");
        let mut command = self.gantry();
        command.arg("serve").args(more);
        command.stdout(log.try_clone().expect("the same log")).stderr(log);
        self.server = Some(command.spawn().expect("gantry runs"));
    }

    /// What the server said last.
    pub(super) fn log(&self) -> String {
        let log = fs::read_to_string(self.home.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// It dies by our hand only.
    pub(super) fn must_run(&mut self) {
        let server = self.server.as_mut().expect("a server");
        let ended = server.try_wait().expect("a child");
        assert!(ended.is_none(), "{ended:?}\n{}", self.log());
    }

    pub(super) async fn is_ready(&mut self, http: &reqwest::Client, patience: Duration) {
        let (begun, path) = (Instant::now(), format!("{}/readyz", self.base()));
        while !http
            .get(&path)
            .send()
            .await
            .is_ok_and(|answer| answer.status() == 200)
        {
            self.must_run();
            assert!(begun.elapsed() < patience, "not ready:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub(super) fn kill_server(&mut self) {
        self.must_run();
        self.end_server();
    }

    fn end_server(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }

    /// The postmaster and every helper of it, all at once, until none is left.
    pub(super) fn kill_database(&self) {
        for _ in 0..1_000 {
            let processes = working_in(&self.data().join("postgres"));
            if processes.is_empty() {
                return;
            }
            let killed = Command::new("kill")
                .args(["-s", "KILL"])
                .args(&processes)
                .output();
            killed.expect("kill runs");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// For whom row security does not hold.
    pub(super) fn superuser_url(&self) -> String {
        let socket = self.data().join("postgres-socket");
        let host = socket.to_string_lossy().replace('/', "%2F");
        format!("postgres://postgres@localhost:5432/gantry?host={host}")
    }

    /// `gantry verify-invariants`, as an operator runs it.
    pub(super) fn verify_invariants(&self) {
        let verified = self
            .gantry()
            .arg("verify-invariants")
            .output()
            .expect("gantry runs");
        let output = String::from_utf8_lossy(&verified.stdout);
        assert!(
            verified.status.success(),
            "{output}{}",
            String::from_utf8_lossy(&verified.stderr)
        );
        print!("{output}");
    }

    /// Asked to stop, it stops with its database.
    pub(super) async fn stop(mut self, patience: Duration) {
        let mut server = self.server.take().expect("a server");
        let asked = Command::new("kill").arg(server.id().to_string()).status();
        assert!(asked.expect("kill runs").success());
        let begun = Instant::now();
        while server.try_wait().expect("a child").is_none() {
            if begun.elapsed() > patience {
                self.server = Some(server);
                panic!("it does not stop:\n{}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(server.wait().expect("an end").success(), "{}", self.log());
        let left = working_in(&self.data().join("postgres"));
        assert!(left.is_empty(), "left running: {left:?}");
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.end_server();
        self.kill_database();
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// Below the ports that the system gives to clients: one that knocks at such a port while nobody listens may be connected to itself.
fn free_port() -> u16 {
    let first = 20_000 + u16::try_from(std::process::id() % 10_000).expect("a small number");
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    (first..).take(1_000).find(free).expect("a free port")
}

/// The numbers of the processes whose directory this is, as every process of a cluster has it; the dead have none.
fn working_in(directory: &Path) -> Vec<String> {
    let Ok(directory) = directory.canonicalize() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").expect("/proc").flatten() {
        if fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == directory) {
            found.extend(entry.file_name().into_string());
        }
    }
    found.retain(|name| name.bytes().all(|digit| digit.is_ascii_digit()));
    found
}

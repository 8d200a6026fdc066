//! Clients that open connections and say little.
use crate::kit::{TestApp, site_dir};
use axum::Router;
use axum::routing::get;
use gantry::server::http::connections::{self, Limits};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::timeout;

const LIVE: &[u8] = b"GET /livez HTTP/1.1\r\nhost: gantry\r\n\r\n";

/// A server of these limits, and how to stop it.
async fn serve(
    router: Router,
    limits: Limits,
) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    let (stop, stopped) = oneshot::channel::<()>();
    let server = connections::serve(listener, router, limits, async move {
        let _ = stopped.await;
    });
    (address, stop, tokio::spawn(server))
}

fn limits(head: Duration, per_address: usize, total: usize) -> Limits {
    Limits {
        head,
        per_address,
        total,
        proxies: "10.0.0.1".parse().expect("a proxy"),
    }
}

async fn opened(address: SocketAddr, request: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request).await.expect("some bytes");
    stream
}

/// What the server says until it closes the connection or a second of silence.
async fn heard(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut part = [0; 4096];
    while let Ok(Ok(length)) = timeout(Duration::from_secs(1), stream.read(&mut part)).await {
        if length == 0 {
            break;
        }
        text.extend_from_slice(&part[..length]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Whether the server closes the connection within that time.
async fn closes_within(stream: &mut TcpStream, patience: Duration) -> bool {
    let mut part = [0; 4096];
    let end = async { while stream.read(&mut part).await.is_ok_and(|length| length > 0) {} };
    timeout(patience, end).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_never_ends_is_given_up_and_so_is_a_connection_that_idles() {
    let app = TestApp::new().await;
    let (address, _stop, _server) = serve(app.router(), limits(Duration::from_millis(500), 50, 100)).await;
    let mut silent = opened(address, b"").await;
    let mut half = opened(address, b"GET /livez HTTP/1.1\r\nhost: gan").await;
    let mut idle = opened(address, LIVE).await;
    assert!(heard(&mut idle).await.starts_with("HTTP/1.1 200"));
    for stream in [&mut silent, &mut half, &mut idle] {
        assert!(closes_within(stream, Duration::from_secs(3)).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_requests_of_one_address_leave_room_for_it_and_for_everybody() {
    let app = TestApp::new().await;
    let (address, _stop, _server) = serve(app.router(), limits(Duration::from_secs(60), 8, 16)).await;
    let mut halves = Vec::new();
    for _ in 0..60 {
        halves.push(opened(address, b"GET /livez HTTP/1.1\r\n").await);
    }
    let mut client = opened(address, LIVE).await;
    let answer = heard(&mut client).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut closed = 0;
    for half in &mut halves {
        closed += u32::from(closes_within(half, Duration::from_millis(50)).await);
    }
    assert!(closed >= 52, "{closed} of 60 made room");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_everybody_is_being_answered_the_next_one_is_told_to_come_back() {
    let slow = get(async || {
        tokio::time::sleep(Duration::from_secs(3)).await;
        "done"
    });
    let router = Router::new().route("/", slow);
    let (address, stop, server) = serve(router, limits(Duration::from_secs(60), 2, 16)).await;
    let ask = b"GET / HTTP/1.1\r\nhost: gantry\r\n\r\n";
    let (mut first, mut second) = (opened(address, ask).await, opened(address, ask).await);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let refused = heard(&mut opened(address, b"").await).await;
    assert!(
        refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after: 2"),
        "{refused}"
    );
    // A stop lets what is under way end, and ends what is idle.
    stop.send(()).expect("a server");
    for stream in [&mut first, &mut second] {
        let mut answer = String::new();
        let read = timeout(Duration::from_secs(5), stream.read_to_string(&mut answer));
        read.await.expect("an answer").expect("text");
        assert!(answer.ends_with("done"), "{answer}");
    }
    let ended = timeout(Duration::from_secs(1), server).await;
    ended.expect("the server stops").expect("an orderly end");
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_strangers_with_half_a_body_are_turned_away_before_it_is_kept() {
    let app = TestApp::new().await;
    let (address, _stop, _server) = serve(app.router(), limits(Duration::from_secs(60), 400, 800)).await;
    let started = Instant::now();
    let token = "a".repeat(64);
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nhost: gantry\r\nsec-fetch-site: same-origin\r\ncookie: gantry_session={token}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 1000000\r\n\r\n"
    );
    let mut strangers = Vec::new();
    for _ in 0..300 {
        strangers.push(opened(address, head.as_bytes()).await);
    }
    for stranger in &mut strangers {
        let mut start = [0; 12];
        let read = timeout(Duration::from_secs(8), stranger.read_exact(&mut start));
        read.await.expect("an answer").expect("some bytes");
        assert_eq!(&start, b"HTTP/1.1 413");
    }
    assert!(
        started.elapsed() < Duration::from_secs(9),
        "before the time for bodies is over"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_s_undeclared_body_ends_where_no_form_of_theirs_is_larger() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let (address, _stop, _server) = serve(app.router(), limits(Duration::from_secs(60), 50, 100)).await;
    let chunk = format!("2000\r\n{}\r\n", "x".repeat(0x2000));
    for (cookie, chunks, expected) in [
        (String::new(), 5, "HTTP/1.1 413"),
        (owner.cookie_header(), 5, "HTTP/1.1 4"),
        (owner.cookie_header(), 200, "HTTP/1.1 413"),
    ] {
        let head = format!(
            "POST /customers/new HTTP/1.1\r\nhost: 127.0.0.1:3000\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
        );
        let mut stream = opened(address, head.as_bytes()).await;
        for _ in 0..chunks {
            // The server may have answered and left already.
            let _ = stream.write_all(chunk.as_bytes()).await;
        }
        let _ = stream.write_all(b"0\r\n\r\n").await;
        let answer = heard(&mut stream).await;
        let status = answer.lines().next().unwrap_or_default().to_owned();
        assert!(status.starts_with(expected), "{chunks}: {status}");
        if expected == "HTTP/1.1 4" {
            assert!(!status.contains("413"), "a member may send more: {status}");
        }
    }
}

/// The real program, with few descriptors.
struct Machine {
    home: PathBuf,
    server: Child,
}

impl Machine {
    fn start(port: u16) -> Self {
        // In /tmp, which every account can enter, unlike a developer's home.
        let home = PathBuf::from(format!("/tmp/gantry-it-descriptors-{}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a directory");
        let log = std::fs::File::create(home.join("log")).expect("a log");
        let server = Command::new("sh")
            .args([
                "-c",
                "ulimit -n 220; exec \"$0\" serve",
                env!("CARGO_BIN_EXE_gantry"),
            ])
            .env_remove("DATABASE_URL")
            .env_remove("DATABASE_OWNER_URL")
            .env("GANTRY_DATA_DIR", home.join("data"))
            .env("GANTRY_ADDR", format!("127.0.0.1:{port}"))
            .env("GANTRY_SITE_DIR", site_dir())
            .stdin(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("gantry runs");
        Self { home, server }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.home.join("log")).unwrap_or_default()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let asked = Command::new("kill").arg(self.server.id().to_string()).status();
        if asked.is_ok() {
            let _ = self.server.wait();
        }
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_few_descriptors_half_requests_stop_neither_the_server_nor_its_database() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("its address").port();
    drop(free);
    let machine = Machine::start(port);
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let ready = async {
        loop {
            if let Ok(mut stream) = TcpStream::connect(address).await {
                let asked = stream
                    .write_all(b"GET /readyz HTTP/1.1\r\nhost: gantry\r\n\r\n")
                    .await;
                if asked.is_ok() && heard(&mut stream).await.starts_with("HTTP/1.1 200") {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(120), ready)
        .await
        .unwrap_or_else(|_| panic!("not ready:\n{}", machine.log()));
    let mut halves = Vec::new();
    for _ in 0..230 {
        halves.push(opened(address, b"GET /livez HTTP/1.1\r\nhost: gan").await);
    }
    for _ in 0..3 {
        let begun = Instant::now();
        let answer = heard(&mut opened(address, LIVE).await).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}\n{}", machine.log());
        assert!(begun.elapsed() < Duration::from_secs(3));
    }
    for half in &mut halves {
        assert!(closes_within(half, Duration::from_secs(15)).await);
    }
    assert!(!machine.log().contains("PostgreSQL is gone"), "{}", machine.log());
}

//! Connections: accepted, counted and given up. `axum::serve` waits for ever for a head that never comes and takes as many
//! connections as there are descriptors, so one client could stop the server; this loop limits both.
use crate::server::network::Network;
use crate::server::proxies::Proxies;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// Descriptors for the database, files and logs.
const RESERVED: usize = 64;
/// Hyper's buffer for one connection grows no further; heads larger than this are refused.
const BUFFER: usize = 64 * 1024;
const BUSY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// How many connections there may be, and how long one may idle.
#[derive(Clone, Debug)]
pub struct Limits {
    /// From the beginning, or the last answer, to the end of the next head.
    pub head: Duration,
    pub per_address: usize,
    pub total: usize,
    /// Every client comes from these: they are not counted by address.
    pub proxies: Proxies,
}

impl Limits {
    /// What this process can hold open.
    pub fn of_process(proxies: Proxies) -> Self {
        let total = descriptors().saturating_sub(RESERVED).clamp(16, 20_000);
        Self {
            head: Duration::from_secs(9),
            per_address: (total / 2).min(512),
            total,
            proxies,
        }
    }
}

/// The soft limit of open descriptors, read from the kernel.
fn descriptors() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    soft.unwrap_or(1024)
}

/// Accepts until `stop` resolves, then lets requests under way end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()> + Send,
) {
    let (head, open) = (limits.head, Arc::new(Open::new(limits)));
    let stopping = watch::Sender::new(false);
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
        };
        match accepted {
            Ok((stream, peer)) => match open.admit(peer) {
                Some(place) => {
                    connections.spawn(converse(
                        stream,
                        place,
                        router.clone(),
                        head,
                        stopping.subscribe(),
                    ));
                }
                None => turn_away(stream),
            },
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "Connections cannot be accepted");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
    drop(listener);
    stopping.send_replace(true);
    while connections.join_next().await.is_some() {}
}

/// No connection can be closed to make room: all are in use.
fn turn_away(stream: TcpStream) {
    // It fits into an empty send buffer, or is lost.
    let _ = stream.into_std().and_then(|mut stream| stream.write(BUSY));
}

fn is_of_one_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

/// Answers one connection's requests until either side ends it.
async fn converse(
    stream: TcpStream,
    place: Place,
    router: Router,
    head: Duration,
    mut stopping: watch::Receiver<bool>,
) {
    let seat = place.seat.clone();
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let (busy, router) = (Busy::begin(&seat), router.clone());
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(place.peer));
        async move {
            let response = router.oneshot(request).await?;
            Ok::<_, std::convert::Infallible>(response.map(|inner| Answering { inner, _busy: busy }))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        // Whatever a client does wrong ends its connection and nothing else.
        _ = connection.as_mut() => return,
        () = place.seat.leave.notified() => if !place.seat.is_busy() { return },
        _ = stopping.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// The connections that there are.
struct Open {
    limits: Limits,
    seats: Mutex<Seats>,
}

#[derive(Default)]
struct Seats {
    /// Oldest first.
    all: BTreeMap<u64, Arc<Seat>>,
    per_address: HashMap<Network, usize>,
    next: u64,
}

/// One connection, as the others know it.
struct Seat {
    /// None for one of our own proxies, whose clients are counted by the forwarded address.
    client: Option<Network>,
    /// Requests whose answers are not sent whole yet.
    requests: AtomicUsize,
    leave: Notify,
    stop_asked: std::sync::atomic::AtomicBool,
}

impl Seat {
    fn is_busy(&self) -> bool {
        self.requests.load(Ordering::Acquire) > 0
    }
}

/// Held for as long as a connection is open.
struct Place {
    peer: SocketAddr,
    number: u64,
    seat: Arc<Seat>,
    open: Arc<Open>,
}

impl Open {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            seats: Mutex::default(),
        }
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a new connection. Where there is none, the one that has waited longest without asking anything makes room.
    fn admit(self: &Arc<Self>, peer: SocketAddr) -> Option<Place> {
        let address = peer.ip();
        let client = (!self.limits.proxies.include(address)).then(|| Network::of(address));
        let mut seats = self.seats();
        let of_client = client.map_or(0, |client| seats.per_address.get(&client).copied().unwrap_or(0));
        if of_client >= self.limits.per_address {
            seats.make_room(|seat| seat.client == client)?;
        } else if seats.all.len() >= self.limits.total {
            seats.make_room(|_| true)?;
        }
        let seat = Arc::new(Seat {
            client,
            requests: AtomicUsize::new(0),
            leave: Notify::new(),
            stop_asked: false.into(),
        });
        let number = seats.next;
        seats.next += 1;
        seats.all.insert(number, seat.clone());
        if let Some(client) = client {
            *seats.per_address.entry(client).or_default() += 1;
        }
        Some(Place {
            peer,
            number,
            seat,
            open: self.clone(),
        })
    }
}

impl Seats {
    fn make_room(&mut self, whose: impl Fn(&Seat) -> bool) -> Option<()> {
        let idle = |seat: &&Arc<Seat>| whose(seat) && !seat.is_busy();
        let oldest = self
            .all
            .values()
            .filter(idle)
            .find(|seat| !seat.stop_asked.swap(true, Ordering::AcqRel))?;
        oldest.leave.notify_one();
        Some(())
    }

    fn leave(&mut self, number: u64) {
        let left = self.all.remove(&number).and_then(|seat| seat.client);
        if let Some(client) = left
            && let Some(count) = self.per_address.get_mut(&client)
        {
            *count -= 1;
            if *count == 0 {
                self.per_address.remove(&client);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.seats().leave(self.number);
    }
}

/// A request under way, to the end of its answer.
struct Busy(Arc<Seat>);

impl Busy {
    fn begin(seat: &Arc<Seat>) -> Self {
        seat.requests.fetch_add(1, Ordering::AcqRel);
        Self(seat.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.requests.fetch_sub(1, Ordering::AcqRel);
    }
}

/// An answer's body, whose connection is busy until it is sent.
struct Answering {
    inner: Body,
    _busy: Busy,
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.inner).poll_frame(context)
    }
    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(per_address: usize, total: usize) -> Arc<Open> {
        Arc::new(Open::new(Limits {
            head: Duration::from_secs(1),
            per_address,
            total,
            proxies: "127.0.0.1".parse().expect("a proxy"),
        }))
    }

    fn from(address: &str) -> SocketAddr {
        SocketAddr::new(address.parse().expect("an address"), 4711)
    }

    /// Whether the connection was asked to make room.
    fn is_asked(place: &Place) -> bool {
        place.seat.stop_asked.load(Ordering::Acquire)
    }

    #[test]
    fn a_client_that_is_full_makes_room_itself_and_only_where_nothing_is_under_way() {
        let open = open(2, 100);
        let first = open.admit(from("203.0.113.7")).expect("a place");
        let second = open.admit(from("203.0.113.7")).expect("a place");
        let stranger = open.admit(from("203.0.113.8")).expect("a place");
        let _working = Busy::begin(&first.seat);
        let third = open.admit(from("203.0.113.7")).expect("the second one's place");
        assert!(is_asked(&second) && !is_asked(&first) && !is_asked(&stranger));
        let _both = Busy::begin(&third.seat);
        assert!(open.admit(from("203.0.113.7")).is_none(), "both are working");
        drop(second);
        drop(first);
        assert!(open.admit(from("203.0.113.7")).is_some());
    }

    #[test]
    fn a_network_is_one_client_and_a_proxy_is_none() {
        let open = open(1, 100);
        let one = open.admit(from("2001:db8:1:2::1")).expect("a place");
        let _other = open.admit(from("2001:db8:1:2:ffff::2")).expect("its place");
        assert!(is_asked(&one));
        let first = open.admit(from("127.0.0.1")).expect("a place");
        let _second = open.admit(from("127.0.0.1")).expect("another");
        assert!(!is_asked(&first));
    }

    #[test]
    fn when_all_are_taken_whoever_waited_longest_makes_room() {
        let open = open(10, 2);
        let first = open.admit(from("203.0.113.1")).expect("a place");
        let second = open.admit(from("203.0.113.2")).expect("a place");
        let _third = open.admit(from("203.0.113.3")).expect("the first one's place");
        assert!(is_asked(&first) && !is_asked(&second));
    }
}

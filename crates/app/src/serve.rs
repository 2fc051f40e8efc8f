//! Answers on an address until told to stop, and then lets running requests finish. Must not know what is answered.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long running requests and jobs may take after the stop.
pub const DRAIN: Duration = Duration::from_secs(10);
/// How long a connection may stay that sends nothing, or does not come to the end of the head of a request: a thousand of
/// these would else keep others out. A browser opens another when it needs one.
const HEAD: Duration = Duration::from_secs(30);
/// The pause after a connection could not be taken: the reason, such as too many open files, is still there at once.
const PAUSE: Duration = Duration::from_millis(100);

/// The word to stop, for everything that runs. Clones hear the same word.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// A stop that is given by the sender, or by dropping it.
    pub fn new() -> (watch::Sender<bool>, Stop) {
        let (sender, receiver) = watch::channel(false);
        (sender, Stop(receiver))
    }

    /// A stop given by SIGINT or SIGTERM.
    pub fn on_signal() -> io::Result<Stop> {
        let (sender, stop) = Stop::new();
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("stopping");
            sender.send_replace(true);
        });
        Ok(stop)
    }

    /// Whether it is time to stop: for loops that would otherwise go on.
    pub fn is_given(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Comes back when it is time to stop.
    pub async fn wait(&mut self) {
        // An error means that the sender is gone: nobody can say "stop" any more, so stop.
        self.0.wait_for(|stop| *stop).await.ok();
    }
}

/// How long whom is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request.
    pub head: Duration,
    /// For running requests after the stop.
    pub drain: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: HEAD, drain: DRAIN }
    }
}

/// Serves until the stop; then takes no more connections and gives running requests time. False when some were cut off.
pub async fn run(listener: TcpListener, router: Router, mut stop: Stop, patience: Patience) -> bool {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.wait() => break,
        };
        match accepted {
            Ok((stream, from)) => {
                tokio::spawn(connection(stream, from, router.clone(), graceful.watcher(), patience.head));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    let finished = tokio::time::timeout(patience.drain, graceful.shutdown()).await.is_ok();
    if !finished {
        tracing::warn!("some requests took too long and were cut off");
    }
    finished
}

/// One connection, request after request. How it ends is the client's business.
async fn connection(stream: TcpStream, from: SocketAddr, router: Router, watcher: Watcher, head: Duration) {
    stream.set_nodelay(true).ok();
    let answer = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        tower::ServiceExt::oneshot(router.clone(), request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head);
    watcher.watch(http.serve_connection(TokioIo::new(stream), answer)).await.ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::time::Instant;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    async fn slow_server(
        takes: Duration,
        drain: Duration,
    ) -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<bool>) {
        let router = Router::new().fallback(get(move || async move {
            tokio::time::sleep(takes).await;
            "finished"
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, stop) = Stop::new();
        let patience = Patience { head: Duration::from_millis(300), drain };
        (address, sender, tokio::spawn(run(listener, router, stop, patience)))
    }

    async fn ask(address: SocketAddr) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok();
        answer
    }

    #[tokio::test]
    async fn a_running_request_finishes_and_no_new_one_is_taken() {
        let (address, sender, server) = slow_server(Duration::from_millis(400), DRAIN).await;
        let running = tokio::spawn(ask(address));
        tokio::time::sleep(Duration::from_millis(100)).await;
        sender.send_replace(true);
        assert!(running.await.unwrap().ends_with("finished"));
        assert!(server.await.unwrap());
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn a_request_that_never_ends_does_not_hold_up_the_stop() {
        let (address, sender, server) = slow_server(Duration::from_mins(1), Duration::from_millis(200)).await;
        let running = tokio::spawn(ask(address));
        tokio::time::sleep(Duration::from_millis(100)).await;
        let since = Instant::now();
        sender.send_replace(true);
        assert!(!server.await.unwrap());
        assert!(since.elapsed() < Duration::from_secs(2));
        running.abort();
    }
    #[tokio::test]
    async fn who_never_comes_to_the_end_of_a_request_is_let_go_and_who_reads_slowly_is_not() {
        let (address, _sender, _server) = slow_server(Duration::from_millis(900), DRAIN).await;
        for beginning in ["", "GET / HTTP/1.1\r\nHost: x\r\nX-Filler: "] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(beginning.as_bytes()).await.unwrap();
            let mut rest = String::new();
            let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_string(&mut rest)).await;
            assert!(ended.is_ok(), "still open after {beginning:?}");
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..2 {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
            let mut some = [0; 1024];
            let length = stream.read(&mut some).await.unwrap();
            assert!(
                some[..length].ends_with(b"finished"),
                "an answer may take longer, and another request may follow"
            );
        }
    }
}

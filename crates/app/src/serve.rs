//! Answers on an address until told to stop, and then lets running requests finish. Must not know what is answered.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long running requests and jobs may take after the stop.
pub const DRAIN: Duration = Duration::from_secs(10);

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

/// Serves until the stop; then takes no more connections and gives running requests `drain`. False when some were cut off.
pub async fn run(listener: TcpListener, router: Router, stop: Stop, drain: Duration) -> io::Result<bool> {
    let (mut until, mut limit) = (stop.clone(), stop);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move { until.wait().await });
    let too_long = async move {
        limit.wait().await;
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        ended = serving => ended.map(|()| true),
        () = too_long => {
            tracing::warn!("some requests took too long and were cut off");
            Ok(false)
        }
    }
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
    ) -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<io::Result<bool>>) {
        let router = Router::new().fallback(get(move || async move {
            tokio::time::sleep(takes).await;
            "finished"
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, stop) = Stop::new();
        (address, sender, tokio::spawn(run(listener, router, stop, drain)))
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
        assert!(server.await.unwrap().unwrap());
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn a_request_that_never_ends_does_not_hold_up_the_stop() {
        let (address, sender, server) = slow_server(Duration::from_mins(1), Duration::from_millis(200)).await;
        let running = tokio::spawn(ask(address));
        tokio::time::sleep(Duration::from_millis(100)).await;
        let since = Instant::now();
        sender.send_replace(true);
        assert!(!server.await.unwrap().unwrap());
        assert!(since.elapsed() < Duration::from_secs(2));
        running.abort();
    }
}

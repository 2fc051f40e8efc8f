//! A way to the database that can be cut: each connection is passed on as it is, until it is not.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::sh::Outcome;

const OPEN: u8 = 0;
const REFUSED: u8 = 1;
const SILENT: u8 = 2;

/// How it is cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// Every connection ends, and a new one is ended at once: the server is gone.
    Refused,
    /// Connections stay and nothing comes through: a network that swallows everything.
    Silent,
}

/// Passes connections on to the database's socket.
pub struct Proxy {
    addr: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: AtomicU8,
    open: Mutex<Vec<(TcpStream, UnixStream)>>,
}

impl Proxy {
    /// Listens on a free port until the program ends.
    pub fn to(socket: PathBuf) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| format!("no free port: {e}"))?;
        let addr = listener.local_addr().map_err(|e| format!("no free port: {e}"))?;
        let shared = Arc::new(Shared::default());
        let inside = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever comes while it is cut, or finds no database, is let go: dropped is closed.
                let _ = pass_on(&inside, stream, &socket);
            }
        });
        Ok(Self { addr, shared })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// From now on nothing comes through.
    pub fn cut(&self, how: Cut) {
        let state = if how == Cut::Refused { REFUSED } else { SILENT };
        self.shared.state.store(state, Ordering::SeqCst);
        if how == Cut::Refused
            && let Ok(mut open) = self.shared.open.lock()
        {
            for (near, far) in open.drain(..) {
                let _ = (near.shutdown(Shutdown::Both), far.shutdown(Shutdown::Both));
            }
        }
    }

    /// As before. What was swallowed is passed on now.
    pub fn mend(&self) {
        self.shared.state.store(OPEN, Ordering::SeqCst);
    }
}

fn pass_on(shared: &Arc<Shared>, near: TcpStream, socket: &PathBuf) -> io::Result<()> {
    if shared.state.load(Ordering::SeqCst) == REFUSED {
        return Ok(());
    }
    near.set_nodelay(true)?;
    let far = UnixStream::connect(socket)?;
    if let Ok(mut open) = shared.open.lock() {
        open.push((near.try_clone()?, far.try_clone()?));
    }
    let (mut from, mut to, here) = (near.try_clone()?, far.try_clone()?, Arc::clone(shared));
    thread::spawn(move || (copy(&here, &mut from, &mut to), to.shutdown(Shutdown::Both)));
    let (mut from, mut to, here) = (far, near, Arc::clone(shared));
    thread::spawn(move || (copy(&here, &mut from, &mut to), to.shutdown(Shutdown::Both)));
    Ok(())
}

/// Until the other end is gone; one that was killed reads as an error.
fn copy(shared: &Shared, from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let n = from.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..n).filter(|bytes| !bytes.is_empty()) else {
            return Ok(());
        };
        while shared.state.load(Ordering::SeqCst) == SILENT {
            thread::sleep(Duration::from_millis(20));
        }
        to.write_all(bytes)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    #[test]
    fn what_is_sent_comes_through_until_it_is_cut() {
        let socket = std::env::temp_dir().join(format!("onedoor-proxy-{}", std::process::id()));
        let far = UnixListener::bind(&socket).unwrap();
        let proxy = Proxy::to(socket.clone()).unwrap();
        let mut near = TcpStream::connect(proxy.addr()).unwrap();
        let (mut there, _) = far.accept().unwrap();
        near.write_all(b"hello").unwrap();
        let mut heard = [0; 5];
        there.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"hello");
        proxy.cut(Cut::Refused);
        assert_eq!(near.read(&mut heard).unwrap_or(0), 0, "ended");
        let mut late = TcpStream::connect(proxy.addr()).unwrap();
        assert_eq!(late.read(&mut heard).unwrap_or(0), 0, "refused");
        proxy.mend();
        let _again = TcpStream::connect(proxy.addr()).unwrap();
        assert!(far.accept().is_ok());
        std::fs::remove_file(socket).unwrap();
    }
}

//! Those who are no use to anybody: connections that say nothing, clients that say a byte a second, forms full of garbage.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::drill::http::Browser;

const SENDERS: usize = 8;
/// Longer than any answer may be.
const GARBAGE: usize = 30_000;
const NOISE: &str = "<script>'\"%00;--\\{}()&=+/?#\u{202e}\u{feff}\u{fffd}é😱";

/// So many connections that say nothing.
pub fn idle(addr: SocketAddr, many: usize, seconds: u64) -> String {
    let open: Vec<TcpStream> = (0..many).map_while(|_| TcpStream::connect(addr).ok()).collect();
    thread::sleep(Duration::from_secs(seconds));
    format!("{} were open", open.len())
}

/// So many clients that send their request a byte a second.
pub fn slow(addr: SocketAddr, many: usize, seconds: u64) -> String {
    let mut open: Vec<TcpStream> = (0..many).filter_map(|_| TcpStream::connect(addr).ok()).collect();
    let connected = open.len();
    let request = format!("POST /ask HTTP/1.1\r\nHost: {addr}\r\nX-Filler: {}", "a".repeat(600));
    let mut bytes = request.bytes();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(seconds) {
        let byte = [bytes.next().unwrap_or(b'a')];
        open.retain_mut(|stream| stream.write_all(&byte).is_ok() && still_open(stream));
        thread::sleep(Duration::from_secs(1));
    }
    format!("{connected} were open, {} were ended by the server", connected - open.len())
}

/// Whether the other side has not ended it: nothing to read yet is as it should be.
fn still_open(stream: &mut TcpStream) -> bool {
    let mut byte = [0];
    let nothing_yet = stream.set_nonblocking(true).is_ok()
        && stream.read(&mut byte).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock);
    nothing_yet && stream.set_nonblocking(false).is_ok()
}

/// So many beginnings of a form, each followed by an answer that no person would give.
pub fn garbage(addr: SocketAddr, many: usize) -> String {
    let (begun, next) = (Instant::now(), AtomicUsize::new(0));
    let counts = [const { AtomicUsize::new(0) }; 4];
    thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= many {
                        return;
                    }
                    let kind = match one(addr, n) {
                        Some(200..400) => 0,
                        Some(429) => 1,
                        Some(400..500) => 2,
                        _ => 3,
                    };
                    if let Some(count) = counts.get(kind) {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let [taken, often, refused, other] = counts.map(AtomicUsize::into_inner);
    let seconds = begun.elapsed().as_secs_f64();
    format!("in {seconds:.0} s: {taken} taken, {often} too often, {refused} refused, {other} otherwise")
}

/// Begins a form, from one of a thousand addresses, and sends noise as two of its answers.
fn one(addr: SocketAddr, n: usize) -> Option<u16> {
    let mut browser = Browser::from(addr, format!("198.18.{}.{}", n / 250 % 4, n % 250 + 1));
    let page = browser.get("/ask")?.body;
    let draft = page.split_once("name=\"draft\" value=\"")?.1.split('"').next()?.to_owned();
    let begun = browser.post("/ask", &[("draft".to_owned(), draft), ("who".to_owned(), "me".to_owned())])?;
    let Some(first) = begun.location else { return Some(begun.status) };
    let noise: String = (0..GARBAGE).filter_map(|at| NOISE.chars().nth((at * 31 + n * 17) % 32)).collect();
    browser.post(&first, &[("danger".to_owned(), noise.clone())])?;
    let form = first.rsplit_once('/')?.0;
    let answer = browser.post(&format!("{form}/why-now"), &[("why-now".to_owned(), noise)])?;
    Some(answer.status)
}

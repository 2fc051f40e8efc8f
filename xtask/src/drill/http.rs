//! The least HTTP/1.1 that a form needs, over a plain socket: one request a connection, cookies kept.
//! Must not follow redirects or read pages: that is the client's story.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer that arrived whole.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// 200, 303, …
    pub status: u16,
    /// Where a redirect points.
    pub location: Option<String>,
    /// The page.
    pub body: String,
}

/// One browser: an address and its cookies.
pub struct Browser {
    addr: SocketAddr,
    cookies: BTreeMap<String, String>,
    /// Where it is, if the server believes what is said in front of it.
    from: Option<String>,
}

impl Browser {
    /// A browser without any history.
    pub fn new(addr: SocketAddr) -> Self {
        Self { addr, cookies: BTreeMap::new(), from: None }
    }

    /// One that stands at an address of its own, behind a proxy.
    pub fn from(addr: SocketAddr, from: String) -> Self {
        Self { from: Some(from), ..Self::new(addr) }
    }

    /// Fetches a page.
    pub fn get(&mut self, path: &str) -> Option<Answer> {
        self.exchange("GET", path, "")
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(String, String)]) -> Option<Answer> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.exchange("POST", path, &pairs.join("&"))
    }

    /// None for anything less than a whole answer: a cut connection proves nothing.
    fn exchange(&mut self, method: &str, path: &str, body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.addr, Duration::from_secs(2)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        stream.write_all(self.request(method, path, body).as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let (answer, cookies) = parse(&bytes)?;
        self.cookies.extend(cookies);
        Some(answer)
    }

    fn request(&self, method: &str, path: &str, body: &str) -> String {
        let host = self.addr;
        let mut text =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAccept: text/html\r\n");
        if let Some(from) = &self.from {
            let _ = write!(text, "X-Forwarded-For: {from}\r\n");
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let _ = write!(text, "Cookie: {}\r\n", pairs.join("; "));
        }
        if method == "POST" {
            let _ = write!(text, "Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n");
            text.push_str("Content-Type: application/x-www-form-urlencoded\r\n");
            let _ = write!(text, "Content-Length: {}\r\n", body.len());
        }
        text + "\r\n" + body
    }
}

/// A name or a value as a form sends it.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

type Cookies = Vec<(String, String)>;

fn parse(bytes: &[u8]) -> Option<(Answer, Cookies)> {
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(bytes.get(..split)?).ok()?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let headers: Vec<(String, &str)> = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
    let rest = bytes.get(split + 4..)?;
    let body = if header("transfer-encoding") == Some("chunked") {
        unchunked(rest)?
    } else {
        let length = header("content-length").map_or(Some(rest.len()), |n| n.parse().ok())?;
        rest.get(..length)?.to_vec()
    };
    let answer = Answer {
        status,
        location: header("location").map(str::to_owned),
        body: String::from_utf8(body).ok()?,
    };
    let set = headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| *value);
    let cookies = set.filter_map(|value| value.split(';').next()?.split_once('='));
    Some((answer, cookies.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()))
}

/// The chunks put together; none where the last is missing.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..line)?).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend(rest.get(line + 2..line + 2 + size)?);
        rest = rest.get(line + 2 + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_with_cookies_is_read() {
        let bytes = b"HTTP/1.1 303 See Other\r\nLocation: /ask/1\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n";
        let (answer, cookies) = parse(bytes).unwrap();
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/ask/1")));
        assert_eq!(cookies, [("a".to_owned(), "b".to_owned())]);
    }

    #[test]
    fn an_answer_cut_by_a_crash_is_no_answer() {
        assert!(parse(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").is_none());
        assert!(parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n").is_none());
        assert!(parse(b"HTTP/1.1 200 OK\r\nContent-Le").is_none());
    }

    #[test]
    fn chunks_are_put_together() {
        let bytes =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none \r\n4\r\ndoor\r\n0\r\n\r\n";
        assert_eq!(parse(bytes).unwrap().0.body, "one door");
    }

    #[test]
    fn form_values_are_encoded() {
        assert_eq!(encode("a b&c=é"), "a+b%26c%3D%C3%A9");
    }
}

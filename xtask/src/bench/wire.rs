//! HTTP/1.1 over a connection that is kept, as a browser keeps it. Must not follow redirects or read pages.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::drill::http::encode;
use crate::sh::Outcome;

/// A whole answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Got {
    /// 200, 303, …
    pub status: u16,
    /// Where a redirect points.
    pub location: Option<String>,
    /// Cookies it sets, as pairs.
    pub cookies: Vec<String>,
    /// What came, as it came: it may be compressed.
    pub body: Vec<u8>,
    /// Bytes on the wire, head and all.
    pub bytes: usize,
}

impl Got {
    /// The page.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// An error unless the status is this one.
    pub fn expect(self, status: u16, what: &str) -> Outcome<Self> {
        if self.status == status {
            Ok(self)
        } else {
            Err(format!("{what} answered {}, not {status}", self.status))
        }
    }
}

/// One connection of one browser.
pub struct Wire {
    addr: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
    /// What the browser sends as its cookies.
    pub cookies: String,
    /// Headers for every request, each with its line's end.
    pub extra: String,
}

impl Wire {
    /// Connects at the first request.
    pub fn new(addr: SocketAddr) -> Self {
        Self { addr, stream: None, cookies: String::new(), extra: String::new() }
    }

    /// With cookies from the start.
    pub fn with(addr: SocketAddr, cookies: &str) -> Self {
        Self { cookies: cookies.to_owned(), ..Self::new(addr) }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// Anything less than a whole answer.
    pub fn get(&mut self, path: &str) -> Outcome<Got> {
        self.ask("GET", path, "")
    }

    /// Sends a form.
    ///
    /// # Errors
    /// Anything less than a whole answer.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Outcome<Got> {
        let pair = |(name, value): &(&str, &str)| format!("{}={}", encode(name), encode(value));
        self.ask("POST", path, &fields.iter().map(pair).collect::<Vec<_>>().join("&"))
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Outcome<Got> {
        let request = self.request(method, path, body);
        self.exchange(&request).map_err(|e| {
            self.stream = None;
            format!("{method} {path}: {e}")
        })
    }

    fn exchange(&mut self, request: &str) -> std::io::Result<Got> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => {
                let stream = TcpStream::connect_timeout(&self.addr, Duration::from_secs(5))?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(Duration::from_mins(1)))?;
                none.insert(BufReader::with_capacity(1 << 17, stream))
            }
        };
        stream.get_mut().write_all(request.as_bytes())?;
        let (got, closes) = read_answer(stream)?;
        if closes {
            self.stream = None;
        }
        Ok(got)
    }

    fn request(&self, method: &str, path: &str, body: &str) -> String {
        let host = self.addr;
        let mut text =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n{}", self.extra);
        if !self.cookies.is_empty() {
            let _ = write!(text, "Cookie: {}\r\n", self.cookies);
        }
        if method == "POST" {
            let _ = write!(text, "Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n");
            let _ = write!(
                text,
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            );
        }
        text + "\r\n" + body
    }
}

/// One whole answer, and whether the connection ends with it.
fn read_answer(stream: &mut impl BufRead) -> std::io::Result<(Got, bool)> {
    let mut got = Got::default();
    let (mut length, mut chunked, mut closes) = (0, false, false);
    let mut first = true;
    loop {
        let line = read_line(stream, &mut got.bytes)?;
        if line.is_empty() && !first {
            break;
        }
        if std::mem::take(&mut first) {
            got.status = line.split_whitespace().nth(1).and_then(|code| code.parse().ok()).ok_or_else(cut)?;
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "location" => got.location = Some(value.to_owned()),
            "set-cookie" => got.cookies.extend(value.split(';').next().map(str::to_owned)),
            "content-length" => length = value.parse().map_err(|_| cut())?,
            "transfer-encoding" => chunked = value == "chunked",
            "connection" => closes = value.eq_ignore_ascii_case("close"),
            _ => {}
        }
    }
    if chunked {
        read_chunks(stream, &mut got)?;
    } else {
        got.body = vec![0; length];
        stream.read_exact(&mut got.body)?;
        got.bytes += length;
    }
    Ok((got, closes))
}

fn read_chunks(stream: &mut impl BufRead, got: &mut Got) -> std::io::Result<()> {
    loop {
        let line = read_line(stream, &mut got.bytes)?;
        let size = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16)
            .map_err(|_| cut())?;
        let mut chunk = vec![0; size];
        stream.read_exact(&mut chunk)?;
        got.bytes += size;
        got.body.extend(chunk);
        read_line(stream, &mut got.bytes)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn read_line(stream: &mut impl BufRead, bytes: &mut usize) -> std::io::Result<String> {
    let mut line = String::new();
    let read = stream.take(1 << 16).read_line(&mut line)?;
    *bytes += read;
    if line.ends_with('\n') { Ok(line.trim_end().to_owned()) } else { Err(cut()) }
}

fn cut() -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "the answer was cut")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_follow_each_other_on_one_connection_are_told_apart() {
        let text: &[u8] = b"HTTP/1.1 303 See Other\r\nLocation: /a\r\nSet-Cookie: session=x; Path=/\r\nContent-Length: 0\r\n\r\n\
            HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none \r\n4\r\ndoor\r\n0\r\n\r\n\
            HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        let mut stream = text;
        let (first, _) = read_answer(&mut stream).unwrap();
        assert_eq!((first.status, first.location.as_deref()), (303, Some("/a")));
        assert_eq!(first.cookies, ["session=x"]);
        let (second, closes) = read_answer(&mut stream).unwrap();
        assert_eq!((second.text().as_str(), closes), ("one door", false));
        let (third, closes) = read_answer(&mut stream).unwrap();
        assert_eq!((third.text().as_str(), closes), ("ok", true));
        assert_eq!(first.bytes + second.bytes + third.bytes, text.len());
    }

    #[test]
    fn half_an_answer_is_none() {
        for half in ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nConte", ""] {
            assert!(read_answer(&mut half.as_bytes()).is_err(), "{half}");
        }
    }
}

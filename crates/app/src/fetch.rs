//! Fetches a feed over HTTP or HTTPS, a piece at a time, and hands a small text over: certificates are checked, a few
//! redirections are followed, nothing waits for ever and no answer is kept whole. Must not know what is in it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, Uri, header};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long anything may take: a connection, an answer, the next piece of it.
const PATIENCE: Duration = Duration::from_secs(30);
/// So many times an answer may send us elsewhere.
const TURNS: usize = 4;
/// The largest answer that is read.
const MOST: u64 = 512 * 1024 * 1024;

/// Why a feed could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not an address that is fetched here.
    #[error("{0} is not an http:// or https:// address")]
    Address(String),
    /// Nobody answers, or the answer stops.
    #[error("{0} does not answer: {1}")]
    Silent(String, String),
    /// The answer is not the feed.
    #[error("{0} answers {1}")]
    Status(String, StatusCode),
    /// The answer is larger than any feed.
    #[error("{0} answers with more than 512 MiB on one page")]
    TooLarge(String),
}

/// Fetches, one answer after the other, over one connection while the server keeps it.
#[derive(Debug, Default)]
pub struct Fetcher {
    open: Option<(String, SendRequest<Full<Bytes>>)>,
}

/// An answer that is being read.
#[derive(Debug)]
pub struct Fetched {
    from: String,
    body: Incoming,
    read: u64,
}

impl Fetched {
    /// The next piece; none at the end.
    ///
    /// # Errors
    /// [`FetchError`].
    pub async fn next(&mut self) -> Result<Option<Bytes>, FetchError> {
        loop {
            let frame = timeout(PATIENCE, self.body.frame()).await.map_err(|_| self.silent("it stopped"))?;
            let Some(frame) = frame else { return Ok(None) };
            let frame = frame.map_err(|error| self.silent(&error.to_string()))?;
            let Ok(data) = frame.into_data() else { continue };
            self.read += u64::try_from(data.len()).unwrap_or(u64::MAX);
            if self.read > MOST {
                return Err(FetchError::TooLarge(self.from.clone()));
            }
            return Ok(Some(data));
        }
    }

    fn silent(&self, why: &str) -> FetchError {
        FetchError::Silent(self.from.clone(), why.to_owned())
    }
}

impl Fetcher {
    /// Asks for an address.
    ///
    /// # Errors
    /// [`FetchError`]; also for an answer that is neither 200 nor a redirection.
    pub async fn get(&mut self, uri: &Uri) -> Result<Fetched, FetchError> {
        let mut uri = uri.clone();
        for _ in 0..=TURNS {
            let answer = timeout(PATIENCE, self.ask(&uri)).await;
            let answer = answer.map_err(|_| silent(&uri, "it takes too long"))??;
            let status = answer.status();
            if status == StatusCode::OK {
                return Ok(Fetched { from: uri.to_string(), body: answer.into_body(), read: 0 });
            }
            let to =
                answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
            // What was left of the answer would stand before the next one.
            self.open = None;
            let Some(to) = to.filter(|_| status.is_redirection()) else {
                return Err(FetchError::Status(uri.to_string(), status));
            };
            let next = elsewhere(&uri, &to).ok_or_else(|| FetchError::Address(to.clone()))?;
            if uri.scheme_str() == Some("https") && next.scheme_str() != Some("https") {
                return Err(FetchError::Address(to));
            }
            uri = next;
        }
        Err(silent(&uri, "it sends us from one address to the next"))
    }

    /// Hands a text over to an address.
    ///
    /// # Errors
    /// [`FetchError`]; also for an answer that is not a success: nobody is sent elsewhere with a text.
    pub async fn post(&mut self, uri: &Uri, text: Bytes) -> Result<(), FetchError> {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let request = to(Request::post(path), uri).header(header::CONTENT_TYPE, "text/plain; charset=utf-8");
        let request = request.body(Full::new(text)).map_err(|_| FetchError::Address(uri.to_string()))?;
        let sent = async {
            let mut sender = connect(uri).await?;
            sender.send_request(request).await.map_err(|error| silent(uri, &error.to_string()))
        };
        let answer = timeout(PATIENCE, sent).await.map_err(|_| silent(uri, "it takes too long"))??;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(FetchError::Status(uri.to_string(), status)) }
    }

    async fn ask(&mut self, uri: &Uri) -> Result<hyper::Response<Incoming>, FetchError> {
        let origin = format!(
            "{}://{}",
            uri.scheme_str().unwrap_or_default(),
            uri.authority().map_or("", |a| a.as_str())
        );
        let kept = self.open.take().filter(|(known, sender)| *known == origin && !sender.is_closed());
        if let Some((known, mut sender)) = kept
            && sender.ready().await.is_ok()
            && let Ok(answer) = sender.send_request(request(uri)?).await
        {
            self.open = Some((known, sender));
            return Ok(answer);
        }
        let mut sender = connect(uri).await?;
        let answer =
            sender.send_request(request(uri)?).await.map_err(|error| silent(uri, &error.to_string()))?;
        self.open = Some((origin, sender));
        Ok(answer)
    }
}

fn silent(uri: &Uri, why: &str) -> FetchError {
    FetchError::Silent(uri.to_string(), why.to_owned())
}

fn elsewhere(from: &Uri, to: &str) -> Option<Uri> {
    if !to.starts_with('/') || to.starts_with("//") {
        return to.parse().ok();
    }
    let authority = from.authority()?.as_str();
    format!("{}://{authority}{to}", from.scheme_str()?).parse().ok()
}

fn request(uri: &Uri) -> Result<Request<Full<Bytes>>, FetchError> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    to(Request::get(path), uri)
        .header(header::ACCEPT, "application/json")
        .body(Full::default())
        .map_err(|_| FetchError::Address(uri.to_string()))
}

fn to(request: Builder, uri: &Uri) -> Builder {
    request
        .header(header::HOST, uri.authority().map_or("", |authority| authority.as_str()))
        .header(header::USER_AGENT, concat!("onedoor/", env!("CARGO_PKG_VERSION")))
}

async fn connect(uri: &Uri) -> Result<SendRequest<Full<Bytes>>, FetchError> {
    let wrong = || FetchError::Address(uri.to_string());
    let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
    let secure = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => return Err(wrong()),
    };
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let stream = TcpStream::connect((bare, port)).await.map_err(|error| silent(uri, &error.to_string()))?;
    if !secure {
        return begin(uri, stream).await;
    }
    let name = ServerName::try_from(bare.to_owned()).map_err(|_| wrong())?;
    let stream = TlsConnector::from(trusted()).connect(name, stream).await;
    begin(uri, stream.map_err(|error| silent(uri, &error.to_string()))?).await
}

/// The authorities that browsers trust.
fn trusted() -> Arc<ClientConfig> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

async fn begin<S>(uri: &Uri, stream: S) -> Result<SendRequest<Full<Bytes>>, FetchError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) =
        handshake(TokioIo::new(stream)).await.map_err(|error| silent(uri, &error.to_string()))?;
    // Ends with the sender; what goes wrong shows at the next piece.
    tokio::spawn(connection);
    Ok(sender)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_web_addresses_are_fetched() {
        for address in ["ftp://example.org/", "gopher://example.org:70/x", "/services", "example.org"] {
            let error = Fetcher::default().get(&address.parse().unwrap()).await.unwrap_err();
            assert!(matches!(error, FetchError::Address(_)), "{address}: {error}");
        }
    }

    #[test]
    fn a_redirection_is_read_from_where_it_was_found() {
        let from: Uri = "https://feed.example/a?b=1".parse().unwrap();
        let to = |to: &str| elsewhere(&from, to).map(|uri| uri.to_string());
        assert_eq!(to("/services").as_deref(), Some("https://feed.example/services"));
        assert_eq!(to("https://other.example/x").as_deref(), Some("https://other.example/x"));
        assert_eq!(to("http://bad host/"), None);
    }
}

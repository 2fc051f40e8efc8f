//! The only ways to answer. A page needs the proof of an ended transaction; a redirect after a POST the proof of a
//! committed one.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use onedoor_store::{Done, Wrote};

use super::problem::Problem;

/// An answer that was paid for with a proof.
#[derive(Debug)]
pub struct Answer(Response);

/// Left on every answer of this module; the gate refuses others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paid;

/// A page, after the transaction it was read in ended.
///
/// # Errors
/// [`Problem::Render`].
pub fn page<K>(done: Done<K>, template: &impl Template) -> Result<Answer, Problem> {
    page_with(StatusCode::OK, done, template)
}

/// A page with another status: 409 for a conflict, 422 for answers that need another look.
///
/// # Errors
/// [`Problem::Render`].
pub fn page_with<K>(status: StatusCode, _: Done<K>, template: &impl Template) -> Result<Answer, Problem> {
    html(status, template)
}

/// A page that shows nothing of anybody: sign-in, privacy notice, first question. Rows that use it are public.
///
/// # Errors
/// [`Problem::Render`].
pub fn static_page(status: StatusCode, template: &impl Template) -> Result<Answer, Problem> {
    html(status, template)
}

/// After a POST that wrote: look at the result with GET.
pub fn redirect(_: Done<Wrote>, to: &str) -> Answer {
    see_other(to)
}

/// On to another page without having written: an unauthenticated start, a step that was done before.
pub fn go(to: &str) -> Answer {
    see_other(to)
}

/// A small text for scripts, such as a count.
pub fn text<K>(_: Done<K>, text: String) -> Answer {
    let mut response = Response::new(Body::from(text));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    Answer(response)
}

/// Nothing to say, for scripts that ask again later.
pub fn nothing<K>(_: Done<K>) -> Answer {
    Answer(StatusCode::NO_CONTENT.into_response())
}

/// A file to save: never shown inside a page, never run, whatever it is.
pub fn file<K>(_: Done<K>, name: &str, media_type: &'static str, bytes: Vec<u8>) -> Answer {
    let plain: String = name.chars().map(|c| if is_token(c) { c } else { '_' }).collect();
    let exact = name.bytes().fold(String::new(), |text, byte| {
        if is_token(char::from(byte)) {
            text + char::from(byte).to_string().as_str()
        } else {
            text + &format!("%{byte:02X}")
        }
    });
    let saved = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let saved = HeaderValue::from_str(&saved).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, saved);
    Answer(response)
}

/// Letters, digits and the few signs that mean nothing in a header.
fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

fn see_other(to: &str) -> Answer {
    // Only paths of our own: a stored or typed address never sends anybody elsewhere. Browsers read a backslash as a
    // slash and leave out tabs: "/<tab>/elsewhere" would be another server.
    let strange = |c: char| c == '\\' || c.is_control();
    let own = to.starts_with('/') && !to.starts_with("//") && !to.contains(strange);
    let location = HeaderValue::from_str(if own { to } else { "/" }).unwrap_or(HeaderValue::from_static("/"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, location);
    Answer(response)
}

fn html(status: StatusCode, template: &impl Template) -> Result<Answer, Problem> {
    let body = template.render().map_err(|_| Problem::Render)?;
    Ok(Answer((status, Html(body)).into_response()))
}

impl Answer {
    /// Adds a cookie.
    #[must_use]
    pub fn cookie(mut self, cookie: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            self.0.headers_mut().append(header::SET_COOKIE, value);
        }
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(mut self) -> Response {
        self.0.extensions_mut().insert(Paid);
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(to: &str) -> String {
        go(to).0.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }

    #[test]
    fn a_redirect_never_leaves_this_server() {
        for elsewhere in [
            "//evil.example",
            "/\t/evil.example",
            "/\\evil.example",
            "\t//evil.example",
            "https://evil.example",
            "/\n/evil.example",
            "",
        ] {
            assert_eq!(location(elsewhere), "/", "{elsewhere:?}");
        }
        assert_eq!(location("/referrals/1?done=open#top"), "/referrals/1?done=open#top");
    }
}

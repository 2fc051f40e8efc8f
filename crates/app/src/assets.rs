//! Styles, scripts and icons, embedded at build with content-hashed names. Nothing is read from disk or another host.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

struct Asset {
    name: &'static str,
    /// `/assets/` and the hashed name.
    address: &'static str,
    plain: &'static [u8],
    packed: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A year: the name changes whenever the content does.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The address of `public.css`, `staff.css`, `app.js` or an icon. A test looks at every name used.
pub fn href(name: &str) -> &'static str {
    let found = EMBEDDED.iter().find(|asset| asset.name == name);
    found.map_or("/assets/missing", |asset| asset.address)
}

/// Answers `/assets/{name}`.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = EMBEDDED.iter().find(|asset| asset.address.strip_prefix("/assets/") == Some(&name))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let packs = accepts_brotli(&headers);
    let tag = format!("\"{name}{}\"", if packs { "-br" } else { "" });
    let mut answer = Response::new(Body::empty());
    let out = answer.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOREVER));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(asset.name)));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        return answer;
    }
    if packs {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    *answer.body_mut() = Body::from(if packs { asset.packed } else { asset.plain });
    answer
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| matches!(coding.trim().split_once(';').map_or((coding.trim(), ""), |(name, weight)| (name.trim(), weight.trim())), ("br", weight) if weight != "q=0"))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// Puts everything into `folder/assets`, for the component gallery.
#[cfg(test)]
pub(crate) fn write_all(folder: &str) {
    std::fs::create_dir_all(format!("{folder}/assets")).unwrap();
    for asset in EMBEDDED {
        std::fs::write(format!("{folder}{}", asset.address), asset.plain).unwrap();
    }
}

#[cfg(test)]
mod tests;

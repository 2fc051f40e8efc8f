//! Forms that bring a file, as a browser sends them.
#![allow(dead_code, reason = "each test file uses its part")]

use axum::body::Body;
use axum::http::{Request, header};

use super::support::{Browser, Page};

const BOUNDARY: &str = "----------------invented-boundary";

/// One part of such a form.
pub struct Part<'a> {
    name: &'a str,
    file: Option<&'a str>,
    bytes: &'a [u8],
}

impl<'a> Part<'a> {
    pub fn text(name: &'a str, value: &'a str) -> Self {
        Self { name, file: None, bytes: value.as_bytes() }
    }

    pub fn file(name: &'a str, file: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, file: Some(file), bytes }
    }
}

pub fn kind() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

pub fn body(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{BOUNDARY}\r\n").as_bytes());
        let head = format!("Content-Disposition: form-data; name=\"{}\"", part.name);
        body.extend_from_slice(head.as_bytes());
        if let Some(file) = part.file {
            let name = file.replace('\\', "\\\\");
            let more = format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
            body.extend_from_slice(more.as_bytes());
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(part.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

pub async fn post(browser: &mut Browser, path: &str, parts: &[Part<'_>]) -> Page {
    let request =
        Request::post(path).header(header::CONTENT_TYPE, kind()).header("sec-fetch-site", "same-origin");
    browser.send_with(request, Body::from(body(parts))).await
}

//! Reads a form that brings a file, piece by piece: no more is held than one file may have. Says what arrived; whether it
//! is taken is the domain's.

use std::time::Duration;

use axum::body::Body;
use axum::extract::FromRequest as _;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::{Request, StatusCode};
use onedoor_domain::file::{Content, FileName, LARGEST};

use crate::web::form::{FormRejected, MAX_VALUE, RawForm};

/// More fields than any page with a file has.
const MAX_FIELDS: usize = 40;
/// How long a file may take to arrive: the largest at 20 kilobytes a second.
const FILE_WITHIN: Duration = Duration::from_mins(10);

/// What a form with a file brought.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// What was typed.
    pub fields: RawForm,
    /// The file, if one was chosen.
    pub file: Option<Arrived>,
}

/// A file as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its name, made safe to show.
    pub name: FileName,
    /// What is in it; one byte more than is taken where it was larger.
    pub content: Content,
}

/// Reads `multipart/form-data`. Safe for any bytes.
///
/// # Errors
/// [`FormRejected`] where nothing of it can be used.
pub async fn read_upload(request: Request<Body>) -> Result<Upload, FormRejected> {
    let read = Box::pin(read_parts(request));
    tokio::time::timeout(FILE_WITHIN, read).await.map_err(|_| FormRejected::CutShort)?
}

async fn read_parts(request: Request<Body>) -> Result<Upload, FormRejected> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| FormRejected::WrongType)?;
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut file = None;
    let mut seen = 0;
    while let Some(part) = parts.next_field().await.map_err(|error| cause(&error))? {
        seen += 1;
        if seen > MAX_FIELDS {
            return Err(FormRejected::TooManyFields);
        }
        match part.file_name().map(FileName::from_given) {
            Some(name) => {
                let content = bytes(part, LARGEST + 1).await?;
                // A browser sends an empty part where no file was chosen.
                let chosen = !(content.is_empty() && name.as_str().is_empty());
                file = file.or(chosen.then(|| Arrived { name, content: content.into() }));
            }
            None => fields.push(typed(part).await?),
        }
    }
    let fields = RawForm::of(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    Ok(Upload { fields, file })
}

async fn typed(part: Field<'_>) -> Result<(String, String), FormRejected> {
    let name = part.name().unwrap_or_default().to_owned();
    let value = bytes(part, MAX_VALUE + 1).await?;
    if value.len() > MAX_VALUE {
        return Err(FormRejected::TooLarge);
    }
    let value = String::from_utf8(value).map_err(|_| FormRejected::NotText)?;
    if value.contains('\0') || name.contains('\0') {
        return Err(FormRejected::NotText);
    }
    Ok((name, value.replace("\r\n", "\n").replace('\r', "\n")))
}

/// At most so many bytes; what follows is read and thrown away, so that the answer reaches whoever sent it.
async fn bytes(mut part: Field<'_>, most: usize) -> Result<Vec<u8>, FormRejected> {
    let mut kept = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|error| cause(&error))? {
        let room = most - kept.len();
        kept.extend(piece.iter().take(room));
    }
    Ok(kept)
}

fn cause(error: &MultipartError) -> FormRejected {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        FormRejected::TooLarge
    } else {
        FormRejected::CutShort
    }
}

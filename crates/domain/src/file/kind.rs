//! What a file really is, told from its first bytes. The name and what a browser says about it count for nothing.
//!
//! Taken are kinds a clinician can open without running anything that came with them. Safe for any bytes.

use serde::{Deserialize, Serialize};

use super::zip;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A photograph of a telephone that saves room.
    Heic,
    /// Plain text.
    Text,
    /// Rich text.
    Rtf,
    /// A Word document without macros.
    Docx,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Heic, Self::Text, Self::Rtf, Self::Docx];

    /// What these bytes are; none where they are nothing we take.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let starts = |mark: &[u8]| bytes.starts_with(mark);
        if starts(b"%PDF-") {
            Some(Self::Pdf)
        } else if starts(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if starts(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if is_heic(bytes) {
            Some(Self::Heic)
        } else if starts(b"{\\rtf") {
            Some(Self::Rtf)
        } else if starts(b"PK\x03\x04") {
            is_docx(bytes).then_some(Self::Docx)
        } else {
            is_text(bytes).then_some(Self::Text)
        }
    }

    /// The ending of its name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Heic => "heic",
            Self::Text => "txt",
            Self::Rtf => "rtf",
            Self::Docx => "docx",
        }
    }

    /// What a browser is told it is.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Text => "text/plain; charset=utf-8",
            Self::Rtf => "application/rtf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    let brand = bytes.get(8..12);
    bytes.get(4..8) == Some(b"ftyp") && BRANDS.iter().any(|known| brand == Some(known.as_slice()))
}

/// A zip container with the two parts every Word document has, and no macros.
fn is_docx(bytes: &[u8]) -> bool {
    let Some(names) = zip::names(bytes) else { return false };
    let has = |wanted: &[u8]| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    let macros = names.iter().any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin"));
    has(b"[Content_Types].xml") && has(b"word/document.xml") && !macros
}

/// UTF-8 without control characters: what a person wrote in a plain editor.
fn is_text(bytes: &[u8]) -> bool {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    std::str::from_utf8(bytes).is_ok_and(|text| !text.trim().is_empty() && !text.chars().any(control))
}

//! Files that come with a request: adding them, seeing what was added, saving them. What is taken is decided by the domain;
//! nothing here opens a file or shows one inside a page.

pub mod list;
pub mod own;
pub mod record;
pub mod scan;
pub mod upload;

use onedoor_domain::file::{File, FileKind, LARGEST, NotTaken, Scan};

use crate::words::Lang;

/// The most bytes read of one request with a file. More than one file may have, so that whoever sends too much is told so
/// on the page and not by a broken connection.
pub const MOST_SENT: usize = 4 * LARGEST;

/// The name of the control.
pub const FIELD: &str = "file";

/// What a browser offers first. It decides nothing.
pub fn accept() -> String {
    let endings: Vec<String> = FileKind::ALL.into_iter().map(|kind| format!(".{}", kind.ending())).collect();
    endings.join(",") + ",.jpeg"
}

/// Why a file was not taken, and what to do; none where the first sending did it.
pub fn not_taken(why: NotTaken) -> Option<&'static str> {
    match why {
        NotTaken::Empty => Some("file-empty"),
        NotTaken::TooLarge => Some("file-too-large"),
        NotTaken::TooMany => Some("file-too-many"),
        NotTaken::OtherKind => Some("file-other-kind"),
        NotTaken::Before | NotTaken::AlreadySent => None,
    }
}

/// Its name, as it was given.
pub fn name(lang: Lang, file: &File) -> String {
    if file.name.as_str().is_empty() { lang.t("file-nameless") } else { file.name.as_str().to_owned() }
}

/// What kind of file it really is, and how large.
pub fn kind(lang: Lang, file: &File) -> String {
    let kind = match file.kind {
        FileKind::Pdf => "file-kind-pdf",
        FileKind::Jpeg | FileKind::Png | FileKind::Heic => "file-kind-picture",
        FileKind::Text => "file-kind-text",
        FileKind::Rtf | FileKind::Docx => "file-kind-letter",
    };
    let kilobytes = file.size.div_ceil(1024);
    if kilobytes < 1000 {
        lang.tr("file-size-kb", &[("kind", lang.t(kind)), ("size", kilobytes.to_string())])
    } else {
        let tenths = kilobytes.div_ceil(103);
        let size = format!("{}.{}", tenths / 10, tenths % 10);
        lang.tr("file-size-mb", &[("kind", lang.t(kind)), ("size", size)])
    }
}

/// Whether it was looked at, in plain words.
pub fn scan_words(scan: &Scan) -> &'static str {
    use onedoor_domain::file::NotScanned;
    match scan {
        Scan::Waiting => "file-scan-waiting",
        Scan::Clean { .. } => "file-scan-clean",
        Scan::Refused { .. } => "file-scan-refused",
        Scan::NotScanned { why: NotScanned::NoScanner, .. } => "file-scan-no-scanner",
        Scan::NotScanned { why: NotScanned::ScannerFailed, .. } => "file-scan-failed",
    }
}

//! What is taken as a file, what it is called, what a scanner's answer changes.

use jiff::Timestamp;

use super::{
    Content, File, FileKind, FileName, LARGEST, MOST, NotScanned, NotTaken, Offered, Scan, ScanAnswer,
};
use crate::actor::{Actor, Role, SystemScope};
use crate::change::{Changes, EventKind, Write};
use crate::door::Draft;
use crate::fixtures::{SPOA, as_actor, member, monday, text};
use crate::ids::{DraftId, FileId};

fn visitor() -> crate::actor::Ctx {
    as_actor(Actor::Public(Some([7; 32])), monday())
}

fn draft() -> Draft {
    Draft::begin(DraftId(uuid::Uuid::from_u128(1)), [7; 32], monday())
}

fn offered(id: u128, name: &str, bytes: &[u8]) -> Offered {
    Offered {
        id: FileId(uuid::Uuid::from_u128(id)),
        name: FileName::from_given(name),
        content: Content::from(bytes.to_vec()),
    }
}

fn kept(changes: &Changes) -> File {
    let found = changes.writes().iter().find_map(|write| {
        if let Write::NewFile(new) = write {
            return Some(new.0.clone());
        }
        if let Write::File(file) = write { Some((**file).clone()) } else { None }
    });
    found.unwrap()
}

fn added(name: &str, bytes: &[u8]) -> File {
    kept(&File::attach_to_draft(&visitor(), &draft(), &[], offered(9, name, bytes)).unwrap())
}

/// A zip container with these names and nothing in the parts.
pub(super) fn container(names: &[&str]) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut directory = Vec::new();
    for name in names {
        let at = u32::try_from(parts.len()).unwrap();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        parts.extend_from_slice(b"PK\x03\x04");
        parts.extend_from_slice(&[0; 22]);
        parts.extend_from_slice(&length);
        parts.extend_from_slice(&[0; 2]);
        parts.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&[0; 24]);
        directory.extend_from_slice(&length);
        directory.extend_from_slice(&[0; 12]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, size) = (u32::try_from(parts.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    parts.extend_from_slice(&directory);
    parts.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    parts.extend_from_slice(&count);
    parts.extend_from_slice(&count);
    parts.extend_from_slice(&size.to_le_bytes());
    parts.extend_from_slice(&start.to_le_bytes());
    parts.extend_from_slice(&[0; 2]);
    parts
}

#[test]
fn what_a_file_is_is_told_from_what_is_in_it_and_not_from_its_name() {
    let docx = container(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"]);
    let kinds: [(&[u8], Option<FileKind>); 14] = [
        (b"%PDF-1.7 and so on", Some(FileKind::Pdf)),
        (b"\xff\xd8\xff\xe0picture", Some(FileKind::Jpeg)),
        (b"\x89PNG\r\n\x1a\npicture", Some(FileKind::Png)),
        (b"\0\0\0\x18ftypheic\0\0", Some(FileKind::Heic)),
        (b"{\\rtf1 words}", Some(FileKind::Rtf)),
        ("A letter, déjà vu.\r\n\tYours".as_bytes(), Some(FileKind::Text)),
        (&docx, Some(FileKind::Docx)),
        (b"MZ\x90\0a program", None),
        (b"\x7fELF", None),
        (b"\0\0\0\x18ftypmp42", None),
        (b"words with a bell \x07", None),
        (b"\xff\xfew\0o\0r\0d\0", None),
        (b"   \n\t", None),
        (b"PK\x03\x04 and no directory", None),
    ];
    for (bytes, kind) in kinds {
        assert_eq!(FileKind::of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(added("holiday.exe", b"%PDF-1.7").saved_as(), "holiday.pdf");
    assert_eq!(added("scan.pdf", b"\xff\xd8\xff\xe0").saved_as(), "scan.jpg");
}

#[test]
fn a_container_counts_as_a_letter_only_with_its_parts_and_without_macros() {
    let macros = container(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
    assert_eq!(FileKind::of(&macros), None);
    assert_eq!(FileKind::of(&container(&["a.exe"])), None);
    assert_eq!(FileKind::of(&container(&["[Content_Types].xml", "xl/workbook.xml"])), None);
    let whole = container(&["[Content_Types].xml", "word/document.xml"]);
    for cut in 0..whole.len() {
        assert_eq!(FileKind::of(&whole[..cut]).filter(|kind| *kind == FileKind::Docx), None, "cut at {cut}");
    }
}

#[test]
fn a_name_is_shown_as_it_was_given_without_what_hides_or_leads_elsewhere() {
    for (given, shown, stem) in [
        ("letter.pdf", "letter.pdf", "letter"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf", "letter"),
        ("../../etc/passwd", "passwd", "passwd"),
        ("gp\u{202e}fdp.exe", "gpfdp.exe", "gpfdp"),
        ("  two   spaces\t.txt ", "two spaces.txt", "two spaces"),
        ("", "", "file"),
        (".htaccess", ".htaccess", ".htaccess"),
        ("...", "...", "file"),
        ("Brief von Jörg.docx", "Brief von Jörg.docx", "Brief von Jörg"),
    ] {
        let name = FileName::from_given(given);
        assert_eq!((name.as_str(), name.stem()), (shown, stem), "{given:?}");
    }
    let long = FileName::from_given(&format!("{}.pdf", "ä".repeat(500)));
    assert!(
        long.as_str().split('.').next_back() == Some("pdf")
            && long.as_str().chars().count() == FileName::LIMIT
    );
}

#[test]
fn empty_large_and_sixth_files_are_refused_and_a_second_sending_is_the_first() {
    let (ctx, draft) = (visitor(), draft());
    let add = |there: &[File], offered| File::attach_to_draft(&ctx, &draft, there, offered).map(|_| ());
    assert_eq!(add(&[], offered(1, "a.txt", b"")), Err(NotTaken::Empty));
    assert_eq!(add(&[], offered(1, "a.txt", &vec![b'a'; LARGEST + 1])), Err(NotTaken::TooLarge));
    assert_eq!(add(&[], offered(1, "a.txt", &vec![b'a'; LARGEST])), Ok(()));
    assert_eq!(add(&[], offered(1, "a.exe", b"MZ\0")), Err(NotTaken::OtherKind));
    let there = vec![added("a.txt", b"words"); MOST];
    assert_eq!(add(&there, offered(1, "a.txt", b"words")), Err(NotTaken::TooMany));
    assert_eq!(add(&there, offered(9, "a.txt", b"words")), Err(NotTaken::Before));
}

#[test]
fn a_file_hangs_on_the_draft_until_that_is_sent() {
    let (ctx, draft) = (visitor(), draft());
    let file = added("a.txt", b"words");
    let removed = file.clone().remove_from_draft(&ctx, &draft).unwrap();
    assert!(matches!(removed.writes(), [Write::RemoveFile(id)] if *id == file.id));
    let other = Draft::begin(DraftId(uuid::Uuid::from_u128(2)), [7; 32], monday());
    assert_eq!(file.remove_from_draft(&ctx, &other).map(|_| ()), Err(NotTaken::AlreadySent));
}

#[test]
fn only_a_scanners_answer_makes_a_file_clean_and_only_a_senior_opens_one_without() {
    let worker = as_actor(Actor::System(SystemScope::Worker), monday());
    let senior = as_actor(Actor::Staff(member(Role::SpoaSenior, SPOA)), monday());
    let waiting = added("a.txt", b"words");
    let answered = |answer| kept(&waiting.clone().scanned(&worker, answer).unwrap());
    let clean = answered(ScanAnswer::Clean);
    let found = answered(ScanAnswer::Found(Some(text("Test signature FOUND"))));
    let none = answered(ScanAnswer::None(NotScanned::NoScanner));
    assert!(clean.is_clean() && !found.is_clean() && !none.is_clean() && !waiting.is_clean());
    assert_eq!(clean.clone().scanned(&worker, ScanAnswer::Clean).map(|_| ()), Err(NotTaken::Before));
    let opens = |file: &File| {
        let referral = crate::ids::ReferralId(file.of);
        file.open_unscanned(&senior, referral, text("A letter of the hospital, needed now."))
    };
    for closed in [&waiting, &clean, &found] {
        assert!(opens(closed).is_err(), "{:?}", closed.scan);
    }
    let opened = opens(&none).unwrap();
    assert_eq!(opened.events()[0].kind, EventKind::FileOpenedUnscanned);
    assert!(opened.events()[0].why.is_some());
    let stored = serde_json::to_value(&found).unwrap();
    assert_eq!(serde_json::from_value::<File>(stored).unwrap(), found);
    let at: Timestamp = monday();
    assert_eq!(none.scan, Scan::NotScanned { at, why: NotScanned::NoScanner });
}

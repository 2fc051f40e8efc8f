//! Seeded nonsense in place of a form with a file: refused or taken, never a fault. `ONEDOOR_FUZZ_SECONDS` sets how long.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use onedoor::file::upload::read_upload;
use onedoor_domain::file::{FileKind, FileName, LARGEST};

use super::multipart::{self, Part};

struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

fn seeds() -> Vec<Vec<u8>> {
    vec![
        multipart::body(&[Part::text("id", "1"), Part::file("file", "a.pdf", b"%PDF-1.7")]),
        multipart::body(&[Part::file("file", "\u{202e}x.exe", b"PK\x03\x04 PK\x01\x02 PK\x05\x06")]),
        multipart::body(&[Part::text("a", "b"), Part::text("a", "\u{0}"), Part::file("", "", b"")]),
        b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0\0\0".to_vec(),
        b"\0\0\0\x18ftypheic{\\rtf1\xff\xd8\xff".to_vec(),
    ]
}

fn mutated(numbers: &mut Numbers, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[numbers.next(seeds.len())].clone();
    for _ in 0..=numbers.next(8) {
        let at = numbers.next(bytes.len() + 1);
        match numbers.next(4) {
            0 => bytes.insert(at, u8::try_from(numbers.next(256)).unwrap()),
            1 => bytes.truncate(at),
            2 if at < bytes.len() => bytes[at] ^= 1 << numbers.next(8),
            _ => bytes.extend_from_slice(&seeds[numbers.next(seeds.len())]),
        }
    }
    bytes
}

#[tokio::test]
async fn fuzz_no_form_with_a_file_makes_a_fault() {
    let seconds = std::env::var("ONEDOOR_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut numbers, seeds, mut tried) = (Numbers(20_261_130), seeds(), 0_u64);
    while Instant::now() < until {
        let bytes = mutated(&mut numbers, &seeds);
        let _ = FileKind::of(&bytes);
        let name = FileName::from_given(&String::from_utf8_lossy(&bytes));
        assert!(name.as_str().chars().count() <= FileName::LIMIT && !name.stem().is_empty(), "{bytes:?}");
        assert!(!name.as_str().contains(['/', '\\', '\n', '\u{202e}']), "{bytes:?}");
        let request = Request::post("/").header(header::CONTENT_TYPE, multipart::kind());
        if let Ok(upload) = read_upload(request.body(Body::from(bytes.clone())).unwrap()).await {
            let size = upload.file.map_or(0, |file| file.content.bytes().len());
            assert!(size <= LARGEST + 1 && size <= bytes.len(), "{bytes:?}");
        }
        tried += 1;
    }
    println!("{tried} forms, seed 20261130");
}

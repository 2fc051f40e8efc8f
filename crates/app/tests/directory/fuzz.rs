//! Seeded nonsense in place of a feed: every piece is a record or a problem, never a fault. `ONEDOOR_FUZZ_SECONDS` sets how
//! long.

use std::time::{Duration, Instant};

use onedoor::directory::import::check;
use onedoor_domain::directory::keys;
use onedoor_domain::directory::pieces::{Piece, Pieces};

use super::services::{page, record};

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
    let sample = include_str!("../../src/demo/directory.json");
    let more = [
        r#", "schedules": [{"freq": "MONTHLY", "byday": "2TU,-1FR", "interval": 3, "dtstart": "2026-01-01", "opens_at": "23:59:59Z", "closes_at": "00:00"}]"#,
        r#", "minimum_age": 1e99, "cost_options": [{"amount": -0.0}], "service_at_locations": [null, {"location": 7}]"#,
        r#", "phones": [[]], "description": {"a": "\ud83d\ude00\u0000"}, "assured_date": "9999-12-31T""#,
    ];
    let records: Vec<String> = more.iter().map(|more| record(super::id(1), "Lantern", more)).collect();
    vec![
        page(&records).into_bytes(),
        records.join("\n").into_bytes(),
        sample.as_bytes()[..4_000].to_vec(),
        b"[{}, {\"contents\": [[1, {\"a\": \"\\\"".to_vec(),
    ]
}

fn mutated(numbers: &mut Numbers, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[numbers.next(seeds.len())].clone();
    for _ in 0..=numbers.next(8) {
        let at = numbers.next(bytes.len() + 1);
        match numbers.next(5) {
            0 => bytes.insert(at, u8::try_from(numbers.next(256)).unwrap()),
            1 => bytes.truncate(at),
            2 if at < bytes.len() => bytes[at] ^= 1 << numbers.next(8),
            3 if at < bytes.len() => bytes[at] = b"{}[]\",:\\\n0"[numbers.next(10)],
            _ => bytes.extend_from_slice(&seeds[numbers.next(seeds.len())]),
        }
    }
    bytes
}

#[test]
fn fuzz_no_feed_makes_a_fault() {
    let seconds = std::env::var("ONEDOOR_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut numbers, seeds, mut feeds, mut whole) = (Numbers(20_261_130), seeds(), 0_u64, 0_u64);
    while Instant::now() < until {
        let bytes = mutated(&mut numbers, &seeds);
        let (mut knife, size) = (Pieces::default(), numbers.next(100) + 1);
        let (mut held, mut again) = (Vec::new(), Pieces::default());
        for chunk in bytes.chunks(size) {
            held.extend(knife.feed(chunk));
        }
        assert_eq!(held, again.feed(&bytes), "the size of the pieces changes nothing: {bytes:?}");
        for piece in held {
            let Piece::Record(record) = piece else { continue };
            if let Ok((_, entry)) = check(&record) {
                let stored = serde_json::to_string(&entry).unwrap();
                assert_eq!(serde_json::from_str::<onedoor_domain::directory::Entry>(&stored).unwrap(), entry);
                assert!(keys::of(&entry).len() < 20_000 && keys::sort(&entry).chars().count() <= 40);
                let calendar = onedoor_domain::calendar::Calendar::england();
                entry.standing("2026-11-24T10:00:00Z".parse().unwrap(), &calendar);
                whole += 1;
            }
        }
        feeds += 1;
    }
    println!("{feeds} feeds, {whole} whole records, seed 20261130");
}

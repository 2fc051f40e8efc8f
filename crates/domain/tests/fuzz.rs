//! Seeded mutation of everything a person, a link or a provider can hand to the value parsers: no panic, and what is
//! taken reads the same again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use std::time::{Duration, Instant};

use onedoor_domain::code::Address;
use onedoor_domain::door::{Danger, Question};
use onedoor_domain::value::{
    CodeDigits, DateOfBirth, Email, Line, NhsNumber, Phone, Postcode, Reference, ReturnPhrase, Text,
};

const SEEDS: [&str; 14] = [
    "Nadia O’Konjo-Brindle",
    "07700 900 123",
    "+44 (0)1632 960555",
    "999 000 0018",
    "AM1 2AB",
    "ZZ99 3VZ",
    "someone+tag@mail.example",
    "1990-02-29",
    "31/12/1985",
    "line one\r\nline two\n\n\tline three",
    "\u{202e}gnol\u{200b}\u{feff} e\u{301}\u{1f469}\u{200d}\u{1f52c}",
    "ending-life",
    "acorn, Abbey-actor\n4. badger bakery",
    "123 456",
];

/// One way of reading bytes: `fn(&[u8])`, as a fuzzer takes it.
type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 13] = [
    ("line", |bytes| again::<Line>(bytes)),
    ("text", |bytes| again::<Text>(bytes)),
    ("NHS number", |bytes| again::<NhsNumber>(bytes)),
    ("postcode", |bytes| again::<Postcode>(bytes)),
    ("phone", |bytes| again::<Phone>(bytes)),
    ("e-mail", |bytes| again::<Email>(bytes)),
    ("reference", |bytes| again::<Reference>(bytes)),
    ("return phrase", |bytes| {
        if let Ok(phrase) = String::from_utf8_lossy(bytes).parse::<ReturnPhrase>() {
            assert_eq!(phrase.key().parse::<ReturnPhrase>(), Ok(phrase));
        }
    }),
    ("code", |bytes| {
        if let Ok(code) = String::from_utf8_lossy(bytes).parse::<CodeDigits>() {
            assert_eq!(code.key().parse::<CodeDigits>(), Ok(code));
        }
    }),
    ("address of a code", |bytes| {
        if let Ok(address) = String::from_utf8_lossy(bytes).parse::<Address>() {
            let again: Result<Address, _> = address.normal().parse();
            assert_eq!(again.map(|address| address.normal()), Ok(address.normal()));
        }
    }),
    ("date of birth", |bytes| {
        let today = jiff::civil::date(2026, 11, 22);
        let _ = DateOfBirth::parse(&String::from_utf8_lossy(bytes), today);
    }),
    ("danger", |bytes| {
        let _ = Danger::from_code(&String::from_utf8_lossy(bytes));
    }),
    ("question", |bytes| {
        let _ = Question::from_code(&String::from_utf8_lossy(bytes));
    }),
];

/// Whatever is taken is in its normal form: reading it again gives the same.
fn again<T>(bytes: &[u8])
where
    T: std::str::FromStr + AsRef<str> + PartialEq + std::fmt::Debug,
{
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(value) = typed.parse::<T>() {
        let second = value.as_ref().parse::<T>().ok();
        assert_eq!(Some(&value), second.as_ref(), "from {typed:?}");
    }
}

struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

fn mutated(numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = SEEDS[numbers.next(SEEDS.len())].as_bytes().to_vec();
    for _ in 0..=numbers.next(6) {
        let at = numbers.next(bytes.len() + 1);
        match numbers.next(5) {
            0 => bytes.insert(at, u8::try_from(numbers.next(256)).unwrap()),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 if at < bytes.len() => bytes[at] ^= 1 << numbers.next(8),
            3 => bytes.extend_from_slice(SEEDS[numbers.next(SEEDS.len())].as_bytes()),
            _ => {
                let piece: Vec<u8> = bytes.iter().copied().skip(at).take(12).collect();
                for _ in 0..numbers.next(40) {
                    bytes.extend_from_slice(&piece);
                }
            }
        }
    }
    bytes
}

#[test]
fn fuzz_values_never_panic_and_what_they_take_reads_the_same_again() {
    let seconds = std::env::var("ONEDOOR_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut numbers = Numbers(20_261_122);
    let mut tried = 0_u64;
    while Instant::now() < until {
        let bytes = mutated(&mut numbers);
        for (name, target) in TARGETS {
            let survived = std::panic::catch_unwind(|| target(&bytes));
            assert!(survived.is_ok(), "{name} fell over {bytes:?}");
        }
        tried += 1;
    }
    println!("{tried} inputs to {} parsers, seed 20261122", TARGETS.len());
}

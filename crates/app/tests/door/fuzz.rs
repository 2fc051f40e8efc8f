//! Seeded nonsense over everything the door takes by POST: it may refuse, it may never fault.
//! `ONEDOOR_FUZZ_SECONDS` sets how long; a failure prints the seed, `ONEDOOR_FUZZ_SEED` runs it again.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};

use crate::steps::{Asking, LEAST};
use crate::support;

/// A small generator: the same seed, the same requests.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % limit.max(1)
    }

    fn of(&mut self, all: &[&'static str]) -> &'static str {
        all.get(self.below(all.len())).copied().unwrap_or_default()
    }
}

const PAGES: [&str; 12] = [
    "who",
    "safety",
    "name",
    "contact",
    "why-now",
    "about-you",
    "permissions",
    "safe-for-now",
    "call-me",
    "send",
    "safety?change=1",
    "check",
];
const NAMES: [&str; 16] = [
    "draft",
    "who",
    "danger",
    "called",
    "phone",
    "contact",
    "call-phone",
    "text-phone",
    "email",
    "address",
    "why-now",
    "born-on%5Bday%5D",
    "born-on%5Byear%5D",
    "nhs-number",
    "postcode",
    "tell-gp",
];
const VALUES: [&str; 18] = [
    "",
    "me",
    "none",
    "ending-life",
    "call",
    "text",
    "letter",
    "yes",
    "Robin",
    "07700+900123",
    "%2B44",
    "%00",
    "%F0%9F%92%99",
    "%E2%80%AE",
    "9990000018",
    "-1",
    "99999999999999999999",
    "%0A%0D%0A",
];

fn body(chance: &mut Chance) -> Vec<u8> {
    let mut body = String::new();
    for _ in 0..chance.below(8) {
        let (name, value) = (chance.of(&NAMES), chance.of(&VALUES));
        write!(body, "{name}={value}&").ok();
    }
    let mut bytes = body.into_bytes();
    for _ in 0..chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(3) {
            0 => bytes.insert(at, u8::try_from(chance.below(256)).unwrap_or_default()),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

fn kind(chance: &mut Chance) -> &'static str {
    match chance.below(20) {
        0 => "application/json",
        1 => "application/x-www-form-urlencoded; charset=utf-16",
        _ => "application/x-www-form-urlencoded",
    }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[tokio::test]
async fn fuzz_every_form_of_the_door() {
    let seed = setting("ONEDOOR_FUZZ_SEED").unwrap_or(0x0D00_2026);
    let long = Duration::from_secs(setting("ONEDOOR_FUZZ_SECONDS").unwrap_or(2));
    let mut chance = Chance(seed);
    let house = support::house().await;
    let (since, mut sent, mut taken) = (Instant::now(), 0_u32, 0_u32);
    while since.elapsed() < long {
        let mut asking = Asking::begin(&house).await;
        if chance.below(2) == 0 {
            for (page, fields) in LEAST {
                asking.answers(page, fields).await;
            }
        }
        for _ in 0..20 {
            let path = if chance.below(12) == 0 { "/ask".to_owned() } else { asking.path(chance.of(&PAGES)) };
            let body = body(&mut chance);
            let request = Request::post(&path)
                .header(header::CONTENT_TYPE, kind(&mut chance))
                .header("sec-fetch-site", "same-origin");
            let page = asking.browser.send_with(request, Body::from(body.clone())).await;
            let typed = String::from_utf8_lossy(&body).into_owned();
            assert!(!page.status.is_server_error(), "seed {seed}: {} for {path} {typed:?}", page.status);
            sent += 1;
            taken += u32::from(page.status.is_redirection());
        }
    }
    println!("fuzz: seed {seed}, {sent} requests, {taken} taken, in {:?}", since.elapsed());
    assert!(taken > 0 && taken < sent, "nonsense is refused and sense is taken");
}

//! A large feed, one record in a hundred broken: how long it takes, how much memory it needs, and that the list of what is
//! broken is exact. `ONEDOOR_CASES=50000` makes it as large as a county's; the figures are printed, not judged.

use std::fmt::Write as _;
use std::time::Instant;

use onedoor::directory::import::How;

use super::services::{FeedFile, importer};
use super::support::house;
use super::{FEED, id};

/// What this process holds at most, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim().trim_end_matches("kB").trim().parse().unwrap_or(0)
}

const NEEDS: [&str; 7] =
    ["Loneliness", "Money and debt", "Housing", "Work", "Food", "Anxiety", "Bereavement"];
const TOWNS: [(&str, &str); 4] =
    [("Ashmere", "AM1 2AB"), ("Millbrook", "AM4 7QD"), ("Northfield", "AM7 1PE"), ("Southbury", "AM9 2WA")];

fn feed(count: usize) -> String {
    let mut text =
        format!("{{\"total_items\": {count}, \"total_pages\": 1, \"page_number\": 1, \"contents\": [");
    for n in 0..count {
        let (town, postcode) = TOWNS[n % TOWNS.len()];
        let postcode = if n % 100 == 42 { "nowhere" } else { postcode };
        let need = NEEDS[n % NEEDS.len()];
        let comma = if n == 0 { "" } else { ",\n" };
        write!(
            text,
            "{comma}{{\"id\": \"{}\", \"name\": \"{need} group {n} of {town}\", \"status\": \"active\", \
             \"description\": \"People meet each week and talk, walk, cook or mend things. Number {n}. Newcomers are welcome, \
             and somebody meets you at the door the first time.\", \"assured_date\": \"2026-10-01\", \
             \"organization\": {{\"name\": \"{town} Community Association\"}}, \
             \"phones\": [{{\"number\": \"01632 960 {:03}\"}}], \"attributes\": [{{\"taxonomy_term\": {{\"name\": \"{need}\"}}}}], \
             \"service_at_locations\": [{{\"location\": {{\"location_type\": \"physical\", \"latitude\": 51.2, \"longitude\": -2.6, \
             \"addresses\": [{{\"address_1\": \"Hall {n}\", \"city\": \"{town}\", \"postal_code\": \"{postcode}\"}}]}}, \
             \"schedules\": [{{\"freq\": \"WEEKLY\", \"byday\": \"MO,WE\", \"opens_at\": \"10:00\", \"closes_at\": \"12:00\"}}]}}]}}",
            id(n as u128),
            n % 1000
        )
        .unwrap();
    }
    text.push_str("]}");
    text
}

#[tokio::test]
async fn a_large_feed_is_taken_in_and_every_broken_record_is_named() {
    let count = std::env::var("ONEDOOR_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let house = house().await;
    let file = FeedFile::new(&feed(count));
    let before = peak();
    let since = Instant::now();
    let import = importer(&house).take(&file.source(), FEED.parse().unwrap(), How::default()).await.unwrap();
    println!(
        "{count} records, {} MiB: {:.1} s, {} MiB more at most",
        std::fs::metadata(&file.0).unwrap().len() / 1024 / 1024,
        since.elapsed().as_secs_f64(),
        (peak() - before) / 1024
    );
    let broken: Vec<u64> = (0..count).filter(|n| n % 100 == 42).map(|n| n as u64 + 1).collect();
    assert_eq!((import.taken, import.broken), ((count - broken.len()) as u64, broken.len() as u64));
    let ctx = house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command);
    let (mut named, mut after) = (Vec::new(), 0);
    loop {
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let (_, problems) = tx.import(import.id, after).await.unwrap();
        tx.close().await.unwrap();
        let Some(last) = problems.last() else { break };
        after = last.position;
        for problem in &problems {
            assert_eq!(problem.mistakes.len(), 1);
            assert!(problem.mistakes[0].field.ends_with("postal_code"), "{problem:?}");
        }
        named.extend(problems.into_iter().map(|problem| problem.position));
    }
    assert_eq!(named, broken);
    let since = Instant::now();
    let again = importer(&house).take(&file.source(), FEED.parse().unwrap(), How::default()).await.unwrap();
    println!("the same feed again: {:.1} s", since.elapsed().as_secs_f64());
    let outcome = again.outcome.unwrap();
    assert_eq!((outcome.same, outcome.retired), (import.taken, 0), "a broken record retires nothing");
    let since = Instant::now();
    let page = house.persona("senior-nurse").await.get("/directory?words=housing&place=Millbrook").await;
    assert!(page.has("Housing group"), "{}", page.body);
    println!("a search: {:.0} ms", since.elapsed().as_secs_f64() * 1000.0);
}

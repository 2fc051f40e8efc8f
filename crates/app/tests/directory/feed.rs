//! Feeds: a broken record is named and breaks no other, a cut import goes on, and people read the old directory until the new
//! one is whole.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use onedoor::directory::import::{How, ImportError};
use onedoor_domain::directory::NotRetired;
use onedoor_domain::directory::read::Wrong;
use tokio::sync::Notify;

use super::services::{FeedFile, importer, page, record, take};
use super::support::{House, house};
use super::{FEED, id};

async fn found(house: &House, words: &str) -> bool {
    let page = house.persona("senior-nurse").await.get(&format!("/directory?words={words}")).await;
    !page.has("Nothing here fits") && !page.has("There are no services here yet")
}

fn groups(count: u128, word: &str) -> Vec<String> {
    (0..count).map(|n| record(id(n), &format!("{word} {n}"), "")).collect()
}

#[tokio::test]
async fn a_broken_record_is_named_and_the_others_are_taken() {
    let house = house().await;
    let feed = page(&[
        record(id(1), "Lantern", ""),
        record(id(2), "Harbour", ", \"phones\": [{\"number\": \"ring us\"}]"),
        "{\"name\": oops}".to_owned(),
        record(id(1), "Lantern again", ""),
        record(id(3), "Orchard", ""),
    ]);
    let import = take(&house, FEED, &feed).await.unwrap();
    assert_eq!((import.taken, import.broken, import.at.records), (2, 3, 5));
    assert_eq!(import.outcome.unwrap().added, 2);
    let mut editor = house.persona("directory-editor").await;
    let list = editor.get("/directory/imports").await;
    assert!(list.has(FEED) && list.has("Finished"), "{}", list.body);
    let report = editor.get(&format!("/directory/imports/{}", import.id)).await;
    for words in [
        "phones[0].number: This is not a number that can be dialled",
        "This is not a record in JSON",
        "id: This service stood in the feed before",
    ] {
        assert!(report.has(words), "{words}: {}", report.body);
    }
    assert!(report.has(&id(2).to_string()) && report.has("No id could be read"));
    assert!(found(&house, "orchard").await && !found(&house, "harbour").await);
}

#[tokio::test]
async fn an_import_that_is_cut_shows_nothing_and_goes_on_where_it_stopped() {
    let house = house().await;
    let mut records = groups(1_300, "Walking group");
    records[7] = "{\"name\": oops}".to_owned();
    let file = FeedFile::new(&page(&records));
    let (stop, heard) = (Arc::new(Notify::new()), Arc::new(AtomicU64::new(0)));
    let (ring, count) = (stop.clone(), heard.clone());
    let source = file.source();
    let mut cut = importer(&house).hearing(move |import| {
        count.store(import.at.records, Ordering::SeqCst);
        ring.notify_one();
    });
    tokio::select! {
        biased;
        () = stop.notified() => {}
        done = cut.take(&source, FEED.parse().unwrap(), How::default()) => panic!("it went on: {done:?}"),
    }
    drop(cut);
    // A second batch may be laid aside before the cut is heard of.
    let at = heard.load(Ordering::SeqCst);
    assert!([500, 1_000].contains(&at), "cut at {at}");
    assert!(!found(&house, "walking").await, "nothing is half imported");
    let mut editor = house.persona("directory-editor").await;
    assert!(editor.get("/directory/imports").await.has("Not finished: the directory is as it was"));
    let first = Arc::new(AtomicU64::new(0));
    let seen = first.clone();
    let mut rest = importer(&house).hearing(move |import| {
        seen.compare_exchange(0, import.at.records, Ordering::SeqCst, Ordering::SeqCst).ok();
    });
    let import = rest.take(&file.source(), FEED.parse().unwrap(), How::default()).await.unwrap();
    drop(rest);
    assert_eq!(first.load(Ordering::SeqCst), (at + 500).min(1_300), "what lay aside was not read again");
    assert_eq!((import.taken, import.broken, import.at.records), (1_299, 1, 1_300));
    assert!(found(&house, "walking").await);
}

#[tokio::test]
async fn another_file_or_a_new_beginning_drops_what_lay_aside() {
    let house = house().await;
    let file = FeedFile::new(&page(&groups(700, "Walking group")));
    let stop = Arc::new(Notify::new());
    let ring = stop.clone();
    let source = file.source();
    let mut cut = importer(&house).hearing(move |_| ring.notify_one());
    tokio::select! {
        biased;
        () = stop.notified() => {}
        done = cut.take(&source, FEED.parse().unwrap(), How::default()) => panic!("it went on: {done:?}"),
    }
    drop(cut);
    let import = take(&house, FEED, &page(&groups(3, "Swimming"))).await.unwrap();
    assert_eq!((import.taken, import.outcome.unwrap().added), (3, 3));
    assert!(!found(&house, "walking").await && found(&house, "swimming").await);
    let editor = house.persona("directory-editor").await.get("/directory/imports").await;
    assert!(editor.has("Given up: nothing was changed"));
}

#[tokio::test]
async fn a_feed_that_ends_in_the_middle_or_is_no_feed_changes_nothing() {
    let house = house().await;
    take(&house, FEED, &page(&groups(3, "Walking group"))).await.unwrap();
    let whole = page(&groups(3, "Swimming"));
    let cut = take(&house, FEED, &whole[..whole.len() - 30]).await.unwrap_err();
    assert!(matches!(cut, ImportError::Cut), "{cut}");
    for nothing in ["", "<html>Sorry</html>", "{\"contents\": []}", "[1, 2]"] {
        let error = take(&house, FEED, nothing).await.unwrap_err();
        assert!(matches!(error, ImportError::NoService), "{nothing}: {error}");
    }
    assert!(found(&house, "walking").await && !found(&house, "swimming").await);
}

#[tokio::test]
async fn what_is_not_in_the_feed_any_more_is_retired_and_can_still_be_read() {
    let house = house().await;
    take(&house, FEED, &page(&groups(5, "Walking group"))).await.unwrap();
    take(&house, "Another feed", &page(&[record(id(90), "Swimming", "")])).await.unwrap();
    // One is gone, one is broken now: that one is known as it was.
    let mut left = groups(4, "Walking group");
    left[3] = record(id(3), "Walking group 3", ", \"email\": \"nobody\"");
    let import = take(&house, FEED, &page(&left)).await.unwrap();
    let outcome = import.outcome.unwrap();
    assert_eq!((outcome.retired, outcome.same, outcome.added), (1, 3, 0));
    let mut nurse = house.persona("senior-nurse").await;
    let gone = nurse.get(&super::service(4)).await;
    assert!(gone.has("Not listed any more") && gone.has("The feed does not hold it since"), "{}", gone.body);
    let list = nurse.get("/directory?words=walking").await;
    assert!(list.has("Walking group 3") && !list.has("Walking group 4"));
    assert!(found(&house, "swimming").await, "another feed is another matter");
    let back = take(&house, FEED, &page(&groups(5, "Walking group"))).await.unwrap();
    assert_eq!(back.outcome.unwrap().changed, 1);
    assert!(nurse.get("/directory?words=walking").await.has("Walking group 4"));
}

#[tokio::test]
async fn a_page_that_is_missing_does_not_empty_the_directory() {
    let house = house().await;
    take(&house, FEED, &page(&groups(60, "Walking group"))).await.unwrap();
    let few = take(&house, FEED, &page(&groups(10, "Walking group"))).await.unwrap();
    assert_eq!((few.not_retired, few.outcome.unwrap().retired), (Some(NotRetired::TooMany), 0));
    let short = page(&groups(50, "Walking group")).replace("\"total_items\": 50", "\"total_items\": 60");
    let unsteady = take(&house, FEED, &short).await.unwrap();
    assert_eq!(unsteady.not_retired, Some(NotRetired::Unsteady));
    let page_of =
        house.persona("directory-editor").await.get(&format!("/directory/imports/{}", few.id)).await;
    assert!(page_of.has("more than half of them would have gone"));
    let file = FeedFile::new(&page(&groups(10, "Walking group")));
    let how = How { retire_many: true, ..How::default() };
    let all = importer(&house).take(&file.source(), FEED.parse().unwrap(), how).await.unwrap();
    assert_eq!(all.outcome.unwrap().retired, 50);
}

#[tokio::test]
async fn a_service_of_another_feed_is_not_taken_over() {
    let house = house().await;
    take(&house, FEED, &page(&[record(id(1), "Lantern", "")])).await.unwrap();
    let both = page(&[record(id(1), "Lantern of others", ""), record(id(2), "Harbour", "")]);
    let import = take(&house, "Another feed", &both).await.unwrap();
    assert_eq!((import.taken, import.broken), (1, 1));
    let ctx = house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (_, problems) = tx.import(import.id, 0).await.unwrap();
    tx.close().await.unwrap();
    assert_eq!(problems[0].mistakes[0].wrong, Wrong::NotOfThisFeed);
    assert!(!found(&house, "others").await);
}

#[tokio::test]
async fn a_county_does_not_see_the_services_of_another() {
    let house = house().await;
    let other = house.neighbour().await;
    take(&other, FEED, &page(&[record(id(1), "Neighbourly help", "")])).await.unwrap();
    assert!(!found(&house, "neighbourly").await);
    let page = house.persona("senior-nurse").await.get(&super::service(1)).await;
    assert_eq!(page.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_command_says_what_came_of_it_and_names_what_is_broken() {
    let house = house().await;
    let feed = page(&[record(id(1), "Lantern", ""), record(id(2), "Harbour", ", \"url\": \"nowhere\"")]);
    let file = FeedFile::new(&feed);
    let run = |more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_onedoor"))
            .args(["import", "directory"])
            .arg(&file.0)
            .args(["--feed", FEED])
            .args(more)
            .env("ONEDOOR_DATABASE_URL", &house.database.url)
            .current_dir("/")
            .output()
            .unwrap()
    };
    let done = run(&["--county", super::support::HOST]);
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.contains("2 records in") && said.contains("1 taken, 1 not taken"), "{said}");
    let named = format!("record 2, service {}: url: This is not a web address", id(2));
    assert!(said.contains(&named), "{said}");
    assert!(found(&house, "lantern").await);
    house.neighbour().await;
    let nowhere = run(&["--county", "nowhere.example"]);
    assert!(!nowhere.status.success());
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("--county"));
}

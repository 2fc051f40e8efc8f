//! The backup of each day: at its time, once for an installation however many programs run, with numbers that can be watched, and
//! with old ones gone only after a newer one was tried out.

use std::os::unix::process::ExitStatusExt as _;
use std::time::{Duration, Instant};

use onedoor::backup::Manifest;
use onedoor::backup::keep::Keeper as Backups;
use onedoor::metrics::Metrics;
use onedoor::serve::Stop;
use onedoor::web::App;
use rustix::process::{Pid, Signal, kill_process};

use super::support::House;
use super::{Place, UNUSED, county, files, files_in, fs, key, program, said};

/// The house with backups in a folder of this place.
fn with_backups(house: &House, place: &Place, recipient: &str, folder: &str) -> App {
    let (app, _) = house.with_settings(|settings| {
        settings.backup_dir = Some(place.0.join(folder));
        settings.backup_recipient = Some(recipient.to_owned());
        settings.data = place.0.join(format!("{folder}-data"));
    });
    app
}

async fn look(house: &House, app: &App) -> (bool, String) {
    let (_sender, stop) = Stop::new();
    let metrics = Metrics::default();
    let well = Backups::of(app, &house.database.options).unwrap().look(&metrics, &stop).await;
    (well, metrics.page().unwrap())
}

fn whole(place: &Place) -> usize {
    files(place).iter().filter(|path| path.to_string_lossy().ends_with(".age")).count()
}

#[tokio::test]
async fn one_is_made_each_day_at_its_time_tried_out_and_its_age_is_told() {
    let (house, place) = (county().await, Place::new("daily"));
    let (recipient, _) = key(&place);
    let app = with_backups(&house, &place, &recipient, "backups");
    let (well, numbers) = look(&house, &app).await;
    assert!(well && whole(&place) == 1, "the first at once: {numbers}");
    assert!(numbers.contains("onedoor_backup_age_seconds 0\n"), "{numbers}");
    assert!(numbers.contains("onedoor_backup_failed 0\n"), "{numbers}");
    house.at("2026-11-25T02:29:00Z");
    let (_, numbers) = look(&house, &app).await;
    assert_eq!(whole(&place), 1, "not before its time");
    assert!(numbers.contains("onedoor_backup_age_seconds 59340\n"), "{numbers}");
    house.at("2026-11-25T02:30:00Z");
    assert!(look(&house, &app).await.0);
    assert_eq!(whole(&place), 2);
    let newest = fs::read_to_string(files(&place).last().unwrap()).unwrap();
    let newest: Manifest = serde_json::from_str(&newest).unwrap();
    assert_eq!((newest.at.to_string(), newest.tried_at.is_some()), ("2026-11-25T02:30:00Z".to_owned(), true));
    look(&house, &app).await;
    assert_eq!(whole(&place), 2, "and no other that day");
    // The disk of this machine was changed: what is written down and not there is no backup.
    fs::remove_dir_all(place.0.join("backups")).unwrap();
    look(&house, &app).await;
    assert_eq!(whole(&place), 1);
}

#[tokio::test]
async fn several_programs_on_several_machines_make_one_a_day() {
    let (house, place) = (county().await, Place::new("several"));
    let (recipient, _) = key(&place);
    let apps = ["one", "two", "three"].map(|folder| with_backups(&house, &place, &recipient, folder));
    let all =
        || ["one", "two", "three"].iter().map(|folder| files_in(&place.0.join(folder)).len()).sum::<usize>();
    let looked = tokio::join!(look(&house, &apps[0]), look(&house, &apps[1]), look(&house, &apps[2]));
    assert!(looked.0.0 && looked.1.0 && looked.2.0, "who finds another at it has nothing to do");
    assert_eq!(all(), 2, "one backup and its manifest");
    let noted = "SELECT count(*)::text FROM installation WHERE kind = 'backup'";
    assert_eq!(house.database.rows(noted).await, ["1"]);
    house.at("2026-11-25T02:30:00Z");
    for app in &apps {
        assert!(look(&house, app).await.0);
    }
    assert_eq!(house.database.rows(noted).await, ["2"]);
    let (_, numbers) = look(&house, &apps[2]).await;
    assert!(numbers.contains("onedoor_backup_age_seconds 0\n"), "each knows of it: {numbers}");
}

#[tokio::test]
async fn one_that_fails_is_told_removes_nothing_and_the_age_grows() {
    let (house, place) = (county().await, Place::new("fails"));
    let (recipient, _) = key(&place);
    let app = with_backups(&house, &place, &recipient, "backups");
    let (_, numbers) = look(&house, &with_backups(&house, &place, &recipient, "backups")).await;
    assert!(numbers.contains("onedoor_backup_failed 0\n"), "{numbers}");
    house
        .database
        .rows("UPDATE audit SET staff_id = gen_random_uuid() WHERE id = (SELECT audit_id FROM audit_leaf WHERE n = 1)")
        .await;
    house.at("2027-11-25T10:00:00Z");
    let (well, numbers) = look(&house, &app).await;
    assert!(!well && numbers.contains("onedoor_backup_failed 1\n"), "{numbers}");
    assert!(numbers.contains("onedoor_backup_age_seconds 31622400\n"), "{numbers}");
    assert_eq!(files(&place).len(), 2, "the old one stays, whatever its age, and nothing is half there");
    assert!(!app.settings.data.join("backup-trial").exists());
}

/// Puts a backup of an earlier day beside the newest.
fn old(place: &Place, from: &Manifest, at: &str, change: impl FnOnce(&mut Manifest)) -> String {
    let mut manifest = from.clone();
    manifest.at = at.parse().unwrap();
    manifest.file = format!("{}.onedoor.age", at.replace(':', ""));
    change(&mut manifest);
    let folder = place.0.join("backups");
    fs::write(folder.join(&manifest.file), "kept").unwrap();
    let text = serde_json::to_string(&manifest).unwrap();
    fs::write(folder.join(format!("{}.json", manifest.file)), text).unwrap();
    manifest.file
}

#[tokio::test]
async fn old_ones_go_once_a_newer_one_was_tried_out_and_never_those_of_another_installation() {
    let (house, place) = (county().await, Place::new("old"));
    let (recipient, _) = key(&place);
    let app = with_backups(&house, &place, &recipient, "backups");
    look(&house, &app).await;
    let manifest = files(&place).into_iter().find(|path| path.to_string_lossy().ends_with(".json")).unwrap();
    let newest: Manifest = serde_json::from_str(&fs::read_to_string(manifest).unwrap()).unwrap();
    let lies = |file: &str| place.0.join("backups").join(file).exists();
    let (monday, sunday) = ("2026-11-02T02:30:00Z", "2026-11-08T02:30:00Z");
    let goes = old(&place, &newest, monday, |_| {});
    let of_week = old(&place, &newest, sunday, |_| {});
    let untried = old(&place, &newest, "2026-11-08T12:00:00Z", |manifest| manifest.tried_at = None);
    let stranger = old(&place, &newest, "2026-11-03T02:30:00Z", |manifest| {
        manifest.audit[0].county = serde_json::from_str("\"00000000-0000-0000-0000-000000000001\"").unwrap();
    });
    let stays = [&goes, &of_week, &untried, &stranger].map(|file| lies(file));
    assert_eq!(stays, [true; 4], "nothing goes by itself");
    house.at("2026-11-25T02:30:00Z");
    assert!(look(&house, &app).await.0);
    let stays = [&goes, &of_week, &untried, &stranger].map(|file| lies(file));
    assert_eq!(stays, [false, true, false, true]);
    assert!(!lies(&format!("{goes}.json")) && lies(&newest.file));
}

#[tokio::test]
async fn the_program_makes_one_by_itself_and_stops_in_the_middle_without_a_trace() {
    let (house, place) = (county().await, Place::new("work"));
    let (recipient, _) = key(&place);
    let data = place.0.join("data");
    let command = |word: &str| {
        let mut command = program(&data, Some(&house.database.url), &[word]);
        command.env("ONEDOOR_BACKUP_DIR", place.0.join("backups"));
        command.env("ONEDOOR_BACKUP_RECIPIENT", &recipient);
        command.env("ONEDOOR_SECRET_FILE", &house.app.settings.secret_file);
        command
    };
    let start = || command("work").spawn().unwrap();
    let checked = said(&command("check").output().unwrap());
    assert!(checked.contains("backup: none was made yet"), "{checked}");
    // Somebody holds a table, so that it cannot end.
    let held = house.database.hold(UNUSED, "ACCESS EXCLUSIVE").await;
    let mut work = start();
    let since = Instant::now();
    while !data.join("backup-trial/postgres/postmaster.pid").exists() {
        assert!(since.elapsed() < Duration::from_secs(30), "no trial begins");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let since = Instant::now();
    kill_process(Pid::from_child(&work), Signal::TERM).unwrap();
    let ended = work.wait().unwrap();
    println!("measured: a backup that was told to stop ended in {:?}", since.elapsed());
    assert!(ended.success() && ended.signal().is_none(), "{ended}");
    assert!(since.elapsed() < Duration::from_secs(10));
    assert_eq!(files(&place), Vec::<std::path::PathBuf>::new());
    assert!(!data.join("backup-trial").exists());
    held.free().await;
    let mut work = start();
    let since = Instant::now();
    while whole(&place) == 0 {
        assert!(since.elapsed() < Duration::from_secs(30), "no backup is made");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    kill_process(Pid::from_child(&work), Signal::TERM).unwrap();
    assert!(work.wait().unwrap().success(), "it stops cleanly");
    assert_eq!(files(&place).len(), 2);
    let checked = said(&command("check").output().unwrap());
    assert!(checked.contains("backup: ok, of "), "{checked}");
}

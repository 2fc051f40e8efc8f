//! The program between two versions: an older database is brought along, a newer one is refused by every command, and a step that
//! fails leaves the program that runs running.

use std::io::Read as _;
use std::process::Stdio;

use onedoor_store::{migrate, testing};
use rustix::process::{Pid, Signal, kill_process};

use super::support::house;
use super::{Place, backup, county, files, fs, key, onedoor, program, restore, said};

const LATER: (i64, &str) = (9001, "ALTER TABLE referral ADD COLUMN later text");

#[tokio::test]
async fn every_command_refuses_a_database_that_a_later_version_was_at_and_changes_nothing() {
    let (house, place) = (county().await, Place::new("newer"));
    let (recipient, _) = key(&place);
    testing::upgrade(&house.database.options, "9.0.0", migrate::known(), &[LATER]).await.unwrap();
    let before = house.database.dump().await;
    let (data, url) = (&house.app.settings.data, Some(house.database.url.as_str()));
    let to = place.0.join("backups").display().to_string();
    for words in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["work"],
        &["migrate"],
        &["check"],
        &["audit", "verify"],
        &["audit", "key"],
        &["admin", "create", "--name", "A. Person", "--email", "a@example.org"],
        &["backup", "--to", &to, "--recipient", &recipient],
    ] {
        let refused = onedoor(data, url, words);
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(1), "{words:?}: {said}");
        assert!(said.contains("is at step 9001, to which OneDoor 9.0.0 brought it"), "{words:?}: {said}");
        assert!(said.contains("Install OneDoor 9.0.0"), "{words:?}: {said}");
    }
    assert_eq!(house.database.dump().await, before);
    assert!(files(&place).is_empty());
}

#[tokio::test]
async fn a_backup_of_a_later_version_is_refused_before_anything_is_written() {
    let (house, place) = (county().await, Place::new("later"));
    let (recipient, identity) = key(&place);
    assert!(backup(&house, &place, &recipient).status.success());
    let all = files(&place);
    let known = format!("\"step\": {}", migrate::known());
    let manifest = fs::read_to_string(&all[1]).unwrap();
    assert!(manifest.contains(&known), "{manifest}");
    let later = manifest.replace(&known, "\"step\": 9001").replace(env!("CARGO_PKG_VERSION"), "9.0.0");
    fs::write(&all[1], later).unwrap();
    let refused = restore(&place, &all[0], &identity);
    assert!(
        !refused.status.success() && said(&refused).contains("made by OneDoor 9.0.0 at step 9001"),
        "{}",
        said(&refused)
    );
    fs::write(&all[1], manifest).unwrap();
    assert!(restore(&place, &all[0], &identity).status.success(), "nothing stood in the way");
}

#[tokio::test]
async fn an_older_database_is_brought_along_by_each_command_that_needs_it_and_named_by_the_others() {
    let place = Place::new("older");
    for words in [&["migrate"][..], &["work"], &["serve", "--listen", "127.0.0.1:0"]] {
        let database = testing::database().await;
        database.rows("DROP SCHEMA public CASCADE").await;
        database.rows("CREATE SCHEMA public AUTHORIZATION pg_database_owner").await;
        // The keys that its own program would make need columns of later steps.
        testing::upgrade(&database.options, "0.0.1", 41, &[]).await.ok();
        assert!(migrate::place(&database.options).await.unwrap().missing > 0);
        let checked = onedoor(&place.0.join("data"), Some(&database.url), &["check"]);
        assert!(said(&checked).contains("Run: onedoor migrate"), "{}", said(&checked));
        let mut command = program(&place.0.join("data"), Some(&database.url), words);
        command.env("ONEDOOR_LOG_LEVEL", "info").stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        if words != ["migrate"] {
            let (mut log, mut piece) = (String::new(), [0; 1024]);
            while !log.contains("listening") && !log.contains("working") {
                let read = running.stderr.as_mut().unwrap().read(&mut piece).unwrap();
                assert!(read > 0, "{words:?} ended: {log}");
                log.push_str(&String::from_utf8_lossy(&piece[..read]));
            }
            kill_process(Pid::from_child(&running), Signal::TERM).unwrap();
        }
        let ended = running.wait_with_output().unwrap();
        assert!(ended.status.success(), "{words:?}: {}", said(&ended));
        assert_eq!(migrate::place(&database.options).await.unwrap().missing, 0, "{words:?}");
    }
}

#[tokio::test]
async fn a_step_that_fails_leaves_the_program_that_runs_answering() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    assert_eq!(nurse.get("/worklist").await.status, 200);
    let half = "DELETE FROM person_key; ALTER TABLE referral DROP COLUMN body; SELECT 1 / 0";
    let failed =
        testing::upgrade(&house.database.options, "9.0.0", migrate::known(), &[LATER, (9002, half)]).await;
    assert!(failed.unwrap_err().to_string().contains("step 9002"));
    assert_eq!(nurse.get("/worklist").await.status, 200);
    assert_eq!(house.visitor().get("/").await.status, 200);
    let started = onedoor(&house.app.settings.data, Some(&house.database.url), &["migrate"]);
    assert!(started.status.success(), "and it starts again: {}", said(&started));
}

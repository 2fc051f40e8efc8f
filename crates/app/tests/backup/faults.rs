//! A backup in which something breaks: a disk that is full, a program of PostgreSQL that is killed, this program that is killed.
//! Nothing that is not whole lies under the name of a backup, nothing that can be read lies anywhere, and the next one works.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::support::House;
use super::{Command, PathBuf, Place, UNUSED, backup, county, files, fs, key, program, said};

/// `onedoor backup`, which cannot go on while the table is held.
fn begin(house: &House, place: &Place, recipient: &str) -> Child {
    let to = place.0.join("backups").display().to_string();
    let words = ["backup", "--to", &to, "--recipient", recipient];
    let mut command = program(&place.0.join("data"), Some(&house.database.url), &words);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The child of this process that has the name, once it is there.
async fn child(of: u32, name: &str) -> Pid {
    let since = Instant::now();
    loop {
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            let Some((before, after)) = stat.rsplit_once(')') else { continue };
            let parent = after.split_whitespace().nth(1).and_then(|parent| parent.parse().ok());
            if parent == Some(of) && before.ends_with(&format!("({name}")) {
                return Pid::from_raw(before.split_whitespace().next().unwrap().parse().unwrap()).unwrap();
            }
        }
        assert!(since.elapsed() < Duration::from_secs(30), "{name} does not run");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(below(&path));
        } else {
            all.push(path);
        }
    }
    all
}

/// Nothing lies under a name, nothing half lies there, and nothing of the trial stays.
fn nothing_is_left(place: &Place) {
    assert_eq!(files(place), Vec::<PathBuf>::new());
    assert!(!place.0.join("data/backup-trial").exists());
    for file in below(&place.0) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(4).any(|part| part == b"Mira"), "{} can be read", file.display());
    }
}

#[tokio::test]
async fn a_program_of_the_database_that_is_killed_leaves_nothing_that_looks_like_a_backup() {
    let (house, place) = (county().await, Place::new("killed"));
    let (recipient, _) = key(&place);
    for name in ["pg_dump", "pg_restore"] {
        let held = house.database.hold(UNUSED, "ACCESS EXCLUSIVE").await;
        let running = begin(&house, &place, &recipient);
        let program = child(running.id(), name).await;
        kill_process(program, Signal::KILL).unwrap();
        held.free().await;
        let ended = running.wait_with_output().unwrap();
        assert!(!ended.status.success() && said(&ended).contains(name), "{}", said(&ended));
        assert!(said(&ended).contains("signal: 9"), "{}", said(&ended));
        nothing_is_left(&place);
    }
    let made = backup(&house, &place, &recipient);
    assert!(made.status.success(), "{}", said(&made));
}

#[tokio::test]
async fn a_disk_that_is_full_leaves_nothing_that_looks_like_a_backup() {
    let (house, place) = (county().await, Place::new("full"));
    let (recipient, _) = key(&place);
    let to = place.0.join("backups").display().to_string();
    let words = ["backup", "--untried", "--to", &to, "--recipient", &recipient];
    let inner = program(&place.0.join("data"), Some(&house.database.url), &words);
    // A file may hold 16 KiB and no more.
    let mut full = Command::new("/bin/sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 32; exec \"$0\" \"$@\""]).arg(inner.get_program());
    full.args(inner.get_args()).current_dir("/");
    for (name, value) in inner.get_envs() {
        full.env(name, value.unwrap());
    }
    let ended = full.output().unwrap();
    assert!(!ended.status.success(), "{}", said(&ended));
    assert!(said(&ended).contains("the backup was not written: File too large"), "{}", said(&ended));
    nothing_is_left(&place);
}

#[tokio::test]
async fn only_one_is_made_at_a_time_and_the_second_is_told() {
    let (house, place) = (county().await, Place::new("busy"));
    let (recipient, _) = key(&place);
    let held = house.database.hold(UNUSED, "ACCESS EXCLUSIVE").await;
    let running = begin(&house, &place, &recipient);
    child(running.id(), "pg_dump").await;
    let second = backup(&house, &place, &recipient);
    assert!(!second.status.success() && said(&second).contains("another program makes"), "{}", said(&second));
    held.free().await;
    let ended = running.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", said(&ended));
    assert_eq!(files(&place).len(), 2);
}

#[tokio::test]
async fn what_a_killed_program_left_is_ended_and_removed_by_the_next_one() {
    let (house, place) = (county().await, Place::new("left"));
    let (recipient, _) = key(&place);
    let held = house.database.hold(UNUSED, "ACCESS EXCLUSIVE").await;
    let mut running = begin(&house, &place, &recipient);
    child(running.id(), "pg_dump").await;
    running.kill().unwrap();
    running.wait().unwrap();
    held.free().await;
    let left = files(&place);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].to_string_lossy().ends_with(".onedoor.age.unfinished"), "{left:?}");
    let trial = place.0.join("data/backup-trial");
    let server = fs::read_to_string(trial.join("postgres/postmaster.pid")).unwrap();
    let server = Pid::from_raw(server.lines().next().unwrap().parse().unwrap()).unwrap();
    let to = place.0.join("backups").display().to_string();
    let words = ["backup", "--to", &to, "--recipient", &recipient];
    let made = program(&place.0.join("data"), Some(&house.database.url), &words).output().unwrap();
    assert!(made.status.success(), "{}", said(&made));
    assert!(!left[0].exists() && files(&place).len() == 2, "{:?}", files(&place));
    assert!(!trial.exists());
    // It removes its file before it is gone itself.
    for _ in 0..100 {
        if rustix::process::test_kill_process(server).is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("its server was not ended");
}

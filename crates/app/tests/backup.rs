//! Backups in the running program: what is written comes back whole, in a new place, with an audit that is proved; what was changed
//! or lacks its key brings nothing back; and what cannot be brought back is not called a backup.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "backup/daily.rs"]
mod daily;
#[path = "backup/faults.rs"]
mod faults;
#[path = "support/people.rs"]
mod people;
mod support;
#[path = "backup/upgrade.rs"]
mod upgrade;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use onedoor::audit::keep::Keeper;
use onedoor::metrics::Metrics;
use onedoor::notice::Post;
use people::{asks, request};
use rustix::process::{Pid, Signal, kill_process};
use support::{House, house};

/// A table that a backup reads and nobody else in these tests.
const UNUSED: &str = "dry_run";

/// A folder that the database's user can reach, and what runs in it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("onedoor-backup-{}-{name}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
        Self(dir)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let server = fs::read_to_string(self.0.join("data/postgres/postmaster.pid")).ok();
        let pid = server.and_then(|text| Pid::from_raw(text.lines().next()?.parse().ok()?));
        if let Some(pid) = pid {
            kill_process(pid, Signal::QUIT).ok();
        }
        fs::remove_dir_all(&self.0).ok();
    }
}

fn program(data: &Path, database: Option<&str>, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onedoor"));
    command.arg("--data").arg(data).current_dir("/");
    command.env("ONEDOOR_LOG_LEVEL", "error").env("ONEDOOR_METRICS_LISTEN", "off");
    if let Some(url) = database {
        command.env("ONEDOOR_DATABASE_URL", url);
    }
    command.args(words);
    command
}

fn onedoor(data: &Path, database: Option<&str>, words: &[&str]) -> Output {
    program(data, database, words).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A county with a request, its audit sealed and signed.
async fn county() -> House {
    let house = house().await;
    asks(&house, request("Mira")).await;
    Keeper::of(&house.app, &Post::of(&house.app.settings)).look(&Metrics::default(), true).await;
    house
}

fn key(place: &Place) -> (String, PathBuf) {
    let identity = Identity::generate();
    let path = place.0.join("identity.txt");
    fs::write(&path, format!("# made for a test\n{}\n", identity.to_string().expose_secret())).unwrap();
    (identity.to_public().to_string(), path)
}

fn backup(house: &House, place: &Place, recipient: &str) -> Output {
    let to = place.0.join("backups").display().to_string();
    let words = ["backup", "--to", &to, "--recipient", recipient];
    onedoor(&house.app.settings.data, Some(&house.database.url), &words)
}

fn files(place: &Place) -> Vec<PathBuf> {
    files_in(&place.0.join("backups"))
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).into_iter().flatten();
    let mut all: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

fn restore(place: &Place, file: &Path, identity: &Path) -> Output {
    let words = ["restore", &file.display().to_string(), "--identity", &identity.display().to_string()];
    onedoor(&place.0.join("data"), None, &words)
}

#[tokio::test]
async fn a_backup_comes_back_whole_in_a_new_place_and_its_audit_is_proved() {
    let (house, place) = (county().await, Place::new("whole"));
    let (recipient, identity) = key(&place);
    let made = backup(&house, &place, &recipient);
    assert!(made.status.success() && said(&made).contains("sealed rows is whole"), "{}", said(&made));
    let all = files(&place);
    let [file, manifest] = &all[..] else { panic!("{all:?}") };
    assert!(file.to_string_lossy().ends_with(".onedoor.age"), "{}", file.display());
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"), "encrypted");
    assert!(!bytes.windows(4).any(|part| part == b"Mira"), "nothing can be read in it");
    let manifest = fs::read_to_string(manifest).unwrap();
    assert!(manifest.contains("\"tried_at\": \"20") && !manifest.contains("Mira"), "{manifest}");
    let back = restore(&place, file, &identity);
    assert!(back.status.success() && said(&back).contains("brought back"), "{}", said(&back));
    // The secret and the checkpoints are kept apart from the database, and brought along.
    let data = place.0.join("data");
    fs::copy(&house.app.settings.secret_file, data.join("secret.key")).unwrap();
    let day = fs::read_dir(house.app.settings.checkpoint_dir.join(house.demo.tenant.0.to_string())).unwrap();
    let book = day.map(|entry| entry.unwrap().path()).next().unwrap().display().to_string();
    let proved = onedoor(&data, None, &["audit", "verify", "--checkpoint", &book]);
    assert!(proved.status.success() && said(&proved).contains("whole. The last row"), "{}", said(&proved));
    let known = place.0.join("references.txt");
    let reference = house.database.rows("SELECT reference FROM referral").await;
    fs::write(&known, reference.join("\n")).unwrap();
    let found = onedoor(&data, None, &["check", "--references", &known.display().to_string()]);
    assert!(said(&found).contains("references: 1 of 1 found"), "{}", said(&found));
    let rows = || onedoor(&data, None, &["check", "--references", &known.display().to_string()]);
    let twice = restore(&place, file, &identity);
    assert!(!twice.status.success() && said(&twice).contains("is not empty"), "{}", said(&twice));
    assert!(said(&rows()).contains("references: 1 of 1 found"), "and what was there is there");
}

#[tokio::test]
async fn what_another_owns_comes_back_for_a_user_without_special_rights_and_is_backed_up_by_them() {
    let (house, place) = (county().await, Place::new("plain"));
    let (recipient, identity) = key(&place);
    assert!(backup(&house, &place, &recipient).status.success());
    // A database as an operator makes it for the program: owned by a role that is no superuser.
    let other = onedoor_store::testing::database().await;
    let (user, name) = (format!("onedoor_plain_{}", std::process::id()), other.name());
    let role = format!("CREATE ROLE {user} LOGIN; GRANT onedoor_owner, onedoor_app TO {user}");
    other.rows(&role).await;
    other.rows("DROP SCHEMA public CASCADE").await;
    other.rows("CREATE SCHEMA public AUTHORIZATION pg_database_owner").await;
    other.rows(&format!("ALTER DATABASE {name} OWNER TO {user}")).await;
    let url = other.url.replacen("postgres@", &format!("{user}@"), 1);
    assert_ne!(url, other.url);
    let file = files(&place)[0].display().to_string();
    let words = ["restore", &file, "--identity", &identity.display().to_string()];
    let back = onedoor(&house.app.settings.data, Some(&url), &words);
    assert!(back.status.success(), "{}", said(&back));
    let upgraded = onedoor(&house.app.settings.data, Some(&url), &["migrate"]);
    assert!(upgraded.status.success(), "{}", said(&upgraded));
    let again = place.0.join("again");
    let words = ["backup", "--to", &again.display().to_string(), "--recipient", &recipient];
    let made = onedoor(&house.app.settings.data, Some(&url), &words);
    assert!(made.status.success(), "{}", said(&made));
    assert_eq!(files_in(&again).len(), 2);
    for table in ["referral", "event", "audit", "audit_leaf"] {
        assert_eq!(other.count(table).await, house.database.count(table).await, "{table}");
    }
    other.rows(&format!("ALTER DATABASE {name} OWNER TO CURRENT_USER")).await;
    other.rows(&format!("REASSIGN OWNED BY {user} TO CURRENT_USER")).await;
    other.rows(&format!("DROP OWNED BY {user}")).await;
    other.rows(&format!("DROP ROLE {user}")).await;
}

#[tokio::test]
async fn what_was_changed_or_lacks_its_key_brings_nothing_back() {
    let (house, place) = (county().await, Place::new("changed"));
    let (recipient, identity) = key(&place);
    assert!(backup(&house, &place, &recipient).status.success());
    let all = files(&place);
    let other = Place::new("other");
    let (_, theirs) = key(&other);
    let refused = restore(&place, &all[0], &theirs);
    assert!(
        !refused.status.success() && said(&refused).contains("cannot be decrypted"),
        "{}",
        said(&refused)
    );
    let whole = fs::read(&all[0]).unwrap();
    for at in [whole.len() / 2, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&all[0], &changed).unwrap();
        let refused = restore(&place, &all[0], &identity);
        assert!(
            !refused.status.success() && said(&refused).contains("is not the file"),
            "{}",
            said(&refused)
        );
    }
    fs::write(&all[0], &whole).unwrap();
    let back = restore(&place, &all[0], &identity);
    assert!(back.status.success(), "nothing of the tries before was left behind: {}", said(&back));
}

#[tokio::test]
async fn an_audit_that_somebody_changed_is_no_backup_and_nothing_lies_under_its_name() {
    let (house, place) = (county().await, Place::new("broken"));
    let (recipient, _) = key(&place);
    house
        .database
        .rows("UPDATE audit SET staff_id = gen_random_uuid() WHERE id = (SELECT audit_id FROM audit_leaf WHERE n = 1)")
        .await;
    let refused = backup(&house, &place, &recipient);
    assert!(
        !refused.status.success() && said(&refused).contains("run onedoor audit verify"),
        "{}",
        said(&refused)
    );
    assert_eq!(files(&place), Vec::<PathBuf>::new());
    let nobody = backup(&house, &place, "age1nonsense");
    assert!(!nobody.status.success() && said(&nobody).contains("It begins with age1"), "{}", said(&nobody));
    let nowhere = onedoor(&house.app.settings.data, Some(&house.database.url), &["backup"]);
    assert!(!nowhere.status.success() && said(&nowhere).contains("--to DIR"), "{}", said(&nowhere));
}

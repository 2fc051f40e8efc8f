//! The seal of the audit in the running program: what was done is sealed and signed outside the database, a copy goes where the
//! settings say, and whoever has the book, the key and the database proves it (hazard H33).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/people.rs"]
mod people;
mod support;

use std::path::Path;
use std::process::{Command, Output};

use jiff::SignedDuration;
use onedoor::audit::book::Book;
use onedoor::audit::keep::Keeper;
use onedoor::audit::key::Key;
use onedoor::metrics::Metrics;
use onedoor::notice::Post;
use onedoor::web::App;
use onedoor_store::seal::{Report, Sealer, Wrong};
use people::{asks, request};
use support::{House, house};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

fn book(house: &House) -> Book {
    Book::of(&house.app.settings.checkpoint_dir, house.demo.tenant)
}

fn key(house: &House) -> Key {
    Key::of(&house.app.secret, house.demo.tenant)
}

/// Seals and signs as at the end of the program. Answers the numbers.
async fn seal(app: &App) -> String {
    let metrics = Metrics::default();
    Keeper::of(app, &Post::of(&app.settings)).look(&metrics, true).await;
    metrics.page().unwrap()
}

async fn verify(house: &House) -> Report {
    let known = book(house).all(&key(house).public()).unwrap();
    Sealer::of(&house.app.db).verify(house.demo.tenant, &known, house.app.clock.now()).await.unwrap()
}

#[tokio::test]
async fn whatever_is_done_is_sealed_signed_outside_the_database_and_proved() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    let numbers = seal(&house.app).await;
    let rows: i64 = house.database.count("audit").await;
    assert!(numbers.contains(&format!("onedoor_audit_rows {rows}")), "{numbers}");
    assert!(numbers.contains("onedoor_audit_lag_seconds ") && numbers.contains("audit_broken{"), "{numbers}");
    let report = verify(&house).await;
    assert!(report.is_whole() && report.last_proved.is_some(), "{report:?}");
    assert_eq!((report.size.cast_signed(), report.unsealed, report.unsigned), (rows, 0, 0));
    house.persona("senior-nurse").await.get("/worklist").await;
    seal(&house.app).await;
    assert_eq!(book(&house).all(&key(&house).public()).unwrap().len(), 2, "one for each that grew");
    seal(&house.app).await;
    assert_eq!(book(&house).all(&key(&house).public()).unwrap().len(), 2, "and none where nothing was added");
    // The owner of the database changes who it was.
    let forge = format!(
        "UPDATE audit SET staff_id = gen_random_uuid() WHERE subject_id = '{id}' AND outcome = 'read'"
    );
    house.database.rows(&forge).await;
    let report = verify(&house).await;
    assert!(!report.is_whole() && report.findings.iter().all(|it| it.wrong == Wrong::Altered), "{report:?}");
}

// seed: 124
#[tokio::test]
async fn who_looked_at_a_person_is_known_from_a_record_that_was_opened_and_from_a_list_that_showed_it() {
    let house = house().await;
    let (id, other) = (asks(&house, request("Mira")).await, asks(&house, request("Wren")).await);
    let mut nurse = house.persona("senior-nurse").await;
    nurse.get(&format!("/referrals/{id}")).await;
    nurse.get("/worklist").await;
    seal(&house.app).await;
    let looked = |id: onedoor_domain::ids::ReferralId| {
        format!(
            "SELECT a.action FROM audit_person p JOIN audit a ON a.tenant_id = p.tenant_id AND a.id = p.audit_id
             JOIN referral r ON r.tenant_id = p.tenant_id AND r.person_id = p.person_id
             WHERE r.id = '{id}' AND a.actor = 'staff' ORDER BY a.id"
        )
    };
    let of_first = house.database.rows(&looked(id)).await;
    assert!(
        of_first.contains(&"ReferralRead".to_owned()) && of_first.contains(&"Worklist".to_owned()),
        "{of_first:?}"
    );
    assert_eq!(house.database.rows(&looked(other)).await, ["Worklist"], "seen in the list and not opened");
}

// seed: 124
#[tokio::test]
async fn a_person_sees_within_minutes_who_looked_who_was_stopped_and_whether_somebody_used_their_words() {
    let house = house().await;
    let (id, other) = (asks(&house, request("Mira")).await, asks(&house, request("Wren")).await);
    let mut own = house.follows(id).await;
    let mut nurse = house.persona("senior-nurse").await;
    nurse.get(&format!("/referrals/{id}")).await;
    nurse.get(&format!("/referrals/{id}")).await;
    nurse.get("/worklist").await;
    let version = people::look(&house, id).await.version().to_string();
    nurse.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await;
    let stopped = house.persona("gp").await.get(&format!("/referrals/{id}")).await;
    assert!(!stopped.status.is_success());
    seal(&house.app).await;
    let page = own.get("/track/looked").await;
    assert!(page.has("Opened your record (") && page.has("times that day)"), "{}", page.body);
    assert!(page.has("Saw you in a list") && page.has("Wrote in your record"), "{}", page.body);
    assert!(page.has("and was stopped"), "a look that was stopped is told too: {}", page.body);
    let nurse_id = house.demo.users["senior-nurse"];
    let name = &house.database.rows(&format!("SELECT name FROM staff WHERE id = '{nurse_id}'")).await[0];
    assert!(page.has(name), "{name}: {}", page.body);
    own.get("/track/where").await;
    house.later(SignedDuration::from_mins(1));
    seal(&house.app).await;
    let page = own.get("/track/looked").await;
    assert!(page.has("You, or somebody who has your words"), "{}", page.body);
    let theirs = house.follows(other).await.get("/track/looked").await;
    assert!(theirs.has("Saw you in a list") && !theirs.has("Opened your record"), "{}", theirs.body);
    assert!(own.get("/track/where").await.has("/track/looked"), "it is one click away");
    let stranger = house.visitor().get("/track/looked").await;
    assert!(!stranger.has("Saw you in a list"), "{}", stranger.body);
    let staff = nurse.get("/track/looked").await;
    assert!(!staff.has("Saw you in a list"), "{}", staff.body);
}

#[tokio::test]
async fn many_looks_have_a_next_page_and_none_is_left_out() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    for _ in 0..60 {
        nurse.get(&format!("/referrals/{id}")).await;
        house.later(SignedDuration::from_hours(24));
        nurse = house.persona("senior-nurse").await;
    }
    seal(&house.app).await;
    let mut own = house.follows(id).await;
    let first = own.get("/track/looked").await;
    let next = first.body.split("href=\"/track/looked?after=").nth(1).expect("a next page");
    let next = next.split('"').next().unwrap();
    let second = own.get(&format!("/track/looked?after={next}")).await;
    let rows = |body: &str| body.matches("Opened your record").count();
    assert_eq!((rows(&first.body), rows(&first.body) + rows(&second.body)), (50, 60));
}

#[tokio::test]
async fn an_audit_that_was_cut_is_not_sealed_on_top_and_the_numbers_say_so() {
    let house = house().await;
    asks(&house, request("Mira")).await;
    seal(&house.app).await;
    house.database.rows("DELETE FROM audit_leaf WHERE n > 1").await;
    let numbers = seal(&house.app).await;
    let county = format!("onedoor_audit_broken{{origin=\"onedoor-audit/{}\"}} 1", house.demo.tenant.0);
    assert!(numbers.contains(&county), "{numbers}");
    assert_eq!(house.database.count("audit_leaf").await, 2, "nothing on top");
}

#[tokio::test]
async fn a_copy_goes_to_whoever_the_settings_name_and_the_book_stands_when_they_do_not_answer() {
    let house = house().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (app, _) = house.with_settings(|settings| {
        settings.checkpoint_to.url = Some(format!("http://{address}/keep").parse().unwrap());
        settings.checkpoint_to.mail = Some("guardian@example.org".parse().unwrap());
    });
    let taken = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut said = Vec::new();
        while !String::from_utf8_lossy(&said).contains("\n\n\u{2014} onedoor-audit/") {
            let mut piece = [0; 4096];
            let read = stream.read(&mut piece).await.unwrap();
            said.extend_from_slice(&piece[..read]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        String::from_utf8(said).unwrap()
    });
    seal(&app).await;
    let said = taken.await.unwrap();
    assert!(said.starts_with("POST /keep HTTP/1.1\r\n"), "{said}");
    let mail = format!("checkpoint-{}-2026-11-24.eml", house.demo.tenant.0);
    let mail = std::fs::read_to_string(app.settings.spool_dir.join(mail)).unwrap();
    assert!(mail.contains("To: guardian@example.org") && mail.contains("onedoor-audit/"), "{mail}");
    // Nobody listens there any more.
    house.persona("senior-nurse").await.get("/worklist").await;
    seal(&app).await;
    let report = verify(&house).await;
    assert_eq!((report.is_whole(), report.unsigned), (true, 0));
}

fn command(house: &House, words: &[&str], key: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onedoor"));
    command.arg("--data").arg(&house.app.settings.data).current_dir("/");
    command.env("ONEDOOR_DATABASE_URL", &house.database.url).env("ONEDOOR_LOG_LEVEL", "error");
    if let Some(secret) = key {
        command.env("ONEDOOR_SECRET_FILE", secret);
    }
    command.args(words).output().unwrap()
}

#[tokio::test]
async fn an_auditor_with_the_public_key_and_a_copy_of_the_book_proves_it_without_the_installations_secret() {
    let house = house().await;
    asks(&house, request("Mira")).await;
    seal(&house.app).await;
    let printed = command(&house, &["audit", "key"], None);
    let public = key(&house).public();
    assert!(String::from_utf8_lossy(&printed.stdout).contains(&public), "{printed:?}");
    let copy = house.app.settings.data.join("copy.txt");
    let folder = house.app.settings.checkpoint_dir.join(house.demo.tenant.0.to_string());
    let day = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    std::fs::copy(day, &copy).unwrap();
    let elsewhere = house.app.settings.data.join("another.key");
    let shown = copy.display().to_string();
    let given = ["audit", "verify", "--checkpoint", &shown, "--key", &public];
    let whole = command(&house, &given, Some(&elsewhere));
    let said = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert!(whole.status.success() && said.contains("whole. The last row that is proved"), "{whole:?}");
    assert!(!elsewhere.exists(), "no secret was needed, and none was made");
    let without = command(&house, &["audit", "verify", "--checkpoint", &shown], None);
    assert!(without.status.success(), "{}", String::from_utf8_lossy(&without.stderr));
    house.database.rows("DELETE FROM audit WHERE id = (SELECT audit_id FROM audit_leaf WHERE n = 2)").await;
    let gone = command(&house, &given, None);
    let said = String::from_utf8_lossy(&gone.stdout).into_owned();
    assert_eq!(gone.status.code(), Some(1));
    assert!(said.contains("position 2 (") && said.contains("the row is gone"), "{said}");
    std::fs::write(&copy, std::fs::read_to_string(&copy).unwrap().replacen("\nat 2", "\nat 3", 1)).unwrap();
    let forged = command(&house, &given, None);
    let said = String::from_utf8_lossy(&forged.stderr).into_owned();
    assert!(!forged.status.success() && said.contains("not signed by this key"), "{said}");
}

#[tokio::test]
async fn nothing_is_disposed_of_before_twenty_years() {
    let house = house().await;
    asks(&house, request("Mira")).await;
    seal(&house.app).await;
    let rows = house.database.count("audit").await;
    let dispose = |before: &'static str| {
        ["audit", "dispose", "--before", before, "--by", "A. Keeper", "--reason", "Kept long enough"]
    };
    let early = command(&house, &dispose("2026-11-01"), None);
    let said = String::from_utf8_lossy(&early.stderr).into_owned();
    assert!(!early.status.success() && said.contains("the audit is kept for 20 years"), "{said}");
    let none = command(&house, &dispose("2001-01-01"), None);
    let said = String::from_utf8_lossy(&none.stdout).into_owned();
    assert!(none.status.success() && said.contains("no signed row is from before 2001-01-01"), "{said}");
    assert_eq!(house.database.count("audit").await, rows);
    // A row of long ago goes, and leaves its place.
    house
        .database
        .rows(
            "UPDATE audit SET at = '2000-02-02T00:00:00Z' WHERE id = (SELECT min(id::text)::uuid FROM audit)",
        )
        .await;
    let gone = command(&house, &dispose("2001-01-01"), None);
    let said = String::from_utf8_lossy(&gone.stdout).into_owned();
    assert!(
        gone.status.success() && said.contains("1 rows between positions 0 and 0 are gone; certificate"),
        "{said}"
    );
    let report = verify(&house).await;
    assert_eq!((report.is_whole(), report.disposed), (true, 1), "{report:?}");
}

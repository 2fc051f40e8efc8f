//! Files that come with a request, from the form to the record: what is taken, who opens what, and that nothing is opened
//! before it was looked at, or knowingly.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "files/fuzz.rs"]
mod fuzz;
#[path = "support/multipart.rs"]
mod multipart;
#[path = "support/people.rs"]
mod people;
mod support;

use axum::http::StatusCode;
use jiff::SignedDuration;
use multipart::Part;
use onedoor::work::Worker;
use onedoor_domain::ids::ReferralId;
use support::{Browser, House, Page, house};

const PDF: &[u8] = b"%PDF-1.7\na letter of the hospital";

/// A visitor who began a form.
struct Form {
    browser: Browser,
    draft: String,
}

impl Form {
    async fn begin(house: &House) -> Self {
        let mut browser = house.visitor();
        let draft = browser.get("/ask").await.field("draft");
        browser.post("/ask", &[("draft", &draft), ("who", "me")]).await;
        Self { browser, draft }
    }

    fn path(&self, page: &str) -> String {
        format!("/ask/{}/{page}", self.draft)
    }

    async fn page(&mut self) -> Page {
        let path = self.path("files");
        self.browser.get(&path).await
    }

    async fn adds(&mut self, name: &str, bytes: &[u8]) -> Page {
        let id = self.page().await.field("id");
        let path = self.path("files");
        multipart::post(&mut self.browser, &path, &[Part::text("id", &id), Part::file("file", name, bytes)])
            .await
    }

    /// Stops early: a name and a number are enough.
    async fn sends(mut self) -> ReferralId {
        for (page, fields) in [
            ("safety", &[("danger", "none")][..]),
            ("name", &[("called", "Mira")]),
            ("contact", &[("contact", "call"), ("call-phone", "07700 900456")]),
            ("why-now", &[("why-now", "I cannot sleep."), ("send", "so-far")]),
        ] {
            let path = self.path(page);
            let done = self.browser.post(&path, fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{page}: {}", done.body);
        }
        self.draft.parse().unwrap()
    }
}

fn record(id: ReferralId) -> String {
    format!("/referrals/{id}")
}

/// The address a record offers for a file, with these words.
fn link(page: &Page, words: &str) -> String {
    let at = page.body.find(words).unwrap_or_else(|| panic!("no \"{words}\" in {}", page.body));
    let start = page.body[..at].rfind("href=\"").unwrap() + 6;
    page.body[start..].split('"').next().unwrap().to_owned()
}

async fn scan_with(house: &House, script: Option<&str>) {
    let (app, _) = house.with_settings(|settings| {
        settings.scan_command = script.map(|script| ["/bin/sh", "-c", script].map(str::to_owned).into());
    });
    Worker::new(&app).run_due().await;
}

#[tokio::test]
async fn a_letter_goes_with_the_request_and_is_saved_under_its_name_once_it_was_checked() {
    let house = house().await;
    let mut form_of = Form::begin(&house).await;
    let added = form_of.adds("C:\\Users\\Mira\\Brief von Jörg.doc", PDF).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let listed = form_of.page().await;
    assert!(listed.has("Brief von Jörg.doc") && !listed.has("Users"), "{}", listed.body);
    let id = form_of.sends().await;

    let mut nurse = house.persona("senior-nurse").await;
    let waiting = nurse.get(&record(id)).await;
    assert!(waiting.has("Waiting to be checked for viruses"), "{}", waiting.body);
    assert!(!waiting.has("Save Brief"), "nobody opens what was not checked");
    scan_with(&house, Some("cat >/dev/null; exit 0")).await;
    let checked = nurse.get(&record(id)).await;
    let saved = nurse.get(&link(&checked, "Save Brief")).await;
    assert_eq!((saved.status, saved.body.as_bytes()), (StatusCode::OK, PDF));
    let header = |name: &str| saved.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf", "what it is, not what it was called");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"Brief_von_J_rg.pdf\"; filename*=UTF-8''Brief%20von%20J%C3%B6rg.pdf"
    );
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
}

#[tokio::test]
async fn what_is_no_letter_or_picture_is_refused_with_a_reason_and_nothing_is_kept() {
    let house = house().await;
    let mut form_of = Form::begin(&house).await;
    let large = [PDF, &vec![b' '; 10 * 1024 * 1024]].concat();
    for (name, bytes, words) in [
        ("holiday.jpg", &b"MZ\x90\0program"[..], "We cannot take this kind of file"),
        ("page.html", b"\0<script>", "We cannot take this kind of file"),
        ("empty.pdf", b"", "There is nothing in this file"),
        ("large.pdf", &large, "larger than 10 MB"),
        ("", b"", "Choose a file first"),
    ] {
        let refused = form_of.adds(name, bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", refused.body);
        assert!(refused.has(words) && refused.has("id=\"file-error\""), "{name}: {}", refused.body);
    }
    assert_eq!(house.database.count("file").await, 0);
}

#[tokio::test]
async fn five_files_are_taken_a_sixth_is_not_and_one_can_be_removed() {
    let house = house().await;
    let mut form_of = Form::begin(&house).await;
    let id = form_of.page().await.field("id");
    for n in 0..5 {
        form_of.adds(&format!("letter {n}.txt"), b"words").await;
    }
    let full = form_of.page().await;
    assert!(full.has("all the files this form can take") && !full.has("type=\"file\""), "{}", full.body);
    // A page that was open since before.
    let path = form_of.path("files");
    let sixth = [Part::text("id", &id), Part::file("file", "six.txt", b"words")];
    let refused = multipart::post(&mut form_of.browser, &path, &sixth).await;
    assert!(refused.has("There are 5 files already"), "{}", refused.body);
    let at = full.body.find("/remove").unwrap();
    let start = full.body[..at].rfind("action=\"").unwrap() + 8;
    let remove = format!("{}/remove", &full.body[start..at]);
    for _ in 0..2 {
        let gone = form_of.browser.post(&remove, &[]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "pressing twice removes one: {}", gone.body);
    }
    assert_eq!(house.database.count("file").await, 4);
    let jobs = house.database.texts("job", "kind").await;
    assert_eq!(jobs.iter().filter(|kind| *kind == "file").count(), 4, "what was removed is not scanned");
}

#[tokio::test]
async fn adding_twice_adds_once_and_after_sending_nothing_is_added_or_removed() {
    let house = house().await;
    let mut form_of = Form::begin(&house).await;
    let path = form_of.path("files");
    let id = form_of.page().await.field("id");
    let sent_form = [Part::text("id", &id), Part::file("file", "a.txt", b"words")];
    for _ in 0..2 {
        let added = multipart::post(&mut form_of.browser, &path, &sent_form).await;
        assert_eq!(added.location.as_deref(), Some(path.as_str()));
    }
    assert_eq!(house.database.count("file").await, 1);
    let mut browser = form_of.browser.clone();
    let (sent, remove) = (form_of.path("sent"), form_of.path(&format!("files/{id}/remove")));
    form_of.sends().await;
    let late = multipart::post(&mut browser, &path, &sent_form).await;
    assert_eq!(late.location.as_deref(), Some(sent.as_str()));
    assert_eq!(browser.post(&remove, &[]).await.location.as_deref(), Some(sent.as_str()));
    assert_eq!(house.database.count("file").await, 1);
}

#[tokio::test]
async fn nobody_adds_to_or_sees_a_form_that_is_not_theirs() {
    let house = house().await;
    let form_of = Form::begin(&house).await;
    let mut stranger = Form::begin(&house).await.browser;
    let path = form_of.path("files");
    let sent_form =
        [Part::text("id", "01900000-0000-7000-8000-00000000000f"), Part::file("file", "a.txt", b"words")];
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(multipart::post(&mut stranger, &path, &sent_form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.database.count("file").await, 0);
}

#[tokio::test]
async fn without_a_scanner_staff_are_told_and_only_a_senior_opens_it_with_a_reason() {
    let house = house().await;
    let mut form_of = Form::begin(&house).await;
    form_of.adds("letter.pdf", PDF).await;
    let id = form_of.sends().await;
    scan_with(&house, None).await;
    let mut administrator = house.persona("administrator").await;
    let told = administrator.get(&record(id)).await;
    assert!(told.has("no scanner is set up here") && !told.has("without a check"), "{}", told.body);
    let mut nurse = house.persona("senior-nurse").await;
    let open = link(&nurse.get(&record(id)).await, "Open letter.pdf without a check");
    let save = open.trim_end_matches("/open").to_owned();
    assert_eq!(nurse.get(&save).await.status, StatusCode::SEE_OTHER, "not saved by a guessed address");
    assert_eq!(administrator.get(&open).await.status, StatusCode::FORBIDDEN);
    assert_eq!(administrator.post(&open, &[("why", "x")]).await.status, StatusCode::FORBIDDEN);
    let asked = nurse.post(&open, &[("why", " ")]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let saved = nurse.post(&open, &[("why", "The ward's letter, needed tonight.")]).await;
    assert_eq!((saved.status, saved.body.as_bytes()), (StatusCode::OK, PDF));
    let after = nurse.get(&record(id)).await;
    assert!(after.has("Opened a file that was not checked") && after.has("needed tonight"), "{}", after.body);
}

#[tokio::test]
async fn a_file_with_a_virus_is_opened_by_nobody_and_a_scanner_that_fails_is_tried_again() {
    let house = house().await;
    let mut form_of = Form::begin(&house).await;
    form_of.adds("letter.pdf", PDF).await;
    let id = form_of.sends().await;
    let mut nurse = house.persona("senior-nurse").await;
    scan_with(&house, Some("exit 2")).await;
    assert!(nurse.get(&record(id)).await.has("Waiting to be checked"), "a failure is no answer");
    house.later(SignedDuration::from_mins(2));
    scan_with(&house, Some("cat >/dev/null; echo Test-Signature FOUND; exit 1")).await;
    let refused = nurse.get(&record(id)).await;
    assert!(refused.has("found something in it") && refused.has("Test-Signature"), "{}", refused.body);
    let file = house.database.texts("file", "id").await.remove(0);
    for path in ["", "/open"] {
        let page = nurse.get(&format!("{}/files/{file}{path}", record(id))).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
    }
    let forced = nurse.post(&format!("{}/files/{file}/open", record(id)), &[("why", "I must.")]).await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_scanner_that_never_works_is_said_so_and_who_does_not_know_the_person_sees_no_file() {
    let house = house().await;
    let mut form_of = Form::begin(&house).await;
    form_of.adds("letter.pdf", PDF).await;
    let id = form_of.sends().await;
    for _ in 0..7 {
        scan_with(&house, Some("exit 3")).await;
        house.later(SignedDuration::from_hours(4));
    }
    let file = house.database.texts("file", "id").await.remove(0);
    let mut nurse = house.persona("senior-nurse").await;
    assert!(nurse.get(&record(id)).await.has("the scanner did not work"));
    let path = format!("{}/files/{file}", record(id));
    for (persona, status) in [
        ("key-worker", StatusCode::NOT_FOUND),
        ("gp", StatusCode::FORBIDDEN),
        ("system-administrator", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(house.persona(persona).await.get(&path).await.status, status, "{persona}");
    }
    let mut other = Form::begin(&house).await;
    other.adds("other.txt", b"words").await;
    let other = other.sends().await;
    let crossed = nurse.get(&format!("{}/files/{file}", record(other))).await;
    assert_eq!(crossed.status, StatusCode::NOT_FOUND, "a file is found on its own record only");
}

#[tokio::test]
async fn a_form_that_was_never_sent_takes_its_files_along_and_a_sent_one_keeps_them() {
    let house = house().await;
    let mut left = Form::begin(&house).await;
    left.adds("left.txt", b"words").await;
    let mut form_of = Form::begin(&house).await;
    form_of.adds("kept.txt", b"words").await;
    form_of.sends().await;
    house.later(SignedDuration::from_hours(24 * 31));
    scan_with(&house, None).await;
    assert_eq!(house.database.count("draft").await, 0);
    let kept = house.database.texts("file", "body").await;
    assert!(kept.len() == 1 && kept[0].contains("kept.txt"), "{kept:?}");
}

#[tokio::test]
async fn a_locked_session_keeps_no_file_and_leads_back_to_the_page_it_came_from() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    nurse.post("/lock", &[]).await;
    let path = "/referrals/0190/files";
    let page = multipart::post(&mut nurse, path, &[Part::file("file", "a.txt", b"words")]).await;
    assert!(page.status == StatusCode::NOT_FOUND || page.status == StatusCode::SEE_OTHER, "{}", page.body);
    assert_eq!(house.database.count("parked").await, 0);
}

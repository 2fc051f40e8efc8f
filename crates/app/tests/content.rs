//! Pages of words: what anybody reads, and how a text gets there: written, handed in, signed off by somebody else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

mod support;

use axum::http::StatusCode;
use jiff::SignedDuration;
use support::{Browser, House, Page, house};

const BODY: &str = "# Who we are\n\nWe help people of your age.\n\n{crisis}\n\n{ask}";

/// The content editor writes a text; its address among the staff pages.
async fn written(editor: &mut Browser, slug: &str, safety: bool, body: &str) -> String {
    let form = editor.get("/content/new").await;
    let id = form.field("id");
    let mut fields = vec![
        ("id", id.as_str()),
        ("slug", slug),
        ("language", "en-GB"),
        ("form", "standard"),
        ("owner", "Young people's team"),
        ("title", "If you are under 18"),
        ("body", body),
    ];
    fields.extend(safety.then_some(("safety", "safety")));
    let saved = editor.post("/content/new", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    format!("/content/{id}")
}

async fn hand_in(editor: &mut Browser, text: &str) -> Page {
    let version = editor.get(text).await.field("version");
    editor.post(&format!("{text}/submit"), &[("version", &version)]).await
}

async fn sign_off(senior: &mut Browser, text: &str) -> Page {
    let form = senior.get(&format!("{text}/sign-off")).await;
    let fields = [
        ("version", form.field("version")),
        ("reviewer", "Nadia Okonjo, senior mental health nurse".to_owned()),
        ("due[day]", form.field("due[day]")),
        ("due[month]", form.field("due[month]")),
        ("due[year]", form.field("due[year]")),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    senior.post(&format!("{text}/sign-off"), &fields).await
}

async fn published(house: &House, slug: &str, safety: bool) -> String {
    let (mut editor, mut senior) =
        (house.persona("content-editor").await, house.persona("senior-nurse").await);
    let text = written(&mut editor, slug, safety, BODY).await;
    assert_eq!(hand_in(&mut editor, &text).await.status, StatusCode::SEE_OTHER);
    let signed = sign_off(&mut senior, &text).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    text
}

// seed: 43
// seed: 70
// seed: 122
#[tokio::test]
async fn anybody_reads_what_happens_myths_pages_for_families_and_how_to_look_after_oneself() {
    let house = house().await;
    let mut visitor = house.visitor();
    let index = visitor.get("/help").await;
    for (slug, words) in [
        ("what-happens", "We do not turn people away"),
        ("myths", "To ask for help takes strength"),
        ("families", "You can ask for help for you, too"),
        ("wellbeing", "You do not have to wait until it is bad"),
        ("staying-safe", "You are not alone with this"),
    ] {
        assert!(index.has(&format!("/help/{slug}")), "{slug}");
        let page = visitor.get(&format!("/help/{slug}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.has(words) && page.has("116 123"), "{slug}: {}", page.body);
        assert!(
            page.has("Nobody who works in Ashmere has checked them yet"),
            "it says that nobody reviewed it"
        );
    }
    let start = visitor.get("/").await;
    for link in ["/help/what-happens", "/help/families", "/help/myths", "/crisis-help"] {
        assert!(start.has(&format!("href=\"{link}\"")), "{link}");
    }
    assert_eq!(visitor.get("/help/no-such-page").await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor.get("/help/..%2Fx").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_text_is_written_handed_in_and_signed_off_by_somebody_else_before_anybody_reads_it() {
    let house = house().await;
    let (mut editor, mut senior) =
        (house.persona("content-editor").await, house.persona("senior-nurse").await);
    let text = written(&mut editor, "young-people", false, BODY).await;
    let mut visitor = house.visitor();
    assert_eq!(visitor.get("/help/young-people").await.status, StatusCode::NOT_FOUND, "a draft is nobody's");
    let preview = editor.get(&format!("{text}/preview")).await;
    assert!(preview.has("We help people of your age.") && preview.has("Nobody else can read it yet"));
    assert_eq!(
        sign_off_direct(&mut senior, &text).await.status,
        StatusCode::CONFLICT,
        "it was not handed in"
    );
    hand_in(&mut editor, &text).await;
    assert_eq!(editor.get(&format!("{text}/sign-off")).await.status, StatusCode::FORBIDDEN);
    assert!(senior.get(&text).await.has("Sign off or give back"));
    let signed = sign_off(&mut senior, &text).await;
    assert!(senior.follow(signed).await.has("Signed off. The public reads it now."));
    let page = visitor.get("/help/young-people").await;
    assert!(
        page.has("<h2 class=\"nhsuk-heading-m\">Who we are</h2>") && page.has("tel:999"),
        "{}",
        page.body
    );
    for fact in
        ["Young people", "Nadia Okonjo, senior mental health nurse", "24 November 2026", "24 May 2027"]
    {
        assert!(page.has(fact), "{fact}: {}", page.body);
    }
}

async fn sign_off_direct(senior: &mut Browser, text: &str) -> Page {
    let fields =
        [("version", "1"), ("reviewer", "N"), ("due[day]", "1"), ("due[month]", "3"), ("due[year]", "2027")];
    senior.post(&format!("{text}/sign-off"), &fields).await
}

#[tokio::test]
async fn a_text_comes_back_with_the_reason() {
    let house = house().await;
    let (mut editor, mut senior) =
        (house.persona("content-editor").await, house.persona("senior-social-worker").await);
    let text = written(&mut editor, "young-people", false, BODY).await;
    hand_in(&mut editor, &text).await;
    let version = senior.get(&format!("{text}/sign-off")).await.field("version");
    let back = format!("{text}/sign-off");
    let without = senior.post(&back, &[("version", &version), ("do", "give-back")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.has("Enter what should change"));
    let fields = [("version", version.as_str()), ("do", "give-back"), ("why", "Say that it is free.")];
    assert_eq!(senior.post(&back, &fields).await.status, StatusCode::SEE_OTHER);
    let page = editor.get(&text).await;
    assert!(page.has("It came back, because:") && page.has("Say that it is free."), "{}", page.body);
}

#[tokio::test]
async fn a_change_is_a_new_edition_and_the_old_one_can_still_be_read_by_staff() {
    let house = house().await;
    let text = published(&house, "young-people", false).await;
    let (mut editor, mut senior) =
        (house.persona("content-editor").await, house.persona("senior-nurse").await);
    let form = editor.get(&format!("{text}/edit")).await;
    let version = form.field("version");
    let change = |body| {
        [
            ("version", version.clone()),
            ("owner", "Team".to_owned()),
            ("title", "Under 18".to_owned()),
            ("body", body),
        ]
    };
    let fields = change("Other words.".to_owned());
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(editor.post(&format!("{text}/edit"), &fields).await.status, StatusCode::SEE_OTHER);
    let mut visitor = house.visitor();
    assert!(
        visitor.get("/help/young-people").await.has("We help people of your age."),
        "until it is signed off"
    );
    hand_in(&mut editor, &text).await;
    sign_off(&mut senior, &text).await;
    let page = visitor.get("/help/young-people").await;
    assert!(page.has("Other words.") && !page.has("people of your age"));
    let old = senior.get(&format!("{text}/editions/1")).await;
    assert!(old.has("We help people of your age.") && old.has("Edition 1"), "{}", old.body);
    assert_eq!(senior.get(&format!("{text}/editions/3")).await.status, StatusCode::NOT_FOUND);
    let history = senior.get(&text).await;
    for event in ["Signed off, Nadia Okonjo", "Handed in, Jo Penhale", "Draft saved, Jo Penhale"] {
        assert!(history.has(event), "{event}: {}", history.body);
    }
}

#[tokio::test]
async fn two_people_at_once_the_second_reads_who_was_faster_and_keeps_every_word() {
    let house = house().await;
    let mut editor = house.persona("content-editor").await;
    let text = written(&mut editor, "young-people", false, BODY).await;
    let version = editor.get(&format!("{text}/edit")).await.field("version");
    let fields = |body: &'static str| {
        [
            ("version", version.clone()),
            ("owner", "Team".into()),
            ("title", "Title".into()),
            ("body", body.to_owned()),
        ]
    };
    let first = fields("First.");
    let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(editor.post(&format!("{text}/edit"), &first).await.status, StatusCode::SEE_OTHER);
    let second = fields("Second words that are long to type.");
    let second: Vec<(&str, &str)> = second.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let conflict = editor.post(&format!("{text}/edit"), &second).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(
        conflict.has("Second words that are long to type.") && conflict.has("Jo Penhale"),
        "{}",
        conflict.body
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_named_with_its_line_and_nothing_typed_is_lost() {
    let house = house().await;
    let mut editor = house.persona("content-editor").await;
    let id = editor.get("/content/new").await.field("id");
    let typed =
        [("id", id.as_str()), ("slug", "Young People"), ("title", ""), ("body", "One\n\n[x](javascript:1)")];
    let page = editor.post("/content/new", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Enter an address of small letters",
        "Enter a heading",
        "Enter who looks after it",
        "Line 3: a link",
        "[x](javascript:1)",
    ] {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    written(&mut editor, "young-people", false, BODY).await;
    let again = [
        ("id", id.as_str()),
        ("slug", "young-people"),
        ("language", "en-GB"),
        ("form", "standard"),
        ("owner", "Team"),
        ("title", "Again"),
        ("body", "Words."),
    ];
    let page = editor.post("/content/new", &again).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("There is a page at this address"));
}

#[tokio::test]
async fn pressing_twice_makes_one_text() {
    let house = house().await;
    let mut editor = house.persona("content-editor").await;
    let id = editor.get("/content/new").await.field("id");
    let fields = [
        ("id", id.as_str()),
        ("slug", "young-people"),
        ("language", "en-GB"),
        ("form", "standard"),
        ("owner", "Team"),
        ("title", "Twice"),
        ("body", "Words."),
    ];
    let first = editor.post("/content/new", &fields).await;
    let second = editor.post("/content/new", &fields).await;
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(house.database.count("content").await, 1);
}

#[tokio::test]
async fn a_late_review_is_said_plainly_and_a_text_about_danger_gives_way_to_the_one_with_the_numbers() {
    let house = house().await;
    published(&house, "young-people", false).await;
    published(&house, "staying-safe", true).await;
    let mut visitor = house.visitor();
    assert!(visitor.get("/help/staying-safe").await.has("We help people of your age."));
    house.later(SignedDuration::from_hours(24 * 200));
    let plain = visitor.get("/help/young-people").await;
    assert!(
        plain.has("We help people of your age.")
            && plain.has("should have been checked again by 24 May 2027")
    );
    let safety = visitor.get("/help/staying-safe").await;
    assert!(
        !safety.has("We help people of your age.") && safety.has("In the next few minutes"),
        "{}",
        safety.body
    );
    let list = house.persona("content-editor").await.get("/content").await;
    assert!(list.has("Overdue"), "{}", list.body);
    let county = house.persona("service-manager").await.get("/county").await;
    assert!(county.has("should have been checked by 24 May 2027"), "{}", county.body);
}

#[tokio::test]
async fn a_text_is_taken_away_at_once_with_a_reason() {
    let house = house().await;
    let text = published(&house, "families", false).await;
    let mut manager = house.persona("service-manager").await;
    let version = manager.get(&text).await.field("version");
    let withdraw = format!("{text}/withdraw");
    let without = manager.post(&withdraw, &[("version", &version)]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("version", version.as_str()), ("why", "A number is wrong.")];
    assert_eq!(manager.post(&withdraw, &fields).await.status, StatusCode::SEE_OTHER);
    let page = house.visitor().get("/help/families").await;
    assert!(page.has("For families, friends and carers"), "the makers' text stands there again");
    assert!(manager.get(&text).await.has("A number is wrong."));
}

#[tokio::test]
async fn another_county_reads_nothing_of_it() {
    let house = house().await;
    let text = published(&house, "young-people", false).await;
    let neighbour = house.neighbour().await;
    let ctx = neighbour.app.system(neighbour.demo.tenant, onedoor_domain::actor::SystemScope::Command);
    let mut tx = neighbour.app.db.begin(&ctx).await.unwrap();
    assert!(tx.contents().await.unwrap().is_empty());
    let id = text.trim_start_matches("/content/").parse().unwrap();
    assert!(tx.content(id, onedoor_domain::access::Action::ContentRead).await.is_err());
}

#[tokio::test]
async fn easy_read_is_chosen_with_a_link_kept_for_the_visit_and_can_be_left() {
    let house = house().await;
    let mut visitor = house.visitor();
    let page = visitor.get("/help/families").await;
    assert!(page.has("/language?lang=en-GB-x-easy&#38;to=/help/families"), "{}", page.body);
    let chosen = visitor.get("/language?lang=en-GB-x-easy&to=/help/families").await;
    let easy = visitor.follow(chosen).await;
    assert!(easy.has("A carer is a person who helps someone") && easy.has("od-pictured"), "{}", easy.body);
    assert!(easy.has("<html lang=\"en-GB\" dir=\"ltr\">") && easy.has("Standard text"));
    assert!(visitor.get("/help/myths").await.has("A myth is a thing people say"), "for the whole visit");
    let elsewhere = visitor.get("/language?lang=en-GB&to=//evil.example").await;
    assert_eq!(elsewhere.location.as_deref(), Some("/"));
    assert!(visitor.get("/help/families").await.has("You may be tired yourself"));
    assert_eq!(visitor.get("/language?lang=xx&to=/help").await.location.as_deref(), Some("/help"));
}

#[tokio::test]
async fn the_crisis_page_shows_what_is_open_now_first() {
    let house = house().await;
    let mut visitor = house.visitor();
    let place = |page: &Page, words: &str| {
        page.body.find(words).unwrap_or_else(|| panic!("no {words:?} in {}", page.body))
    };
    let page = visitor.get("/crisis-help").await;
    let order =
        ["Open now in Ashmere", "Orchard Crisis Café", "Open later in Ashmere", "Harbour Crisis Café"];
    let at: Vec<usize> = order.iter().map(|words| place(&page, words)).collect();
    assert!(at.is_sorted(), "on a Tuesday at ten: {at:?}");
    assert!(page.has("Open now, until 4pm") && page.has("Opens today at 5pm") && page.has("tel:01632960561"));
    house.at("2026-11-24T23:30:00Z");
    let page = visitor.get("/crisis-help").await;
    assert!(place(&page, "Lantern listening line") < place(&page, "Open later in Ashmere"));
    assert!(
        page.has("Open now, until 1am") && page.has("Opens on Wednesday 25 November 2026 at 10am"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn the_set_up_keeps_places_with_their_hours_and_says_what_is_wrong() {
    let house = house().await;
    let mut manager = house.persona("service-manager").await;
    let form = manager.get("/county/places/new").await;
    let version = form.field("version");
    let empty = manager.post("/county/places/new", &[("version", &version), ("monday", "later")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Enter its name",
        "Enter the area",
        "Enter a telephone number, or an address",
        "Enter the hours of Monday",
    ] {
        assert!(empty.has(words), "{words}: {}", empty.body);
    }
    let place = [
        ("version", version.as_str()),
        ("name", "Mill Drop-in"),
        ("area", "South Ashmere"),
        ("phone", "01632 960 564"),
        ("tuesday", "9am to 12"),
        ("bank-holidays", "closed"),
        ("reviewed[day]", "24"),
        ("reviewed[month]", "11"),
        ("reviewed[year]", "2026"),
        ("by", "Ruth Levene"),
    ];
    let saved = manager.post("/county/places/new", &place).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let list = manager.follow(saved).await;
    assert!(list.has("Mill Drop-in") && list.has("Tuesday: 09:00 to 12:00"), "{}", list.body);
    assert_eq!(manager.post("/county/places/new", &place).await.status, StatusCode::CONFLICT);
    let form = manager.get("/county/places/3").await;
    let fields = [("version", form.field("version")), ("do", "remove".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(manager.post("/county/places/3", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(!manager.get("/county/places").await.has("Mill Drop-in"));
}

// seed: 44
#[tokio::test]
async fn a_carer_asks_for_help_for_themselves_and_whoever_reads_it_sees_that_they_care_for_somebody() {
    let house = house().await;
    let mut carer = house.visitor();
    assert!(carer.get("/help/families").await.has("href=\"/ask\""));
    let draft = carer.get("/ask").await.field("draft");
    carer.post("/ask", &[("draft", &draft), ("who", "me")]).await;
    let at = |page: &str| format!("/ask/{draft}/{page}");
    let answers: [(&str, &[(&str, &str)]); 6] = [
        ("safety", &[("danger", "none")]),
        ("name", &[("called", "Robin")]),
        ("contact", &[("contact", "call"), ("call-phone", "07700 900123"), ("say-nhs", "no")]),
        ("why-now", &[("why-now", "I look after my mother and I am worn out.")]),
        ("permissions", &[("tell-gp", "no")]),
        ("caring", &[("caring", "adult-cared-for")]),
    ];
    for (page, fields) in answers {
        assert_eq!(carer.post(&at(page), fields).await.status, StatusCode::SEE_OTHER, "{page}");
    }
    let sent = carer.post(&at("send"), &[]).await;
    assert!(carer.follow(sent).await.has("We have your request"));
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{draft}")).await;
    assert!(record.has("I look after an adult"), "{}", record.body);
}

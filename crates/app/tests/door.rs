//! The public door: a person asks for help in a browser without JavaScript.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "door/bad_input.rs"]
mod bad_input;
#[path = "door/duty.rs"]
mod duty;
#[path = "door/forms.rs"]
mod forms;
#[path = "door/fuzz.rs"]
mod fuzz;
#[path = "door/more.rs"]
mod more;
#[path = "door/steps.rs"]
mod steps;
mod support;

#[path = "support/people.rs"]
mod people;

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx};
use onedoor_domain::door::{Answers, Draft, Permissions, SafeContact, SelfReferral, Way};
use onedoor_domain::ids::DraftId;
use onedoor_domain::referral::Referral;
use onedoor_domain::value::Reference;
use onedoor_store::StoreError;
use steps::{Asking, LEAST, reference};

/// What every public page owes to somebody in distress.
fn assert_public(page: &support::Page, what: &str) {
    assert_eq!(page.status, StatusCode::OK, "{what}: {}", page.body);
    assert!(page.has("option 2") && page.has("116 123") && page.has("85258"), "{what}: no crisis block");
    assert!(page.has("01632 960 555"), "{what}: no local line");
    assert!(page.has("href=\"/leave\""), "{what}: no way to leave quickly");
    assert!(!page.has("⟦"), "{what}: words are missing in {}", page.body);
    assert_eq!(page.headers["cache-control"], "no-store", "{what}");
}

// seed: 73
#[tokio::test]
async fn a_person_asks_for_help_with_a_name_a_number_and_a_sentence() {
    let house = support::house().await;
    let mut browser = house.visitor();
    for path in ["/", "/ask", "/crisis-help", "/privacy", "/accessibility", "/refer"] {
        assert_public(&browser.get(path).await, path);
    }
    assert!(browser.get("/").await.has("href=\"/ask\""));
    let mut asking = Asking::in_browser(browser).await;
    let next = LEAST.iter().skip(1).map(|(page, _)| *page).chain(["check"]);
    for ((page, fields), next) in LEAST.into_iter().zip(next) {
        let shown = asking.get(page).await;
        assert_public(&shown, page);
        let form = shown.body.split("<form").nth(1).unwrap();
        assert!(form.contains("autocomplete=\"off\""), "{page}: a browser may remember what is typed");
        assert_eq!(asking.answers(page, fields).await, next);
    }
    let check = asking.get("check").await;
    assert_public(&check, "check");
    for said in [
        "Robin",
        "Call 07700 900 123",
        "not leave a voicemail",
        "not say that it is the NHS",
        "None of these",
    ] {
        assert!(check.has(said), "{said}: {}", check.body);
    }
    assert!(check.has("You have not sent anything yet"));
    assert_eq!(house.database.count("referral").await, 0);
    let sent = asking.send().await;
    assert_public(&sent, "sent");
    assert_eq!(house.database.count("referral").await, 1);
    assert_eq!(house.database.count("page").await, 0, "nobody is in danger, nobody is paged");
    let reference: Reference = reference(&sent).parse().unwrap();
    assert!(sent.has(reference.as_ref()) && reference.to_string().len() == 9, "two groups of four");
    assert!(sent.has("Tuesday 24 November 2026 at 10am") && sent.has("We call you on the number you gave"));
    assert!(sent.has("will have read your request by Wednesday 25 November 2026"), "{}", sent.body);
    assert!(!sent.has("07700"), "a confirmation that others may see shows no number");
}

#[tokio::test]
async fn everything_that_was_told_is_shown_before_it_is_sent_and_can_be_changed() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let about = [
        ("full-name", "Robin Vale"),
        ("born-on[day]", "29"),
        ("born-on[month]", "2"),
        ("born-on[year]", "1984"),
        ("nhs-number", "999 000 0018"),
        ("gp-practice", "Millbrook Surgery"),
        ("postcode", "ls14ap"),
    ];
    assert_eq!(asking.answers("about-you?change=1", &about).await, "check");
    let contact = [
        ("contact", "letter"),
        ("address", "1 Elm Row\nAshmere"),
        ("say-nhs", "yes"),
        ("safe-times", "mornings"),
    ];
    assert_eq!(asking.answers("contact?change=1", &contact).await, "check");
    let check = asking.get("check").await;
    for said in [
        "Robin Vale",
        "29 February 1984",
        "Millbrook Surgery",
        "LS1 4AP",
        "1 Elm Row<br>Ashmere",
        "You may say that it is the NHS",
        "mornings",
    ] {
        assert!(check.has(said), "{said}: {}", check.body);
    }
    let again = asking.get("about-you?change=1").await;
    assert_eq!(again.field("full-name"), "Robin Vale");
    assert_eq!(again.field("born-on[day]"), "29");
    assert_eq!(asking.answers("about-you?change=1", &[]).await, "check");
    assert!(!asking.get("check").await.has("Robin Vale"), "what was taken away is gone");
}

#[tokio::test]
async fn pressing_send_twice_or_going_back_leads_to_the_same_confirmation() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let first = asking.send().await;
    house.later(SignedDuration::from_hours(30));
    let again = asking.send().await;
    assert_eq!(again.body, first.body, "the promise does not move");
    for page in ["who", "safety", "contact", "danger", "check"] {
        assert_eq!(asking.get(page).await.location.as_deref(), Some(asking.path("sent").as_str()), "{page}");
    }
    for page in ["safety", "why-now", "call-me", "safe-for-now"] {
        let fields = [("why-now", "More"), ("called", "Robin"), ("phone", "07700 900123")];
        assert_eq!(asking.answers(page, &fields).await, "sent", "{page}");
    }
    let begun = asking.browser.post("/ask", &[("draft", &asking.draft.clone()), ("who", "me")]).await;
    assert_eq!(begun.location.as_deref(), Some(asking.path("sent").as_str()));
    assert_eq!(house.database.count("referral").await, 1);
}

#[tokio::test]
async fn two_clicks_at_once_send_once() {
    let house = support::house().await;
    let asking = Asking::ready(&house, &["not-safe-from"]).await;
    let path = asking.path("send");
    let mut tabs: Vec<_> = (0..4).map(|_| asking.browser.clone()).collect();
    let [a, b, c, d] = tabs.as_mut_slice() else { unreachable!() };
    let went = tokio::join!(a.post(&path, &[]), b.post(&path, &[]), c.post(&path, &[]), d.post(&path, &[]));
    for page in [went.0, went.1, went.2, went.3] {
        assert_eq!(page.location.as_deref(), Some(asking.path("sent").as_str()), "{}", page.body);
    }
    assert_eq!(house.database.count("referral").await, 1);
    assert_eq!(house.database.count("page").await, 1);
}

#[tokio::test]
async fn the_first_page_pressed_twice_at_once_is_one_draft() {
    let house = support::house().await;
    let mut browser = house.visitor();
    let draft = browser.get("/ask").await.field("draft");
    let mut other = browser.clone();
    let fields = [("draft", draft.as_str()), ("who", "me")];
    let (one, two) = tokio::join!(browser.post("/ask", &fields), other.post("/ask", &fields));
    assert_eq!((one.status, two.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(house.database.count("draft").await, 1);
}

#[tokio::test]
async fn two_tabs_lose_nothing() {
    let house = support::house().await;
    let mut one = Asking::begin(&house).await;
    let mut same = Asking { browser: one.browser.clone(), draft: one.draft.clone() };
    one.answers("name", &[("called", "First tab")]).await;
    same.answers("why-now", &[("why-now", "Second tab")]).await;
    let check = one.get("check").await;
    assert!(check.has("First tab") && check.has("Second tab"));
    let mut other = Asking::in_browser(one.browser.clone()).await;
    assert_ne!(one.draft, other.draft, "another tab that starts is another request");
    assert!(!other.get("check").await.has("First tab"));
}

#[tokio::test]
async fn leaving_quickly_needs_no_javascript_and_leaves_nothing_to_go_back_to() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    asking.answers("why-now", &[("why-now", "Something only for you")]).await;
    assert!(asking.get("why-now").await.has("Something only for you"));
    let left = asking.browser.get("/leave").await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert_eq!(left.headers["cache-control"], "no-store");
    assert!(left.location.unwrap().starts_with("https://"));
    let back = asking.get("why-now").await;
    assert_eq!(back.status, StatusCode::NOT_FOUND);
    assert!(!back.has("Something only for you"));
}

#[tokio::test]
async fn a_county_that_closed_meanwhile_says_so_and_takes_nothing() {
    let house = support::house().await;
    let mut asked = Asking::ready(&house, &[]).await;
    steps::change_county(&house, |county| county.spoa_team = None).await;
    let sending = asked.post("send", &[]).await;
    assert_eq!(sending.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(sending.has("This form is not open yet"), "{}", sending.body);
    assert_eq!(house.database.count("referral").await, 0);
}

#[tokio::test]
async fn what_was_typed_when_the_database_goes_stands_on_the_page_to_be_sent_again() {
    let house = support::house().await;
    let mut asked = Asking::ready(&house, &[]).await;
    house.app.db.close().await;
    let typed = "I have not slept. <b>&\"It is\" too much";
    let away = asked.post("why-now", &[("why-now", typed)]).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE, "{}", away.body);
    assert!(away.has("kept on this page") && away.has("Send it again") && away.has("111"), "{}", away.body);
    assert!(
        away.has(&format!("<form method=\"post\" action=\"{}\">", asked.path("why-now"))),
        "{}",
        away.body
    );
    let kept = away.field("why-now").replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"");
    assert_eq!(kept.replace("&#38;", "&"), typed);
    let mut staff = house.visitor();
    let proof = staff.post("/sign-in", &[("email", "a@b.example"), ("password", "seven brown herons")]).await;
    assert!(!proof.has("seven brown herons") && !proof.has("Send it again"), "{}", proof.body);
}

#[tokio::test]
async fn a_county_that_has_not_opened_does_not_let_anybody_type_in_vain() {
    let house = support::house().await;
    steps::change_county(&house, |county| county.spoa_team = None).await;
    let first = house.visitor().get("/ask").await;
    assert!(first.has("This form is not open yet") && first.has("01632 960 555"), "{}", first.body);
}

#[tokio::test]
async fn every_word_of_the_door_can_be_said_in_another_language() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &["ending-life"]).await;
    steps::change_county(&house, |county| county.rota.shifts.clear()).await;
    asking.browser.cookies.push(("lang".to_owned(), "en-XA".to_owned()));
    let pages = [
        "who",
        "safety",
        "danger",
        "name",
        "contact",
        "why-now",
        "about-you",
        "permissions",
        "call-me",
        "check",
    ];
    let mut shown = Vec::new();
    for page in pages {
        shown.push(asking.get(page).await);
    }
    shown.push(asking.send().await);
    for path in ["/", "/ask", "/refer", "/privacy", "/accessibility"] {
        shown.push(asking.browser.get(path).await);
    }
    for page in shown {
        assert!(page.has("lang=\"en-XA\""), "{}", page.body);
        for plain in [" the ", " you ", " your ", " we "] {
            assert!(
                !page.body.to_lowercase().contains(plain),
                "{plain:?} is not in a message file: {}",
                page.body
            );
        }
    }
}

/// References come from chance; the constraint is what makes them unique, and the door tries another.
#[tokio::test]
async fn a_reference_is_given_once() {
    let house = support::house().await;
    let reference = Reference::from_bytes([7; 8]);
    let mut outcomes = Vec::new();
    for n in 0..2_u8 {
        let ctx = Ctx {
            actor: Actor::Public(Some([n; 32])),
            ..house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command)
        };
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let id: DraftId = ctx.new_id();
        let draft: Draft = tx.draft_or_new(id, [n; 32]).await.unwrap();
        let (county, _) = tx.county().await.unwrap();
        let asked = SelfReferral::call_me(
            &Answers::default(),
            "Robin".parse().unwrap(),
            "07700 900123".parse().unwrap(),
            ctx.now,
        );
        assert_eq!(asked.permissions, Permissions::default());
        assert!(matches!(
            asked.contact,
            SafeContact { way: Way::Call { voicemail: false, .. }, say_nhs: false, .. }
        ));
        let spoa = county.spoa_team.unwrap();
        let arrival = Referral::receive(&ctx, draft, asked, reference.clone(), (&county, spoa)).unwrap();
        outcomes.push(tx.commit(arrival.changes).await);
    }
    assert!(outcomes[0].is_ok());
    assert!(matches!(outcomes[1], Err(StoreError::Stale)), "{:?}", outcomes[1]);
    assert_eq!(house.database.count("referral").await, 1);
}

#[tokio::test]
async fn nobody_else_can_open_a_draft_or_a_confirmation_and_the_try_is_recorded() {
    let house = support::house().await;
    let mut mine = Asking::ready(&house, &[]).await;
    let mut sent = Asking::ready(&house, &[]).await;
    sent.send().await;
    let stranger = Asking::begin(&house).await.browser;
    let mut tries = 0;
    for draft in [mine.draft.clone(), sent.draft.clone()] {
        let mut other = Asking { browser: stranger.clone(), draft };
        for page in ["safety", "contact", "danger", "call-me", "check", "sent"] {
            let hidden = other.get(page).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{page}");
            assert!(hidden.has("111") && !hidden.has("Robin"));
            tries += 1;
        }
        for page in ["why-now", "call-me", "safe-for-now", "send"] {
            let fields = [("why-now", "forged"), ("called", "forged"), ("phone", "07700 900999")];
            assert_eq!(other.post(page, &fields).await.status, StatusCode::NOT_FOUND, "{page}");
            tries += 1;
        }
        let begun = other.browser.post("/ask", &[("draft", &other.draft.clone()), ("who", "me")]).await;
        assert_eq!(begun.status, StatusCode::NOT_FOUND);
        tries += 1;
    }
    assert_eq!(house.database.count_audit("draft", "hidden").await, tries);
    assert_eq!(house.database.count("referral").await, 1);
    assert!(mine.get("check").await.has("I have not slept"), "nothing was changed");
    let ctx = house.app.ctx(house.demo.tenant, Actor::Public(None));
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let id = DraftId(mine.draft.parse().unwrap());
    assert!(matches!(tx.draft(id, Action::DraftRead).await, Err(StoreError::Hidden)), "no cookie, no draft");
}

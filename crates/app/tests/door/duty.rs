//! Somebody is in danger: where help is now, who is rung, and what the page says when nobody is there.

use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::time;
use onedoor_domain::door::{Danger, Way, WayKind};
use onedoor_domain::duty::{Hours, Opening};
use onedoor_domain::task::TaskKind;

use crate::people::look;
use crate::steps::{Asking, change_county, reference};
use crate::support;

const NOBODY: &str = "Nobody from this service is here right now";

// seed: 127
#[tokio::test]
async fn any_danger_answer_shows_where_help_is_before_anything_else() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    for danger in Danger::ALL {
        assert_eq!(asking.answers("safety", &[("danger", danger.code())]).await, "danger", "{danger:?}");
        let both = [("danger", danger.code()), ("danger", "none")];
        assert_eq!(
            asking.answers("safety", &both).await,
            "danger",
            "{danger:?}: a danger counts beside “none”"
        );
    }
    let page = asking.get("danger").await;
    assert_eq!(page.status, StatusCode::OK);
    let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    for help in ["999", "111", "01632 960 555", "116 123", "85258", "press 55"] {
        assert!(main.contains(help), "{help} is not on the page itself");
    }
    assert!(main.contains("Nobody watches a form that has not been sent"));
    assert!(main.contains("Call me") && main.contains("I can keep myself safe for now"));
    assert!(!main.contains(NOBODY), "the duty person is there on a Tuesday at ten");
    assert_eq!(asking.answers("safe-for-now", &[]).await, "age");
    assert_eq!(asking.answers("safety?change=1", &[("danger", "ending-life")]).await, "danger?change=1");
    assert_eq!(asking.answers("safe-for-now?change=1", &[]).await, "check");
    assert_eq!(asking.answers("safety", &[("danger", "none")]).await, "age");
}

// seed: 127
#[tokio::test]
async fn each_danger_answer_that_is_sent_pages_the_duty_person() {
    for danger in Danger::ALL {
        let house = support::house().await;
        let mut asking = Asking::ready(&house, &[danger.code()]).await;
        let check = asking.get("check").await;
        assert!(check.has("You told us that you may not be safe"), "{danger:?}");
        let sent = asking.send().await;
        assert!(
            sent.has("The person on duty rings you by Tuesday 24 November 2026 at 10:15am"),
            "{danger:?}: {}",
            sent.body
        );
        assert_eq!(house.database.count("page").await, 1, "{danger:?}");
    }
}

// seed: 127
#[tokio::test]
async fn call_me_needs_a_name_and_a_number_and_goes_at_once() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    asking.answers("safety", &[("danger", "already-hurt")]).await;
    let empty = asking.post("call-me", &[("called", ""), ("phone", "999")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Enter a name we can call you") && empty.has("The phone number is too short"));
    assert_eq!(empty.field("phone"), "999", "what was typed is kept");
    let fields = [("called", "Robin"), ("phone", "07700 900123")];
    assert_eq!(asking.answers("call-me", &fields).await, "sent");
    let sent = asking.get("sent").await;
    assert!(sent.has("The person on duty rings you by Tuesday 24 November 2026 at 10:15am"));
    assert_eq!((house.database.count("referral").await, house.database.count("page").await), (1, 1));
    reference(&sent);
}

#[tokio::test]
async fn call_me_takes_a_number_in_any_digits_and_says_exactly_what_to_leave_out() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    asking.answers("safety", &[("danger", "already-hurt")]).await;
    for (typed, remark) in [("07700 900123 ext 4", "ext 4"), ("07700 900123 (mum)", "mum")] {
        let page = asking.post("call-me", &[("called", "Robin"), ("phone", typed)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has(&format!("Leave out “{remark}”")) && page.field("phone") == typed, "{}", page.body);
    }
    assert_eq!(asking.answers("call-me", &[("called", "Robin"), ("phone", "٠٧٧٠٠ ٩٠٠١٢٣")]).await, "sent");
    let referral = look(&house, asking.id()).await;
    assert!(
        matches!(&referral.person().contact.way, Way::Call { phone, .. } if phone.as_str() == "+447700900123")
    );
}

#[tokio::test]
async fn call_me_knows_what_was_told_before() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let page = asking.get("call-me").await;
    assert_eq!((page.field("called"), page.field("phone")), ("Robin".to_owned(), "07700 900 123".to_owned()));
}

#[tokio::test]
async fn a_letter_is_too_slow_for_somebody_in_danger_and_the_pages_say_so() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &["ending-life"]).await;
    asking.answers("contact", &[("contact", "letter"), ("address", "1 Elm Row")]).await;
    assert!(asking.get("check").await.has("takes several days"));
    let sent = asking.send().await;
    assert!(sent.has("takes several days") && sent.has("gets in touch with you by"), "{}", sent.body);
    // "Call me", which is said to be faster, is there, and does what it says.
    assert!(sent.has(&format!("href=\"{}\"", asking.path("call-me"))), "{}", sent.body);
    let form = asking.get("call-me").await;
    assert!(form.has("We have your request") && !form.has("name=\"called\""), "{}", form.body);
    let empty = asking.post("call-me", &[("phone", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "a letter has no number");
    assert!(empty.has("Enter a phone number"), "{}", empty.body);
    house.later(SignedDuration::from_mins(20));
    assert_eq!(asking.answers("call-me", &[("phone", "07700 900123")]).await, "sent");
    let sent = asking.get("sent").await;
    assert!(sent.has("You asked us to call you, on Tuesday 24 November 2026 at 10:20am"), "{}", sent.body);
    assert!(!sent.has("takes several days") && sent.has("rings you by"), "{}", sent.body);
    let referral = look(&house, asking.id()).await;
    assert_eq!(
        referral.person().contact.ways().map(Way::kind).collect::<Vec<_>>(),
        [WayKind::Call, WayKind::Letter]
    );
}

#[tokio::test]
async fn call_me_in_a_second_window_still_rings_after_the_form_was_sent_in_the_first() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let open = asking.get("call-me").await;
    assert!(open.has("name=\"called\""));
    asking.send().await;
    assert_eq!(house.database.count("page").await, 0, "nobody is in danger");
    let fields = [("called", "Robin"), ("phone", "07700 900999")];
    // Pressed twice, as people do.
    for _ in 0..2 {
        assert_eq!(asking.answers("call-me", &fields).await, "sent");
    }
    assert_eq!(house.database.count("page").await, 1, "the person on duty is paged, once");
    let referral = look(&house, asking.id()).await;
    assert!(
        matches!(&referral.person().contact.way, Way::Call { phone, .. } if phone.as_str().ends_with("999"))
    );
    assert!(referral.is_flagged());
    assert!(referral.tasks().iter().any(|task| task.kind == TaskKind::DutyCall && task.is_open()));
    for _ in 0..2 {
        let sent = asking.get("sent").await;
        assert!(sent.has("You asked us to call you") && sent.has("rings you by"), "{}", sent.body);
    }
    // The duty person, the record and its history say so.
    let mut duty = house.persona("crisis-nurse").await;
    let board = duty.get("/duty").await;
    assert!(board.has("07700 900 999"), "{}", board.body);
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{}", asking.draft)).await;
    assert!(
        record.has("Asked to be called, on") && record.has("Asked to be called, after"),
        "{}",
        record.body
    );
    assert_eq!(record.body.matches("Asked to be called, on").count(), 1, "once: {}", record.body);
    assert!(!record.has("asked the danger questions again"), "nobody asked them");
    // A number that is known need not be typed, and is not shown.
    let form = asking.get("call-me").await;
    assert!(form.has("Leave this empty if we should ring the number you gave") && !form.has("900 999"));
    let other = house.visitor().get(&asking.path("call-me")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "nobody else's");
    assert_eq!(
        house.visitor().post(&asking.path("call-me"), &fields).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn call_me_after_sending_pages_again_once_the_first_page_was_answered() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &["ending-life"]).await;
    asking.send().await;
    assert_eq!(house.database.count("page").await, 1);
    let page = look(&house, asking.id()).await.page().unwrap().id;
    assert_eq!(asking.answers("call-me", &[("phone", "")]).await, "sent");
    assert_eq!(house.database.count("page").await, 1, "a page that rings goes on ringing");
    let mut duty = house.persona("crisis-nurse").await;
    let took = duty.post(&format!("/duty/{page}/acknowledge"), &[]).await;
    assert_eq!(took.status, StatusCode::SEE_OTHER, "{}", took.body);
    assert_eq!(asking.answers("call-me", &[("phone", "07700 900777")]).await, "sent");
    assert_eq!(house.database.count("page").await, 2, "what is new rings anew");
}

#[tokio::test]
async fn who_sends_what_they_told_so_far_is_not_said_to_have_refused_anything() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    asking.answers("safety", &[("danger", "ending-life")]).await;
    let ways = [("contact", "letter"), ("address", "1 Elm Row"), ("send", "so-far")];
    asking.answers("name", &[("called", "Robin")]).await;
    assert_eq!(asking.answers("contact", &ways).await, "sent");
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{}", asking.draft)).await;
    assert!(record.has("Nobody has asked them whether we may tell their GP"), "{}", record.body);
    assert!(
        record.has("They have not said why they ask.") && record.has("Reach them first"),
        "{}",
        record.body
    );
    assert!(record.has("There is no number to ring."), "{}", record.body);
    assert!(!record.has("We may not tell their GP") && !record.has("Ring them"), "{}", record.body);
}

/// Open on weekdays from 8 to 20, closed on bank holidays.
async fn office_hours(house: &support::House) {
    let day = Opening { open: time(8, 0, 0, 0), close: time(20, 0, 0, 0) };
    change_county(house, |county| county.hours = Hours::weekdays(day)).await;
}

// seed: 128
#[tokio::test]
async fn at_night_and_on_a_bank_holiday_every_page_says_when_somebody_is_back() {
    for (moment, back) in [
        ("2026-11-25T02:30:00Z", "Wednesday 25 November 2026 at 8am"),
        ("2026-12-25T10:00:00Z", "Tuesday 29 December 2026 at 8am"),
        ("2026-11-28T15:00:00Z", "Monday 30 November 2026 at 8am"),
    ] {
        let house = support::house().await;
        office_hours(&house).await;
        house.at(moment);
        let mut asking = Asking::ready(&house, &["ending-life"]).await;
        let said = format!("Nobody from this service will read what you send before {back}");
        for page in ["danger", "call-me", "check"] {
            let shown = asking.get(page).await;
            assert!(shown.has(NOBODY) && shown.has(&said), "{moment} {page}: {}", shown.body);
            assert!(shown.has("ring 111 and choose option 2 now"), "{moment} {page}");
        }
        let sent = asking.send().await;
        assert!(sent.has(&said), "{moment}: {}", sent.body);
        let call = back.replace("8am", "8:15am");
        assert!(sent.has(&format!("rings you by {call}")), "{moment}: {}", sent.body);
        assert_eq!(house.database.count("page").await, 1, "the crisis line is paged");
    }
}

// seed: 128
#[tokio::test]
async fn with_an_empty_rota_no_time_is_promised_now_or_later() {
    let house = support::house().await;
    change_county(&house, |county| county.rota.shifts.clear()).await;
    let mut asking = Asking::ready(&house, &["ending-life"]).await;
    for page in ["danger", "call-me", "check"] {
        let shown = asking.get(page).await;
        assert!(shown.has("We do not know when somebody will next be here"), "{page}: {}", shown.body);
        assert!(shown.has("ring 111 and choose option 2 now"), "{page}");
    }
    asking.send().await;
    let sent = asking.get("sent").await;
    assert!(
        sent.has("We do not know when somebody will next be here"),
        "kept with the receipt: {}",
        sent.body
    );
    assert!(sent.has("we cannot say when it will come"));
    assert!(!sent.has("rings you by") && !sent.has("will have read your request by"), "{}", sent.body);
}

#[tokio::test]
async fn the_confirmation_no_longer_says_nobody_is_there_once_somebody_is() {
    let house = support::house().await;
    office_hours(&house).await;
    house.at("2026-11-25T02:30:00Z");
    let mut asking = Asking::ready(&house, &["ending-life"]).await;
    assert!(asking.send().await.has(NOBODY));
    house.at("2026-11-25T08:05:00Z");
    assert!(!asking.get("sent").await.has(NOBODY));
}

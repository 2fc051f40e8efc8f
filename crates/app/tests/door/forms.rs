//! Every message of every form, and that nothing typed is lost with it.

use axum::http::StatusCode;

use crate::steps::Asking;
use crate::support;

type Fields = &'static [(&'static str, &'static str)];

/// Page, what is posted, the field at fault, the message.
const MESSAGES: &[(&str, Fields, &str, &str)] = &[
    ("who", &[], "who", "Choose who the help is for"),
    ("who", &[("who", "nobody")], "who", "Choose who the help is for"),
    ("safety", &[], "danger", "Choose what is true right now"),
    ("safety", &[("danger", "made-up")], "danger", "Choose what is true right now"),
    ("name", &[("called", " ")], "called", "Enter a name we can call you"),
    ("name", &[("called", "a\u{7}b")], "called", "has a character that we cannot read"),
    ("contact", &[], "contact", "Choose how we can reach you"),
    ("contact", &[("contact", "call")], "call-phone", "Enter a phone number"),
    (
        "contact",
        &[("contact", "call"), ("call-phone", "ring me")],
        "call-phone",
        "only numbers, spaces and +",
    ),
    ("contact", &[("contact", "call"), ("call-phone", "999")], "call-phone", "too short"),
    ("contact", &[("contact", "call"), ("call-phone", "07700 900123 4567")], "call-phone", "too long"),
    ("contact", &[("contact", "call"), ("call-phone", "7700 900123")], "call-phone", "must start with 0"),
    (
        "contact",
        &[("contact", "call"), ("call-phone", "04000 900123")],
        "call-phone",
        "not a UK phone number",
    ),
    (
        "contact",
        &[("contact", "text"), ("text-phone", "01632 960123")],
        "text-phone",
        "cannot get text messages",
    ),
    ("contact", &[("contact", "email")], "email", "Enter an email address"),
    ("contact", &[("contact", "email"), ("email", "robin")], "email", "with one @"),
    ("contact", &[("contact", "email"), ("email", "ro bin@example.com")], "email", "has a space or a sign"),
    ("contact", &[("contact", "email"), ("email", ".r@example.com")], "email", "before the @"),
    ("contact", &[("contact", "email"), ("email", "robin@example")], "email", "after the @"),
    ("contact", &[("contact", "letter"), ("address", "\n")], "address", "Enter the address for the letter"),
    (
        "contact",
        &[("contact", "letter"), ("address", "a\u{7}")],
        "address",
        "has a character that we cannot read",
    ),
    (
        "contact",
        &[("contact", "call"), ("call-phone", "07700 900123"), ("safe-times", "a\u{7}")],
        "safe-times",
        "cannot read",
    ),
    ("why-now", &[("why-now", "")], "why-now", "Tell us what is happening"),
    ("why-now", &[("why-now", "a\u{7}")], "why-now", "type it instead"),
    ("about-you", &[("full-name", "a\u{7}")], "full-name", "or leave it empty"),
    ("about-you", &[("born-on[month]", "3"), ("born-on[year]", "1984")], "born-on-day", "must have a day"),
    ("about-you", &[("born-on[day]", "3"), ("born-on[year]", "1984")], "born-on-month", "must have a month"),
    ("about-you", &[("born-on[day]", "3"), ("born-on[month]", "4")], "born-on-year", "must have a year"),
    (
        "about-you",
        &[("born-on[day]", "31"), ("born-on[month]", "2"), ("born-on[year]", "1984")],
        "born-on-day",
        "a real date",
    ),
    (
        "about-you",
        &[("born-on[day]", "25"), ("born-on[month]", "11"), ("born-on[year]", "2026")],
        "born-on-day",
        "in the past",
    ),
    (
        "about-you",
        &[("born-on[day]", "1"), ("born-on[month]", "1"), ("born-on[year]", "1884")],
        "born-on-day",
        "120 years",
    ),
    ("about-you", &[("nhs-number", "nine")], "nhs-number", "only numbers and spaces, or leave it empty"),
    ("about-you", &[("nhs-number", "999")], "nhs-number", "must have 10 numbers, or leave it empty"),
    ("about-you", &[("nhs-number", "999 000 0019")], "nhs-number", "Check it, or leave it empty"),
    ("about-you", &[("gp-practice", "a\u{7}")], "gp-practice", "or leave it empty"),
    ("about-you", &[("postcode", "LS1")], "postcode", "Enter all of the postcode"),
    ("about-you", &[("postcode", "12345")], "postcode", "not a UK postcode"),
    ("permissions", &[], "tell-gp", "Choose yes or no"),
];

#[tokio::test]
async fn every_mistake_has_its_own_message_that_leads_to_its_field() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    for (page, fields, field, message) in MESSAGES {
        let shown = asking.post(page, fields).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{page} {fields:?}");
        assert!(shown.body.contains("<title>Error:"), "{page} {fields:?}");
        let summary = shown.body.split("nhsuk-error-summary__list").nth(1).expect("a summary");
        let summary = summary.split("</ul>").next().unwrap();
        assert!(summary.contains(message), "{page} {fields:?}: {summary}");
        assert!(summary.contains(&format!("href=\"#{field}\"")), "{page} {fields:?}: {summary}");
        assert!(shown.has(&format!("id=\"{field}\"")), "{page}: the link leads nowhere");
        assert_eq!(
            shown.body.matches(message).count(),
            2,
            "{page} {fields:?}: in the summary and beside the field"
        );
        for (name, value) in
            fields.iter().filter(|(name, value)| !["who", "danger"].contains(name) && value.trim().len() > 1)
        {
            assert!(shown.has(value), "{page} {name}: what was typed is lost");
        }
    }
    assert!(asking.get("check").await.has("Not answered yet"), "nothing wrong was saved");
}

#[tokio::test]
async fn long_words_are_kept_whole_or_refused_with_every_letter_still_there() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    let fits = "é".repeat(10_000);
    assert_eq!(asking.answers("why-now", &[("why-now", &fits)]).await, "permissions");
    assert!(asking.get("why-now").await.has(&fits));
    let over = format!("{fits}!");
    let shown = asking.post("why-now", &[("why-now", &over)]).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown.has(&over) && shown.has("10,000 characters or fewer"));
    for (page, field) in [("name", "called"), ("about-you", "full-name"), ("about-you", "gp-practice")] {
        let shown = asking.post(page, &[(field, &"x".repeat(201))]).await;
        assert!(shown.has("200 characters or fewer") && shown.has(&"x".repeat(201)), "{field}");
    }
}

#[tokio::test]
async fn a_mistake_in_one_answer_keeps_the_others_on_the_page() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    let fields = [("full-name", "Robin <Vale>"), ("nhs-number", "12"), ("postcode", "LS1 4AP")];
    let shown = asking.post("about-you", &fields).await;
    assert_eq!((shown.field("nhs-number"), shown.field("postcode")), ("12".to_owned(), "LS1 4AP".to_owned()));
    assert!(shown.has("Robin &#60;Vale&#62;"), "and is never taken for markup");
}

#[tokio::test]
async fn sending_too_early_says_what_is_missing_and_leads_there_and_back() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    let shown = asking.post("send", &[]).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (page, message) in [
        ("safety", "Choose what is true right now"),
        ("name", "Enter a name we can call you"),
        ("contact", "Choose how we can reach you"),
        ("why-now", "Tell us what is happening"),
        ("permissions", "may we tell your GP"),
    ] {
        assert!(shown.has(message), "{message}");
        assert!(shown.has(&format!("href=\"{}?change=1\"", asking.path(page))), "{page}");
    }
    assert_eq!(house.database.count("referral").await, 0);
}

#[tokio::test]
async fn a_browser_without_cookies_gets_its_words_back_and_a_number_to_ring() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    asking.browser.cookies.clear();
    let page = asking.post("why-now", &[("why-now", "Long and\nhard to write")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Long and<br>hard to write") && page.has("01632 960 555"), "{}", page.body);
    let first = asking.browser.post("/ask", &[("draft", &asking.draft.clone()), ("who", "me")]).await;
    assert!(first.has("Allow cookies for this website"), "{}", first.body);
    let call = asking.post("call-me", &[("called", "Robin"), ("phone", "07700 900123")]).await;
    assert!(call.has("07700 900123") && call.has("111"));
}

#[tokio::test]
async fn choosing_easy_read_in_the_middle_of_a_page_keeps_what_was_typed_and_saves_nothing() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    let page = asking.get("why-now").await;
    assert!(
        page.has("name=\"reword\" value=\"en-GB-x-easy\"") && !page.has("href=\"/language"),
        "{}",
        page.body
    );
    let typed = [("why-now", "Since <May> I do not sleep"), ("reword", "en-GB-x-easy")];
    let easy = asking.post("why-now", &typed).await;
    assert_eq!(easy.status, StatusCode::OK, "{}", easy.body);
    assert!(easy.has("Since &#60;May&#62; I do not sleep") && easy.has("Standard text"), "{}", easy.body);
    assert!(!easy.has("nhsuk-error-summary"), "nothing is judged by it");
    let again = asking.get("why-now").await;
    assert!(
        again.has("Standard text") && !again.has("Since"),
        "kept for the visit; the words were not saved"
    );
    let unknown = [("why-now", "Since May"), ("reword", "xx-none")];
    assert_eq!(asking.post("why-now", &unknown).await.status, StatusCode::SEE_OTHER, "as if it went on");
}

#[tokio::test]
async fn the_first_page_and_call_me_keep_what_was_typed_too() {
    let house = support::house().await;
    let mut visitor = house.visitor();
    let first = visitor.get("/ask").await;
    let draft = first.field("draft");
    let typed = [("draft", draft.as_str()), ("who", "someone"), ("reword", "en-GB-x-easy")];
    let easy = visitor.post("/ask", &typed).await;
    assert_eq!(easy.status, StatusCode::OK);
    assert!(easy.field("draft") == draft && easy.has("Standard text"), "{}", easy.body);
    let mut asking = Asking::begin(&house).await;
    let typed = [("called", "Robin"), ("phone", "not yet"), ("reword", "en-GB-x-easy")];
    let call = asking.post("call-me", &typed).await;
    assert_eq!(call.status, StatusCode::OK);
    assert!(call.has("value=\"not yet\"") && call.has("Standard text"), "{}", call.body);
}

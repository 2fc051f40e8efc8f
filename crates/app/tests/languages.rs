//! Words in other languages, lengths and directions: nothing that people read is written in the program, nothing about
//! safety is shown in a language in which nobody who is named reviewed it, and a language needs no code.
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

use std::path::Path;
use std::sync::Once;

use support::{Browser, House, house};

/// Names and numbers of the demonstration's county: no words of ours.
const OF_THE_COUNTY: [&str; 17] = [
    "For anybody from 16. Families and carers can come too.",
    "For anybody from 16. You can walk in, and you do not need a letter.",
    "Volunteers who have been through hard times themselves.",
    "Ashmere crisis line",
    "Harbour Crisis Café",
    "Orchard Crisis Café",
    "Lantern listening line",
    "North Ashmere",
    "South Ashmere",
    "All of Ashmere",
    "Ashmere",
    "Old Net Loft",
    "Quay Lane",
    "Orchard Row",
    "Millbrook",
    "Zebedee",
    "/help/",
];

/// Every page of the public door, with a form that was filled in as far as its last page.
async fn pages(visitor: &mut Browser) -> Vec<String> {
    let draft = visitor.get("/ask").await.field("draft");
    visitor.post("/ask", &[("draft", &draft), ("who", "me")]).await;
    let at = |page: &str| format!("/ask/{draft}/{page}");
    visitor.post(&at("safety"), &[("danger", "not-safe-from")]).await;
    visitor.post(&at("safe-for-now"), &[]).await;
    visitor.post(&at("name"), &[("called", "Zebedee")]).await;
    let contact = [("contact", "call"), ("call-phone", "07700 900123"), ("say-nhs", "no")];
    visitor.post(&at("contact"), &contact).await;
    visitor.post(&at("why-now"), &[("why-now", "Zebedee")]).await;
    let questions = [
        "who",
        "safety",
        "age",
        "name",
        "contact",
        "why-now",
        "permissions",
        "help",
        "needs",
        "caring",
        "practical",
        "before",
        "about-you",
        "danger",
        "call-me",
        "files",
        "check",
    ];
    let fixed = [
        "/",
        "/ask",
        "/help",
        "/help/families",
        "/help/staying-safe",
        "/crisis-help",
        "/privacy",
        "/accessibility",
        "/no-such-page",
    ];
    let all = fixed.iter().map(|path| (*path).to_owned()).chain(questions.iter().map(|page| at(page)));
    let mut found = Vec::new();
    for path in all {
        found.push(format!("{path}\n{}", visitor.get(&path).await.body));
    }
    for (path, fields) in [(at("contact"), [("contact", "text")]), (at("about-you"), [("postcode", "X")])] {
        found.push(format!("error {path}\n{}", visitor.post(&path, &fields).await.body));
    }
    visitor.post(&at("permissions"), &[("tell-gp", "no")]).await;
    let sent = visitor.post(&at("send"), &[]).await;
    let sent = visitor.follow(sent).await;
    found.push(format!("sent\n{}", sent.body));
    found
}

/// What a person reads or hears of a page in its own language: texts and the labels of controls.
fn read(html: &str) -> Vec<String> {
    // A page of words has an English title, which is its heading in English too.
    let titled = !html.contains("<h1 class=\"nhsuk-heading-l\" lang=");
    let body = &html[html.find(if titled { "<title>" } else { "</head>" }).unwrap_or(0)..];
    let mut texts = Vec::new();
    // The name of the element in another language, and how deep in it.
    let mut foreign: Option<(String, usize)> = None;
    let mut silent = false;
    for part in body.split('<') {
        let Some((tag, text)) = part.split_once('>') else { continue };
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric()).collect();
        if let Some((element, depth)) = &mut foreign {
            if *element == name && !tag.ends_with('/') {
                if tag.starts_with('/') { *depth -= 1 } else { *depth += 1 }
            }
            if *depth == 0 {
                foreign = None;
            }
        } else if [" lang=\"en-GB\"", " hreflang=\"", "reword", "od-reference"]
            .iter()
            .any(|mark| tag.contains(mark))
        {
            foreign = Some((name.clone(), 1));
        }
        if ["script", "style", "svg"].contains(&name.as_str()) {
            silent = !tag.starts_with('/') && !tag.ends_with('/');
        }
        if foreign.is_some() || silent {
            continue;
        }
        for attribute in ["aria-label=\"", "placeholder=\"", " alt=\""] {
            texts.extend(
                tag.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
            );
        }
        texts.push(text.to_owned());
    }
    texts
}

/// What stands outside the brackets of messages and is no name of the county.
fn leaks(text: &str) -> String {
    let mut depth = 0_usize;
    let mut left = String::new();
    for letter in text.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            other if depth == 0 => left.push(other),
            _ => {}
        }
    }
    let left = OF_THE_COUNTY.iter().fold(left, |left, name| left.replace(name, ""));
    let left: String = left
        .split('&')
        .enumerate()
        .map(|(at, part)| {
            if at == 0 {
                part.to_owned()
            } else {
                part.split_once(';').map_or_else(String::new, |(_, rest)| rest.to_owned())
            }
        })
        .collect();
    left.chars().filter(|c| c.is_alphabetic()).collect()
}

fn in_language(house: &House, tag: &str) -> Browser {
    let mut visitor = house.visitor();
    visitor.cookies.push(("lang".into(), tag.into()));
    visitor
}

#[tokio::test]
async fn every_word_of_the_public_pages_comes_from_a_message_file() {
    add_languages();
    let house = house().await;
    for (tag, direction) in [("en-XA", "ltr"), ("ar-XB", "rtl")] {
        let mut visitor = in_language(&house, tag);
        let mut found = Vec::new();
        let pages = pages(&mut visitor).await;
        assert!(pages.len() > 25);
        for page in &pages {
            let (path, html) = page.split_once('\n').unwrap();
            assert!(html.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")), "{path}");
            assert!(!html.contains('⟦'), "{path} lacks words");
            found.extend(
                read(html)
                    .into_iter()
                    .filter(|text| leaks(text).len() > 1)
                    .map(|text| format!("{path}: {}", text.trim())),
            );
        }
        found.sort();
        found.dedup();
        assert!(found.is_empty(), "written in the program or the templates:\n{}", found.join("\n"));
    }
}

static FOLDER: Once = Once::new();

/// A folder of languages as a county would add one: Welsh that somebody reviewed, Arabic that nobody did.
fn add_languages() {
    FOLDER.call_once(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("languages");
        let write = |language: &str, text: &str| {
            std::fs::create_dir_all(folder.join(language)).unwrap();
            std::fs::write(folder.join(language).join("door.ftl"), text).unwrap();
        };
        let reviewed = "### Reviewed by: Carys Example, translator\n### Reviewed on: 2026-11-02\n";
        let welsh = "language-name = Cymraeg\ndoor-start-title = Cael help gyda'ch iechyd meddwl\n\
                     door-danger-title = A oes unrhyw un o'r rhain yn wir nawr?\ncrisis-title = Os oes angen help nawr\n";
        let arabic = "language-name = العربية\ndoor-start-title = احصل على مساعدة\n\
                      language-interpreter = بعض هذه الصفحة بالإنجليزية. يمكنك أن تطلب مترجما.\n\
                      door-danger-title = هل أي من هذا صحيح الآن؟\ncrisis-title = إذا كنت بحاجة إلى مساعدة الآن\n";
        write("cy", &format!("{reviewed}{welsh}"));
        write("ar", arabic);
        onedoor::words::load(&folder).unwrap();
    });
}

#[tokio::test]
async fn a_language_is_a_folder_and_is_offered_on_every_public_page_by_its_own_name() {
    add_languages();
    let house = house().await;
    let mut visitor = house.visitor();
    let start = visitor.get("/").await;
    assert!(start.has("Cymraeg") && start.has("العربية"), "{}", start.body);
    let chosen = visitor.get("/language?lang=cy&to=/").await;
    let welsh = visitor.follow(chosen).await;
    assert!(welsh.has("<html lang=\"cy\" dir=\"ltr\">") && welsh.has("Cael help gyda"), "{}", welsh.body);
    assert!(welsh.has(">English</a>") && welsh.has("Os oes angen help nawr"), "{}", welsh.body);
    assert!(
        !house.persona("senior-nurse").await.get("/my-day").await.has("Cymraeg"),
        "staff pages have no switch"
    );
}

#[tokio::test]
async fn words_about_safety_that_nobody_reviewed_are_never_shown_and_an_interpreter_is_offered() {
    add_languages();
    let house = house().await;
    let mut visitor = in_language(&house, "ar");
    let start = visitor.get("/").await;
    assert!(start.has("<html lang=\"ar\" dir=\"rtl\">") && start.has("احصل على مساعدة"), "{}", start.body);
    assert!(!start.has("إذا كنت بحاجة") && start.has("If you need help now"), "{}", start.body);
    assert!(start.has("aria-labelledby=\"od-crisis-title\" lang=\"en-GB\" dir=\"ltr\""), "{}", start.body);
    assert!(
        start.has("يمكنك أن تطلب مترجما") && start.has("You can ask us for an interpreter"),
        "in both languages"
    );
    let draft = visitor.get("/ask").await.field("draft");
    visitor.post("/ask", &[("draft", &draft), ("who", "me")]).await;
    let safety = visitor.get(&format!("/ask/{draft}/safety")).await;
    assert!(safety.has("Is any of this true right now?") && !safety.has("هل أي من هذا"), "{}", safety.body);
    let mut welsh = in_language(&house, "cy");
    let draft = welsh.get("/ask").await.field("draft");
    welsh.post("/ask", &[("draft", &draft), ("who", "me")]).await;
    assert!(welsh.get(&format!("/ask/{draft}/safety")).await.has("A oes unrhyw un"), "Carys reviewed it");
}

#[tokio::test]
async fn easy_read_words_are_shown_where_there_are_some_and_the_usual_ones_elsewhere() {
    let house = house().await;
    let mut visitor = in_language(&house, "en-GB-x-easy");
    let start = visitor.get("/").await;
    assert!(start.has("You tell us what is wrong. A person reads it."), "{}", start.body);
    // What keeps people safe is shown in Easy Read only once somebody reviewed it.
    assert!(start.has("Call 999") && !start.has("Ring 999 if a person could die"), "{}", start.body);
    let draft = visitor.get("/ask").await.field("draft");
    visitor.post("/ask", &[("draft", &draft), ("who", "me")]).await;
    for (page, words) in [
        ("safety", "Is any of this true right now?"),
        ("name", "What is your name?"),
        ("contact", "Send this now. Then get in touch with me"),
        ("why-now", "A few words are enough. Use your own words."),
        ("check", "Check what you told us"),
        ("practical", "Is any of this hard right now?"),
    ] {
        let page = visitor.get(&format!("/ask/{draft}/{page}")).await;
        assert!(page.has(words) && !page.has('⟦'.to_string().as_str()), "{words}: {}", page.body);
    }
}

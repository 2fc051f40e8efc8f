//! Seeded nonsense over every form of the program, begun from the forms its own pages show: it may refuse, it may never
//! fault. `ONEDOOR_FUZZ_SECONDS` sets how long; a failure prints the seed, `ONEDOOR_FUZZ_SEED` runs it again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use onedoor::routes::{Access, table};

use super::forms::{Chance, Form, fill, forms};
use super::places::{Places, persona};
use super::support::{self, Browser, House};

/// Names that forms of ours use, for rows whose form no page shows now.
pub const NAMES: [&str; 36] = [
    "version",
    "step",
    "why",
    "category",
    "narrative",
    "safety",
    "children",
    "team",
    "contact-name",
    "next-step",
    "next-on[day]",
    "basis",
    "advice",
    "options",
    "follow-up-on[day]",
    "said",
    "live-reference",
    "source",
    "contact-on[day]",
    "contact-at",
    "mode",
    "reached",
    "outcome",
    "key-worker",
    "name",
    "email",
    "role",
    "org",
    "password",
    "code",
    "draft",
    "who",
    "id",
    "next",
    "number",
    "hours",
];
const VALUES: [&str; 20] = [
    "",
    " ",
    "1",
    "-1",
    "0",
    "31",
    "2",
    "9999",
    "99999999999999999999",
    "no-such-answer",
    "07700 900123",
    "\u{0}",
    "\u{7}",
    "\u{202e}reversed",
    "💙",
    "\r\n\r\n",
    "<script>",
    "' OR 1=1--",
    "24:61",
    "00000000-0000-0000-0000-000000000000",
];

/// A form and who may send it.
struct Target {
    path: String,
    who: Option<&'static str>,
    form: Form,
}

/// Every row that takes a post, with the form a page shows for it, if one does.
async fn targets(house: &House, places: &Places) -> Vec<Target> {
    let mut shown: BTreeMap<String, Form> = BTreeMap::new();
    for row in table().iter().filter(|row| row.method == "GET") {
        let path = places.path(row.path);
        let page = places.browser(house, row).await.get(&path).await;
        for mut form in forms(&page.body) {
            if form.action.is_empty() {
                form.action.clone_from(&path);
            }
            shown.entry(form.action.clone()).or_insert(form);
        }
    }
    let posts = table().into_iter().filter(|row| row.method == "POST");
    posts
        .map(|row| {
            let path = places.path(row.path);
            let who = if let Access::Staff(action) = row.access { Some(persona(action)) } else { None };
            let none = Form { action: path.clone(), fields: Vec::new() };
            Target { form: shown.remove(&path).unwrap_or(none), path, who }
        })
        .collect()
}

/// The form, filled in well enough to go deep, then spoiled here and there.
fn body(form: &Form, chance: &mut Chance) -> Vec<u8> {
    let spoiled = |_: &str, chance: &mut Chance| chance.once_in(6).then(|| text(chance));
    let mut fields = fill(form, chance, "Fuzz", spoiled).fields;
    for _ in 0..chance.below(4) {
        let at = chance.below(fields.len() + 1);
        match chance.below(4) {
            0 if at < fields.len() => drop(fields.remove(at)),
            1 if at < fields.len() => fields[at].1 = text(chance),
            2 if at < fields.len() => fields.push(fields[at].clone()),
            _ => fields.push(((*chance.of(&NAMES).unwrap()).to_owned(), text(chance))),
        }
    }
    let mut body = String::new();
    for (name, value) in fields {
        write!(body, "{}={}&", support::encode(&name), support::encode(&value)).unwrap();
    }
    let mut bytes = body.into_bytes();
    if chance.once_in(4) {
        let at = chance.below(bytes.len() + 1);
        bytes.insert(at, u8::try_from(chance.below(256)).unwrap());
    }
    bytes
}

fn text(chance: &mut Chance) -> String {
    let one = *chance.of(&VALUES).unwrap();
    if chance.once_in(30) { one.repeat(chance.below(3_000)) } else { one.to_owned() }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[tokio::test]
async fn fuzz_every_form_of_the_program() {
    let seed = setting("ONEDOOR_FUZZ_SEED").unwrap_or(0x0D00_2026);
    let long = Duration::from_secs(setting("ONEDOOR_FUZZ_SECONDS").unwrap_or(2));
    let mut chance = Chance::new(seed);
    let house = support::house().await;
    let places = Places::of(&house).await;
    let targets = targets(&house, &places).await;
    let shown = targets.iter().filter(|target| !target.form.fields.is_empty()).count();
    let mut browsers: BTreeMap<Option<&str>, Browser> = BTreeMap::new();
    browsers.insert(None, places.visitor());
    let (since, mut sent, mut answers) = (Instant::now(), 0_u32, BTreeMap::<u16, u32>::new());
    while since.elapsed() < long {
        let target = chance.of(&targets).unwrap();
        let who = target.who.filter(|_| !chance.once_in(15));
        if let std::collections::btree_map::Entry::Vacant(e) = browsers.entry(who) {
            e.insert(house.persona(who.unwrap()).await);
        }
        let body = body(&target.form, &mut chance);
        let request = Request::post(&target.path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let browser = browsers.get_mut(&who).unwrap();
        let page = browser.send_with(request, Body::from(body.clone())).await;
        let typed = String::from_utf8_lossy(&body).into_owned();
        assert!(!page.status.is_server_error(), "seed {seed}: {} for {} {typed:?}", page.status, target.path);
        let out = page.location.is_some_and(|to| to.starts_with("/sign-in") || to.starts_with("/unlock"));
        if who.is_some() && out {
            browsers.remove(&who);
        }
        sent += 1;
        *answers.entry(page.status.as_u16()).or_default() += 1;
    }
    println!("fuzz: seed {seed}, {} rows, {shown} with a form, {sent} requests, {answers:?}", targets.len());
    assert!(shown > 20, "most forms are shown by a page: {shown}");
    assert!(
        answers.contains_key(&303) && answers.contains_key(&422),
        "nonsense is refused and sense is taken"
    );
}

//! One person asking for help, for themselves, for somebody else or as a professional: walks the public form page by page,
//! as a browser without JavaScript would, and remembers every page that was saved. Must not know the order of the questions:
//! it answers whatever form it is shown, so that the drill outlives changes of wording.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use super::http::{Answer, Browser};
use crate::sh::Outcome;

/// The reference that the confirmation page promised.
pub type Reference = String;

const MOST_PAGES: usize = 40;
const MOMENT: Duration = Duration::from_secs(1);

/// How many doors there are.
pub const DOORS: usize = WAYS_IN.len();
/// Where a form begins, and whom it is for where that is asked.
const WAYS_IN: [(&str, &str); 3] = [("/ask", "me"), ("/ask", "someone"), ("/refer", "")];

/// Sends one form. Fails unless the confirmation with its reference was received whole, and says at which page.
pub fn submit(addr: SocketAddr, n: usize) -> Outcome<Reference> {
    Walk::new(addr, n).ask_until_sent()
}

/// Somebody on the way through a form, in their own browser.
pub struct Walk {
    browser: Browser,
    n: usize,
    /// The address of each saved page, and its form as it was shown again.
    saved: Vec<(String, String)>,
    /// How long they wait and try again where a page says to.
    patience: Duration,
    /// How often a page that says to wait brought what was typed, and it was sent again as it stood there.
    sent_again: usize,
}

impl Walk {
    /// Before the first page; each door in turn.
    pub fn new(addr: SocketAddr, n: usize) -> Self {
        Self { browser: Browser::new(addr), n, saved: Vec::new(), patience: Duration::ZERO, sent_again: 0 }
    }

    /// Somebody who waits so long where a page says to, and sends again what stands on it.
    pub fn patient(addr: SocketAddr, n: usize, patience: Duration) -> Self {
        Self { patience, ..Self::new(addr, n) }
    }

    /// How often something was sent again that a page had kept.
    pub fn sent_again(&self) -> usize {
        self.sent_again
    }

    /// Answers page after page.
    pub fn ask_until_sent(&mut self) -> Outcome<Reference> {
        let (path, page) = self.answer_until("/sent")?;
        reference(&page).ok_or_else(|| format!("{path} shows no reference"))
    }

    /// Answers everything and sends nothing: gives the address of the page on which it can be sent.
    pub fn answer_all(&mut self) -> Outcome<String> {
        self.answer_until("/check").map(|(path, _)| path)
    }

    /// The first page whose address ends so, and what it shows.
    fn answer_until(&mut self, end: &str) -> Outcome<(String, String)> {
        let (start, whom) = WAYS_IN.get(self.n % DOORS).copied().unwrap_or(("/ask", "me"));
        let mut path = start.to_owned();
        for _ in 0..MOST_PAGES {
            let page = self.get(&path)?;
            if let Some(next) = page.location.filter(|_| (300..400).contains(&page.status)) {
                path = local(&next);
                continue;
            }
            if page.status != 200 {
                return Err(format!("GET {path} answered {}", page.status));
            }
            if path.ends_with(end) {
                return Ok((path, page.body));
            }
            path = self.answer(&path, &page.body, whom)?;
        }
        Err(format!("no {end} after {MOST_PAGES} pages, the last was {path}"))
    }

    fn get(&mut self, path: &str) -> Outcome<Answer> {
        let begun = Instant::now();
        loop {
            let page = self.browser.get(path).ok_or_else(|| format!("no whole answer to GET {path}"))?;
            if page.status != 503 || begun.elapsed() >= self.patience {
                return Ok(page);
            }
            thread::sleep(MOMENT);
        }
    }

    /// Sends the form of a page, looks once more at what was saved, and gives where it goes on.
    fn answer(&mut self, path: &str, page: &str, whom: &str) -> Outcome<String> {
        let form = Form::first_post(page).ok_or_else(|| format!("{path} has no form to send"))?;
        let action = if form.action.is_empty() { path.to_owned() } else { form.action.clone() };
        let answers = form.answers(self.n, whom);
        let answer = self.post(&action, &answers)?;
        let next = answer
            .location
            .ok_or_else(|| format!("POST {action} answered {} to {answers:?}", answer.status))?;
        if is_question(&action) {
            let shown = self.get(&action)?;
            self.saved.extend(form_of(&shown.body).map(|form| (action, form)));
        }
        Ok(local(&next))
    }

    /// Sends a form; where a page says to wait and keeps what was sent, that is sent again.
    fn post(&mut self, action: &str, answers: &[(String, String)]) -> Outcome<Answer> {
        let begun = Instant::now();
        let mut answers = answers.to_vec();
        loop {
            let answer = self.browser.post(action, &answers);
            let answer = answer.ok_or_else(|| format!("no whole answer to POST {action}"))?;
            if answer.status != 503 || begun.elapsed() >= self.patience {
                return Ok(answer);
            }
            let kept = Form::first_post(&answer.body).filter(|form| form.action == action);
            let kept =
                kept.ok_or_else(|| format!("POST {action} answered 503, and what was typed is gone"))?;
            answers = kept.hidden();
            self.sent_again += 1;
            thread::sleep(MOMENT);
        }
    }

    /// How many pages were saved.
    pub fn saved(&self) -> usize {
        self.saved.len()
    }

    /// The saved pages that do not show what they showed before. Where the form was sent after all, none can be opened any
    /// more, and the confirmation stands in their place.
    pub fn lost(&mut self) -> Vec<String> {
        let saved = std::mem::take(&mut self.saved);
        let mut shows = |path: &str, before: &str| match self.browser.get(path) {
            Some(page) if page.status == 200 => form_of(&page.body).as_deref() == Some(before),
            Some(page) => page.location.is_some_and(|to| to.ends_with("/sent")),
            None => false,
        };
        saved.into_iter().filter(|(path, form)| !shows(path, form)).map(|(path, _)| path).collect()
    }
}

/// The page of a draft, as opposed to the first one or the last.
fn is_question(action: &str) -> bool {
    action.starts_with("/ask/") && !action.ends_with("/send")
}

/// The form that is answered, whole, as far as it is the person's own: "kept until" below it follows the last page saved.
fn form_of(page: &str) -> Option<String> {
    let main = page.split_once("<main")?.1;
    let form = main.split_once("<form")?.1.split("</form>").next()?;
    Some(form.split("od-keep").next()?.to_owned())
}

fn local(location: &str) -> String {
    let path = location.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    path.unwrap_or(location).to_owned()
}

/// What the page marks as the reference: `data-reference="ABCDEFGH"`.
fn reference(page: &str) -> Option<Reference> {
    let (_, rest) = page.split_once("data-reference=\"")?;
    let marked: String = rest.split('"').next()?.chars().filter(char::is_ascii_alphanumeric).collect();
    (marked.len() == 8).then_some(marked)
}

/// A form as far as answering it needs.
struct Form {
    action: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    kind: String,
    value: String,
}

impl Form {
    /// The first form of the main part that sends by POST; forms of the frame (language, leaving) come outside it.
    fn first_post(page: &str) -> Option<Self> {
        let main = page.split_once("<main").map_or(page, |(_, main)| main);
        let forms = main.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap_or_default());
        let form = forms.into_iter().find(|form| {
            let tag = form.split('>').next().unwrap_or_default();
            attribute(tag, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"))
        })?;
        let tag = form.split('>').next().unwrap_or_default();
        let fields = ["<input", "<textarea", "<select", "<button"]
            .iter()
            .flat_map(|kind| fields(form, kind))
            .collect();
        Some(Self { action: attribute(tag, "action").unwrap_or_default(), fields })
    }

    /// What a page keeps.
    fn hidden(&self) -> Vec<(String, String)> {
        let hidden = self.fields.iter().filter(|field| field.kind == "hidden");
        hidden.map(|field| (field.name.clone(), field.value.clone())).collect()
    }

    /// Hidden fields as they are; one answer for each other name; the first button, which goes on.
    fn answers(&self, n: usize, whom: &str) -> Vec<(String, String)> {
        let mut answers: Vec<(String, String)> = Vec::new();
        let pressed = self.fields.iter().find(|field| field.kind == "submit");
        let pressed = pressed.filter(|button| !button.name.is_empty());
        for field in self.fields.iter().filter(|field| field.kind != "submit").chain(pressed) {
            let chosen = match field.kind.as_str() {
                "radio" | "checkbox" => self.choice(&field.name, whom),
                "button" | "reset" | "search" => continue,
                "hidden" | "submit" => field.value.clone(),
                _ => typed(&field.name, n),
            };
            if field.kind == "hidden" || answers.iter().all(|(name, _)| *name != field.name) {
                answers.push((field.name.clone(), chosen));
            }
        }
        answers
    }

    /// Whom it is for, or the quiet choice where there is one (nobody is in danger here), else the first.
    fn choice(&self, name: &str, whom: &str) -> String {
        let values = || self.fields.iter().filter(|f| f.name == name).map(|f| f.value.as_str());
        let quiet = values().find(|value| *value == whom).or_else(|| {
            values().find(|value| ["none", "none-of-these", "no", "text", "phone"].contains(value))
        });
        quiet.or_else(|| values().next()).unwrap_or_default().to_owned()
    }
}

/// Something fitting for a field that is typed into.
fn typed(name: &str, n: usize) -> String {
    let name = name.to_ascii_lowercase();
    // Never asked for, and each has a shape of its own: left out, as most people do.
    if ["born-on", "nhs-number", "postcode"].iter().any(|optional| name.starts_with(optional)) {
        return String::new();
    }
    if name.contains("mail") {
        return format!("person{n}@example.org");
    }
    if name.contains("phone") || name.contains("number") || name.contains("reach") || name.contains("contact")
    {
        // The range that the regulator keeps for drama.
        return format!("07700 9{:05}", n % 1000);
    }
    if name.contains("name") || name.contains("call") {
        return format!("Robin {n}");
    }
    "I have not slept well for weeks and would like to talk to somebody.".to_owned()
}

fn fields(form: &str, opening: &str) -> Vec<Field> {
    let tags = form.split(opening).skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| {
        let kind = match (opening, attribute(tag, "type")) {
            ("<input", kind) => kind.unwrap_or_else(|| "text".to_owned()),
            ("<button", kind) => kind.unwrap_or_else(|| "submit".to_owned()),
            _ => "text".to_owned(),
        };
        let name = attribute(tag, "name").unwrap_or_default();
        // A button without a name can be pressed all the same.
        (kind == "submit" || !name.is_empty()).then(|| Field {
            name,
            kind,
            value: attribute(tag, "value").unwrap_or_default(),
        })
    })
    .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(
        rest.split('"')
            .next()?
            .replace("&#39;", "'")
            .replace("&#34;", "\"")
            .replace("&amp;", "&")
            .replace("&#38;", "&"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<form method=\"post\" action=\"/leave\"></form><main><form action=\"/ask/1/safety\" method=\"post\" novalidate>\
        <input type=\"hidden\" name=\"id\" value=\"7\"><input class=\"x\" name=\"danger\" type=\"checkbox\" value=\"harm\">\
        <input name=\"danger\" type=\"checkbox\" value=\"none\"><input name=\"phone\" type=\"tel\">\
        <textarea name=\"why\"></textarea><button type=\"submit\">Go on</button><button name=\"then\" value=\"save\">Save</button></form>";

    #[test]
    fn the_form_of_the_main_part_is_answered_quietly() {
        let form = Form::first_post(PAGE).unwrap();
        assert_eq!(form.action, "/ask/1/safety");
        let answers = form.answers(3, "me");
        let names: Vec<&str> = answers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["id", "danger", "phone", "why"]);
        assert_eq!(answers[1].1, "none");
        assert_eq!(answers[2].1, "07700 900003");
    }

    #[test]
    fn answers_with_a_shape_that_nobody_must_give_are_left_out() {
        assert_eq!(typed("born-on[day]", 3), "");
        assert_eq!(typed("nhs-number", 3), "");
        assert_eq!(typed("call-phone", 3), "07700 900003");
    }

    #[test]
    fn only_a_marked_whole_reference_counts() {
        assert_eq!(reference("<p data-reference=\"ABCD-EFGH\">"), Some("ABCDEFGH".to_owned()));
        assert_eq!(reference("<p data-reference=\"ABC\">"), None);
        assert_eq!(reference("ABCD EFGH"), None);
    }

    #[test]
    fn redirects_stay_on_this_server() {
        assert_eq!(local("http://127.0.0.1:8080/ask/1/sent"), "/ask/1/sent");
        assert_eq!(local("/ask/1/sent"), "/ask/1/sent");
    }
}

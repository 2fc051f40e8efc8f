//! The page around every page: language, title, skip link, who is signed in, where to get help at once, print style.
//!
//! A page's struct holds a `frame: Frame` and its template starts with `{% extends "frame.html" %}`; blocks are
//! `before` (back link) and `content`. It must not fetch anything: the web layer fills it.

use super::links::{Link, SkipLink};
use super::markup::{Icon, Markup};
use super::notes::{CareCard, NotificationBanner, Urgency};
use crate::web::gate::form_encode;
use crate::web::reword::REWORD;
use crate::words::{self, HOME, Lang};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

/// Where "Leave this page quickly" goes; the route answers with [`leave`].
pub const LEAVE_PATH: &str = "/leave";

/// The id of the form whose typed answers go along when other words are chosen.
pub const TYPED: &str = "typed";

/// Everything the page around a page needs.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The page's language.
    pub lang: Lang,
    /// The page's own title; the county's name follows it.
    pub title: String,
    /// Whether the form on the page has errors: the title then says so first.
    pub errors: bool,
    /// Whose installation this is.
    pub county: CountyFace,
    /// For whom the page is.
    pub kind: FrameKind,
    /// What the last action did, said once.
    pub flash: Option<String>,
    /// Keeps search engines away.
    pub no_index: bool,
    /// The page's own address, to come back to in another language; none where that is not offered.
    pub here: Option<String>,
    /// The page has a form with the id [`TYPED`]: what was typed there goes along when other words are chosen.
    pub keeps_typed: bool,
}

/// What a page shows of the integrated system.
#[derive(Clone, Debug, Default)]
pub struct CountyFace {
    /// Its name.
    pub name: String,
    /// The county's own crisis line.
    pub crisis_line: Option<CrisisLine>,
    /// Invented people only; nothing is sent.
    pub demo: bool,
}

/// A telephone line for a crisis, and when somebody last rang it to be sure.
#[derive(Clone, Debug)]
pub struct CrisisLine {
    /// What it is called.
    pub label: String,
    /// As people read it.
    pub number: String,
    /// When it was last checked.
    pub checked_on: Date,
}

impl CrisisLine {
    fn dial(&self) -> String {
        self.number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// For whom a page is.
#[derive(Clone, Debug)]
pub enum FrameKind {
    /// Anybody.
    Public {
        /// Offers to leave the page quickly.
        leave_quickly: bool,
    },
    /// Somebody who works here and is signed in.
    Staff {
        /// Their name.
        name: String,
        /// The role they act in.
        role: String,
        /// Where they can go.
        nav: Vec<NavItem>,
        /// Seconds without a page load until the screen locks.
        lock_after_seconds: u32,
        /// People who need a duty call and nobody has taken it.
        duty_alerts: u32,
    },
}

/// One place in the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Where to.
    pub href: &'static str,
    /// Its words.
    pub label_key: &'static str,
    /// Whether this page is it.
    pub current: bool,
    /// How many things wait there.
    pub count: Option<u32>,
}

impl Frame {
    /// The words of `key` in the page's language.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// The same with places filled.
    pub fn tr(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.lang.tr(key, args)
    }

    /// "Error: What is your name? – Exampleshire".
    pub fn full_title(&self) -> String {
        let prefix = if self.errors { format!("{} ", self.t("ui-error-prefix")) } else { String::new() };
        format!("{prefix}{} – {}", self.title, self.county.name)
    }

    /// Where to get help at once, as the two large cards.
    pub fn crisis_cards(&self) -> CrisisHelp {
        CrisisHelp { lang: self.lang, line: self.county.crisis_line.clone() }
    }

    fn is_staff(&self) -> bool {
        matches!(self.kind, FrameKind::Staff { .. })
    }

    fn offers_to_leave(&self) -> bool {
        matches!(self.kind, FrameKind::Public { leave_quickly: true })
    }

    /// The other ways to read this page: Easy Read or not, and other languages where there are any.
    fn other_words(&self) -> Vec<(Link, Lang)> {
        let Some(here) = self.here.as_deref().filter(|_| self.offers_to_leave()) else { return Vec::new() };
        let link = |lang: Lang, words: String| {
            let to: String = form_encode(here).collect();
            (Link::new(&format!("/language?lang={}&to={to}", lang.code()), words), lang)
        };
        let easy = match self.lang.easy() {
            _ if self.lang.is_easy() => Some(link(self.lang.plain(), self.t("frame-not-easy-read"))),
            Some(easy) => Some(link(easy, self.t("frame-easy-read"))),
            None => None,
        };
        let others = words::languages().into_iter().filter(|(tag, _)| *tag != self.lang.tag());
        let others = others.filter_map(|(tag, name)| Some(link(Lang::from_tag(tag)?, name)));
        easy.into_iter().chain(others).collect()
    }

    /// What is said where the most important texts stand in the home language, and the language of those texts.
    fn unreviewed(&self) -> Option<String> {
        (!self.is_staff() && self.lang.lacks_reviewed_words()).then(|| self.t("language-interpreter"))
    }

    /// The language of the texts about danger, where it is not the page's.
    fn crisis_language(&self) -> Option<&'static str> {
        self.lang.lacks_reviewed_words().then_some(HOME)
    }

    fn sheet(&self) -> &'static str {
        crate::assets::href(if self.is_staff() { "staff.css" } else { "public.css" })
    }

    /// Where the reader's own first page is.
    pub fn home(&self) -> &'static str {
        if self.is_staff() { "/my-day" } else { "/" }
    }

    /// Everything before the page's own part.
    pub fn top(&self) -> impl HtmlSafe + '_ {
        FrameTop { frame: self }
    }

    /// Everything after it.
    pub fn bottom(&self) -> impl HtmlSafe + '_ {
        FrameBottom { frame: self }
    }

    /// Classes of the column the page stands in.
    pub fn container(&self) -> &'static str {
        if self.is_staff() { "nhsuk-width-container od-wide" } else { "nhsuk-width-container" }
    }

    fn skip(&self) -> SkipLink {
        SkipLink { text: self.t("ui-skip-link").into(), href: "#maincontent".to_owned() }
    }

    /// What the last action did.
    pub fn banner(&self) -> Option<NotificationBanner> {
        let message = Markup::from(self.flash.as_deref()?);
        Some(NotificationBanner {
            lang: self.lang,
            success: true,
            message: Some(message),
            ..NotificationBanner::default()
        })
    }
}

#[derive(Template)]
#[template(path = "frame_top.html")]
struct FrameTop<'a> {
    frame: &'a Frame,
}

impl HtmlSafe for FrameTop<'_> {}

#[derive(Template)]
#[template(path = "frame_bottom.html")]
struct FrameBottom<'a> {
    frame: &'a Frame,
}

impl HtmlSafe for FrameBottom<'_> {}

/// 999, 111 option 2, the county's line, Samaritans, Shout and the relay, as care cards.
#[derive(Clone, Debug, Template)]
#[template(path = "crisis_help.html")]
pub struct CrisisHelp {
    lang: Lang,
    line: Option<CrisisLine>,
}

/// The telephone numbers alone, as a list.
#[derive(Clone, Debug, Template)]
#[template(path = "crisis_numbers.html")]
struct CrisisNumbers<'a> {
    lang: Lang,
    line: &'a Option<CrisisLine>,
}

impl HtmlSafe for CrisisNumbers<'_> {}

impl CrisisHelp {
    /// 999, for somebody who cannot wait.
    pub fn emergency(&self) -> CareCard {
        let content = Markup::paragraphs([
            self.lang.t("crisis-emergency-when").into(),
            self.lang.t("crisis-emergency-do").into(),
            Markup::link("tel:999", &self.lang.t("crisis-999")),
        ]);
        self.card(Urgency::Emergency, "crisis-emergency-title", content)
    }

    /// Everybody who answers at any hour.
    pub fn urgent(&self) -> CareCard {
        let content = Markup::of(&CrisisNumbers { lang: self.lang, line: &self.line });
        self.card(Urgency::Urgent, "crisis-urgent-title", content)
    }

    fn card(&self, urgency: Urgency, key: &str, content: Markup) -> CareCard {
        CareCard { lang: self.lang, urgency, heading: self.lang.t(key).into(), level: 2, content }
    }
}

impl HtmlSafe for CrisisHelp {}

impl Frame {
    fn crisis_numbers(&self) -> CrisisNumbers<'_> {
        CrisisNumbers { lang: self.lang, line: &self.county.crisis_line }
    }
}

impl CrisisNumbers<'_> {
    fn checked(&self, line: &CrisisLine) -> String {
        self.lang.tr("crisis-line-checked", &[("date", words::day_of(self.lang, line.checked_on))])
    }
}

/// Answers [`LEAVE_PATH`]: away from here at once, and nothing kept of where the person was.
pub fn leave(to: &str) -> Response {
    let headers = [
        (header::LOCATION, to),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[cfg(test)]
mod tests;

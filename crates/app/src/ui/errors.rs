//! Pages for when something cannot be done: calm words, what to do next, nothing lost, help at once.

use super::frame::Frame;
use super::lists::SummaryList;
use super::markup::Markup;
use askama::Template;
use axum::http::StatusCode;

/// Why a page cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Signed in, but not for this.
    Forbidden,
    /// A page of somebody else tried to send it.
    Elsewhere,
    /// Not here.
    NotFound,
    /// Too much was sent.
    TooLarge,
    /// Somebody else changed it meanwhile.
    Changed,
    /// What was sent cannot be read.
    Unreadable,
    /// Too often.
    TooOften,
    /// Our fault.
    Fault,
    /// Our fault, and soon over.
    Unavailable,
}

impl ErrorKind {
    /// The answer's status.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Forbidden | Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Changed => StatusCode::CONFLICT,
            Self::Unreadable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Title, what happened, what to do next.
    fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Forbidden => ["error-forbidden-title", "error-forbidden-what", "error-forbidden-next"],
            Self::Elsewhere => ["error-elsewhere-title", "error-elsewhere-what", "error-elsewhere-next"],
            Self::NotFound => ["error-not-found-title", "error-not-found-what", "error-not-found-next"],
            Self::TooLarge => ["error-too-large-title", "error-too-large-what", "error-too-large-next"],
            Self::Changed => ["error-changed-title", "error-changed-what", "error-changed-next"],
            Self::Unreadable => ["error-unreadable-title", "error-unreadable-what", "error-unreadable-next"],
            Self::TooOften => ["error-too-often-title", "error-too-often-what", "error-too-often-next"],
            Self::Fault => ["error-fault-title", "error-fault-what", "error-fault-next"],
            Self::Unavailable => {
                ["error-unavailable-title", "error-unavailable-what", "error-unavailable-next"]
            }
        }
    }
}

/// What was sent and came to nothing, to be sent again as it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Again {
    /// Where to.
    pub action: String,
    /// Each name and what was typed or chosen.
    pub fields: Vec<(String, String)>,
}

/// A page that says what happened and what to do next.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    frame: Frame,
    kind: ErrorKind,
    reference: Option<String>,
    wait_seconds: Option<u32>,
    again: Option<Again>,
}

impl ErrorPage {
    /// The page; its title becomes the frame's.
    pub fn new(kind: ErrorKind, mut frame: Frame) -> Self {
        let [title, _, _] = kind.keys();
        frame.title = frame.t(title);
        frame.no_index = true;
        Self { frame, kind, reference: None, wait_seconds: None, again: None }
    }

    /// A reference a person can read out, found again in the log.
    #[must_use]
    pub fn reference(mut self, reference: String) -> Self {
        self.reference = Some(reference);
        self
    }

    /// How long to wait.
    #[must_use]
    pub fn wait(mut self, seconds: u32) -> Self {
        self.wait_seconds = Some(seconds);
        self
    }

    /// What was sent, with a button that sends it again.
    #[must_use]
    pub fn again(mut self, again: Again) -> Self {
        self.again = Some(again);
        self
    }

    fn text(&self, at: usize) -> String {
        self.frame.t(self.kind.keys().get(at).copied().unwrap_or_default())
    }

    fn minutes(&self) -> Option<String> {
        let minutes = self.wait_seconds?.div_ceil(60).max(1);
        Some(self.frame.tr("error-wait-minutes", &[("minutes", minutes.to_string())]))
    }
}

/// Somebody else changed the same thing: what changed, by whom, and the text typed here, kept.
#[derive(Clone, Debug, Template)]
#[template(path = "conflict.html")]
pub struct ConflictPage {
    /// The page around it; set the title with [`ConflictPage::title_key`].
    pub frame: Frame,
    /// What changed: who, when, what.
    pub changes: SummaryList,
    /// What they decided, where that can be seen.
    pub decided: Markup,
    /// Label and text of every answer typed here.
    pub typed: Vec<(String, Markup)>,
    /// Where the newest version is.
    pub look_again: String,
}

impl ConflictPage {
    /// The answer's status.
    pub const STATUS: StatusCode = StatusCode::CONFLICT;

    /// The page; its title becomes the frame's.
    pub fn new(
        mut frame: Frame,
        changes: SummaryList,
        typed: Vec<(String, String)>,
        look_again: &str,
    ) -> Self {
        frame.title = frame.t("error-conflict-title");
        let typed = typed.into_iter().filter(|(_, text)| !text.is_empty());
        let typed = typed.map(|(label, text)| (label, Markup::lines(&text))).collect();
        Self { frame, changes, decided: Markup::default(), typed, look_again: look_again.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{CountyFace, FrameKind, SummaryRow};
    use crate::words::Lang;

    fn frame() -> Frame {
        let county = CountyFace { name: "Exampleshire".into(), ..Default::default() };
        let kind = FrameKind::Public { leave_quickly: true };
        Frame {
            lang: Lang::default(),
            title: String::new(),
            errors: false,
            county,
            kind,
            flash: None,
            no_index: false,
            here: None,
            keeps_typed: false,
        }
    }

    #[test]
    fn every_error_page_says_what_to_do_next_and_where_to_get_help() {
        use ErrorKind::{Changed, Fault, Forbidden, NotFound, TooLarge, TooOften, Unavailable, Unreadable};
        for kind in [Changed, Forbidden, NotFound, TooLarge, Unreadable, TooOften, Fault, Unavailable] {
            let page = ErrorPage::new(kind, frame()).reference("K7M2".into()).wait(61).to_string();
            assert!(
                page.contains("option 2") && page.contains("K7M2") && page.contains("2 minutes"),
                "{kind:?}: {page}"
            );
            assert!(
                !page.contains('⟦') && !page.contains(kind.status().as_str()),
                "{kind:?}: no codes for people"
            );
        }
    }

    #[test]
    fn a_conflict_keeps_every_word_that_was_typed() {
        let changes =
            SummaryList { rows: vec![SummaryRow::new("Decided by", "Bo Example")], ..Default::default() };
        let typed = vec![
            ("Narrative".to_owned(), "line <one>\nline two".to_owned()),
            ("Empty".to_owned(), String::new()),
        ];
        let page = ConflictPage::new(frame(), changes, typed, "/referrals/1").to_string();
        assert!(
            page.contains("line &#60;one&#62;<br>line two")
                && page.contains("Bo Example")
                && page.contains("/referrals/1")
        );
        assert!(!page.contains("Empty"));
    }
}

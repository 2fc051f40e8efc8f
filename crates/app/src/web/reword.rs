//! Other words for a page that somebody is typing on. The choice is a button that goes with the form: the page comes back in
//! those words with what was typed, and nothing is judged, saved or sent by it.

use super::answer::Answer;
use super::app::App;
use super::form::RawForm;
use super::gate::Cookie;
use super::problem::Problem;
use super::seat::{Person, Public};
use crate::words::Lang;

/// The field of the buttons beside the form.
pub const REWORD: &str = "reword";

/// Other words were chosen: they are kept for the visit with the page that is shown in them.
#[derive(Clone, Debug)]
#[must_use]
pub struct Reworded(String);

impl Reworded {
    /// The page, and the cookie that keeps the choice.
    ///
    /// # Errors
    /// Those of the page.
    pub fn keep(self, page: Result<Answer, Problem>) -> Result<Answer, Problem> {
        page.map(|page| page.cookie(&self.0))
    }
}

/// The cookie that says in which words a visit is, and nothing else.
pub fn cookie(app: &App, lang: Lang) -> String {
    Cookie::Words.set(app, lang.code())
}

fn reword(app: &App, lang: &mut Lang, raw: &RawForm) -> Option<Reworded> {
    *lang = Lang::from_tag(raw.one(REWORD)?)?;
    Some(Reworded(cookie(app, *lang)))
}

impl Public {
    /// Speaks the words that were asked for with the form from here on. An unknown language changes nothing.
    pub fn reword(&mut self, raw: &RawForm) -> Option<Reworded> {
        reword(&self.app, &mut self.lang, raw)
    }
}

impl Person {
    /// As [`Public::reword`].
    pub fn reword(&mut self, raw: &RawForm) -> Option<Reworded> {
        reword(&self.app, &mut self.lang, raw)
    }
}

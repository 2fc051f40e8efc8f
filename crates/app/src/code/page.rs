//! The page on which a code is typed, and the field in which an address is: the same for every purpose.

use onedoor_domain::ids::CodeId;

use super::{ADDRESS, DIGITS, shown};
use crate::session::code::code_input;
use crate::ui::{Field, FormPage, InsetText, Markup, Size, TextInput};
use crate::web::form::{FormErrors, RawForm};
use crate::web::{App, Public};
use crate::words::Lang;

/// One field for an e-mail address or a mobile number. The browser offers nothing from earlier visits: others may use it.
pub(crate) fn address_input(lang: Lang, raw: &RawForm, errors: &FormErrors) -> TextInput {
    TextInput {
        field: Field::new(lang, ADDRESS, lang.t("code-to")).hint(lang.t("code-to-hint")).with(errors),
        value: raw.one(ADDRESS).unwrap_or_default().to_owned(),
        inputmode: Some("email"),
        autocomplete: Some("off"),
        spellcheck: Some(false),
        ..TextInput::default()
    }
}

/// A page that asks for the digits.
pub(crate) struct DigitsPage<'a> {
    /// Where the form is sent, and where this page is.
    pub action: &'a str,
    /// Where another code can be asked for.
    pub again: &'a str,
    /// What stands before the field.
    pub intro: Vec<String>,
}

impl DigitsPage<'_> {
    /// The page with what is wrong. What was typed is not shown again: a code is copied anew, not mended.
    pub async fn show(self, app: &App, public: &Public, code: CodeId, errors: &FormErrors) -> FormPage {
        let lang = public.lang;
        let mut frame = public.frame(lang.t("code-title")).await;
        frame.no_index = true;
        let field = Field::new(lang, DIGITS, lang.t("code-digits")).sized(Size::M).with(errors);
        let mut page = FormPage::new(frame, self.action, lang.t("door-continue"))
            .errors(errors)
            .back(self.again)
            .control(&code_input(field.hint(lang.t("code-digits-hint"))));
        let demonstration = shown(app, code).map(|code| {
            let content = Markup::paragraphs([lang.tr("code-demonstration", &[("code", code)])]);
            Markup::of(&InsetText { lang, content })
        });
        page.intro = Markup::all(std::iter::once(Markup::paragraphs(self.intro)).chain(demonstration));
        page.after = Markup::paragraphs([
            Markup::from(lang.t("code-slow")),
            Markup::link(self.again, &lang.t("code-again")),
        ]);
        page
    }
}

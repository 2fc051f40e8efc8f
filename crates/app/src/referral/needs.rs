//! Whether the person had what they asked for: asked where a contact or a letter does not give it by itself, and kept as it
//! was answered (hazard H19). Which needs that are is the domain's rule, not this page's.

use onedoor_domain::access::Revealed;
use onedoor_domain::notice::{Notice, NoticeStep, Route};
use onedoor_domain::section::Section;
use onedoor_domain::unmet::{NeedsMet, Occasion, Wish, unmet};

use super::{ask, record};
use crate::door::names::need_words;
use crate::ui::{Checkboxes, Choice, Field, Markup, Radios, Size, Textarea};
use crate::web::form::{FormErrors, RawForm};
use crate::words::Lang;

/// A form that asks, and the ending that makes its ids its own where a page has several.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    pub(super) lang: Lang,
    pub(super) raw: &'a RawForm,
    pub(super) errors: &'a FormErrors,
    pub(super) ending: String,
}

/// What they asked for that this does not give by itself, as far as the reader may see it.
pub(super) fn wishes(revealed: &Revealed, occasion: Occasion) -> Vec<Wish> {
    let needs = record::find(
        revealed,
        |section| if let Section::Needs(needs) = section { Some(needs) } else { None },
    );
    let contact =
        record::find(
            revealed,
            |section| {
                if let Section::Contact(contact) = section { Some(contact) } else { None }
            },
        );
    needs.zip(contact).map(|(needs, contact)| unmet(occasion, needs, contact)).unwrap_or_default()
}

/// The answer, where there is one. An error is in `errors`.
pub(super) fn read(raw: &RawForm, errors: &mut FormErrors) -> Option<NeedsMet> {
    match raw.text("needs") {
        "met" => Some(NeedsMet::Met),
        "not-met" => ask::text(raw, errors, "needs-why", "referral-needs-why-missing")
            .map(|why| NeedsMet::NotMet { why }),
        _ => None,
    }
}

/// What was answered, to read again.
pub(super) fn said(lang: Lang, needs: Option<&NeedsMet>) -> Option<String> {
    needs.map(|needs| match needs {
        NeedsMet::Met => lang.t("referral-needs-were-met"),
        NeedsMet::NotMet { why } => lang.tr("referral-needs-were-not-met", &[("why", why.to_string())]),
    })
}

impl Asking<'_> {
    /// What a step with a message asks before it is recorded.
    pub(super) fn before(&self, notice: &Notice, step: &NoticeStep, revealed: &Revealed) -> Vec<Markup> {
        let mut controls = Vec::new();
        if let (NoticeStep::Posted { .. }, Route::Letter { to }) = (step, &notice.route) {
            controls.push(self.address(&to.as_str().replace('\n', ", ")));
        }
        let wishes = Occasion::of(notice, step).map(|occasion| wishes(revealed, occasion));
        controls.extend(self.needs(&wishes.unwrap_or_default()));
        controls
    }

    /// The box that says that the address was read (hazard H27).
    fn address(&self, to: &str) -> Markup {
        let lang = self.lang;
        let read = lang.tr("referral-notice-address-read", &[("address", to.to_owned())]);
        Markup::of(&Checkboxes {
            field: self.field("address", "referral-notice-address"),
            choices: vec![Choice::new("read", read)],
            values: self.raw.all("address").map(ToOwned::to_owned).collect(),
            small: true,
        })
    }

    /// The question, where there is something to ask, or where it was asked: what was typed is never gone.
    pub(super) fn needs(&self, wishes: &[Wish]) -> Option<Markup> {
        let lang = self.lang;
        let field = self.field("needs", "referral-needs-asked");
        let typed = ["needs", "needs-why"].into_iter().any(|name| !self.raw.text(name).is_empty());
        if wishes.is_empty() && field.error.is_none() && !typed {
            return None;
        }
        let named: Vec<String> = wishes.iter().map(|wish| words(lang, *wish)).collect();
        let field = match named.as_slice() {
            [] => field,
            named => field.hint(lang.tr("referral-needs-asked-hint", &[("needs", named.join("; "))])),
        };
        let why = Textarea {
            field: self.field("needs-why", "referral-needs-why"),
            value: self.raw.text("needs-why").to_owned(),
            rows: Some(3),
            autocomplete: Some("off"),
            ..Textarea::default()
        };
        let choices = vec![
            Choice::new("met", lang.t("referral-needs-met")),
            Choice::new("not-met", lang.t("referral-needs-not-met")).reveals(Markup::of(&why)),
        ];
        let value = self.raw.text("needs").to_owned();
        Some(Markup::of(&Radios { field, choices, value, small: true, ..Radios::default() }))
    }

    fn field(&self, name: &str, label: &str) -> Field {
        let field = Field::new(self.lang, name, self.lang.t(label)).sized(Size::S).with(self.errors);
        Field { id: format!("{name}{}", self.ending), ..field }
    }
}

fn words(lang: Lang, wish: Wish) -> String {
    match wish {
        Wish::Language => lang.t("referral-needs-wish-language"),
        Wish::Need(need) => lang.t(need_words(need)),
        Wish::SafeWay => lang.t("referral-needs-wish-safe-way"),
    }
}

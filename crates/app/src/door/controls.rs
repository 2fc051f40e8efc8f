//! The questions as the page shows them: what is asked, why, and what was typed before. Decides nothing.
//!
//! Browsers offer nothing from earlier visits here (`autocomplete="off"`): the computer may be shared with somebody the
//! person is not safe from.

use onedoor_domain::door::{Danger, ForWhom, Question, WayKind};
use onedoor_domain::value::Text;

mod behalf;
mod more;

use super::answers::{NO, NONE, YES};
use super::names::{danger_words, whom_words};
use super::voice::{Say, Voice};
use crate::ui::{
    Behaviour, CharacterCount, Checkboxes, Choice, Field, Limit, Markup, Radios, Size, TextInput, Textarea,
};
use crate::web::form::{FormErrors, RawForm};
use crate::words::Lang;

/// What a question page asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// The page's heading, where it is not a control's own label.
    pub(crate) heading: Option<String>,
    /// Why we ask, before the controls.
    pub(crate) intro: Markup,
    /// The controls.
    pub(crate) controls: Markup,
    /// Something to know, after the controls.
    pub(crate) after: Markup,
}

/// A page being built: language, what was typed, what is wrong.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) lang: Lang,
    pub(crate) voice: Voice,
    pub(crate) raw: &'a RawForm,
    pub(crate) errors: &'a FormErrors,
}

/// The field of a way that holds its number or address.
pub(crate) fn way_field(kind: WayKind) -> &'static str {
    match kind {
        WayKind::Call => "call-phone",
        WayKind::Text => "text-phone",
        WayKind::Email => "email",
        WayKind::Letter => "address",
        WayKind::InPerson => "place",
    }
}

/// The title of a question page.
pub(crate) fn title(question: Question) -> &'static str {
    match question {
        Question::ForWhom => "door-who-title",
        Question::Asker => "door-asker-title",
        Question::AskerContact => "door-asker-contact-title",
        Question::Knows => "door-knows-title",
        Question::Tried => "door-tried-title",
        Question::Safety => "door-danger-title",
        Question::Called => "door-called-title",
        Question::Contact => "door-contact-title",
        Question::WhyNow => "door-why-now-title",
        Question::Age => "door-age-title",
        Question::Permissions => "door-permissions-title",
        Question::Help => "door-help-title",
        Question::Needs => "door-needs-title",
        Question::Caring => "door-caring-title",
        Question::Practical => "door-practical-title",
        Question::Before => "door-before-title",
        Question::AboutYou => "door-about-title",
    }
}

/// A question with what was typed before and what is wrong with it.
pub(crate) fn ask(question: Question, sheet: Sheet<'_>) -> Asked {
    match question {
        Question::ForWhom => Asked { controls: sheet.for_whom(), ..Asked::default() },
        Question::Safety => Asked {
            controls: sheet.safety(),
            after: Markup::paragraphs([sheet.t("door-not-watched")]),
            ..Asked::default()
        },
        Question::Called => Asked { controls: sheet.called(), ..Asked::default() },
        Question::Contact => Asked { controls: sheet.contact(&[]), ..Asked::default() },
        Question::WhyNow => Asked { controls: sheet.why_now(), ..Asked::default() },
        Question::Permissions => Asked {
            heading: Some(sheet.t("door-permissions-title")),
            intro: Markup::paragraphs([
                sheet.t("door-permissions-contact"),
                sheet.t("door-permissions-care"),
            ]),
            controls: sheet.permissions(),
            after: Markup::paragraphs([Markup::link("/privacy", &sheet.t("door-permissions-privacy"))]),
        },
        Question::Asker | Question::AskerContact | Question::Knows | Question::Tried => {
            behalf::ask(question, sheet)
        }
        Question::Age
        | Question::Help
        | Question::Needs
        | Question::Caring
        | Question::Practical
        | Question::Before
        | Question::AboutYou => more::ask(question, sheet),
    }
}

impl Sheet<'_> {
    pub(super) fn t(self, key: &str) -> String {
        Say { lang: self.lang, voice: self.voice }.t(key)
    }

    fn value(self, name: &str) -> String {
        self.raw.one(name).unwrap_or_default().to_owned()
    }

    fn field(self, name: &str, label: &str) -> Field {
        Field::new(self.lang, name, self.t(label)).with(self.errors)
    }

    fn for_whom(self) -> Markup {
        let field = self.field("who", "door-who-title").page_heading();
        let choices = ForWhom::ALL.into_iter().map(|whom| {
            let choice = Choice::new(whom.code(), self.t(whom_words(whom)));
            match whom {
                ForWhom::Me => choice,
                ForWhom::Someone => choice.hint(self.t("door-who-someone-hint")),
                ForWhom::Professional => choice.hint(self.t("door-who-professional-hint")),
            }
        });
        let choices = choices.collect();
        Markup::of(&Radios { field, choices, value: self.value("who"), ..Radios::default() })
    }

    fn safety(self) -> Markup {
        let mut dangers = self.dangers();
        dangers.field = dangers.field.page_heading();
        Markup::of(&dangers)
    }

    /// The danger questions, for a page that has a heading of its own.
    pub(crate) fn dangers(self) -> Checkboxes {
        let field = self.field("danger", "door-danger-title").hint(self.t("door-danger-why"));
        let mut choices: Vec<Choice> = Danger::ALL
            .into_iter()
            .map(|danger| Choice::new(danger.code(), self.t(danger_words(danger))))
            .collect();
        let mut none = Choice::new(NONE, self.t("door-danger-none")).after(self.t("door-or"));
        none.behaviour = Some(Behaviour::Exclusive);
        choices.push(none);
        let values = self.raw.all("danger").map(str::to_owned).collect();
        Checkboxes { field, choices, values, small: false }
    }

    pub(super) fn called(self) -> Markup {
        let field = self.field("called", "door-called-title").page_heading().hint(self.t("door-called-why"));
        Markup::of(&self.line(field))
    }

    /// A one-line answer.
    pub(super) fn line(self, field: Field) -> TextInput {
        let value = self.value(&field.name);
        TextInput { field, value, autocomplete: Some("off"), spellcheck: Some(false), ..TextInput::default() }
    }

    /// A telephone number.
    pub(crate) fn phone(self, field: Field) -> TextInput {
        TextInput {
            kind: Some("tel"),
            inputmode: Some("tel"),
            width: Some(20),
            ..self.line(field.hint(self.t("door-phone-hint")))
        }
    }

    /// A few lines of text.
    fn lines(self, field: Field, rows: u8) -> Textarea {
        let value = self.value(&field.name);
        Textarea { field, value, rows: Some(rows), autocomplete: Some("off"), spellcheck: Some(false) }
    }

    fn yes_no(self, field: Field) -> Radios {
        let value = self.value(&field.name);
        let choices = vec![Choice::new(YES, self.t("door-yes")), Choice::new(NO, self.t("door-no"))];
        Radios { field, choices, value, inline: true, small: false }
    }

    /// How to reach the person. Of a way that is known and not shown, `known` says how it is kept and how it is replaced.
    pub(crate) fn contact(self, known: &[(WayKind, String)]) -> Markup {
        let field =
            self.field("contact", "door-contact-title").page_heading().hint(self.t("door-contact-why"));
        let choices = WayKind::ALL.into_iter().map(|kind| self.way(kind, known)).collect();
        let values = self.raw.all("contact").map(str::to_owned).collect();
        let ways = Checkboxes { field, choices, values, small: false };
        let say_nhs = self.field("say-nhs", "door-say-nhs").sized(Size::M).hint(self.t("door-say-nhs-hint"));
        let times =
            self.field("safe-times", "door-safe-times").sized(Size::M).hint(self.t("door-safe-times-hint"));
        let name =
            self.field("code-name", "door-code-name").sized(Size::M).hint(self.t("door-code-name-hint"));
        Markup::all([
            Markup::of(&ways),
            Markup::of(&self.yes_no(say_nhs)),
            Markup::of(&self.line(times)),
            Markup::of(&self.line(name)),
        ])
    }

    /// One way, with the fields it needs: shown when it is chosen, and always where there is no JavaScript.
    fn way(self, kind: WayKind, known: &[(WayKind, String)]) -> Choice {
        let known = known.iter().find(|(way, _)| *way == kind).map(|(_, hint)| hint);
        let hinted = |field: Field, usual: &str| field.hint(known.cloned().unwrap_or_else(|| self.t(usual)));
        let phone = |name: &str, label: &str| {
            let input = self.phone(self.field(name, label));
            TextInput { field: hinted(input.field.clone(), "door-phone-hint"), ..input }
        };
        let (label, part) = match kind {
            WayKind::Call => {
                let voicemail = self.field("voicemail", "door-voicemail").hint(self.t("door-voicemail-hint"));
                let phone = phone("call-phone", "door-call-phone");
                let parts = [Markup::of(&phone), Markup::of(&self.yes_no(voicemail))];
                ("door-by-call", Markup::all(parts))
            }
            WayKind::Text => ("door-by-text", Markup::of(&phone("text-phone", "door-text-phone"))),
            WayKind::Email => {
                let email = self.line(hinted(self.field("email", "door-email"), "door-email-hint"));
                let email = TextInput { kind: Some("email"), inputmode: Some("email"), ..email };
                ("door-by-email", Markup::of(&email))
            }
            WayKind::Letter => {
                let field = hinted(self.field("address", "door-address"), "door-address-hint");
                ("door-by-letter", Markup::of(&self.lines(field, 4)))
            }
            WayKind::InPerson => {
                let field = hinted(self.field("place", "door-place"), "door-place-hint");
                ("door-by-person", Markup::of(&self.lines(field, 3)))
            }
        };
        Choice::new(kind.code(), self.t(label)).reveals(part)
    }

    fn why_now(self) -> Markup {
        let field =
            self.field("why-now", "door-why-now-title").page_heading().hint(self.t("door-why-now-why"));
        let area = Textarea {
            field,
            value: self.value("why-now"),
            rows: Some(8),
            autocomplete: Some("off"),
            spellcheck: Some(true),
        };
        let limit = Limit::Characters(u32::try_from(Text::LIMIT).unwrap_or(u32::MAX));
        Markup::of(&CharacterCount { area, limit, threshold: Some(75) })
    }

    fn permissions(self) -> Markup {
        let field = self.field("tell-gp", "door-tell-gp").sized(Size::M).hint(self.t("door-tell-gp-hint"));
        let talk_to = self.field("talk-to", "door-talk-to").sized(Size::M).hint(self.t("door-talk-to-hint"));
        Markup::all([Markup::of(&self.yes_no(field)), Markup::of(&self.line(talk_to))])
    }
}

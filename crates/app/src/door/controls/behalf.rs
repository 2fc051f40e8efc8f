//! The questions for whoever asks for somebody else.

use onedoor_domain::door::{Agrees, ForWhom, Question, ReferralSource, Relation};

use super::{Asked, Sheet};
use crate::door::answers::YES;
use crate::door::answers::behalf::ASKER_WAYS;
use crate::door::names::{agrees_words, relation_words, source_words};
use crate::door::voice::Voice;
use crate::ui::{Checkboxes, Choice, Markup, Radios, Select, SelectOption, Size, TextInput};

/// Such a question with what was typed before.
pub(super) fn ask(question: Question, sheet: Sheet<'_>) -> Asked {
    let pro = sheet.voice == Voice::for_whom(ForWhom::Professional);
    let page = |title: &str, intro: &[&str], controls: Markup| Asked {
        heading: Some(sheet.t(title)),
        intro: Markup::paragraphs(intro.iter().map(|key| sheet.t(key))),
        controls,
        after: Markup::default(),
    };
    match question {
        Question::Asker if pro => page("door-asker-title", &["door-asker-why"], sheet.professional()),
        Question::Asker => page("door-asker-title", &["door-asker-why"], sheet.relation()),
        Question::AskerContact if pro => {
            page("door-asker-contact-title", &["door-asker-contact-why"], sheet.work_contact())
        }
        Question::AskerContact => {
            page("door-asker-contact-title", &["door-asker-contact-why"], sheet.asker_contact())
        }
        Question::Knows => page("door-knows-title", &["door-knows-why"], sheet.knows()),
        Question::Tried => page("door-tried-title", &["door-optional-page"], sheet.tried()),
        _ => Asked::default(),
    }
}

impl Sheet<'_> {
    fn relation(self) -> Markup {
        let name = self.line(self.field("asker-name", "door-asker-name"));
        let choices = Relation::ALL
            .into_iter()
            .map(|relation| Choice::new(relation.code(), self.t(relation_words(relation))))
            .collect();
        let field = self.field("relation", "door-relation").sized(Size::M);
        let relation = Radios { field, choices, value: self.value("relation"), ..Radios::default() };
        Markup::all([Markup::of(&name), Markup::of(&relation)])
    }

    fn professional(self) -> Markup {
        let none = SelectOption { value: String::new(), text: self.t("door-source-choose") };
        let offered = ReferralSource::ALL.into_iter().filter(|source| source.is_offered());
        let options = offered.map(|source| SelectOption {
            value: source.code().to_owned(),
            text: self.t(source_words(source)),
        });
        let source = Select {
            field: self.field("source", "door-source").hint(self.t("door-source-hint")),
            options: std::iter::once(none).chain(options).collect(),
            value: self.value("source"),
        };
        Markup::all([
            Markup::of(&source),
            Markup::of(&self.line(self.field("organisation", "door-organisation"))),
            Markup::of(&self.line(self.field("asker-name", "door-asker-name"))),
            Markup::of(&self.line(self.field("role", "door-role"))),
        ])
    }

    fn asker_contact(self) -> Markup {
        let field = self.field("contact", "door-asker-contact-ways").sized(Size::M);
        let choices = ASKER_WAYS.into_iter().map(|kind| self.way(kind, &[])).collect();
        let ways = Checkboxes { field, choices, values: self.values("contact"), small: false };
        let say_nhs = self.field("say-nhs", "door-say-nhs").sized(Size::M).hint(self.t("door-say-nhs-hint"));
        Markup::all([Markup::of(&ways), Markup::of(&self.yes_no(say_nhs))])
    }

    fn work_contact(self) -> Markup {
        let phone = self.phone(self.field("work-phone", "door-work-phone"));
        let email =
            self.line(self.field("work-email", "door-work-email").hint(self.t("door-work-email-hint")));
        let email = TextInput { kind: Some("email"), inputmode: Some("email"), ..email };
        Markup::all([Markup::of(&phone), Markup::of(&email)])
    }

    fn knows(self) -> Markup {
        let knows = self.yes_no(self.field("knows", "door-knows").sized(Size::M));
        let choices = Agrees::ALL
            .into_iter()
            .map(|agrees| Choice::new(agrees.code(), self.t(agrees_words(agrees))))
            .collect();
        let field = self.field("agrees", "door-agrees").sized(Size::M).hint(self.t("door-agrees-hint"));
        let agrees = Radios { field, choices, value: self.value("agrees"), ..Radios::default() };
        let why = self.field("agrees-why", "door-agrees-why");
        let may_tell =
            self.field("may-tell", "door-may-tell").sized(Size::M).hint(self.t("door-may-tell-hint"));
        let reason = self.lines(self.field("unsafe-why", "door-unsafe-why"), 3);
        let unsafe_to_tell = Checkboxes {
            field: self.field("unsafe", "door-unsafe-legend").sized(Size::M),
            choices: vec![Choice::new(YES, self.t("door-unsafe")).reveals(Markup::of(&reason))],
            values: self.values("unsafe"),
            small: false,
        };
        Markup::all([
            Markup::of(&knows),
            Markup::of(&agrees),
            Markup::of(&self.lines(why, 3)),
            Markup::of(&self.yes_no(may_tell)),
            Markup::of(&unsafe_to_tell),
        ])
    }

    fn tried(self) -> Markup {
        let urgency = self.field("urgency", "door-urgency").sized(Size::M).hint(self.t("door-urgency-hint"));
        let tried = self.field("tried", "door-tried").sized(Size::M).hint(self.t("door-tried-hint"));
        Markup::all([Markup::of(&self.lines(urgency, 4)), Markup::of(&self.lines(tried, 4))])
    }
}

//! The questions that can all be left out.

use onedoor_domain::door::{Age, CaringFact, Need, NeedGroup, Question, Signal, Strain};
use onedoor_domain::value::EthnicCategory;

use super::{Asked, Sheet};
use crate::door::answers::NONE;
use crate::door::answers::more::NO_ADDRESS;
use crate::door::names::{age_words, caring_words, ethnic_words, need_words, signal_words, strain_words};
use crate::ui::{
    Behaviour, Checkboxes, Choice, DateInput, Field, Markup, Radios, Select, SelectOption, Size, TextInput,
};

/// An optional question with what was typed before.
pub(super) fn ask(question: Question, sheet: Sheet<'_>) -> Asked {
    match question {
        Question::Age => Asked { controls: sheet.age(), ..Asked::default() },
        Question::Help => Asked {
            heading: Some(sheet.t("door-help-title")),
            intro: Markup::paragraphs([sheet.t("door-optional-page")]),
            controls: sheet.help(),
            after: Markup::default(),
        },
        Question::Needs => Asked {
            heading: Some(sheet.t("door-needs-title")),
            intro: Markup::paragraphs([sheet.t("door-needs-why"), sheet.t("door-optional-page")]),
            controls: sheet.needs(),
            after: Markup::default(),
        },
        Question::Caring => Asked { controls: sheet.caring(), ..Asked::default() },
        Question::Practical => Asked { controls: sheet.practical(), ..Asked::default() },
        Question::Before => Asked { controls: sheet.before(), ..Asked::default() },
        Question::AboutYou => Asked {
            heading: Some(sheet.t("door-about-title")),
            intro: Markup::paragraphs([sheet.t("door-about-why"), sheet.t("door-about-optional")]),
            controls: sheet.about_you(),
            after: Markup::default(),
        },
        _ => Asked::default(),
    }
}

impl Sheet<'_> {
    fn age(self) -> Markup {
        let field = self.field("age", "door-age-title").page_heading().hint(self.t("door-age-why"));
        let choices =
            Age::ALL.into_iter().map(|age| Choice::new(age.code(), self.t(age_words(age)))).collect();
        Markup::of(&Radios { field, choices, value: self.value("age"), ..Radios::default() })
    }

    fn help(self) -> Markup {
        let would_help =
            self.field("would-help", "door-would-help").sized(Size::M).hint(self.t("door-would-help-hint"));
        let matters = self.field("matters", "door-matters").sized(Size::M).hint(self.t("door-matters-hint"));
        Markup::all([Markup::of(&self.lines(would_help, 4)), Markup::of(&self.lines(matters, 4))])
    }

    fn needs(self) -> Markup {
        let language =
            self.field("language", "door-language").sized(Size::M).hint(self.t("door-language-hint"));
        let group = |group, legend: &str| {
            // One name for all three groups, an id of its own for each.
            let mut field = Field::new(self.lang, "needs", self.t(legend)).sized(Size::M);
            field.id = format!("{legend}-group");
            let chosen = Need::ALL.into_iter().filter(|need| need.group() == group);
            let choices = chosen.map(|need| Choice::new(need.code(), self.t(need_words(need)))).collect();
            Markup::of(&Checkboxes { field, choices, values: self.values("needs"), small: false })
        };
        let other = self
            .field("needs-other", "door-needs-other")
            .sized(Size::M)
            .hint(self.t("door-needs-other-hint"));
        Markup::all([
            Markup::of(&self.line(language)),
            group(NeedGroup::Talking, "door-needs-talking"),
            group(NeedGroup::Reading, "door-needs-reading"),
            group(NeedGroup::Meeting, "door-needs-meeting"),
            Markup::of(&self.lines(other, 3)),
        ])
    }

    fn caring(self) -> Markup {
        let choices = CaringFact::ALL
            .into_iter()
            .map(|fact| Choice::new(fact.code(), self.t(caring_words(fact))))
            .collect();
        let field = self.field("caring", "door-caring-title").hint(self.t("door-caring-why"));
        let about = self.field("caring-about", "door-caring-about").hint(self.t("door-caring-about-hint"));
        Markup::all([self.boxes(field, choices), Markup::of(&self.lines(about, 3))])
    }

    fn practical(self) -> Markup {
        let choices = Strain::ALL
            .into_iter()
            .map(|strain| Choice::new(strain.code(), self.t(strain_words(strain))))
            .collect();
        let field = self.field("practical", "door-practical-title").hint(self.t("door-practical-why"));
        let about =
            self.field("practical-about", "door-practical-about").hint(self.t("door-practical-about-hint"));
        Markup::all([self.boxes(field, choices), Markup::of(&self.lines(about, 3))])
    }

    fn before(self) -> Markup {
        let choices = Signal::ALL
            .into_iter()
            .map(|signal| Choice::new(signal.code(), self.t(signal_words(signal))))
            .collect();
        let field = self.field("before", "door-before-title").hint(self.t("door-before-why"));
        self.boxes(field, choices)
    }

    /// A page of boxes to tick, with "none of these" at the end.
    fn boxes(self, field: Field, mut choices: Vec<Choice>) -> Markup {
        let mut none = Choice::new(NONE, self.t("door-none-of-these")).after(self.t("door-or"));
        none.behaviour = Some(Behaviour::Exclusive);
        choices.push(none);
        let values = self.values(&field.name);
        Markup::of(&Checkboxes { field: field.page_heading(), choices, values, small: false })
    }

    pub(super) fn values(self, name: &str) -> Vec<String> {
        self.raw.all(name).map(str::to_owned).collect()
    }

    fn about_you(self) -> Markup {
        let full_name = self.line(self.field("full-name", "door-full-name"));
        let born = Field::new(self.lang, "born-on", self.t("door-born")).hint(self.t("door-born-hint"));
        let nhs = self.field("nhs-number", "door-nhs-number").hint(self.t("door-nhs-number-hint"));
        let nhs = TextInput { width: Some(20), inputmode: Some("numeric"), ..self.line(nhs) };
        let gp = self.line(self.field("gp-practice", "door-gp").hint(self.t("door-gp-hint")));
        let postcode = self.field("postcode", "door-postcode").hint(self.t("door-postcode-hint"));
        let postcode = TextInput { width: Some(10), ..self.line(postcode) };
        let nowhere = Choice::new(NO_ADDRESS, self.t("door-no-address"));
        let nowhere = Checkboxes {
            field: self.field("no-address", "door-no-address-legend"),
            choices: vec![nowhere],
            values: self.values("no-address"),
            small: false,
        };
        let choices = EthnicCategory::ALL
            .into_iter()
            .map(|one| SelectOption { value: one.code().to_owned(), text: self.t(ethnic_words(one)) });
        let none = SelectOption { value: String::new(), text: self.t("door-ethnic-none") };
        let ethnic = Select {
            field: self.field("ethnic", "door-ethnic").hint(self.t("door-ethnic-hint")),
            options: std::iter::once(none).chain(choices).collect(),
            value: self.value("ethnic"),
        };
        Markup::all([
            Markup::of(&full_name),
            Markup::of(&DateInput::new(born, self.raw, self.errors)),
            Markup::of(&nhs),
            Markup::of(&gp),
            Markup::of(&postcode),
            Markup::of(&nowhere),
            Markup::of(&ethnic),
        ])
    }
}

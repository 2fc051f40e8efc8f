//! Triage: a senior clinician or social-care professional decides how soon somebody sees the person.
//!
//! A response time in words and a formulation in words. No score, no band, no colour, and no scale's wording.

use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::door::Age;
use onedoor_domain::referral::{Category, Children, Referral, Triage as Triaged, TriageForm};
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Section;

use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::referral::{ask, names, record};
use crate::ui::{Choice, Markup};
use crate::web::form::{FieldError, FormErrors, RawForm};

/// Decide how soon.
#[derive(Debug)]
pub enum Triage {}

impl Step for Triage {
    const KIND: EventKind = EventKind::Triaged;
    const PATH: &'static str = "triage";
    const WORDS: StepWords = StepWords {
        title: "referral-triage-title",
        intro: "referral-triage-intro",
        button: "referral-triage-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("category", "referral-triage-category"),
        ("emergency", "referral-triage-emergency"),
        ("narrative", "referral-triage-narrative"),
        ("safety", "referral-triage-safety"),
        ("competence", "referral-triage-competence"),
        ("children", "referral-triage-children"),
        ("children-about", "referral-children-about"),
        ("children-urgent-about", "referral-children-urgent-about"),
    ];
    const DONE: &'static str = "triaged";
    const SUGGESTS: bool = true;
    type Typed = TriageForm;

    /// A second look begins with the first one's words.
    fn start(around: &Around) -> RawForm {
        let last = record::find(&around.view.revealed, |section| {
            if let Section::Triage(all) = section { all.last() } else { None }
        });
        last.map_or_else(RawForm::default, |triage| ask::filled(&fields(triage)))
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let categories = Category::ALL.map(|category| {
            let letter = category.letter().to_string();
            let choice = Choice::new(&letter, lang.t(names::category(category)))
                .hint(lang.t(names::category_hint(category)));
            if category == Category::A {
                let hint = "referral-triage-emergency-hint";
                choice.reveals(asked.area("emergency", "referral-triage-emergency", hint))
            } else {
                choice
            }
        });
        let children = [
            Choice::new("none", lang.t("referral-children-none")),
            Choice::new("no-concern", lang.t("referral-children-no-concern")).reveals(asked.area(
                "children-about",
                "referral-children-about",
                "referral-children-about-hint",
            )),
            Choice::new("urgent", lang.t("referral-children-urgent"))
                .hint(lang.t("referral-children-urgent-hint"))
                .reveals(asked.area(
                    "children-urgent-about",
                    "referral-children-urgent-about",
                    "referral-children-urgent-about-hint",
                )),
        ];
        let category =
            asked.field("category", "referral-triage-category").hint(lang.t("referral-triage-category-hint"));
        let mut controls = vec![
            asked.radios_with(category, categories.into()),
            asked.area("narrative", "referral-triage-narrative", "referral-triage-narrative-hint"),
            asked.area("safety", "referral-triage-safety", "referral-triage-safety-hint"),
        ];
        if is_under_16(asked.around) {
            let hint = "referral-triage-competence-hint";
            controls.push(asked.area("competence", "referral-triage-competence", hint));
        }
        controls.push(asked.radios("children", "referral-triage-children", children.into()));
        controls
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<TriageForm> {
        let category = ask::choice(
            (raw, errors),
            ("category", "referral-triage-category-missing"),
            Category::from_letter,
        );
        let emergency = ask::optional_text(raw, errors, "emergency");
        if category == Some(Category::A) && emergency.is_none() && raw.text("emergency").is_empty() {
            errors.push(FieldError::new("emergency", "referral-refused-emergency-record"));
        }
        let narrative = ask::text(raw, errors, "narrative", "referral-triage-narrative-missing");
        let safety = ask::text(raw, errors, "safety", "referral-triage-safety-missing");
        let competence = if is_under_16(around) {
            ask::text(raw, errors, "competence", "referral-refused-competence")
        } else {
            None
        };
        let children = read_children(raw, errors);
        // A category changed from A to another keeps no record of an emergency that was not one.
        let emergency = emergency.filter(|_| category == Some(Category::A));
        Some(TriageForm {
            category: category?,
            narrative: narrative?,
            safety: safety?,
            children: children?,
            emergency,
            competence,
        })
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: TriageForm, county: &County) -> Result<Changes, Refused> {
        referral.triage(ctx, typed, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        match refused {
            Refused::EmergencyRecordNeeded => "emergency",
            Refused::CompetenceNeeded => "competence",
            _ => "category",
        }
    }
}

/// Under 16 somebody says in words what the young person understands; nothing is scored.
fn is_under_16(around: &Around) -> bool {
    record::asked_by(&around.view.revealed).and_then(|asked| asked.age) == Some(Age::UnderSixteen)
}

fn read_children(raw: &RawForm, errors: &mut FormErrors) -> Option<Children> {
    let missing = "referral-children-about-missing";
    match raw.text("children") {
        "none" => Some(Children::None),
        "no-concern" => {
            ask::text(raw, errors, "children-about", missing).map(|about| Children::NoConcern { about })
        }
        "urgent" => {
            ask::text(raw, errors, "children-urgent-about", missing).map(|about| Children::Urgent { about })
        }
        _ => {
            errors.push(FieldError::new("children", "referral-triage-children-missing"));
            None
        }
    }
}

fn fields(triage: &Triaged) -> Vec<(String, String)> {
    let mut fields = vec![
        ("category", triage.category.letter().to_string()),
        ("narrative", triage.narrative.to_string()),
        ("safety", triage.safety.to_string()),
        ("competence", triage.competence.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("emergency", triage.emergency.as_ref().map(ToString::to_string).unwrap_or_default()),
    ];
    match &triage.children {
        Children::None => fields.push(("children", "none".into())),
        Children::NoConcern { about } => {
            fields.extend([("children", "no-concern".into()), ("children-about", about.to_string())]);
        }
        Children::Urgent { about } => {
            fields.extend([("children", "urgent".into()), ("children-urgent-about", about.to_string())]);
        }
    }
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

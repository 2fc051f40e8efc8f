//! Who it may be: the least that lets somebody be recognised, and first of all that two facts are checked before a word is
//! said (hazard H03). Where it is stands on a page of its own, which is read like a record.

use askama::Template;
use onedoor_domain::person_key::{Because, Search, said};
use onedoor_domain::referral::Known;
use onedoor_domain::section::Section;

use super::PATH;
use crate::ui::{BackLink, Button, Card, Frame, Link, Markup, SummaryList, SummaryRow, WarningCallout};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self, Lang};

/// Who was found.
#[derive(Debug, Template)]
#[template(path = "enter/found.html")]
struct FoundPage {
    frame: Frame,
    back: BackLink,
    check: Option<WarningCallout>,
    people: Vec<Card>,
    more: Option<String>,
    nobody: Option<String>,
    /// What was typed, to go on with.
    typed: Vec<(&'static str, String)>,
    start: Button,
    again: Link,
}

/// Looks, and shows who was found.
pub(super) async fn show(staff: &Staff, search: &Search) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let found = tx.find_person(search).await?;
    let people: Vec<Card> =
        found.people.iter().filter_map(|section| known(section)).map(|who| card(lang, who)).collect();
    let nobody = people.is_empty();
    let title = if nobody { "before-nobody-title" } else { "before-found-title" };
    let frame = staff.frame(&mut tx, lang.t(title), "/enter").await?;
    let shown = FoundPage {
        back: BackLink::new(lang, PATH),
        check: (!nobody).then(|| check(lang)),
        people,
        more: found.more.then(|| lang.t("before-more")),
        nobody: nobody.then(|| lang.t("before-nobody")),
        typed: typed(search),
        start: Button {
            prevents_double_click: true,
            ..if nobody {
                Button::new(lang.t("before-start"))
            } else {
                Button::secondary(lang.t("before-start-none"))
            }
        },
        again: Link::new(PATH, lang.t("before-again")),
        frame,
    };
    page(tx.close().await?, &shown)
}

/// Two facts, before anything is said.
pub(super) fn check(lang: Lang) -> WarningCallout {
    let texts = ["before-check-ask", "before-check-never", "before-check-not"].map(|key| lang.t(key));
    WarningCallout {
        level: 2,
        ..WarningCallout::new(lang, lang.t("before-check"), Markup::paragraphs(texts))
    }
}

/// Somebody who may be recognised, if the reader may see them.
pub(super) fn known(section: &Section) -> Option<&Known> {
    if let Section::Known(known) = section { Some(known) } else { None }
}

/// Their whole name, and what to call them where that is something else.
pub(crate) fn name(lang: Lang, known: &Known) -> String {
    match &known.full_name {
        Some(full) if *full != known.called => {
            let parts = [("full", full.to_string()), ("called", known.called.to_string())];
            lang.tr("before-name-both", &parts)
        }
        Some(_) | None => known.called.to_string(),
    }
}

/// The facts to compare with what the person says.
pub(crate) fn facts(lang: Lang, known: &Known) -> Vec<SummaryRow> {
    let or_not = |fact: Option<String>| fact.unwrap_or_else(|| lang.t("before-not-known"));
    let numbers = (!known.numbers.is_empty()).then(|| known.numbers.join(", "));
    vec![
        SummaryRow::new(
            lang.t("before-row-born"),
            or_not(known.born_on.map(|born| words::day_of(lang, born.date()))),
        ),
        SummaryRow::new(lang.t("before-row-number"), or_not(numbers)),
        SummaryRow::new(lang.t("before-row-place"), or_not(known.place.clone())),
        SummaryRow::new(lang.t("before-row-asked"), words::date(lang, known.received_at)),
    ]
}

fn card(lang: Lang, known: &Known) -> Card {
    let mut rows = facts(lang, known);
    let because: Vec<String> =
        said(&known.because).into_iter().map(|one| lang.t(because_words(one))).collect();
    rows.push(SummaryRow::new(lang.t("before-row-because"), Markup::lines(&because.join("\n"))));
    let name = name(lang, known);
    let on = Button {
        small: true,
        ..Button::to(&format!("{PATH}/{}", known.referral), lang.tr("before-say", &[("name", name.clone())]))
    };
    let list = SummaryList { rows, no_last_border: true, ..SummaryList::default() };
    Card {
        heading: name.into(),
        content: Markup::all([Markup::of(&list), Markup::of(&on)]),
        ..Card::default()
    }
}

pub(crate) fn because_words(because: Because) -> &'static str {
    match because {
        Because::Reference => "before-because-reference",
        Because::NhsNumber => "before-because-nhs-number",
        Because::Name => "before-because-name",
        Because::BornOn => "before-because-born",
        Because::Phone => "before-because-phone",
        Because::Sound => "before-because-sound",
        Because::BornSwapped => "before-because-swapped",
        Because::Part => "before-because-part",
        Because::Postcode => "before-because-postcode",
    }
}

/// What was typed, as the fields of a request that is begun with it.
fn typed(search: &Search) -> Vec<(&'static str, String)> {
    let by = ("by", search.kind().code().to_owned());
    match search {
        Search::Reference(_) => vec![by],
        Search::Phone(phone) => vec![by, ("callback", phone.to_string())],
        Search::Person { name, born_on } => {
            let date = born_on.date();
            vec![
                by,
                ("name", name.to_string()),
                ("born-on[day]", date.day().to_string()),
                ("born-on[month]", date.month().to_string()),
                ("born-on[year]", date.year().to_string()),
            ]
        }
    }
}

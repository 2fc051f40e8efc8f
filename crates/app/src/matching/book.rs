//! The rules at a glance: what is in force, the draft with its test cases and its dry run, what happened, earlier editions.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query};
use onedoor_domain::access::Action;
use onedoor_domain::matching::{
    Case, Draft, DryRun, Edition, Rule, RuleId, RuleSet, Rulebook, Signal, Stage,
};
use onedoor_store::{StoreError, Tx};
use serde::Deserialize;

use super::{LIST, line, mistake, name_of, run, words};
use crate::referral::record::Bullets;
use crate::ui::{
    BackLink, Button, ButtonKind, Details, ErrorSummary, Field, Frame, Link, Markup, SummaryList, SummaryRow,
    Tag, TagColour, Textarea,
};
use crate::web::form::{FormErrors, RawForm};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self as say, Lang};

#[derive(Template)]
#[template(path = "matching/book.html")]
struct Book {
    frame: Frame,
    version: i64,
    facts: SummaryList,
    returned: Option<String>,
    links: Vec<Link>,
    begin: Option<Button>,
    draft: Option<DraftView>,
    rules: Vec<RuleView>,
    history: SummaryList,
    editions: Vec<Link>,
}

/// The draft, for whoever may write in it or reads it before signing.
struct DraftView {
    mistakes: Option<Markup>,
    cases: Vec<CaseView>,
    run: Markup,
    writes: bool,
    run_button: Button,
    submit: Option<Button>,
    drop: Button,
}

struct CaseView {
    id: String,
    name: String,
    tag: Tag,
}

/// One rule with what can be done about it.
struct RuleView {
    id: String,
    name: String,
    facts: Markup,
    /// Up and down, where there is a place to go.
    moves: Option<(Option<Button>, Option<Button>)>,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    done: String,
}

fn flash(code: &str) -> Option<&'static str> {
    Some(match code {
        "begun" => "rules-done-begun",
        "saved" => "rules-done-saved",
        "removed" => "rules-done-removed",
        "moved" => "rules-done-moved",
        "run" => "rules-done-run",
        "submitted" => "rules-done-submitted",
        "signed" => "rules-done-signed",
        "returned" => "rules-done-returned",
        "went-back" => "rules-done-went-back",
        "dropped" => "rules-done-dropped",
        _ => return None,
    })
}

/// GET `/rules`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesRead).await?;
    let newest = tx.newest_dry_run().await?;
    let (events, editions) = (tx.rules_events().await?, tx.rules_editions().await?);
    let mut frame = staff.frame(&mut tx, lang.t("rules-title"), LIST).await?;
    frame.flash = flash(&ask.done).map(|key| lang.t(key));
    let writes = staff.may(Action::RulesWrite);
    let shown = book.draft.as_ref().map_or(&book.live.rules, |draft| &draft.rules);
    let view = Book {
        version: book.version,
        facts: facts(lang, &book),
        returned: book.draft.as_ref().and_then(|draft| draft.returned.as_ref()).map(ToString::to_string),
        links: links(&staff, &book),
        begin: (writes && book.draft.is_none()).then(|| press(lang, "rules-begin")),
        draft: book.draft.as_ref().map(|draft| draft_view(&staff, &book, draft, newest.as_ref())),
        rules: rules(lang, shown, writes && book.draft.is_some()),
        history: SummaryList {
            rows: events.iter().map(|event| line(lang, event)).collect(),
            ..SummaryList::default()
        },
        editions: editions.iter().map(|one| edition_link(lang, one)).collect(),
        frame,
    };
    page(tx.close().await?, &view)
}

pub(super) fn press(lang: Lang, key: &str) -> Button {
    Button { prevents_double_click: true, ..Button::new(lang.t(key)) }
}

fn facts(lang: Lang, book: &Rulebook) -> SummaryList {
    let (colour, key) = match book.stage() {
        Stage::InForce => (TagColour::Green, "rules-stage-in-force"),
        Stage::Draft => (TagColour::Grey, "rules-stage-draft"),
        Stage::Submitted => (TagColour::Yellow, "rules-stage-submitted"),
    };
    let mut rows = vec![
        SummaryRow::new(lang.t("rules-in-force"), edition_words(lang, &book.live)),
        SummaryRow::new(lang.t("rules-stage"), Markup::of(&Tag::new(colour, lang.t(key)))),
    ];
    if let Some(draft) = &book.draft {
        let writers: Vec<String> = draft.writers.values().map(ToString::to_string).collect();
        rows.push(SummaryRow::new(lang.t("rules-writers"), writers.join(", ")));
        rows.push(SummaryRow::new(
            lang.t("rules-from"),
            lang.tr("matching-edition", &[("number", draft.from.to_string())]),
        ));
    }
    SummaryList { rows, ..SummaryList::default() }
}

/// "Edition 3, signed off by Nadia Okonjo, Tuesday …".
pub(super) fn edition_words(lang: Lang, edition: &Edition) -> String {
    match (&edition.signed_by, edition.signed_at) {
        (Some((_, name)), Some(at)) => {
            let parts = [
                ("number", edition.number.to_string()),
                ("name", name.to_string()),
                ("at", say::date_time(lang, at)),
            ];
            lang.tr("rules-edition-signed", &parts)
        }
        _ => lang.t("rules-edition-built-in"),
    }
}

fn edition_link(lang: Lang, edition: &Edition) -> Link {
    Link::new(&format!("{LIST}/editions/{}", edition.number), edition_words(lang, edition))
}

fn links(staff: &Staff, book: &Rulebook) -> Vec<Link> {
    let lang = staff.lang;
    let own = |draft: &Draft| draft.writers.contains_key(&staff.member.user);
    let signs = book.stage() == Stage::Submitted
        && staff.may(Action::RulesSignOff)
        && !book.draft.as_ref().is_some_and(own);
    let writes = book.draft.is_some() && staff.may(Action::RulesWrite);
    let all = [
        (signs, "/sign-off", "rules-to-sign-off"),
        (writes, "/draft/new", "rules-to-new-rule"),
        (writes, "/cases/new", "rules-to-new-case"),
        (staff.may(Action::OverridesRead), "/use", "rules-to-use"),
    ];
    let shown = all.into_iter().filter(|(wanted, _, _)| *wanted);
    shown.map(|(_, to, key)| Link::new(&format!("{LIST}{to}"), lang.t(key))).collect()
}

fn draft_view(staff: &Staff, book: &Rulebook, draft: &Draft, newest: Option<&DryRun>) -> DraftView {
    let lang = staff.lang;
    let writes = staff.may(Action::RulesWrite);
    let wrong = book.mistakes();
    let found: Vec<String> = wrong.iter().map(|one| mistake(lang, &draft.rules, one)).collect();
    let bullets = Bullets { before: lang.t("rules-mistakes"), lines: found };
    let ready = wrong.is_empty() && newest.is_some_and(|run| book.is_answered_by(run));
    let case = |case: &Case| {
        let passes = draft.rules.tried(case) == case.expect;
        let (colour, key) = if passes {
            (TagColour::Green, "rules-case-passes")
        } else {
            (TagColour::Red, "rules-case-fails")
        };
        CaseView { id: case.id.to_string(), name: case.name.to_string(), tag: Tag::new(colour, lang.t(key)) }
    };
    DraftView {
        mistakes: (!wrong.is_empty()).then(|| Markup::of(&bullets)),
        cases: draft.rules.cases.iter().map(case).collect(),
        run: run::result(lang, book, newest),
        writes,
        run_button: Button { kind: ButtonKind::Secondary, ..press(lang, "rules-run") },
        submit: (writes && ready && book.stage() == Stage::Draft).then(|| press(lang, "rules-submit")),
        drop: Button { kind: ButtonKind::Warning, ..press(lang, "rules-drop") },
    }
}

fn rules(lang: Lang, set: &RuleSet, writes: bool) -> Vec<RuleView> {
    let last = set.rules.len().saturating_sub(1);
    let view = |(at, rule): (usize, &Rule)| {
        let button = |wanted: bool, key: &str, to: &str| {
            let text = lang.tr(key, &[("name", rule.name.to_string())]);
            wanted.then(|| Button {
                name: Some("to"),
                value: Some(to.to_owned()),
                kind: ButtonKind::Secondary,
                prevents_double_click: true,
                ..Button::new(text)
            })
        };
        RuleView {
            id: rule.id.to_string(),
            name: rule.name.to_string(),
            facts: rule_facts(lang, rule),
            moves: writes
                .then(|| (button(at > 0, "rules-up", "up"), button(at < last, "rules-down", "down"))),
        }
    };
    set.rules.iter().enumerate().map(view).collect()
}

/// What a rule says, closed until asked for.
pub(super) fn rule_facts(lang: Lang, rule: &Rule) -> Markup {
    let list = |signals: &BTreeSet<Signal>| -> Markup {
        let lines: Vec<String> = signals.iter().map(|one| lang.t(words::signal(*one))).collect();
        Markup::lines(&lines.join("\n"))
    };
    let lines = |all: Vec<String>| Markup::lines(&all.join("\n"));
    let mut rows = vec![SummaryRow::new(lang.t("rules-helps"), Markup::lines(rule.helps.as_str()))];
    let sets = [
        ("rules-all", &rule.all),
        ("rules-any", &rule.any),
        ("rules-none", &rule.none),
        ("rules-guards", &rule.guards),
    ];
    let sets = sets.into_iter().filter(|(_, signals)| !signals.is_empty());
    rows.extend(sets.map(|(key, signals)| SummaryRow::new(lang.t(key), list(signals))));
    rows.push(SummaryRow::new(
        lang.t("rules-offers"),
        lines(rule.offers.iter().map(ToString::to_string).collect()),
    ));
    rows.push(SummaryRow::new(
        lang.t("rules-teams"),
        lines(rule.teams.iter().map(|kind| lang.t(words::team(*kind))).collect()),
    ));
    let content = Markup::of(&SummaryList { rows, ..SummaryList::default() });
    let summary = lang.tr("rules-show", &[("name", rule.name.to_string())]).into();
    Markup::of(&Details { summary, content, ..Details::default() })
}

#[derive(Template)]
#[template(path = "matching/edition.html")]
pub(super) struct EditionPage {
    frame: Frame,
    back: BackLink,
    errors: Option<ErrorSummary>,
    number: u32,
    version: i64,
    said: Vec<String>,
    rules: Vec<RuleView>,
    /// Bringing it back: why, and the button.
    bring_back: Option<(Textarea, Button)>,
}

/// GET `/rules/editions/{number}`: what once suggested, and bringing it back.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn edition(staff: Staff, Path(number): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesRead).await?;
    let edition = tx.rules_edition(number.parse().map_err(|_| Problem::NotFound)?).await?;
    let (raw, errors) = (RawForm::default(), FormErrors::default());
    let shown = edition_page(&staff, &mut tx, (&book, &edition), &raw, &errors).await?;
    page(tx.close().await?, &shown)
}

pub(super) async fn edition_page(
    staff: &Staff,
    tx: &mut Tx,
    (book, edition): (&Rulebook, &Edition),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<EditionPage, StoreError> {
    let lang = staff.lang;
    let title = lang.tr("matching-edition", &[("number", edition.number.to_string())]);
    let mut frame = staff.frame(tx, title, LIST).await?;
    frame.errors = !errors.is_empty();
    let mut said = vec![edition_words(lang, edition)];
    said.extend(edition.back_to.map(|to| lang.tr("rules-brought-back", &[("number", to.to_string())])));
    said.extend(edition.why.as_ref().map(ToString::to_string));
    let may = staff.may(Action::RulesSignOff) && edition.number != book.live.number;
    let field =
        Field::new(lang, "why", lang.t("rules-back-why")).hint(lang.t("rules-back-hint")).with(errors);
    let why = Textarea {
        field,
        value: raw.one("why").unwrap_or_default().to_owned(),
        rows: Some(3),
        ..Textarea::default()
    };
    let button = Button { kind: ButtonKind::Warning, ..press(lang, "rules-back") };
    Ok(EditionPage {
        back: BackLink::new(lang, LIST),
        errors: (!errors.is_empty()).then(|| errors.summary(lang)),
        number: edition.number,
        version: book.version,
        said,
        rules: rules(lang, &edition.rules, false),
        bring_back: may.then_some((why, button)),
        frame,
    })
}

/// What a test case or a dry run names a rule, also one that is gone.
pub(super) fn rule_name(sets: [&RuleSet; 2], id: &RuleId) -> String {
    sets.into_iter().find_map(|set| name_of(set, id)).unwrap_or_else(|| id.to_string())
}

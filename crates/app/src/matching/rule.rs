//! One rule on a page: whom it helps, what it rests on, what is offered by whom. Works without script; what is wrong with the
//! rule by itself is said at once.

use std::collections::BTreeSet;

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::matching::{Draft, Rule, RuleId, Rulebook, Signal, SignalGroup, TeamType, Wrong};
use onedoor_domain::value::{Line, Text};
use onedoor_store::{StoreError, Tx};

use super::book::press;
use super::{LIST, conflict, finish, rule_id, version, words, wrong};
use crate::referral::owed::SmallForm;
use crate::team::text_key;
use crate::ui::{
    Button, ButtonKind, Checkboxes, Choice, Details, Field, FormPage, Markup, TextInput, Textarea,
};
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::Lang;

/// The four lists of facts of a rule.
const LISTS: [(&str, &str, &str); 4] = [
    ("all", "rules-all", "rules-all-hint"),
    ("any", "rules-any", "rules-any-hint"),
    ("none", "rules-none", "rules-none-hint"),
    ("guards", "rules-guards", "rules-guards-hint"),
];

/// GET `/rules/draft/new`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn new(staff: Staff) -> Result<Answer, Problem> {
    open(staff, None).await
}

/// GET `/rules/draft/{rule}`.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn show(staff: Staff, Path(rule): Path<String>) -> Result<Answer, Problem> {
    open(staff, Some(rule_id(&rule)?)).await
}

async fn open(staff: Staff, known: Option<RuleId>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesWrite).await?;
    let Some(draft) = &book.draft else {
        tx.close().await?;
        return Ok(go(LIST));
    };
    let rule = match &known {
        Some(id) => {
            if let Some(rule) = find(draft, id) {
                Some(rule)
            } else {
                tx.close().await?;
                return Err(Problem::NotFound);
            }
        }
        None => None,
    };
    let fields = rule.map(fields).unwrap_or_default();
    let raw = RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())));
    let form = sheet(&staff, &mut tx, (&book, known.as_ref()), &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

fn find<'a>(draft: &'a Draft, id: &RuleId) -> Option<&'a Rule> {
    draft.rules.rules.iter().find(|rule| rule.id == *id)
}

fn fields(rule: &Rule) -> Vec<(&'static str, String)> {
    let offers: Vec<&str> = rule.offers.iter().map(onedoor_domain::value::Checked::as_str).collect();
    let mut fields = vec![
        ("name", rule.name.to_string()),
        ("helps", rule.helps.to_string()),
        ("offers", offers.join("\n")),
    ];
    let sets = [("all", &rule.all), ("any", &rule.any), ("none", &rule.none), ("guards", &rule.guards)];
    for (name, signals) in sets {
        fields.extend(signals.iter().map(|signal| (name, signal.code().to_owned())));
    }
    fields.extend(rule.teams.iter().map(|kind| ("teams", kind.code().to_owned())));
    fields
}

/// POST `/rules/draft/new`.
///
/// # Errors
/// [`Problem`].
pub async fn create(staff: Staff, request: Request) -> Result<Answer, Problem> {
    put(staff, None, request).await
}

/// POST `/rules/draft/{rule}`.
///
/// # Errors
/// [`Problem`].
pub async fn save(staff: Staff, Path(rule): Path<String>, request: Request) -> Result<Answer, Problem> {
    put(staff, Some(rule_id(&rule)?), request).await
}

async fn put(staff: Staff, known: Option<RuleId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesWrite).await?;
    let kept = kept(staff.lang, &raw);
    let there =
        book.draft.as_ref().is_some_and(|draft| known.as_ref().is_none_or(|id| find(draft, id).is_some()));
    if book.version != version(&raw) || !there {
        return conflict(&staff, tx, kept).await;
    }
    let mut errors = FormErrors::default();
    let rule = read(&raw, &mut errors, (&book, known.as_ref()));
    let Some(rule) = rule.filter(|_| errors.is_empty()) else {
        let form = sheet(&staff, &mut tx, (&book, known.as_ref()), &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let changes = book.put_rule(&staff.ctx, version(&raw), rule);
    finish(&staff, tx, (changes, "saved"), kept).await
}

fn read(raw: &RawForm, errors: &mut FormErrors, (book, known): (&Rulebook, Option<&RuleId>)) -> Option<Rule> {
    let name = errors.keep(raw.parsed::<Line>("name", text_key("rules-name-missing")));
    let helps = errors.keep(raw.parsed::<Text>("helps", text_key("rules-helps-missing")));
    let typed = raw.one("offers").unwrap_or_default().lines().filter(|line| !line.trim().is_empty());
    let offers: Result<Vec<Line>, _> = typed.map(str::parse::<Line>).collect();
    let offers = errors
        .keep(offers.map_err(|error| FieldError::new("offers", text_key("rules-wrong-no-offers")(&error))));
    let signals = |name: &str| -> BTreeSet<Signal> { raw.all(name).filter_map(Signal::from_code).collect() };
    let teams = raw.all("teams").filter_map(TeamType::from_code).collect();
    let draft = book.draft.as_ref()?;
    let id = match known {
        Some(id) => id.clone(),
        None => draft.rules.free_id(raw.text("name"))?,
    };
    let rule = Rule {
        id,
        name: name?,
        helps: helps?,
        all: signals("all"),
        any: signals("any"),
        none: signals("none"),
        guards: signals("guards"),
        offers: offers?,
        teams,
    };
    for found in rule.mistakes() {
        let field = match found {
            Wrong::NoOffers => "offers",
            Wrong::NoTeams => "teams",
            Wrong::TurnsAway => "helps",
            Wrong::Contradicts => "none",
            _ => "all",
        };
        errors.push(FieldError::new(field, wrong(found)));
    }
    Some(rule)
}

/// Every word and every box, for the page of a conflict.
fn kept(lang: Lang, raw: &RawForm) -> Vec<(String, String)> {
    let typed = |name: &str, label: &str| (lang.t(label), raw.one(name).unwrap_or_default().to_owned());
    let mut kept =
        vec![typed("name", "rules-name"), typed("helps", "rules-helps"), typed("offers", "rules-offers")];
    for (name, label, _) in LISTS {
        let chosen: Vec<Signal> = raw.all(name).filter_map(Signal::from_code).collect();
        kept.push((lang.t(label), words::signals(lang, &chosen)));
    }
    let teams: Vec<String> =
        raw.all("teams").filter_map(TeamType::from_code).map(|kind| lang.t(words::team(kind))).collect();
    kept.push((lang.t("rules-teams"), teams.join("; ")));
    kept
}

/// Boxes for every signal, group by group.
pub(super) fn boxes(
    lang: Lang,
    (name, label, hint): (&str, &str, &str),
    raw: &RawForm,
    errors: &FormErrors,
) -> Markup {
    let chosen: Vec<String> = raw.all(name).map(str::to_owned).collect();
    let groups = SignalGroup::ASKED.into_iter().chain([SignalGroup::Record]);
    let choices = groups.flat_map(|group| {
        group.signals().enumerate().map(move |(at, signal)| {
            let choice = Choice::new(signal.code(), lang.t(words::signal(signal)));
            if at == 0 { choice.after(lang.t(words::group(group))) } else { choice }
        })
    });
    let count = chosen.len();
    let field = Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors);
    let wrong = field.error.is_some();
    let content = Markup::of(&Checkboxes { field, choices: choices.collect(), values: chosen, small: true });
    let parts = [("label", lang.t(label)), ("count", count.to_string())];
    let summary = lang.tr("rules-boxes", &parts).into();
    Markup::of(&Details { summary, content, open: wrong || count > 0, ..Details::default() })
}

/// Taking it away, apart from the form that saves it.
pub(super) fn remove(lang: Lang, book: &Rulebook, to: Option<String>, key: &str) -> Markup {
    let button = Button { kind: ButtonKind::Warning, ..press(lang, key) };
    to.map(|to| Markup::of(&SmallForm::button(to, book.version, button))).unwrap_or_default()
}

async fn sheet(
    staff: &Staff,
    tx: &mut Tx,
    (book, known): (&Rulebook, Option<&RuleId>),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let field = |name: &str, label: &str, hint: &str| {
        Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors)
    };
    let value = |name: &str| raw.one(name).unwrap_or_default().to_owned();
    let title = if known.is_some() { "rules-edit-title" } else { "rules-new-title" };
    let frame = staff.frame(tx, lang.t(title), LIST).await?;
    let action = match known {
        Some(id) => format!("{LIST}/draft/{id}"),
        None => format!("{LIST}/draft/new"),
    };
    let shown = if raw.text("version").is_empty() { book.version.to_string() } else { value("version") };
    let name = TextInput {
        field: field("name", "rules-name", "rules-name-hint"),
        value: value("name"),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let area = |name: &str, label: &str, hint: &str| Textarea {
        field: field(name, label, hint),
        value: value(name),
        rows: Some(4),
        spellcheck: Some(true),
        ..Textarea::default()
    };
    let kinds = TeamType::ALL.map(|kind| Choice::new(kind.code(), lang.t(words::team(kind))));
    let teams = Checkboxes {
        field: field("teams", "rules-teams", "rules-teams-hint"),
        choices: kinds.into(),
        values: raw.all("teams").map(str::to_owned).collect(),
        small: true,
    };
    let mut form = FormPage::new(frame, &action, lang.t("rules-save"))
        .errors(errors)
        .back(LIST)
        .carry("version", shown)
        .control(&name)
        .control(&area("helps", "rules-helps", "rules-helps-hint"));
    for list in LISTS {
        form = form.control(&boxes(lang, list, raw, errors));
    }
    form = form.control(&area("offers", "rules-offers", "rules-offers-hint")).control(&teams);
    form.after = remove(lang, book, known.map(|id| format!("{LIST}/draft/{id}/remove")), "rules-remove-rule");
    Ok(form)
}

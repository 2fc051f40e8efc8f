//! Writing down what somebody is and can do, and when they are away: by themselves, or by the manager of their team.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::ids::{AbsenceId, UserId};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Line, Phone};
use onedoor_domain::worker::{Absence, MeetsAs, Named, Profession, Profile, Roster, Skill};
use onedoor_store::{Colleague, StoreError, Tx, WorkerView};

use super::workers::{DAYS, PATH, meets_key};
use super::{profession_key, skill_key};
use crate::referral::ask::DATE_KEYS;
use crate::team::text_key;
use crate::ui::{
    Checkboxes, Choice, ConflictPage, DateInput, Field, FormPage, Markup, Radios, Select, SelectOption,
    SummaryList, SummaryRow, TextInput,
};
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};
use crate::words::Lang;

/// The most people somebody can be there for, as typed.
const MOST: u16 = 200;
/// The most languages one line names.
const LANGUAGES: usize = 8;

/// GET `/workers/{user}/edit`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(id): Path<UserId>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let found = tx.worker(id, Action::WorkerWrite).await?;
    let colleagues = colleagues(&mut tx, &found).await?.0;
    let form = form(&staff, &mut tx, (&found, &colleagues), &filled(&found), &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/workers/{user}/edit`.
///
/// # Errors
/// [`Problem`].
pub async fn save(staff: Staff, Path(id): Path<UserId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let found = tx.worker(id, Action::WorkerWrite).await?;
    let colleagues = colleagues(&mut tx, &found).await?.0;
    if raw.text("version") != found.worker.version.to_string() {
        return conflict(&staff, tx, &raw, (&found, &colleagues)).await;
    }
    let mut errors = FormErrors::default();
    let profile = read(&raw, &colleagues, &mut errors);
    if errors.is_empty() {
        match found.worker.clone().save(&staff.ctx, profile) {
            Ok(changes) => {
                return Ok(redirect(tx.commit(changes).await?, &format!("{PATH}/{id}?done=saved")));
            }
            Err(refused) => errors.push(refusal(refused)),
        }
    }
    let form = form(&staff, &mut tx, (&found, &colleagues), &raw, &errors).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

/// Who works with them, but they, and who of those is away.
async fn colleagues(tx: &mut Tx, found: &WorkerView) -> Result<(Vec<Colleague>, Roster), StoreError> {
    let roster = tx.roster_around(found).await?;
    let others = roster.working.iter().copied().filter(|user| *user != found.colleague.user);
    let others: Vec<UserId> = others.collect();
    Ok((tx.colleagues(&others).await?, roster))
}

fn refusal(refused: Refused) -> FieldError {
    match refused {
        Refused::NumberNeeded => FieldError::new("number", "care-edit-number-missing"),
        Refused::SupervisorNeeded => FieldError::new("supervisor", "care-edit-supervisor-missing"),
        _ => FieldError::new("deputy", "care-edit-own"),
    }
}

/// Somebody else changed it since the form was shown: how it reads now, and everything that was typed and chosen here.
async fn conflict(
    staff: &Staff,
    mut tx: Tx,
    raw: &RawForm,
    (found, colleagues): (&WorkerView, &[Colleague]),
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let what = SummaryRow::new(lang.t("care-edit-title"), lang.t("care-edit-changed"));
    let now = in_words(lang, &filled(found), colleagues).into_iter().map(|(label, text)| {
        let text = if text.is_empty() { lang.t("county-none").into() } else { Markup::lines(&text) };
        SummaryRow::new(label, text)
    });
    let changes = SummaryList { rows: std::iter::once(what).chain(now).collect(), ..SummaryList::default() };
    let frame = staff.frame(&mut tx, String::new(), "/waiting").await?;
    let typed = in_words(lang, raw, colleagues);
    let base = format!("{PATH}/{}/edit", found.colleague.user);
    let shown = ConflictPage::new(frame, changes, typed, &base);
    page_with(StatusCode::CONFLICT, tx.close().await?, &shown)
}

/// Every field of the form under its label, what was chosen in words; empty where nothing was.
fn in_words(lang: Lang, raw: &RawForm, colleagues: &[Colleague]) -> Vec<(String, String)> {
    let typed = |name: &str| raw.text(name).to_owned();
    let person =
        |name: &str| chosen(raw, name, colleagues).map(|one| one.name.to_string()).unwrap_or_default();
    let all = |words: Vec<String>| words.join("\n");
    let profession = Profession::from_code(raw.text("profession")).map(|one| lang.t(profession_key(one)));
    let meets = MeetsAs::from_code(raw.text("meets-as")).map(|one| lang.t(meets_key(one)));
    let skills = raw.all("skills").filter_map(Skill::from_code).map(|one| lang.t(skill_key(one)));
    let works: Vec<&str> = raw.all("days").collect();
    let days = DAYS.iter().filter(|(code, _)| works.contains(code)).map(|(_, key)| lang.t(key));
    [
        ("care-worker-profession", profession.unwrap_or_default()),
        ("care-worker-number", typed("number")),
        ("care-worker-supervisor", person("supervisor")),
        ("care-worker-meets", meets.unwrap_or_default()),
        ("care-worker-skills", all(skills.collect())),
        ("care-worker-languages", typed("languages")),
        ("care-worker-days", all(days.collect())),
        ("care-worker-limit", typed("limit")),
        ("care-worker-ask-first", typed("ask-first")),
        ("care-worker-reach", typed("reach")),
        ("care-worker-deputy", person("deputy")),
    ]
    .map(|(label, text)| (lang.t(label), text))
    .into()
}

fn filled(found: &WorkerView) -> RawForm {
    let profile = &found.worker.profile;
    let id = |named: &Option<Named>| named.as_ref().map(|named| named.user.to_string()).unwrap_or_default();
    let languages: Vec<&str> = profile.languages.iter().map(Line::as_str).collect();
    let mut fields: Vec<(&str, String)> = vec![
        ("version", found.worker.version.to_string()),
        ("profession", profile.profession.map(Profession::code).unwrap_or_default().to_owned()),
        ("number", profile.number.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("supervisor", id(&profile.supervisor)),
        ("meets-as", profile.meets_as.map(MeetsAs::code).unwrap_or_default().to_owned()),
        ("languages", languages.join(", ")),
        ("limit", profile.limit.map(|limit| limit.to_string()).unwrap_or_default()),
        ("ask-first", profile.ask_first.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("reach", profile.reach.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("deputy", id(&profile.deputy)),
    ];
    fields.extend(profile.skills.iter().map(|skill| ("skills", skill.code().to_owned())));
    let works = DAYS.iter().zip(profile.days).filter(|(_, works)| *works);
    fields.extend(works.map(|((code, _), _)| ("days", (*code).to_owned())));
    RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())))
}

fn chosen(raw: &RawForm, field: &str, colleagues: &[Colleague]) -> Option<Named> {
    let id: UserId = raw.text(field).parse().ok()?;
    let found = colleagues.iter().find(|colleague| colleague.user == id)?;
    Some(Named { user: found.user, name: found.name.clone() })
}

fn read(raw: &RawForm, colleagues: &[Colleague], errors: &mut FormErrors) -> Profile {
    let mut line = |name| errors.keep(raw.optional::<Line>(name, text_key("care-edit-line-wrong"))).flatten();
    let (number, ask_first) = (line("number"), line("ask-first"));
    let reach = errors.keep(raw.optional::<Phone>("reach", |_| "care-edit-reach-wrong")).flatten();
    let limit = match raw.text("limit") {
        "" => None,
        typed => {
            let number = typed.parse().ok().filter(|limit| *limit <= MOST);
            errors.keep(number.ok_or_else(|| FieldError::new("limit", "care-edit-limit-wrong")))
        }
    };
    let languages: Result<Vec<Line>, _> = raw
        .text("languages")
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::parse)
        .collect();
    let languages = languages.ok().filter(|all| all.len() <= LANGUAGES);
    let wrong = || FieldError::new("languages", "care-edit-languages-wrong");
    let languages = errors.keep(languages.ok_or_else(wrong)).unwrap_or_default();
    let works: Vec<&str> = raw.all("days").collect();
    Profile {
        profession: Profession::from_code(raw.text("profession")),
        number,
        checked: None,
        supervisor: chosen(raw, "supervisor", colleagues),
        meets_as: MeetsAs::from_code(raw.text("meets-as")),
        skills: raw.all("skills").filter_map(Skill::from_code).collect(),
        languages,
        days: DAYS.map(|(code, _)| works.contains(&code)),
        limit,
        ask_first,
        reach,
        deputy: chosen(raw, "deputy", colleagues),
    }
}

/// Colleagues to choose from; the first entry, of these words, is nobody.
fn people(field: Field, nobody: &str, colleagues: &[Colleague], value: &str) -> Select {
    let none = SelectOption { value: String::new(), text: field.lang.t(nobody) };
    let named =
        colleagues.iter().map(|one| SelectOption { value: one.user.to_string(), text: one.name.to_string() });
    Select { options: std::iter::once(none).chain(named).collect(), value: value.to_owned(), field }
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    (found, colleagues): (&WorkerView, &[Colleague]),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let field = |name: &str, label: &str, hint: &str| {
        Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors)
    };
    let line = |name: &str, label: &str, hint: &str| TextInput {
        field: field(name, label, hint),
        value: raw.text(name).to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let limit = TextInput {
        width: Some(3),
        inputmode: Some("numeric"),
        ..line("limit", "care-worker-limit", "care-edit-limit-hint")
    };
    let supervisor = field("supervisor", "care-worker-supervisor", "care-edit-supervisor-hint");
    let deputy = field("deputy", "care-worker-deputy", "care-edit-deputy-hint");
    let base = format!("{PATH}/{}", found.colleague.user);
    let frame = staff.frame(tx, lang.t("care-edit-title"), "/waiting").await?;
    Ok(FormPage::new(frame, &format!("{base}/edit"), lang.t("care-edit-save"))
        .errors(errors)
        .back(&base)
        .intro([lang.tr("care-edit-about", &[("name", found.colleague.name.to_string())])])
        .carry("version", raw.text("version"))
        .control(&professions(
            lang,
            field("profession", "care-worker-profession", "care-edit-profession-hint"),
            raw,
        ))
        .control(&line("number", "care-worker-number", "care-edit-number-hint"))
        .control(&people(supervisor, "county-none", colleagues, raw.text("supervisor")))
        .control(&meets(lang, field("meets-as", "care-worker-meets", "care-edit-meets-hint"), raw))
        .control(&skills(lang, field("skills", "care-worker-skills", "care-edit-skills-hint"), raw))
        .control(&line("languages", "care-worker-languages", "care-edit-languages-hint"))
        .control(&weekdays(lang, field("days", "care-worker-days", "care-edit-days-hint"), raw))
        .control(&limit)
        .control(&line("ask-first", "care-worker-ask-first", "care-edit-ask-first-hint"))
        .control(&line("reach", "care-worker-reach", "care-edit-reach-hint"))
        .control(&people(deputy, "county-none", colleagues, raw.text("deputy"))))
}

fn professions(lang: Lang, field: Field, raw: &RawForm) -> Select {
    let none = SelectOption { value: String::new(), text: lang.t("referral-choose") };
    let named = Profession::ALL
        .map(|one| SelectOption { value: one.code().to_owned(), text: lang.t(profession_key(one)) });
    let options = std::iter::once(none).chain(named).collect();
    Select { field, options, value: raw.text("profession").to_owned() }
}

fn meets(lang: Lang, field: Field, raw: &RawForm) -> Radios {
    let said = [MeetsAs::Woman, MeetsAs::Man].map(|one| Choice::new(one.code(), lang.t(meets_key(one))));
    let silent = Choice::new("not-said", lang.t("care-edit-meets-not-said"));
    let choices = said.into_iter().chain([silent]).collect();
    Radios { field, choices, value: raw.text("meets-as").to_owned(), ..Radios::default() }
}

fn skills(lang: Lang, field: Field, raw: &RawForm) -> Checkboxes {
    let choices = Skill::ALL.map(|one| Choice::new(one.code(), lang.t(skill_key(one)))).into();
    Checkboxes { field, choices, values: raw.all("skills").map(str::to_owned).collect(), small: true }
}

fn weekdays(lang: Lang, field: Field, raw: &RawForm) -> Checkboxes {
    let choices = DAYS.map(|(code, key)| Choice::new(code, lang.t(key))).into();
    Checkboxes { field, choices, values: raw.all("days").map(str::to_owned).collect(), small: true }
}

/// GET `/workers/{user}/away`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn away(staff: Staff, Path(id): Path<UserId>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let found = tx.worker(id, Action::WorkerWrite).await?;
    let raw = RawForm::of([("id", new_id().to_string().as_str())]);
    let form = away_form(&staff, &mut tx, &found, &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/workers/{user}/away`.
///
/// # Errors
/// [`Problem`].
pub async fn save_away(staff: Staff, Path(user): Path<UserId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    // The page carries a number, so that sent twice it is one.
    let id: AbsenceId = raw.text("id").parse().unwrap_or_else(|_| new_id().into());
    let mut tx = staff.begin().await?;
    let found = tx.worker(user, Action::WorkerWrite).await?;
    let (colleagues, roster) = colleagues(&mut tx, &found).await?;
    let mut errors = FormErrors::default();
    let from = errors.date(&raw, "from", &DATE_KEYS);
    let to = errors.date(&raw, "to", &DATE_KEYS);
    let cover = chosen(&raw, "cover", &colleagues);
    let cover = errors.keep(cover.ok_or(FieldError::new("cover", "care-away-cover-missing")));
    if let (Some(from), Some(to), Some(cover), true) = (from, to, cover, errors.is_empty()) {
        let who = Named { user, name: found.colleague.name.clone() };
        let by = staff.ctx.actor.author();
        match (Absence { id, who, from, to, cover, by }).plan(&staff.ctx, &roster.absences) {
            Ok(changes) => {
                return Ok(redirect(tx.commit(changes).await?, &format!("{PATH}/{user}?done=away")));
            }
            Err(refused) => errors.push(match refused {
                Refused::DateOrder => FieldError::new("to", "care-away-order"),
                Refused::DateInPast => FieldError::new("to", "referral-refused-date-in-past"),
                _ => FieldError::new("cover", "care-away-cover-away"),
            }),
        }
    }
    let form = away_form(&staff, &mut tx, &found, &raw, &errors).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

async fn away_form(
    staff: &Staff,
    tx: &mut Tx,
    found: &WorkerView,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let colleagues = colleagues(tx, found).await?.0;
    let date = |name: &str, label: &str| DateInput::new(Field::new(lang, name, lang.t(label)), raw, errors);
    let cover = Field::new(lang, "cover", lang.t("care-away-cover")).hint(lang.t("care-away-cover-hint"));
    let base = format!("{PATH}/{}", found.colleague.user);
    let frame = staff.frame(tx, lang.t("care-away-title"), "/waiting").await?;
    Ok(FormPage::new(frame, &format!("{base}/away"), lang.t("care-edit-save"))
        .errors(errors)
        .back(&base)
        .intro([lang.tr("care-away-about", &[("name", found.colleague.name.to_string())])])
        .carry("id", raw.text("id"))
        .control(&date("from", "care-away-from"))
        .control(&date("to", "care-away-to"))
        .control(&people(cover.with(errors), "care-away-cover-choose", &colleagues, raw.text("cover"))))
}

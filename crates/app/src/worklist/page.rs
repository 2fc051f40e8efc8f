//! The page of a list: views and their counts, what it is narrowed down by, the rows, and the form that gives them to somebody.
//!
//! Takes `Visible` rows and nothing else of a person.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;
use onedoor_domain::access::{Action, Visible};
use onedoor_domain::ids::{ReferralId, TeamId, UserId};
use onedoor_domain::section::{Row, Section};
use onedoor_domain::worklist::{Filter, View};
use onedoor_store::{COUNTED, Colleague, List, Tx};

use super::filters::{self, Narrow};
use super::{PATH, Place};
use crate::enter::before;
use crate::referral::find::search_box;
use crate::task::rows::{self, own_teams, pages, stack};
use crate::ui::{
    Button, Cell, Column, ErrorSummary, Field, Frame, Link, Markup, Pagination, Select, SelectOption,
    ShowNew, SubNavigation, Table,
};
use crate::web::form::{FieldError, FormErrors};
use crate::web::{Problem, Staff};
use crate::words::{self, Lang};

/// What somebody chose on the page before it was shown again.
#[derive(Debug, Default)]
pub struct Chosen {
    /// Rows, as the form names them.
    pub rows: BTreeSet<String>,
    /// To whom.
    pub to: String,
    /// What was wrong with it.
    pub errors: FormErrors,
}

/// A list of one team.
#[derive(Debug, Template)]
#[template(path = "worklist/list.html")]
pub struct ListPage {
    /// The page around it.
    pub frame: Frame,
    errors: Option<ErrorSummary>,
    intro: String,
    teams: Option<SubNavigation>,
    views: Vec<ViewLink>,
    search: Markup,
    new: Option<ShowNew>,
    narrow: Option<Narrow>,
    saved: Vec<Link>,
    keeps: Vec<Link>,
    empty: Vec<Markup>,
    rows: Markup,
    give: Option<GiveForm>,
    pages: Option<Pagination>,
    print: Vec<String>,
    shortcuts: Vec<(&'static str, String)>,
}

/// One view and how many stand there.
#[derive(Debug)]
struct ViewLink {
    link: Link,
    count: String,
    spoken: String,
    current: bool,
}

/// Gives the chosen rows to somebody.
#[derive(Debug, Template)]
#[template(path = "worklist/give.html")]
struct GiveForm {
    lang: Lang,
    back: String,
    to: Select,
    button: Button,
}

impl HtmlSafe for GiveForm {}

/// A box to choose a row by, in front of the person.
#[derive(Debug, Template)]
#[template(path = "worklist/choose.html")]
struct Choose {
    id: String,
    value: String,
    words: String,
    checked: bool,
    person: Markup,
}

impl HtmlSafe for Choose {}

/// Title, introduction, and what an empty list says.
fn view_words(view: View) -> [&'static str; 3] {
    match view {
        View::All => ["task-worklist-title", "task-worklist-intro", "task-worklist-empty"],
        View::Duty => ["worklist-duty", "worklist-duty-intro", "worklist-duty-empty"],
        View::Screening => ["worklist-screening", "worklist-screening-intro", "worklist-screening-empty"],
        View::Triage => ["worklist-triage", "worklist-triage-intro", "worklist-triage-empty"],
        View::Decisions => ["worklist-decisions", "worklist-decisions-intro", "worklist-decisions-empty"],
        View::Handovers => ["worklist-handovers", "worklist-handovers-intro", "worklist-handovers-empty"],
        View::FollowUps => ["worklist-follow-ups", "worklist-follow-ups-intro", "worklist-follow-ups-empty"],
        View::Overdue => ["task-overdue-title", "task-overdue-intro", "task-overdue-empty"],
    }
}

/// What a view is called where it is one of several.
pub fn view_name(lang: Lang, view: View) -> String {
    if view == View::All { lang.t("worklist-all") } else { lang.t(view_words(view)[0]) }
}

/// What the last action did.
pub fn flash(lang: Lang, done: &str) -> Option<String> {
    if let Some(count) = done.strip_prefix("given-").and_then(|count| count.parse::<u32>().ok()) {
        return Some(lang.tr("worklist-done-given", &[("count", count.to_string())]));
    }
    match done {
        "kept" => Some(lang.t("worklist-done-kept")),
        "removed" => Some(lang.t("worklist-done-removed")),
        _ => None,
    }
}

/// The page as it is now.
pub async fn build(staff: &Staff, tx: &mut Tx, place: Place, chosen: &Chosen) -> Result<ListPage, Problem> {
    let lang = staff.lang;
    let view = place.filter.view;
    let [title, intro, _] = view_words(view);
    let here = if view == View::Overdue { "/overdue" } else { PATH };
    let mut frame = staff.frame(tx, lang.t(title), here).await?;
    frame.errors = !chosen.errors.is_empty();
    let search = Some(search_box(lang, "", &FormErrors::default()));
    let mut shown = ListPage {
        frame,
        errors: (!chosen.errors.is_empty()).then(|| chosen.errors.summary(lang)),
        intro: lang.t(intro),
        teams: None,
        views: Vec::new(),
        search: Markup::all(search.into_iter().chain(before::link(staff))),
        new: None,
        narrow: None,
        saved: Vec::new(),
        keeps: Vec::new(),
        empty: vec![lang.t("task-no-team").into()],
        rows: Markup::default(),
        give: None,
        pages: None,
        print: Vec::new(),
        shortcuts: Vec::new(),
    };
    if let Some(team) = place.chosen(staff, tx).await? {
        fill(staff, tx, &mut shown, (place, team), chosen).await?;
    }
    Ok(shown)
}

async fn fill(
    staff: &Staff,
    tx: &mut Tx,
    shown: &mut ListPage,
    (place, team): (Place, TeamId),
    chosen: &Chosen,
) -> Result<(), Problem> {
    let lang = staff.lang;
    let found = tx.worklist(team, &place.filter, place.after).await?;
    let counts = tx.worklist_counts(team).await?;
    let teams = tx.teams().await?;
    let members = tx.team_members(team).await?;
    let names = named(tx, &found, &members, &place.filter).await?;
    let saved = tx.saved_filters().await?;
    let own = own_teams(staff, &teams);
    let team_link = |one: &&onedoor_domain::team::Team| {
        (Link::new(&place.of_team(one.id).address(), one.name.as_str()), one.id == team)
    };
    let items = own.iter().map(team_link).collect();
    shown.teams = (own.len() > 1).then(|| SubNavigation { label: lang.t("task-teams"), items });
    shown.views = View::ALL.iter().map(|view| view_link(lang, &place, *view, &counts)).collect();
    shown.new = place.after.is_none().then(|| show_new(lang, &place, team, staff.ctx.now));
    shown.narrow = Some(filters::narrow(staff, &place, &members, &names));
    let kept = |one: &onedoor_domain::worklist::SavedFilter| {
        Link::new(&place.with(one.filter).address(), one.name.as_str())
    };
    shown.saved = saved.iter().map(kept).collect();
    shown.keeps = keeps(lang, &place, saved.is_empty());
    shown.empty = if found.rows.is_empty() { empty(lang, &place) } else { Vec::new() };
    if !found.rows.is_empty() {
        let gives = staff.may(Action::TaskGive);
        shown.rows = table(staff, &found, &names, chosen);
        shown.give = gives.then(|| give_form(staff, &place, &members, chosen));
        shown.shortcuts = shortcuts(lang, gives);
    }
    shown.pages = pages(lang, &place.at_start().address(), place.after, found.next);
    shown.print = print_lines(staff, &place, &shown.frame, found.next.is_some());
    Ok(())
}

fn view_link(lang: Lang, place: &Place, view: View, counts: &BTreeMap<View, i64>) -> ViewLink {
    let count = counts.get(&view).copied().unwrap_or_default();
    let most = COUNTED - 1;
    let count = if count > most { format!("{most}+") } else { count.to_string() };
    ViewLink {
        link: Link::new(&place.with(Filter::of(view)).address(), view_name(lang, view)),
        spoken: lang.tr("worklist-count", &[("count", count.clone())]),
        count,
        current: place.filter.view == view,
    }
}

fn show_new(lang: Lang, place: &Place, team: TeamId, now: Timestamp) -> ShowNew {
    let filter = Some(place.filter.query()).filter(|query| !query.is_empty());
    let filter = filter.map(|query| format!("&{query}")).unwrap_or_default();
    ShowNew {
        count_href: format!("{PATH}/new?team={team}&since={now}{filter}"),
        again: Some(Link::new(&place.address(), lang.t("worklist-look-again"))),
    }
}

/// Names of everybody who is named on a row or in the filter: the team's, and those who have left it.
async fn named(
    tx: &mut Tx,
    found: &List,
    members: &[Colleague],
    filter: &Filter,
) -> Result<BTreeMap<UserId, String>, Problem> {
    let mut names: BTreeMap<UserId, String> =
        members.iter().map(|one| (one.user, one.name.to_string())).collect();
    let asked = match filter.who {
        Some(onedoor_domain::worklist::Who::Colleague(user)) => Some(user),
        Some(_) | None => None,
    };
    let owners = found.rows.iter().filter_map(row_of).flat_map(|row| row.owners.iter().copied());
    let others: BTreeSet<UserId> = owners.chain(asked).filter(|user| !names.contains_key(user)).collect();
    if !others.is_empty() {
        let others: Vec<UserId> = others.into_iter().collect();
        let found = tx.colleagues(&others).await?;
        names.extend(found.into_iter().map(|one| (one.user, one.name.to_string())));
    }
    Ok(names)
}

fn row_of(section: &Visible<Section>) -> Option<&Row> {
    if let Section::Row(row) = &**section { Some(row) } else { None }
}

fn table(staff: &Staff, found: &List, names: &BTreeMap<UserId, String>, chosen: &Chosen) -> Markup {
    let lang = staff.lang;
    let gives = staff.may(Action::TaskGive);
    let heads = ["task-row-person", "task-row-state", "task-row-asked", "task-row-due", "worklist-who"];
    let rows = found.rows.iter().filter_map(row_of).map(|row| {
        let mut cells = rows::queue_cells(lang, row, staff.ctx.now);
        if let Some(last) = cells.last_mut() {
            *last = Cell::from(stack(who(staff, row, names)));
        }
        if let Some(first) = cells.first_mut().filter(|_| gives) {
            first.content = Markup::of(&choose(lang, row, first.content.clone(), chosen));
        }
        cells
    });
    Markup::of(&Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: rows.collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    })
}

fn choose(lang: Lang, row: &Row, person: Markup, chosen: &Chosen) -> Choose {
    let value = format!("{}.{}", row.referral, row.version);
    Choose {
        id: format!("row-{}", row.referral),
        words: lang.tr("worklist-choose", &[("name", row.called.to_string())]),
        checked: chosen.rows.contains(&value),
        value,
        person,
    }
}

/// Who does it, and who has it open.
fn who(staff: &Staff, row: &Row, names: &BTreeMap<UserId, String>) -> Vec<Markup> {
    let lang = staff.lang;
    let name = |user: &UserId| {
        if *user == staff.member.user {
            lang.t("task-row-owner-you")
        } else {
            names.get(user).cloned().unwrap_or_else(|| lang.t("task-row-owner-colleague"))
        }
    };
    let mut lines: Vec<Markup> = row.owners.iter().map(|user| name(user).into()).collect();
    if lines.is_empty() {
        lines.push(lang.t("task-row-open-nobody").into());
    }
    lines.extend(rows::opened(lang, row, staff.ctx.now).map(Markup::from));
    lines
}

fn give_form(staff: &Staff, place: &Place, members: &[Colleague], chosen: &Chosen) -> GiveForm {
    let lang = staff.lang;
    let field = Field::new(lang, "to", lang.t("worklist-give-to")).with(&chosen.errors);
    GiveForm {
        lang,
        back: place.query(),
        to: Select { field, options: receivers(staff, members), value: chosen.to.clone() },
        button: Button { prevents_double_click: true, ..Button::new(lang.t("worklist-give")) },
    }
}

/// To whom a row can be given: oneself, everybody of the team, each colleague.
fn receivers(staff: &Staff, members: &[Colleague]) -> Vec<SelectOption> {
    let lang = staff.lang;
    let option = |value: &str, text: String| SelectOption { value: value.to_owned(), text };
    let others = members.iter().filter(|one| one.user != staff.member.user).map(|one| {
        let text = match &one.profession {
            Some(profession) => format!("{}, {profession}", one.name),
            None => one.name.to_string(),
        };
        option(&one.user.to_string(), text)
    });
    let me = members.iter().any(|one| one.user == staff.member.user);
    let me = me.then(|| option("me", lang.t("worklist-give-me")));
    [option("", lang.t("worklist-give-nobody"))]
        .into_iter()
        .chain(me)
        .chain([option("team", lang.t("worklist-give-team"))])
        .chain(others)
        .collect()
}

/// What to do where nobody is on the list.
fn empty(lang: Lang, place: &Place) -> Vec<Markup> {
    let view = place.filter.view;
    if !place.filter.narrowed_by().is_empty() {
        let wider = place.with(Filter::of(view)).address();
        return vec![
            lang.t("worklist-empty-narrowed").into(),
            Markup::link(&wider, &lang.t("worklist-empty-wider")),
        ];
    }
    let [_, _, words] = view_words(view);
    let all = place.with(Filter::default()).address();
    let on = (view != View::All).then(|| Markup::link(&all, &lang.t("worklist-empty-all")));
    std::iter::once(lang.t(words).into()).chain(on).collect()
}

fn keeps(lang: Lang, place: &Place, none: bool) -> Vec<Link> {
    let new = format!(
        "{PATH}/filters/new?back={}",
        crate::web::gate::form_encode(&place.query()).collect::<String>()
    );
    let keep = Link::new(&new, lang.t("worklist-keep"));
    let all = (!none).then(|| Link::new(&format!("{PATH}/filters"), lang.t("worklist-kept-change")));
    std::iter::once(keep).chain(all).collect()
}

/// What stands above the list on paper: what it is, of when, printed by whom, and whether it goes on.
fn print_lines(staff: &Staff, place: &Place, frame: &Frame, goes_on: bool) -> Vec<String> {
    let lang = staff.lang;
    let at = words::date_time(lang, staff.ctx.now);
    let printed =
        [("county", frame.county.name.clone()), ("name", staff.member.name.to_string()), ("at", at)];
    let narrowed = (!place.filter.narrowed_by().is_empty()).then(|| lang.t("worklist-print-narrowed"));
    let on = (goes_on || place.after.is_some()).then(|| lang.t("worklist-print-part"));
    std::iter::once(lang.tr("worklist-print", &printed)).chain(narrowed).chain(on).collect()
}

/// The keys and what each does. Those for choosing only where there is something to choose.
fn shortcuts(lang: Lang, gives: bool) -> Vec<(&'static str, String)> {
    let all = [
        ("j", "worklist-key-next", true),
        ("k", "worklist-key-before", true),
        ("o", "worklist-key-open", true),
        ("x", "worklist-key-choose", gives),
        ("g", "worklist-key-give", gives),
        ("/", "worklist-key-filter", true),
        ("?", "worklist-key-help", true),
    ];
    all.into_iter().filter(|(_, _, shown)| *shown).map(|(key, words, _)| (key, lang.t(words))).collect()
}

/// Nothing was chosen, or nobody to give it to.
pub fn incomplete(rows: &[(ReferralId, i64)], to: &str) -> FormErrors {
    let mut errors = FormErrors::default();
    if rows.is_empty() {
        errors.push(FieldError::new("rows", "worklist-give-no-rows"));
    }
    if to.is_empty() {
        errors.push(FieldError::new("to", "worklist-give-no-one"));
    }
    errors
}

//! The worklist of the single point of access, the overdue list, and the count behind "Show 3 new".

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::Timestamp;
use onedoor_domain::ids::TeamId;
use onedoor_domain::team::Team;
use onedoor_store::Tx;

use super::rows::{self, Columns, own_teams, pages, read_cursor, team_links};
use crate::enter::before;
use crate::referral::find::search_box;
use crate::ui::{Frame, Markup, Pagination, ShowNew, SubNavigation};
use crate::web::answer::{Answer, nothing, text};
use crate::web::form::FormErrors;
use crate::web::{Problem, Staff, page};

/// A list of one team.
#[derive(Debug, Template)]
#[template(path = "task/list.html")]
struct ListPage {
    frame: Frame,
    intro: String,
    teams: Option<SubNavigation>,
    search: Markup,
    new: Option<ShowNew>,
    empty: Option<String>,
    rows: Markup,
    pages: Option<Pagination>,
}

/// One of the two lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Worklist,
    Overdue,
}

impl Kind {
    fn path(self) -> &'static str {
        match self {
            Self::Worklist => "/worklist",
            Self::Overdue => "/overdue",
        }
    }

    /// Title, introduction, and what an empty list says.
    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Worklist => ["task-worklist-title", "task-worklist-intro", "task-worklist-empty"],
            Self::Overdue => ["task-overdue-title", "task-overdue-intro", "task-overdue-empty"],
        }
    }
}

/// GET `/worklist`.
///
/// # Errors
/// [`Problem::Store`] for another team's list.
pub async fn worklist(
    staff: Staff,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Answer, Problem> {
    list(staff, query, Kind::Worklist).await
}

/// GET `/overdue`.
///
/// # Errors
/// [`Problem::Store`] for another team's list.
pub async fn overdue(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    list(staff, query, Kind::Overdue).await
}

async fn list(staff: Staff, query: BTreeMap<String, String>, kind: Kind) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let [title, intro, empty] = kind.words();
    let frame = staff.frame(&mut tx, lang.t(title), kind.path()).await?;
    let teams = tx.teams().await?;
    let own = own_teams(&staff, &teams);
    let search = Some(search_box(lang, "", &FormErrors::default()));
    let search = Markup::all(search.into_iter().chain(before::link(&staff)));
    let mut shown = ListPage {
        frame,
        intro: lang.t(intro),
        teams: None,
        search,
        new: None,
        empty: Some(lang.t("task-no-team")),
        rows: Markup::default(),
        pages: None,
    };
    let Some(team) = chosen(&mut tx, &query, &own).await? else {
        return page(tx.close().await?, &shown);
    };
    let after = query.get("after").and_then(|after| read_cursor(after));
    let found = match kind {
        Kind::Worklist => tx.worklist(team, after).await?,
        Kind::Overdue => tx.overdue(team, after).await?,
    };
    let path = format!("{}?team={team}", kind.path());
    shown.teams = team_links(lang, kind.path(), &own, team);
    shown.new = (kind == Kind::Worklist && after.is_none())
        .then(|| ShowNew { count_href: format!("/worklist/new?team={team}&since={}", staff.ctx.now) });
    shown.empty = found.rows.is_empty().then(|| lang.t(empty));
    if shown.empty.is_none() {
        shown.rows = rows::table(&staff, &found.rows, &teams, Columns::Queue);
    }
    shown.pages = pages(lang, &path, after, found.next);
    page(tx.close().await?, &shown)
}

/// The team an address names, else the single point of access for those who work there, else the first own team. Whether
/// another team's list may be seen is the store's to decide.
async fn chosen(
    tx: &mut Tx,
    query: &BTreeMap<String, String>,
    own: &[&Team],
) -> Result<Option<TeamId>, Problem> {
    if let Some(named) = query.get("team") {
        return named.parse().map(Some).map_err(|_| Problem::NotFound);
    }
    let (county, _) = tx.county().await?;
    let spoa = own.iter().find(|team| Some(team.id) == county.spoa_team);
    Ok(spoa.or(own.first()).map(|team| team.id))
}

/// GET `/worklist/new?team=&since=`: the button's words, or nothing. A count, and nothing about anybody.
///
/// # Errors
/// [`Problem::NotFound`] for an address that names no team or moment.
pub async fn new(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let team: Option<TeamId> = query.get("team").and_then(|team| team.parse().ok());
    let since: Option<Timestamp> = query.get("since").and_then(|since| since.parse().ok());
    let (Some(team), Some(since)) = (team, since) else { return Err(Problem::NotFound) };
    let mut tx = staff.begin().await?;
    let count = tx.count_new(team, since).await?;
    let proof = tx.close().await?;
    if count == 0 {
        return Ok(nothing(proof));
    }
    Ok(text(proof, staff.lang.tr("task-show-new", &[("count", count.to_string())])))
}

//! The lists of a team as a tool: views with counts, filters that stand in the address, keyset pages, "Show 3 new", filters
//! kept under a name, and giving what is to be done to somebody. Nothing moves under the reader.

mod filters;
pub mod give;
mod page;
pub mod saved;

use std::collections::BTreeMap;

use axum::extract::Query;
use jiff::Timestamp;
use onedoor_domain::ids::TeamId;
use onedoor_domain::worklist::{Filter, View};
use onedoor_store::{Cursor, Tx};

use crate::task::rows::{own_teams, read_cursor};
use crate::web::answer::{Answer, nothing, text};
use crate::web::gate::form_encode;
use crate::web::{Problem, Staff, page as answer};

/// Where the lists are.
pub const PATH: &str = "/worklist";

/// Which list an address shows: of which team, narrowed down how, from where on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The team, where the address names one.
    team: Option<TeamId>,
    filter: Filter,
    after: Option<Cursor>,
}

impl Place {
    fn of(query: &BTreeMap<String, String>) -> Result<Self, Problem> {
        let value = |name: &str| query.get(name).map(String::as_str);
        let team = value("team").map(str::parse).transpose().map_err(|_| Problem::NotFound)?;
        Ok(Self { team, filter: Filter::read(value), after: value("after").and_then(read_cursor) })
    }

    /// What a form carried of the address it was on.
    fn carried(text: &str) -> Result<Self, Problem> {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self::of(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// The same list from its start.
    fn at_start(self) -> Self {
        Self { after: None, ..self }
    }

    fn with(self, filter: Filter) -> Self {
        Self { filter, after: None, ..self }
    }

    fn of_team(self, team: TeamId) -> Self {
        Self { team: Some(team), after: None, ..self }
    }

    /// The team first, then the filter. Codes and ids need no escape.
    fn query(&self) -> String {
        let team = self.team.map(|team| format!("team={team}"));
        let filter = Some(self.filter.query()).filter(|query| !query.is_empty());
        team.into_iter().chain(filter).collect::<Vec<_>>().join("&")
    }

    fn address(&self) -> String {
        let query = self.query();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
    }

    /// The address with one more parameter.
    fn address_with(&self, name: &str, value: &str) -> String {
        let (base, value) = (self.address(), form_encode(value).collect::<String>());
        let joint = if base.contains('?') { '&' } else { '?' };
        format!("{base}{joint}{name}={value}")
    }

    /// The team the address names, else the single point of access for those who work there, else the first own team. Whether
    /// another team's list may be seen is the store's to decide.
    async fn chosen(&self, staff: &Staff, tx: &mut Tx) -> Result<Option<TeamId>, Problem> {
        if self.team.is_some() {
            return Ok(self.team);
        }
        let teams = tx.teams().await?;
        let own = own_teams(staff, &teams);
        let (county, _) = tx.county().await?;
        let spoa = own.iter().find(|team| Some(team.id) == county.spoa_team);
        Ok(spoa.or(own.first()).map(|team| team.id))
    }
}

/// GET `/worklist`.
///
/// # Errors
/// [`Problem::Store`] for another team's list.
pub async fn list(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    show(&staff, Place::of(&query)?, query.get("done").map(String::as_str)).await
}

/// GET `/overdue`: the view of what is late.
///
/// # Errors
/// [`Problem::Store`] for another team's list.
pub async fn overdue(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let place = Place::of(&query)?;
    let filter = Filter { view: View::Overdue, ..place.filter };
    show(&staff, Place { filter, ..place }, None).await
}

async fn show(staff: &Staff, place: Place, done: Option<&str>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let mut shown = page::build(staff, &mut tx, place, &page::Chosen::default()).await?;
    shown.frame.flash = done.and_then(|done| page::flash(staff.lang, done));
    answer(tx.close().await?, &shown)
}

/// GET `/worklist/new?team=&view=&since=`: the button's words, or nothing. A count, and nothing about anybody.
///
/// # Errors
/// [`Problem::NotFound`] for an address that names no team or moment.
pub async fn new(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let place = Place::of(&query)?;
    let since: Option<Timestamp> = query.get("since").and_then(|since| since.parse().ok());
    let (Some(team), Some(since)) = (place.team, since) else { return Err(Problem::NotFound) };
    let mut tx = staff.begin().await?;
    let count = tx.count_new(team, &place.filter, since).await?;
    let proof = tx.close().await?;
    if count == 0 {
        return Ok(nothing(proof));
    }
    Ok(text(proof, staff.lang.tr("task-show-new", &[("count", count.to_string())])))
}

//! Partners with where their agreements stand, and the agreements of one of them.

use axum::extract::{Path, Query};
use jiff::civil::Date;
use onedoor_domain::agreement::{Agreement, in_force, to_renew};
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::OrgId;
use onedoor_domain::team::{Org, Team};
use serde::Deserialize;

use super::{days, standing, summary};
use crate::ui::{BackLink, Button, Cell, Column, Frame, Markup, SummaryList, Table};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{Lang, day_of};

/// The partners.
pub const PATH: &str = "/agreements";

#[derive(Debug, askama::Template)]
#[template(path = "agreement/partners.html")]
struct Partners {
    frame: Frame,
    back: BackLink,
    table: Option<Table>,
}

#[derive(Debug, askama::Template)]
#[template(path = "agreement/list.html")]
struct List {
    frame: Frame,
    back: BackLink,
    /// What follows from where they stand today.
    means: String,
    add: Button,
    agreements: Vec<Shown>,
}

#[derive(Debug)]
struct Shown {
    heading: String,
    facts: SummaryList,
    end: Option<Button>,
}

/// What was done before this page.
#[derive(Debug, Deserialize)]
pub struct Before {
    #[serde(default)]
    done: String,
}

impl Before {
    /// Whether it was this.
    pub(super) fn is(&self, done: &str) -> bool {
        self.done == done
    }
}

/// GET `/agreements`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let (all, orgs) = (tx.agreements().await?, tx.orgs().await?);
    let partners = orgs.iter().filter(|org| org.kind.needs_agreement());
    let rows: Vec<Vec<Cell>> = partners.map(|org| row(lang, org, &all, local_date(staff.ctx.now))).collect();
    let heads = ["staff-org", "agreement-row-standing", "agreement-until"];
    let table = (!rows.is_empty()).then(|| Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows,
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    });
    let shown = Partners {
        table,
        back: BackLink::new(lang, "/county"),
        frame: staff.frame(&mut tx, lang.t("agreement-partners-title"), "/county").await?,
    };
    page(tx.close().await?, &shown)
}

fn row(lang: Lang, org: &Org, all: &[Agreement], today: Date) -> Vec<Cell> {
    let now = in_force(all, org.id, today);
    let until = now.map(|it| day_of(lang, it.terms.until)).unwrap_or_default();
    let state = lang.t(if now.is_some() { "agreement-partner-has" } else { "agreement-partner-none" });
    let due = to_renew(all, today).iter().any(|it| it.org == org.id);
    let says: Vec<String> =
        std::iter::once(state).chain(due.then(|| lang.t("agreement-partner-renew"))).collect();
    let href = Some(format!("/organisations/{}/agreements", org.id));
    let name = Cell { href, ..Cell::from(org.name.to_string()) };
    vec![name, Cell::from(Markup::lines(&says.join("\n"))), Cell::from(until)]
}

/// GET `/organisations/{org}/agreements`.
///
/// # Errors
/// [`Problem::Store`]; [`Problem::NotFound`].
pub async fn of_org(
    staff: Staff,
    Path(org): Path<String>,
    Query(before): Query<Before>,
) -> Result<Answer, Problem> {
    let (lang, today) = (staff.lang, local_date(staff.ctx.now));
    let org: OrgId = org.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = staff.begin().await?;
    let all = tx.agreements().await?;
    let org = tx.orgs().await?.into_iter().find(|it| it.id == org).ok_or(Problem::NotFound)?;
    let teams = tx.teams().await?;
    let title = lang.tr("agreement-list-title", &[("org", org.name.to_string())]);
    let mut frame = staff.frame(&mut tx, title, "/county").await?;
    frame.flash = match before.done.as_str() {
        "written" => Some(lang.t("agreement-done-written")),
        "stopped" => Some(lang.t("agreement-done-ended")),
        _ => None,
    };
    let ours = all.iter().filter(|it| it.org == org.id);
    let list = List {
        frame,
        back: BackLink::new(lang, PATH),
        means: lang.t(means(&org, &all, today)),
        add: Button::to(&format!("/organisations/{}/agreements/new", org.id), lang.t("agreement-add")),
        agreements: ours.map(|it| shown(lang, it, &teams, today)).collect(),
    };
    page(tx.close().await?, &list)
}

fn means(org: &Org, all: &[Agreement], today: Date) -> &'static str {
    if !org.kind.needs_agreement() {
        "agreement-means-not-needed"
    } else if in_force(all, org.id, today).is_some() {
        "agreement-means-has"
    } else {
        "agreement-means-none"
    }
}

fn shown(lang: Lang, it: &Agreement, teams: &[Team], today: Date) -> Shown {
    let can_end = it.ended.is_none() && it.terms.until >= today;
    let state = lang.t(standing(it.standing(today)));
    Shown {
        heading: lang.tr("agreement-heading", &[("days", days(lang, it)), ("standing", state)]),
        facts: summary(lang, it, teams, today),
        end: can_end.then(|| Button {
            href: Some(format!("/agreements/{}/end", it.id)),
            ..Button::secondary(lang.t("agreement-end"))
        }),
    }
}

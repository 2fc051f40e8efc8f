//! How often suggestions were followed, by rule, by reason and by team: counts without anybody's name, none under five.

use askama::Template;
use jiff::SignedDuration;
use onedoor_domain::access::Action;
use onedoor_domain::matching::OverrideReason;

use super::book::rule_name;
use super::run::count;
use super::{LIST, words};
use crate::ui::{BackLink, Cell, Column, Frame, Table};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self as say, Lang};

#[derive(Template)]
#[template(path = "matching/overrides.html")]
struct Report {
    frame: Frame,
    back: BackLink,
    since: String,
    rules: Option<Table>,
    reasons: Option<Table>,
    teams: Option<Table>,
}

/// How far it looks back.
const DAYS: i64 = 90;

/// GET `/rules/use`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let since = staff.ctx.now.saturating_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(staff.ctx.now);
    let mut tx = staff.begin().await?;
    let found = tx.overrides(since).await?;
    let teams = tx.teams().await?;
    let live = tx.rules_in_force().await?.rules;
    let rules = found.rules.iter().map(|one| {
        let name = rule_name([&live, &live], &one.rule);
        let numbers = [one.shown, one.followed, one.another, one.differed];
        row(lang, name, &numbers)
    });
    let reasons = found.reasons.iter().map(|(code, number)| {
        let name =
            OverrideReason::from_code(code).map_or_else(|| code.clone(), |one| lang.t(words::reason(one)));
        row(lang, name, &[*number])
    });
    let by_team = found.teams.iter().map(|one| {
        let known = one.team.and_then(|id| teams.iter().find(|team| team.id == id));
        let name = known.map_or_else(|| lang.t("rules-use-no-team"), |team| team.name.to_string());
        row(lang, name, &[one.decided, one.differed])
    });
    let back = if staff.may(Action::RulesRead) { LIST } else { "/my-day" };
    let view = Report {
        back: BackLink::new(lang, back),
        since: lang.tr("rules-use-since", &[("day", say::date(lang, since))]),
        rules: table(
            lang,
            &[
                "rules-name",
                "rules-use-shown",
                "rules-use-followed",
                "rules-use-another",
                "rules-use-differed",
            ],
            rules.collect(),
        ),
        reasons: table(lang, &["rules-use-reason", "rules-use-count"], reasons.collect()),
        teams: table(lang, &["rules-use-team", "rules-use-decided", "rules-use-differed"], by_team.collect()),
        frame: staff.frame(&mut tx, lang.t("rules-use-title"), "").await?,
    };
    page(tx.close().await?, &view)
}

fn row(lang: Lang, name: String, numbers: &[u64]) -> Vec<Cell> {
    std::iter::once(Cell::from(name)).chain(numbers.iter().map(|one| Cell::from(count(lang, *one)))).collect()
}

fn table(lang: Lang, heads: &[&str], rows: Vec<Vec<Cell>>) -> Option<Table> {
    let columns = heads.iter().map(|key| Column::new(lang.t(key))).collect();
    let table =
        Table { lang, columns, rows, first_cell_is_header: true, responsive: true, ..Table::default() };
    (!table.rows.is_empty()).then_some(table)
}

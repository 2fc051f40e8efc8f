//! How often suggestions were followed, by rule, by reason and by team: counts without anybody's name, and none that is small or
//! tells a small one.

use askama::Template;
use jiff::SignedDuration;
use onedoor_domain::access::Action;
use onedoor_domain::insight::Margins;
use onedoor_domain::matching::OverrideReason;
use onedoor_store::Overrides;

use super::book::rule_name;
use super::{LIST, words};
use crate::insight::tables::{Caption, Shown, counted, shown};
use crate::ui::{BackLink, Frame, Table};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self as say, Lang};

#[derive(Template)]
#[template(path = "matching/overrides.html")]
struct Report {
    frame: Frame,
    back: BackLink,
    since: String,
    /// Nothing was suggested.
    nothing: bool,
    tables: Vec<Table>,
}

/// How far it looks back.
const DAYS: i64 = 90;

/// A name, and how often of each column.
type Named = (String, Vec<u64>);

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
    let live = tx.rules_in_force().await?;
    let rules = found.rules.iter().map(|one| {
        (rule_name([&live.rules, &live.rules], &one.rule), vec![one.followed, one.another, one.differed])
    });
    let by_team = found.teams.iter().map(|one| {
        let known = one.team.and_then(|id| teams.iter().find(|team| team.id == id));
        let name = known.map_or_else(|| lang.t("rules-use-no-team"), |team| team.name.to_string());
        (name, vec![one.decided.saturating_sub(one.differed), one.differed])
    });
    let shown = tables(lang, rules.collect(), reasons(lang, &found), by_team.collect());
    let back = if staff.may(Action::RulesRead) { LIST } else { "/my-day" };
    let view = Report {
        back: BackLink::new(lang, back),
        since: lang.tr("rules-use-since", &[("day", say::date(lang, since))]),
        nothing: found.rules.is_empty(),
        tables: shown.iter().map(|one| one.table(lang)).collect(),
        frame: staff.frame(&mut tx, lang.t("rules-use-title"), "").await?,
    };
    page(tx.close().await?, &view)
}

fn reasons(lang: Lang, found: &Overrides) -> Vec<Named> {
    let row = |(code, number): &(String, u64)| {
        let known = OverrideReason::from_code(code);
        (known.map_or_else(|| code.clone(), |one| lang.t(words::reason(one))), vec![*number])
    };
    found.reasons.iter().map(row).collect()
}

/// A decision stands beside every rule that suggested something, so nobody can work with the sums of the rules' columns.
fn tables(lang: Lang, rules: Vec<Named>, reasons: Vec<Named>, teams: Vec<Named>) -> Vec<Shown> {
    let one = |margins, caption: Caption, columns: &[(&str, &'static str)], rows: Vec<Named>| {
        let heads: Vec<_> = columns.iter().map(|(key, code)| (lang.t(key), *code)).collect();
        let cells = rows.into_iter().flat_map(|(name, counts)| {
            let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
            counts.into_iter().enumerate().map(move |(at, count)| (name.clone(), Some(at), number(count)))
        });
        shown((lang, margins), &heads, std::iter::once((caption, counted(heads.len(), cells))))
    };
    let followed = ("rules-use-followed", "followed");
    let differed = ("rules-use-differed", "differed");
    let by_rule = ("by-rule", "rules-use-by-rule", "rules-name");
    let by_reason = ("by-reason", "rules-use-by-reason", "rules-use-reason");
    let by_team = ("by-team", "rules-use-by-team", "rules-use-team");
    [
        one(Margins::Rows, by_rule, &[followed, ("rules-use-another", "another"), differed], rules),
        one(Margins::Both, by_reason, &[("rules-use-count", "count")], reasons),
        one(Margins::Both, by_team, &[followed, differed], teams),
    ]
    .into_iter()
    .flatten()
    .collect()
}

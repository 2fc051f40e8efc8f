//! The dry run of a draft: asking for it, how far it is, and what it found, as counts of which none under five is shown.

use axum::extract::Request;
use onedoor_domain::access::Action;
use onedoor_domain::matching::{Counts, DryRun, RuleSet, Rulebook, shown_count};

use super::book::rule_name;
use super::{finish, version};
use crate::ui::{Cell, Column, Markup, Table};
use crate::web::form::read_form;
use crate::web::{Answer, Problem, Staff};
use crate::words::{self as say, Lang};

/// POST `/rules/dry-run`.
///
/// # Errors
/// [`Problem`].
pub async fn begin(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesWrite).await?;
    let total = tx.arrivals_since(DryRun::looks_back_to(staff.ctx.now)).await?;
    let changes = book.dry_run(&staff.ctx, version(&raw), total);
    finish(&staff, tx, (changes, "run"), Vec::new()).await
}

/// A count in words: none under five, except nought.
pub(super) fn count(lang: Lang, count: u64) -> String {
    shown_count(count).map_or_else(|| lang.t("rules-count-few"), |shown| shown.to_string())
}

/// What there is to say of the newest dry run.
pub(super) fn result(lang: Lang, book: &Rulebook, newest: Option<&DryRun>) -> Markup {
    let Some(run) = newest else { return Markup::paragraphs([lang.t("rules-run-none")]) };
    let when = ("at", say::date_time(lang, run.began_at));
    let found = &run.compared;
    if run.is_running() {
        let parts = [when, ("seen", found.seen.to_string()), ("total", run.total.to_string())];
        let link = Markup::link(super::LIST, &lang.t("rules-run-look"));
        return Markup::paragraphs([Markup::from(lang.tr("rules-run-running", &parts)), link]);
    }
    let fresh = book.is_answered_by(run);
    let by = ("by", run.by.name().map(ToString::to_string).unwrap_or_default());
    let parts = [
        when,
        by,
        ("seen", count(lang, found.seen)),
        ("differ", count(lang, found.differ)),
        ("nothing", count(lang, found.nothing)),
    ];
    let said = [
        Some(lang.tr("rules-run-found", &parts)).filter(|_| run.is_finished()),
        (!fresh).then(|| lang.t("rules-run-stale")),
    ];
    let said = Markup::paragraphs(said.into_iter().flatten());
    if !run.is_finished() || found.rules.is_empty() {
        return said;
    }
    Markup::all([said, Markup::of(&table(lang, book, run))])
}

fn table(lang: Lang, book: &Rulebook, run: &DryRun) -> Table {
    let heads = ["rules-name", "rules-run-new", "rules-run-gone", "rules-run-same"];
    let columns = heads.iter().map(|key| Column::new(lang.t(key))).collect();
    let draft: &RuleSet = book.draft.as_ref().map_or(&book.live.rules, |draft| &draft.rules);
    // In the order of the draft; what is only in force comes last.
    let order = draft.rules.iter().chain(&book.live.rules.rules).map(|rule| &rule.id);
    let mut seen = std::collections::BTreeSet::new();
    let row = |id: &onedoor_domain::matching::RuleId| {
        let Counts { new, gone, same } = run.compared.rules.get(id).copied().unwrap_or_default();
        let name = rule_name([draft, &book.live.rules], id);
        let cells = [new, gone, same].map(|number| Cell::from(count(lang, number)));
        std::iter::once(Cell::from(name)).chain(cells).collect::<Vec<_>>()
    };
    let rows = order.filter(|id| seen.insert((*id).clone())).map(row).collect();
    Table { lang, columns, rows, first_cell_is_header: true, responsive: true, ..Table::default() }
}

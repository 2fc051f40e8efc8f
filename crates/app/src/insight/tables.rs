//! Counts as tables to read and as lines of a file. Takes only what was published; knows no person and no exact small number.

use std::collections::BTreeMap;

use onedoor_domain::clock::StopWhy;
use onedoor_domain::door::ForWhom;
use onedoor_domain::ids::TeamId;
use onedoor_domain::insight::{Around, Cell as Count, Counts, Decision, Margins, Row, WATCHED, publish};
use onedoor_domain::team::Team;
use onedoor_domain::value::EthnicGroup;
use onedoor_domain::worklist::AgeGroup;
use onedoor_store::{ChoiceCount, ClockCount, DecisionCount};

use crate::referral::names;
use crate::task::rows::team_name;
use crate::ui::{Cell, Column, Markup, Size, Table};
use crate::words::Lang;

/// Everything on the page.
pub struct Report {
    /// Done when, around its target.
    pub around: Shown,
    /// What stopped for another reason, around its target; none where that is too little to be shown.
    pub ended: Option<Shown>,
    /// What was decided, by each kind of row.
    pub shares: Vec<Shown>,
}

/// One table with its words.
pub struct Shown {
    code: &'static str,
    caption: String,
    first: String,
    columns: Vec<(String, String)>,
    rows: Vec<(String, Row<String>)>,
    shares: bool,
}

impl Report {
    /// The tables of what was counted. All tables of the same decisions are published together, because each tells about the
    /// others.
    pub fn of(
        lang: Lang,
        (decisions, choices, clocks): (&[DecisionCount], &[ChoiceCount], &[ClockCount]),
        teams: &[Team],
    ) -> Self {
        let decided = Decision::ALL.map(|one| (lang.t(decision(one)), one.code()));
        let at = |one: &DecisionCount| Decision::ALL.iter().position(|known| *known == one.decision);
        let by = |name: &dyn Fn(&DecisionCount) -> String| {
            counted(decided.len(), decisions.iter().map(|one| (name(one), at(one), one.count)))
        };
        let tables = [
            by(&|one| named(lang, teams, one.spoa)),
            by(&|one| lang.t(source(one.source))),
            by(&|one| lang.t(age(one.age))),
            by(&|one| lang.t(ethnic(one.ethnic))),
        ];
        let captions = [
            ("by-spoa", "insight-by-spoa", "insight-spoa"),
            ("by-source", "insight-by-source", "insight-source"),
            ("by-age", "insight-by-age", "insight-age"),
            ("by-ethnicity", "insight-by-ethnicity", "insight-ethnicity"),
        ];
        let mut shares = shown((lang, Margins::Both), &decided, captions.into_iter().zip(tables));
        shares.extend(held(lang, decisions, teams));
        let chosen = [(lang.t("insight-followed"), "followed"), (lang.t("insight-differed"), "differed")];
        let by = |name: &dyn Fn(&ChoiceCount) -> String| {
            counted(
                chosen.len(),
                choices.iter().map(|one| (name(one), Some(usize::from(one.differs)), one.count)),
            )
        };
        let tables = [by(&|one| named(lang, teams, one.team)), by(&|one| lang.t(ethnic(one.ethnic)))];
        let captions = [
            ("suggestions-by-spoa", "insight-suggestions-by-spoa", "insight-spoa"),
            ("suggestions-by-ethnicity", "insight-suggestions-by-ethnicity", "insight-ethnicity"),
        ];
        shares.extend(shown((lang, Margins::Both), &chosen, captions.into_iter().zip(tables)));
        Self { around: around(lang, clocks), ended: ended(lang, clocks), shares }
    }

    /// The same as lines of a file: one count a line, `*` where it is too small to be shown.
    pub fn csv(&self) -> String {
        let mut lines = vec!["table,row,column,count".to_owned()];
        for table in std::iter::once(&self.around).chain(&self.ended).chain(&self.shares) {
            for (name, row) in &table.rows {
                let cells =
                    row.cells.iter().zip(&table.columns).map(|(cell, (_, code))| (code.as_str(), cell));
                for (column, cell) in cells.chain([("total", &row.total)]) {
                    let count = match cell {
                        Count::Shown(count) => count.to_string(),
                        Count::Hidden => "*".to_owned(),
                    };
                    lines.push([table.code, name, column, &count].map(quoted).join(","));
                }
            }
        }
        lines.push(String::new());
        lines.join("\r\n")
    }
}

/// A field of a file: quoted where it must be, and never read as a formula.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// By the team that holds the person after the decision. Columns are only those after which somebody else does, so that no
/// count of this table is one of the table by single point of access, where it may be hidden.
fn held(lang: Lang, decisions: &[DecisionCount], teams: &[Team]) -> Vec<Shown> {
    let columns = Decision::HOLDS.map(|one| (lang.t(decision(one)), one.code()));
    let name = |one: &DecisionCount| match one.holder {
        Some(team) => named(lang, teams, team),
        None => lang.t("insight-holder-outside"),
    };
    let at = |one: &DecisionCount| Decision::HOLDS.iter().position(|known| *known == one.decision);
    let rows = decisions.iter().filter(|one| at(one).is_some());
    let table = counted(columns.len(), rows.map(|one| (name(one), at(one), one.count)));
    let caption = ("by-team", "insight-by-team", "insight-team");
    shown((lang, Margins::Both), &columns, std::iter::once((caption, table)))
}

/// How many of the clocks that fit stopped on each day around their target.
fn by_day(clocks: &[ClockCount], fits: impl Fn(&ClockCount) -> bool) -> Vec<u32> {
    let count =
        |day: &Around| clocks.iter().filter(|one| one.around == *day && fits(one)).map(|one| one.count).sum();
    Around::ALL.iter().map(count).collect()
}

/// What stopped because something else ended it, one row a reason and clock. How often that was is known from other tables
/// (who withdrew, who died), so what is too small is told with others.
fn ended(lang: Lang, clocks: &[ClockCount]) -> Option<Shown> {
    let row = |(why, kind)| {
        let name = [("clock", lang.t(names::clock(kind))), ("why", lang.t(names::stopped(why)))];
        (lang.tr("insight-ended-row", &name), by_day(clocks, |one| one.kind == kind && one.why == why))
    };
    let reasons = StopWhy::ALL.into_iter().filter(|why| *why != StopWhy::Done);
    let all = reasons.flat_map(|why| WATCHED.iter().map(move |kind| (why, *kind))).map(row);
    let rows = all.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect();
    let days = Around::ALL.map(|day| (lang.t(day_key(day)), day.code()));
    let caption = ("ended-otherwise", "insight-ended", "insight-clock");
    let table = shown((lang, Margins::Both), &days, std::iter::once((caption, Counts { rows }))).pop()?;
    Some(Shown { shares: false, ..table })
}

/// Clocks by the day around their target, one row a clock. Nobody knows sums of days, so rows are looked at by themselves.
fn around(lang: Lang, clocks: &[ClockCount]) -> Shown {
    let row = |kind| {
        let done = by_day(clocks, |one| one.kind == kind && one.why == StopWhy::Done);
        (lang.t(names::clock(kind)), done)
    };
    let table = Counts { rows: WATCHED.iter().map(|kind| row(*kind)).collect() };
    let published = publish(&[table], Around::ALL.len(), Margins::Rows);
    Shown {
        code: "around-target",
        caption: lang.t("insight-around"),
        first: lang.t("insight-clock"),
        columns: Around::ALL.iter().map(|day| (lang.t(day_key(*day)), day.code().to_owned())).collect(),
        rows: published.tables.into_iter().flatten().map(|row| (row.of.join(", "), row)).collect(),
        shares: false,
    }
}

/// The rows of a table: name, column, count.
pub(crate) fn counted(
    columns: usize,
    all: impl Iterator<Item = (String, Option<usize>, u32)>,
) -> Counts<String> {
    let mut rows: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (name, column, count) in all {
        let counts = rows.entry(name).or_insert_with(|| vec![0; columns]);
        if let Some(sum) = column.and_then(|at| counts.get_mut(at)) {
            *sum += count;
        }
    }
    Counts { rows: rows.into_iter().collect() }
}

/// A table's code, and the keys of its caption and of its first column.
pub(crate) type Caption = (&'static str, &'static str, &'static str);

/// Tables of the same decisions, as far as they may be shown; columns are their words and codes.
pub(crate) fn shown(
    (lang, margins): (Lang, Margins),
    columns: &[(String, &'static str)],
    tables: impl Iterator<Item = (Caption, Counts<String>)>,
) -> Vec<Shown> {
    let (captions, tables): (Vec<Caption>, Vec<Counts<String>>) = tables.unzip();
    let published = publish(&tables, columns.len(), margins);
    let joined = |group: &Vec<usize>| {
        let all: Vec<&(String, &str)> = group.iter().filter_map(|at| columns.get(*at)).collect();
        let words: Vec<&str> = all.iter().map(|(words, _)| words.as_str()).collect();
        let codes: Vec<&str> = all.iter().map(|(_, code)| *code).collect();
        (words.join(", "), codes.join("+"))
    };
    let columns: Vec<(String, String)> = published.columns.iter().map(joined).collect();
    let some = captions.into_iter().zip(published.tables).filter(|(_, rows)| !rows.is_empty());
    some.map(|((code, caption, first), rows)| Shown {
        code,
        caption: lang.t(caption),
        first: lang.t(first),
        columns: columns.clone(),
        rows: rows.into_iter().map(|row| (row.of.join(", "), row)).collect(),
        shares: true,
    })
    .collect()
}

impl Shown {
    /// To read: every count with its head, and its share of the row beside it.
    pub fn table(&self, lang: Lang) -> Table {
        let number = |text: &str| Column { numeric: true, ..Column::new(text) };
        let heads = self.columns.iter().map(|(words, _)| number(words));
        let cell = |count: Count, share: Option<u32>| match (count, share) {
            (Count::Hidden, _) => Cell {
                content: lang.t("insight-hidden").into(),
                hidden: Some(lang.t("insight-hidden-why").into()),
                ..Cell::default()
            },
            (Count::Shown(count), Some(share)) if self.shares => Cell::from(
                lang.tr("insight-count-share", &[("count", count.to_string()), ("share", share.to_string())]),
            ),
            (Count::Shown(count), _) => Cell::from(count.to_string()),
        };
        let rows = self.rows.iter().map(|(name, row)| {
            let cells = row.cells.iter().enumerate().map(|(at, count)| cell(*count, row.share(at)));
            std::iter::once(Cell::from(name.as_str())).chain(cells).chain([cell(row.total, None)]).collect()
        });
        Table {
            lang,
            caption: Some(Markup::from(self.caption.as_str())),
            caption_size: Some(Size::S),
            columns: std::iter::once(Column::new(self.first.as_str()))
                .chain(heads)
                .chain([number(&lang.t("insight-all"))])
                .collect(),
            rows: rows.collect(),
            first_cell_is_header: true,
            responsive: true,
            ..Table::default()
        }
    }
}

fn named(lang: Lang, teams: &[Team], id: TeamId) -> String {
    let name = team_name(teams, id);
    if name.is_empty() { lang.t("insight-team-gone") } else { name }
}

fn decision(one: Decision) -> &'static str {
    match one {
        Decision::Accepted => "insight-accepted",
        Decision::Panel => "insight-panel",
        Decision::Advised => "insight-advised",
        Decision::Redirected => "insight-redirected",
        Decision::Withdrawn => "insight-withdrawn",
        Decision::Joined => "insight-joined",
        Decision::Died => "insight-died",
    }
}

fn day_key(day: Around) -> &'static str {
    match day {
        Around::Earlier => "insight-day-earlier",
        Around::Before(3) => "insight-day-3-before",
        Around::Before(2) => "insight-day-2-before",
        Around::Before(_) => "insight-day-1-before",
        Around::After(1) => "insight-day-1-after",
        Around::After(2) => "insight-day-2-after",
        Around::After(_) => "insight-day-3-after",
        Around::Later => "insight-day-later",
    }
}

fn source(whom: ForWhom) -> &'static str {
    match whom {
        ForWhom::Me => "worklist-source-me",
        ForWhom::Someone => "worklist-source-someone",
        ForWhom::Professional => "worklist-source-professional",
    }
}

fn age(age: AgeGroup) -> &'static str {
    match age {
        AgeGroup::Child => "worklist-age-child",
        AgeGroup::Adult => "worklist-age-adult",
        AgeGroup::NotKnown => "worklist-age-not-known",
    }
}

fn ethnic(group: EthnicGroup) -> &'static str {
    match group {
        EthnicGroup::WhiteBritish => "insight-ethnic-white-british",
        EthnicGroup::WhiteOther => "insight-ethnic-white-other",
        EthnicGroup::Mixed => "insight-ethnic-mixed",
        EthnicGroup::Asian => "insight-ethnic-asian",
        EthnicGroup::Black => "insight-ethnic-black",
        EthnicGroup::Other => "insight-ethnic-other",
        EthnicGroup::NotStated => "insight-ethnic-not-stated",
        EthnicGroup::NotRecorded => "insight-ethnic-not-recorded",
    }
}

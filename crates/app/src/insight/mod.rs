//! Reports for managers: what was decided, and when around its target. Counts only, never a person; small counts never. The same
//! tables as a page and as a file.

pub(crate) mod tables;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::civil::Date;
use onedoor_domain::calendar::local_date;
use onedoor_domain::insight::{Months, read_month, write_month};
use onedoor_store::Tx;

use crate::ui::{Button, Details, Field, Frame, Link, Markup, Select, SelectOption, Table};
use crate::web::answer::{Answer, file};
use crate::web::{Problem, Staff, page};
use crate::words::{self, Lang};

use tables::Report;

/// Where the reports are.
pub const PATH: &str = "/reports";

/// Both reports.
#[derive(Debug, Template)]
#[template(path = "insight/report.html")]
struct ReportPage {
    frame: Frame,
    from: Select,
    to: Select,
    button: Button,
    around: Table,
    ended: Option<Table>,
    shares: Vec<Table>,
    none: Option<String>,
    how: Details,
    file: Link,
}

/// GET `/reports?from=2026-09&to=2026-11`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let months = months(&staff, &query);
    let mut tx = staff.begin().await?;
    let report = read(lang, &mut tx, months).await?;
    let frame = staff.frame(&mut tx, lang.t("insight-title"), PATH).await?;
    let (first, last) = (write_month(months.first()), write_month(months.last()));
    let today = local_date(staff.ctx.now);
    let how = HOW.map(|part| lang.t(part));
    let shown = ReportPage {
        frame,
        from: choose(lang, "from", "insight-from", &first, today),
        to: choose(lang, "to", "insight-to", &last, today),
        button: Button::secondary(lang.t("insight-show")),
        around: report.around.table(lang),
        ended: report.ended.as_ref().map(|one| one.table(lang)),
        none: report.shares.is_empty().then(|| lang.t("insight-none")),
        shares: report.shares.iter().map(|one| one.table(lang)).collect(),
        how: Details {
            summary: lang.t("insight-how").into(),
            content: Markup::paragraphs(how),
            ..Details::default()
        },
        file: Link::new(&format!("{PATH}/csv?from={first}&to={last}"), lang.t("insight-file")),
    };
    page(tx.close().await?, &shown)
}

/// How it is counted, in plain words.
const HOW: [&str; 8] = [
    "insight-how-decisions",
    "insight-how-teams",
    "insight-how-around",
    "insight-how-ended",
    "insight-how-small",
    "insight-how-rounded",
    "insight-how-groups",
    "insight-how-suggestions",
];

/// GET `/reports/csv?from=&to=`: the same numbers to calculate with.
///
/// # Errors
/// [`Problem::Store`].
pub async fn csv(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let months = months(&staff, &query);
    let mut tx = staff.begin().await?;
    let report = read(staff.lang, &mut tx, months).await?;
    let proof = tx.close().await?;
    let name = format!("onedoor-{}-{}.csv", write_month(months.first()), write_month(months.last()));
    Ok(file(proof, &name, "text/csv; charset=utf-8", report.csv().into_bytes()))
}

fn months(staff: &Staff, query: &BTreeMap<String, String>) -> Months {
    let month = |name: &str| query.get(name).and_then(|text| read_month(text));
    Months::of(month("from"), month("to"), local_date(staff.ctx.now))
}

async fn read(lang: Lang, tx: &mut Tx, months: Months) -> Result<Report, Problem> {
    let decisions = tx.decisions_counted(months).await?;
    let choices = tx.choices_counted(months).await?;
    let clocks = tx.clocks_counted(months).await?;
    let teams = tx.teams().await?;
    Ok(Report::of(lang, (&decisions, &choices, &clocks), &teams))
}

fn choose(lang: Lang, name: &str, label: &str, value: &str, today: Date) -> Select {
    let option = |month: Date| SelectOption { value: write_month(month), text: words::month_of(lang, month) };
    Select {
        field: Field::new(lang, name, lang.t(label)),
        options: Months::choices(today).into_iter().map(option).collect(),
        value: value.to_owned(),
    }
}

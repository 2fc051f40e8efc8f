//! Every text of the county, and those of the makers that nobody here has reviewed yet.

use askama::Template;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::content::Content;

use super::builtin::{self, BuiltIn};
use super::{LIST, form_words, path, place_words, stage_tag};
use crate::ui::{Button, Cell, Column, Frame, Markup, Table, Tag, TagColour};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self, Lang};

#[derive(Template)]
#[template(path = "content/list.html")]
struct List {
    frame: Frame,
    own: Table,
    makers: Option<Table>,
    add: Option<Button>,
}

/// GET `/content`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let all = tx.contents().await?;
    let writes = staff.may(Action::ContentWrite);
    let heads = ["content-title", "content-where", "content-stage", "content-owner", "content-review"];
    let own = table(lang, &heads, all.iter().map(|content| row(&staff, content)).collect());
    let free = builtin::all().filter(|text| !all.iter().any(|content| is_at(content, text)));
    let rows: Vec<Vec<Cell>> = free.map(|text| makers(lang, &text, writes)).collect();
    let shown = List {
        own,
        makers: (!rows.is_empty()).then(|| table(lang, &["content-title", "content-where"], rows)),
        add: writes.then(|| Button::to(&format!("{LIST}/new"), lang.t("content-add"))),
        frame: staff.frame(&mut tx, lang.t("content-list-title"), LIST).await?,
    };
    page(tx.close().await?, &shown)
}

fn is_at(content: &Content, text: &BuiltIn) -> bool {
    let place = &content.place;
    place.slug.as_str() == text.slug && place.language.as_str() == text.language && place.form == text.form
}

fn table(lang: Lang, heads: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    let columns = heads.iter().map(|key| Column::new(lang.t(key))).collect();
    Table { lang, columns, rows, first_cell_is_header: true, responsive: true, ..Table::default() }
}

fn row(staff: &Staff, content: &Content) -> Vec<Cell> {
    let lang = staff.lang;
    let title =
        content.words().map_or_else(|| content.place.slug.to_string(), |words| words.title.to_string());
    let due = content.live.as_ref().map_or_else(Markup::default, |live| {
        let day = Markup::from(words::day_of(lang, live.review_due));
        let late = live.is_overdue(local_date(staff.ctx.now));
        let late = late.then(|| Markup::of(&Tag::new(TagColour::Orange, lang.t("content-review-late"))));
        Markup::all([Some(day), late].into_iter().flatten())
    });
    vec![
        Cell { href: Some(path(content.id, "")), ..Cell::from(title) },
        place_words(lang, &content.place).into(),
        Markup::of(&stage_tag(lang, content)).into(),
        content.owner.to_string().into(),
        due.into(),
    ]
}

fn makers(lang: Lang, text: &BuiltIn, writes: bool) -> Vec<Cell> {
    let href = writes.then(|| format!("{LIST}/new?slug={}&form={}", text.slug, text.form.code()));
    let form = lang.t(form_words(text.form));
    let language = words::name_of(text.language);
    let place =
        lang.tr("content-place", &[("slug", text.slug.to_owned()), ("language", language), ("form", form)]);
    vec![Cell { href, ..Cell::from(text.title.to_owned()) }, place.into()]
}

//! Published parameters → everything that is not a form control.

use super::params::Params;
use crate::ui::{
    ActionLink, BackLink, Breadcrumb, Button, ButtonIcon, ButtonKind, Card, CardKind, CareCard, Cell, Column,
    Details, ErrorLink, ErrorSummary, Icon, InsetText, Link, Markup, NotificationBanner, Pagination, Panel,
    RowAction, SkipLink, Sort, Status, SummaryList, SummaryRow, Table, Tag, TagColour, Task, TaskList,
    Urgency, WarningCallout,
};
use crate::words::Lang;
use serde_json::json;

fn is_variant(params: &Params, name: &str) -> bool {
    params.is("variant", &json!(name))
}

fn body_words(params: &Params) -> Option<Markup> {
    params.called().or_else(|| params.content())
}

fn link(params: &Params) -> Link {
    if !params.has("href") {
        params.leave_out("a button that looks like a link");
    }
    Link { href: params.string("href").unwrap_or_default(), text: body_words(params).unwrap_or_default() }
}

pub fn action_link(params: &Params) -> Option<String> {
    Some(ActionLink { link: link(params) }.to_string())
}

pub fn back_link(params: &Params) -> Option<String> {
    let Link { href, text } = link(params);
    let text = (!text.is_empty()).then_some(text);
    Some(BackLink { lang: Lang::default(), href, text }.to_string())
}

pub fn breadcrumb(params: &Params) -> Option<String> {
    let items = params.items("items").iter().map(link).collect();
    Some(Breadcrumb { lang: Lang::default(), items }.to_string())
}

fn icon(name: &str) -> Option<Icon> {
    Some(match name {
        "arrow-left" => Icon::ArrowLeft,
        "arrow-right" => Icon::ArrowRight,
        "cross" => Icon::Cross,
        "tick" => Icon::Tick,
        "minus" => Icon::Minus,
        "plus" => Icon::Plus,
        "search" => Icon::Search,
        "user" => Icon::User,
        _ => return None,
    })
}

pub fn button(params: &Params) -> Option<String> {
    let kinds = [
        ("secondary", ButtonKind::Secondary),
        ("secondary-solid", ButtonKind::SecondarySolid),
        ("reverse", ButtonKind::Reverse),
        ("warning", ButtonKind::Warning),
        ("brand", ButtonKind::Brand),
        ("login", ButtonKind::Login),
    ];
    let kind = kinds
        .into_iter()
        .find(|(name, _)| is_variant(params, name))
        .map_or(ButtonKind::Primary, |(_, kind)| kind);
    let icon = params.at("icon").string("name").as_deref().and_then(icon).map(|icon| {
        if params.at("icon").string("placement").as_deref() == Some("end") {
            ButtonIcon::End(icon)
        } else {
            ButtonIcon::Start(icon)
        }
    });
    let button = Button {
        text: params.content()?,
        kind,
        small: params.flag("small"),
        href: params.string("href"),
        name: params.word("name"),
        value: params.string("value"),
        prevents_double_click: params.is("preventDoubleClick", &json!(true)),
        icon,
    };
    Some(button.to_string())
}

fn actions(params: &Params) -> Vec<RowAction> {
    let action = |item: &Params| RowAction {
        href: item.string("href").unwrap_or_default(),
        text: item.content().unwrap_or_default(),
        hidden: item.string("visuallyHiddenText").map(Markup::from).unwrap_or_default(),
        card: Markup::default(),
    };
    params.at("actions").items("items").iter().map(action).collect()
}

fn any_card(params: &Params, content: Markup) -> Card {
    let kinds =
        [("feature", CardKind::Feature), ("primary", CardKind::Primary), ("secondary", CardKind::Secondary)];
    let kind = kinds
        .into_iter()
        .find(|(name, _)| is_variant(params, name))
        .map_or(CardKind::Basic, |(_, kind)| kind);
    let heading = params.at("heading");
    Card {
        kind,
        heading: params.words("heading").unwrap_or_default(),
        level: heading.number("level").unwrap_or_default(),
        size: heading.size("size"),
        href: params.string("href"),
        clickable: params.flag("clickable"),
        description: params.at("description").string("text").map(Markup::from),
        content,
        actions: actions(params),
    }
}

pub fn card(params: &Params) -> Option<String> {
    let content = params
        .called()
        .or_else(|| params.at("description").string("html").map(|html| Markup::trusted(&html)));
    let content = content.unwrap_or_default();
    for (name, urgency) in
        [("emergency", Urgency::Emergency), ("urgent", Urgency::Urgent), ("non-urgent", Urgency::NonUrgent)]
    {
        if is_variant(params, name) {
            let level = params.at("heading").number("level").unwrap_or(2);
            return Some(
                CareCard {
                    lang: Lang::default(),
                    urgency,
                    heading: params.words("heading")?,
                    level,
                    content,
                }
                .to_string(),
            );
        }
    }
    Some(any_card(params, content).to_string())
}

pub fn details(params: &Params) -> Option<String> {
    let is_expander = params.is("classes", &json!("nhsuk-expander"));
    let details = Details {
        summary: params.words("summary")?,
        content: body_words(params)?,
        is_expander,
        open: params.flag("open"),
    };
    Some(details.to_string())
}

pub fn error_summary(params: &Params) -> Option<String> {
    let error =
        |item: &Params| ErrorLink { href: item.string("href"), text: item.content().unwrap_or_default() };
    let summary = ErrorSummary {
        title: params.words("heading")?,
        errors: params.items("errorList").iter().map(error).collect(),
        description: params.called().or_else(|| params.words("description")),
    };
    Some(summary.to_string())
}

pub fn inset_text(params: &Params) -> Option<String> {
    Some(InsetText { lang: Lang::default(), content: params.body("")? }.to_string())
}

pub fn notification_banner(params: &Params) -> Option<String> {
    let heading = params.words("heading");
    let (message, content, level) = match heading {
        Some(heading) => {
            let plain = params.at("heading").is("element", &json!("p"));
            (Some(heading), params.body("nhsuk-body"), (!plain).then_some(3))
        }
        None if params.has("text") => (params.string("text").map(Markup::from), None, None),
        None => (None, params.body(""), None),
    };
    let success = is_variant(params, "success");
    Some(NotificationBanner { lang: Lang::default(), success, message, level, content }.to_string())
}

pub fn pagination(params: &Params) -> Option<String> {
    let side = |key: &str, address: &str, label: &str| {
        let side = params.at(key);
        let href = side.string("href").or_else(|| params.string(address))?;
        let text = side.words("label").or_else(|| params.string(label).map(Markup::from));
        Some(Link { href, text: text.unwrap_or_default() })
    };
    let previous = side("previous", "previousUrl", "previousPage");
    let next = side("next", "nextUrl", "nextPage");
    Some(Pagination { lang: Lang::default(), previous, next }.to_string())
}

pub fn panel(params: &Params) -> Option<String> {
    let panel = Panel {
        title: params.words("heading")?,
        size: params.at("heading").size("size"),
        content: body_words(params),
        is_interruption: is_variant(params, "interruption"),
    };
    Some(panel.to_string())
}

pub fn skip_link(params: &Params) -> Option<String> {
    Some(SkipLink { text: params.content()?, href: params.string("href")? }.to_string())
}

pub fn summary_list(params: &Params) -> Option<String> {
    let row = |item: &Params| SummaryRow {
        key: item.words("key").unwrap_or_default(),
        value: item.words("value").unwrap_or_default(),
        actions: actions(item),
    };
    let list = SummaryList {
        rows: params.items("rows").iter().map(row).collect(),
        no_border: params.is("border", &json!(false)),
        no_last_border: params.is("lastRowBorder", &json!(false)),
        card_heading: Markup::default(),
    };
    if !params.has("card") {
        return Some(list.to_string());
    }
    Some(list.on_card(any_card(&params.at("card"), Markup::default())).to_string())
}

fn column(item: &Params) -> Column {
    let sort = match item.string("sort").as_deref() {
        Some("ascending") => Some(Sort::Ascending),
        Some("descending") => Some(Sort::Descending),
        Some(_) => Some(Sort::None),
        None => item.flag("sort").then_some(Sort::None),
    };
    Column {
        text: item.content().unwrap_or_default(),
        numeric: item.is("format", &json!("numeric")),
        sort,
        href: item.string("href"),
        hidden: item.string("visuallyHiddenText").map(Markup::from),
    }
}

fn cell(item: &Params) -> Cell {
    Cell {
        content: item.content().unwrap_or_default(),
        numeric: item.is("format", &json!("numeric")),
        href: item.string("href"),
        hidden: item.string("visuallyHiddenText").map(Markup::from),
        sort_value: item.string("sortValue"),
    }
}

pub fn table(params: &Params) -> Option<String> {
    let caption = params.at("caption");
    let table = Table {
        lang: Lang::default(),
        caption: params.words("caption"),
        caption_size: caption.size("size"),
        caption_id: caption.word("id"),
        columns: params.items("head").iter().map(column).collect(),
        rows: params.items("rows").iter().map(|row| row.cells().iter().map(cell).collect()).collect(),
        first_cell_is_header: params.flag("firstCellIsHeader"),
        responsive: params.flag("responsive"),
        scroll: params.flag("scroll"),
        compact: params.flag("compact"),
        striped: params.flag("striped"),
        no_last_border: params.is("lastRowBorder", &json!(false)),
    };
    if !params.has("card") {
        return Some(table.to_string());
    }
    Some(any_card(&params.at("card"), Markup::of(&table)).to_string())
}

fn coloured(params: &Params) -> Option<Tag> {
    let colours = [
        ("white", TagColour::White),
        ("grey", TagColour::Grey),
        ("green", TagColour::Green),
        ("aqua-green", TagColour::AquaGreen),
        ("blue", TagColour::Blue),
        ("purple", TagColour::Purple),
        ("pink", TagColour::Pink),
        ("red", TagColour::Red),
        ("orange", TagColour::Orange),
        ("yellow", TagColour::Yellow),
    ];
    let found = colours.into_iter().find(|(name, _)| params.is("colour", &json!(name)));
    let colour = found.map_or(TagColour::Plain, |(_, colour)| colour);
    Some(Tag { text: body_words(params)?, colour, no_border: params.is("border", &json!(false)) })
}

pub fn tag(params: &Params) -> Option<String> {
    Some(coloured(params)?.to_string())
}

pub fn task_list(params: &Params) -> Option<String> {
    let status = |item: &Params| match () {
        () if item.is("classes", &json!("nhsuk-task-list__status--completed")) => {
            Some(Status::Done(item.content()?))
        }
        () if item.is("classes", &json!("nhsuk-task-list__status--cannot-start-yet")) => {
            Some(Status::CannotStartYet(item.content()?))
        }
        () => coloured(&item.at("tag")).map(Status::Tag),
    };
    let task = |item: &Params| {
        let status = status(&item.at("status"))?;
        Some(Task {
            title: item.words("title")?,
            href: item.string("href"),
            hint: item.words("hint"),
            status,
        })
    };
    let tasks = params.items("items").iter().filter_map(task).collect();
    Some(TaskList { id_prefix: params.word("idPrefix"), tasks }.to_string())
}

pub fn warning_callout(params: &Params) -> Option<String> {
    let heading = params.words("heading")?;
    let says_important = heading.to_string().to_lowercase().contains("important");
    let content = params.body("nhsuk-card__description").unwrap_or_default();
    Some(
        WarningCallout { says_important, ..WarningCallout::new(Lang::default(), heading, content) }
            .to_string(),
    )
}

//! Published parameters → our form controls.

use super::params::Params;
use crate::ui::{
    Behaviour, CharacterCount, Checkboxes, Choice, DateInput, DateValues, Field, Fieldset, Heading, Limit,
    Markup, PasswordInput, Radios, Select, SelectOption, TextInput, Textarea,
};
use crate::web::form::DatePart;
use crate::words::Lang;
use serde_json::json;

fn heading(params: &Params, key: &str) -> Heading {
    let found = params.at(key);
    Heading {
        text: params.words(key).unwrap_or_default(),
        size: found.size("size"),
        is_page_heading: found.flag("isPageHeading"),
    }
}

fn field(params: &Params, label: Heading, id: Option<String>) -> Field {
    let name = params.string("name").unwrap_or_default();
    let id = id.unwrap_or_else(|| name.clone());
    Field {
        lang: Lang::default(),
        name,
        id,
        label,
        hint: params.words("hint"),
        error: params.words("errorMessage"),
    }
}

fn labelled(params: &Params) -> Field {
    field(params, heading(params, "label"), params.string("id"))
}

fn grouped(params: &Params) -> Field {
    let legend = heading(&params.at("fieldset"), "legend");
    field(params, legend, params.string("idPrefix"))
}

fn area(params: &Params) -> Textarea {
    Textarea {
        field: labelled(params),
        value: params.string("value").unwrap_or_default(),
        rows: params.number("rows"),
        autocomplete: params.word("autocomplete"),
        spellcheck: params.choice("spellcheck"),
    }
}

pub fn text_input(params: &Params) -> Option<String> {
    let input = TextInput {
        field: labelled(params),
        value: params.string("value").unwrap_or_default(),
        kind: params.word("type"),
        width: params.number("width"),
        inputmode: params.word("inputmode"),
        autocomplete: params.word("autocomplete"),
        spellcheck: params.choice("spellcheck"),
        is_code: params.flag("code"),
        prefix: params.words("prefix"),
        suffix: params.words("suffix"),
    };
    Some(input.to_string())
}

pub fn textarea(params: &Params) -> Option<String> {
    Some(area(params).to_string())
}

pub fn character_count(params: &Params) -> Option<String> {
    let maximum = params.string("maxlength")?.parse().ok()?;
    let limit = if params.is("countType", &json!("characters")) {
        Limit::Graphemes(maximum)
    } else {
        Limit::Characters(maximum)
    };
    Some(CharacterCount { area: area(params), limit, threshold: params.number("threshold") }.to_string())
}

pub fn password_input(params: &Params) -> Option<String> {
    let input = PasswordInput {
        field: labelled(params),
        autocomplete: params.word("autocomplete"),
        width: params.number("width"),
        is_code: params.flag("code"),
    };
    Some(input.to_string())
}

pub fn select(params: &Params) -> Option<String> {
    let option = |item: &Params| SelectOption {
        value: item.string("value").unwrap_or_default(),
        text: item.string("text").unwrap_or_default(),
    };
    let select = Select {
        field: labelled(params),
        options: params.items("items").iter().map(option).collect(),
        value: params.string("value").unwrap_or_default(),
    };
    Some(select.to_string())
}

fn choices(params: &Params) -> Vec<Choice> {
    let mut found = Vec::new();
    let mut divider = None;
    for item in params.items("items") {
        if item.has("divider") {
            divider = item.words("divider");
            // The divider above "all of these" is hidden without JavaScript, as that answer is.
            item.is("behaviour", &json!("inclusive"));
            continue;
        }
        let conditional = item.at("conditional").string("html").filter(|html| !html.is_empty());
        let behaviour = match () {
            () if item.is("behaviour", &json!("exclusive")) => Some(Behaviour::Exclusive),
            () if item.is("behaviour", &json!("inclusive")) => Some(Behaviour::Inclusive),
            () => None,
        };
        found.push(Choice {
            value: item.string("value").unwrap_or_default(),
            text: item.content().unwrap_or_default(),
            hint: item.words("hint"),
            conditional: conditional.map(|html| Markup::trusted(&html)),
            divider: divider.take(),
            behaviour,
            name: item.string("name"),
        });
    }
    found
}

pub fn radios(params: &Params) -> Option<String> {
    let radios = Radios {
        field: grouped(params),
        choices: choices(params),
        value: params.string("value").unwrap_or_default(),
        inline: params.flag("inline"),
        small: params.flag("small"),
    };
    Some(radios.to_string())
}

pub fn checkboxes(params: &Params) -> Option<String> {
    let values = params.items("values").iter().filter_map(Params::own_string).collect();
    let boxes =
        Checkboxes { field: grouped(params), choices: choices(params), values, small: params.flag("small") };
    Some(boxes.to_string())
}

pub fn fieldset(params: &Params) -> Option<String> {
    let content = params.called().or_else(|| params.content()).unwrap_or_default();
    Some(Fieldset { legend: heading(params, "legend"), content, ..Fieldset::default() }.to_string())
}

pub fn date_input(params: &Params) -> Option<String> {
    let legend = heading(&params.at("fieldset"), "legend");
    if params.has("items") && params.items("items").len() != 3 {
        params.leave_out("a date without a day or year");
    }
    let mut values = DateValues::default();
    let mut faults = Vec::new();
    let mut birthday = false;
    for (name, slot, part) in [
        ("day", &mut values.day, DatePart::Day),
        ("month", &mut values.month, DatePart::Month),
        ("year", &mut values.year, DatePart::Year),
    ] {
        let listed = params.items("items").into_iter().find(|item| item.is("name", &json!(name)));
        if let Some(item) = &listed {
            item.is("width", &json!(if name == "year" { 4 } else { 2 }));
        }
        let item = listed.unwrap_or_else(|| params.at(name));
        let typed = item.string("value").or_else(|| params.at("values").string(name));
        *slot = typed.unwrap_or_default();
        birthday |= item.is("autocomplete", &json!(format!("bday-{name}")));
        if item.is("error", &json!(true)) {
            faults.push(part);
        }
    }
    if !faults.is_empty() && !params.has("errorMessage") {
        params.leave_out("an error without words");
    }
    let names = params.string("namePrefix").unwrap_or_default();
    let field = Field { name: names, ..field(params, legend, params.string("id")) };
    Some(DateInput { field, values, faults, is_birthday: birthday }.to_string())
}

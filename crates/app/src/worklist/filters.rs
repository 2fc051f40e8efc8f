//! The form that narrows a list down, and what it is narrowed down by now. A plain GET: the address is all there is.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use onedoor_domain::door::ForWhom;
use onedoor_domain::ids::UserId;
use onedoor_domain::referral::Category;
use onedoor_domain::worklist::{AgeGroup, Filter, HowSoon, Talks, Who};
use onedoor_store::Colleague;

use super::{PATH, Place};
use crate::door;
use crate::referral::names;
use crate::ui::{Button, Checkboxes, Choice, Field, Link, Markup, Select, SelectOption};
use crate::web::Staff;
use crate::words::Lang;

/// The filters of a list.
#[derive(Debug, Template)]
#[template(path = "worklist/filters.html")]
pub struct Narrow {
    lang: Lang,
    action: &'static str,
    hidden: Vec<(&'static str, String)>,
    controls: Vec<Markup>,
    button: Button,
    /// What it is narrowed down by; each link takes one away.
    on: Vec<Link>,
    clear: Option<Link>,
}

impl HtmlSafe for Narrow {}

/// The form, with what is chosen now.
pub fn narrow(
    staff: &Staff,
    place: &Place,
    members: &[Colleague],
    names: &BTreeMap<UserId, String>,
) -> Narrow {
    let lang = staff.lang;
    let filter = &place.filter;
    let narrowed = filter.narrowed_by();
    let tag = |name: &'static str| {
        Link::new(&place.with(filter.without(name)).address(), says(lang, filter, name, names))
    };
    let team = place.team.map(|team| ("team", team.to_string()));
    let view = filter.value("view").map(|view| ("view", view));
    Narrow {
        lang,
        action: PATH,
        hidden: team.into_iter().chain(view).collect(),
        controls: controls(staff, filter, members, names),
        button: Button::secondary(lang.t("ui-filter-apply")),
        on: narrowed.iter().map(|name| tag(name)).collect(),
        clear: (narrowed.len() > 1)
            .then(|| Link::new(&place.with(Filter::of(filter.view)).address(), lang.t("ui-filter-clear"))),
    }
}

fn controls(
    staff: &Staff,
    filter: &Filter,
    members: &[Colleague],
    names: &BTreeMap<UserId, String>,
) -> Vec<Markup> {
    let lang = staff.lang;
    let select = |name: &str, label: &str, options: Vec<(String, String)>| {
        let any = SelectOption { value: String::new(), text: lang.t("worklist-any") };
        let options = options.into_iter().map(|(value, text)| SelectOption { value, text });
        Markup::of(&Select {
            field: Field::new(lang, name, lang.t(label)),
            options: std::iter::once(any).chain(options).collect(),
            value: filter.value(name).unwrap_or_default(),
        })
    };
    let ages = AgeGroup::ALL.map(|age| (age.code().to_owned(), lang.t(age_key(age))));
    let sources = ForWhom::ALL.map(|whom| (whom.code().to_owned(), lang.t(source_key(whom))));
    let none = ("none".to_owned(), lang.t("worklist-category-none"));
    let letters = Category::ALL.map(|it| (it.letter().to_string(), lang.t(names::category(it))));
    let talks = Talks::all().map(|talks| (talks.code().to_owned(), talks_words(lang, talks)));
    vec![
        select("who", "worklist-who", people(staff, filter, members, names)),
        select("age", "worklist-age", ages.into()),
        select("source", "worklist-source", sources.into()),
        select("category", "worklist-category", std::iter::once(none).chain(letters).collect()),
        select("talks", "worklist-talks", talks.collect()),
        Markup::of(&Checkboxes {
            field: Field::new(lang, "flagged", lang.t("worklist-flagged")),
            choices: vec![Choice::new("yes", lang.t("worklist-flagged-only"))],
            values: filter.value("flagged").into_iter().collect(),
            small: true,
        }),
    ]
}

/// Oneself, nobody, each colleague; and somebody who has left, where the list is theirs.
fn people(
    staff: &Staff,
    filter: &Filter,
    members: &[Colleague],
    names: &BTreeMap<UserId, String>,
) -> Vec<(String, String)> {
    let lang = staff.lang;
    let me = ("me".to_owned(), lang.t("worklist-who-me"));
    let none = ("none".to_owned(), lang.t("worklist-who-none"));
    let others = members.iter().filter(|one| one.user != staff.member.user);
    let others = others.map(|one| (one.user.to_string(), one.name.to_string()));
    let gone = match filter.who {
        Some(Who::Colleague(user)) if members.iter().all(|one| one.user != user) => Some((
            user.to_string(),
            names.get(&user).cloned().unwrap_or_else(|| lang.t("task-row-owner-colleague")),
        )),
        Some(_) | None => None,
    };
    [me, none].into_iter().chain(others).chain(gone).collect()
}

/// What a filter takes away, in words.
fn says(lang: Lang, filter: &Filter, name: &str, names: &BTreeMap<UserId, String>) -> String {
    match name {
        "who" => match filter.who {
            Some(Who::Me) => lang.t("worklist-who-me"),
            Some(Who::Colleague(user)) => {
                names.get(&user).cloned().unwrap_or_else(|| lang.t("task-row-owner-colleague"))
            }
            Some(Who::Nobody) | None => lang.t("worklist-who-none"),
        },
        "age" => filter.age.map(|age| lang.t(age_key(age))).unwrap_or_default(),
        "source" => filter.source.map(|whom| lang.t(source_key(whom))).unwrap_or_default(),
        "category" => match filter.category {
            Some(HowSoon::In(category)) => lang.t(names::category(category)),
            Some(HowSoon::Undecided) | None => lang.t("worklist-category-none"),
        },
        "talks" => filter.talks.map(|talks| talks_words(lang, talks)).unwrap_or_default(),
        _ => lang.t("worklist-flagged-only"),
    }
}

fn age_key(age: AgeGroup) -> &'static str {
    match age {
        AgeGroup::Child => "worklist-age-child",
        AgeGroup::Adult => "worklist-age-adult",
        AgeGroup::NotKnown => "worklist-age-not-known",
    }
}

fn source_key(whom: ForWhom) -> &'static str {
    match whom {
        ForWhom::Me => "worklist-source-me",
        ForWhom::Someone => "worklist-source-someone",
        ForWhom::Professional => "worklist-source-professional",
    }
}

fn talks_words(lang: Lang, talks: Talks) -> String {
    match talks {
        Talks::Language => lang.t("worklist-talks-language"),
        Talks::Need(need) => lang.t(door::names::need_words(need)),
    }
}

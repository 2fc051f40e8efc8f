//! Every component on one public and one staff page: a test that they render whole, and, with `ONEDOOR_GALLERY=DIR`,
//! files to look at (`DIR/index.html`, `DIR/staff.html`; serve DIR over HTTP).

use super::*;
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm};
use crate::words::Lang;
use askama::Template;
use jiff::civil::date;
use std::collections::BTreeSet;

#[derive(Template)]
#[template(
    source = "{% extends \"frame.html\" %}{% block before %}{{ back }}{% endblock %}{% block content %}{{ content }}{% endblock %}",
    ext = "html"
)]
struct Page {
    frame: Frame,
    back: BackLink,
    content: Markup,
}

const LONG: &str = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Featherstonehaugh";

fn frame(kind: FrameKind, lang: Lang) -> Frame {
    let line = CrisisLine {
        label: "Exampleshire crisis line".into(),
        number: "01632 960001".into(),
        checked_on: date(2026, 11, 3),
    };
    let county =
        CountyFace { name: "Exampleshire mental health help".into(), crisis_line: Some(line), demo: true };
    Frame {
        lang,
        title: "Gallery".into(),
        errors: true,
        county,
        kind,
        flash: None,
        no_index: true,
        here: None,
        keeps_typed: false,
    }
}

fn errors(raw: &RawForm) -> FormErrors {
    let keys = DateKeys {
        missing: "ui-day",
        no_day: "ui-day",
        no_month: "ui-month",
        no_year: "ui-year",
        not_real: "ui-day",
    };
    let mut errors = FormErrors::from(vec![
        FieldError::new("who", "ui-important"),
        FieldError::new("why", "ui-skip-link"),
    ]);
    errors.date(raw, "dob", &keys);
    errors
}

fn question(lang: Lang, errors: &FormErrors, name: &str) -> Field {
    Field::new(lang, name, format!("What about {name}?")).hint("Some help before answering.").with(errors)
}

fn controls(lang: Lang) -> Vec<Markup> {
    let raw = RawForm::of([("dob[day]", "31"), ("dob[month]", ""), ("dob[year]", "1990")]);
    let errors = errors(&raw);
    let ask = |name| question(lang, &errors, name).sized(Size::M);
    let phone = TextInput {
        field: Field::new(lang, "phone", "Phone number"),
        width: Some(20),
        kind: Some("tel"),
        ..TextInput::default()
    };
    let ways = vec![
        Choice::new("text", "Text message").hint("We name no service."),
        Choice::new("phone", "Phone call").reveals(Markup::of(&phone)),
        Choice::new("none", "None of these").after("or"),
    ];
    let ticks = vec![
        Choice::new("a", "One"),
        Choice::new("b", LONG),
        Choice { behaviour: Some(Behaviour::Exclusive), ..Choice::new("n", "None").after("or") },
    ];
    let options = vec![
        SelectOption { value: "1".into(), text: "First team".into() },
        SelectOption { value: "2".into(), text: LONG.into() },
    ];
    let area = Textarea { field: ask("why"), value: "Typed text".into(), ..Textarea::default() };
    vec![
        Markup::of(&errors.summary(lang)),
        Markup::of(&TextInput { field: ask("who"), value: "Ann <Example>".into(), ..TextInput::default() }),
        Markup::of(&TextInput {
            field: ask("cost"),
            prefix: Some("£".into()),
            suffix: Some("a week".into()),
            width: Some(5),
            ..TextInput::default()
        }),
        Markup::of(&Radios { field: ask("way"), choices: ways, value: "phone".into(), ..Radios::default() }),
        Markup::of(&Checkboxes {
            field: ask("ticks"),
            choices: ticks,
            values: vec!["a".into()],
            small: false,
        }),
        Markup::of(&DateInput::new(ask("dob"), &raw, &errors)),
        Markup::of(&CharacterCount { area, limit: Limit::Characters(4000), threshold: None }),
        Markup::of(&Textarea { field: ask("more"), ..Textarea::default() }),
        Markup::of(&Select { field: ask("team"), options, value: "2".into() }),
        Markup::of(&PasswordInput { field: ask("password"), ..PasswordInput::default() }),
        Markup::of(&Button { prevents_double_click: true, ..Button::new("Continue") }),
        Markup::of(&Button::secondary("Save and come back later")),
        Markup::of(&Button { kind: ButtonKind::Warning, ..Button::new("End access") }),
    ]
}

fn reading(lang: Lang) -> Vec<Markup> {
    let changed = || RowAction::new("#", "Change", "name");
    let rows = vec![
        SummaryRow::new("Name", LONG).action(changed()),
        SummaryRow::new("NHS number", "999 123 4560"),
        SummaryRow::new("Words", Markup::lines("one\ntwo")).action(changed()),
    ];
    let list = SummaryList { rows, ..SummaryList::default() };
    let tasks = vec![
        Task {
            title: "About you".into(),
            href: Some("#".into()),
            hint: Some("Two questions".into()),
            status: Status::Done("Completed".into()),
        },
        Task {
            title: "Why now".into(),
            href: Some("#".into()),
            hint: None,
            status: Status::Tag(Tag::new(TagColour::Blue, "Not started")),
        },
        Task {
            title: "Check and send".into(),
            href: None,
            hint: None,
            status: Status::CannotStartYet("Cannot start yet".into()),
        },
    ];
    vec![
        Markup::of(&Panel {
            title: "We have got what you sent".into(),
            content: Some(Markup::reference("K7M2-94PX")),
            ..Panel::default()
        }),
        Markup::of(&NotificationBanner {
            lang,
            success: true,
            message: Some("Saved".into()),
            ..NotificationBanner::default()
        }),
        Markup::of(&InsetText { lang, content: Markup::paragraphs(["You can stop at any time."]) }),
        Markup::of(&WarningCallout::new(
            lang,
            "Nobody is watching this form",
            Markup::paragraphs(["If you need help now, call."]),
        )),
        Markup::of(&Details {
            summary: "Why we ask this".into(),
            content: "Because it helps.".into(),
            open: true,
            ..Details::default()
        }),
        Markup::of(&ActionLink { link: Link::new("#", "Find a crisis café") }),
        Markup::of(&Card {
            heading: "A card".into(),
            href: Some("#".into()),
            clickable: true,
            description: Some("One sentence.".into()),
            kind: CardKind::Primary,
            ..Card::default()
        }),
        Markup::of(&list.clone().on_card(Card { heading: "About you".into(), ..Card::default() })),
        Markup::of(&list),
        Markup::of(&TaskList { tasks, ..TaskList::default() }),
        Markup::of(&Fieldset {
            legend: Heading { text: "A group".into(), size: Some(Size::S), ..Heading::default() },
            ..Fieldset::default()
        }),
        Markup::of(&Breadcrumb { lang, items: vec![Link::new("/", "Home")] }),
        Markup::of(&Pagination {
            lang,
            previous: Some(Link::new("#", "Start")),
            next: Some(Link::new("#", "Next part")),
        }),
    ]
}

fn casework(lang: Lang) -> Vec<Markup> {
    let columns = vec![
        Column { sort: Some(Sort::Ascending), ..Column::new("Name") },
        Column::new("State"),
        Column { numeric: true, sort: Some(Sort::None), ..Column::new("Days") },
    ];
    let row = |name: &str, colour, state: &str, days: &str| {
        vec![
            Cell::from(name),
            Cell::from(Markup::of(&Tag::new(colour, state))),
            Cell { sort_value: Some(days.into()), ..Cell::from(days) },
        ]
    };
    let rows = vec![
        row("Ann Example", TagColour::Blue, "New", "1"),
        row(LONG, TagColour::Grey, "Waiting for an answer", "12"),
    ];
    let table = Table {
        lang,
        caption: Some("Waiting".into()),
        columns,
        rows,
        responsive: true,
        first_cell_is_header: true,
        ..Table::default()
    };
    let at = "2026-11-23T14:30:00Z".parse().unwrap();
    let entries = vec![TimelineEntry {
        title: "Decided".into(),
        by: Some("Bo Example, senior nurse".into()),
        at,
        content: "Accepted by the north team.".into(),
    }];
    let filters = FilterLayout {
        lang,
        action: "/worklist".into(),
        selected: vec![SelectedFilter { text: "North team".into(), href: "#".into() }],
        heading: Heading { text: "Worklist".into(), size: Some(Size::L), ..Heading::default() },
        controls: Markup::of(&Radios {
            field: Field::new(lang, "state", "State").sized(Size::S),
            choices: vec![Choice::new("new", "New")],
            small: true,
            ..Radios::default()
        }),
        content: Markup::of(&table),
    };
    let links = vec![(Link::new("#", "Record"), true), (Link::new("#", "Plan"), false)];
    let alert =
        |kind, content| Alert { lang, kind, title: "This person has another open referral".into(), content };
    vec![
        Markup::of(&SubNavigation { label: "This person".into(), items: links.clone() }),
        Markup::of(&alert(AlertKind::Information, None)),
        Markup::of(&alert(AlertKind::Success, None)),
        Markup::of(&alert(AlertKind::Warning, Some(Markup::paragraphs(["Look at it before you decide."])))),
        Markup::of(&alert(AlertKind::Error, None)),
        Markup::of(&ShowNew { count_href: "/worklist/new?after=1".into(), again: None }),
        Markup::of(&filters),
        Markup::of(&Badge { text: "3 open tasks".into() }),
        Markup::of(&Timeline { lang, level: 2, entries }),
        Markup::of(&SideNavigation {
            label: "Settings".into(),
            sections: vec![SideSection { heading: "County".into(), items: links }],
        }),
    ]
}

fn page(name: &'static str, lang: Lang) -> Page {
    let back = BackLink::new(lang, "/");
    if name.starts_with("staff") {
        let item = |label_key, current, count| NavItem { href: "#", label_key, current, count };
        let nav = vec![
            item("frame-menu", true, Some(3)),
            item("ui-filter", false, None),
            item("frame-privacy", false, Some(120)),
        ];
        let kind = FrameKind::Staff {
            name: "Bo Example".into(),
            role: "Senior nurse".into(),
            nav,
            lock_after_seconds: 900,
            duty_alerts: 2,
        };
        let heading = Markup::trusted("<h1 class=\"nhsuk-heading-xl\">Casework</h1>");
        let content = Markup::all([vec![heading], casework(lang)].concat());
        return Page { frame: frame(kind, lang), back, content };
    }
    let frame = frame(FrameKind::Public { leave_quickly: true }, lang);
    let heading = Markup::trusted("<h1 class=\"nhsuk-heading-xl\">Every component</h1>");
    let crisis = Markup::of(&frame.crisis_cards());
    let parts = [vec![heading, crisis], controls(lang), reading(lang)];
    Page { frame, back, content: Markup::all(parts.concat()) }
}

fn ids(html: &str) -> Vec<&str> {
    html.match_indices(" id=\"")
        .map(|(at, found)| html[at + found.len()..].split('"').next().unwrap())
        .collect()
}

#[test]
fn every_component_renders_whole_in_every_language() {
    let folder = std::env::var("ONEDOOR_GALLERY").ok();
    for (name, tag) in [
        ("index", "en-GB"),
        ("staff", "en-GB"),
        ("pseudo", "en-XA"),
        ("mirrored", "ar-XB"),
        ("staff-pseudo", "en-XA"),
    ] {
        let lang = Lang::from_tag(tag).unwrap();
        let html = page(name, lang).to_string();
        assert!(!html.contains('⟦') && !html.contains("/assets/missing"), "{name}");
        let all = ids(&html);
        let once: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), once.len(), "{name}: an id is there twice: {all:?}");
        for (at, _) in html.match_indices("aria-describedby=\"") {
            for id in html[at + 18..].split('"').next().unwrap().split(' ') {
                assert!(once.contains(id), "{name}: nothing is called {id}");
            }
        }
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(format!("{folder}/{name}.html"), html).unwrap();
            crate::assets::write_all(folder);
        }
    }
}

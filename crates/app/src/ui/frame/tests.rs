//! What every page promises, whoever reads it and without JavaScript.

use super::*;

#[derive(Template)]
#[template(
    source = "{% extends \"frame.html\" %}{% block content %}<h1>Body</h1>{% endblock %}",
    ext = "html"
)]
struct Page {
    frame: Frame,
}

fn county() -> CountyFace {
    let line = CrisisLine {
        label: "Exampleshire crisis line".into(),
        number: "01632 960001".into(),
        checked_on: jiff::civil::date(2026, 11, 3),
    };
    CountyFace { name: "Exampleshire".into(), crisis_line: Some(line), demo: false }
}

fn public() -> Frame {
    let kind = FrameKind::Public { leave_quickly: true };
    Frame {
        lang: Lang::default(),
        title: "Your name".into(),
        errors: false,
        county: county(),
        kind,
        flash: None,
        no_index: true,
        here: None,
        keeps_typed: false,
    }
}

fn staff(duty_alerts: u32) -> Frame {
    let nav = vec![NavItem { href: "/my-day", label_key: "frame-menu", current: true, count: Some(3) }];
    let kind = FrameKind::Staff {
        name: "Ann <Example>".into(),
        role: "Senior nurse".into(),
        nav,
        lock_after_seconds: 900,
        duty_alerts,
    };
    Frame { kind, flash: Some("Saved".into()), ..public() }
}

fn html(frame: Frame) -> String {
    Page { frame }.to_string()
}

// seed: 127
#[test]
fn every_page_says_where_to_get_help_at_once() {
    for page in [html(public()), html(staff(0)), crate::ui::Markup::of(&public().crisis_cards()).to_string()]
    {
        for needed in
            ["tel:999", "111", "option 2", "116 123", "85258", "18001", "tel:01632960001", "3 November 2026"]
        {
            assert!(page.contains(needed), "{needed} is missing from {page}");
        }
    }
    let without_line = html(Frame { county: CountyFace::default(), ..public() });
    assert!(without_line.contains("option 2") && !without_line.contains("01632"));
}

#[test]
fn every_page_has_language_title_skip_link_and_one_main_part() {
    let page = html(Frame { errors: true, ..public() });
    assert!(page.contains("<html lang=\"en-GB\" dir=\"ltr\">"));
    assert!(page.contains("<title>Error: Your name – Exampleshire</title>"));
    assert!(page.contains("href=\"#maincontent\"") && page.matches("<main").count() == 1);
    assert!(page.contains("noindex"));
    let mirrored = html(Frame { lang: Lang::from_tag("ar-XB").unwrap(), ..public() });
    assert!(mirrored.contains("lang=\"ar-XB\" dir=\"rtl\""));
}

#[test]
fn pages_have_nothing_inline_that_the_content_policy_would_refuse() {
    for page in [html(public()), html(staff(1))] {
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick"));
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script type=\"module\" src=\"/assets/").count()
        );
        assert!(!page.contains("/assets/missing"));
    }
}

#[test]
fn leaving_quickly_works_as_a_plain_link_and_keeps_nothing() {
    assert!(html(public()).contains("data-leave href=\"/leave\""));
    assert!(!html(staff(0)).contains("data-leave"));
    let answer = leave("https://weather.example/today");
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], "https://weather.example/today");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
}

#[test]
fn staff_see_who_they_are_what_waits_and_when_the_screen_locks() {
    let page = html(staff(2));
    assert!(page.contains("Ann &#60;Example&#62;, Senior nurse"), "{page}");
    assert!(
        page.contains("(3)")
            && page.contains("aria-current=\"page\"")
            && page.contains("2 people need a duty call now")
    );
    assert!(
        page.contains("data-lock-after=\"900\"")
            && page.contains("<noscript>")
            && page.contains("15 minutes")
    );
    assert!(page.contains("Saved") && page.contains("role=\"alert\""));
    assert!(
        html(staff(1)).contains("1 person needs a duty call now") && !html(staff(0)).contains("duty call")
    );
}

#[test]
fn a_demonstration_says_so_on_every_page() {
    let demo = CountyFace { demo: true, ..county() };
    assert!(html(Frame { county: demo, ..public() }).contains("invented people"));
    assert!(!html(public()).contains("invented people"));
}

//! Compares our components with the examples that the design system publishes, parameter by parameter.
//!
//! An example with a parameter that we leave out by design is counted, not compared; every other must be equal.
//! `npm update` then shows each change of markup here. The reached numbers below may only rise.

#![expect(clippy::unnecessary_wraps, reason = "all renderers have one type")]

mod controls;
mod html;
mod others;
mod params;

use params::Params;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

type Render = fn(&Params) -> Option<String>;

/// Component, how to render it, examples that must be equal, examples published.
const COMPONENTS: &[(&str, Render, usize, usize)] = &[
    ("action-link", others::action_link, 3, 7),
    ("back-link", others::back_link, 1, 7),
    ("breadcrumb", others::breadcrumb, 1, 5),
    ("button", others::button, 53, 66),
    ("card", others::card, 35, 47),
    ("character-count", controls::character_count, 16, 29),
    ("checkboxes", controls::checkboxes, 33, 49),
    ("date-input", controls::date_input, 18, 35),
    ("details", others::details, 4, 4),
    ("error-summary", others::error_summary, 9, 12),
    ("fieldset", controls::fieldset, 3, 3),
    ("input", controls::text_input, 29, 41),
    ("inset-text", others::inset_text, 3, 3),
    ("notification-banner", others::notification_banner, 10, 15),
    ("pagination", others::pagination, 4, 11),
    ("panel", others::panel, 9, 10),
    ("password-input", controls::password_input, 7, 16),
    ("radios", controls::radios, 32, 41),
    ("select", controls::select, 10, 17),
    ("skip-link", others::skip_link, 3, 3),
    ("summary-list", others::summary_list, 16, 26),
    ("tables", others::table, 21, 135),
    ("tag", others::tag, 25, 27),
    ("task-list", others::task_list, 1, 2),
    ("textarea", controls::textarea, 10, 13),
    ("warning-callout", others::warning_callout, 4, 5),
];

fn published(component: &str) -> Vec<Value> {
    let folder = "node_modules/nhsuk-frontend/dist/nhsuk/components";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(component).join("fixtures.json");
    let text = std::fs::read_to_string(path).unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    whole["fixtures"].as_array().unwrap().clone()
}

#[test]
fn components_are_what_the_design_system_publishes() {
    let mut different = Vec::new();
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong_counts = Vec::new();
    for (component, render, expected, total) in COMPONENTS {
        let fixtures = published(component);
        let mut reached = 0;
        for fixture in &fixtures {
            let params = Params::new(fixture);
            let ours = render(&params);
            let unused = params.unused();
            if let Some(reason) = unused.first() {
                *skipped.entry(format!("{component} {reason}")).or_default() += 1;
                continue;
            }
            let ours = html::normal(&ours.unwrap_or_default());
            let theirs = html::normal(fixture["html"].as_str().unwrap());
            if ours == theirs {
                reached += 1;
            } else {
                let at = ours.iter().zip(&theirs).take_while(|(one, other)| one == other).count();
                different.push(format!(
                    "{component}: {}\n   ours: {:?}\n theirs: {:?}",
                    fixture["name"],
                    ours.get(at),
                    theirs.get(at)
                ));
            }
        }
        println!("{component}: {reached} of {} equal", fixtures.len());
        if (reached, fixtures.len()) != (*expected, *total) {
            wrong_counts.push(format!("{component}: {reached}, {}", fixtures.len()));
        }
    }
    for (reason, count) in skipped {
        println!("left out by design: {reason} ({count})");
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert!(wrong_counts.is_empty(), "reached, published:\n{}", wrong_counts.join("\n"));
}

//! What the record page says about who is there for the person, and of the four weeks what was done.

use onedoor_domain::clock::ClockKind;
use onedoor_domain::episode::{Episode, Part};
use onedoor_domain::section::Progress;

use crate::referral::record::{by_at, list};
use crate::ui::{Markup, SummaryList, SummaryRow};
use crate::words::{self, Lang};

/// Who is there for the person, and how far the four weeks are.
pub fn of_record(lang: Lang, episode: &Episode, progress: Option<&Progress>) -> Markup {
    let four_weeks = progress.is_some_and(|at| {
        at.clocks
            .iter()
            .any(|clock| ClockKind::FOUR_WEEKS.contains(&clock.kind) && !never_measured(clock.stop_why))
    });
    let parts = four_weeks.then(|| parts(lang, episode));
    Markup::all([Some(list(worker(lang, episode))), parts].into_iter().flatten())
}

/// A wait that the team is not measured by shows no parts.
fn never_measured(why: Option<onedoor_domain::clock::StopWhy>) -> bool {
    why == Some(onedoor_domain::clock::StopWhy::OtherWait)
}

fn worker(lang: Lang, episode: &Episode) -> Vec<SummaryRow> {
    let name = match &episode.key_worker {
        Some((_, name)) => name.to_string(),
        None => lang.t("referral-episode-no-key-worker"),
    };
    let mut rows = vec![SummaryRow::new(lang.t("referral-episode-key-worker"), name)];
    if let Some(named) = &episode.named {
        let role = named.role.as_ref().map(|role| ("care-row-role", role.to_string()));
        let number = named.number.as_ref().map(|number| ("care-row-number", number.to_string()));
        let since = Some(("care-row-since", words::date_time(lang, named.since)));
        let said = [role, number, since].into_iter().flatten();
        rows.extend(said.map(|(key, value)| SummaryRow::new(lang.t(key), value)));
        let why = named.why.as_ref();
        rows.extend(why.map(|why| SummaryRow::new(lang.t("care-row-why"), Markup::lines(why.as_str()))));
    }
    rows.extend(episode.wishes.iter().rev().map(|wish| {
        let said = [Markup::lines(wish.said.as_str()), Markup::from(by_at(lang, &wish.by, wish.at))];
        SummaryRow::new(lang.t("care-row-wish"), Markup::paragraphs(said))
    }));
    rows.extend(episode.earlier.iter().rev().map(|earlier| {
        let until = [("name", earlier.name.to_string()), ("at", words::date_time(lang, earlier.until))];
        let said =
            [Markup::from(lang.tr("care-row-earlier-until", &until)), Markup::lines(earlier.why.as_str())];
        SummaryRow::new(lang.t("care-row-earlier"), Markup::paragraphs(said))
    }));
    rows
}

/// Each of the four parts: when it was done, or that it is open. What this release does not hold itself is said to be kept
/// elsewhere, with where.
fn parts(lang: Lang, episode: &Episode) -> Markup {
    let rows = Part::ALL.into_iter().map(|part| {
        let said = match episode.part(part) {
            Some(done) => {
                let kept = done.kept.as_ref().map(|kept| Markup::lines(kept.as_str()));
                let at = lang.tr("care-part-done", &[("at", words::date_time(lang, done.at))]);
                Markup::paragraphs([Some(Markup::from(at)), kept].into_iter().flatten())
            }
            None => Markup::from(lang.t("care-part-open")),
        };
        SummaryRow::new(lang.t(part_key(part)), said)
    });
    let rows = rows.collect();
    let before = Markup::paragraphs([lang.t("care-parts-about")]);
    Markup::all([before, Markup::of(&SummaryList { rows, ..SummaryList::default() })])
}

/// What a part is called.
pub fn part_key(part: Part) -> &'static str {
    match part {
        Part::Contact => "care-part-contact",
        Part::Assessment => "care-part-assessment",
        Part::PlanOrIntervention => "care-part-plan",
        Part::Baseline => "care-part-baseline",
    }
}

//! The matching rules of the county: the words of what they rest on, and the room in which they are written, tried and
//! signed off. Must not decide who may put rules in force (the domain does), and never shows anybody's facts here.

pub mod book;
pub mod case;
pub mod change;
pub mod overrides;
pub mod rule;
pub mod run;
pub mod sign;
pub mod words;

use onedoor_domain::change::{Changes, Event, EventKind};
use onedoor_domain::matching::{Mistake, Place, RuleId, RuleSet, Wrong};
use onedoor_domain::refused::Refused;
use onedoor_store::Tx;

use crate::ui::{ConflictPage, SummaryList, SummaryRow};
use crate::web::form::RawForm;
use crate::web::{Answer, Problem, Staff, page_with, redirect};
use crate::words::{self as say, Lang};

/// The rules, for those who write, sign off and read them.
pub const LIST: &str = "/rules";

fn version(raw: &RawForm) -> i64 {
    raw.text("version").parse().unwrap_or(-1)
}

fn rule_id(text: &str) -> Result<RuleId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// Commits and goes back to the rules; who was slower reads what happened and keeps every word.
async fn finish(
    staff: &Staff,
    tx: Tx,
    (changes, done): (Result<Changes, Refused>, &str),
    kept: Vec<(String, String)>,
) -> Result<Answer, Problem> {
    match changes {
        Ok(changes) => Ok(redirect(tx.commit(changes).await?, &format!("{LIST}?done={done}"))),
        Err(Refused::Stale | Refused::NotFromHere | Refused::NoSuchPart) => conflict(staff, tx, kept).await,
        Err(refused) => Err(refused.into()),
    }
}

/// Somebody else was faster: what they did, and every word typed here.
async fn conflict(staff: &Staff, mut tx: Tx, typed: Vec<(String, String)>) -> Result<Answer, Problem> {
    let events = tx.rules_events().await?;
    let rows = events.iter().take(3).map(|event| line(staff.lang, event)).collect();
    let changes = SummaryList { rows, ..SummaryList::default() };
    let frame = staff.frame(&mut tx, String::new(), LIST).await?;
    let shown = ConflictPage::new(frame, changes, typed, LIST);
    page_with(ConflictPage::STATUS, tx.close().await?, &shown)
}

/// One thing that happened to the rules.
fn line(lang: Lang, event: &Event) -> SummaryRow {
    let key = match event.kind {
        EventKind::RulesDropped => "rules-event-dropped",
        EventKind::RulesSubmitted => "rules-event-submitted",
        EventKind::RulesSignedOff => "rules-event-signed-off",
        EventKind::RulesGivenBack => "rules-event-given-back",
        EventKind::RulesWentBack => "rules-event-went-back",
        EventKind::DryRunBegan => "rules-event-run-began",
        EventKind::DryRunFinished => "rules-event-run-finished",
        _ => "rules-event-saved",
    };
    let who = event.by.name().map_or_else(|| lang.t("referral-by-program"), ToString::to_string);
    let mut said = vec![format!("{}, {who}", lang.t(key))];
    said.extend(event.why.as_ref().map(ToString::to_string));
    SummaryRow::new(say::date_time(lang, event.at), crate::ui::Markup::lines(&said.join("\n")))
}

/// Why something cannot be signed off.
fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::NoRules => "rules-wrong-no-rules",
        Wrong::TooMany => "rules-wrong-too-many",
        Wrong::Twice => "rules-wrong-twice",
        Wrong::NoSignals => "rules-wrong-no-signals",
        Wrong::Contradicts => "rules-wrong-contradicts",
        Wrong::NoOffers => "rules-wrong-no-offers",
        Wrong::NoTeams => "rules-wrong-no-teams",
        Wrong::TurnsAway => "rules-wrong-turns-away",
        Wrong::NoCase => "rules-wrong-no-case",
        Wrong::NoSuchRule => "rules-wrong-no-such-rule",
        Wrong::Fails => "rules-wrong-fails",
    }
}

/// A mistake with its place, in words.
fn mistake(lang: Lang, rules: &RuleSet, mistake: &Mistake) -> String {
    let place = match &mistake.place {
        Place::Edition => return lang.t(wrong(mistake.wrong)),
        Place::Rule(id) => name_of(rules, id),
        Place::Case(id) => rules.cases.iter().find(|case| case.id == *id).map(|case| case.name.to_string()),
    };
    let place = place.unwrap_or_default();
    lang.tr("rules-wrong-at", &[("place", place), ("wrong", lang.t(wrong(mistake.wrong)))])
}

/// What a rule offers, by its name in data.
fn name_of(rules: &RuleSet, id: &RuleId) -> Option<String> {
    rules.rules.iter().find(|rule| rule.id == *id).map(|rule| rule.name.to_string())
}

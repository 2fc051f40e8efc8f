//! What the record says of handovers: which service was asked, why, what it answered; and what is passed on with it.

use onedoor_domain::access::Revealed;
use onedoor_domain::handover::{Answered, Consent, Handover, HandoverState};
use onedoor_domain::ids::HandoverId;
use onedoor_domain::section::{PassedOn, Section};
use onedoor_domain::value::Line;

use super::names;
use super::record::{author, by_at, find, list};
use crate::ui::{Markup, SummaryRow};
use crate::words::{self, Lang};

/// What is passed on to the service that is asked: why, and to those who see no triage of their own, how soon and what is
/// known about safety, in words.
pub fn passed_on(lang: Lang, passed: &PassedOn, sees_triage: bool) -> Markup {
    let mut rows = rows(lang, &passed.handover);
    if let Some(triage) = passed.triage.as_ref().filter(|_| !sees_triage) {
        let row = |key, text: &str| SummaryRow::new(lang.t(key), Markup::lines(text));
        rows.extend([
            SummaryRow::new(lang.t("referral-triage-category"), lang.t(names::category(triage.category))),
            row("referral-triage-narrative", triage.narrative.as_str()),
            row("referral-triage-safety", triage.safety.as_str()),
        ]);
    }
    list(rows)
}

/// The services that were asked, newest first, without the one that stands in a part of its own.
pub fn earlier(lang: Lang, handovers: &[Handover], offered: Option<HandoverId>) -> Option<Markup> {
    let earlier: Vec<_> = handovers.iter().rev().filter(|handover| Some(handover.id) != offered).collect();
    (!earlier.is_empty()).then(|| Markup::all(earlier.into_iter().map(|handover| list(rows(lang, handover)))))
}

/// The handover that the reader sees in a part of its own.
pub fn offered(revealed: &Revealed) -> Option<HandoverId> {
    find(
        revealed,
        |section| if let Section::Offer(Some(passed)) = section { Some(passed.handover.id) } else { None },
    )
}

/// Whether the reader sees the triage as a part of its own.
pub fn sees_triage(revealed: &Revealed) -> bool {
    find(revealed, |section| matches!(section, Section::Triage(_)).then_some(())).is_some()
}

fn rows(lang: Lang, handover: &Handover) -> Vec<SummaryRow> {
    let row = |key, text: &str| SummaryRow::new(lang.t(key), Markup::lines(text));
    let mut rows = vec![
        row("handover-row-to", handover.to.name().as_str()),
        SummaryRow::new(lang.t("handover-row-state"), state(lang, &handover.state)),
        row("handover-row-why", handover.why.as_str()),
        SummaryRow::new(lang.t("handover-row-consent"), consent(lang, &handover.consent)),
    ];
    if let Some(wish) = handover.wish {
        rows.push(SummaryRow::new(lang.t("handover-row-wish"), lang.t(names::introduction(wish))));
    }
    if let Some(due) = handover.due_at() {
        rows.push(SummaryRow::new(lang.t("handover-row-due"), words::date_time(lang, due)));
    }
    if let Some(promise) = handover.state.promise() {
        rows.push(row("handover-contact-name", promise.contact_name.as_str()));
        rows.push(row("handover-next", promise.next.as_str()));
        if let Some(on) = promise.on {
            rows.push(SummaryRow::new(lang.t("handover-on"), words::day_of(lang, on)));
        }
        rows.push(SummaryRow::new(lang.t("handover-row-answered"), answered(lang, &promise.answered)));
    }
    rows.extend(ended(lang, &handover.state));
    rows.push(SummaryRow::new(lang.t("referral-by"), by_at(lang, &handover.by, handover.made_at)));
    rows
}

/// Why it ended without them having met.
fn ended(lang: Lang, state: &HandoverState) -> Vec<SummaryRow> {
    let row = |key, text: &str| SummaryRow::new(lang.t(key), Markup::lines(text));
    match state {
        HandoverState::Declined { reason, words, by, .. } => vec![
            SummaryRow::new(lang.t("handover-cannot-reason"), lang.t(names::decline_reason(*reason))),
            row("handover-cannot-words", words.as_str()),
            SummaryRow::new(lang.t("handover-row-answered"), answered(lang, by)),
        ],
        HandoverState::Ended { why: Some(why), .. } => vec![row("handover-back-why", why.as_str())],
        HandoverState::Met { by, .. } => {
            vec![SummaryRow::new(lang.t("handover-row-met"), answered(lang, by))]
        }
        HandoverState::Proposed
        | HandoverState::Offered { .. }
        | HandoverState::Accepted { .. }
        | HandoverState::Introduced { .. }
        | HandoverState::BouncedBack { .. }
        | HandoverState::Ended { why: None, .. } => Vec::new(),
    }
}

fn state(lang: Lang, state: &HandoverState) -> String {
    let at = match state {
        HandoverState::Offered { at, .. }
        | HandoverState::Introduced { at, .. }
        | HandoverState::Met { at, .. }
        | HandoverState::Declined { at, .. }
        | HandoverState::BouncedBack { at, .. }
        | HandoverState::Ended { at, .. } => Some(*at),
        HandoverState::Accepted { promise } => Some(promise.at),
        HandoverState::Proposed => None,
    };
    let words = lang.t(names::handover(state));
    match at {
        Some(at) => lang.tr("handover-row-since", &[("state", words), ("at", words::date_time(lang, at))]),
        None => words,
    }
}

fn consent(lang: Lang, consent: &Consent) -> Markup {
    match consent {
        Consent::ToAsk => lang.t("handover-row-to-ask").into(),
        Consent::Agrees { said: None } => lang.t("handover-consent-agrees").into(),
        Consent::Agrees { said: Some(said) } => Markup::lines(said.as_str()),
        Consent::Without { why } => Markup::lines(&format!("{}\n{why}", lang.t("handover-consent-without"))),
    }
}

fn answered(lang: Lang, answered: &Answered) -> String {
    match answered {
        Answered::OnScreen { who } => lang.tr("handover-answered-on-screen", &[("name", author(lang, who))]),
        Answered::ByLink { name, role, reference } => {
            let reference = theirs(lang, reference.as_ref());
            let parts = [("name", name.to_string()), ("role", role.to_string()), ("reference", reference)];
            lang.tr("handover-answered-by-link", &parts)
        }
        Answered::ByPhone { name, at, reference, rang } => {
            let reference = theirs(lang, reference.as_ref());
            let parts = [
                ("name", name.to_string()),
                ("at", words::date_time(lang, *at)),
                ("reference", reference),
                ("rang", author(lang, rang)),
            ];
            lang.tr("handover-answered-by-phone", &parts)
        }
    }
}

/// Their own reference, if they gave one.
fn theirs(lang: Lang, reference: Option<&Line>) -> String {
    reference.map_or_else(|| lang.t("handover-answered-no-reference"), ToString::to_string)
}

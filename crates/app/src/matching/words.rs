//! The words of signals, teams and reasons, by key. Nothing else knows which message a fact has.

use onedoor_domain::matching::{OverrideReason, Said, Signal, Signal as S, SignalGroup, TeamType};

use crate::words::Lang;

/// A fact, as staff and editors read it.
pub fn signal(signal: Signal) -> &'static str {
    match signal {
        S::Housing => "matching-signal-housing",
        S::Money => "matching-signal-money",
        S::Isolation => "matching-signal-isolation",
        S::Work => "matching-signal-work",
        S::Routine => "matching-signal-routine",
        S::Skills => "matching-signal-skills",
        S::PracticalHelp => "matching-signal-practical-help",
        S::Mild => "matching-signal-mild",
        S::CommonAnxietyOrDepression => "matching-signal-common-anxiety-or-depression",
        S::WantsTalking => "matching-signal-wants-talking",
        S::CanAttend => "matching-signal-can-attend",
        S::HighDistress => "matching-signal-high-distress",
        S::HardToStart => "matching-signal-hard-to-start",
        S::TooAnxious => "matching-signal-too-anxious",
        S::MissedOffer => "matching-signal-missed-offer",
        S::Withdrawn => "matching-signal-withdrawn",
        S::SeveralOrLong => "matching-signal-several-or-long",
        S::Trauma => "matching-signal-trauma",
        S::TherapyNotEnough => "matching-signal-therapy-not-enough",
        S::ToldDidNotFit => "matching-signal-told-did-not-fit",
        S::RepeatedCrises => "matching-signal-repeated-crises",
        S::Crisis => "matching-signal-crisis",
        S::Personality => "matching-signal-personality",
        S::Psychosis => "matching-signal-psychosis",
        S::Mania => "matching-signal-mania",
        S::Eating => "matching-signal-eating",
        S::SelfHarm => "matching-signal-self-harm",
        S::Perinatal => "matching-signal-perinatal",
        S::Memory => "matching-signal-memory",
        S::Substance => "matching-signal-substance",
        S::Homeless => "matching-signal-homeless",
        S::Court => "matching-signal-court",
        S::SeventeenAndAHalf => "matching-signal-seventeen-and-a-half",
        S::SixtyFiveOrOver => "matching-signal-sixty-five-or-over",
        S::FourteenToSixtyFive => "matching-signal-fourteen-to-sixty-five",
        S::Urgent => "matching-signal-urgent",
        S::SafetyOpen => "matching-signal-safety-open",
    }
}

/// A fact, as the person reads it after "because you told us"; none for what is not said back to them.
fn you(signal: Signal) -> Option<&'static str> {
    Some(match signal {
        S::Housing => "track-you-housing",
        S::Money => "track-you-money",
        S::Isolation => "track-you-isolation",
        S::Work => "track-you-work",
        S::Skills => "track-you-skills",
        S::PracticalHelp => "track-you-practical-help",
        S::HardToStart => "track-you-hard-to-start",
        S::TooAnxious => "track-you-too-anxious",
        S::MissedOffer => "track-you-missed-offer",
        S::Withdrawn => "track-you-withdrawn",
        S::SeveralOrLong => "track-you-several-or-long",
        S::TherapyNotEnough => "track-you-therapy-not-enough",
        S::ToldDidNotFit => "track-you-told-did-not-fit",
        S::Perinatal => "track-you-perinatal",
        S::Substance => "track-you-substance",
        S::Homeless => "track-you-homeless",
        S::Court => "track-you-court",
        S::Routine
        | S::Mild
        | S::CommonAnxietyOrDepression
        | S::WantsTalking
        | S::CanAttend
        | S::HighDistress
        | S::Trauma
        | S::RepeatedCrises
        | S::Crisis
        | S::Personality
        | S::Psychosis
        | S::Mania
        | S::Eating
        | S::SelfHarm
        | S::Memory
        | S::SeventeenAndAHalf
        | S::SixtyFiveOrOver
        | S::FourteenToSixtyFive
        | S::Urgent
        | S::SafetyOpen => return None,
    })
}

/// Why something was chosen, to the person: one sentence with what they told us themselves; none without any.
pub fn because(lang: Lang, signals: &[Signal]) -> Option<String> {
    let said: Vec<String> = signals.iter().filter_map(|signal| you(*signal)).map(|key| lang.t(key)).collect();
    (!said.is_empty()).then(|| lang.tr("track-because", &[("said", said.join("; "))]))
}

/// The heading of a group.
pub fn group(group: SignalGroup) -> &'static str {
    match group {
        SignalGroup::Need => "matching-group-need",
        SignalGroup::Suits => "matching-group-suits",
        SignalGroup::Reach => "matching-group-reach",
        SignalGroup::Before => "matching-group-before",
        SignalGroup::Specialist => "matching-group-specialist",
        SignalGroup::Record => "matching-group-record",
    }
}

/// Who a fact comes from.
pub fn said(said: Said) -> &'static str {
    match said {
        Said::Person => "matching-said-person",
        Said::Other => "matching-said-other",
        Said::Staff => "matching-said-staff",
        Said::Record => "matching-said-record",
    }
}

/// A kind of team or service.
pub fn team(kind: TeamType) -> &'static str {
    match kind {
        TeamType::Voluntary => "matching-team-voluntary",
        TeamType::TalkingTherapies => "matching-team-talking-therapies",
        TeamType::WellbeingHub => "matching-team-wellbeing-hub",
        TeamType::PrimaryCare => "matching-team-primary-care",
        TeamType::Community => "matching-team-community",
        TeamType::Outreach => "matching-team-outreach",
        TeamType::Psychological => "matching-team-psychological",
        TeamType::Personality => "matching-team-personality",
        TeamType::EarlyIntervention => "matching-team-early-intervention",
        TeamType::Eating => "matching-team-eating",
        TeamType::Perinatal => "matching-team-perinatal",
        TeamType::Organic => "matching-team-organic",
        TeamType::Memory => "matching-team-memory",
        TeamType::Crisis => "matching-team-crisis",
        TeamType::Substance => "matching-team-substance",
        TeamType::Diversion => "matching-team-diversion",
        TeamType::RoughSleeping => "matching-team-rough-sleeping",
    }
}

/// Why a decision differs from what was suggested.
pub fn reason(reason: OverrideReason) -> &'static str {
    match reason {
        OverrideReason::PersonsWish => "matching-reason-persons-wish",
        OverrideReason::NotAsked => "matching-reason-not-asked",
        OverrideReason::NotThere => "matching-reason-not-there",
        OverrideReason::FirstThingsFirst => "matching-reason-first-things-first",
        OverrideReason::RuleWrong => "matching-reason-rule-wrong",
        OverrideReason::Other => "matching-reason-other",
    }
}

/// Facts, one after the other.
pub fn signals(lang: Lang, signals: &[Signal]) -> String {
    let words: Vec<String> = signals.iter().map(|one| lang.t(signal(*one))).collect();
    words.join("; ")
}

//! The message of every answer that is chosen from a list: on the form, on "check your answers" and on the record.

use onedoor_domain::door::{Age, CaringFact, Danger, ForWhom, Need, Signal, Strain};

/// The words of whom the help is for.
pub fn whom_words(whom: ForWhom) -> &'static str {
    match whom {
        ForWhom::Me => "door-who-me",
    }
}

/// The words of a danger.
pub fn danger_words(danger: Danger) -> &'static str {
    match danger {
        Danger::EndingLife => "door-danger-ending-life",
        Danger::PlanOrMeans => "door-danger-plan-or-means",
        Danger::AlreadyHurt => "door-danger-already-hurt",
        Danger::SomeoneElse => "door-danger-someone-else",
        Danger::NotSafeFrom => "door-danger-not-safe-from",
        Danger::ChildrenUnsafe => "door-danger-children-unsafe",
        Danger::VeryUnwell => "door-danger-very-unwell",
    }
}

/// The words of an age.
pub fn age_words(age: Age) -> &'static str {
    match age {
        Age::Adult => "door-age-adult",
        Age::SixteenSeventeen => "door-age-16-17",
        Age::UnderSixteen => "door-age-under-16",
        Age::NotSaid => "door-age-not-said",
    }
}

/// The words of a need.
pub fn need_words(need: Need) -> &'static str {
    match need {
        Need::Interpreter => "door-need-interpreter",
        Need::Bsl => "door-need-bsl",
        Need::LipReading => "door-need-lip-reading",
        Need::Deafblind => "door-need-deafblind",
        Need::TextRelay => "door-need-text-relay",
        Need::Advocate => "door-need-advocate",
        Need::EasyRead => "door-need-easy-read",
        Need::LargePrint => "door-need-large-print",
        Need::Braille => "door-need-braille",
        Need::Audio => "door-need-audio",
        Need::ElectronicText => "door-need-electronic-text",
        Need::WithSomeone => "door-need-with-someone",
        Need::MoreTime => "door-need-more-time",
        Need::QuietPlace => "door-need-quiet-place",
        Need::StepFree => "door-need-step-free",
        Need::AtHome => "door-need-at-home",
        Need::Woman => "door-need-woman",
        Need::Man => "door-need-man",
        Need::Reminders => "door-need-reminders",
        Need::NoPhoneCalls => "door-need-no-phone-calls",
    }
}

/// The words of a fact about caring.
pub fn caring_words(fact: CaringFact) -> &'static str {
    match fact {
        CaringFact::Children => "door-caring-children",
        CaringFact::PregnantOrBaby => "door-caring-pregnant-or-baby",
        CaringFact::AdultCaredFor => "door-caring-adult",
        CaringFact::YoungCarer => "door-caring-young-carer",
    }
}

/// The words of a practical trouble.
pub fn strain_words(strain: Strain) -> &'static str {
    match strain {
        Strain::NoHome => "door-strain-no-home",
        Strain::HomeAtRisk => "door-strain-home-at-risk",
        Strain::Money => "door-strain-money",
        Strain::Work => "door-strain-work",
        Strain::Alcohol => "door-strain-alcohol",
        Strain::Drugs => "door-strain-drugs",
        Strain::Gambling => "door-strain-gambling",
        Strain::Legal => "door-strain-legal",
        Strain::Alone => "door-strain-alone",
    }
}

/// The words of what made help hard to get.
pub fn signal_words(signal: Signal) -> &'static str {
    match signal {
        Signal::CopingDayToDay => "door-signal-coping-day-to-day",
        Signal::HardToStart => "door-signal-hard-to-start",
        Signal::TooAnxious => "door-signal-too-anxious",
        Signal::ToldDidNotFit => "door-signal-told-did-not-fit",
        Signal::TherapyNotEnough => "door-signal-therapy-not-enough",
    }
}

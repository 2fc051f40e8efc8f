//! The message of every answer that is chosen from a list: on the form, on "check your answers" and on the record.

use onedoor_domain::door::{
    Age, Agrees, CaringFact, Danger, ForWhom, Need, ReferralSource, Relation, Signal, Strain,
};
use onedoor_domain::value::EthnicCategory;

/// The words of whom the help is for.
pub fn whom_words(whom: ForWhom) -> &'static str {
    match whom {
        ForWhom::Me => "door-who-me",
        ForWhom::Someone => "door-who-someone",
        ForWhom::Professional => "door-who-professional",
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
        Signal::PracticalHelp => "door-signal-practical-help",
        Signal::HardToStart => "door-signal-hard-to-start",
        Signal::TooAnxious => "door-signal-too-anxious",
        Signal::MissedOrStopped => "door-signal-missed-or-stopped",
        Signal::HardlyOut => "door-signal-hardly-out",
        Signal::ToldDidNotFit => "door-signal-told-did-not-fit",
        Signal::TherapyNotEnough => "door-signal-therapy-not-enough",
        Signal::SeveralOrLong => "door-signal-several-or-long",
    }
}

/// The words of what somebody is to the person they ask for.
pub fn relation_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Partner => "door-relation-partner",
        Relation::Parent => "door-relation-parent",
        Relation::Child => "door-relation-child",
        Relation::Family => "door-relation-family",
        Relation::Carer => "door-relation-carer",
        Relation::Friend => "door-relation-friend",
        Relation::Other => "door-relation-other",
    }
}

/// The words of whether the person agrees.
pub fn agrees_words(agrees: Agrees) -> &'static str {
    match agrees {
        Agrees::Yes => "door-agrees-yes",
        Agrees::No => "door-agrees-no",
        Agrees::NotAsked => "door-agrees-not-asked",
    }
}

/// The words of a kind of service.
pub fn source_words(source: ReferralSource) -> &'static str {
    match source {
        ReferralSource::A1 => "door-source-a1",
        ReferralSource::A2 => "door-source-a2",
        ReferralSource::A3 => "door-source-a3",
        ReferralSource::A4 => "door-source-a4",
        ReferralSource::B1 => "door-source-b1",
        ReferralSource::B2 => "door-source-b2",
        ReferralSource::C1 => "door-source-c1",
        ReferralSource::C2 => "door-source-c2",
        ReferralSource::C3 => "door-source-c3",
        ReferralSource::D1 => "door-source-d1",
        ReferralSource::D2 => "door-source-d2",
        ReferralSource::E1 => "door-source-e1",
        ReferralSource::E2 => "door-source-e2",
        ReferralSource::E3 => "door-source-e3",
        ReferralSource::E4 => "door-source-e4",
        ReferralSource::E5 => "door-source-e5",
        ReferralSource::E6 => "door-source-e6",
        ReferralSource::F1 => "door-source-f1",
        ReferralSource::F2 => "door-source-f2",
        ReferralSource::F3 => "door-source-f3",
        ReferralSource::G1 => "door-source-g1",
        ReferralSource::G2 => "door-source-g2",
        ReferralSource::G3 => "door-source-g3",
        ReferralSource::G4 => "door-source-g4",
        ReferralSource::H1 => "door-source-h1",
        ReferralSource::H2 => "door-source-h2",
        ReferralSource::I1 => "door-source-i1",
        ReferralSource::I2 => "door-source-i2",
        ReferralSource::M1 => "door-source-m1",
        ReferralSource::M2 => "door-source-m2",
        ReferralSource::M3 => "door-source-m3",
        ReferralSource::M4 => "door-source-m4",
        ReferralSource::M5 => "door-source-m5",
        ReferralSource::M6 => "door-source-m6",
        ReferralSource::M7 => "door-source-m7",
        ReferralSource::M9 => "door-source-m9",
        ReferralSource::N3 => "door-source-n3",
        ReferralSource::P1 => "door-source-p1",
        ReferralSource::Q1 => "door-source-q1",
    }
}

/// An ethnic group, as the national list names it.
pub(crate) fn ethnic_words(one: EthnicCategory) -> &'static str {
    match one {
        EthnicCategory::WhiteBritish => "door-ethnic-white-british",
        EthnicCategory::WhiteIrish => "door-ethnic-white-irish",
        EthnicCategory::WhiteOther => "door-ethnic-white-other",
        EthnicCategory::MixedCaribbean => "door-ethnic-mixed-caribbean",
        EthnicCategory::MixedAfrican => "door-ethnic-mixed-african",
        EthnicCategory::MixedAsian => "door-ethnic-mixed-asian",
        EthnicCategory::MixedOther => "door-ethnic-mixed-other",
        EthnicCategory::Indian => "door-ethnic-indian",
        EthnicCategory::Pakistani => "door-ethnic-pakistani",
        EthnicCategory::Bangladeshi => "door-ethnic-bangladeshi",
        EthnicCategory::AsianOther => "door-ethnic-asian-other",
        EthnicCategory::Caribbean => "door-ethnic-caribbean",
        EthnicCategory::African => "door-ethnic-african",
        EthnicCategory::BlackOther => "door-ethnic-black-other",
        EthnicCategory::Chinese => "door-ethnic-chinese",
        EthnicCategory::Other => "door-ethnic-other",
        EthnicCategory::NotStated => "door-ethnic-not-stated",
    }
}

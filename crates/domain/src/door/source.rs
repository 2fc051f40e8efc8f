//! What kind of service asked: SOURCE OF REFERRAL FOR MENTAL HEALTH of the national data set. Source: data §4.1.
//!
//! Codes only; the labels are in the message files. Q2 is never offered: its meaning was not found.

use serde::{Deserialize, Serialize};

/// Where a referral came from, as the national data set counts it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ReferralSource {
    /// GP practice.
    A1,
    /// Health visitor.
    A2,
    /// Other primary care.
    A3,
    /// Maternity service.
    A4,
    /// The person themselves.
    B1,
    /// A carer or relative.
    B2,
    /// Social services.
    C1,
    /// Education.
    C2,
    /// Housing service.
    C3,
    /// Employer.
    D1,
    /// Occupational health.
    D2,
    /// Police.
    E1,
    /// Courts.
    E2,
    /// Probation.
    E3,
    /// Prison.
    E4,
    /// Court liaison and diversion.
    E5,
    /// Youth offending team.
    E6,
    /// School nurse.
    F1,
    /// Hospital paediatrics.
    F2,
    /// Community paediatrics.
    F3,
    /// Independent sector medium secure.
    G1,
    /// Independent sector low secure.
    G2,
    /// Other independent sector mental health.
    G3,
    /// Voluntary sector.
    G4,
    /// Emergency department.
    H1,
    /// Other secondary care specialty.
    H2,
    /// Temporary transfer from another mental health trust.
    I1,
    /// Permanent transfer from another mental health trust.
    I2,
    /// Asylum services.
    M1,
    /// Telephone or electronic access service.
    M2,
    /// Out-of-area agency.
    M3,
    /// Drug action team or drug misuse agency.
    M4,
    /// Jobcentre Plus.
    M5,
    /// Other service or agency.
    M6,
    /// A single point of access.
    M7,
    /// Urgent and emergency ambulance.
    M9,
    /// NHS Talking Therapies.
    N3,
    /// Another team of the same trust.
    P1,
    /// Drop-in service, such as a crisis café.
    Q1,
}

impl ReferralSource {
    /// Every code that may be used, in the order of the national list.
    pub const ALL: [Self; 39] = [
        Self::A1,
        Self::A2,
        Self::A3,
        Self::A4,
        Self::B1,
        Self::B2,
        Self::C1,
        Self::C2,
        Self::C3,
        Self::D1,
        Self::D2,
        Self::E1,
        Self::E2,
        Self::E3,
        Self::E4,
        Self::E5,
        Self::E6,
        Self::F1,
        Self::F2,
        Self::F3,
        Self::G1,
        Self::G2,
        Self::G3,
        Self::G4,
        Self::H1,
        Self::H2,
        Self::I1,
        Self::I2,
        Self::M1,
        Self::M2,
        Self::M3,
        Self::M4,
        Self::M5,
        Self::M6,
        Self::M7,
        Self::M9,
        Self::N3,
        Self::P1,
        Self::Q1,
    ];

    /// The code of the national list.
    pub fn code(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::A3 => "A3",
            Self::A4 => "A4",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::C1 => "C1",
            Self::C2 => "C2",
            Self::C3 => "C3",
            Self::D1 => "D1",
            Self::D2 => "D2",
            Self::E1 => "E1",
            Self::E2 => "E2",
            Self::E3 => "E3",
            Self::E4 => "E4",
            Self::E5 => "E5",
            Self::E6 => "E6",
            Self::F1 => "F1",
            Self::F2 => "F2",
            Self::F3 => "F3",
            Self::G1 => "G1",
            Self::G2 => "G2",
            Self::G3 => "G3",
            Self::G4 => "G4",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::I1 => "I1",
            Self::I2 => "I2",
            Self::M1 => "M1",
            Self::M2 => "M2",
            Self::M3 => "M3",
            Self::M4 => "M4",
            Self::M5 => "M5",
            Self::M6 => "M6",
            Self::M7 => "M7",
            Self::M9 => "M9",
            Self::N3 => "N3",
            Self::P1 => "P1",
            Self::Q1 => "Q1",
        }
    }

    /// The source with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }

    /// Whether a professional may choose it on the public form. The person and their family have their own form; the
    /// others name teams of this service, which need no public form.
    pub fn is_offered(self) -> bool {
        !matches!(self, Self::B1 | Self::B2 | Self::M7 | Self::P1 | Self::Q1)
    }

    /// Whether whoever asked is never told more than that it arrived and is dealt with (pathway §2).
    pub fn is_minimal(self) -> bool {
        self == Self::E1
    }
}
